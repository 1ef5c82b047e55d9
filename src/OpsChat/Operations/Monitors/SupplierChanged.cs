using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>An item came from a supplier for the first time: its returns are watched as after a known change (OPERATIONS F6).</summary>
internal sealed class SupplierChanged()
    : ShopMonitor("supplier-changed", TimeSpan.FromDays(1), AlertLines.Half(1), [new(FeedKind.PurchaseOrders, TimeSpan.FromDays(30))])
{
    /// <summary>For that long the first receipt is worth telling.</summary>
    private const int Days = 28;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var sku in shop.Skus)
        {
            looked.Add(StockFindings.Subject(sku));
            var receipts = shop.Supply(sku).Where(s => s.Receipts.Count > 0 && s.Receipts[0].At <= shop.Now).OrderBy(s => s.Receipts[0].At).ToList();
            var before = receipts.FirstOrDefault()?.Supplier ?? shop.Product(sku)?.Supplier;
            var first = receipts
                .Where(s => s.Supplier != before)
                .GroupBy(s => s.Supplier, StringComparer.Ordinal)
                .Select(g => g.First())
                .LastOrDefault();
            if (first is not null && before is not null && (shop.Now - first.Receipts[0].At).TotalDays <= Days)
            {
                findings.Add(Finding(shop, sku, before, first));
            }
        }

        return new(findings, looked, []);
    }

    private static MonitorFinding Finding(ShopMoment shop, string sku, string before, SupplyOrder first) =>
        new(
            StockFindings.Subject(sku),
            1,
            1,
            new Money(0, shop.Currency),
            null,
            "purchasing",
            $"{sku} came from {first.Supplier} for the first time on {shop.Calendar.Day(first.Receipts[0].At):d MMM}; before it was {before}. "
                + "Its returns are watched.",
            [EvidenceRow.Of($"{first.Number} from {first.Supplier}", first.Place, first.Receipts[0].At)],
            [],
            CalculationTrace.Of("first receipt", "supplier-changed 1")
        );
}
