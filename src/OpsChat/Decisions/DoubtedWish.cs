using System.Collections.Frozen;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Tells questions about money from wishes for it where the words alone cannot: "who pays the return postage" has the words of a wish, and is what
/// the owner's playbook about the written terms is for. Pure.
/// </summary>
/// <remarks>
/// Three have to agree: a playbook of written terms was chosen by its words, the message is a question and no order was told of, and the learned
/// model takes it for no wish either, or it is hardly other than one of the playbook's examples. The lines were drawn on 1,163 wishes and 1,081
/// other messages of our own in ten languages, of which such a playbook was chosen for nine and for 17: no wish is lost. Two kinds need no model:
/// "how long till I get my money back" is one of time, and "if I don't like it can I return it" supposes what has not happened.
/// </remarks>
static class DoubtedWish
{
    /// <summary>A similarity from 0 to 1. The nearest wish had 0.73.</summary>
    private const double OwnersExample = 0.8;

    /// <summary>Log-odds below which the learned model hears no wish; of payments, and of an owner's example. The least likely wish that terms were
    /// chosen for had 0.3.</summary>
    private const double Unlikely = -0.5, UnlikelyOfPayment = -2, UnlikelyOfExample = 2;

    /// <summary>Longer messages tell more than they ask.</summary>
    private const int MostWords = 25;

    private static readonly FrozenSet<string> s_openers =
        "who whos what whats when where which how is are do does any apa apakah siapa bila kapan bagaimana macam berapa adakah sino ano kailan paano"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The reading without a wish that the learned model alone hears, and hardly, in what is said of every order: its number after
    /// it was asked for, "need it this week, roughly when" after its news, or that it has not come.</summary>
    public static Reading WithoutFaint(string text, Reading reading, ToldSlots told, Turn turn, PlaybookSnapshot known) =>
        reading.Money is { Sense: MoneySense.Moves, Kinds.Count: 0, LogOdds: < Faint }
        && ContextReading.WordsIn(text) <= MostWordsOfWhatIsAwaited
        && IsNearToNoRemedy(reading, known)
        && (GivesWhatWasAskedFor(told, turn) || AsksWhenItComes(text, told, turn) || IsNearestToNews(reading, told, known))
            ? reading with { Money = reading.Money.AsksToo ? reading.Money with { Sense = MoneySense.Asks } : MoneyReading.Nothing }
            : reading;

    /// <summary>Odds of twelve to one.</summary>
    private const double Faint = 2.5;

    private const int MostWordsOfWhatIsAwaited = 15;

    /// <summary>No playbook that moves money is half as near as the nearest.</summary>
    private static bool IsNearToNoRemedy(Reading reading, PlaybookSnapshot known) =>
        !reading.Issues.Any(issue =>
            issue.Confidence >= HalfAsNear * reading.Issues[0].Confidence
            && known.Playbooks.Find(issue.Issue) is { Settings.Financial: FinancialUse.Action });

    private const double HalfAsNear = 0.5;

    private static bool GivesWhatWasAskedFor(ToldSlots told, Turn turn) =>
        told.HasOrderDetail && turn.Cases is [{ MovesMoney: false, Awaiting: var awaiting }, ..] && awaiting.Any(Drafting.DraftWriter.IsIdentity);

    /// <summary>"My parcel still not reach leh, order #4013, hp 0123456789".</summary>
    private static bool IsNearestToNews(Reading reading, ToldSlots told, PlaybookSnapshot known) =>
        told.HasWholeProof
        && reading.Issues is [{ Confidence: >= NearToNews } best, ..]
        && known.Playbooks.Find(best.Issue) is { Settings.Financial: FinancialUse.No } news
        && ContextReading.TellsWhenItComes(news);

    private const double NearToNews = 0.2;

    private static bool AsksWhenItComes(string text, ToldSlots told, Turn turn) =>
        ContextReading.TellsNothing(told)
        && turn.Cases is [{ MovesMoney: false, Slots.Order: not null }, ..]
        && turn.Conversation.Identity.Proven.Count > 0
        && QuestionDetector.AskedFor(text).Any(asked => asked is "when" or "how-long");

    /// <summary>The reading, in which a doubted wish is a question about money.</summary>
    public static Reading In(string text, Reading reading, ToldSlots told, Turn turn, PlaybookChoice choice) =>
        reading.Money.Sense == MoneySense.Moves
        && choice.Playbook is { Settings.Financial: FinancialUse.Information } playbook
        && !told.HasOrderDetail
        && ContextReading.WordsIn(text) <= MostWords
        && !reading.Money.Kinds.Contains("moves-delivery")
        && (
            IsOfTime(text, reading, playbook)
            || (TermsReading.IsOfRefundTerms(playbook) && TermsReading.AsksWhoPays(text))
            || (
                IsAboutNoOrder(turn)
                && (
                    (IsQuestion(text) && IsDoubted(reading, playbook.Issue))
                    || (
                        TermsReading.IsOfRefundTerms(playbook)
                        && TermsReading.TellsOfNoOrder(text, told, turn)
                        && SuppositionDetector.AsksWhatIf(text, reading.Money)
                    )
                )
            )
        )
            ? reading with { Money = reading.Money with { Sense = MoneySense.Asks } }
            : reading;

    private static bool IsQuestion(string text) =>
        text.AsSpan().IndexOfAny('?', '？') >= 0
        || QuestionDetector.AskedFor(text).Count > 0
        || (Tokens.Of(IssueText.Of(text)) is [var first, ..] && s_openers.Contains(first));

    /// <summary>Who has told of an order may want something done with it.</summary>
    private static bool IsAboutNoOrder(Turn turn) =>
        turn.Conversation.Identity.Proven.Count == 0 && turn.Cases.All(open => open.Slots.Order is null);

    /// <summary>"How long till I get my money back" wants to know when, and has its matter already.</summary>
    private static bool IsOfTime(string text, Reading reading, Playbook playbook) =>
        TermsReading.IsOfRefundTerms(playbook)
        && TermsReading.AsksOnlyWhen(text)
        && (!reading.Money.Kinds.Contains("moves-payment") || reading.Money.LogOdds < UnlikelyOfPayment);

    private static bool IsDoubted(Reading reading, string issue)
    {
        var (money, kinds) = (reading.Money, reading.Money.Kinds);
        return reading.Issues is [var best, ..]
            && best.Issue == issue
            && (
                money.LogOdds < (kinds.Contains("moves-payment") ? UnlikelyOfPayment : Unlikely)
                || (money.LogOdds < UnlikelyOfExample && IsExampleOf(issue, reading))
            );
    }

    private static bool IsExampleOf(string issue, Reading reading) =>
        reading.NearExamples is [var nearest, ..] && nearest.Issue == issue && nearest.Similarity >= OwnersExample;
}
