using OpsChat.Operations.History;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

/// <summary>It is Wednesday 3 June 2026, six in the morning.</summary>
public class Questions_about_customers_who_stay_away_and_stock_for_a_day
{
    private const int Today = 149;
    private static readonly MadeUpShop s_shop = Filled();
    private static readonly ShopMoment s_moment = s_shop.AsOf(Today);

    [Theory]
    [InlineData("Customers who haven't ordered for 3 months", 59)]
    [InlineData("How many customers have not ordered for three months?", 59)]
    [InlineData("Which customers didn't order in the last 60 days?", 89)]
    [InlineData("who has not bought anything since 1 May?", 116)]
    [InlineData("inactive customers", 59)]
    public void count_those_whose_last_order_lies_before(string question, int day)
    {
        var answer = Ask(question);

        answer.Figure.Should().Be(Lapsed(day), answer.Title);
        answer.Columns.Should().Contain("last order");
        string.Join('\n', answer.Lines).Should().Contain("of order #").And.NotContain("customer 1");
    }

    [Fact]
    public void count_customers_who_stay_away_the_same_for_a_model()
    {
        var look = new OwnerLookups(s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None, "who stays away?");

        look.LookAtSales("orders", "customer", "lapsed-customers", period: "for 3 months");

        look.Found.Should().ContainSingle().Which.Figure.Should().Be(Lapsed(59));
    }

    [Theory]
    [InlineData("Will I have enough stock for the campaign?", "(Raya Sale)")]
    [InlineData("Is there enough stock for the raya sale?", "(Raya Sale)")]
    [InlineData("Will the stock last until Christmas?", "until 25 Dec 2026 (Christmas)")]
    [InlineData("do we have enough stock for 11.11?", "until 11 Nov 2026 (11.11)")]
    [InlineData("enough stock for black friday?", "until 27 Nov 2026 (Black Friday)")]
    [InlineData("Will I have enough stock until 20 June?", "until 20 Jun 2026")]
    [InlineData("Do I have enough for the next 10 days?", "until 13 Jun 2026")]
    [InlineData("is there enough stock for 2 weeks?", "until 17 Jun 2026")]
    public void about_enough_stock_name_the_day(string question, string until) => Ask(question).Title.Should().Contain(until);

    [Fact]
    public void about_a_campaign_weigh_what_is_there_and_comes_against_its_demand()
    {
        var answer = Ask("Will I have enough stock for the campaign?");

        answer.Rows.Select(r => r[0]).Should().Equal("Dress B (DRESS-B)");
        answer.Figure.Should().Be(1);
        var needed = double.Parse(answer.Rows[0][3], System.Globalization.CultureInfo.InvariantCulture);
        needed.Should().BeInRange(2.0 * 14, 4.5 * 14, "four dresses sell ten a day, and a campaign lifts one of them");
        Ask("Will I have enough DRESS-A for the campaign?").Title.Should().StartWith("Nothing of DRESS-A", "it is in no campaign");
    }

    [Fact]
    public void about_a_day_count_what_suppliers_bring_until_then()
    {
        Ask("Is there enough DRESS-C until 10 June?").Rows[0][2].Should().Be("0");
        Ask("Is there enough DRESS-C until 25 December?").Rows[0][2].Should().Be("50");
    }

    [Fact]
    public void about_enough_stock_ask_back_for_a_day_that_nobody_can_know()
    {
        Ask("Is there enough stock?").Title.Should().StartWith("Until when?");
        Ask("Is there enough stock for deepavali?").Title.Should().Contain("differs from year to year");
    }

    [Fact]
    public void about_enough_stock_are_answered_the_same_for_a_model()
    {
        var look = new OwnerLookups(s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None, "enough?");

        look.Look(QuestionTopic.EnoughStock, period: "Christmas");
        look.Look(QuestionTopic.EnoughStock, period: "Raya Sale");
        look.Look(QuestionTopic.EnoughStock, "DRESS-C", period: "10 June");

        look.Found.Select(f => f.Title).Should().Equal(
            Ask("Will I have enough stock for Christmas?").Title, Ask("Will I have enough stock for the raya sale?").Title,
            Ask("Is there enough DRESS-C until 10 June?").Title);
    }

    private static double Lapsed(int day) => s_shop.Orders.Where(o => o.PlacedAt <= MadeUpShop.At(Today, 6)).GroupBy(o => o.Customer)
        .Count(g => g.Max(o => o.PlacedAt) < MadeUpShop.At(day, 0));

    private static OwnerAnswer Ask(string question) =>
        QuestionAnswers.To(question, s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None);

    private static MadeUpShop Filled()
    {
        var shop = new MadeUpShop();
        foreach (var (sku, pieces) in MadeUpShop.Skus.Zip([900, 12, 20, 250]))
        {
            shop.Stock.Add(new(sku, new("Main", false, MadeUpShop.At(148, 20), "inventory.csv"), pieces, 0, null, 2));
        }

        shop.Supply.Add(new("PO8", "SUP1", "DRESS-C", 40, MadeUpShop.At(60), null, [new(MadeUpShop.At(85), 40)], new(4_800, "MYR"),
            new("purchase_orders.csv", 2)));
        shop.Supply.Add(new("PO9", "SUP1", "DRESS-C", 50, MadeUpShop.At(145), null, [], new(4_800, "MYR"), new("purchase_orders.csv", 3)));
        shop.Campaigns.Add(new("Raya Sale", new(2026, 6, 10), new(2026, 6, 16), ["DRESS-B"], "sale", null, new("campaigns.csv", 2)));
        return shop;
    }
}
