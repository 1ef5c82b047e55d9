namespace OpsChat.Operations.Monitors;

/// <summary>The monitors there are. One more is one more line.</summary>
public static class MonitorSet
{
    public static IReadOnlyList<IMonitor> All { get; } =
    [
        new StockLow(),
        new StockRunout(),
        new Reorder(),
        new StockExcess(),
        new Oversold(),
        new StockMismatch(),
        new StockAnomaly(),
        new DemandSpike(),
        new SupplierLate(),
        new SupplierDrift(),
        new SupplierChanged(),
        new VendorSla(),
        new ContractRenewal(),
        new NewSku(),
        new OrderStuck(),
        new ParcelNoScan(),
        new ParcelLateRisk(),
        new ParcelLate(),
        new CarrierLate(),
        new ParcelStalled(),
        new OrderCheck(),
        new SubscriptionFailed(),
        new FulfilmentErrors(),
        new ReturnsSpike(),
        new ReturnsUninspected(),
        new ReturnsPattern(),
        new ReviewsFalling(),
        new AdWaste(),
        new AdOvernight(),
        new AdOnLowStock(),
        new SupportVolume(),
        new PromiseAtRisk(),
        new CartRush(),
        new PreorderCancelled(),
        new DataQuality(),
    ];
}
