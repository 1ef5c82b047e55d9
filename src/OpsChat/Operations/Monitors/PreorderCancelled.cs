using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// Orders of an article whose page promises a later delivery are cancelled more often than others: the text, or the wait, puts customers off.
/// </summary>
internal sealed class PreorderCancelled() : ShopMonitor("preorder-cancelled", TimeSpan.FromDays(1), AlertLines.Half(20), s_needs)
{
    private static readonly FeedNeed[] s_needs =
        [new(FeedKind.Orders, TimeSpan.FromDays(2)), new(FeedKind.Products, TimeSpan.FromDays(30))];

    private const int RecentDays = 28;
    private const int UsualDays = 90;
    private const int LeastCancelled = 3;

    /// <summary>Orders that the shop's own share of cancellations is drawn with.</summary>
    private const double PriorOrders = 50;

    private static readonly double[] s_ratios = [2, 3, 5, 8];

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var preorders = shop.Skus.Where(sku => shop.Product(sku) is { Preorder: true }).ToHashSet(StringComparer.Ordinal);
        if (preorders.Count == 0)
        {
            return MonitorLook.NotPossible(new MonitorGap(FeedKind.Products, "No article is sold as a pre-order."));
        }

        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        var orders = shop.OrdersSince(shop.Now.AddDays(-UsualDays)).ToList();
        var others = orders.Where(o => !o.Lines.Any(l => preorders.Contains(l.Sku))).ToList();
        var usual = (others.Count(o => IsCancelled(shop, o)) + 1) / (others.Count + PriorOrders);
        foreach (var sku in preorders.Order(StringComparer.Ordinal))
        {
            looked.Add(StockFindings.Subject(sku));
            var own = orders.Where(o => o.PlacedAt >= shop.Now.AddDays(-RecentDays) && o.Lines.Any(l => l.Sku == sku)).ToList();
            var cancelled = own.Where(o => IsCancelled(shop, o)).ToList();
            var evidence = CountEvidence.KnownChange(cancelled.Count, own.Count * usual, s_ratios);
            if (cancelled.Count >= LeastCancelled && evidence >= Lines.Clear)
            {
                findings.Add(Finding(shop, sku, own, cancelled, usual, evidence));
            }
        }

        return new(findings, looked, []);
    }

    private static bool IsCancelled(ShopMoment shop, OrderRow order) => order.CancelledAt <= shop.Now;

    private static MonitorFinding Finding(
        ShopMoment shop, string sku, List<OrderRow> own, List<OrderRow> cancelled, double usual, double evidence)
    {
        var lost = cancelled.Where(o => o.Total.Currency == shop.Currency).Sum(o => o.Total.Minor);
        return new(
            StockFindings.Subject(sku),
            evidence,
            1 - 1 / (1 + evidence / 10),
            new Money(lost, shop.Currency),
            null,
            "marketing",
            FormattableString.Invariant(
                $"{shop.NameOf(sku)}: {cancelled.Count} of {own.Count} pre-orders of four weeks were cancelled; {usual:P1} of other orders are."),
            [.. cancelled.TakeLast(8)
                .Select(o => EvidenceRow.Of($"{o.Number} was cancelled on {shop.Calendar.Day(o.CancelledAt!.Value):d MMM}", o.Place,
                o.CancelledAt!.Value))],
            [
                new(ActionKind.PageMessage, sku, new Dictionary<string, string>(StringComparer.Ordinal), null,
                    $"Say on the page of {sku} when it will be sent, and that waiting can be ended at any time", shop.Now.AddDays(14)),
            ],
            CalculationTrace.Of("F6 known change", "preorder-cancelled 1",
                ("cancelled", cancelled.Count), ("orders", own.Count), ("usual", usual), ("evidence", Math.Min(evidence, 1e12))));
    }
}
