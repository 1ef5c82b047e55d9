using OpsChat.Operations.History;
using OpsChat.Operations.Parcels;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// The plain rule (OPERATIONS F8): undelivered N days before the promise, with the greatest N at which, in the shop's own past, at least half
/// of such parcels came late. Beside it, where it has data, the ridge model, which looks further ahead.
/// </summary>
internal sealed class ParcelLateRisk() : ShopMonitor("parcel-late-risk", TimeSpan.FromHours(6), AlertLines.Half(1), ParcelFindings.Needs)
{
    /// <summary>How far ahead the rule may look.</summary>
    private const int MostDays = 10;

    /// <summary>From that chance on the model speaks.</summary>
    private const double ModelLine = 0.4;

    /// <summary>Without enough own history: five days, or a quarter of what is usually promised when that is less.</summary>
    private const int DefaultDays = 5;
    private const int LeastParcels = 100;
    private const int LeastLate = 20;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (days, precision) = Rule(shop);
        var model = shop.LateModel;
        var recent = model is null ? null : LateModel.Recent(shop);
        bool Plain(ParcelStatus p) =>
            p.Promised is { } promised
            && promised >= shop.Today
            && promised.DayNumber - shop.Today.DayNumber <= days
            && WasPlacedBefore(shop, p, days);
        return ParcelFindings.ByCarrier(
            shop,
            p => Plain(p) || Foretold(shop, p, model, recent),
            (carrier, parcels) =>
                new(
                    ParcelFindings.Subject(carrier),
                    parcels.Count,
                    precision ?? 0.5,
                    ParcelFindings.Cost(settings, parcels, 0.05 * (precision ?? 0.5)),
                    shop.Calendar.End(parcels.Min(p => p.Promised)!.Value),
                    "support",
                    $"{carrier}: {ParcelFindings.Count(parcels.Count)} {Due(days, parcels.Count(p => !Plain(p)))} and not there; {Words(precision)}.",
                    ParcelFindings.Evidence(parcels),
                    [ParcelFindings.AskCarrier(shop, carrier, parcels.Count)],
                    CalculationTrace.Of(
                        "F8",
                        "parcel-late-risk 2",
                        ("days", days),
                        ("precision", precision ?? double.NaN),
                        ("byModel", parcels.Count(p => !Plain(p)))
                    )
                )
                {
                    Rows = ParcelFindings.Rows(parcels, p => $"{p.Parcel.Order} is promised for {p.Promised:d MMM}"),
                }
        );
    }

    private static string Due(int days, int later) =>
        (
            days switch
            {
                0 => "due today",
                1 => "due by tomorrow",
                _ => $"due within {Plural.Of(days, "day")}",
            }
        ) + (later > 0 ? $" or, {later} of them, likely late by what past parcels did" : "");

    /// <summary>The promise is ahead and the model gives it little hope.</summary>
    private static bool Foretold(ShopMoment shop, ParcelStatus parcel, LateModel? model, Evaluation.RecentLateness? recent) =>
        model is not null
        && parcel is { Promised: { } promised, Order: { } order }
        && promised >= shop.Today
        && LateModel.Promised(shop, order) is { } open
        && model.Chance(open, LateModel.Local(shop, shop.Now), recent) >= ModelLine;

    private static string Words(double? precision) =>
        precision is { } share ? $"{share:0%} of such parcels came late" : "too few parcels are known to say how many come late";

    /// <summary>The rule's N and its own precision; the default N without a precision while too little is known.</summary>
    internal static (int Days, double? Precision) Rule(ShopMoment shop)
    {
        var known = shop
            .Parcels.Where(p => p.Promised is not null && (p.DeliveredAt is not null || p.Promised < shop.Today))
            .Select(p =>
                (
                    Promised: p.Promised!.Value.DayNumber,
                    Delivered: p.DeliveredAt is { } at ? shop.Calendar.Day(at).DayNumber : int.MaxValue,
                    Status: p
                )
            )
            .ToList();
        if (known.Count < LeastParcels || known.Count(k => k.Delivered > k.Promised) < LeastLate)
        {
            var spans = shop.Parcels.Where(p => p is { Promised: not null, Order: not null })
                .Select(p => (double)p.Promised!.Value.DayNumber - shop.Calendar.Day(p.Order!.PlacedAt).DayNumber);
            return (Math.Min(DefaultDays, (int)((SupplierRecord.Median(spans) ?? 4 * DefaultDays) / 4)), null);
        }

        (int, double?) best = (0, null);
        for (var days = 0; days <= MostDays; days++)
        {
            var flagged = known.Where(k => k.Delivered >= k.Promised - days && WasPlacedBefore(shop, k.Status, days)).ToList();
            var precision = flagged.Count == 0 ? 0 : flagged.Count(k => k.Delivered > k.Promised) / (double)flagged.Count;
            best = precision >= 0.5 || days == 0 ? (days, precision) : best;
        }

        return best;
    }

    /// <summary>A promise shorter than the rule's days says nothing by being open.</summary>
    private static bool WasPlacedBefore(ShopMoment shop, ParcelStatus parcel, int days) =>
        parcel.Order is { } order && shop.Calendar.Day(order.PlacedAt).DayNumber < parcel.Promised!.Value.DayNumber - days;
}
