using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>Which alerts a question means by what they are about: each word for a trouble stands for the monitors that watch it, words beside one
/// another for those that all of them have, and words that are joined by "and" or a comma for all of theirs.</summary>
/// <param name="Words">As they were asked, with what stands between them.</param>
internal sealed partial record AlertSubjects(IReadOnlySet<string> Monitors, string Words)
{
    private static readonly string[] s_late = ["parcel-late", "parcel-late-risk", "carrier-late"];

    private static readonly string[] s_parcels = [.. s_late, "parcel-no-scan", "parcel-stalled"];

    private static readonly string[] s_suppliers = ["supplier-late", "supplier-drift", "supplier-changed", "vendor-sla", "contract-renewal"];

    private static readonly string[] s_stock =
        ["stock-low", "stock-runout", "reorder", "stock-excess", "oversold", "stock-mismatch", "stock-anomaly"];

    private static readonly string[] s_ads = ["ad-waste", "ad-overnight", "ad-on-low-stock"];

    private static readonly string[] s_returns = ["returns-spike", "returns-uninspected", "returns-pattern"];

    private static readonly string[] s_customers = ["support-volume", "returns-pattern"];

    /// <summary>Parts of the question that no monitor watches; empty for none.</summary>
    public IReadOnlyList<string> Unwatched { get; private init; } = [];

    /// <summary>It names customers, of whom those who wait for an answer are told beside the alerts.</summary>
    public bool AreCustomers { get; private init; }

    private static readonly string[] s_customerWords = ["customer", "support", "message", "conversation"];

    /// <summary>Words, and words beside one another, of which the last may have an ending; where a space stands behind, as they are.</summary>
    private static readonly (string[] Stems, string[] Monitors)[] s_words =
    [
        (["stock", "inventory"], s_stock),
        (["runs out", "run out", "running out", "sold out", "sells out", "sell out", "out of stock", "stock out", "stockout"],
            ["stock-runout", "stock-low"]),
        (["low stock", "low on stock", "running low", "stock is low"], ["stock-low", "stock-runout"]),
        (["reorder", "restock", "replenish", "order again"], ["reorder", "stock-low"]),
        (["overstock", "too much", "too many", "excess", "excessive"], ["stock-excess"]),
        (["oversold", "oversell", "below zero"], ["oversold"]),
        (["mismatch", "storefront"], ["stock-mismatch"]),
        (["anomal", "unexplained"], ["stock-anomaly"]),
        (["demand", "spike", "sales"], ["demand-spike", "cart-rush"]),
        // Nobody watches these by themselves, which is not the same as all alerts.
        (["refund", "profit", "margin", "price", "payment method"], []),
        (["supplier", "vendor"], s_suppliers),
        (["contract"], ["contract-renewal", "vendor-sla"]),
        (["late ", "delay", "overdue"], [.. s_late, "supplier-late", "supplier-drift"]),
        (["parcel", "package", "shipment", "deliver"], s_parcels),
        (["carrier", "courier"], s_parcels),
        (["stuck"], ["order-stuck", "parcel-stalled", "parcel-no-scan"]),
        (["scan", "tracking", "lost", "stall", "not moving", "don't move", "not move"], ["parcel-no-scan", "parcel-stalled"]),
        (["not shipped", "unshipped", "not sent", "haven't shipped", "haven't left"], ["order-stuck"]),
        (["orders ", "order "], ["order-stuck", "order-check", "preorder-cancelled"]),
        (["risky", "fraud", "fraudulent", "suspicious", "suspect", "high risk", "high value", "odd address", "strange address"],
            ["order-check"]),
        (["subscription", "failed charge", "charge"], ["subscription-failed"]),
        (["packing", "packed", "mispick", "picking", "station"], ["fulfilment"]),
        (["return"], s_returns),
        (["inspect"], ["returns-uninspected"]),
        (["review", "rating", "stars"], ["reviews"]),
        (["ad ", "ads ", "advert", "advertisement", "marketing"], s_ads),
        (["campaign"], [.. s_ads, "promise-at-risk", "demand-spike"]),
        (["overnight"], ["ad-overnight"]),
        (s_customerWords, s_customers),
        (["cart"], ["cart-rush"]),
        (["preorder", "pre order"], ["preorder-cancelled"]),
        (["promise"], ["promise-at-risk", "parcel-late", "parcel-late-risk"]),
        (["data", "file", "feed", "export"], ["data-quality"]),
        (["new article", "new product", "new item"], ["new-sku"]),
    ];

    /// <summary>Null when it names nothing that alerts are about.</summary>
    /// <param name="english">In the words of the grammar, in lower case with a space before and after; what commas part is joined by "and".</param>
    public static AlertSubjects? Of(string english)
    {
        var (monitors, said, unwatched, areCustomers) = (new HashSet<string>(StringComparer.Ordinal), new List<string>(), new List<string>(), false);
        foreach (var part in NoSubject().Replace(english.Replace('-', ' '), " ").Split([" and ", " or "], StringSplitOptions.None).Select(Parts))
        {
            var told = s_words.Where(w => Array.Exists(w.Stems, stem => Found(part, stem) is not null)).ToList();
            if (told.Count == 0)
            {
                continue;
            }

            var watching = told.Select(w => w.Monitors.AsEnumerable()).Aggregate((a, b) => a.Intersect(b, StringComparer.Ordinal)).ToList();
            monitors.UnionWith(watching);
            (watching.Count == 0 ? unwatched : said).Add(Said(part));
            areCustomers |= watching.Count > 0 && told.Exists(w => w.Stems == s_customerWords);
        }

        return said.Count + unwatched.Count == 0 ? null
            : new(monitors, string.Join(" and ", said.Count > 0 ? said : unwatched)) { Unwatched = unwatched, AreCustomers = areCustomers };
    }

    /// <summary>Whether a word says what an alert is about.</summary>
    public static bool Tells(string word)
    {
        var parts = Parts(word.Replace('-', ' '));
        return Array.Exists(s_words, w => Array.Exists(w.Stems, stem => Found(parts, stem) is not null));
    }

    /// <summary>An order by its number may have any trouble; what alerts stand in order of, and that somebody reviews them, is none.</summary>
    [GeneratedRegex(@"(?<= )(?:orders? (?:number |no\.? )?#?\d+|in (?:the )?order (?:of|by)|sorted by \S+|order(?:ed)? by \S+"
        + "|(?<=(?:i|we|you|to|must|should|please|can) )review)(?= )")]
    private static partial Regex NoSubject();

    private static string[] Parts(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Where the words of a stem stand in a part; null where they do not.</summary>
    private static (int From, int To)? Found(string[] part, string stem)
    {
        var words = Parts(stem);
        for (var from = 0; from + words.Length <= part.Length; from++)
        {
            var to = from + words.Length;
            if (part.AsSpan(from, words.Length - 1).SequenceEqual(words.AsSpan(0, words.Length - 1))
                && (stem[^1] == ' ' ? part[to - 1] == words[^1] : QuestionVocabulary.IsFormOf(part[to - 1], words[^1])))
            {
                return (from, to);
            }
        }

        return null;
    }

    /// <summary>From the first of these words to the last, as they were asked.</summary>
    private static string Said(string[] part)
    {
        var found = s_words.SelectMany(w => w.Stems).Select(stem => Found(part, stem)).OfType<(int From, int To)>().ToList();
        return string.Join(' ', part[found.Min(f => f.From)..found.Max(f => f.To)]);
    }
}
