using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>What the parcel monitors have in common: one finding a carrier, its parcels as rows.</summary>
internal static class ParcelFindings
{
    public static IReadOnlyList<FeedNeed> Needs { get; } =
        [new(FeedKind.Shipments, TimeSpan.FromDays(2)), new(FeedKind.Orders, TimeSpan.FromDays(2))];

    public static MonitorLook NoParcels { get; } = MonitorLook.NotPossible(new MonitorGap(FeedKind.Shipments, "No file says where parcels are."));

    public static SubjectKey Subject(string carrier) => SubjectKey.Of(("carrier", carrier));

    /// <summary>One finding for each carrier that has such parcels; every carrier of the last months is checked.</summary>
    public static MonitorLook ByCarrier(
        ShopMoment shop,
        Func<ParcelStatus, bool> isMeant,
        Func<string, IReadOnlyList<ParcelStatus>, MonitorFinding> finding
    )
    {
        if (shop.Parcels.Count == 0)
        {
            return NoParcels;
        }

        var looked = shop.Parcels.Select(p => Subject(p.Parcel.Carrier)).ToHashSet();
        var found = shop
            .Parcels.Where(p => p.IsOpen && isMeant(p))
            .GroupBy(p => p.Parcel.Carrier, StringComparer.Ordinal)
            .Select(g => finding(g.Key, [.. g]));
        return new([.. found], looked, []);
    }

    public static Money Cost(OperationsSettings settings, IEnumerable<ParcelStatus> parcels, double lossShare)
    {
        var total = 0.0;
        foreach (var parcel in parcels)
        {
            var value = parcel.Order is { } order && order.Total.Currency == settings.Currency ? order.Total.Minor : 0;
            total +=
                lossShare * value
                + Money.FromMajor(settings.Costs.Contact + settings.Costs.Reship * (decimal)lossShare, settings.Currency).Minor;
        }

        return new((long)total, settings.Currency);
    }

    public static IReadOnlyList<EvidenceRow> Evidence(IReadOnlyList<ParcelStatus> parcels) =>
        [
            .. parcels
                .Take(8)
                .Select(p =>
                    EvidenceRow.Of(
                        $"{p.Parcel.Order}: {p.Parcel.Tracking}, promised {p.Promised:d MMM}",
                        p.Parcel.Place,
                        p.Parcel.ShippedAt
                    )
                ),
        ];

    public static IReadOnlyList<FindingRow> Rows(IReadOnlyList<ParcelStatus> parcels, Func<ParcelStatus, string> headline) =>
        [.. parcels.Select(p => new FindingRow(SubjectKey.Of(("order", p.Parcel.Order)), headline(p)))];

    public static ProposedAction AskCarrier(ShopMoment shop, string carrier, int count) => new(
        ActionKind.AskCarrier, carrier, new Dictionary<string, string>(StringComparer.Ordinal), null,
        $"Ask {carrier} about {count} {(count == 1 ? "parcel" : "parcels")}", shop.Now.AddDays(2));

    /// <summary>Of one customer's parcels only one is written of, so customers are counted.</summary>
    public static ProposedAction Notice(ShopMoment shop, string carrier, IReadOnlyList<ParcelStatus> parcels) => new(
        ActionKind.CustomerNotice, carrier, new Dictionary<string, string>(StringComparer.Ordinal) { ["notice"] = "parcel-late" }, null,
        $"Tell {Plural.Of(parcels.Select(p => p.Order?.Customer ?? p.Parcel.Order).Distinct(StringComparer.Ordinal).Count(), "customer")} that the "
            + "parcel comes later",
        shop.Now.AddDays(2));

    public static string Count(int parcels) => parcels == 1 ? "1 parcel" : $"{parcels} parcels";
}
