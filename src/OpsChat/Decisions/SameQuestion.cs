using System.Collections.Frozen;
using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Tells a customer who asks the same again from one who goes on: to another product, colour, place or order, or to another fact about the
/// same. Pure.</summary>
public static class SameQuestion
{
    /// <summary>Whether the matter brings something that its case did not hold: a slot's new value, or a question for another fact.</summary>
    public static bool GoesOn(TurnDecision matter) =>
        matter.Turn.Cases.FirstOrDefault(open => open.Id == matter.SupportCase.Id) is not { } before
        || matter.SupportCase.Slots.Shown().Any(now => before.Slots.Shown().GetValueOrDefault(now.Key) != now.Value)
        || matter.Told.Product.NotMade.Count > 0
        || AsksAnother(before, matter.Matter.Text);

    /// <summary>Whether a text has no word that its case did not hold before: the customer asks what was answered, as if it were not.</summary>
    public static bool InSameWords(Case? before, string text) =>
        before is not null
        && Tokens.Of(IssueText.Of(text)) is { Count: > 0 } words
        && !WantsItAgain(text)
        && words.ToHashSet(StringComparer.Ordinal).IsSubsetOf(Tokens.Of(IssueText.Of(before.Words)));

    /// <summary>"Still cannot log in", "masih tak sampai", "还是不行": what was said did not help.</summary>
    public static bool IsStillSo(string text)
    {
        var words = Tokens.Of(text);
        return (words.Exists(s_still.Contains) && words.Exists(TextFeatures.Negations.Contains))
            || s_stillNot.Any(sign => text.Contains(sign, StringComparison.Ordinal));
    }

    /// <summary>"How much is it again?": the answer helped, and is wanted once more.</summary>
    private static bool WantsItAgain(string text) =>
        Tokens.Of(text) is { Count: > 0 } words
        && QuestionDetector.AskedFor(text).Count > 0
        && !words.Exists(word => TextFeatures.Negations.Contains(word) || s_why.Contains(word))
        && (s_again.Contains(words[^1]) || s_onceMore.Any(sign => text.Contains(sign, StringComparison.Ordinal)));

    private static readonly FrozenSet<string> s_again = "again tadi".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_why = "why kenapa mengapa late lambat lewat".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] s_onceMore = ["再说一", "再讲一", "再问一"];

    private static readonly FrozenSet<string> s_still = "still masih tetap vẫn van".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] s_stillNot = ["还是不", "还是没", "還是不", "還是沒", "还没", "還沒", "仍然", "ยังไม่"];

    /// <summary>Whether that is all that it says: "my parcel still has not arrived" names what it is about.</summary>
    public static bool OnlySaysStillSo(string text)
    {
        if (s_stillNot.FirstOrDefault(sign => text.Contains(sign, StringComparison.Ordinal)) is { } sign)
        {
            return text.Replace(sign, "", StringComparison.Ordinal).Count(char.IsLetter) <= LettersBeside;
        }

        return IsStillSo(text)
            && Tokens
                .Of(text)
                .TrueForAll(word =>
                    s_still.Contains(word) || s_bare.Contains(word) || TextFeatures.Negations.Contains(word) || TextFeatures.Fillers.Contains(word)
                );
    }

    private const int LettersBeside = 2;

    /// <summary>What is said of anything.</summary>
    private static readonly FrozenSet<string> s_bare =
        "can could get got getting work works working come comes came here there anything yet boleh dapat jadi masuk juga lagi la lah ok"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a text asks for a kind of fact that was not asked for in its case.</summary>
    public static bool AsksAnother(Case before, string text) =>
        QuestionDetector.AskedFor(text).Except(QuestionDetector.AskedFor(before.Words)).Any();
}
