using System.Globalization;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

/// <summary>No word of a question that limits, leaves out, or asks for another kind of figure is passed over: it is counted by, or the question is
/// refused. Counted in the demo shop's files; it is Wednesday 18 November 2026.</summary>
public sealed class Questions_that_limit_what_is_counted(Questions_to_the_demo_shop.Demo demo) : IClassFixture<Questions_to_the_demo_shop.Demo>
{
    private static readonly DemoFiles s_files = new(new(2026, 11, 18));
    private static readonly DateOnly s_today = s_files.Today;
    private static readonly (DateOnly From, DateOnly To) s_october = (new(2026, 10, 1), new(2026, 10, 31));
    private static readonly (DateOnly From, DateOnly To) s_lately = (s_today.AddDays(-28), s_today.AddDays(-1));
    private static readonly (DateOnly From, DateOnly To) s_ever = (new(2000, 1, 1), s_today);

    private static readonly Dictionary<string, Func<double>> s_counts = new()
    {
        ["orders over 100 and not over 200"] = () => Orders(s_lately, total => total is > 100 and <= 200),
        ["orders over 100 but under 200 last month"] = () => Orders(s_october, total => total is > 100 and < 200),
        ["refunds over RM 100"] = () => Refunds(s_lately, sum => sum > 100),
        ["refunds under 50 last month"] = () => Refunds(s_october, sum => sum < 50),
        ["how many refunds were above RM 80 in October"] = () => Refunds(s_october, sum => sum > 80),
        ["how many customers spent over RM 500"] = () => Customers(orders => orders.Sum(Total) > 500),
        ["how many customers bought more than 3 times"] = () => Customers(orders => orders.Count > 3),
        ["how many customers bought twice"] = () => Customers(orders => orders.Count == 2),
        ["orders with more than 2 items last week"] = () =>
            s_files.Kept(s_files.Monday(-1), s_files.Monday(-1).AddDays(6)).Count(o => Pieces(o["Name"]) > 2),
        ["which articles have less than 10 in stock"] = () => Stock(left => left < 10),
        ["anything below 5 pieces left?"] = () => Stock(left => left < 5),
        ["list items with zero stock"] = () => Stock(left => left == 0),
        ["average order value this month"] = () => Mean((new(2026, 11, 1), s_today), r => r["Name"]),
        ["average order value in October vs September"] = () => Mean(s_october, r => r["Name"]),
        ["how much do customers spend on average"] = () => Mean(s_lately, r => r["Email"]),
        ["what does a customer spend per order on average"] = () => Mean(s_lately, r => r["Name"]),
        ["revenue per customer in October"] = () => Mean(s_october, r => r["Email"]),
        ["how many linen shirts but not size M were sold in October"] = () =>
            LinenShirts() - s_files.Pieces(s_october.From, s_october.To, "LINSHI-M"),
        ["how many pieces were sold in October without linen shirts"] = () => s_files.Pieces(s_october.From, s_october.To) - LinenShirts(),
        ["orders from 1 to 10 November"] = () => Orders((new(2026, 11, 1), new(2026, 11, 10))),
        ["orders between 5 and 9 November"] = () => Orders((new(2026, 11, 5), new(2026, 11, 9))),
        ["orders Oct 5-9"] = () => Orders((new(2026, 10, 5), new(2026, 10, 9))),
        ["orders 5 October to 9 October"] = () => Orders((new(2026, 10, 5), new(2026, 10, 9))),
        ["orders from 5 October until 9 October"] = () => Orders((new(2026, 10, 5), new(2026, 10, 9))),
        ["orders in the first week of November"] = () => Orders((new(2026, 11, 1), new(2026, 11, 7))),
        ["orders in the second half of October"] = () => Orders((new(2026, 10, 16), new(2026, 10, 31))),
        ["orders in the last week of October"] = () => Orders((new(2026, 10, 25), new(2026, 10, 31))),
        ["orders in the last 3 days of October"] = () => Orders((new(2026, 10, 29), new(2026, 10, 31))),
        ["orders in the last two weeks of October"] = () => Orders((new(2026, 10, 18), new(2026, 10, 31))),
        ["orders in the first 2 weeks of October"] = () => Orders((new(2026, 10, 1), new(2026, 10, 14))),
        ["orders on the last Friday of October"] = () => Orders((new(2026, 10, 30), new(2026, 10, 30))),
        ["orders from Monday to Tuesday"] = () => Orders((new(2026, 11, 16), new(2026, 11, 17))),
        ["orders month to date"] = () => Orders((new(2026, 11, 1), s_today)),
        ["orders more than 2 weeks ago"] = () => Orders((new(2000, 1, 1), new(2026, 11, 3))),
        ["orders less than a week ago"] = () => Orders((new(2026, 11, 12), s_today)),
        ["orders less than a month ago"] = () => Orders((new(2026, 10, 19), s_today)),
        ["orders from Monday until Friday"] = () => Orders((new(2026, 11, 9), new(2026, 11, 13))),
        ["orders from August until October"] = () => Orders((new(2026, 8, 1), new(2026, 10, 31))),
        ["orders since the second week of October"] = () => Orders((new(2026, 10, 8), s_today)),
        ["orders before the second half of October"] = () => Orders((new(2000, 1, 1), new(2026, 10, 15))),
        ["orders after the start of October"] = () => Orders((new(2026, 10, 2), s_today)),
        ["orders after the first of October"] = () => Orders((new(2026, 10, 2), s_today)),
        ["orders before the end of October"] = () => Orders((new(2000, 1, 1), new(2026, 10, 30))),
        ["orders until the end of October"] = () => Orders((new(2000, 1, 1), new(2026, 10, 31))),
        ["orders since the middle of October"] = () => Orders((new(2026, 10, 15), s_today)),
        ["orders since mid-October"] = () => Orders((new(2026, 10, 15), s_today)),
        ["orders after the end of last week"] = () => Orders((s_files.Monday(0), s_today)),
        ["refund this month"] = () => Refunds((new(2026, 11, 1), s_today), _ => true),
        ["how many orders over RM 100 and at least RM 200 in October"] = () =>
            s_files.Kept(s_october.From, s_october.To).Count(o => Total(o) >= 200),
        ["how many orders over RM 100 and over RM 50 in October"] = () => s_files.Kept(s_october.From, s_october.To).Count(o => Total(o) > 100),
        ["orders compared to October"] = () => Orders((new(2026, 11, 1), s_today)),
        ["how much did we spend with Kain Pantai"] = () => s_files.Supply
            .Where(r => r["Supplier"] == "Kain Pantai" && s_files.Day(r["Ordered at"]) <= s_today)
            .Sum(r => DemoFiles.Number(r["Quantity"]) * DemoFiles.Number(r["Unit Cost"])),
        ["what did we buy from Kain Pantai in October"] = () => 0,
        ["what came from suppliers in October"] = () => s_files.Supply.Where(r => s_files.Day(r["Received at"]) is { Month: 10, Year: 2026 })
            .Sum(r => DemoFiles.Number(r["Quantity"])),
        ["takings from 1st to 7th of October"] = () => Orders((new(2026, 10, 1), new(2026, 10, 7))),
        ["orders on the 7th of October"] = () => Orders((new(2026, 10, 7), new(2026, 10, 7))),
        ["sales since the start of the month"] = () => Orders((new(2026, 11, 1), s_today)),
        ["biggest 3 orders of October"] = () => s_files.Kept(s_october.From, s_october.To).Max(Total),
        ["how many customers ordered at least 5 times"] = () => Customers(orders => orders.Count >= 5),
        ["products with fewer than 3 pieces"] = () => Stock(left => left < 3),
        ["how many orders in August and September over 200"] = () =>
            s_files.Kept(new(2026, 8, 1), new(2026, 9, 30)).Count(o => Total(o) > 200),
        ["how much does a buyer spend on average in October"] = () => Mean(s_october, r => r["Email"]),
        ["how many pieces of all shirts but linen shirts were sold in October"] = () =>
            s_files.Pieces(s_october.From, s_october.To, "BATSHI-S", "BATSHI-M", "BATSHI-L", "BATSHI-XL"),
        ["how many orders left yesterday"] = () => s_files.Orders.Count(o => s_files.Day(o["Fulfilled at"]) == s_today.AddDays(-1)),
        ["cost per sale of ads this month"] = () => AdCost() / Ads().Sum(r => DemoFiles.Number(r["Conversions"])),
    };

    public static TheoryData<string> Counts => [.. s_counts.Keys];

    [Theory]
    [MemberData(nameof(Counts))]
    public void get_the_figure_of_what_they_name(string question)
    {
        var answer = demo.Ask(question);

        answer.IsUnderstood.Should().BeTrue(answer.Title);
        answer.Figure.Should().BeApproximately(s_counts[question](), 0.006, string.Join('\n', answer.Lines));
    }

    [Theory]
    [InlineData("orders not from Selangor in October", "not from selangor")]
    [InlineData("orders not delivered yet", "not delivered")]
    [InlineData("which parcels haven't been delivered", "haven't been delivered")]
    [InlineData("orders without returns in October", "without returns")]
    [InlineData("sales without Selangor", "without Selangor")]
    [InlineData("orders with a discount", "discount")]
    [InlineData("how many were returned because too small in October", "small")]
    [InlineData("which supplier's goods come back most", "supplier")]
    [InlineData("how many orders above 100 or below 20", "below 20")]
    [InlineData("which products sold less than 3 pieces in October", "less than 3 pieces")]
    [InlineData("returns over RM 100", "over MYR 100.00")]
    [InlineData("average refund in October", "a mean of that")]
    [InlineData("how many orders per customer", "a mean of that")]
    [InlineData("median order value last month", "a mean of that")]
    [InlineData("what share of revenue comes from Selangor", "a share of that")]
    [InlineData("cost of goods sold in October", "what that cost")]
    [InlineData("how many pieces of batik scarf did we have in stock on 1 October", "1 Oct 2026")]
    [InlineData("which items were out of stock in October", "October 2026")]
    [InlineData("sales next month", "next month")]
    [InlineData("orders waiting to ship for more than 2 days", "2 days")]
    [InlineData("share of wrong items among returns", "wrong")]
    [InlineData("orders in the past two weeks of October", "october")]
    [InlineData("orders in the first five weeks of October", "first five weeks of october")]
    [InlineData("how many customers bought not exactly 3 times", "exactly")]
    [InlineData("orders since late October", "october")]
    [InlineData("orders since the middle of last week", "middle of last week")]
    [InlineData("how many high-value customers do we have", "high-value")]
    [InlineData("how many pending deliveries are there", "pending")]
    public void are_refused_by_it_where_nothing_is_counted_so(string question, string by)
    {
        var answer = demo.Ask(question);

        answer.IsUnderstood.Should().BeFalse(answer.Title);
        answer.Title.Should().Contain(by);
        answer.Figure.Should().BeNull();
        answer.Near.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("what's our ROAS", "What these sales brought in is not known")]
    [InlineData("return on ad spend this month", "What these sales brought in is not known")]
    [InlineData("chargebacks last month", "“chargebacks” is not known: no file names chargebacks")]
    [InlineData("customer lifetime value", "“lifetime value” is not known: it takes 120 days of orders")]
    [InlineData("how many days is our money tied up", "“cash cycle” is not known: write the Payment days")]
    [InlineData("how many orders were shipped late in October", "Measures are kept only of the days up to yesterday")]
    public void about_what_no_file_tells_say_so_and_name_no_figure(string question, string says)
    {
        var answer = demo.Ask(question);

        answer.Title.Should().StartWith(says);
        answer.Figure.Should().BeNull();
    }

    [Theory]
    [InlineData("how many packing errors last week vs the week before", "packed wrong")]
    [InlineData("open alerts about DRESS-B", "1 alert of DRESS-B is open")]
    [InlineData("please stop the ad for DRESS-B", "Pause group B: this is put up for approval")]
    public void to_a_shop_that_packs_and_advertises_keep_to_what_they_are_about(string question, string says) =>
        Asked(question).Title.Should().Contain(says);

    [Theory]
    [InlineData("returns of DRESS-B that were not too small in May", "not too small")]
    [InlineData("alerts last week", "25 May to 31 May")]
    [InlineData("average approved refund", "a mean of that")]
    public void to_a_shop_that_packs_and_advertises_are_refused_by_what_limits_them(string question, string by)
    {
        Asked(question).IsUnderstood.Should().BeFalse();
        Asked(question).Title.Should().Contain(by);
    }

    private static OwnerAnswer Asked(string question) => QuestionAnswers.To(
        question, Questions_of_the_owner.Asked.Shop, OperationsSettings.Default("MYR"), Questions_of_the_owner.Asked.Records);

    [Fact]
    public void of_stock_in_money_get_no_number_of_pieces() =>
        demo.Ask("value of linen totes in stock").Title.Should().Contain("What is there of").And.Contain("cost MYR");

    [Fact]
    public void for_so_many_show_no_more()
    {
        demo.Ask("top 5 products by revenue last month").Rows.Should().HaveCount(5);
        demo.Ask("our 3 best customers").Rows.Should().HaveCount(3);
        demo.Ask("bottom 3 products by profit").Title.Should().Contain("leaves the least");
    }

    [Fact]
    public void about_the_rate_of_each_article_name_the_one_with_the_highest()
    {
        var returned = s_files.Returns.Where(r => s_files.Day(r["Requested at"]) is { } day && day >= s_october.From && day <= s_october.To)
            .GroupBy(r => r["SKU"]).ToDictionary(g => g.Key, g => g.Count());
        var highest = s_files.ItemsOf(s_october.From, s_october.To).GroupBy(r => r["Lineitem sku"])
            .Max(g => 100.0 * returned.GetValueOrDefault(g.Key) / g.Sum(r => DemoFiles.Number(r["Lineitem quantity"])));

        demo.Ask("which product had the highest return rate in October").Figure.Should().BeApproximately(highest, 0.06);
    }

    [Fact]
    public void about_one_order_tell_its_days_and_whose_it_is()
    {
        demo.Ask("what happened with order 1042").Title.Should().Contain("delivered on 26 Sep");
        demo.Ask("who placed order 1293").Title.Should().Contain("of Priya Nair");
        demo.Ask("when was order 1250 shipped").Title.Should().Contain("shipped on 7 Nov");
    }

    [Fact]
    public void with_slips_of_the_pen_are_offered_without_them() =>
        demo.Ask("revnue last mnth").Near.Should().StartWith("revenue last month");

    [Theory]
    [InlineData("which orders must go out today")]
    [InlineData("how many orders must I pack today")]
    [InlineData("what do I have to ship today")]
    [InlineData("how many orders are waiting to be packed")]
    [InlineData("which orders wait")]
    [InlineData("which orders didnt ship")]
    [InlineData("orders that werent shipped")]
    public void about_what_has_to_leave_count_the_orders_that_wait_and_not_those_placed_today(string question)
    {
        var (answer, unshipped) = (demo.Ask(question), demo.Ask("which orders are unshipped"));

        answer.Title.Should().Be(unshipped.Title)
            .And.MatchRegex(@"^7 paid orders have not left; \d of them should have, \d more have to leave today\.");
        answer.Rows.Should().BeEquivalentTo(unshipped.Rows);
        answer.Rows.Should().Contain(row => row[1].Contains("should have left by")).And.Contain(row => row[1].EndsWith("has to leave today"));
    }

    [Theory]
    [InlineData("what do I have to ship this week?", "by 22 Nov")]
    [InlineData("which orders must go out by Friday?", "by 20 Nov")]
    public void about_what_has_to_leave_look_ahead(string question, string day) =>
        demo.Ask(question).Title.Should().StartWith("7 paid orders have not left").And.Contain($"to leave {day}");

    [Fact]
    public void about_what_is_needed_at_once_count_nothing_once() => demo.Ask("what must I reorder at once?").IsUnderstood.Should().BeTrue();

    [Theory]
    [InlineData("when will linen tote olive come back")]
    [InlineData("when is the olive linen tote back in stock")]
    [InlineData("will linen tote olive be available again?")]
    public void about_an_article_that_is_gone_name_the_day_of_its_next_delivery(string question) =>
        demo.Ask(question).Title.Should().Contain("out of stock; 24 pieces of PO-0513 from Kain Pantai are expected on 9 Dec.");

    [Theory]
    [InlineData("which parcels are stuck")]
    [InlineData("which parcels do not move")]
    [InlineData("parcels without a scan")]
    [InlineData("parcels that havent moved")]
    [InlineData("lost parcels this month")]
    public void about_parcels_that_do_not_move_list_those_without_a_scan(string question)
    {
        var answer = demo.Ask(question);

        answer.Title.Should().Contain("6 have had no scan for longer than is usual with their carrier, 4 never had one");
        answer.Title.StartsWith("Which parcels are lost no file tells.", StringComparison.Ordinal)
            .Should().Be(question.Contains("lost", StringComparison.Ordinal));
        answer.Rows.Should().HaveCount(10).And.Contain(row => row[3] == "never");
    }

    [Theory]
    [InlineData("how much money am I losing")]
    [InlineData("where am I losing money")]
    public void about_what_is_lost_tell_what_alerts_put_at_stake_and_no_revenue(string question)
    {
        var answer = demo.Ask(question);

        answer.Title.Should().StartWith("What the shop loses in all no file tells; what open alerts put at stake is known.");
        answer.Figure.Should().BeNull();
        answer.Near.Should().Contain("Which ads lose money?");
    }

    [Fact]
    public void about_what_is_owed_to_suppliers_say_that_no_file_tells_what_is_paid()
    {
        var answer = demo.Ask("how much do I owe suppliers");

        answer.Title.Should().StartWith("What suppliers have invoiced, and what of it is paid, no file tells. 294 pieces are on order");
        answer.Figure.Should().BeNull();
    }

    [Theory]
    [InlineData("how much did we spend on ads in october", "the only days of October 2026 in the file of ads.")]
    [InlineData("returns in 2026", "the only days of 2026 in the file of returns.")]
    [InlineData("how much did we spend on ads in september", "Nothing is known of September 2026: the file of ads begins on")]
    [InlineData("refunds in october", ": October 2026, by the day of the refund.")]
    [InlineData("sales in october", "was refunded (of these orders, on whatever day)")]
    public void say_which_days_and_which_refunds_they_count(string question, string says) => demo.Ask(question).Title.Should().Contain(says);

    [Theory]
    [InlineData("how many orders from singapore last month", "SG")]
    [InlineData("orders in Malaysia last month", "MY")]
    public void of_a_country_count_the_orders_that_go_there(string question, string code)
    {
        var answer = demo.Ask(question);

        answer.Figure.Should().Be(s_files.Kept(s_october.From, s_october.To).Count(o => o["Shipping Country"] == code)).And.BePositive();
        answer.Title.Should().NotContain("no file tells the country");
    }

    [Fact]
    public void by_country_have_no_states() =>
        demo.Ask("orders per country last month").Rows.Select(row => row[0]).Should().BeEquivalentTo("Malaysia", "Singapore");

    [Theory]
    [InlineData("who ordered but havent paid", "who ordered but haven't paid")]
    [InlineData("which orders arent paid", "which orders aren't paid")]
    [InlineData("whos my best customer", "who's my best customer")]
    public void without_an_apostrophe_are_read_as_with_it(string question, string written) =>
        demo.Ask(question).Lines.Should().Equal(demo.Ask(written).Lines);

    [Fact]
    public void about_ads_to_stop_count_the_rows_that_say_so()
    {
        var answer = demo.Ask("should I stop any ads");

        answer.Figure.Should().Be(answer.Rows.Count(row => row[^1] == "is too dear")).And.BePositive();
    }

    [Theory]
    [InlineData("did returns go up compared to October", "13 returns", "15 returns")]
    [InlineData("refunds this month vs last month", "6 refunds", "4 refunds")]
    [InlineData("ad spend last week vs the week before", "MYR 273.25 was spent", "was spent on advertising")]
    public void that_compare_tell_both(string question, string now, string before) =>
        demo.Ask(question).Title.Should().MatchRegex($"^{now}.* Beside it: .*{before}");

    [Theory]
    [InlineData("stop the pepper ad")]
    [InlineData("cancel order 1293")]
    [InlineData("refund order 1293")]
    public void are_no_questions_where_they_wish_for_something(string wish) =>
        demo.Ask(wish).Title.Should().StartWith("No open alert proposes to");

    private static double Total(IReadOnlyDictionary<string, string> order) => DemoFiles.Number(order["Total"]);

    private static double Orders((DateOnly From, DateOnly To) days, Func<double, bool>? within = null) =>
        s_files.Kept(days.From, days.To).Count(o => within?.Invoke(Total(o)) != false);

    private static double Refunds((DateOnly From, DateOnly To) days, Func<double, bool> within) =>
        s_files.Refunded(days.From, days.To).Count(r => within(DemoFiles.Number(r["Refunded Amount"])));

    private static double Customers(Func<List<Dictionary<string, string>>, bool> who) =>
        s_files.Kept(s_ever.From, s_ever.To).GroupBy(o => o["Email"]).Count(g => who([.. g]));

    private static double Pieces(string order) =>
        s_files.Items.Where(r => r["Name"] == order).Sum(r => DemoFiles.Number(r["Lineitem quantity"]));

    private static double Stock(Func<double, bool> within) =>
        s_files.Counts.Select(r => r["SKU"]).Distinct().Count(sku => within(s_files.Left(sku)));

    private static double Mean((DateOnly From, DateOnly To) days, Func<Dictionary<string, string>, string> by) =>
        s_files.Kept(days.From, days.To).GroupBy(by).Average(g => g.Sum(Total));

    private static double LinenShirts() =>
        s_files.Pieces(s_october.From, s_october.To, "LINSHI-S", "LINSHI-M", "LINSHI-L", "LINSHI-XL");

    private static IEnumerable<Dictionary<string, string>> Ads() =>
        s_files.Ads.Where(r => s_files.Day(r["Day"]) is { Month: 11, Year: 2026 } day && day <= s_today);

    private static double AdCost() => Ads().Sum(r => double.Parse(r["Cost"], CultureInfo.InvariantCulture));
}
