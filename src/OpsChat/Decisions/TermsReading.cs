using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>
/// Tells a question of the written terms from an order's trouble, by what was said before: "how long until I see it" after a refund was asked
/// for, "what if it arrives broken" of somebody who has no order, "who pays the postage". Pure.
/// </summary>
public static partial class TermsReading
{
    /// <summary>"How long until I see it" after a refund was asked for: the written terms tell. What asks for a parcel or a place is no
    /// such question.</summary>
    public static (Playbook Playbook, string Because)? RefundTerms(
        string text,
        Reading reading,
        ToldSlots told,
        Turn turn,
        PlaybookSnapshot knowledge
    )
    {
        if (
            turn.Cases is not [{ Playbook: var moving } latest, ..]
            || !(latest.MovesMoney || (AreTerms(moving, knowledge) && AsksForHowLong(text)))
            || (reading.Money.Sense == MoneySense.Moves && !AsksOnlyWhen(text))
            || !ContextReading.TellsNothing(told)
            || ContextReading.WordsIn(text) > ContextReading.FewWords
            || !QuestionDetector.AskedFor(text).Any(asked => asked is "how-long" or "when")
            || (reading.Issues is [{ Confidence: >= SomeTopic } best, ..] && IsOfAnother(best.Issue, text, knowledge)))
        {
            return null;
        }

        return (AreTerms(moving, knowledge) || knowledge.Playbooks.Find(moving)?.FactNames().Contains(RefundDays) == true)
            && knowledge.Playbooks.Playbooks.FirstOrDefault(IsOfRefundTerms) is { } terms
                ? (terms, "It asks how long the money takes that was talked about.")
                : null;
    }

    [GeneratedRegex(
        @"^\W*(?:(?:and|so|ok|okay|for|within|in|until|then|it|is|that|the|what|whats|time|limit|dalam|untuk|tempoh|sampai)\W+)*"
            + @"(?:how\s+(?:many\s+(?:days|weeks)|long)|until\s+when|what\s+period|berapa\s+(?:hari|lama)|bila)"
            + @"(?:\W+(?:is|it|that|then|exactly|tu|ya|lah?))*\W*$"
            + @"|^\W*(?:那|在)?(?:几天|幾天|多少天|多久|多长时间)(?:内|之内|呢|啊)?\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex HowLong();

    /// <summary>"When?", "how long": a time, and nothing that says of what.</summary>
    internal static bool AsksOnlyTheTime(string text) => LoneWhen().IsMatch(text) || AsksForHowLong(text);

    /// <summary>"For how many days", and nothing that says of what.</summary>
    internal static bool AsksForHowLong(string text) => HowLong().IsMatch(text);

    [GeneratedRegex(
        @"^\W*(?:(?:and|so|ok|okay|but|then|oh|habis|jadi)\W+)*(?:when|bila|kapan|kailan|khi nào|เมื่อไหร่|几时|幾時|什么时候|什麼時候|何时)"
            + @"(?:\W*(?:is|it|that|then|exactly|ya|tu|lah?|呢|啊))*\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex LoneWhen();

    /// <summary>The written terms in place of the playbook that the words led to, where only they can be meant; null where that stays.</summary>
    /// <param name="isSure">Whether its own words chose the playbook.</param>
    public static (Playbook Playbook, string Because)? OfTerms(
        string text,
        Reading reading,
        Playbook chosen,
        bool isSure,
        ToldSlots told,
        Turn turn,
        PlaybookSnapshot knowledge
    ) =>
        PostageOfReturn(text, chosen, told, turn, knowledge) is { } ofReturn
            ? (ofReturn, "It asks for the postage of what goes back or comes anew.")
        : OnlySupposed(text, reading, chosen, told, turn, knowledge) is { } supposed
            ? (supposed, "It asks what would be if, and tells of no trouble.")
        : !isSure && StillOfTerms(text, reading, chosen, told, turn, knowledge) is { } still
            ? (still, "It supposes something, after the terms were told.")
        : null;

    private static bool AreTerms(string issue, PlaybookSnapshot knowledge) =>
        knowledge.Playbooks.Find(issue) is { } playbook && IsOfRefundTerms(playbook);

    /// <summary>"Who pays the postage": a question of who is none for money, but where it names the one who wants it: "who pays me back".</summary>
    internal static bool AsksWhoPays(string text) =>
        Understanding.Clauses.IsOne(text, ContextReading.FewWords) && WhoPays().IsMatch(text) && !ForMe().IsMatch(text);

    [GeneratedRegex(
        @"\b(?:me|my|mine|us|our|back|refund|money|saya|aku|kami|balik|duit|wang)\b|我|退款|退钱|赔",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex ForMe();

    [GeneratedRegex(
        @"^\s*(?:(?:and|so|but|then|ok|okay)\s+)?who(?:['’]?s|\s+is|\s+will|\s+has\s+to|\s+should)?\s+(?:pays?|paying|covers?|covering|bears?)\b"
            + @"|^\s*siapa\s+(?:yang\s+)?(?:kena\s+|akan\s+|perlu\s+)?(?:bayar|tanggung|menanggung)\b|谁(?:来)?(?:付|出|承担)|誰(?:來)?(?:付|出|承擔)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex WhoPays();

    /// <summary>"Do I have to pay postage" after a return, an exchange or a replacement was asked for, or the terms were told: not what an
    /// order's delivery costs, but what the written terms say.</summary>
    private static Playbook? PostageOfReturn(string text, Playbook chosen, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        chosen.FactNames().Contains(ShippingFees)
        && (Tokens.Of(text).Exists(s_pays.Contains) || PaysInChinese().IsMatch(text))
        && told.Places.Count == 0
        && turn.Cases is [{ Playbook: var moving } latest, ..]
        && moving != chosen.Issue
        && ((latest.MovesMoney && knowledge.NeedsOf(moving).HasFlag(PlaybookNeeds.Order)) || AreTerms(moving, knowledge))
            ? knowledge.Playbooks.Playbooks.FirstOrDefault(IsOfRefundTerms)
            : null;

    private static readonly FrozenSet<string> s_pays = "pay pays paying charge charged charges bayar tanggung kena dikenakan menanggung"
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex("谁付|誰付|谁出|誰出|谁承担|要付|我付|我出")]
    private static partial Regex PaysInChinese();

    private const string ShippingFees = "store.shipping_fees";

    /// <summary>"How long till I get my money back" begins like a question of time, whatever it is that is waited for.</summary>
    internal static bool AsksOnlyWhen(string text) => Understanding.Clauses.IsOne(text, ContextReading.FewWords) && OnlyWhen().IsMatch(text);

    [GeneratedRegex(
        @"^\s*(?:(?:and|so|but|ok|okay)\s+)?(?:how\s+(?:long|soon|many\s+days)|when\s+(?:will|do|does|can|would)|berapa\s+(?:lama|hari)|bila|kapan)\b"
            + @"|^\s*(?:那|大概)?(?:要)?(?:多久|几时|幾時|什么时候|什麼時候|几天|幾天)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex OnlyWhen();

    /// <summary>"And if it arrives broken?" of somebody who has told of no order asks for the terms and tells of no trouble.</summary>
    private static Playbook? OnlySupposed(string text, Reading reading, Playbook chosen, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        chosen.Settings.Financial == FinancialUse.Action
        && TellsOfNoOrder(text, told, turn)
        && (SuppositionDetector.AsksWhatIf(text, reading.Money)
            || (reading.Money.Sense != MoneySense.Moves && SuppositionDetector.SupposesTrouble(text, reading.Money)))
        && knowledge.NeedsOf(chosen.Issue).HasFlag(PlaybookNeeds.Order)
        && knowledge.Playbooks.Playbooks.FirstOrDefault(IsOfRefundTerms) is { } terms
        && IsNear(chosen, terms, reading)
            ? terms
            : null;

    /// <summary>Neither the message nor what came before it names an order or shows goods, so that a supposition can only be of the terms.</summary>
    internal static bool TellsOfNoOrder(string text, ToldSlots told, Turn turn) =>
        !told.HasOrderDetail
        && turn.Conversation.Identity.Proven.Count == 0
        && turn.Cases.All(open => open.Slots.Order is null && !open.MovesMoney)
        && turn.Attachments.Count == 0
        && !SuppositionDetector.NamesOwnOrder(text);

    /// <summary>Whether the words are half sure of the trouble, or come near the terms themselves: "does a scratch hurt the coating, if any" is
    /// hardly about a return.</summary>
    private static bool IsNear(Playbook chosen, Playbook terms, Reading reading) =>
        reading.Issues.Any(issue => issue.Issue == chosen.Issue && issue.Confidence >= SomeTopic)
        || reading.Issues.Take(NearIssues).Any(issue => issue.Issue == terms.Issue);

    private const int NearIssues = 3;

    /// <summary>"What if I already washed it" after the written terms were told: still of them, where its words are not sure
    /// enough of another matter.</summary>
    private static Playbook? StillOfTerms(string text, Reading reading, Playbook chosen, ToldSlots told, Turn turn, PlaybookSnapshot knowledge) =>
        ContextReading.TellsNothing(told)
        && SuppositionDetector.Supposes(text)
        && reading.Money.Sense != MoneySense.Moves
        && turn.Conversation.Identity.Proven.Count == 0
        && reading.Issues is [{ Confidence: < SurelyAnother }, ..]
        && turn.Cases is [{ Playbook: var latest, MovesMoney: false }, ..]
        && latest != chosen.Issue
        && knowledge.Playbooks.Find(latest) is { } terms
        && IsOfRefundTerms(terms)
            ? terms
            : null;

    private const double SurelyAnother = 0.8;

    /// <summary>An order's news; and where words have no spaces, a few letters may name a topic.</summary>
    private static bool IsOfAnother(string issue, string text, PlaybookSnapshot knowledge) =>
        knowledge.NeedsOf(issue).HasFlag(PlaybookNeeds.Order)
        || (text.Any(Scripts.IsUnspaced) && knowledge.Playbooks.Find(issue) is { } playbook && !IsOfRefundTerms(playbook));

    /// <summary>Whether a playbook tells the written terms, with how long money takes, and moves none.</summary>
    internal static bool IsOfRefundTerms(Playbook playbook) =>
        playbook.Settings.Financial == FinancialUse.Information && playbook.FactNames().Contains(RefundDays);

    private const string RefundDays = "store.refund_days";

    /// <summary>From here on the words may well be about an order.</summary>
    private const double SomeTopic = 0.5;
}
