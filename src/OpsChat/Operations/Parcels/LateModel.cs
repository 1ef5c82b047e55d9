using OpsChat.Operations.Evaluation;
using OpsChat.Operations.History;
using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.Parcels;

/// <summary>
/// F8's ridge model: how likely an order that is under way comes after its promise. Fitted on past daily looks at orders whose promise had
/// passed; it looks further ahead than the plain rule, which stays beside it.
/// </summary>
public sealed class LateModel
{
    private const int LeastOrders = 300;
    private const int LeastLate = 20;
    private const int TrainingDays = 240;
    private const int LooksAhead = 12;

    /// <summary>More past orders than that make the fit no better, only slower.</summary>
    private const int MostOrders = 3000;
    private static readonly TimeSpan s_lookAt = TimeSpan.FromHours(6);

    private readonly RidgeLogistic _model;
    private readonly RecentLateness _recent;

    private LateModel(RidgeLogistic model, RecentLateness recent) => (_model, _recent) = (model, recent);

    /// <summary>Null while fewer than 300 parcels, or fewer than 20 late ones, are known of the last 240 days.</summary>
    /// <param name="most">At most so many of the newest orders are learned from.</param>
    internal static LateModel? Fit(IReadOnlyList<PromisedOrder> orders, RecentLateness recent, DateTime now, int most = int.MaxValue)
    {
        var today = DateOnly.FromDateTime(now);
        var known = orders.Where(o => o.Promised < today && o.Promised.DayNumber >= today.DayNumber - TrainingDays).OrderBy(o =>
            o.Promised).TakeLast(most).ToList();
        if (known.Count < LeastOrders || known.Count(o => o.IsLate) < LeastLate)
        {
            return null;
        }

        var (rows, outcomes) = (new List<double[]>(), new List<bool>());
        foreach (var order in known)
        {
            for (var left = 1; left <= LooksAhead; left++)
            {
                var look = order.Promised.AddDays(-left).ToDateTime(TimeOnly.MinValue) + s_lookAt;
                if (IsOpen(order, look))
                {
                    rows.Add(Features(order, recent, look));
                    outcomes.Add(order.IsLate);
                }
            }
        }

        return rows.Count == 0 ? null : new(RidgeLogistic.Fit(rows, outcomes), recent);
    }

    /// <summary>What the shop knew at a moment.</summary>
    internal static LateModel? Fit(ShopMoment shop)
    {
        var orders = shop.OrdersSince(shop.Now.AddDays(-TrainingDays - 60)).Select(o => Promised(shop, o)).OfType<PromisedOrder>().ToList();
        return Fit(orders, new(orders), Local(shop, shop.Now), MostOrders);
    }

    /// <summary>The chance, 0 to 1, that an open order comes late.</summary>
    internal double Chance(PromisedOrder order, DateTime now, RecentLateness? recent = null) =>
        _model.Chance(Features(order, recent ?? _recent, now));

    /// <summary>Lateness of the last two weeks as the moment knows it.</summary>
    internal static RecentLateness Recent(ShopMoment shop) =>
        new(shop.OrdersSince(shop.Now.AddDays(-90)).Select(o => Promised(shop, o)).OfType<PromisedOrder>());

    /// <summary>An order as it stood at the moment; null without a promise or a payment.</summary>
    internal static PromisedOrder? Promised(ShopMoment shop, OrderRow order)
    {
        DateTime? Known(DateTimeOffset? at) => at <= shop.Now ? Local(shop, at.Value) : null;
        return order is { Promised: { } day, PaidAt: { } paid } && paid <= shop.Now && !(order.CancelledAt <= shop.Now)
            ? new(Local(shop, paid), order.ShipBy is { } by ? Local(shop, by) : null, Known(order.ShippedAt),
                Known(order.DeliveredAt ?? shop.DeliveryOf(order.Number)), day, order.Region)
            : null;
    }

    internal static DateTime Local(ShopMoment shop, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, shop.Calendar.Zone).DateTime;

    internal static bool IsOpen(PromisedOrder order, DateTime now) => order.Approved < now && !(order.Delivered < now);

    /// <summary>The nine features of F8.</summary>
    private static double[] Features(PromisedOrder order, RecentLateness recent, DateTime now)
    {
        var handed = order.HandedOver < now;
        double Log(DateTime? since) => since is { } at && at < now ? Math.Log(1 + (now - at).TotalDays) : 0;
        var left = Math.Max(0, order.Promised.AddDays(1).ToDateTime(TimeOnly.MinValue).Subtract(now).TotalDays);
        var (shop, region) = recent.At(DateOnly.FromDateTime(now), order.Region);
        return
        [
            handed ? 1 : 0, handed ? Log(order.HandedOver) : 0, handed ? 0 : Log(order.Approved), Math.Log(1 + left), left / 10, handed ? 0
                : Log(order.ShipBy),
            handed ? Math.Log(1 + left) : 0, Math.Log(shop / (1 - shop)), Math.Log(region / (1 - region)),
        ];
    }
}
