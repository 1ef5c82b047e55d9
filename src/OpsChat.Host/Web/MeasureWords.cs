using OpsChat.Operations.Monitors;

namespace OpsChat.Host.Web;

/// <summary>The shop's measures in the owner's words.</summary>
static class MeasureWords
{
    private const string AlertQuality = "alert-quality/";

    private static readonly Dictionary<string, string> s_words = new(StringComparer.Ordinal)
    {
        ["shipped-late"] = "Orders not shipped in time",
        ["cancellations"] = "Cancelled orders",
        ["late-parcels"] = "Late parcels",
        ["late-contacts"] = "Customers who wrote because of a late parcel",
        ["exception-time"] = "How long an exception stays open",
        ["contact-after-exception"] = "Customers who wrote after an exception",
        ["return-rate"] = "Share that comes back",
        ["return-time"] = "From a return to its refund",
        ["refund-frequency"] = "Refunds per order",
        ["refund-leakage"] = "Refunds against the policy",
        ["reship-cost"] = "What sending again costs",
        ["stock-out-days"] = "Days sold out",
        ["oversells"] = "Articles sold more than were there",
        ["review-time"] = "How long a checked order waits for a look",
        ["chargebacks"] = "Chargebacks",
        ["packing-accuracy"] = "Packed right",
        ["ad-cost-per-sale"] = "Advertising for one sale",
        ["conversion"] = "Visits that become orders",
        ["e-mail-opens"] = "E-mails opened",
        ["e-mail-clicks"] = "E-mails clicked",
        ["margin-effect"] = "Money that done actions were about",
        ["stock-days"] = "How many days the stock is worth",
        ["lifetime-value"] = "What a customer is still worth",
        ["cash-cycle"] = "Days until money spent on stock is back",
        ["time-saved"] = "Time saved",
    };

    /// <param name="measure">Its name: <c>late-contacts</c>.</param>
    public static string Of(string measure) =>
        measure.StartsWith(AlertQuality, StringComparison.Ordinal) ? $"Needless exceptions: {MonitorWords.Of(measure[AlertQuality.Length..])}"
        : s_words.GetValueOrDefault(measure) ?? MonitorWords.Of(measure);
}
