namespace OpsChat.Decisions;

/// <summary>What happens to a draft. Closed: the cases below are all there are.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>The draft goes to the customer at once.</summary>
    /// <param name="SpotCheck">Drawn at random: the owner is asked afterwards whether it was right.</param>
    public sealed record Send(bool SpotCheck) : Verdict;

    /// <summary>The customer is asked for something that only the customer knows.</summary>
    public sealed record AskCustomer(string Question, IReadOnlyList<string> Items) : Verdict;

    /// <summary>The owner approves exactly this text, or nothing is sent.</summary>
    public sealed record AskOwner : Verdict;

    /// <summary>A person answers; the draft, if any, is the suggestion.</summary>
    /// <param name="To">Who: <c>support</c>, <c>warehouse</c> …, from the playbook.</param>
    public sealed record HandOff(string To) : Verdict;

    /// <summary>Nothing is sent: a person is already in this conversation.</summary>
    public sealed record Silent : Verdict;

    /// <summary>The verdict's one word, as it is stored and shown.</summary>
    public string Name => GetType().Name;
}
