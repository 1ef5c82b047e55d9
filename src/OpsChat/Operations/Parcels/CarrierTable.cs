using OpsChat.Operations.History;

namespace OpsChat.Operations.Parcels;

/// <summary>How one carrier has been doing.</summary>
/// <param name="Due">Parcels promised in the last 30 days.</param>
/// <param name="Late">Those of them that were not there by the end of their day.</param>
/// <param name="LateByDay">The share that was late of what was promised for each of the last 30 days, oldest first; null on days without a
/// promise.</param>
/// <param name="Open">What is on its way, the most overdue first.</param>
public sealed record CarrierLine(string Carrier, int Due, int Late, IReadOnlyList<double?> LateByDay, IReadOnlyList<OpenParcel> Open);

/// <summary>A parcel that has not arrived.</summary>
/// <param name="DaysPast">Days since the promise; negative before it, null without one.</param>
public sealed record OpenParcel(string Order, string Tracking, DateTimeOffset ShippedAt, DateTimeOffset? LastScan, DateOnly? Promised, int? DaysPast);

/// <summary>Carriers with their lateness and what they have now. Pure.</summary>
public static class CarrierTable
{
    public const int Days = 30;

    public static IReadOnlyList<CarrierLine> Of(ShopMoment shop) =>
        [
            .. shop
                .Parcels.GroupBy(p => p.Parcel.Carrier, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Line(shop, g.Key, [.. g])),
        ];

    private static CarrierLine Line(ShopMoment shop, string carrier, IReadOnlyList<ParcelStatus> parcels)
    {
        var (due, late) = (new int[Days], new int[Days]);
        foreach (var parcel in parcels)
        {
            if (parcel.Promised is { } promised && shop.Today.DayNumber - promised.DayNumber is > 0 and <= Days and var ago)
            {
                due[Days - ago]++;
                late[Days - ago] += parcel.DeliveredAt is { } at && shop.Calendar.Day(at) <= promised ? 0 : 1;
            }
        }

        return new(
            carrier,
            due.Sum(),
            late.Sum(),
            [.. due.Zip(late, (d, l) => d == 0 ? (double?)null : (double)l / d)],
            [
                .. parcels
                    .Where(p => p.IsOpen)
                    .Select(p => new OpenParcel(
                        p.Parcel.Order,
                        p.Parcel.Tracking,
                        p.Parcel.ShippedAt,
                        p.LastScan,
                        p.Promised,
                        p.Promised is { } day ? shop.Today.DayNumber - day.DayNumber : null
                    ))
                    .OrderByDescending(p => p.DaysPast ?? int.MinValue)
                    .ThenBy(p => p.Order, StringComparer.Ordinal),
            ]
        );
    }
}
