using OpsChat.Operations.History;

namespace OpsChat.Tests.Operations;

public class A_parcel_that_will_be_late
{
    [Fact]
    public void is_foretold_by_the_shops_own_past_before_the_plain_rule_can_see_it()
    {
        var shop = Slow(from: 115);

        var finding = shop.Find("parcel-late-risk", 149).Should().ContainSingle().Subject;

        finding.Trace.Inputs["byModel"].Should().BePositive();
        finding.Headline.Should().Contain("likely late by what past parcels did");
        finding.Rows.Should().NotBeEmpty();
    }

    [Fact]
    public void is_not_foretold_where_parcels_come_in_time() =>
        Slow(from: MadeUpShop.Days).Find("parcel-late-risk", 149).Sum(f => f.Trace.Inputs["byModel"]).Should().Be(0);

    [Fact]
    public void is_left_to_the_plain_rule_while_too_little_is_known()
    {
        var shop = Slow(from: 115);
        shop.Orders.RemoveAll(o => o.PlacedAt < MadeUpShop.At(128, 0));
        shop.Parcels.RemoveAll(p => p.ShippedAt < MadeUpShop.At(129, 0));

        shop.Find("parcel-late-risk", 149).Sum(f => f.Trace.Inputs["byModel"]).Should().Be(0);
    }

    /// <summary>Ten days are promised and five needed; from a day on fourteen.</summary>
    private static MadeUpShop Slow(int from)
    {
        var shop = new MadeUpShop();
        for (var i = 0; i < shop.Orders.Count; i++)
        {
            var (order, day) = (shop.Orders[i], (int)(shop.Orders[i].PlacedAt - MadeUpShop.At(0, 0)).TotalDays);
            var delivered = MadeUpShop.At(day + (day >= from || i % 25 == 0 ? 14 : 5), 15);
            shop.Orders[i] = order with { Promised = MadeUpShop.First.AddDays(day + 10), DeliveredAt = delivered };
            shop.Parcels.Add(new(order.Number, "Laju Kurier", $"TRK{i}", MadeUpShop.At(day + 1), delivered, [MadeUpShop.At(day + 1, 18)],
                new RowPlace("shipments.csv", i + 2)));
        }

        return shop;
    }
}
