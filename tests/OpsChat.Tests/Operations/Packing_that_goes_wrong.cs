using OpsChat.Operations.Actions;

namespace OpsChat.Tests.Operations;

public class Packing_that_goes_wrong
{
    [Fact]
    public void names_the_station_and_shift_that_errs()
    {
        var shop = Packed((station, shift, day, random) => random.NextDouble() < (station == "B1" && shift == "night" && day >= 110 ? 0.1 : 0.008));

        var finding = Enumerable.Range(110, 20).Select(day => shop.Find("fulfilment", day)).First(f => f.Count > 0).Single();

        (finding.Subject["station"], finding.Subject["shift"]).Should().Be(("B1", "night"));
        finding.Actions.Single().Kind.Should().Be(ActionKind.ReTrain);
    }

    [Fact]
    public void is_quiet_where_all_err_alike()
    {
        var shop = Packed((_, _, _, random) => random.NextDouble() < 0.01);

        Enumerable.Range(60, 90).Sum(day => shop.Find("fulfilment", day).Count).Should().Be(0);
    }

    [Fact]
    public void names_a_pair_that_is_mixed_up_and_proposes_bins_and_marks()
    {
        var shop = Packed((_, _, _, _) => false);
        for (var i = 0; i < 6; i++)
        {
            shop.Picks.Add(new($"#9{i}", MadeUpShop.At(120 + i), new[] { "A1", "A2", "B1" }[i % 3], i < 3 ? "day" : "night", null, i % 2 == 0
                ? "MUG-01" : "MUG-07", i % 2 == 0 ? "MUG-07" : "MUG-01", 1, 1, new("fulfilment.csv", 9000 + i)));
        }

        var finding = shop.Find("fulfilment", 130).Should().ContainSingle().Subject;

        finding.Subject["pair"].Should().Be("MUG-01~MUG-07");
        finding.Actions.Select(a => a.Kind).Should().Equal(ActionKind.BinMove, ActionKind.Relabel);
    }

    [Fact]
    public void is_told_on_the_day_itself()
    {
        var shop = Packed((station, shift, day, random) => random.NextDouble() < (station == "A2" && shift == "day" && day >= 110 ? 0.3 : 0.008));
        int FirstFoundAt(double hour) => Enumerable.Range(110, 20).First(day => shop.Find("fulfilment", day, hour: hour).Count > 0);

        FirstFoundAt(hour: 22).Should().Be(FirstFoundAt(hour: 6) - 1);
    }

    private static MadeUpShop Packed(Func<string, string, int, Random, bool> isWrong)
    {
        var (shop, random) = (new MadeUpShop(), new Random(3));
        var skus = Enumerable.Range(0, 40).Select(i => $"MUG-{i:00}").ToList();
        for (var day = 20; day < MadeUpShop.Days; day++)
        {
            for (var i = 0; i < 60; i++)
            {
                var (station, shift, sku) = (new[] { "A1", "A2", "B1", "B2" }[random.Next(4)], random.Next(2) == 0 ? "day" : "night",
                    skus[random.Next(skus.Count)]);
                var packed = isWrong(station, shift, day, random) ? skus[random.Next(skus.Count)] : sku;
                shop.Picks.Add(new($"#{day}-{i}", MadeUpShop.At(day, 14), station, shift, null, sku, packed, 1, 1,
                    new("fulfilment.csv", shop.Picks.Count + 2)));
            }
        }

        return shop;
    }
}
