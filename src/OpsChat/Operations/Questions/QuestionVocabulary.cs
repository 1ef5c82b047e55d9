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
        ours you your yours they them their theirs he she his her who whom whose which what when where why how and or but if than then also too so
        as at by for from in into of off on onto out over under up down to until till with without within about after before between during since per
        not no none nobody never nor yet still already just only even ever more most less least much many some any anyone anything something
        everything nothing each every all both either other others another same such very really quite please can could would should will shall may
        might must cannot let lets ok okay hi hello hey thanks thank now right current currently so far again ago back away because although though
        one ones once be s t re ve ll d m im whats hows don doesn didn won isn aren wasn weren hasn haven hadn wouldn couldn shouldn ain gonna
        apa apakah yang mana saya kami kita kamu dan atau di ke dari untuk dengan pada itu ini ada adalah berapa banyak jumlah perlu akan sudah
        telah belum boleh tolong semua setiap oleh saja lagi masih dalam paling buat dapat nak hendak mahu tak tidak bukan sekarang beri tunjuk bulan minggu tahun berapakah siapakah
        ia nya kah lah
        """);

    /// <summary>Talk of any shop: beside a word that names articles they may belong to a title, as in "drop earrings".</summary>
    private static readonly HashSet<string> s_talk = Words(
        """
        article articles product products item items sku skus code goods piece pieces unit units thing things order orders ordered ordering sale
        sales sell sells selling sold customer customers client clients buyer buyers shopper shoppers people person persons shop store business
        company money cash revenue turnover takings income profit profits profitable profitability loss amount total totals sum sums number numbers
        figure figures count counted counts average mean median value values worth cost costs costing price prices margin margins share rate rates
        percent percentage channel channels source sources platform marketplace country countries state states region regions province place places
        city supplier suppliers vendor vendors carrier carriers courier couriers parcel parcels package packages shipment shipments shipping
        delivery deliveries stock stocks inventory warehouse return returns refund refunds ad ads campaign campaigns promo promotion promotions event launch discount
        alert alerts action actions day days week weeks weekly month months monthly year years yearly daily date dates period weekday
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
        first-time came somebody someone everyone everybody whatever inactive lapsed anymore no-one great happening help today tomorrow yesterday placed while well moving moves
        pause halt hold release place budget halve everything turn switch write remind fix correct edit update rewrite notify inform warn call chase
        """);

    /// <summary>Words that say how big a measure is and not how big an article is.</summary>
    [GeneratedRegex(@"(?<= )(?:first time|how (?:long|big|large|high|low|old|small|short|fast|slow|soon|good|bad|few|well|far|late|often|come))(?= )")]
    public static partial Regex Asking();

    public static bool IsFunction(string word) => s_function.Contains(word) || word.Length == 1;

    public static bool IsTalk(string word) => s_talk.Contains(word);

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

    [GeneratedRegex("^(?:s|es|e|ed|d|ing|ings|er|ers|r|al|als|ly|y|ies|t|ts|e?ments?|[ia]?tions?|ions?|[pntlr](?:ed|ing|er)|i[sz](?:e|ed|ing))?$")]
    private static partial Regex Ending();
}
