using OpsChat.Operations.History;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

/// <summary>What a shop owner asks on an ordinary day, each with the answer computed apart from the raw rows. It is Wednesday 3 June 2026, six in
/// the morning.</summary>
public class Everyday_questions_of_the_owner
{
    private const int Today = 149;
    private static readonly DateTimeOffset s_now = MadeUpShop.At(Today, 6);
    private static readonly MadeUpShop s_shop = Filled();
    private static readonly ShopMoment s_moment = s_shop.AsOf(Today);

    private static readonly Dictionary<string, Func<double>> s_questions = new()
    {
        ["Who is my best customer?"] = () => Placed().GroupBy(o => o.Customer).Max(Revenue),
        ["Which customer orders most often?"] = () => Placed().GroupBy(o => o.Customer).Max(g => g.Count()),
        ["who spent the most in May?"] = () => Placed(116, 146).GroupBy(o => o.Customer).Max(Revenue),
        ["Which customer brought the most revenue this year?"] = () => Placed(0, 149).GroupBy(o => o.Customer).Max(Revenue),
        ["How many customers do I have?"] = () => Placed().Select(o => o.Customer).Distinct().Count(),
        ["How many customers ordered last week?"] = () => Placed(140, 146).Select(o => o.Customer).Distinct().Count(),
        ["How many new customers did we get last week?"] = () =>
            Placed(140, 146).Select(o => o.Customer).Distinct().Count(c => Placed().First(o => o.Customer == c).PlacedAt >= MadeUpShop.At(140)),
        ["How many customers came back in May?"] = () =>
            Placed(116, 146).GroupBy(o => o.Customer).Count(g => g.Count() > 1 || Placed(0, 115).Any(o => o.Customer == g.Key)),
        ["What was our busiest day in May?"] = () => Placed(116, 146).GroupBy(o => Day(o.PlacedAt)).Max(g => g.Count()),
        ["Which weekday brings the most revenue?"] = () => Placed(121, 148).GroupBy(o => o.PlacedAt.DayOfWeek).Max(Revenue),
        ["Where do most orders come from?"] = () => Placed(121, 148).GroupBy(o => o.Region).Max(g => g.Count()),
        ["Which state brings the most revenue in May?"] = () => Placed(116, 146).GroupBy(o => o.Region).Max(Revenue),
        ["Which channel brings the most orders?"] = () => Placed(121, 148).GroupBy(o => o.Source).Max(g => g.Count()),
        ["Which product brings the most revenue last month?"] = () => MadeUpShop.Skus.Max(sku => Lines(sku, 116, 146).Sum(Taken)),
        ["How much did DRESS-B bring in May?"] = () => Lines("DRESS-B", 116, 146).Sum(Taken),
        ["How much profit did DRESS-A bring in May?"] = () => Lines("DRESS-A", 116, 146).Sum(Left),
        ["How much profit did we make in May?"] = () => MadeUpShop.Skus.Sum(sku => Lines(sku, 116, 146).Sum(Left)),
        ["How much money did we make yesterday?"] = () => MadeUpShop.Skus.Sum(sku => Lines(sku, 148, 148).Sum(Left)),
        ["What did not sell in the last 7 days?"] = () => MadeUpShop.Skus.Count(sku => !Lines(sku, 142, 148).Any()),
        ["How was yesterday?"] = () => Placed(148, 148).Count(),
        ["Are sales up or down?"] = () => Placed(121, 148).Count(),
        ["Is this month better than last month? Compare the revenue."] = () => Revenue(Placed(147, 149)),
        ["What is the biggest order of May?"] = () => Placed(116, 146).Max(o => o.Total.Minor) / 100.0,
        ["Biggest order last week"] = () => Placed(140, 146).Max(o => o.Total.Minor) / 100.0,
        ["How many orders were cancelled in May?"] = () => s_shop.Orders.Count(o => o.CancelledAt is { } at && Day(at) is >= 116 and <= 146),
        ["How many orders are not paid?"] = () => s_shop.Orders.Count(o => o.PlacedAt <= s_now && o.PaidAt is null && o.CancelledAt is null),
        ["How many orders do we have to pack?"] = () =>
            s_shop.Orders.Count(o => o.PlacedAt <= s_now && o.PaidAt <= s_now && o.CancelledAt is null && !(o.ShippedAt <= s_now)),
        ["How many orders did we ship yesterday?"] = () => s_shop.Orders.Count(o => o.ShippedAt is { } at && Day(at) == 148),
        ["What is my stock worth?"] = () => MadeUpShop.Skus.Zip([900, 6, 300, 250]).Sum(s => s.Second * Cost(s.First)),
        ["Which articles do we have too much of?"] = () => 1,
        ["What is on order from SUP9?"] = () => 40,
        ["When does the next delivery arrive?"] = () => 40,
        ["How long does delivery take?"] = () => 3,
        ["Which carrier is the worst?"] = () => 3,
        ["What should I do first today?"] = () => 0,
    };

    public static TheoryData<string> Questions => [.. s_questions.Keys];

    [Theory]
    [MemberData(nameof(Questions))]
    public void are_answered_with_the_figure_that_the_rows_give(string question)
    {
        var answer = Ask(question);

        answer.IsUnderstood.Should().BeTrue();
        answer.Figure.Should().BeApproximately(s_questions[question](), 1e-6, string.Join('\n', answer.Lines));
        answer.Sources.Should().NotBeEmpty("every figure names where it comes from");
    }

    [Fact]
    public void name_a_customer_by_an_order_and_never_by_a_key()
    {
        var answer = string.Join('\n', Ask("Who is my best customer?").Lines);

        answer.Should().Contain("of order #").And.NotContain("customer-");
    }

    [Fact]
    public void about_one_order_tell_its_items_and_its_state()
    {
        var order = s_shop.Orders[50];

        string.Join('\n', Ask($"show me order {order.Number}").Lines).Should().Contain(order.Lines[0].Sku).And.Contain("delivered on 14 Jan");
        Ask("what about order #77777?").Lines.Should().Contain("No order #77777 is known.");
    }

    [Fact]
    public void about_refunds_name_a_sum_also_when_there_were_none() =>
        Ask("How many refunds did we approve in October and how much?")
            .Title.Should()
            .Be("0 refunds were approved, MYR 0.00 together: October 2025.");

    [Fact]
    public void compared_say_how_much_more_or_less() =>
        Ask("compare April to the month before").Title.Should().Contain("% less than before: April 2026 beside 1 Mar to 31 Mar");

    [Fact]
    public void compared_by_pieces_or_profit_say_how_those_changed()
    {
        Ask("compare the pieces sold in April to the month before").Title.Should().Contain("pieces");
        Ask("compare the profit of April to the month before").Title.Should().Contain("left, ");
    }

    [Fact]
    public void about_profit_say_that_it_is_not_known_where_no_file_says_what_articles_cost()
    {
        var shop = Filled();
        for (var i = 0; i < shop.Products.Count; i++)
        {
            shop.Products[i] = shop.Products[i] with { Cost = null };
        }

        shop.Supply.Clear();
        var answer = Ask("how much profit did we make last week?", shop.AsOf(Today));

        answer.Title.Should().StartWith("What was left is not known");
        answer.Figure.Should().BeNull("unknown is never zero");
    }

    [Fact]
    public void about_profit_name_what_was_taken_for_the_articles_whose_cost_is_known()
    {
        var shop = Filled();
        shop.Products[0] = shop.Products[0] with { Cost = null };

        Ask("how much profit did we make last week?", shop.AsOf(Today)).Title.Should().Contain("whose cost is known, of all");
    }

    [Fact]
    public void about_revenue_name_the_orders_in_other_currencies()
    {
        var shop = Filled();
        var last = shop.Orders.FindLastIndex(o => o.PlacedAt < MadeUpShop.At(146) && o.CancelledAt is null);
        shop.Orders[last] = shop.Orders[last] with { Total = new(9_900, "SGD") };

        Ask("how much revenue did we make in May?", shop.AsOf(Today)).Title.Should().Contain("without 1 in other currencies");
    }

    [Theory]
    [InlineData("Apa produk paling laris minggu lepas?", "What product is the best seller last week?")]
    [InlineData("Berapa jualan bulan lepas?", "How much revenue last month?")]
    [InlineData("Berapa pesanan semalam?", "How many orders yesterday?")]
    [InlineData("Stok apa yang hampir habis?", "What is running out?")]
    [InlineData("Siapa pelanggan terbaik saya?", "Who is my best customer?")]
    [InlineData("Berapa untung bulan lepas?", "How much profit last month?")]
    [InlineData("Bungkusan mana yang lewat?", "Which parcels are late?")]
    [InlineData("Apa yang perlu saya beli minggu ini?", "What should we order this week?")]
    [InlineData("Berapa banyak pulangan bulan Mei?", "How many returns in May?")]
    [InlineData("Bandingkan jualan bulan ini dengan bulan lepas", "Compare the revenue of this month with last month")]
    [InlineData("Baki stok DRESS-A berapa?", "stock of DRESS-A")]
    [InlineData("Pesanan mana yang belum dibayar?", "Which orders are not paid?")]
    public void in_malay_are_answered_like_the_same_in_english(string malay, string english)
    {
        var (answer, same) = (Ask(malay), Ask(english));

        answer.IsUnderstood.Should().BeTrue();
        answer.Title.Should().Be(same.Title);
        answer.Figure.Should().Be(same.Figure);
    }

    [Theory]
    [InlineData("What is the return rate of TEE-BLK-M?")]
    [InlineData("how many TEE-BLK-M were sold last week?")]
    public void about_an_article_that_the_shop_does_not_have_say_so(string question) =>
        Ask(question).Lines.Should().Equal("No article TEE-BLK-M is known.");

    [Fact]
    public void about_a_supplier_that_is_late_are_not_about_parcels()
    {
        var answer = Ask("Which supplier is late?");

        answer.Sources.Should().Equal("purchase orders");
        answer.Title.Should().Contain("late");
    }

    [Theory]
    [InlineData("Which items are low on stock?", "out within")]
    [InlineData("Which ads are wasting money?", "ad group")]
    [InlineData("How many customers wrote this week?", "customers wrote")]
    [InlineData("What are customers complaining about?", "customers wrote")]
    [InlineData("Any bad reviews this week?", "reviews")]
    [InlineData("Is anything wrong?", "alerts are open")]
    [InlineData("What is arriving this week?", "on order")]
    public void that_people_put_in_other_words_are_about_what_they_mean(string question, string about) => Ask(question).Title.Should().Contain(about);

    [Fact]
    public void about_the_most_profitable_article_do_not_call_the_one_with_most_revenue_so()
    {
        var shop = Filled();
        for (var i = 0; i < shop.Products.Count; i++)
        {
            shop.Products[i] = shop.Products[i] with { Cost = null };
        }

        shop.Supply.Clear();
        Ask("Which product makes the most profit?", shop.AsOf(Today)).Title.Should().StartWith("What was left is not known").And.Contain("revenue");
    }

    /// <summary>Everyday questions, and what a model that understands looks up for each.</summary>
    private static readonly Dictionary<string, Func<OwnerLookups, string>> s_lookUps = new()
    {
        ["Which customer brought the most revenue this year?"] = look => look.LookAtSales("revenue", "customer", period: "this year"),
        ["How many new customers did we get last week?"] = look => look.LookAtSales("orders", "customer", "new-customers", period: "last week"),
        ["How many customers came back in May?"] = look => look.LookAtSales("orders", "customer", "returning customers", period: "May"),
        ["What was our busiest day in May?"] = look => look.LookAtSales("orders", "day", period: "May"),
        ["Which weekday brings the most revenue?"] = look => look.LookAtSales("revenue", "weekday"),
        ["Which state brings the most revenue in May?"] = look => look.LookAtSales("revenue", "region", period: "May"),
        ["Which channel brings the most orders?"] = look => look.LookAtSales("orders", "source"),
        ["Which product brings the most revenue last month?"] = look => look.LookAtSales("revenue", "article", period: "last month"),
        ["How much profit did DRESS-A bring in May?"] = look => look.LookAtSales("profit", "article", articles: "DRESS-A", period: "May"),
        ["How much profit did we make in May?"] = look => look.LookAtSales("profit", "nothing", period: "May"),
        ["What did not sell in the last 7 days?"] = look => look.LookAtSales("pieces", "article", isLeast: true, period: "last 7 days"),
        ["Is this month better than last month? Compare the revenue."] = look =>
            look.LookAtSales("revenue", "nothing", isCompared: true, period: "this month"),
        ["What is the biggest order of May?"] = look => look.LookAtSales("revenue", "order", period: "May"),
        ["How many orders are not paid?"] = look => look.LookAtSales("orders", "nothing", "unpaid"),
        ["How many orders do we have to pack?"] = look => look.LookAtSales("orders", "nothing", "to-ship"),
        ["How many orders did we ship yesterday?"] = look => look.LookAtSales("orders", "nothing", "shipped", period: "yesterday"),
        ["What is my stock worth?"] = look => look.Look(QuestionTopic.StockValue),
        ["Which articles do we have too much of?"] = look => look.Look(QuestionTopic.TooMuch),
        ["What is on order from SUP9?"] = look => look.Look(QuestionTopic.Incoming, supplier: "SUP9"),
        ["How long does delivery take?"] = look => look.Look(QuestionTopic.Deliveries),
    };

    public static TheoryData<string> LookedUp => [.. s_lookUps.Keys];

    [Theory]
    [MemberData(nameof(LookedUp))]
    public void are_answered_the_same_for_a_model_that_looks_them_up(string question)
    {
        var look = new OwnerLookups(s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None, question);

        var told = s_lookUps[question](look);

        look.Found.Should().ContainSingle(told).Which.Figure.Should().BeApproximately(s_questions[question](), 1e-6, told);
    }

    [Fact]
    public void that_a_model_words_in_no_known_way_are_not_guessed()
    {
        var look = new OwnerLookups(s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None, "who pays best?");

        look.LookAtSales("happiness", "customer").Should().Contain("revenue, profit").And.Contain("new-customers");
        look.LookAtSales("7", "customer").Should().StartWith("Sales are counted as");
        look.Found.Should().BeEmpty();
    }

    private static OwnerAnswer Ask(string question, ShopMoment? shop = null) =>
        QuestionAnswers.To(question, shop ?? s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None);

    private static IEnumerable<OrderRow> Placed(int from = 0, int to = Today) =>
        s_shop.Orders.Where(o => o.PlacedAt <= s_now && o.CancelledAt is null && Day(o.PlacedAt) >= from && Day(o.PlacedAt) <= to);

    private static IEnumerable<SoldLine> Lines(string sku, int from, int to) => Placed(from, to).SelectMany(o => o.Lines).Where(l => l.Sku == sku);

    private static double Revenue(IEnumerable<OrderRow> orders) => orders.Sum(o => o.Total.Minor) / 100.0;

    private static double Taken(SoldLine line) => line.Price!.Value * line.Quantity / 100.0;

    private static double Left(SoldLine line) => Taken(line) - Cost(line.Sku) * line.Quantity;

    private static double Cost(string sku) => s_moment.Product(sku)!.Cost!.Value.Minor / 100.0;

    private static int Day(DateTimeOffset at) => (int)Math.Floor((at - MadeUpShop.At(0, 0)).TotalDays);

    private static MadeUpShop Filled()
    {
        var shop = new MadeUpShop();
        foreach (var (order, i) in shop.Orders.ToList().Select((o, i) => (o, i)))
        {
            shop.Orders[i] = order with
            {
                Customer = i % 17 == 0 ? "customer-best" : $"customer-{i % 400}",
                Region = i % 3 == 0 ? "Penang" : "Selangor",
                Source = i % 4 == 0 ? "search" : "influencer",
                PaidAt = i % 100 == 7 ? null : order.PaidAt,
                CancelledAt = i % 40 == 11 ? order.PlacedAt.AddHours(1) : null,
            };
            shop.Parcels.Add(new(order.Number, i % 2 == 0 ? "Laju Kurier" : "Pos Bestari", $"TRK{i}", order.ShippedAt!.Value,
                order.ShippedAt.Value.AddDays(3), [], new("shipments.csv", i + 2)));
        }

        foreach (var (sku, pieces) in MadeUpShop.Skus.Zip([900, 6, 300, 250]))
        {
            shop.Stock.Add(new(sku, new("Main", false, MadeUpShop.At(148, 20), "inventory.csv"), pieces, 0, null, 2));
        }

        shop.Supply.Add(
            new("PO9", "SUP9", "DRESS-B", 40, MadeUpShop.At(140), MadeUpShop.At(152), [], new(4_800, "MYR"), new("purchase_orders.csv", 2))
        );
        return shop;
    }
}
