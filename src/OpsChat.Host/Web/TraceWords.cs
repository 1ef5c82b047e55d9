namespace OpsChat.Host.Web;

/// <summary>How a figure of an alert was reckoned, in words.</summary>
static class TraceWords
{
    private static readonly Dictionary<string, string> s_inputs = new(StringComparer.Ordinal)
    {
        ["r"] = "pieces sold a day",
        ["phi"] = "how much sales vary (1: as by chance)",
        ["m"] = "days until a delivery, on average",
        ["s"] = "days by which deliveries vary",
        ["reorderPoint"] = "pieces at which to order again",
        ["position"] = "pieces there and on order",
        ["available"] = "pieces there",
        ["pRunOut"] = "chance that it is sold out before more arrive (1: certain)",
        ["lost"] = "pieces that customers would ask for in vain",
        ["evidence"] = "how sure it is (20 and more: beyond chance)",
        ["expected"] = "usual",
        ["usual"] = "usual",
        ["returned"] = "pieces that came back",
        ["rate"] = "usual share",
        ["strength"] = "strength (1: the line from which it is told)",
        ["limitDays"] = "days after which it stands out",
        ["hours"] = "hours waited",
        ["daysOver"] = "days over the time",
        ["longest"] = "days of the longest",
        ["allowed"] = "share that may be late by the terms",
        ["due"] = "of how many",
        ["p"] = "chance (1: certain)",
        ["low"] = "bad reviews",
        ["facts"] = "reasons to look",
        ["limit"] = "what a sale may cost, in cents",
        ["account"] = "what a sale costs in the whole account, in cents",
        ["cost"] = "spent, in cents",
        ["singles"] = "cases joined",
        ["before"] = "before",
        ["after"] = "after",
        ["now"] = "now",
    };

    private static readonly Dictionary<string, string> s_formulas = new(StringComparer.Ordinal)
    {
        ["F1"] = "F1, sales a day: newer days count more, and days on which it was sold out are left out.",
        ["F2"] = "F2, how much sales vary from day to day.",
        ["F3"] = "F3, how long what is there lasts.",
        ["F4"] = "F4, how long the supplier really takes.",
        ["F5"] = "F5, when to order again and how many.",
        ["F6"] = "F6, whether a change is more than chance.",
        ["F8"] = "F8, the chance that a parcel comes late.",
        ["F9"] = "F9, whether reviews get worse.",
        ["F11"] = "F11, what speaks for looking at an order.",
    };

    /// <summary>One input: <c>daysOver</c> is <c>days over the time</c>.</summary>
    public static string Of(string input) =>
        s_inputs.GetValueOrDefault(input) ?? string.Concat(input.Select(c => char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>What the formulas of a trace reckon; empty for one that has no number.</summary>
    public static IReadOnlyList<string> Formulas(string formula) =>
        [.. formula.Split(' ', ',').Select(name => s_formulas.GetValueOrDefault(name)).OfType<string>().Distinct()];
}
