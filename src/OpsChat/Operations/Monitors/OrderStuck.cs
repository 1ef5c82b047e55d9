using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Monitors;

/// <summary>Paid and not shipped when it should have been. The limit is the marketplace's own, else so many open days of the shop.</summary>
internal sealed class OrderStuck()
    : ShopMonitor(MonitorName, TimeSpan.FromHours(1), AlertLines.Half(1), [new(FeedKind.Orders, TimeSpan.FromDays(1))])
{
    private const int Days = 60;

    internal const string MonitorName = "order-stuck";

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var order in shop.OrdersSince(shop.Now.AddDays(-Days)))
        {
            var subject = SubjectKey.Of(("order", order.Number));
            looked.Add(subject);
            if (
                order.PaidAt is { } paid
                && paid <= shop.Now
                && order.IsToShip(shop.Now)
                && ShipBy(shop, order, paid, settings) is var due
                && due < shop.Now
            )
            {
                findings.Add(Finding(shop, settings, order, due));
            }
        }

        return looked.Count > 0
            ? new(findings, looked, [])
            : MonitorLook.NotPossible(new MonitorGap(FeedKind.Orders, "No order of the last 60 days is known."));
    }

    /// <summary>Whole days are open days to their end; hours are hours in which the shop is open.</summary>
    internal static DateTimeOffset ShipBy(ShopMoment shop, OrderRow order, DateTimeOffset paid, OperationsSettings settings)
    {
        var within = settings.Orders.ShipWithinOrDefault;
        return order.ShipBy ?? (within.Ticks % TimeSpan.TicksPerDay == 0
            ? shop.Calendar.AfterOpenDays(paid, within.Days) : shop.Calendar.Hours.AddOpenTime(paid, within));
    }

    private static MonitorFinding Finding(ShopMoment shop, OperationsSettings settings, OrderRow order, DateTimeOffset due)
    {
        var missing = order.Lines.Select(l => l.Sku).FirstOrDefault(sku => shop.Stock(sku) is { Available: <= 0 });
        var days = (shop.Now - due).TotalDays;
        var why = missing is null ? "" : $" {missing} is out of stock.";
        return new(
            SubjectKey.Of(("order", order.Number)),
            1 + days,
            0.9,
            order.Total.Currency == settings.Currency ? order.Total with { Minor = (long)(order.Total.Minor * settings.Costs.CancelShare) }
                : new(0, settings.Currency),
            shop.Now,
            "warehouse",
            $"{order.Number} is paid and not shipped; it should have left by {shop.Calendar.Day(due):d MMM}.{why}",
            [EvidenceRow.Of($"Paid {shop.Calendar.Day(order.PaidAt!.Value):d MMM}, no shipping", order.Place, order.PaidAt.Value)],
            [
                new(
                    ActionKind.CustomerNotice,
                    order.Number,
                    new Dictionary<string, string>(StringComparer.Ordinal) { ["notice"] = "order-stuck" },
                    null,
                    "Tell the customer that the order leaves later",
                    shop.Now.AddDays(2)
                ),
            ],
            CalculationTrace.Of("ship-by", "order-stuck 1", ("daysOver", days)))
        {
            Group = missing is null ? SubjectKey.Of(("feed", "orders")) : SubjectKey.Of(("sku", missing)),
        };
    }
}
