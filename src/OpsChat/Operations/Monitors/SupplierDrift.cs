using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// Deliveries that came took longer than they used to: the last five's median is over 1.25 times the earlier one, and chance does not
/// explain it: E over "longer than nine of ten used to take" is at least 20 (any time, OPERATIONS F6).
/// </summary>
internal sealed class SupplierDrift()
    : ShopMonitor("supplier-drift", TimeSpan.FromDays(1), AlertLines.Half(20), [new(FeedKind.PurchaseOrders, TimeSpan.FromDays(30))])
{
    private const int Last = 5;
    private static readonly double[] s_ratios = [2, 4, 8];

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var orders in shop.SupplyOrders.GroupBy(s => s.Supplier, StringComparer.Ordinal))
        {
            looked.Add(SubjectKey.Of(("supplier", orders.Key)));
            // An order of twelve lines is one delivery: it counts when its last line has come.
            var received = orders
                .GroupBy(o => o.Whole)
                .Select(lines => (Order: lines.First(), Complete: lines.Select(o => o.CompleteAt(shop.Now)).ToList()))
                .Where(o => o.Complete.TrueForAll(c => c is not null))
                .Select(o => (o.Order, Complete: o.Complete.Max()!.Value))
                .OrderBy(o => o.Complete)
                .Select(o => (o.Order, Days: (o.Complete - o.Order.OrderedAt).TotalDays))
                .ToList();
            if (received.Count >= 10 + Last && Finding(shop, settings, orders.Key, received) is { } finding)
            {
                findings.Add(finding);
            }
        }

        return new(findings, looked, []);
    }

    private static MonitorFinding? Finding(
        ShopMoment shop,
        OperationsSettings settings,
        string supplier,
        List<(SupplyOrder Order, double Days)> received
    )
    {
        var (earlier, last) = (received.Take(received.Count - Last).TakeLast(LeadTimeCurve.MostOrders).ToList(), received.TakeLast(Last).ToList());
        var (usual, now) = (SupplierRecord.Median(earlier.Select(o => o.Days))!.Value, SupplierRecord.Median(last.Select(o => o.Days))!.Value);
        var line = earlier.Select(o => o.Days).Order().ElementAt((int)Math.Ceiling(0.9 * earlier.Count) - 1);
        var slow = last.Count(o => o.Days > line);
        var evidence = CountEvidence.KnownChange(slow, Last * (earlier.Count(o => o.Days > line) + 1.0) / (earlier.Count + 5), s_ratios);
        if (now <= 1.25 * usual || evidence < 10)
        {
            return null;
        }

        var starved = last.Select(o => o.Order.Sku).Distinct(StringComparer.Ordinal).Sum(sku => shop.Plan(sku, settings)?.Lost.Minor ?? 0);
        return new(
            SubjectKey.Of(("supplier", supplier)), evidence, 0.95, new Money(starved, shop.Currency), shop.Now.AddDays(7), "purchasing",
            $"{supplier} now takes {Plural.Of(now, "0", "day")}, {usual:0} were usual; "
                + $"{slow} of its last {Last} deliveries took longer than {line:0}.",
            [.. last.Select(o => EvidenceRow.Of($"{o.Order.Number} took {Plural.Of(o.Days, "0", "day")}", o.Order.Place, o.Order.OrderedAt))],
            [
                new(
                    ActionKind.SupplierNote,
                    supplier,
                    new Dictionary<string, string>(StringComparer.Ordinal),
                    null,
                    $"Tell {supplier} and plan with {Plural.Of(now, "0", "day")}",
                    shop.Now.AddDays(14)
                ),
            ],
            CalculationTrace.Of("F4 F6", "supplier-drift 2", ("before", usual), ("now", now), ("evidence", evidence))
        );
    }
}
