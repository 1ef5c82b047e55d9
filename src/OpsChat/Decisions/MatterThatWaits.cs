using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Reads a short question that follows what a person has before them: "how much will I get?" after a wish for money, "when can I have it?" after an
/// invoice was asked for, or "it's been 2 weeks" after a refund. By their words alone such questions are nearest to prices and
/// delivery times; the person who has the matter answers them. Of goods that were talked about the shop's data answer. Pure.
/// </summary>
static partial class MatterThatWaits
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
        && (TellsHowLong().IsMatch(text)
            || ((QuestionDetector.AskedFor(text).Any(asked => asked is "how-much" or "how-long" or "when") || AsksOfAPart(text))
                && NamesNothingElse(text, reading, known)))
            ? open
            : null;

    /// <summary>What the shop has written about returns and refunds was told in between.</summary>
    private static bool IsOfTerms(Case open, PlaybookSnapshot known) =>
        known.Playbooks.Find(open.Playbook) is { } playbook && TermsReading.IsOfRefundTerms(playbook);

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

    /// <summary>"It's been two weeks already", and nothing else.</summary>
    [GeneratedRegex(
        @"^\W*(?:(?:it'?s|it has|is|has|already|been|now|over|more than|almost|nearly|about|for|since|and|but|like"
            + @"|dah|sudah|udah|lebih|hampir|da|đã|hơn)\W+)*"
            + @"(?:已经|都|过了|等了|快)*(?:\d{1,3}|an?|one|two|three|four|five|six|ten|se|dua|tiga|empat|lima|hai|ba|一|两|二|三|四|五|半)\W*"
            + @"(?:(?:whole|full|business|working)\W+)?(?:days?|weeks?|months?|hours?|hari|minggu|bulan|jam"
            + @"|tuần|ngày|tháng|天|周|个?星期|个?礼拜|个?月|อาทิตย์|วัน|เดือน)"
            + @"(?:\W*(?:already|now|ago|dah|sudah|la|lah|lo|leh|liao|rồi|lebih|了|แล้ว))*\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex TellsHowLong();
}
