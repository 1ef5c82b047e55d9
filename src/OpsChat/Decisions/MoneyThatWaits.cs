using System.Collections.Frozen;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Reads a short question that follows a wish for money or goods which a person has before them: "how much will I get?", "how long does that take?".
/// By their words alone such questions are nearest to prices and delivery times; the person who has the wish answers them. Pure.
/// </summary>
static class MoneyThatWaits
{
    private const int FewWords = 8;

    /// <summary>The case that the question is about; null where it is about another thing.</summary>
    public static Case? AskedAbout(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot known)
    {
        if (
            turn.Cases.SkipWhile(open => IsOfTerms(open, known)).FirstOrDefault() is not { } open
            || !(turn.CasesWithCard.Contains(open.Id) || turn.CasesWithApproval.Contains(open.Id))
            || !(open.MovesMoney || known.Playbooks.Find(open.Playbook)?.Settings.Financial == FinancialUse.Action)
            || reading is not { SmallTalk: SmallTalk.None, Withdrawal: Withdrawal.None, Money.Sense: not MoneySense.Moves, Mood.WantsPerson: false }
            || !ContextReading.TellsNothing(told)
            || ContextReading.WordsIn(text) > FewWords
            || !(QuestionDetector.AskedFor(text).Any(asked => asked is "how-much" or "how-long" or "when") || AsksOfAPart(text)))
        {
            return null;
        }

        // What is surely about an order or the shop stands by itself; goods that nobody named do not.
        var sure = known.Reader.Choose(reading);
        var asksForGoods = reading.Issues is [var best, ..] && known.NeedsOf(best.Issue).HasFlag(PlaybookNeeds.Product);
        var isOfOrder = sure is not null && known.NeedsOf(sure).HasFlag(PlaybookNeeds.Order);
        return asksForGoods || AsksOfAPart(text) || (ContextReading.HasNoTopic(text) && !isOfOrder) ? open : null;
    }

    /// <summary>What the shop has written about returns and refunds was told in between.</summary>
    private static bool IsOfTerms(Case open, PlaybookSnapshot known) => known.Playbooks.Find(open.Playbook) is { } playbook && ContextReading.IsOfRefundTerms(playbook);

    /// <summary>"Including shipping?", "plus the fee?"</summary>
    private static bool AsksOfAPart(string text) =>
        Tokens.Of(text) is [var first, ..] && s_parts.Contains(first) && RequestDetector.MayAsk(text);

    private static readonly FrozenSet<string> s_parts = "including included incl plus minus without less termasuk tolak campur 包括 包含 含运"
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);
}
