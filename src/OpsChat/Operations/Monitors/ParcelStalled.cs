using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// A parcel that was scanned and then no more. How long is too long is the carrier's own 99 % gap between scans once 50 gaps are known,
/// else the setting. Only parcels of more than two weeks ago say what gaps are usual: of younger ones the short gaps are over and the long
/// ones are not. A history shorter than three weeks says nothing, and the monitor says so.
/// </summary>
internal sealed class ParcelStalled() : ShopMonitor("parcel-stalled", TimeSpan.FromHours(6), AlertLines.Half(1), ParcelFindings.Needs)
{
    private const int LeastGaps = 50;
    private static readonly TimeSpan s_wholeAfter = TimeSpan.FromDays(14);
    private static readonly TimeSpan s_leastHistory = TimeSpan.FromDays(21);

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        if (WhyNot(shop) is { } gap)
        {
            return MonitorLook.NotPossible(gap);
        }

        var limits = LimitsOf(shop, settings);
        return ParcelFindings.ByCarrier(
            shop,
            p => p.LastScan is { } scan && shop.Now - scan > limits[p.Parcel.Carrier],
            (carrier, parcels) =>
                new(
                    ParcelFindings.Subject(carrier),
                    parcels.Count,
                    0.8,
                    ParcelFindings.Cost(settings, parcels, settings.Costs.LostParcelShare),
                    shop.Now.AddHours(24),
                    "support",
                    $"{carrier}: {ParcelFindings.Count(parcels.Count)} without a scan for more than {limits[carrier].TotalDays:0.#} days.",
                    ParcelFindings.Evidence(parcels),
                    [ParcelFindings.AskCarrier(shop, carrier, parcels.Count)],
                    CalculationTrace.Of("99 % gap", "parcel-stalled 1", ("limitDays", limits[carrier].TotalDays))
                )
                {
                    Rows = ParcelFindings.Rows(parcels, p =>
                        $"{p.Parcel.Order} was last scanned on {shop.Calendar.Day(p.LastScan!.Value):d MMM}"
                    ),
                }
        );
    }

    /// <summary>Why nobody can say how long is too long; null where that is known.</summary>
    internal static MonitorGap? WhyNot(ShopMoment shop) =>
        shop.Parcels.Count > 0 && shop.Now - shop.Parcels.Min(p => p.Parcel.ShippedAt) < s_leastHistory
            ? new(FeedKind.Shipments, "Parcels of less than three weeks do not say how long a scan may take.") : null;

    /// <summary>How long a carrier may show no scan, by its name.</summary>
    internal static IReadOnlyDictionary<string, TimeSpan> LimitsOf(ShopMoment shop, OperationsSettings settings) => shop.Parcels
        .GroupBy(p => p.Parcel.Carrier, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Limit(g, settings), StringComparer.Ordinal);

    private static TimeSpan Limit(IEnumerable<ParcelStatus> parcels, OperationsSettings settings)
    {
        var gaps = parcels.Where(p => p.Now - p.Parcel.ShippedAt >= s_wholeAfter).SelectMany(Gaps).Order().ToList();
        return gaps.Count < LeastGaps ? settings.Orders.QuietScanDomesticOrDefault : gaps[(int)Math.Ceiling(0.99 * gaps.Count) - 1];
    }

    /// <summary>Between the scans that are known, and from the last one to delivery.</summary>
    private static IEnumerable<TimeSpan> Gaps(ParcelStatus parcel)
    {
        DateTimeOffset? before = null;
        foreach (var at in parcel.Parcel.Scans.Append(parcel.DeliveredAt ?? DateTimeOffset.MaxValue).Where(s => s <= parcel.Now).Order())
        {
            if (before is { } last)
            {
                yield return at - last;
            }

            before = at;
        }
    }
}
