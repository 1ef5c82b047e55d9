using System.Collections.Frozen;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Reads a short question that follows what a person has before them: "how much will I get?" after a wish for money, "when can I have it?" after an
/// invoice was asked for. By their words alone such questions are nearest to prices and delivery times; the person who has the matter answers
/// them. Of goods that were talked about the shop's data answer. Pure.
/// </summary>
static class MatterThatWaits
{
    /// <summary>A script without spaces writes a whole sentence as one word: more letters than these have a topic.</summary>
    private const int MostLettersUnspaced = 6;

    /// <summary>Whether a matter wants money or goods to move.</summary>
    public static bool IsOf(Case open, PlaybookSnapshot known) =>
        open.MovesMoney || known.Playbooks.Find(open.Playbook)?.Settings.Financial == FinancialUse.Action;

    /// <summary>The case that the question is about; null where it is about another thing.</summary>
    public static Case? AskedAbout(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot known) =>
        turn.Cases.SkipWhile(open => IsOfTerms(open, known)).FirstOrDefault() is { } open
        && (turn.CasesWithCard.Contains(open.Id) || turn.CasesWithApproval.Contains(open.Id))
        && (IsOf(open, known) || open.Slots.Focus().Titles.Count == 0)
        && reading is { SmallTalk: SmallTalk.None, Withdrawal: Withdrawal.None, Money.Sense: not MoneySense.Moves, Mood.WantsPerson: false }
        && ContextReading.TellsNothing(told)
        && (QuestionDetector.AskedFor(text).Any(asked => asked is "how-much" or "how-long" or "when") || AsksOfAPart(text))
        && NamesNothingElse(text, reading, known)
            ? open
            : null;

    /// <summary>What the shop has written about returns and refunds was told in between.</summary>
    private static bool IsOfTerms(Case open, PlaybookSnapshot known) =>
        known.Playbooks.Find(open.Playbook) is { } playbook && ContextReading.IsOfRefundTerms(playbook);

    /// <summary>Whether the question has no word but those that any question about money has: "how much are your earrings" has one.</summary>
    private static bool NamesNothingElse(string text, Reading reading, PlaybookSnapshot known) =>
        text.Any(Scripts.IsUnspaced)
            ? text.Count(Scripts.IsUnspaced) <= MostLettersUnspaced
                && (known.Reader.Choose(reading) is not { } sure || known.NeedsOf(sure).HasFlag(PlaybookNeeds.Product))
            : Tokens.Of(text).TrueForAll(word => s_ofMoney.Contains(word) || TextFeatures.Fillers.Contains(word))
                || (AsksOfAPart(text) && ContextReading.WordsIn(text) <= WordsOfAPart);

    /// <summary>"Including shipping?", "plus the fee?"</summary>
    private static bool AsksOfAPart(string text) => Tokens.Of(text) is [var first, ..] && s_parts.Contains(first) && RequestDetector.MayAsk(text);

    private const int WordsOfAPart = 3;

    private static readonly FrozenSet<string> s_parts = "including included incl plus minus without less termasuk tolak campur"
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Question words, and words of what comes or comes back.</summary>
    private static readonly FrozenSet<string> s_ofMoney =
        (
            "how much many long when what day days then ok okay so get got back total altogether all amount money cash refund see take takes "
            + "till until before come comes arrive arrives there again now exactly about roughly will would be can back it this them usually "
            + "berapa bila lama hari dapat balik terima masuk akaun duit wang jumlah semua bayaran kembali itu tu nanti agak lah la ya"
        )
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);
}
