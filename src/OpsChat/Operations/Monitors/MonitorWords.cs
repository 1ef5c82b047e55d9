namespace OpsChat.Operations.Monitors;

/// <summary>What a monitor watches, as its owner says it.</summary>
public static class MonitorWords
{
    private static readonly Dictionary<string, string> s_words = new(StringComparer.Ordinal)
    {
        ["stock-low"] = "Low stock",
        ["stock-runout"] = "Runs out before more can arrive",
        ["reorder"] = "Time to order again",
        ["stock-excess"] = "Too much in stock",
        ["oversold"] = "Sold more than is there",
        ["stock-mismatch"] = "Shop and warehouse count differently",
        ["stock-anomaly"] = "Pieces that nobody can account for",
        ["demand-spike"] = "Sudden demand",
        ["supplier-late"] = "Supplier is late",
        ["supplier-drift"] = "Supplier takes longer than before",
        ["supplier-changed"] = "Supplier changed",
        ["vendor-sla"] = "Supplier breaks its terms",
        ["contract-renewal"] = "Contract ends soon",
        ["new-sku"] = "New article",
        ["order-stuck"] = "Order is stuck",
        ["parcel-no-scan"] = "Parcel never scanned",
        ["parcel-late-risk"] = "Parcel likely to be late",
        ["parcel-late"] = "Parcel is late",
        ["carrier-late"] = "Carrier is late more often",
        ["parcel-stalled"] = "Parcel stands still",
        ["order-check"] = "Order to look at",
        ["subscription-failed"] = "Subscription payment failed",
        ["fulfilment"] = "Packed wrong",
        ["returns-spike"] = "Returns rise",
        ["returns-uninspected"] = "Return not looked at",
        ["returns-pattern"] = "Customer who returns a lot",
        ["reviews"] = "Reviews get worse",
        ["ad-waste"] = "Advertising costs more than it brings",
        ["ad-overnight"] = "Advertising spent much overnight",
        ["ad-on-low-stock"] = "Advertising for what runs out",
        ["support-volume"] = "More customers write than usual",
        ["promise-at-risk"] = "Promise that may not be kept",
        ["cart-rush"] = "Many put it into their carts",
        ["preorder-cancelled"] = "Pre-orders are cancelled",
        ["data-quality"] = "Data missing or old",
        ["purchase-list"] = "Purchase list",
    };

    /// <param name="monitor">Its name: <c>stock-runout</c>. One that has no words of its own is written without hyphens.</param>
    public static string Of(string monitor) =>
        s_words.GetValueOrDefault(monitor) ?? (monitor.Length == 0 ? "" : char.ToUpperInvariant(monitor[0]) + monitor[1..].Replace('-', ' '));
}
