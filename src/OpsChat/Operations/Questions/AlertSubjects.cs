using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>Which alerts a question means by what they are about: each word for a trouble stands for the monitors that watch it, words beside one
/// another for those that all of them have, and words that are joined by "and" for all of theirs.</summary>
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

    /// <summary>The beginnings of words, and of words beside one another.</summary>
    private static readonly (string[] Stems, string[] Monitors)[] s_words =
    [
        (["stock", "inventory"], s_stock),
        (["runs out", "run out", "running out", "sold out", "sells out", "sell out", "out of stock", "stock-out", "stockout"],
            ["stock-runout", "stock-low"]),
        (["low stock", "low on stock", "running low", "stock is low"], ["stock-low", "stock-runout"]),
        (["reorder", "restock", "replenish", "order again"], ["reorder", "stock-low"]),
        (["overstock", "too much", "too many", "excess"], ["stock-excess"]),
        (["oversold", "oversell", "below zero"], ["oversold"]),
        (["mismatch", "storefront"], ["stock-mismatch"]),
        (["anomal", "unexplained"], ["stock-anomaly"]),
        (["demand", "spike", "sales"], ["demand-spike", "cart-rush"]),
        // Nobody watches these by themselves, which is not the same as all alerts.
        (["refund", "profit", "margin", "price", "payment method"], []),
        (["supplier", "vendor"], s_suppliers),
        (["contract"], ["contract-renewal", "vendor-sla"]),
        (["late", "delay", "overdue"], [.. s_late, "supplier-late", "supplier-drift"]),
        (["parcel", "package", "shipment", "deliver"], s_parcels),
        (["carrier", "courier"], s_parcels),
        (["stuck"], ["order-stuck", "parcel-stalled", "parcel-no-scan"]),
        (["scan", "tracking", "lost", "stall", "not moving", "don't move", "not move"], ["parcel-no-scan", "parcel-stalled"]),
        (["not shipped", "unshipped", "not sent", "haven't shipped", "haven't left"], ["order-stuck"]),
        (["orders", "order "], ["order-stuck", "order-check", "preorder-cancelled"]),
        (["risky", "fraud", "suspicious", "suspect", "high risk", "high-risk", "high value", "high-value", "odd address", "strange address"],
            ["order-check"]),
        (["subscription", "failed charge", "charge"], ["subscription-failed"]),
        (["packing", "packed", "mispick", "picking", "station"], ["fulfilment"]),
        (["return"], s_returns),
        (["inspect"], ["returns-uninspected"]),
        (["review", "rating", "stars"], ["reviews"]),
        (["ad ", "ads ", "advert", "marketing"], s_ads),
        (["campaign"], [.. s_ads, "promise-at-risk", "demand-spike"]),
        (["overnight"], ["ad-overnight"]),
        (["customer", "support", "messages", "conversation"], ["support-volume", "returns-pattern"]),
        (["cart"], ["cart-rush"]),
        (["preorder", "pre-order"], ["preorder-cancelled"]),
        (["promise"], ["promise-at-risk", "parcel-late", "parcel-late-risk"]),
        (["data", "file", "feed", "export"], ["data-quality"]),
        (["new article", "new product", "new item"], ["new-sku"]),
    ];

    /// <summary>Null when it names nothing that alerts are about.</summary>
    /// <param name="english">In the words of the grammar, in lower case with a space before and after.</param>
    public static AlertSubjects? Of(string english)
    {
        var (monitors, said) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var part in OneOrder().Replace(english, " ").Split([" and ", " or ", " , "], StringSplitOptions.None)
            .Select(part => $" {part.Trim()} "))
        {
            var told = s_words.Where(w => Array.Exists(w.Stems, stem => IsIn(part, stem))).ToList();
            if (told.Count > 0)
            {
                monitors.UnionWith(told.Select(w => w.Monitors.AsEnumerable()).Aggregate((a, b) => a.Intersect(b, StringComparer.Ordinal)));
                said.Add(Said(part));
            }
        }

        return said.Count == 0 ? null : new(monitors, string.Join(" and ", said));
    }

    /// <summary>Whether a word, or the beginning of one, says what an alert is about.</summary>
    public static bool Tells(string word) =>
        Array.Exists(s_words, w => Array.Exists(w.Stems, stem => word.StartsWith(stem.Trim(), StringComparison.Ordinal)));

    /// <summary>An order by its number may have any trouble.</summary>
    [GeneratedRegex(@"(?<= )orders? (?:number |no\.? )?#?\d+(?= )")]
    private static partial Regex OneOrder();

    private static bool IsIn(string text, string stem) => text.Contains($" {stem}", StringComparison.Ordinal);

    /// <summary>From the first of these words to the last, as they were asked.</summary>
    private static string Said(string part)
    {
        var found = s_words.SelectMany(w => w.Stems).Where(stem => IsIn(part, stem))
            .Select(stem => (From: part.IndexOf($" {stem}", StringComparison.Ordinal) + 1, stem.Length)).ToList();
        var (from, to) = (found.Min(f => f.From), found.Max(f => f.From + f.Length));
        var end = part.IndexOf(' ', Math.Min(to, part.Length - 1));
        return part[from..(end < 0 ? part.Length : end)].Trim();
    }
}
