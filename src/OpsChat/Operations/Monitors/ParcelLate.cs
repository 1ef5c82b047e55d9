using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Monitors;

/// <summary>The promised day has passed and the parcel is not there. One alert a carrier; the parcels are its rows.</summary>
internal sealed class ParcelLate() : ShopMonitor("parcel-late", TimeSpan.FromHours(1), AlertLines.Half(1), ParcelFindings.Needs)
{
    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings) => ParcelFindings.ByCarrier(
        shop, parcel => parcel.Promised < shop.Today, (carrier, parcels) => Finding(shop, settings, carrier, parcels));

    private static MonitorFinding Finding(ShopMoment shop, OperationsSettings settings, string carrier, IReadOnlyList<ParcelStatus> parcels)
    {
        var longest = parcels.Max(p => shop.Today.DayNumber - p.Promised!.Value.DayNumber);
        return new(
            ParcelFindings.Subject(carrier), parcels.Count, 0.95, ParcelFindings.Cost(settings, parcels, 0.05), shop.Now, "support",
            $"{carrier}: {ParcelFindings.Count(parcels.Count)} past the promised day, the longest by {longest} {(longest == 1 ? "day" : "days")}.",
            ParcelFindings.Evidence(parcels),
            [ParcelFindings.Notice(shop, carrier, parcels), ParcelFindings.AskCarrier(shop, carrier, parcels.Count)],
            CalculationTrace.Of("promise", "parcel-late 1", ("late", parcels.Count), ("longest", longest)))
        {
            Rows = ParcelFindings.Rows(parcels, p => $"{p.Parcel.Order} was promised for {p.Promised:d MMM}"),
        };
    }
}
