using OpsChat.Operations.Ads;
using OpsChat.Operations.History;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

/// <summary>What is not counted is no zero, and is set against nothing that is. It is 25 May 2026, six in the morning.</summary>
public sealed class Figures_that_nobody_knows
{
    private const int Today = 140;
    private static readonly OperationsSettings s_settings = OperationsSettings.Default("MYR");

    [Fact]
    public void about_ads_the_cost_of_a_sale_is_of_the_days_whose_sales_are_counted()
    {
        var shop = new MadeUpShop();
        Advertise(shop, "group A", "DRESS-A", 112, 129, null);
        Advertise(shop, "group A", "DRESS-A", 130, 139, 1);

        var group = AdGroups.Of(shop.AsOf(Today), s_settings).All.Should().ContainSingle().Subject;
        (group.Spent, group.Purchases, group.CostOfSale, group.SpentUncounted).Should().Be((30_000, 10, 3_000, 54_000));

        var answer = Ask(shop, "should I stop any ads?");
        answer.Title.Should().StartWith("0 of 1 ad groups");
        answer.Rows.Should().ContainSingle().Which.Take(4).Should()
            .Equal("group A", "MYR 840.00, MYR 540.00 of it with no purchases counted", "10", "MYR 30.00");
    }

    [Fact]
    public void about_ads_a_day_that_is_counted_in_part_tells_the_cost_of_that_part()
    {
        var shop = new MadeUpShop();
        Advertise(shop, "group A", "DRESS-A", 130, 139, 1);
        Advertise(shop, "group A", "DRESS-A", 130, 139, null);

        var group = AdGroups.Of(shop.AsOf(Today), s_settings).All.Should().ContainSingle().Subject;

        (group.Spent, group.Purchases, group.CostOfSale, group.SpentUncounted).Should().Be((30_000, 10, 3_000, 30_000));
        group.WeightedCost.Should().BeApproximately(3_000 * group.WeightedConversions, 1);
    }

    [Fact]
    public void about_an_ad_that_loses_days_without_a_count_are_no_days_without_sales()
    {
        MadeUpShop Losing(double? newest)
        {
            var shop = new MadeUpShop();
            Advertise(shop, "group A", "DRESS-A", 100, 132, 0.15);
            Advertise(shop, "group A", "DRESS-A", 133, 139, newest);
            return shop;
        }

        long AtRisk(double? newest) => Losing(newest).Find("ad-waste", Today).Should().ContainSingle().Subject.AtRisk.Minor;

        AtRisk(null).Should().BeCloseTo(AtRisk(0.15), 60).And.BeLessThan(AtRisk(0.05));
    }

    [Fact]
    public void about_ads_the_headline_counts_what_the_page_calls_too_dear()
    {
        var shop = new MadeUpShop();
        Advertise(shop, "group A", "DRESS-A", 100, 139, 1);
        Advertise(shop, "group B", "DRESS-B", 100, 139, 0);
        Advertise(shop, "group C", "DRESS-C", 100, 139, null);

        var groups = AdGroups.Of(shop.AsOf(Today), s_settings).All;
        groups.Select(g => g.Verdict == AdVerdict.TooDear).Should().Equal(false, true, false);
        Ask(shop, "should I stop any ads?").Title.Should().StartWith("1 of 2 ad groups");
    }

    [Fact]
    public void about_ads_the_reason_why_nothing_can_be_said_is_the_true_one()
    {
        var shop = new MadeUpShop();
        Advertise(shop, "A has sales", "DRESS-A", 112, 139, 1);
        Advertise(shop, "B has no count", "DRESS-B", 112, 139, null);
        Advertise(shop, "C has no price", "DRESS-C", 112, 139, 0);
        Advertise(shop, "D has no article", null, 112, 139, 0);
        shop.Products[2] = shop.Products[2] with { Price = null };

        var groups = AdGroups.Of(shop.AsOf(Today), s_settings).All;

        groups.Select(g => g.WhyNoChance).Should().Equal(null, "no purchases are counted", "no file says what its article costs or sells for",
            "no file says which article it is for");
        groups.Select(g => g.Purchases).Should().Equal(28, null, 0, 0);
        Ask(shop, "does the ad for DRESS-B pay off?").Title.Should()
            .EndWith("whether it pays is not known, since no purchases are counted. MYR 840.00 was spent in 28 days; purchases are not counted"
                + "; a sale leaves MYR 72.00 before advertising and may cost " + Limit(groups[1]) + ".");
    }

    private static string Limit(AdGroup group) => new OpsChat.Text.Money((long)Math.Round(group.Economics!.Value.Limit), "MYR").ToString();

    [Fact]
    public void about_ad_spend_what_has_no_count_is_told_beside_the_cost_of_a_sale()
    {
        var shop = new MadeUpShop();
        Advertise(shop, "group A", "DRESS-A", 116, 129, null);
        Advertise(shop, "group A", "DRESS-A", 130, 139, 1);
        Advertise(shop, "group B", "DRESS-B", 130, 139, null);

        var answer = Ask(shop, "cost per sale of ads this month");

        answer.Figure.Should().Be(30);
        answer.Title.Should().Contain("MYR 1,020.00 was spent on advertising, 10 sales, MYR 30.00 each")
            .And.Contain("MYR 720.00 of it was spent where no sales are counted.");
        answer.Rows.Should().Contain(row => row[0] == "group B" && row[2] == "not counted" && row[3] == "not counted");
    }

    [Fact]
    public void about_ad_spend_no_sales_are_told_where_none_are_counted()
    {
        var shop = new MadeUpShop();
        Advertise(shop, "group A", "DRESS-A", 116, 139, null);

        Ask(shop, "what did we spend on ads this month").Title.Should().Contain("how many sales came of it is not counted");
        Ask(shop, "cost per sale of ads this month").Figure.Should().BeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("USD")]
    public void about_purchases_the_cost_is_unknown_where_no_line_tells_it(string? currency)
    {
        var shop = new MadeUpShop();
        Order(shop, "PO1", 100, 110, currency);

        var answer = Ask(shop, "how much did we spend with SUP1");

        answer.Figure.Should().BeNull();
        answer.Title.Should().Contain("50 pieces were ordered from SUP1, what it cost is not known");
        answer.Rows.Should().ContainSingle().Which[2].Should().Be("not known");
    }

    [Theory]
    [InlineData("What have we ordered that arrives next week?", "on order")]
    [InlineData("When will the stock we ordered from SUP1 arrive?", "on order")]
    [InlineData("What that we ordered from SUP1 is still open?", "on order")]
    [InlineData("Is anything we ordered from SUP1 late?", "late")]
    public void about_what_is_to_come_of_purchases_the_answer_is_of_what_is_open(string question, string says)
    {
        var shop = new MadeUpShop();
        Order(shop, "PO1", 100, 110, "MYR", hasCome: true);
        Order(shop, "PO2", 120, 139, "MYR");
        Order(shop, "PO3", 121, 149, "MYR");

        var answer = Ask(shop, question);

        answer.Title.Should().Contain(says).And.NotContain("ordered");
        answer.Rows.Select(row => row[3]).Should().Contain("PO2").And.NotContain("PO1");
        Ask(shop, "what did we buy from SUP1 lately").Title.Should().Contain("150 pieces were ordered");
    }

    [Theory]
    [InlineData("what is on order from SUP1?", "50 pieces are on order, what it costs is not known")]
    [InlineData("are any orders from SUP1 late?", "Orders from SUP1 are late: 50 pieces of articles from SUP1, what it costs is not known.")]
    public void about_what_is_on_order_the_cost_is_unknown_where_no_line_tells_it(string question, string says)
    {
        var shop = new MadeUpShop();
        Order(shop, "PO1", 100, question.Contains("late") ? 110 : 145, null);

        Ask(shop, question).Title.Replace(" of articles from SUP1 are on", " are on").Should().StartWith(says).And.NotContain("MYR 0.00");
    }

    [Fact]
    public void about_what_is_on_order_lines_without_a_cost_are_told_beside_the_sum()
    {
        var shop = new MadeUpShop();
        Order(shop, "PO1", 100, 145, "MYR");
        Order(shop, "PO2", 101, 146, null);
        Order(shop, "PO3", 102, 147, "USD");

        Ask(shop, "what is on order?").Title.Should().StartWith(
            "150 pieces are on order, MYR 2,400.00 when they are there (the cost of 2 of 3 lines is not known)");
    }

    [Fact]
    public void about_the_worth_of_the_stock_articles_without_a_cost_are_told_beside_the_sum()
    {
        var shop = new MadeUpShop();
        Count(shop, ("DRESS-A", 10), ("DRESS-B", 7));
        shop.Products[1] = shop.Products[1] with { Cost = null };

        Ask(shop, "what is my stock worth?").Title.Should().Be(
            "What is there cost MYR 480.00. What 1 article cost is not known, 7 pieces more.");
    }

    [Fact]
    public void about_what_runs_out_tell_what_is_gone_first_where_nothing_else_runs_out()
    {
        var shop = new MadeUpShop();
        Count(shop, ("DRESS-A", 0), ("DRESS-B", 900), ("DRESS-C", 900), ("DRESS-D", 0));

        Ask(shop, "what runs out this week?").Title.Should().StartWith(
            "2 articles that sell are out of stock already, and no other is likely to run out within 6 days.");
    }

    [Fact]
    public void about_what_runs_out_articles_that_are_gone_are_told_apart()
    {
        var shop = new MadeUpShop();
        Count(shop, ("DRESS-A", 0), ("DRESS-B", 6), ("DRESS-C", 900), ("DRESS-D", 0));

        var answer = Ask(shop, "what runs out this week?");

        answer.Figure.Should().Be(1);
        answer.Title.Should().StartWith("1 article more likely than not runs out within 6 days; 2 more are out of stock already.");
        answer.Rows.Select(row => (row[0], row[3] == "out of stock")).Should()
            .Equal(("Dress B (DRESS-B)", false), ("Dress A (DRESS-A)", true), ("Dress D (DRESS-D)", true));
    }

    private static void Count(MadeUpShop shop, params (string Sku, int Pieces)[] counts) => shop.Stock.AddRange(counts.Select((c, i) =>
        new StockReading(c.Sku, new("Main", false, MadeUpShop.At(Today, 5), "inventory.csv"), c.Pieces, null, null, i + 2)));

    [Fact]
    public void about_the_share_that_was_cancelled_only_orders_of_these_days_are_counted()
    {
        var shop = new MadeUpShop();
        foreach (var (placed, count) in new[] { (110, 3), (120, 6) })
        {
            for (var i = 0; i < count; i++)
            {
                var at = shop.Orders.FindIndex(o => o.PlacedAt == MadeUpShop.At(placed) && o.CancelledAt is null);
                shop.Orders[at] = shop.Orders[at] with { CancelledAt = MadeUpShop.At(125) };
            }
        }

        var answer = Ask(shop, "what percentage of orders were cancelled in May");

        answer.Figure.Should().Be(2.5);
        answer.Title.Should().Contain("6 orders were cancelled").And.Contain("2.5 % of the 240 orders");
        Ask(shop, "cancellation rate in May").Should().BeEquivalentTo(answer, "it is the same, whatever it is called");
        Ask(shop, "how many orders were cancelled in May").Figure.Should().Be(9);
    }

    [Fact]
    public void about_prices_that_no_article_has_it_is_not_said_that_none_are_known() =>
        Ask(new(), "which products have a price over RM 5000").Title.Should()
            .Be("Prices over MYR 5,000.00: None of 4 articles whose price is known has such a price.");

    private static OwnerAnswer Ask(MadeUpShop shop, string question) =>
        QuestionAnswers.To(question, shop.AsOf(Today), s_settings, OwnerRecords.None);

    private static void Order(MadeUpShop shop, string number, int ordered, int expected, string? currency, bool hasCome = false) =>
        shop.Supply.Add(new(number, "SUP1", "DRESS-A", 50, MadeUpShop.At(ordered), MadeUpShop.At(expected),
            hasCome ? [new(MadeUpShop.At(expected), 50)] : [], currency is null ? null : new(4_800, currency), new("supply.csv", 2)));

    private static void Advertise(MadeUpShop shop, string group, string? sku, int from, int to, double? conversions)
    {
        for (var day = from; day <= to; day++)
        {
            shop.Ads.Add(new(MadeUpShop.First.AddDays(day), MadeUpShop.First.AddDays(day), "Shopping", group, null, new(3_000, "MYR"), conversions,
                null, null, null, sku, new("ads.csv", shop.Ads.Count + 2)));
        }
    }
}
