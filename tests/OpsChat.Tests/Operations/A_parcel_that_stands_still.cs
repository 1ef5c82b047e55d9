using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

/// <summary>Parcels are scanned when they leave and arrive five days later; every fiftieth takes eight.</summary>
public class A_parcel_that_stands_still
{
    private const int Today = 60;

    [Fact]
    public void is_told_once_it_waits_longer_than_its_carriers_parcels_do()
    {
        Shop(first: 0, lostSince: 12).Find("parcel-stalled", Today).Should().ContainSingle().Which.Rows.Should().ContainSingle();
        Shop(first: 0, lostSince: 4).Find("parcel-stalled", Today).Should().BeEmpty("five days are usual");
    }

    [Fact]
    public void is_not_measured_by_young_parcels_of_which_only_the_fast_have_come()
    {
        var shop = Shop(first: Today - 10, lostSince: 9);
        var look = MonitorSet.All.Single(m => m.Name == "parcel-stalled").Look(shop.AsOf(Today), OperationsSettings.Default("MYR"));

        look.Findings.Should().BeEmpty();
        look.Checked.Should().BeEmpty("nothing closes that was not looked at");
        look.Gaps.Should().ContainSingle();
    }

    private static MadeUpShop Shop(int first, int lostSince)
    {
        var shop = new MadeUpShop();
        for (var i = 0; i < shop.Orders.Count; i++)
        {
            var (order, day) = (shop.Orders[i], i / 10);
            if (day >= first && day < Today - 9)
            {
                shop.Parcels.Add(Parcel(order.Number, i, day, day + (i % 50 == 0 ? 8 : 5)));
            }
        }

        var lost = (Today - lostSince) * 10;
        shop.Orders[lost] = shop.Orders[lost] with { DeliveredAt = null };
        shop.Parcels.Add(Parcel(shop.Orders[lost].Number, 9999, Today - lostSince, null));
        return shop;
    }

    private static Parcel Parcel(string order, int i, int day, int? delivered) => new(order, "Laju Kurier", $"TRK{i}", MadeUpShop.At(day),
        delivered is { } at ? MadeUpShop.At(at) : null, [MadeUpShop.At(day, 18)], new("shipments.csv", i + 2));
}
