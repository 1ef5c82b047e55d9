using OpsChat.Operations.Measures;

namespace OpsChat.Operations.Questions;

/// <summary>Which of the shop's measures a question asks for by name.</summary>
internal static class AskedMeasure
{
    public const string Cancellations = "cancellations";

    /// <summary>The measures of <see cref="ShopMeasures"/> that owners ask for, each with how they call it.</summary>
    private static readonly (string Measure, string[] Words)[] s_names =
    [
        ("lifetime-value", ["lifetime value", "life time value", "ltv", "clv", "customer worth", "customer value"]),
        ("cash-cycle", ["cash cycle", "cash conversion cycle", "cash conversion",
            "days is our money", "days is my money", "days is our cash", "days is my cash",
            "long is our money", "long is my money"]),
        (Cancellations, ["cancellation rate", "cancel rate", "cancellations kpi", "kpi cancellations", "measure cancellations"]),
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
    public static string? Of(OwnerQuestion question) => In(question.Asks);

    /// <param name="asks">Whether the question has words that begin so.</param>
    public static string? In(Predicate<string> asks) => Array.Find(s_names, n => Array.Exists(n.Words, asks)).Measure;
}
