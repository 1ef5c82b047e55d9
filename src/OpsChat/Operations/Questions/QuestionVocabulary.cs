using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>
/// Words that a question may have beside what its grammar looks for and the shop's own names. Whatever is none of these was not understood: a word
/// that is missing here costs a refusal, a word too many an answer about everything, so that nothing stands here that shops sell.
/// </summary>
internal static partial class QuestionVocabulary
{
    /// <summary>They hold a sentence together, in English and in everyday Malay, and name nothing.</summary>
    private static readonly HashSet<string> s_function = Words(
        """
        a an the this that these those there here it its is are was were be been being am do does did done has have had having i me my mine we us our
        ours you your yours they them their theirs he she his her who whom whose which what when where how and or but if than then also too so
        as at by for from in into of off on onto out over under up down to until till with without within about after before between during since per
        not no none nobody never nor yet still already just only even ever more most less least much many some any anyone anything something
        everything nothing each every all both either other others another same such very really quite please can could would should will shall may
        might must cannot let lets ok okay hi hello hey thanks thank now right current currently so far again back away because although though
        one ones once be s t re ve ll d m im whats hows don doesn didn won isn aren wasn weren hasn haven hadn wouldn couldn shouldn ain gonna
        always usually sometimes often mostly generally lately nowadays normally
        yang saya kami kita kamu anda awak dia mereka dan atau di ke kat dekat dari daripada untuk bagi dengan pada itu tu ini ni ada adalah ialah
        banyak jumlah perlu kena patut akan sudah dah telah belum boleh tolong semua setiap oleh saja sahaja je lagi masih dalam paling buat dapat
        senaraikan papar paparkan nak hendak mahu tak tidak bukan sedang tengah ramai sekarang beri tunjuk tunjukkan senarai pun kan ya ia nya kah lah
        """);

    /// <summary>Talk of any shop: beside a word that names articles they may belong to a title, as in "drop earrings".</summary>
    private static readonly HashSet<string> s_talk = Words(
        """
        article articles product products item items sku skus code goods piece pieces unit units thing things stuff order orders ordered ordering sale
        sales sell sells selling sold customer customers client clients buyer buyers shopper shoppers people person persons shop store business
        company money cash revenue turnover takings income profit profits profitable profitability loss amount total totals sum sums number numbers
        figure figures count counted counts average mean median value values worth cost costs costing price prices margin margins share rate rates
        percent percentage channel channels source sources platform marketplace country countries state states region regions province place places
        city supplier suppliers vendor vendors carrier carriers courier couriers parcel parcels package packages shipment shipments shipping
        delivery deliveries stock stocks inventory warehouse return returns refund refunds ad ads campaign campaigns promo promotion promotions
        event launch discount
        alert alerts action actions day days daily weekday
        weekdays overview summary report list table reason reasons best worst top bottom biggest largest highest lowest smallest fastest slowest
        busiest quietest strongest weakest cheapest loyal valuable popular good bad better worse recent recently latest newest oldest new first last
        next coming past previous earlier later likely usual usually normal typical typically enough show shows give tell see look looks find know
        want wants need needs needed get gets got getting have make makes made making take takes took taken taking go goes going went gone come comes
        came bring brings brought keep keeps put use uses used happen happens happened think say says said mean ask asked answer check compare
        compared comparison explain describe buy buys bought buying purchase purchased pay pays paid unpaid ship ships shipped send sends sent
        sending deliver delivered receive received arrive arrives arrived arriving pack packed returned returning returners approve approved cancel
        cancels cancelled canceled cancellation cancellations spend spends spent earn earns earned lose loses losing lost owe owes reach reached
        expect expected promise promised wait waits waiting move moved stop stopped start started change changed changes grow grows growing growth
        rise rises rose risen fall fell fallen drop dropped drops increase increased decrease decreased improve improved handle handled open opened
        closed close due late delayed overdue stuck missing failed fail fails wrong left long longer low lower near nearly almost soon slow fast
        quick quickly much often mostly likely trend trends trending status track doing repeat regular vs versus versus beside against compared
        first-time came somebody someone everyone everybody whatever inactive lapsed anymore no-one great happening help today tomorrow yesterday
        placed while well moving moves
        net gross owing debt longest shortest avg
        pause halt hold release place budget halve everything turn switch write remind fix correct edit update rewrite notify inform warn call chase
        ringgit rm myr sen dollar dollars currency quarter quarters amount amounts over under
        avoid trust among rank ranking rankings depend between task tasks
        paying pays off roi roas working why down drop decline declined declining decreasing increasing rising fewer fewest higher delivers
        size sizes colour colours color colors variant variants popular selling seller sellers reliable name names
        """);

    /// <summary>Words that limit what is counted by where it stands: they are understood only where the topic itself is about that.</summary>
    private static readonly HashSet<string> s_state = Words(
        "why open opened closed waiting wait waits unpaid missing lost received pending wrong outstanding");

    /// <summary>Words that say how big a measure is and not how big an article is.</summary>
    [GeneratedRegex(
        @"(?<= )(?:first time|(?:good|selamat) (?:morning|afternoon|evening|pagi|petang)|how many (?:days|weeks|months)"
            + @"|how (?:long|big|large|high|low|old|small|short|fast|slow|soon|good|bad|few|well|far|late|often|come))(?= )"
    )]
    public static partial Regex Asking();

    /// <summary>Whether a topic's rows are told apart by what a word names; "returns by supplier" is no answer about all returns.</summary>
    public static bool IsGroupOf(QuestionTopic? topic, string word) => Base(word) switch
    {
        "customer" or "client" or "buyer" or "state" or "region" or "country" or "province" or "channel" or "source" or "platform" or "marketplace" =>
            topic is null or QuestionTopic.Orders or QuestionTopic.Sold or QuestionTopic.BestSellers
                || (Base(word) is "customer" or "client" or "buyer" && topic is QuestionTopic.Returns or QuestionTopic.Refunds),
        "reason" => topic is QuestionTopic.Returns or QuestionTopic.WhyReturns,
        "carrier" or "courier" => topic is QuestionTopic.StillParcels or QuestionTopic.LateParcels or QuestionTopic.OpenParcels
            or QuestionTopic.Deliveries,
        "supplier" or "vendor" => topic is QuestionTopic.LeadTime or QuestionTopic.Incoming or QuestionTopic.ToOrder or QuestionTopic.SupplierDelays,
        "campaign" => topic is QuestionTopic.AdSpend or QuestionTopic.AdWaste,
        _ => true,
    };

    /// <summary>By which spans of days sales are counted; elsewhere such a word is not understood.</summary>
    [GeneratedRegex(
        @"(?<= )(?:(?:per|by|each|every|which|what|best|worst|busiest|slowest) (?:day|week|month)(?: of (?:the )?week)?"
            + @"|weekly|monthly|(?:month|week) by (?:month|week)"
            + @"|days? of (?:the )?week)(?= )"
    )]
    public static partial Regex Spans();

    /// <summary>How an order was paid, which no row keeps. Only where it asks with what: a shop may sell cards, and pay for ads.</summary>
    [GeneratedRegex(
        @"(?<=\b(?:paid|pay|pays|payments?|paying)\s(?:\w+\s){0,3}?(?:by|with|via|using|in|through)\s(?:(?:an?|the|their|my|our)\s)?)"
            + @"(?:e-?wallets?|e wallets?|credit cards?|debit cards?|cards?|bank transfers?|online banking|fpx|paypal|grab ?pay"
            + @"|touch ?(?:'?n'?|and) ?go|tng|duitnow|boost|shopee ?pay|cash on delivery|cod|cash)(?=\s)"
            + @"|(?<=\b(?:paid|pay|pays|paying)\s)(?:fpx|paypal|duitnow|tng|cash on delivery|cod|cash)(?=\s)|(?<=\s)payment (?:methods?|types?)(?=\s)"
            + @"|(?<=\s)(?:methods?|ways?|types?) of payments?(?=\s)"
            + @"|(?<=\b(?:with|by|via|using)\s)(?:fpx|paypal|duitnow|cash on delivery|cod)(?=\s)"
            + @"|(?<=\s)(?:e-?wallet|e wallet|credit card|debit card|fpx|paypal|duitnow|cash on delivery|cod|cash)(?=\s(?:orders?|payments?)\s)"
    )]
    public static partial Regex WayOfPaying();

    /// <summary>Words that deny what follows; "haven" is what is left of "haven't".</summary>
    public const string Denying =
        "(?:not|never|haven|hasn|hadn|isn|aren|wasn|weren|didn|doesn|don)(?:'t)?(?: (?:yet|been|be|get|really|actually))*";

    /// <summary>Something that was not done: "not delivered", "haven't been refunded".</summary>
    [GeneratedRegex("(?<= )" + Denying + @" (?:[a-z]{3,}ed|sent|sold|paid|bought|arriv\w*|come|came|gone|return|refund|ship|deliver|reach"
        + @"|(?:from|in|to|by|with|of|on|at|for|through|via) (?:the )?[\w-]+)(?= )")]
    public static partial Regex Denied();

    /// <summary>The words with the ending that a question lost before it was read.</summary>
    public static string Denial(string words) =>
        words.StartsWith("not", StringComparison.Ordinal) || words.StartsWith("never", StringComparison.Ordinal) ? words
        : $"{words.Split(' ')[0]}'t{words[words.IndexOf(' ', StringComparison.Ordinal)..]}";

    /// <summary>Whether words say what is not so, or is left out.</summary>
    public static bool IsDenial(string words) => Denials().IsMatch(words);

    [GeneratedRegex("^(?:(?:excluding|exclude|except|without|other than|apart from|leaving out|but|not counting|not including)|" + Denying + ") ",
        RegexOptions.IgnoreCase)]
    private static partial Regex Denials();

    /// <summary>A letter by itself names nothing; a figure counts something, and one sign of Chinese is a word.</summary>
    public static bool IsFunction(string word) => s_function.Contains(word) || (word.Length == 1 && char.IsAsciiLetter(word[0]));

    /// <summary>Words that a question may be made of, without names: what a slip may have been meant as.</summary>
    public static IEnumerable<string> Written => s_written.Value;

    private static readonly Lazy<HashSet<string>> s_written = new(() =>
    [
        .. s_function, .. s_talk, .. s_state, .. PeriodText.DayWords,
        .. QuestionStems.Topics.SelectMany(t => t.Stems).Select(s => s.Stem.Trim()).Where(stem => !stem.Contains(' ', StringComparison.Ordinal)),
    ]);

    public static bool IsTalk(string word) => s_talk.Contains(word);

    public static bool IsState(string word) => s_state.Contains(word);

    /// <summary>A word for what is amiss with a thing, which tells some things from others.</summary>
    public static bool IsFault(string word) => word is "wrong" or "missing" or "lost";

    /// <summary>A letter that may be a size: "a" and "I" are words.</summary>
    public static bool IsLetter(string word) => word.Length == 1 && char.IsLetter(word[0]) && word[0] is not ('a' or 'i');

    /// <summary>Whether a word is a stem of the grammar with an ending; "latex" is no form of "late".</summary>
    public static bool IsFormOf(string word, string stem) => word.StartsWith(stem, StringComparison.Ordinal) && Ending().IsMatch(word[stem.Length..]);

    /// <summary>The same for one and for many: "mugs" and "mug", "dishes" and "dish", "knives" and "knife".</summary>
    public static string Base(string word) =>
        word.Length < 4 ? word
        : word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 ? word[..^3] + "y"
        : word.EndsWith("ves", StringComparison.Ordinal) ? word[..^3] + "f"
        : word.EndsWith("fe", StringComparison.Ordinal) ? word[..^1]
        : Sibilant().IsMatch(word) ? word[..^2]
        : word.EndsWith("oe", StringComparison.Ordinal) ? word[..^1]
        : word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1]
        : word;

    private static HashSet<string> Words(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("(?:ss|sh|ch|x|z|o)es$")]
    private static partial Regex Sibilant();

    [GeneratedRegex("^(?:s|es|e|ed|d|ing|ings|er|ers|r|al|als|ly|y|ies|t|ts|(?:is)?e?ments?|(?:la|[ia])?tions?|ions?|[pntlr](?:ed|ing|er)"
        + "|i[sz](?:e|ed|ing))?$")]
    private static partial Regex Ending();
}
