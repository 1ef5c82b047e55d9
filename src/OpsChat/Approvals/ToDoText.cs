using OpsChat.Drafting;
using OpsChat.Text;

namespace OpsChat.Approvals;

/// <summary>What somebody has to do outside the chat after an approved text left, in one sentence. Pure.</summary>
public static class ToDoText
{
    /// <param name="text">The text that left.</param>
    /// <param name="order">The number of its order; null when it is about none.</param>
    /// <param name="amount">What it moves; null when that is not known.</param>
    /// <param name="currency">The shop's.</param>
    /// <param name="arrived">False when nobody knows whether the customer has the text.</param>
    public static string Of(string text, string? order, Money? amount, string currency, bool arrived = true) =>
        arrived
            ? InWords(text, order, amount, currency)
            : $"{InWords(text, order, amount, currency)} The text may not have arrived: ask the customer first.";

    /// <summary>The same for a text that is about to be erased with its customer's words: what it said of the order and the amount is kept.</summary>
    public static string OfForgotten(string text, string? order, Money? amount) =>
        Exactly(text, order, amount, amount?.Currency ?? "") is { } sentence
            ? $"{sentence} Its customer was forgotten."
            : $"Look at {(order is null ? "what was approved" : $"order {order}")} in your shop system: "
                + $"{(amount is { } named ? $"{named} was" : "something was")} promised to a customer who was forgotten.";

    private static string InWords(string text, string? order, Money? amount, string currency) =>
        Exactly(text, order, amount, currency) ?? $"Do in your shop system what the text below promises{(order is null ? "" : $" for {order}")}.";

    /// <summary>Null where the text promises something else than the amount it moves.</summary>
    private static string? Exactly(string text, string? order, Money? amount, string currency)
    {
        var ofOrder = order is null ? "" : $" of {order}";
        var promised = PromiseReader
            .Read(text)
            .Where(claim => !PromiseReader.Limits(claim))
            .Select(claim => PromiseReader.KindOf(claim.Keys[0]))
            .ToHashSet(StringComparer.Ordinal);
        return !promised.Contains("refund")
            || AmountReader.Read(text, currency, order is null ? [] : [order]).Sum is not { } named
            || named != amount
                ? null
            : promised.Contains("cancellation") ? $"Cancel {order ?? "the order"} and refund {named} in your shop system."
            : $"Refund {named}{ofOrder} in your shop system.";
    }
}
