using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Monitors;

/// <summary>A label was made and the carrier has shown nothing for 48 hours of open days: perhaps it never got the parcel.</summary>
internal sealed class ParcelNoScan() : ShopMonitor(MonitorName, TimeSpan.FromHours(1), AlertLines.Half(1), ParcelFindings.Needs)
{
    public const string MonitorName = "parcel-no-scan";

    private const int Days = 60;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        if (!shop.Parcels.Any(p => p.LastScan is not null))
        {
            return MonitorLook.NotPossible(new MonitorGap(FeedKind.Shipments, "No file says when carriers scanned parcels."));
        }

        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var parcel in shop.Parcels.Where(p => p.Parcel.ShippedAt > shop.Now.AddDays(-Days)))
        {
            looked.Add(SubjectKey.Of(("order", parcel.Parcel.Order)));
            if (IsUnseen(shop, parcel, settings))
            {
                findings.Add(Finding(shop, settings, parcel, shop.Calendar.OnOpenDays(parcel.Parcel.ShippedAt, shop.Now)));
            }
        }

        return new(findings, looked, []);
    }

    /// <summary>Whether the carrier should have shown it by now and has not.</summary>
    internal static bool IsUnseen(ShopMoment shop, ParcelStatus parcel, OperationsSettings settings) => parcel is { IsOpen: true, LastScan: null }
        && shop.Calendar.OnOpenDays(parcel.Parcel.ShippedAt, shop.Now) > settings.Orders.FirstScanWithinOrDefault;

    private static MonitorFinding Finding(ShopMoment shop, OperationsSettings settings, ParcelStatus parcel, TimeSpan waited) =>
        new(
            SubjectKey.Of(("order", parcel.Parcel.Order)),
            1 + waited.TotalDays,
            0.9,
            ParcelFindings.Cost(settings, [parcel], settings.Costs.LostParcelShare),
            shop.Now,
            "warehouse",
            $"{parcel.Parcel.Order}: {parcel.Parcel.Carrier} has not scanned the parcel since the label of "
                + $"{shop.Calendar.Day(parcel.Parcel.ShippedAt):d MMM}.",
            [EvidenceRow.Of($"Label {parcel.Parcel.Tracking}, no scan", parcel.Parcel.Place, parcel.Parcel.ShippedAt)],
            [ParcelFindings.AskCarrier(shop, parcel.Parcel.Carrier, 1)],
            CalculationTrace.Of("first scan", "parcel-no-scan 1", ("hours", waited.TotalHours))
        )
        {
            Group = ParcelFindings.Subject(parcel.Parcel.Carrier),
        };
}
