using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Messages;

/// <summary>What people are shown of an order while they answer. Never for the customer: whoever only knows a number may be anybody.</summary>
/// <param name="IsProven">The chat proved that the order is its customer's; false: it was only named.</param>
public sealed record OrderOnCard(string Number, bool IsProven, IReadOnlyList<ShownFact> Facts)
{
    /// <summary>Who may be told of it, in a sentence for the person who answers.</summary>
    public string Standing =>
        IsProven
            ? $"Order {Number}, proven to be this customer's."
            : $"Order {Number} was named but not proven to be this customer's: tell nothing of it before it is.";

    /// <summary>Shows no personal data.</summary>
    public override string ToString() => Number;
}

/// <summary>A reply that another playbook would give, for the person to take instead.</summary>
/// <param name="Confidence">0 to 1.</param>
public sealed record AlternativeDraft(string Playbook, double Confidence, string Text);

/// <summary>A text that a hand-off offers.</summary>
/// <param name="Playbook">Whose reply it is; null for the suggestion, which belongs to the card's own.</param>
public sealed record OfferedText(string Text, string? Playbook)
{
    /// <summary>Whether sending it is approving it.</summary>
    public bool IsAboutMoney => MoneyDetector.IsAboutMoney(Text);
}
