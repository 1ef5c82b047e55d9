using OpsChat.Operations.Measures;

namespace OpsChat.Operations.Questions;

/// <summary>Which of the shop's measures a question asks for by name.</summary>
internal static class AskedMeasure
{
    /// <summary>The measures of <see cref="ShopMeasures"/> that owners ask for, each with how they call it.</summary>
    private static readonly (string Measure, string[] Words)[] s_names =
    [
        ("lifetime-value", ["lifetime value", "life time value", "ltv", "clv", "customer worth", "customer value"]),
        ("cash-cycle", ["cash cycle", "cash conversion cycle", "cash conversion",
            "days is our money", "days is my money", "days is our cash", "days is my cash",
            "long is our money", "long is my money"]),
        ("cancellations", ["cancellation rate", "cancel rate"]),
        ("refund-frequency", ["refund rate"]),
        ("chargebacks", ["chargeback"]),
        ("conversion", ["conversion rate"]),
        ("shipped-late", ["shipped late", "ship late", "shipping late"]),
        ("oversells", ["oversold", "oversell"]),
        ("packing-accuracy", ["packing accuracy", "picking accuracy"]),
        ("time-saved", ["time saved"]),
    ];

    /// <summary>All words for them.</summary>
    public static IEnumerable<string> Words => s_names.SelectMany(n => n.Words);

    /// <summary>The measure's name; null when none is asked for by name.</summary>
    public static string? Of(OwnerQuestion question) => Array.Find(s_names, n => Array.Exists(n.Words, question.Asks)).Measure;
}
