using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// Open orders are past what the supplier takes in four cases of five. One order in five is, even when all is well, so an alert needs the
/// evidence of all recent orders together (<see cref="SupplierSlowing"/>); each order past its time is a row of it.
/// </summary>
internal sealed class SupplierLate()
    : ShopMonitor("supplier-late", TimeSpan.FromDays(1), AlertLines.Half(200), [new(FeedKind.PurchaseOrders, TimeSpan.FromDays(14))])
{
    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var record in SupplierRecord.All(shop))
        {
            looked.Add(SubjectKey.Of(("supplier", record.Supplier)));
            var late = record.Recent.Where(o => IsPast(shop, record, o)).ToList();
            if (late.Count > 0 && Evidence(shop, record) is var evidence && evidence >= Lines.Clear)
            {
                findings.Add(Finding(shop, settings, record, late, evidence));
            }
        }

        return looked.Count > 0 ? new(findings, looked, [])
            : MonitorLook.NotPossible(new MonitorGap(FeedKind.PurchaseOrders, "No order to a supplier is known."));
    }

    private static double Evidence(ShopMoment shop, SupplierRecord record)
    {
        var lines = record.Recent.GroupBy(o => o.Whole).ToDictionary(g => g.Key, g => g.Count());
        return SupplierSlowing.Evidence([.. record.Recent.Select(o => Sample(shop, o, 1.0 / lines[o.Whole]))], record.Usual);
    }

    private static LeadTimeSample Sample(ShopMoment shop, SupplyOrder order, double weight) => order.CompleteAt(shop.Now) is { } complete
        ? new((complete - order.OrderedAt).TotalDays, true, weight) : new((shop.Now - order.OrderedAt).TotalDays, false, weight);

    /// <summary>Open for longer than four of five orders take (log-normal quantile of the supplier's past).</summary>
    private static bool IsPast(ShopMoment shop, SupplierRecord record, SupplyOrder order) =>
        order.OpenAt(shop.Now) > 0 && (shop.Now - order.OrderedAt).TotalDays > record.Usual.Days * Math.Exp(0.8416 * record.Usual.Deviation);

    private static MonitorFinding Finding(
        ShopMoment shop, OperationsSettings settings, SupplierRecord record, List<SupplyOrder> late, double evidence)
    {
        var starved = late.Select(o => o.Sku).Distinct(StringComparer.Ordinal).Sum(sku => shop.Plan(sku, settings)?.Lost.Minor ?? 0);
        var (oldest, orders) = (late[0], late.DistinctBy(o => o.Whole).Count());
        return new(
            SubjectKey.Of(("supplier", record.Supplier)),
            evidence,
            1 - 1 / (1 + evidence / 10),
            new Money(starved, shop.Currency),
            shop.Now,
            "purchasing",
            $"{record.Supplier}: {orders} {(orders == 1 ? "order is" : "orders are")} overdue, the oldest after "
                + $"{Plural.Of((shop.Now - oldest.OrderedAt).TotalDays, "0", "day")}; "
                + $"{record.Usual.Days:0} days are usual.",
            [
                .. late.Take(8)
                    .Select(o =>
                        EvidenceRow.Of(
                            $"{o.Number}: {o.OpenAt(shop.Now)} of {o.Sku}, ordered {shop.Calendar.Day(o.OrderedAt):d MMM}",
                            o.Place,
                            o.OrderedAt
                        )
                    ),
            ],
            [
                new(
                    ActionKind.SupplierNote,
                    record.Supplier,
                    new Dictionary<string, string>(StringComparer.Ordinal),
                    null,
                    $"Ask {record.Supplier} for a date",
                    shop.Now.AddDays(3)
                ),
            ],
            CalculationTrace.Of(
                "slowing",
                "supplier-late 2",
                ("usual", record.Usual.Days),
                ("deviation", record.Usual.Deviation),
                ("uncertainty", record.Usual.Uncertainty),
                ("evidence", Math.Min(evidence, 1e12))
            )
        )
        {
            Rows =
            [
                .. late.Select(o => new FindingRow(
                    SubjectKey.Of(("sku", o.Sku)),
                    $"{o.Number} for {o.Sku}, ordered {shop.Calendar.Day(o.OrderedAt):d MMM}"
                )),
            ],
        };
    }
}
