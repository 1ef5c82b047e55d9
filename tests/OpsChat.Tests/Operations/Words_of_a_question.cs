using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

/// <summary>What words limit an answer to, and what happens to those that nobody understands. It is Wednesday 3 June 2026, six in the morning; the
/// shop sells two mugs, a plate and drop earrings.</summary>
public class Words_of_a_question
{
    private const int Today = 149;
    private static readonly string[] s_titles = ["Coffee Mug Black", "Travel Mug Red", "Dinner Plate Black", "Gold Drop Earrings"];
    private static readonly MadeUpShop s_shop = Filled();
    private static readonly ShopMoment s_moment = s_shop.AsOf(Today);

    [Theory]
    [InlineData("How many mugs were sold last week?", "Mugs (2 articles): ", "AB")]
    [InlineData("how many black mugs did we sell last week", "Coffee Mug Black (DRESS-A): ", "A")]
    [InlineData("How many mugs in black were sold last week?", "Coffee Mug Black (DRESS-A): ", "A")]
    [InlineData("How many red and black mugs were sold last week?", "Red, black mugs (2 articles): ", "AB")]
    [InlineData("How many plates and red mugs were sold last week?", "Plates, red mugs (2 articles): ", "BC")]
    [InlineData("units of drop earrings last week", "Gold Drop Earrings (DRESS-D): ", "D")]
    [InlineData("How many earrings were sold last week?", "Gold Drop Earrings (DRESS-D): ", "D")]
    [InlineData("pieces of black things sold last week", "Black (2 articles): ", "AC")]
    public void that_stand_in_titles_limit_the_answer_to_these_articles(string question, string label, string of)
    {
        var answer = Ask(question);

        answer.Title.Should().StartWith(label);
        answer.Figure.Should().Be(Pieces(140, 146, [.. of.Select(letter => $"DRESS-{letter}")]));
    }

    [Theory]
    [InlineData("How many mugs are left?")]
    [InlineData("Which mugs run out in the next 10 days?")]
    [InlineData("How many returns of mugs came in May?")]
    [InlineData("What is the margin of mugs?")]
    [InlineData("How many orders of mugs came last week?")]
    [InlineData("How much revenue did mugs bring in May?")]
    [InlineData("Who is my best customer for mugs?")]
    [InlineData("How many parcels with mugs are late?")]
    [InlineData("Which orders with mugs are stuck?")]
    [InlineData("What is the stock of mugs worth?")]
    [InlineData("any bad reviews of mugs?")]
    [InlineData("mugs?")]
    [InlineData("berapa mug dijual minggu lepas?")]
    public void limit_answers_of_every_kind(string question)
    {
        var answer = Ask(question);

        answer.Title.Should().MatchRegex("^Mugs? \\(2 articles\\): ");
        answer.Rows.SelectMany(r => r).Should().NotContain(cell => cell.Contains("DRESS-C") || cell.Contains("DRESS-D"));
    }

    [Theory]
    [InlineData("orders over RM 200", "over MYR 200.00")]
    [InlineData("orders over RM 100 and at least RM 200", "of at least MYR 200.00")]
    [InlineData("orders over RM 200 and at least RM 100", "over MYR 200.00")]
    [InlineData("orders under RM 200 and under RM 100", "under MYR 100.00")]
    [InlineData("orders over 200 last month", "over MYR 200.00")]
    [InlineData("orders of at least RM 200", "of at least MYR 200.00")]
    [InlineData("orders worth more than 1,000", "over MYR 1,000.00")]
    [InlineData("orders between RM 100 and RM 200", "between MYR 100.00 and MYR 200.00")]
    [InlineData("orders not more than RM 200", "of at most MYR 200.00")]
    [InlineData("orders no more than RM 200", "of at most MYR 200.00")]
    [InlineData("orders that aren't over RM 200", "of at most MYR 200.00")]
    [InlineData("orders not exceeding RM 200", "of at most MYR 200.00")]
    [InlineData("orders up to RM 200", "of at most MYR 200.00")]
    [InlineData("orders not less than RM 200", "of at least MYR 200.00")]
    [InlineData("orders that are not under 200", "of at least MYR 200.00")]
    [InlineData("orders of not at least RM 200", "under MYR 200.00")]
    [InlineData("orders with a total amount over RM 200", "over MYR 200.00")]
    [InlineData("orders not between RM 100 and RM 200", null)]
    [InlineData("orders over 200 from October", "over MYR 200.00")]
    [InlineData("orders over 200 since June", "over MYR 200.00")]
    [InlineData("orders over 200 marketplace", "over MYR 200.00")]
    [InlineData("orders under 200 for products from Tanah Pottery", "under MYR 200.00")]
    [InlineData("how many orders last month over 200", "over MYR 200.00")]
    [InlineData("how many orders did we have in May over 200?", "over MYR 200.00")]
    [InlineData("how many orders from Penang last week were under 150", "under MYR 150.00")]
    [InlineData("how many orders last week over 3 days late", null)]
    [InlineData("orders over 20 October", null)]
    [InlineData("late orders over 3 business days", null)]
    [InlineData("orders with more than 2 mugs", null)]
    [InlineData("orders over 1,000 days old", null)]
    [InlineData("orders between 3 and 5 June", null)]
    public void name_an_amount_that_orders_come_to_and_no_count_of_something_else(string question, string? amount) =>
        OrderAmount.In(question, "MYR")?.ToString().Should().Be(amount);

    [Fact]
    public void admit_exactly_the_amount_where_they_say_at_least()
    {
        OrderAmount.In("orders of at least RM 200", "MYR")!.Admits(new(20000, "MYR")).Should().BeTrue();
        OrderAmount.In("orders over RM 200", "MYR")!.Admits(new(20000, "MYR")).Should().BeFalse();
        OrderAmount.In("orders between RM 100 and RM 200", "MYR")!.Admits(new(10000, "MYR")).Should().BeTrue();
        OrderAmount.In("orders of at most RM 200", "MYR")!.Admits(new(20001, "MYR")).Should().BeFalse();
    }

    [Theory]
    [InlineData("Why did returns rise for orders to Penang?", QuestionTopic.WhyReturns)]
    [InlineData("why did more orders come last week?", QuestionTopic.WhySales)]
    public void ask_why_of_what_they_name(string question, QuestionTopic topic) =>
        OwnerQuestion.Read(question, s_moment).Topic.Should().Be(topic);

    [Fact]
    public void that_name_what_to_compare_with_are_answered_beside_it() =>
        Ask("Why were sales in May lower than in March?").Title.Should().Contain("beside 1 Mar to 31 Mar");

    [Theory]
    [InlineData("orders in the last quarter of 2025", "Q4 2025")]
    [InlineData("orders last quarter", "Q1 2026")]
    public void name_a_quarter(string question, string quarter) => Ask(question).Title.Should().Contain(quarter);

    [Fact]
    public void about_two_customers_of_one_name_count_them_apart()
    {
        var customers = s_shop.Orders.Where(o => o.Customer is not null).GroupBy(o => o.Customer!).OrderByDescending(g => g.Count()).Take(2).ToList();
        var records = OwnerRecords.None with { Buyers = [new("Nur", [.. customers.Select(g => g.Key)])] };

        var answer = QuestionAnswers.To("Which customer orders most often?", s_moment, OperationsSettings.Default("MYR"), records);

        answer.Figure.Should().Be(customers[0].Count());
        answer.Rows.Select(row => row[0]).Should().OnlyHaveUniqueItems().And.Contain(name => name.StartsWith("Nur (order #"));
    }

    [Theory]
    [InlineData("How many bowls were sold last week?", "bowls")]
    [InlineData("How many large mugs were sold last week?", "large")]
    [InlineData("What did we spend on ads for bowls?", "bowls")]
    [InlineData("How many orders came from Atlantis last week?", "atlantis")]
    [InlineData("How many parcels of Albatross are late?", "albatross")]
    [InlineData("How long does Acme really take?", "acme")]
    [InlineData("How many red plates are left?", "red plates")]
    [InlineData("Who is my best customer in Atlantis?", "atlantis")]
    [InlineData("How many latex gloves were sold?", "latex")]
    [InlineData("What time of day do we sell the most?", "time")]
    [InlineData("What is the weather like?", "weather")]
    public void that_mean_nothing_and_name_nothing_are_refused_by_name(string question, string word)
    {
        var answer = Ask(question);

        answer.IsUnderstood.Should().BeFalse(answer.Title);
        answer.Title.Should().Contain($"“{word}");
        answer.Figure.Should().BeNull();
        answer.Rows.Should().BeEmpty();
        answer.Near.Should().NotBeEmpty();
    }

    [Fact]
    public void that_are_a_slip_away_from_an_articles_are_offered_in_its_place() =>
        Ask("How many muggs were sold last week?").Near[0].Should().Be("How many mug were sold last week?");

    [Fact]
    public void that_name_a_place_count_the_orders_that_go_there()
    {
        var answer = Ask("How many orders from Penang came last week?");

        answer.Title.Should().StartWith("Penang (PNG): ");
        answer.Figure.Should().Be(s_shop.Orders.Count(o => Day(o.PlacedAt) is >= 140 and <= 146 && o.Region == "Penang"));
        Ask("How many mugs were sold to Penang last week?").Figure.Should().Be(
            s_shop.Orders.Where(o => Day(o.PlacedAt) is >= 140 and <= 146 && o.Region == "Penang").SelectMany(o => o.Lines)
                .Where(l => l.Sku is "DRESS-A" or "DRESS-B").Sum(l => l.Quantity));
    }

    [Fact]
    public void that_name_a_channel_count_what_it_brought() =>
        Ask("How many orders did influencer bring last week?").Figure.Should().Be(
            s_shop.Orders.Count(o => Day(o.PlacedAt) is >= 140 and <= 146 && o.Source == "influencer"));

    [Fact]
    public void that_are_one_word_of_a_carrier_or_supplier_name_it()
    {
        Ask("How many Laju parcels are on the way?").Title.Should().Contain("by Laju Kurier");
        Ask("How long does Tanah really take?").Title.Should().StartWith("Tanah Pottery really takes");
        Ask("How many pieces from Tanah were sold last week?").Figure.Should().Be(Pieces(140, 146, "DRESS-B"));
    }

    [Theory]
    [InlineData("How many pieces did Laju Kurier sell last week?", "Laju Kurier")]
    [InlineData("How much inventory is there in Penang?", "Penang")]
    public void that_name_what_the_rows_do_not_tell_apart_get_no_answer_for_everything(string question, string name)
    {
        var answer = Ask(question);

        answer.IsUnderstood.Should().BeFalse();
        answer.Title.Should().Contain($"for {name} alone");
    }

    [Theory]
    [InlineData("Is order #1051 late?")]
    [InlineData("is order 1051 stuck?")]
    public void that_name_an_order_are_about_it_and_no_other(string question) => Ask(question).Title.Should().StartWith("Order #1051: ");

    [Fact]
    public void that_name_an_ad_group_sum_its_days_only() =>
        Ask("What did we spend on group B last week?").Figure.Should().Be(7 * 20.0);

    [Theory]
    [InlineData("How many mugs were sold on Monday?", 147, 147)]
    [InlineData("How many mugs were sold in the last three weeks?", 128, 148)]
    [InlineData("How many mugs were sold since April?", 86, 148)]
    public void that_name_days_in_other_ways_are_days(string question, int from, int to) =>
        Ask(question).Figure.Should().Be(Pieces(from, to, "DRESS-A", "DRESS-B"));

    [Fact]
    public void that_name_nothing_put_up_no_other_action()
    {
        var key = SubjectKey.Of(("adGroup", "group B"));
        var alert = new Alert
        {
            Key = key.KeyFor("ad-waste"), Monitor = "ad-waste", Subject = key, Owner = "marketing", Headline = "group B costs too much.",
            OpenedAt = MadeUpShop.At(148), CheckedAt = MadeUpShop.At(149, 6),
            Actions = [new(ActionKind.PauseAd, "group B", new Dictionary<string, string> { ["sku"] = "DRESS-B" }, null, "Pause group B", MadeUpShop.At(155))],
        };
        var records = new OwnerRecords([alert], [], []);
        OwnerAnswer Wish(string words) => QuestionAnswers.To(words, s_moment, OperationsSettings.Default("MYR"), records);

        Wish("pause the ads for bowls").Wish.Should().BeNull();
        Wish("pause the ads for mugs").Wish.Should().NotBeNull();
        Wish("pause the ads").Wish.Should().NotBeNull();
    }

    [Theory]
    [InlineData("How many mugs were sold last week?", "mugs")]
    [InlineData("How many plates and red mugs were sold last week?", "plates, red mugs")]
    public void limit_what_a_model_looks_up_alike(string question, string articles)
    {
        var look = new OwnerLookups(s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None, question);

        look.Look(QuestionTopic.Sold, articles, period: "last week");

        look.Found.Should().ContainSingle().Which.Title.Should().Be(Ask(question).Title);
    }

    [Fact]
    public void that_a_model_makes_up_are_said_and_not_looked_up()
    {
        var look = new OwnerLookups(s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None, "bowls?");

        look.Look(QuestionTopic.Sold, "bowls").Should().Be("No article of that name is known.");
        look.Look(QuestionTopic.Sold, "mugs, bowls").Should().StartWith("No article is called bowls.");
        look.Found.Should().BeEmpty();
    }

    [Theory]
    [InlineData("How long will the mugs last?", "Mugs (2 articles): How long what is there lasts.")]
    [InlineData("How many units of mugs do I have in stock?", "Mugs (2 articles): 112 pieces are there")]
    [InlineData("Which orders haven't been shipped yet?", "10 paid orders have not left; 0 of them should have")]
    [InlineData("Which campaigns are not profitable?", "ad groups pay more")]
    [InlineData("What needs my attention?", "alerts are open")]
    [InlineData("Which products haven't sold in 60 days?", "the last 60 days")]
    [InlineData("Which mugs run out in 10 days?", "within 10 days")]
    public void of_every_day_are_about_what_they_mean(string question, string about) => Ask(question).Title.Should().Contain(about);

    private static OwnerAnswer Ask(string question) =>
        QuestionAnswers.To(question, s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None);

    private static double Pieces(int from, int to, params string[] skus) => s_shop.Orders.Where(o => Day(o.PlacedAt) >= from && Day(o.PlacedAt) <= to)
        .SelectMany(o => o.Lines).Where(l => skus.Contains(l.Sku)).Sum(l => l.Quantity);

    private static int Day(DateTimeOffset at) => (int)Math.Floor((at - MadeUpShop.At(0, 0)).TotalDays);

    private static MadeUpShop Filled()
    {
        var shop = new MadeUpShop();
        for (var i = 0; i < s_titles.Length; i++)
        {
            shop.Products[i] = shop.Products[i] with { Title = s_titles[i], Type = "Goods", Supplier = i == 1 ? "Tanah Pottery" : "SUP1" };
            shop.Stock.Add(new(MadeUpShop.Skus[i], new("Main", false, MadeUpShop.At(148, 20), "inventory.csv"), 6 + 100 * i, 0, null, 2));
            shop.Reviews.Add(new(MadeUpShop.Skus[i], MadeUpShop.At(146), 2, null, "", new("reviews.csv", i + 2)));
        }

        shop.SendBack(0.1);
        foreach (var (order, i) in shop.Orders.ToList().Select((o, i) => (o, i)))
        {
            shop.Orders[i] = order with { Region = i % 3 == 0 ? "Penang" : "Selangor", Source = i % 4 == 0 ? "influencer" : "search" };
            shop.Parcels.Add(new(order.Number, i % 2 == 0 ? "Laju Kurier" : "Pos Bestari", $"TRK{i}", order.ShippedAt!.Value,
                order.ShippedAt.Value.AddDays(3), [], new("shipments.csv", i + 2)));
        }

        for (var day = 100; day < Today; day++)
        {
            shop.Ads.Add(new(MadeUpShop.First.AddDays(day), MadeUpShop.First.AddDays(day), "Shopping", "group A", null, new(3000, "MYR"), 1, null,
                null, null, "DRESS-A", new("ads.csv", day)));
            shop.Ads.Add(new(MadeUpShop.First.AddDays(day), MadeUpShop.First.AddDays(day), "Shopping", "group B", null, new(2000, "MYR"), 0, null,
                null, null, "DRESS-B", new("ads.csv", day)));
        }

        shop.Supply.Add(new("PO9", "Tanah Pottery", "DRESS-B", 60, MadeUpShop.At(66), null, [new(MadeUpShop.At(80), 60)], new(4_800, "MYR"),
            new("purchase_orders.csv", 2)));
        return shop;
    }
}
