using OpsChat.Operations.History;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

/// <summary>What is asked for, and not a word that stands beside it; what nobody tells is unknown, and neither nothing nor all. It is Wednesday
/// 3 June 2026, six in the morning.</summary>
public class What_a_question_asks_for
{
    private const int Today = 149;
    private static readonly MadeUpShop s_shop = Filled();
    private static readonly ShopMoment s_moment = s_shop.AsOf(Today);

    [Theory]
    [InlineData("which products do customers return most often")]
    [InlineData("what do our customers return most?")]
    [InlineData("most returned products by customers")]
    [InlineData("which of our items do buyers return the most")]
    public void are_articles_where_customers_only_return_them(string question)
    {
        var answer = Ask(question);

        answer.Title.Should().Contain("came back most").And.NotContain("customer");
        answer.NamesCustomer.Should().BeFalse();
        answer.Figure.Should().Be(Returned(121, 148).GroupBy(r => r.Sku).Max(g => g.Count()));
    }

    [Theory]
    [InlineData("how many items did customers return last month")]
    [InlineData("how many items were returned by customers last month")]
    [InlineData("customer returns last month")]
    [InlineData("how many pieces did clients send back last month")]
    public void are_returns_where_customers_made_them(string question) =>
        Ask(question).Figure.Should().Be(Returned(116, 146).Count());

    [Theory]
    [InlineData("total refunds to customers last month")]
    [InlineData("refunds for customers last month")]
    [InlineData("how many refunds did customers get last month")]
    public void are_refunds_where_customers_got_them(string question)
    {
        var answer = Ask(question);

        answer.Title.Should().Contain(" together (orders ");
        answer.Figure.Should().Be(s_shop.Orders.Count(o => o.RefundedAt is { } at && Day(at) is >= 116 and <= 146));
    }

    [Theory]
    [InlineData("who returned the most last month")]
    [InlineData("which customers returned most last month")]
    [InlineData("returns by customer last month")]
    [InlineData("customers with the most returns last month")]
    [InlineData("show me the customers with most returns last month")]
    [InlineData("pelanggan mana paling banyak pulangan bulan lepas")]
    public void are_customers_where_they_are_asked_for(string question) => Ask(question).Title.Should().Contain("returned something");

    [Fact]
    public void are_customers_where_they_are_counted() =>
        Ask("how many customers returned something last month").Figure.Should().Be(Returned(116, 146)
            .Select(r => s_shop.Orders.Single(o => o.Number == r.Order).Customer).Distinct().Count());

    [Theory]
    [InlineData("how many orders did customers place last week")]
    [InlineData("how many orders of customers came last week")]
    public void are_orders_where_customers_placed_them(string question) => Ask(question).Figure.Should().Be(Orders(140, 146));

    [Fact]
    public void are_orders_where_they_are_counted_of_some_customers()
    {
        var first = s_shop.Orders.Where(o => Day(o.PlacedAt) <= 146).GroupBy(o => o.Customer)
            .Where(g => Day(g.First().PlacedAt) >= 140).ToList();

        Ask("how many orders from new customers last week").Figure.Should().Be(first.Sum(g => g.Count()));
        Ask("how many new customers ordered last week").Figure.Should().Be(first.Count);
    }

    [Theory]
    [InlineData("which products do customers buy most", "sold most: the last 28 days")]
    [InlineData("how many DRESS-A did customers buy last week", "of DRESS-A were sold")]
    public void are_what_was_sold_where_customers_bought_it(string question, string says) => Ask(question).Title.Should().Contain(says);

    [Theory]
    [InlineData("pesanan tidak lebih dari RM120 minggu lepas", "Orders of at most MYR 120.00: ")]
    [InlineData("pesanan tak melebihi RM120 minggu lepas", "Orders of at most MYR 120.00: ")]
    [InlineData("orders not over RM 120 last week", "Orders of at most MYR 120.00: ")]
    [InlineData("orders last week that don't exceed RM 120", "Orders of at most MYR 120.00: ")]
    [InlineData("orders which were never below 100 last week", "Orders of at least MYR 100.00: ")]
    [InlineData("pesanan tidak kurang dari RM120 minggu lepas", "Orders of at least MYR 120.00: ")]
    [InlineData("不超过120令吉的订单", "Orders of at most MYR 120.00: ")]
    public void are_orders_on_the_side_that_is_not_denied(string question, string label)
    {
        var answer = Ask(question);

        answer.Title.Should().StartWith(label);
        answer.Figure.Should().BePositive();
    }

    [Theory]
    [InlineData("how many orders last month over 100", 116, 146)]
    [InlineData("orders over 100 from May", 116, 146)]
    [InlineData("how many orders in May came to more than 100", 116, 146)]
    [InlineData("how many orders did we get last month over 100", 116, 146)]
    [InlineData("orders over 100 since May", 116, 149)]
    public void are_orders_of_the_days_and_the_amount(string question, int from, int to)
    {
        var answer = Ask(question);

        answer.Title.Should().StartWith("Orders over MYR 100.00: ");
        answer.Figure.Should().Be(Orders(from, to));
    }

    [Theory]
    [InlineData("how fast do we send refunds")]
    [InlineData("how many days do customers take to send returns back")]
    [InlineData("how long do we take to send a refund")]
    [InlineData("how soon do we send a reply to customers")]
    public void are_not_orders_where_something_else_is_sent(string question)
    {
        OwnerQuestion.Read(question, s_moment).Topic.Should().NotBe(QuestionTopic.TimeToShip);
        Ask(question).Title.Should().NotContain("left within");
    }

    [Theory]
    [InlineData("how long do we take to ship")]
    [InlineData("how fast do we send orders")]
    [InlineData("how long do customers wait until we ship")]
    [InlineData("how long until we ship orders that are not shipped")]
    [InlineData("how many days until an order leaves")]
    public void are_orders_where_their_dispatch_is_asked_for(string question) =>
        OwnerQuestion.Read(question, s_moment).Topic.Should().Be(QuestionTopic.TimeToShip);

    [Theory]
    [InlineData("which article had less refunds than last month")]
    [InlineData("why are there less refunds this month")]
    [InlineData("who bought again after refunds")]
    [InlineData("did we have less refunds in May than in April?")]
    [InlineData("which customers ordered again after a refund?")]
    public void are_refunds_where_they_are_taken_off_no_sum(string question)
    {
        var read = OwnerQuestion.Read(question, s_moment);

        read.IsAfterRefunds.Should().BeFalse();
        read.English.Should().Contain("refund");
        read.Topic.Should().NotBe(QuestionTopic.Sales);
    }

    [Theory]
    [InlineData("profit in May after refunds")]
    [InlineData("revenue May less refunds")]
    [InlineData("how much did I sell last month after refunds")]
    [InlineData("net sales in May")]
    public void are_sums_after_refunds_where_those_are_taken_off(string question)
    {
        OwnerQuestion.Read(question, s_moment).IsAfterRefunds.Should().BeTrue();
        Ask(question).Title.Should().Contain("is left.");
        Ask(question).Figure.Should().BePositive();
    }

    [Theory]
    [InlineData("profit in May after refunds")]
    [InlineData("revenue in May after refunds")]
    [InlineData("how much did I sell last month after refunds")]
    [InlineData("net sales in May")]
    public void is_not_known_after_refunds_where_no_file_tells_of_any(string question)
    {
        var answer = Ask(question, new MadeUpShop().AsOf(Today));

        answer.Title.Should().Contain("What is left after refunds is not known, since no file tells of refunds.").And.NotContain("was refunded");
        answer.Figure.Should().BeNull();
    }

    [Fact]
    public void is_not_known_of_refunds_where_no_file_tells_of_any()
    {
        var shop = new MadeUpShop().AsOf(Today);

        Ask("how many refunds last month", shop).Figure.Should().BeNull();
        Ask("summary of last month", shop).Rows.Single(row => row[0].StartsWith("refunds", StringComparison.Ordinal))[1].Should().Be("not known");
    }

    [Theory]
    [InlineData("compare last week with last month", "last week, 25 May to 31 May beside 1 May to 31 May.")]
    [InlineData("compare sales of this week with last month", "beside 1 May to 31 May.")]
    [InlineData("is this week better than last month? compare the revenue", "beside 1 May to 31 May.")]
    [InlineData("sales this month vs last year", "June 2026 beside 1 Jan to 31 Dec 2025.")]
    [InlineData("why were sales lower this month than last year", "June 2026 beside 1 Jan to 31 Dec 2025.")]
    [InlineData("sales this month vs last month", "June 2026 beside 1 May to 3 May.")]
    [InlineData("sales this week vs last week", "beside 25 May to 27 May.")]
    public void are_the_two_spans_that_are_named(string question, string days) => Ask(question).Title.Should().Contain(days);

    [Theory]
    [InlineData("compare January, March and May", "January 2026, March 2026 and May 2026.")]
    [InlineData("compare revenue of February, April and May", "February 2026, April 2026 and May 2026.")]
    [InlineData("compare January, February and March", "January to March 2026.")]
    public void are_the_months_that_are_named_and_none_between(string question, string days)
    {
        var answer = Ask(question);

        answer.Title.Should().Contain(days);
        answer.Rows.Should().HaveCount(3).And.OnlyContain(row => question.Contains(row[0].Split(' ')[0]));
    }

    [Theory]
    [InlineData("how much did i pay for boost ads last week")]
    [InlineData("who paid for gift cards")]
    [InlineData("what did we pay for card holders from Tanah?")]
    [InlineData("which customers paid for cash boxes?")]
    public void is_not_how_orders_were_paid_where_something_was_paid_for(string question) =>
        Ask(question).Title.Should().NotContain("how orders were paid");

    [Theory]
    [InlineData("how many orders paid by boost last week")]
    [InlineData("who paid with a credit card?")]
    [InlineData("how many customers paid cash")]
    [InlineData("orders paid last week using touch n go")]
    [InlineData("how many orders with cash on delivery")]
    [InlineData("most used payment methods")]
    public void is_how_orders_were_paid_where_it_asks_with_what(string question) =>
        Ask(question).Title.Should().Contain("how orders were paid");

    [Theory]
    [InlineData("which month had most profit")]
    [InlineData("which weekday brings the most profit")]
    [InlineData("which state brings the least profit")]
    [InlineData("profit per week")]
    [InlineData("which customer brought the most profit")]
    [InlineData("which product makes the least profit")]
    public void is_not_known_of_any_group_where_nothing_has_a_cost(string question)
    {
        var shop = Filled();
        for (var i = 0; i < shop.Products.Count; i++)
        {
            shop.Products[i] = shop.Products[i] with { Cost = null };
        }

        var answer = Ask(question, shop.AsOf(Today));

        answer.Title.Should().StartWith("What was left is not known, since no file says what articles cost").And.NotContain("known each");
        answer.Figure.Should().BeNull();
    }

    [Theory]
    [InlineData("which state brings the most profit")]
    [InlineData("which state brings the least profit")]
    public void is_told_of_the_groups_whose_cost_is_known(string question)
    {
        var shop = Filled();
        shop.Products[0] = shop.Products[0] with { Cost = null };
        for (var i = 0; i < shop.Orders.Count; i++)
        {
            shop.Orders[i] = shop.Orders[i] with { Region = shop.Orders[i].Lines[0].Sku == "DRESS-A" ? "Penang" : "Selangor" };
        }

        Ask(question, shop.AsOf(Today)).Title.Should().StartWith("Selangor").And.Contain("(what was left of 1 of 2 is not known)");
    }

    [Fact]
    public void is_unpaid_only_where_the_file_of_the_order_tells_of_payments()
    {
        var (unpaid, market) = (Own().Count(o => o.PaidAt is null), Market().Count());

        var answer = Ask("which orders are not paid?", s_market.AsOf(Today));

        answer.Figure.Should().Be(unpaid);
        answer.Title.Should().EndWith($" Of {market} orders no file tells whether they are paid.");
        Ask("who hasn't paid yet", s_market.AsOf(Today)).Figure.Should().Be(unpaid);
    }

    [Theory]
    [InlineData("revenue last week")]
    [InlineData("how much did I sell last week")]
    [InlineData("profit last week")]
    [InlineData("summary of last week")]
    [InlineData("compare the revenue of last week with the week before")]
    public void tells_of_how_many_orders_nobody_knows_whether_they_are_paid(string question)
    {
        var last = Own().Where(o => Day(o.PlacedAt) is >= 140 and <= 146 && o.PaidAt is null).Sum(o => o.Total.Minor) / 100m;

        Ask(question, s_market.AsOf(Today)).Title.Should().Contain($"of which MYR {last:0.00} is not paid yet "
            + $"(of {Market().Count(o => Day(o.PlacedAt) is >= 140 and <= 146)} orders no file tells whether they are paid)");
    }

    [Theory]
    [InlineData("how many orders do we have to pack?")]
    [InlineData("which orders are not shipped yet")]
    public void counts_no_order_as_paid_that_nobody_calls_so(string question)
    {
        var now = MadeUpShop.At(Today, 6);
        var answer = Ask(question, s_market.AsOf(Today));

        answer.Figure.Should().Be(Own().Count(o => o.PaidAt <= now && !(o.ShippedAt <= now)));
        answer.Title.Should().EndWith($" Of {Market().Count(o => !(o.ShippedAt <= now))} orders no file tells whether they are paid.");
    }

    [Fact]
    public void of_one_order_says_that_its_payment_is_not_known()
    {
        var now = MadeUpShop.At(Today, 6);

        Ask($"show me order {Market().Last().Number}", s_market.AsOf(Today)).Title.Should().Contain("whether it is paid is not known");
        Ask($"show me order {Own().Last(o => !(o.PaidAt <= now) && !(o.ShippedAt <= now)).Number}", s_market.AsOf(Today)).Title.Should()
            .Contain("; not paid;");
    }

    [Fact]
    public void of_a_country_says_of_how_many_orders_no_file_tells_it()
    {
        var (some, none) = (Marketplace(), Marketplace());
        for (var i = 0; i < some.Orders.Count; i++)
        {
            some.Orders[i] = some.Orders[i].Place.File == "marketplace.csv" ? some.Orders[i] with { Region = null } : some.Orders[i];
            none.Orders[i] = none.Orders[i] with { Region = null };
        }

        var answer = Ask("orders in Malaysia last week", some.AsOf(Today));

        answer.Figure.Should().Be(Own().Count(o => Day(o.PlacedAt) is >= 140 and <= 146));
        answer.Title.Should().EndWith(
            $" Of {Market().Count(o => Day(o.PlacedAt) is >= 140 and <= 146)} orders of these days no file tells the country.");
        Ask("orders in Malaysia last week", none.AsOf(Today)).Title.Should().StartWith("I cannot answer that for Malaysia alone");
    }

    [Fact]
    public void about_the_time_to_ship_counts_from_the_order_where_its_payment_is_not_known() =>
        Ask("how long do we take to ship", s_market.AsOf(Today)).Title.Should()
            .Contain("orders no file tells whether they are paid: since they were placed)");

    [Fact]
    public void about_the_best_customers_shows_what_of_their_orders_is_not_known()
    {
        var rows = Ask("who are my best customers?", s_market.AsOf(Today)).Rows;

        rows.Should().Contain(row => row[4].EndsWith("not known"));
    }

    private static readonly MadeUpShop s_market = Marketplace();

    private static IEnumerable<OrderRow> Own() => s_market.Orders.Where(o => o.PlacedAt <= MadeUpShop.At(Today, 6) && o.Place.File == "orders.csv");

    private static IEnumerable<OrderRow> Market() =>
        s_market.Orders.Where(o => o.PlacedAt <= MadeUpShop.At(Today, 6) && o.Place.File == "marketplace.csv");

    private static OwnerAnswer Ask(string question, ShopMoment? shop = null) =>
        QuestionAnswers.To(question, shop ?? s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None);

    private static double Orders(int from, int to) =>
        s_shop.Orders.Count(o => o.PlacedAt <= MadeUpShop.At(Today, 6) && Day(o.PlacedAt) >= from && Day(o.PlacedAt) <= to);

    private static IEnumerable<ReturnLine> Returned(int from, int to) =>
        s_shop.Returns.Where(r => Day(r.RequestedAt) >= from && Day(r.RequestedAt) <= to);

    private static int Day(DateTimeOffset at) => (int)Math.Floor((at - MadeUpShop.At(0, 0)).TotalDays);

    private static MadeUpShop Filled()
    {
        var shop = new MadeUpShop();
        shop.SendBack(0.1);
        for (var i = 0; i < shop.Orders.Count; i++)
        {
            var order = shop.Orders[i] with { Region = i % 3 == 0 ? "Penang" : "Selangor" };
            shop.Orders[i] = i % 40 == 11 ? order with { Refunded = order.Total, RefundedAt = order.PlacedAt.AddDays(2) } : order;
        }

        return shop;
    }

    /// <summary>Every third order is of a marketplace, whose file tells of no payments.</summary>
    private static MadeUpShop Marketplace()
    {
        var shop = new MadeUpShop();
        for (var i = 0; i < shop.Orders.Count; i++)
        {
            var order = shop.Orders[i];
            shop.Orders[i] = i % 3 == 0 ? order with { PaidAt = null, Place = new("marketplace.csv", i + 2) }
                : i % 10 == 7 ? order with { PaidAt = null } : order;
        }

        return shop;
    }
}
