using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>An item younger than 56 days: its rate leans on its product type, and its returns are watched as after a known change.</summary>
internal sealed class NewSku() : ShopMonitor("new-sku", TimeSpan.FromDays(1), AlertLines.Half(1), [new(FeedKind.Inventory, TimeSpan.FromDays(2))])
{
    /// <summary>An item that was there when the history began is not new; the first weeks of a history cannot tell.</summary>
    private const int KnownAfter = 28;

    /// <summary>Nor is one that the first files of stock list: they only say that counting began.</summary>
    private const int FirstFiles = 7;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        var counts = shop.FirstCounts().ToList();
        var began = counts.Select(c => c.Point.At).DefaultIfEmpty(shop.Now).Min();
        foreach (var (sku, firstDay, point) in counts)
        {
            looked.Add(StockFindings.Subject(sku));
            var age = shop.DayIndex - firstDay;
            if (firstDay >= KnownAfter && point.At >= began.AddDays(FirstFiles) && age < DemandRate.YoungDays)
            {
                findings.Add(new(
                    StockFindings.Subject(sku), 1, 1, new Money(0, shop.Currency), null, "purchasing",
                    $"{sku} is new: {Plural.Of(age, "day")} old. Its sales are estimated with other items of its type.",
                    [EvidenceRow.Of("First seen", point.Place, point.At)], [], CalculationTrace.Of("F1", "new-sku 1", ("age", age))));
            }
        }

        return new(findings, looked, []);
    }
}
