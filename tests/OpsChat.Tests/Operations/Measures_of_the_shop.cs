using OpsChat.Operations.Measures;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

public class Measures_of_the_shop
{
    [Fact]
    public void say_no_data_where_a_file_is_missing_and_never_nothing()
    {
        var measures = Of(new MadeUpShop(), OwnerRecords.None);

        measures
            .Where(m =>
                m.Name
                    is "return-rate"
                        or "packing-accuracy"
                        or "stock-out-days"
                        or "refund-frequency"
                        or "e-mail-opens"
                        or "ad-cost-per-sale"
                        or "conversion"
                        or "chargebacks"
                        or "cash-cycle"
                        or "time-saved"
            )
            .Should()
            .HaveCount(10)
            .And.OnlyContain(m => m.Value == null && m.Shown.StartsWith(Measure.NoData));
        measures.Should().OnlyContain(m => m.Formula.Length > 0 && m.Needs.Length > 0);
    }

    [Fact]
    public void count_what_the_rows_say()
    {
        var shop = new MadeUpShop();
        shop.Sell(140, "DRESS-A", isShipped: false);
        shop.Orders[^2] = shop.Orders[^2] with { CancelledAt = MadeUpShop.At(149, 2) };
        for (var i = 0; i < 20; i++)
        {
            shop.Picks.Add(new($"#{i}", MadeUpShop.At(145), "A1", "day", null, "DRESS-A", i == 3 ? "DRESS-B" : "DRESS-A", 1, 1,
                new("fulfilment.csv", i + 2)));
        }

        var measures = Of(shop, OwnerRecords.None).ToDictionary(m => m.Name);
        var placed = shop.Orders.Count(o => o.PlacedAt >= MadeUpShop.At(119, 0) && o.PlacedAt < MadeUpShop.At(149, 0));

        measures["packing-accuracy"].Value.Should().BeApproximately(0.95, 1e-9);
        measures["shipped-late"].Value.Should().BeApproximately(1.0 / placed, 1e-9);
        measures["cancellations"].Value.Should().Be(0, "the cancelled order was placed on the day that is not over");
    }

    [Fact]
    public void say_how_many_days_money_is_bound_when_all_of_it_is_known()
    {
        var shop = new MadeUpShop();
        foreach (var sku in MadeUpShop.Skus)
        {
            shop.Stock.Add(new(sku, new("Main", false, MadeUpShop.At(148, 20), "inventory.csv"), 100, 0, null, 2));
        }

        // Two of the last orders are sent and not paid; 300 of 400 pieces came within the 30 days that SUP1 gives.
        shop.Orders[^1] = shop.Orders[^1] with { PaidAt = null, PlacedAt = MadeUpShop.At(145), ShippedAt = MadeUpShop.At(146) };
        shop.Orders[^2] = shop.Orders[^2] with { PaidAt = null, PlacedAt = MadeUpShop.At(145), ShippedAt = MadeUpShop.At(146) };
        shop.Supply.Add(new("PO1", "SUP1", "DRESS-A", 400, MadeUpShop.At(80), null, [new(MadeUpShop.At(100), 100), new(MadeUpShop.At(140), 300)],
            new(4_800, "MYR"), new("purchase_orders.csv", 2)));
        Find(shop).Should().Match<Measure>(m => m.Value == null && m.Shown.Contains("Payment days of SUP1"));
        shop.Suppliers.Add(new("SUP1", 14, null, null, null, null, null, null, new("suppliers.csv", 2)) { PaymentDays = 30 });

        var moment = shop.AsOf(149);
        var placed = shop.Orders.Where(o => o.PlacedAt >= MadeUpShop.At(119, 0) && o.PlacedAt < MadeUpShop.At(149, 0)).Sum(o => o.Total.Minor);
        var costPerDay = MadeUpShop.Skus.Sum(s => moment.Demand(s).Rate) * 4_800;
        Find(shop).Value.Should().BeApproximately(
            (400 * 4_800 - 300 * 4_800) / costPerDay + 2 * 12_000 / (placed / 30.0), 1e-6);

        static Measure Find(MadeUpShop shop) => Of(shop, OwnerRecords.None).Single(m => m.Name == "cash-cycle");
    }

    [Fact]
    public void propose_a_higher_line_where_the_owner_keeps_saying_no_problem()
    {
        Alert Closed(int i, AlertEnd end) => new()
        {
            Key = $"reviews|sku=S{i}", Monitor = "reviews", Subject = SubjectKey.Of(("sku", $"S{i}")), Owner = "owner", Headline = "",
                OpenedAt = MadeUpShop.At(130), CheckedAt = MadeUpShop.At(140),
            State = AlertState.Closed, ClosedAt = MadeUpShop.At(132), ClosedAs = end,
        };
        OwnerRecords Records(int none, int real) =>
            OwnerRecords.None with { Alerts = [.. Enumerable.Range(0, none + real).Select(i =>
            Closed(i, i < none ? AlertEnd.NoProblem : AlertEnd.Fixed))] };

        Of(new MadeUpShop(), Records(2, 3)).Single(m => m.Name == "alert-quality/reviews").Shown.Should().Contain("raise its line");
        Of(new MadeUpShop(), Records(1, 4)).Single(m => m.Name == "alert-quality/reviews").Shown.Should().NotContain("raise");
        Of(new MadeUpShop(), Records(1, 0)).Single(m => m.Name == "alert-quality/reviews").Shown.Should().NotContain("raise", "one word is no habit");
        Of(new MadeUpShop(), Records(0, 5)).Single(m => m.Name == "exception-time").Value.Should().BeApproximately(2, 1e-9);
    }

    private static IReadOnlyList<Measure> Of(MadeUpShop shop, OwnerRecords records) =>
        ShopMeasures.Of(shop.AsOf(149), OperationsSettings.Default("MYR"), records, 30);
}
