using System.Text.RegularExpressions;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Reads a bare number for what was asked for: "should be 4100" after a question for the order number, "mine is 8181" after one for the phone's
/// last digits. Pure.
/// </summary>
public static partial class AwaitedNumbers
{
    private const int MostWords = 12;

    /// <summary>The details, with the one number of a short message that no other kind claimed.</summary>
    public static EntityReading With(EntityReading read, string text, Turn turn)
    {
        if (OfKnownKind(read, text, turn) is { } another)
        {
            return read with { OrderNumbers = [another] };
        }

        if (IsTheEndingAskedFor(read, text, turn) && Number().Matches(text) is [{ Value: var ending }])
        {
            return read with { OrderNumbers = [], PhoneEndings = [ending] };
        }

        if (turn.Cases is not [{ Awaiting.Count: > 0 } asked, ..] || read.OrderNumbers.Count + read.PhoneEndings.Count > 0
            || ContextReading.WordsIn(text) > MostWords || Number().Matches(text) is not [{ Value: var number }])
        {
            return read;
        }

        var (wantsOrder, wantsDetail) = (
            asked.Awaiting.Contains(SuppliedItem.OrderNumber),
            asked.Awaiting.Any(item => item is SuppliedItem.SecondDetail or SuppliedItem.BothDetails)
        );
        var mayBeEnding = wantsDetail && number.Length == 4;
        // Where both are wanted again, what was told like this number before is what is put right.
        var wasEnding = asked.Slots.SecondDetail is { Value: { Length: 4 } before } && before.All(char.IsAsciiDigit);
        // So is a number that does not look like the order's, where the detail was wrong.
        var putsRight = asked.Slots is { Order: { } order, SecondDetail: not null } && IsOfAnotherKind(number, order.Value);
        return mayBeEnding && (!wantsOrder || wasEnding || putsRight) ? read with { PhoneEndings = [number] }
            : wantsOrder ? read with { OrderNumbers = [$"#{number}"] }
            : read;
    }

    /// <summary>"What about 71115" after order #71080: a bare number of the same length that begins alike is another order, whether or not there is
    /// one.</summary>
    private static string? OfKnownKind(EntityReading read, string text, Turn turn)
    {
        if (read.OrderNumbers.Count + read.PhoneEndings.Count > 0 || ContextReading.WordsIn(text) > MostWords
            || Number().Matches(text) is not [{ Value: { Length: >= FewestDigits } number }]
            || turn.Cases is [{ Awaiting: var awaited }, ..] && awaited.Any(item => item is SuppliedItem.SecondDetail or SuppliedItem.BothDetails))
        {
            return null;
        }

        var known = turn.Cases.Select(open => open.Slots.Order?.Value.TrimStart('#')).OfType<string>();
        return known.Any(order => order.Length == number.Length && order[0] == number[0]) ? $"#{number}" : null;
    }

    /// <summary>"4821" alone, where the order is known and only what proves it is asked for, is no other order.</summary>
    private static bool IsTheEndingAskedFor(EntityReading read, string text, Turn turn) =>
        read is { OrderNumbers: [var number], PhoneEndings.Count: 0, Emails.Count: 0 }
        && number.Length == FewestDigits + 1
        && !text.Contains('#', StringComparison.Ordinal)
        && ContextReading.WordsIn(text) <= FewWords
        && !Tokens.Of(text).Exists(word => word is "order" or "pesanan")
        && turn.Cases is [{ Awaiting: var awaited } latest, ..]
        && (
            (!awaited.Contains(SuppliedItem.OrderNumber) && awaited.Any(item => item is SuppliedItem.SecondDetail or SuppliedItem.BothDetails))
            || (awaited.Count == 0 && WasAskedToProve(latest) && IsOfAnotherKind(number, latest.Slots.Order!.Value))
        );

    /// <summary>Who was asked for the order and for what proves it, and gave an address, may send the digits of the telephone after it.</summary>
    private static bool WasAskedToProve(Case matter) =>
        matter.Slots.Order is not null && matter.Asked.Any(item => item is SuppliedItem.SecondDetail or SuppliedItem.BothDetails);

    private static bool IsOfAnotherKind(string number, string order) =>
        number.TrimStart('#') is var digits && order.TrimStart('#') is var known && (digits.Length != known.Length || digits[0] != known[0]);

    private const int FewestDigits = 4, FewWords = 3;

    [GeneratedRegex(@"(?<![\p{L}\d.,@#/-])\d{3,10}(?![\p{L}\d@/-]|[.,]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
