using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Statistics;

namespace OpsChat.Tests.Operations;

public class Returns_that_rise
{
    [Fact]
    public void are_named_with_reason_and_the_supplier_change_that_explains_them()
    {
        var shop = Risen();
        var found = Enumerable.Range(90, 45).Select(day => (Day: day, Findings: shop.Find("returns-spike", day))).First(f => f.Findings.Count > 0);

        var finding = found.Findings.Should().ContainSingle().Subject;
        finding.Subject["sku"].Should().Be("DRESS-B");
        finding.Headline.Should().Contain("too small").And.Contain("new supplier SUP9");
        finding.Evidence.Should().Contain(e => e.Source == "returns.csv" && e.Line != null);
        finding.Actions.Select(a => a.Kind).Should().Contain([ActionKind.SizeChartEdit, ActionKind.ListingEdit, ActionKind.SupplierNote]);
        finding.AtRisk.Minor.Should().BePositive();
    }

    [Fact]
    public void keep_one_identity_while_they_last()
    {
        var shop = Risen();

        var subjects = Enumerable.Range(90, 55).SelectMany(day => shop.Find("returns-spike", day)).Select(f => f.Subject.ToString()).Distinct();

        subjects.Should().ContainSingle("a second alert about the same trouble would only be noise");
    }

    [Fact]
    public void are_not_seen_where_nothing_has_changed()
    {
        var shop = new MadeUpShop();
        shop.SendBack(0.06);

        Enumerable.Range(40, 110).Sum(day => shop.Find("returns-spike", day).Count).Should().Be(0);
    }

    [Fact]
    public void of_a_reason_that_no_supplier_causes_do_not_blame_one()
    {
        var shop = new MadeUpShop();
        shop.SendBack(0.04);
        Deliver(shop, 80);
        shop.Campaigns.Add(new("thinner boxes", MadeUpShop.First.AddDays(80), MadeUpShop.First.AddDays(80), ["DRESS-B"], "packing", null,
            new("calendar.csv", 2)));
        shop.SendBack(0.3, 80, "DRESS-B", "Arrived damaged");

        var finding = shop.Find("returns-spike", 125).Single();

        finding.Headline.Should().Contain("thinner boxes");
        finding.Actions[0].Kind.Should().Be(ActionKind.PackingNote);
    }

    [Fact]
    public void know_of_nothing_that_came_later()
    {
        var shop = Risen();
        var before = shop.Find("returns-spike", 88).Select(f => f.Headline).ToList();
        shop.Returns.RemoveAll(r => r.RequestedAt > MadeUpShop.At(88, 6));

        shop.Find("returns-spike", 88).Select(f => f.Headline).Should().Equal(before);
    }

    [Fact]
    public void count_a_customer_who_sends_twelve_back_once()
    {
        var shop = new MadeUpShop();
        shop.SendBack(0.04);
        var before = shop.AsOf(120).Returns.All.Count;
        var many = shop.Sell(100, "DRESS-C", 12, "customer who orders all sizes");
        for (var i = 0; i < 12; i++)
        {
            shop.Returns.Add(new(many.Number, "R-many", "DRESS-C", "Did not fit", 1, MadeUpShop.At(108), null, null, null,
                new("returns.csv", 900 + i)));
        }

        shop.AsOf(120).Returns.All.Should().HaveCount(before + 1);
    }

    [Fact]
    public void that_arrived_and_were_not_inspected_are_named_after_three_open_days()
    {
        var shop = new MadeUpShop();
        ReturnLine Arrived(int order, int day, DateTimeOffset? inspected) => new(
            shop.Orders[order].Number, $"R{order}", "DRESS-A", "Changed my mind", 1, MadeUpShop.At(day - 2), MadeUpShop.At(day), inspected,
                new(12_000, "MYR"), new("returns.csv", order + 2));
        shop.Returns.AddRange([Arrived(1, 140, null), Arrived(2, 146, null), Arrived(3, 140, MadeUpShop.At(141))]);

        shop.Find("returns-uninspected", 147).Should().ContainSingle().Which.Subject["order"].Should().Be(shop.Orders[1].Number);
    }

    [Fact]
    public void of_one_customer_are_shown_as_facts_without_verdict_or_action()
    {
        var shop = new MadeUpShop();
        shop.SendBack(0.04);
        for (var i = 0; i < 7; i++)
        {
            var order = shop.Sell(90 + i, "DRESS-D", 1, "aina@example.com");
            shop.Returns.Add(new(order.Number, $"RX{i}", "DRESS-D", "Changed my mind", 1, MadeUpShop.At(105 + i), null, null, new(12_000, "MYR"),
                new("returns.csv", 950 + i)) { Condition = "worn" });
        }

        var finding = shop.Find("returns-pattern", 120).Single();

        finding.Actions.Should().BeEmpty();
        finding.Evidence.Should().Contain(e => e.Text.StartsWith("Not known"));
        string.Concat(finding.Evidence.Select(e => e.Text).Append(finding.Headline).Append(finding.Subject.ToString()))
            .Should()
            .NotContainEquivalentOf("aina")
            .And.NotContainEquivalentOf("fraud");
    }

    [Fact]
    public void join_what_reviews_say()
    {
        var shop = Risen();
        for (var i = 0; i < 80; i++)
        {
            var isBad = i % 4 == 0;
            shop.Reviews.Add(new(
                isBad ? "DRESS-B" : MadeUpShop.Skus[i % 2 == 0 ? 0 : 3], MadeUpShop.At(80 + i / 2), isBad ? 1 : i % 3 == 0 ? 2 : 5, null,
                isBad || i is 3 or 9 ? "Far too tight at the shoulders" : "The colour is not what I thought", new("reviews.csv", i + 2)));
        }

        shop.Find("returns-spike", 125).Single().Evidence.Should().Contain(e => e.Text.Contains("tight"));
    }

    /// <summary>From day 80 on one dress comes from another supplier and a fifth of it is too small.</summary>
    private static MadeUpShop Risen()
    {
        var shop = new MadeUpShop();
        shop.SendBack(0.04);
        Deliver(shop, 80);
        shop.SendBack(0.2, 80, "DRESS-B", "Too small");
        return shop;
    }

    private static void Deliver(MadeUpShop shop, int day) => shop.Supply.Add(new(
        "PO9", "SUP9", "DRESS-B", 60, MadeUpShop.At(day - 14), null, [new(MadeUpShop.At(day, 8), 60)], new(4_800, "MYR"),
            new("purchase_orders.csv", 9)));
}

public class The_return_formulas
{
    [Fact]
    public void spread_the_exposure_of_a_sale_over_ninety_days()
    {
        var delays = ReturnDelays.Of([]);
        var sold = new int[100];
        sold[3] = 2;

        var exposure = delays.Exposure(sold);

        exposure.Sum().Should().BeApproximately(2, 1e-9);
        exposure[2].Should().Be(0);
        exposure[10].Should().BeApproximately(2 * delays.On(7), 1e-12);
        delays.By(89).Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void learn_the_shops_own_delays_against_a_prior_of_fifty()
    {
        var delays = ReturnDelays.Of([.. Enumerable.Repeat(5, 50), -1, 400]);

        delays.On(5).Should().BeApproximately(0.5 * (1 + ReturnDelays.Of([]).On(5)), 1e-9);
    }

    [Fact]
    public void leave_the_last_four_weeks_out_of_what_is_usual()
    {
        double[] exposure = [.. Enumerable.Repeat(2.0, 100)], returns = [.. Enumerable.Repeat(0.1, 70), .. Enumerable.Repeat(1.0, 30)];

        var rates = ReturnRates.OfShop(exposure, returns);

        rates[20].Should().Be(double.NaN);
        rates[97].Should().BeApproximately(0.05, 1e-9, "the rise began on day 70");
        ReturnRates.Stream(exposure, returns, day => rates[day]).Rates[^1].Should().BeLessThan(0.07);
    }

    [Fact]
    public void are_dated_and_ranked_also_where_very_much_came_back()
    {
        var (sold, returned) = (Enumerable.Repeat(400, 120).ToArray(), new double[120]);
        for (var day = 0; day < 120; day++)
        {
            returned[day] = day >= 70 ? 200 : 10;
        }

        var cohorts = new ReturnCohorts(sold, returned, ReturnDelays.Of(Enumerable.Repeat(3, 500)), 0.025);
        var ranked = CauseShare.Rank([(20, true), (70, true)], cohorts);

        cohorts.Begin().Should().Be(70);
        (ranked[0].Index, ranked[0].Share).Should().Be((1, ranked.Max(c => c.Share)));
        ranked[0].Share.Should().BeInRange(0.9, 1);
    }

    [Fact]
    public void date_the_begin_and_rank_the_true_change_first()
    {
        var (sold, returned) = (Enumerable.Repeat(4, 120).ToArray(), new double[120]);
        for (var day = 0; day < 120; day++)
        {
            returned[day] = day >= 70 ? 0.6 : 0.1;
        }

        var cohorts = new ReturnCohorts(sold, returned, ReturnDelays.Of(Enumerable.Repeat(3, 500)), 0.025);
        var ranked = CauseShare.Rank([(20, true), (70, true), (71, false)], cohorts);

        cohorts.Begin().Should().BeInRange(68, 72);
        ranked[0].Index.Should().Be(1);
        ranked.Sum(c => c.Share).Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public void say_nothing_of_a_change_before_anything_came_back() =>
        ReturnChangeWatch.Of([.. Enumerable.Repeat(3, 60)], [], 50, ReturnDelays.Of([]), 0.05).FirstAt(20).Should().BeNull();

    [Fact]
    public void do_not_let_a_rise_become_the_usual_while_it_is_told()
    {
        var steps = Enumerable.Range(0, 80).Select(day => (day < 40 ? 0.0 : 1.0, day < 55 ? 0.1 : 1.0)).ToList();

        RateWatch.Of(steps, ChangeDetector.ReturnRatios, 5000, 28).AlarmStep.Should().BeNull("by then it counts as usual");
        RateWatch.Of(steps, ChangeDetector.ReturnRatios, 5000, 28, (_, _) => 0.1).AlarmStep.Should().BeInRange(42, 50);
    }

    [Fact]
    public void find_words_that_only_one_articles_complaints_have()
    {
        var own = Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? "very tight and itchy" : "tight at the arms").ToList();
        var others = Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? "very late and broken" : i % 15 == 1 ? "tight lid"
            : "broken at the rim").ToList();

        ComplaintWords.Of(own, others).Select(w => w.Word).Should().Contain("tight").And.NotContain(["very", "and", "the"]);
    }
}
