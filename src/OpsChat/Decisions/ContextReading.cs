using System.Collections.Frozen;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Understands a message from what it tells and from what was said before, where its words alone are not enough: "in olive?", "and to
/// Singapore?", "when will it be here". Pure.
/// </summary>
/// <remarks>
/// The classifier's confidence says how likely an issue is by the words. Evidence that does not come from them is added to the logarithm of its
/// odds: that the message names a product, a place or an order and the playbook's answer depends on one, and that this matter is open. A playbook
/// that moves money gains nothing by context alone.
/// </remarks>
public static class ContextReading
{
    private const double ProductNamed = 2.5, OptionNamed = 0.75, PlaceNamed = 2, OrderTold = 1.5, OrderProven = 1, SameMatter = 1.5, ShortInMatter = 1, Carried = 1, PointsBack = 1;

    private const double Agreed = 0.8;

    /// <summary>Below this an issue is no more likely than any other, whatever speaks for it.</summary>
    private const double LeastConfidence = 0.04;

    /// <summary>From here on a message has a topic of its own, and is no bare slot value for another.</summary>
    private const double OwnTopic = 0.5;

    private const int FewWords = 8;

    public static (Playbook Playbook, string Because)? Choose(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        MostLikely(text, reading, told, turn, knowledge) ?? Continued(text, reading, told, turn, knowledge);

    public static int WordsIn(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>The likeliest issue once the context is weighed in; null when none has any likelihood.</summary>
    public static (string Issue, double Confidence, double Weighed)? BestOf(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) => reading.Issues
        .Where(issue => issue.Confidence >= LeastConfidence)
        .Select(issue => ((string, double, double)?)(issue.Issue, issue.Confidence, Weighed(issue, text, told, turn, knowledge)))
        .MaxBy(issue => issue!.Value.Item3);

    /// <summary>The issue that is sure enough once the context is weighed in.</summary>
    private static (Playbook, string)? MostLikely(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge)
    {
        // What two kinds of evidence agree on may be a little less sure by each.
        var threshold = Math.Min(reading.Threshold ?? 1, Agreed);
        return BestOf(text, reading, told, turn, knowledge) is { } best && best.Weighed >= threshold && best.Weighed > best.Confidence && knowledge.Playbooks.Find(best.Issue) is { } playbook
            ? (playbook, $"Confidence {best.Confidence:0.00} by its words, {best.Weighed:0.00} with what it tells and what was said before.")
            : null;
    }

    private static double Weighed(IssueScore issue, string text, ToldSlots told, Turn turn, PlaybookSnapshot knowledge)
    {
        var needs = knowledge.NeedsOf(issue.Issue);
        var isOpen = turn.Cases.Count > 0 && turn.Cases[0].Playbook == issue.Issue;
        var odds = Math.Log(issue.Confidence / Math.Max(1e-6, 1 - issue.Confidence))
            + (told.Product.NamesAnything && needs.HasFlag(PlaybookNeeds.Product) ? ProductNamed : 0)
            + (told.Places.Count > 0 && needs.HasFlag(PlaybookNeeds.Place) ? PlaceNamed : 0)
            + (told.Product is { IsNamed: true, NamesOption: true } && needs.HasFlag(PlaybookNeeds.Product) ? OptionNamed : 0)
            + (told.HasOrderDetail && needs.HasFlag(PlaybookNeeds.Order) ? OrderTold + (told.HasWholeProof ? OrderProven : 0) : 0)
            + (Carries(turn, needs) ? Carried + (TellsNothing(told) && PointsBackIn(text) ? PointsBack : 0) : 0)
            + (isOpen ? SameMatter + (WordsIn(text) <= FewWords ? ShortInMatter : 0) : 0);
        return 1 / (1 + Math.Exp(-odds));
    }

    private static bool TellsNothing(ToldSlots told) => !told.HasOrderDetail && !told.Product.NamesAnything && told.Places.Count == 0;

    /// <summary>A short message that begins like a continuation, or has a word for what was talked about.</summary>
    private static bool PointsBackIn(string text)
    {
        var words = Tokens.Of(text);
        return words.Count is > 0 && WordsIn(text) <= FewWords && (s_goesOn.Contains(words[0]) || words.Exists(s_pointsBack.Contains));
    }

    private static readonly FrozenSet<string> s_goesOn = "and then so ok okay dan lepas habis terus jadi kalau kalo abis 那 那么 แล้ว còn at tapos".Split(' ').ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> s_pointsBack = "that it this those them there tu itu ni ini tersebut nya dia tadi 这个 那个 它 อันนี้ อันนั้น cái này yun iyon ito".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The matter that was talked about last holds a slot that the answer depends on: "how many days?" after "postage to Sabah".</summary>
    private static bool Carries(Turn turn, PlaybookNeeds needs) => turn.Cases is [{ Slots: var slots }, ..]
        && ((slots.Focus().Titles.Count > 0 && needs.HasFlag(PlaybookNeeds.Product)) || (slots.Place is not null && needs.HasFlag(PlaybookNeeds.Place)) || (slots.Order is not null && needs.HasFlag(PlaybookNeeds.Order)));

    /// <summary>A message that hardly does more than tell a slot's value continues the newest matter that has such a slot.</summary>
    private static (Playbook, string)? Continued(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot knowledge)
    {
        if (reading.Money.Sense == MoneySense.Moves || (reading.Issues is [{ Confidence: >= OwnTopic }, ..] && WordsIn(text) > FewWords))
        {
            return null;
        }

        var brings = (told.Product.NamesAnything ? PlaybookNeeds.Product : PlaybookNeeds.None) | (told.Places.Count > 0 ? PlaybookNeeds.Place : PlaybookNeeds.None) | (told.HasOrderDetail ? PlaybookNeeds.Order : PlaybookNeeds.None);
        return turn.Cases.Select(open => knowledge.Playbooks.Find(open.Playbook)).FirstOrDefault(playbook => playbook is not null && (knowledge.NeedsOf(playbook.Issue) & brings) != PlaybookNeeds.None) is { } continued
            ? (continued, $"It tells {brings.ToString().ToLowerInvariant()} for the matter that was talked about.")
            : null;
    }
}
