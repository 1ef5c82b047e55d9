using System.Text.RegularExpressions;
using OpsChat.Drafting;
using OpsChat.Text;

namespace OpsChat.Approvals;

/// <summary>What somebody has to do outside the chat after an approved text left, in one sentence. Pure.</summary>
public static partial class ToDoText
{
    /// <summary>How what is to be done later begins.</summary>
    private const string NotYet = "Not yet:";

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

    /// <summary>Whether the text promises it only for when something has happened.</summary>
    public static bool Waits(string text) =>
        !OnlyTells(text)
        && (
            KindsOf(PromiseReader.Read(text).Where(PromiseReader.IsConditional)).Contains(PromiseReader.Refund)
            || ComesBackFirst().IsMatch(PlainText.NormaliseLower(text))
        );

    /// <summary>Whether the text promises money back, at once or once something has happened; one that only tells of a refund that was made does
    /// not.</summary>
    public static bool GivesBack(string text) =>
        !OnlyTells(text)
        && KindsOf(PromiseReader.Read(text).Where(claim => PromiseReader.IsConditional(claim) || !PromiseReader.Limits(claim)))
            .Contains(PromiseReader.Refund);

    /// <summary>Whether the text tells of a refund that was made, and promises none.</summary>
    public static bool OnlyTells(string text) => PromiseReader.OnlyTellsOfRefund(text);

    private static string InWords(string text, string? order, Money? amount, string currency) =>
        Exactly(text, order, amount, currency) ?? $"Do in your shop system what the approved text promises{(order is null ? "" : $" for {order}")}.";

    /// <summary>Null where the text promises something else than the amount it moves.</summary>
    private static string? Exactly(string text, string? order, Money? amount, string currency)
    {
        var ofOrder = order is null ? "" : $" of {order}";
        if (OnlyTells(text))
        {
            return $"Make sure that the refund{ofOrder} was made: the approved text tells the customer so.";
        }

        if (PromiseReader.TellsOfRefund(text))
        {
            // A part of the amount has gone back, and only the text says which.
            return null;
        }

        var claims = PromiseReader.Read(text);
        var promised = KindsOf(claims.Where(claim => !PromiseReader.Limits(claim)));
        var onCondition = KindsOf(claims.Where(PromiseReader.IsConditional));
        if (
            !(promised.Contains(PromiseReader.Refund) || onCondition.Contains(PromiseReader.Refund))
            || AmountReader.Read(text, currency, order is null ? [] : [order]).Sum is not { } named
            || named != amount
        )
        {
            return null;
        }

        return Waits(text) ? $"{NotYet} refund {named}{ofOrder} in your shop system once what the approved text says has happened."
            : promised.Contains("cancellation") ? $"Cancel {order ?? "the order"} and refund {named} in your shop system."
            : $"Refund {named}{ofOrder} in your shop system.";
    }

    private static HashSet<string> KindsOf(IEnumerable<Claim> claims) =>
        claims.Select(claim => PromiseReader.KindOf(claim.Keys[0])).ToHashSet(StringComparer.Ordinal);

    /// <summary>Goods that the customer still has to send, in another sentence than the promise.</summary>
    [GeneratedRegex(
        @"\b(?:send|ship|post|mail|bring|return)\s+(?:(?:it|them|the|your|this|that)\s+"
            + @"(?:(?!money|cash|payment|refund|amount|rm\b)\w+\s+){0,3}?)?back\b"
            + @"|\b(?:parcel|items?|goods|order|product|it) (?:is|are|arrives?|comes?|gets?|has come) back\b"
            + @"(?! (?:in|on) (?:stock|sale|the shop|store))"
            + @"|\breturn (?:the|your|this) (?:parcel|item|goods|order|product)"
            + @"|\bas soon as (?!possible\b|(?:we|i) (?:possibly )?can\b)|\bon (?:arrival|receipt|its return)\b|\bsebaik\b"
            + @"|\b(?:hantar|pos|pulangkan) (?:semula |balik )?(?:barang|bungkusan|produk|pesanan)"
            + @"|\b(?:sampai|diterima|tiba) (?:semula|kembali|di kedai)\b|寄回|寄还|退回(?:商品|包裹|货)|收到(?:您?的?)?(?:退货|包裹|商品)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex ComesBackFirst();
}
