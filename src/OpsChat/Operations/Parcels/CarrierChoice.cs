using OpsChat.Operations.History;

namespace OpsChat.Operations.Parcels;

/// <summary>
/// Which carriers bring parcels where, by what the shop's own parcels of the last 120 days show: a label of a carrier that has never brought one
/// there, although it brings many elsewhere and others bring many there, is more likely a mistake than a first time.
/// </summary>
internal sealed class CarrierChoice
{
    private const int LeastOwn = 50, LeastThere = 20;

    // By chance, were carriers chosen alike for all regions, once in a thousand.
    private const double Rare = 0.001;

    private readonly Dictionary<(string Carrier, string Region), int> _brought;
    private readonly Dictionary<string, int> _byCarrier, _byRegion;
    private readonly int _all;

    private CarrierChoice(IEnumerable<(string Carrier, string Region)> delivered)
    {
        _brought = delivered.GroupBy(d => d).ToDictionary(g => g.Key, g => g.Count());
        _byCarrier = _brought.GroupBy(b => b.Key.Carrier, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(b => b.Value), StringComparer.Ordinal);
        _byRegion = _brought.GroupBy(b => b.Key.Region, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(b => b.Value), StringComparer.Ordinal);
        _all = _brought.Values.Sum();
    }

    public static CarrierChoice Of(ShopMoment shop) => new(shop.Parcels.Where(p => p.DeliveredAt is not null && p.Parcel.Carrier.Length > 0
        && p.Order?.Region is { Length: > 0 }).Select(p => (p.Parcel.Carrier, p.Order!.Region!)));

    /// <summary>Null when the carrier is as good as any other for that order.</summary>
    public static (string Reason, string Better)? WhyNot(string carrier, OrderRow order, CarrierChoice known)
    {
        if (order.Region is not { Length: > 0 } region || known._brought.ContainsKey((carrier, region))
            || known._byCarrier.GetValueOrDefault(carrier) < LeastOwn
            || known._byRegion.GetValueOrDefault(region) is not (>= LeastThere and var there)
            || Math.Pow(1 - (double)known._byCarrier[carrier] / known._all, there) > Rare)
        {
            return null;
        }

        var better = known._brought.Where(b => b.Key.Region == region).MaxBy(b => b.Value);
        return ($"its label is of {carrier}, which has brought nothing to {region} in 120 days; {better.Key.Carrier} brought {better.Value} there",
            better.Key.Carrier);
    }
}
