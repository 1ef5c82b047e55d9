using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Statistics;

namespace OpsChat.Tests.Operations;

public class The_demand_formulas
{
    private static readonly double[] s_units = [0, 2, 1, 0, 0, 3, 1, 0, 0, 4, 1, 2, 0, 1, 5, 0, 0, 2, 0, 1, 1, 0, 0, 0, 0, 2, 3, 1];
    private static readonly bool[] s_closed = [.. Enumerable.Range(0, 28).Select(d => d is 21 or 22 or 23)];

    [Fact]
    public void leave_days_out_of_stock_out_of_the_rate()
    {
        var rate = DemandRate.Of(s_units, s_closed, 21, 0, 0);

        rate.PerDay.Should().BeApproximately(1.238464, 1e-6);
        rate.Weight.Should().BeApproximately(16.032102, 1e-6);
        rate.ClosedDays.Should().Be(3);
        DemandRate.Of(s_units, new bool[28], 21, 0, 0).PerDay.Should().BeApproximately(1.068826, 1e-6);
    }

    [Fact]
    public void draw_a_young_item_to_its_kind() =>
        DemandRate.Of(s_units, s_closed, 21, 3.5, 0.5).PerDay.Should().BeApproximately(1.106137, 1e-6);

    [Theory]
    [InlineData(0, 7)]
    [InlineData(28, 3.5)]
    [InlineData(56, 0)]
    [InlineData(400, 0)]
    public void trust_an_items_own_sales_after_eight_weeks(int openDays, double weight) =>
        DemandRate.PriorWeight(openDays).Should().BeApproximately(weight, 1e-12);

    [Fact]
    public void draw_the_dispersion_to_the_shops()
    {
        var dispersion = DemandDispersion.Of(s_units, s_closed, 1.4);

        dispersion.Raw.Should().BeApproximately(1.50884, 1e-5);
        dispersion.SaleDays.Should().Be(15);
        dispersion.Phi.Should().BeApproximately(1.465304, 1e-6);
    }

    [Fact]
    public void keep_the_season_between_its_bounds()
    {
        double[] rising = [.. Enumerable.Repeat(1.0, 42), .. Enumerable.Repeat(9.0, 14)];

        DemandRate.Season(rising).Should().Be(1.6);
        DemandRate.Season(rising.AsSpan(0, 55)).Should().Be(1, "eight weeks are needed");
        DemandRate.Season(new double[60]).Should().Be(1, "a shop without sales has no season");
    }

    [Fact]
    public void learn_how_an_event_goes_on()
    {
        var after = EventDemand.After(5, 4, 30);

        after.Factor.Should().BeApproximately(1.436364, 1e-6);
        after.MayBeOver.Should().BeFalse();
        EventDemand.After(5, 30, 150).MayBeOver.Should().BeTrue();
    }
}

public class The_reorder_formulas
{
    [Fact]
    public void find_the_least_stock_that_keeps_the_fill_rate()
    {
        var point = ReorderPoint.Of(2, (12, 3), 1.8, review: 1, fill: 0.95, cover: 28);

        point.Demand.Mean.Should().BeApproximately(26, 1e-9);
        point.Demand.Variance.Should().BeApproximately(150.4, 1e-9);
        point.Demand.Size.Should().BeApproximately(5.434084, 1e-6);
        point.Demand.Probability.Should().BeApproximately(0.172872, 1e-6);
        point.Level.Should().Be(32);
        point.Demand.Loss(32).Should().BeApproximately(2.69059, 1e-5);
        point.Demand.Loss(31).Should().BeApproximately(2.97677, 1e-5);
        point.Demand.AtLeast(40).Should().BeApproximately(0.135112, 1e-6);
    }

    [Theory]
    [InlineData(0.2, 12, 3, 1.0, 0.95, 5)]
    [InlineData(0.05, 30, 10, 1.2, 0.95, 5)]
    [InlineData(10, 7, 2, 3.5, 0.98, 108)]
    [InlineData(2, 12, 0, 1.0, 0.95, 29)]
    public void fit_slow_and_fast_items(double rate, double lead, double deviation, double phi, double fill, int level) =>
        ReorderPoint.Of(rate, (lead, deviation), phi, 1, fill, 28).Level.Should().Be(level);

    [Theory]
    [InlineData(17, 71, 72)]
    [InlineData(32, 56, 60)]
    [InlineData(33, 0, 0)]
    public void order_whole_packs_and_nothing_twice(double position, int need, int order) =>
        ReorderPoint.Order(position, 32, 56, pack: 6).Should().Be(new OrderQuantity(need, order));

    [Fact]
    public void keep_the_suppliers_minimum() => ReorderPoint.Order(31, 32, 4, pack: 6, minimum: 20).Order.Should().Be(24);

    [Theory]
    [InlineData(8, 2, 1.8, 2, 5, 9)]
    [InlineData(40, 2, 1.8, 13, 21, 35)]
    [InlineData(3, 0.1, 1, 11, 28, 63)]
    public void say_how_long_stock_lasts(int available, double rate, double phi, int low, int likely, int high) =>
        DaysOfCover.Of(available, rate, phi).Should().Be(new DaysOfCover(low, likely, high));

    [Fact]
    public void say_what_is_lost_until_a_delivery()
    {
        var demand = NegativeBinomial.OfLeadTime(2, 12, 3, 1.8);

        demand.AtLeast(8).Should().BeApproximately(0.959998, 1e-6);
        demand.Loss(8).Should().BeApproximately(16.1019, 1e-4);
    }

    [Fact]
    public void hold_for_large_means_too() => NegativeBinomial.OfDays(4000, 30, 2).AtLeast(1000).Should().BeApproximately(1, 1e-3);
}

public class The_lead_time_curve
{
    private static readonly LeadTimeSample[] s_own = [new(10, true), new(12, true), new(12, true), new(25, false), new(31, false)];

    [Fact]
    public void counts_open_orders_at_their_age()
    {
        var curve = LeadTimeCurve.Of(s_own)!;

        curve.Quantile(0.5).Should().Be(12);
        curve.Quantile(0.9).Should().Be(31);
        curve.ShareBy(10).Should().BeApproximately(0.2, 1e-9);
        curve.ShareBy(12).Should().BeApproximately(0.6, 1e-9);
        LeadTimeCurve.Of(s_own.Where(s => s.Received))!.Quantile(0.9).Should().Be(12, "left out, open orders make a supplier look quick");
    }

    [Fact]
    public void lets_other_suppliers_speak_with_less_weight()
    {
        var pool = new[] { 8, 11, 13, 18, 30, 21, 16, 14 }.Select(d => new LeadTimeSample(d, true, 0.5));

        var curve = LeadTimeCurve.Of(s_own.Concat(pool))!;

        curve.Quantile(0.5).Should().Be(13);
        curve.Quantile(0.9).Should().Be(31);
        curve.ShareBy(12).Should().BeApproximately(0.444444, 1e-6);
        curve.ShareBy(30).Should().BeApproximately(0.814815, 1e-6);
    }

    [Fact]
    public void of_an_order_past_every_delivery_still_says_how_long_to_wait() =>
        LeadTimeCurve.Of(s_own)!.Remaining(40).Mean.Should().BeApproximately(10, 1e-9);
}

public class The_change_formulas
{
    [Fact]
    public void add_up_evidence_that_a_count_has_risen()
    {
        double[] counts = [0, 0, 1, 0, 1, 0, 2, 0, 1];
        double[] usual = [0.05, 0.05, 0.06, 0.06, 0.06, 0.07, 0.07, 0.07, 0.07];
        var detector = new ChangeDetector(ChangeDetector.ReturnRatios);

        counts.Zip(usual, detector.Step).Select(e => Math.Round(e, 4))
            .Should().Equal(0.7913, 1.436, 9.1664, 7.3417, 33.7376, 23.026, 715.3504, 420.3655, 1965.6356);
    }

    [Theory]
    [InlineData(0, 0.5, 0.2288)]
    [InlineData(3, 0.6, 6.7782)]
    [InlineData(4, 0.8, 13.4583)]
    [InlineData(5, 2, 1.9714)]
    [InlineData(8, 2, 59.9851)]
    public void weigh_a_change_whose_day_is_known(int count, double expected, double evidence) =>
        CountEvidence.KnownChange(count, expected, ChangeDetector.ReturnRatios.AsSpan()).Should().BeApproximately(evidence, 5e-5);

    [Theory]
    [InlineData(6, 1.5, 3.817766)]
    [InlineData(3, 0.4, 3.444709)]
    [InlineData(2, 3, 0)]
    public void scan_windows(int count, double expected, double evidence) =>
        CountEvidence.Scan(count, expected).Should().BeApproximately(evidence, 1e-6);

    [Fact]
    public void fit_a_ridge_model()
    {
        double[][] rows = [[0, 1.2], [1, 0.5], [1, 2], [0, 0.3], [1, 1.1], [0, 2.2], [1, 0.2], [0, 0.9]];
        bool[] late = [false, false, true, false, true, true, false, false];

        var model = RidgeLogistic.Fit(rows, late);

        model.Weights.Select(w => Math.Round(w, 6)).Should().Equal(-0.640646, 0.524931, 1.227425);
        model.Chance(rows[0]).Should().BeApproximately(0.28894, 1e-5);
        model.Chance(rows[2]).Should().BeApproximately(0.82678, 1e-5);
    }

    [Fact]
    public void do_not_take_a_single_straggler_for_a_slower_supplier()
    {
        var usual = Enumerable.Range(0, 10).Select(i => new LeadTimeSample(12 + i % 5, true)).ToList();

        var known = new UsualLeadTime(14, 0.25, 0.06);

        SupplierSlowing.Evidence([.. usual, new(20, false)], known).Should().BeLessThan(50);
        SupplierSlowing.Evidence([.. usual, .. Enumerable.Range(0, 5).Select(i => new LeadTimeSample(26 - i, false))], known)
            .Should().BeGreaterThan(1000);
    }

    [Fact]
    public void are_never_certain_of_a_slower_supplier_by_one_order()
    {
        var usual = Enumerable.Range(0, 10).Select(i => new LeadTimeSample(14, true)).ToList();

        SupplierSlowing.Evidence([.. usual, new(300, false)], new(14, 0.15, 0.02)).Should().BeLessThanOrEqualTo(400, "one order in so many is lost");
    }

    [Fact]
    public void count_the_lines_of_one_order_as_one_order()
    {
        var (usual, known) = (Enumerable.Range(0, 10).Select(i => new LeadTimeSample(12 + i % 5, true)).ToList(), new UsualLeadTime(14, 0.25, 0.06));

        var one = SupplierSlowing.Evidence([.. usual, new(26, false)], known);
        var inTwelveLines = SupplierSlowing.Evidence([.. usual, .. Enumerable.Repeat(new LeadTimeSample(26, false, 1.0 / 12), 12)], known);

        inTwelveLines.Should().BeLessThanOrEqualTo(one).And.BeLessThan(200);
    }

    [Fact]
    public void do_not_call_a_supplier_slower_because_its_first_few_orders_came_quickly()
    {
        // Four quick orders made 5 days look usual; thirty later ones take 7, as this supplier always does.
        var later = Enumerable.Range(0, 30).Select(i => new LeadTimeSample(5 + i % 5, true)).ToList();

        SupplierSlowing.Evidence(later, new(5, 0.25, 1.25 * 0.25 / 2)).Should().BeLessThan(200);
        SupplierSlowing.Evidence(later, new(5, 0.25, 1.25 * 0.25 / 10)).Should().BeGreaterThan(1000, "a hundred orders do say what is usual");
    }

    [Fact]
    public void call_an_unchanged_supplier_slower_by_chance_no_more_often_than_they_say()
    {
        var (random, told) = (new Random(11), 0);
        const int Suppliers = 2_000, Orders = 20;
        for (var i = 0; i < Suppliers; i++)
        {
            // What is usual was estimated from six orders.
            var error = 1.25 * 0.25 / Math.Sqrt(6);
            var usual = new UsualLeadTime(14 * Math.Exp(error * Normal(random)), 0.25, error);
            var orders = Enumerable.Range(0, Orders).Select(_ => new LeadTimeSample(14 * Math.Exp(0.25 * Normal(random)), true)).ToList();
            told += SupplierSlowing.Evidence(orders, usual) >= 200 ? 1 : 0;
        }

        (told / (double)Suppliers).Should().BeLessThan(Orders / 200.0);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

public class The_other_formulas
{
    [Theory]
    [InlineData(180, 3, 0.891209)]
    [InlineData(90, 0, 0.961571)]
    [InlineData(150, 0, 0.993869)]
    [InlineData(60, 4, 0.154612)]
    public void say_how_likely_an_ad_costs_too_much(double cost, double conversions, double chance) =>
        AdEconomics.ChanceOverLimit(30, 24, cost, conversions).Should().BeApproximately(chance, 1e-6);

    [Fact]
    public void say_what_a_conversion_may_cost()
    {
        var ad = AdEconomics.Of(120, 48, 4.48, 15, 0.08, 16.80, 12, 0.30);

        ad.Contribution.Should().BeApproximately(52.52, 1e-9);
        ad.AfterReturns.Should().BeApproximately(44.456, 1e-9);
        ad.Limit.Should().BeApproximately(31.1192, 1e-9);
    }

    [Theory]
    [InlineData("GUMBALL COAT RACK", "GUMBALL MONOCHROME COAT RACK", 0.711111)]
    [InlineData("JUMBO BAG OWLS", "JUMBO BAG VINTAGE CHRISTMAS", 0.439024)]
    public void find_titles_that_look_alike(string one, string other, double dice) =>
        LookAlikes.Dice(one, other).Should().BeApproximately(dice, 1e-6);

    [Theory]
    [InlineData(2, 30.43, 1.2260)]
    [InlineData(0, 0, 0.1951)]
    public void expect_repeat_purchases(double purchases, double last, double expected) =>
        new RepeatPurchaseModel(0.243, 4.414, 0.793, 2.426).Expected(purchases, last, 38.86, 39).Should().BeApproximately(expected, 5e-5);

    [Fact]
    public void look_for_a_recent_rise_with_the_whole_statistic_cut_to_its_last_beginnings()
    {
        var random = new Random(5);
        var (whole, all, recent) = (new ChangeDetector([2, 3]), new RecentRise([2, 3], 60), new RecentRise([2, 3], 5));
        for (var step = 0; step < 60; step++)
        {
            var count = random.Next(4);
            var evidence = whole.Step(count, WellKnown.Mean);
            all.Step(count, 1, WellKnown).Should().BeApproximately(evidence, 1e-3 * evidence);
            recent.Step(count, 1, WellKnown).Should().BeLessThanOrEqualTo(evidence * 1.001);
        }

        var rise = new RecentRise([2, 3], 5);
        foreach (var count in new[] { 1, 1, 1, 1, 1, 1, 6, 7 })
        {
            rise.Step(count, 1, WellKnown);
        }

        (rise.Ago, rise.Evidence > 150).Should().Be((1, true), "it began the day before");
    }

    [Fact]
    public void say_less_of_a_rise_where_little_is_known_of_what_is_usual()
    {
        double Evidence(double days) => new RecentRise([2, 3], 5).Step(8, 1, new(1.2 * days, days, 1));

        Evidence(1_000).Should().BeGreaterThan(150);
        Evidence(5).Should().BeLessThan(Evidence(1_000) / 4);
    }

    /// <summary>1.2 a day, as a long past tells.</summary>
    private static UsualRate WellKnown => new(1.2e6, 1e6, 1);

    [Fact]
    public void say_how_long_money_is_bound() => CashCycle.Days(60_000, 292_000, 4_000, 584_000, 24_000).Should().BeApproximately(47.5, 1e-9);

    [Theory]
    [InlineData(250_000, 0, 0.9, 225_000)]
    [InlineData(40_000, 24, 0.8, 22_627.42)]
    [InlineData(1_200_000, 240, 0.6, 36_000)]
    [InlineData(9_000, 2, 1, 8_743.79)]
    public void rank_by_money_time_and_confidence(double minor, double hours, double confidence, double score) =>
        new AlertScore(minor, AlertScore.UrgencyOf(hours), confidence).Value.Should().BeApproximately(score, 0.005);
}

public class The_identity_of_an_alert
{
    [Fact]
    public void is_the_same_whatever_the_order_of_its_parts()
    {
        var key = SubjectKey.Of(("sku", " TEE-BLK-M "), ("reason", "too-small")).KeyFor("returns-spike");

        key.Should().Be("returns-spike|reason=too-small|sku=TEE-BLK-M");
        SubjectKey.IdOf(key).Should().Be("5d290635984da99b");
    }

    [Theory]
    [InlineData("stock-runout", "sku", "SKU-2847", "819fb0cb1751e86f")]
    [InlineData("parcel-late", "carrier", "J&T Express", "79d2b1bbc3205d50")]
    public void is_part_of_the_contract(string monitor, string name, string value, string id) =>
        SubjectKey.IdOf(SubjectKey.Of((name, value)).KeyFor(monitor)).Should().Be(id);
}
