using System.Globalization;
using OpsChat.Agent;
using OpsChat.Facts;
using OpsChat.Operations.History;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;
using OpsChat.Tests.Facts;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

/// <summary>What an owner asks in passing, in English, Malay and both, of the demo shop, each with the answer counted in its files. It is a
/// Wednesday, eleven in the morning.</summary>
public sealed class Questions_to_the_demo_shop(Questions_to_the_demo_shop.Demo demo) : IClassFixture<Questions_to_the_demo_shop.Demo>
{
    private static readonly DemoFiles s_files = new(new(2026, 11, 18));
    private static readonly DateOnly s_today = s_files.Today;
    private static readonly string[] s_scarves = ["BATSCA-INDIG", "BATSCA-MAROO", "BATSCA-SAGE"];

    private static readonly Dictionary<string, Func<double>> s_counts = new()
    {
        ["how much did we refund last month"] = () => Refunds(Month(-1)),
        ["how much did we refund this week"] = () => Refunds(Week(0)),
        ["refunds last week?"] = () => Refunds(Week(-1)),
        ["berapa bayaran balik bulan lepas"] = () => Refunds(Month(-1)),
        ["how many batik scarf indigo left"] = () => s_files.Left("BATSCA-INDIG"),
        ["how many indigo batik scarves are left?"] = () => s_files.Left("BATSCA-INDIG"),
        ["batik scarf indigo and sage left?"] = () => s_files.Left("BATSCA-INDIG", "BATSCA-SAGE"),
        ["how many batik scarf left"] = () => s_files.Left(s_scarves),
        ["how many linen shirt M are left"] = () => s_files.Left("LINSHI-M"),
        ["linen shirt size S in stock?"] = () => s_files.Left("LINSHI-S"),
        ["leather sandals 42 left?"] = () => s_files.Left("LEASAN-42"),
        ["what's the stock of linen shirt?"] = () => s_files.Left("LINSHI-S", "LINSHI-M", "LINSHI-L", "LINSHI-XL"),
        ["baki stok batik scarf indigo berapa?"] = () => s_files.Left("BATSCA-INDIG"),
        ["berapa batik scarf indigo tinggal"] = () => s_files.Left("BATSCA-INDIG"),
        ["how many batik scarf indigo sold last month"] = () => s_files.Pieces(Month(-1).From, Month(-1).To, "BATSCA-INDIG"),
        ["berapa batik scarf indigo terjual bulan lepas"] = () => s_files.Pieces(Month(-1).From, Month(-1).To, "BATSCA-INDIG"),
        ["sales yesterday?"] = () => Orders((s_today.AddDays(-1), s_today.AddDays(-1))),
        ["sales today"] = () => Orders((s_today, s_today)),
        ["how many orders the day before yesterday"] = () => Orders((s_today.AddDays(-2), s_today.AddDays(-2))),
        ["orders 3 days ago"] = () => Orders((s_today.AddDays(-3), s_today.AddDays(-3))),
        ["orders last weekend"] = () => Orders((s_files.Monday(-1).AddDays(5), s_files.Monday(-1).AddDays(6))),
        ["orders on monday"] = () => Orders((s_files.Monday(0), s_files.Monday(0))),
        ["sales monday"] = () => Orders((s_files.Monday(0), s_files.Monday(0))),
        ["orders two weeks ago"] = () => Orders(Week(-2)),
        ["how many orders the week before last"] = () => Orders(Week(-2)),
        ["orders the past week"] = () => Orders((s_today.AddDays(-7), s_today.AddDays(-1))),
        ["orders in the previous month"] = () => Orders(Month(-1)),
        ["orders since last week"] = () => Orders((s_files.Monday(-1), s_today)),
        ["orders after 10 November"] = () => Orders((new(2026, 11, 11), s_today)),
        ["orders before November"] = () => Orders((new(2000, 1, 1), new(2026, 10, 31))),
        ["orders in September and October"] = () => Orders((new(2026, 9, 1), new(2026, 10, 31))),
        ["jualan semalam"] = () => Orders((s_today.AddDays(-1), s_today.AddDays(-1))),
        ["berapakah pesanan minggu lepas?"] = () => Orders(Week(-1)),
        ["berapa order hari ini"] = () => Orders((s_today, s_today)),
        ["jualan bulan oktober"] = () => Orders((new(2026, 10, 1), new(2026, 10, 31))),
        ["how many order semalam ya"] = () => Orders((s_today.AddDays(-1), s_today.AddDays(-1))),
        ["most popular product"] = () => Most(Days(28)),
        ["best sellers this month"] = () => Most(Month(0)),
        ["what's my top selling product last month?"] = () => Most(Month(-1)),
        ["barang apa paling laku"] = () => Most(Days(28)),
        ["apakah produk paling laris bulan lepas"] = () => Most(Month(-1)),
        ["what are people buying most this month"] = () => Most(Month(0)),
        ["summary of last week"] = () => Orders(Week(-1)),
        ["how was last week?"] = () => Orders(Week(-1)),
        ["how is business"] = () => Orders(Days(28)),
        ["how's business this month?"] = () => Orders(Month(0)),
        ["how is my shop doing this week"] = () => Orders(Week(0)),
        ["macam mana bisnes minggu lepas"] = () => Orders(Week(-1)),
        ["ringkasan minggu lepas"] = () => Orders(Week(-1)),
        ["how did we do in October?"] = () => Orders((new(2026, 10, 1), new(2026, 10, 31))),
        ["returns by reason"] = () => Returned(Days(28)),
        ["pulangan mengikut sebab bulan lepas"] = () => Returned(Month(-1)),
        ["how many returns last month"] = () => Returned(Month(-1)),
        ["berapa barang dipulangkan bulan lepas"] = () => Returned(Month(-1)),
        ["what did Priya Nair buy"] = () => OrdersOf("Priya Nair"),
        ["what did priya buy?"] = () => OrdersOf("Priya Nair"),
        ["how many orders did Aina Rahman place"] = () => OrdersOf("Aina Rahman"),
        ["apa yang Tan Mei Ling beli"] = () => OrdersOf("Tan Mei Ling"),
        ["how much did Elaine Soh spend?"] = () => OrdersOf("Elaine Soh"),
        ["show me Rina Kusuma's orders"] = () => OrdersOf("Rina Kusuma"),
        ["which supplier is always late"] = () => MostLate(),
        ["pembekal mana yang selalu lewat?"] = () => MostLate(),
        ["are our suppliers reliable?"] = () => MostLate(),
        ["berapa untung bulan ini"] = () => Profit(Month(0)),
        ["how much profit did we make last month"] = () => Profit(Month(-1)),
        ["untung minggu lepas berapa?"] = () => Profit(Week(-1)),
        ["sales by product last month"] = () => Most(Month(-1)),
        ["good morning, any new orders?"] = () => Orders((s_today, s_today)),
        ["are we doing better than last month?"] = () => Orders(Month(0)),
        ["stok mana paling laku minggu lepas"] = () => Most(Week(-1)),
        ["how many batik scarf did Priya Nair buy"] = () => s_files.Items.Where(r => s_scarves.Contains(r["Lineitem sku"])
            && s_files.Orders.Any(o => o["Name"] == r["Name"] && o["Billing Name"] == "Priya Nair" && o["Cancelled at"].Length == 0))
            .Sum(r => DemoFiles.Number(r["Lineitem quantity"])),
        ["orders per month"] = () => Enumerable.Range(-4, 5).Max(m => Orders(Month(m))),
        ["which month was the best?"] = () => Enumerable.Range(-4, 5).Max(m => Orders(Month(m))),
        ["how many customers ordered this month"] = () => s_files.Kept(Month(0).From, Month(0).To).Select(r => r["Email"]).Distinct().Count(),
        ["berapa pelanggan beli bulan lepas"] = () => s_files.Kept(Month(-1).From, Month(-1).To).Select(r => r["Email"]).Distinct().Count(),
        ["昨天卖了多少？"] = () => s_files.Pieces(s_today.AddDays(-1), s_today.AddDays(-1)),
        ["上个月退款多少钱？"] = () => Refunds(Month(-1)),
        ["上个月卖得最好的产品是什么？"] = () => Most(Month(-1)),
        ["上周有多少订单？"] = () => Orders(Week(-1)),
        ["10月销售额多少？"] = () => Orders((new(2026, 10, 1), new(2026, 10, 31))),
        ["哪家供应商总是迟到？"] = () => MostLate(),
        ["batik scarf indigo 还剩多少？"] = () => s_files.Left("BATSCA-INDIG"),
        ["how many orders are not shipped yet"] = () => s_files.Orders.Count(IsToShip),
        ["unshipped orders"] = () => s_files.Orders.Count(IsToShip),
        ["pesanan belum dihantar"] = () => s_files.Orders.Count(IsToShip),
        ["what is out of stock?"] = () => s_files.Gone,
        ["which articles are sold out"] = () => s_files.Gone,
        ["who waits"] = () => 0,
        ["siapa tunggu jawapan"] = () => 0,
        ["customers waiting"] = () => 0,
        ["is anyone waiting for a reply?"] = () => 0,
        ["how many orders to ship today"] = () => s_files.Orders.Count(IsToShip),
    };

    public static TheoryData<string> Counts => [.. s_counts.Keys];

    [Theory]
    [MemberData(nameof(Counts))]
    public void get_the_figure_that_the_files_give(string question)
    {
        var answer = demo.Ask(question);

        answer.IsUnderstood.Should().BeTrue(answer.Title);
        answer.Figure.Should().BeApproximately(s_counts[question](), 1e-6, string.Join('\n', answer.Lines));
        answer.Sources.Should().NotBeEmpty("every figure names where it comes from");
    }

    private static bool IsToShip(IReadOnlyDictionary<string, string> row) =>
        row["Cancelled at"].Length == 0 && row["Fulfillment Status"] == "unfulfilled" && row["Paid at"].Length > 0;

    [Theory]
    [InlineData("pesanan lambat")]
    [InlineData("orders that are late")]
    [InlineData("any late orders?")]
    public void about_late_orders_are_about_parcels_that_are_late(string question) =>
        demo.Ask(question).Title.Should().Be(demo.Ask("how many parcels are late").Title);

    [Fact]
    public void about_days_to_come_have_no_summary() => demo.Ask("summary of next week").Title.Should().Be("Those days have not come yet.");

    [Theory]
    [InlineData("how many batik scarf purple left", "purple")]
    [InlineData("how many batik scarf navy left", "Batik Scarf navy")]
    [InlineData("how many batik scarf XXL left", "xxl")]
    [InlineData("returns per month", "month")]
    [InlineData("revenue by supplier", "supplier")]
    [InlineData("how many orders were cancelled last month and why", "why")]
    [InlineData("how many orders with 5 pieces last week", "5")]
    [InlineData("how many returns are open", "open")]
    [InlineData("orders this morning", "morning")]
    [InlineData("what did Zachary buy", "zachary")]
    [InlineData("berapa kucing dijual", "kucing")]
    [InlineData("昨天猫卖了多少？", "猫")]
    [InlineData("how many orders a year from now on Mars", "year")]
    [InlineData("how many left-handed mugs are left", "left-handed")]
    public void with_a_word_that_nobody_understands_are_refused_by_it_and_get_near_ones(string question, string word)
    {
        var answer = demo.Ask(question);

        answer.IsUnderstood.Should().BeFalse(answer.Title);
        answer.Title.Should().Contain($"“{word}");
        answer.Figure.Should().BeNull();
        answer.Near.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("most popular product", 28)]
    [InlineData("barang apa paling laku", 28)]
    public void about_what_sells_name_products_and_not_codes_alone(string question, int days)
    {
        var best = s_files.ItemsOf(s_today.AddDays(-days), s_today.AddDays(-1)).GroupBy(r => r["Lineitem sku"])
            .OrderByDescending(g => g.Sum(r => DemoFiles.Number(r["Lineitem quantity"]))).ThenBy(g => g.Key, StringComparer.Ordinal).First();

        var answer = demo.Ask(question);

        answer.Title.Should().StartWith($"{demo.NameOf(best.Key)} sold most");
        answer.Rows.Should().OnlyContain(row => row[0].Contains(' '), "a name stands before the code");
        demo.NameOf("BATSCA-INDIG").Should().Be("Batik Scarf Indigo (BATSCA-INDIG)");
    }

    [Fact]
    public void about_an_option_say_before_the_answer_which_article_was_meant()
    {
        demo.Ask("how many batik scarf indigo left").Title.Should().StartWith("Batik Scarf Indigo (BATSCA-INDIG): ");
        demo.Ask("how many linen shirt M are left").Title.Should().StartWith("Linen Shirt M (LINSHI-M): ");
    }

    [Fact]
    public void about_refunds_name_the_sum_and_who_tells_of_them()
    {
        var (from, to) = Month(-1);
        var sum = s_files.Refunded(from, to).Sum(r => DemoFiles.Number(r["Refunded Amount"]));

        var answer = demo.Ask("how much did we refund last month");

        answer.Title.Should().Contain($"{sum.ToString("#,0.00", CultureInfo.InvariantCulture)} together (orders {Refunds((from, to))})");
        answer.Sources.Should().Equal("orders", "returns", "approvals");
        demo.Ask("how many refunds did we approve last month?").Title.Should().StartWith("0 refunds were approved");
    }

    [Fact]
    public void about_a_customer_list_the_orders_by_name_and_show_no_address()
    {
        var said = string.Join('\n', demo.Ask("what did Priya Nair buy?").Lines);

        said.Should().StartWith("Priya Nair: ").And.Contain("#1293").And.Contain("Porcelain Rice Bowl Rooster (RICBOW-ROOST)").And.NotContain("@");
    }

    [Fact]
    public void about_a_customer_whose_name_several_have_ask_for_the_whole_name()
    {
        NamedBuyer[] buyers = [new("Nur Aisyah", ["a"]), new("Nur Farah", ["b"])];

        var answer = QuestionAnswers.To(
            "what did Nur buy?", demo.Moment, OperationsSettings.Default("MYR"), OwnerRecords.None with { Buyers = buyers });

        answer.IsUnderstood.Should().BeFalse();
        answer.Title.Should().Contain("Nur Aisyah, Nur Farah");
    }

    [Theory]
    [InlineData("did Priya Nair return anything?", "0 returns")]
    [InlineData("any refunds for Priya Nair?", "Priya Nair: 1 refund, MYR 56.00 together")]
    public void about_a_customer_limit_other_answers_too(string question, string says) => demo.Ask(question).Title.Should().Contain(says);

    [Theory]
    [InlineData("compare October with August", "1 Aug to 31 Aug")]
    [InlineData("sales this week vs last week", "this week, since 16 Nov beside 9 Nov to 11 Nov")]
    [InlineData("which items never sold", "sold least: since")]
    [InlineData("what did we order from Kain Pantai", "pieces")]
    [InlineData("which courier is best", "late equally often")]
    [InlineData("sales today compared to yesterday", "today")]
    public void that_compare_or_ask_for_an_extreme_say_what_was_understood(string question, string says) =>
        demo.Ask(question).Title.Should().Contain(says);

    private static double Orders((DateOnly From, DateOnly To) days) => s_files.Kept(days.From, days.To).Count();

    private static double Refunds((DateOnly From, DateOnly To) days) => s_files.Refunded(days.From, days.To).Count();

    private static double Returned((DateOnly From, DateOnly To) days) =>
        s_files.Returns.Count(r => s_files.Day(r["Requested at"]) is { } day && day >= days.From && day <= days.To);

    private static double OrdersOf(string name) => s_files.Orders.Count(r => r["Billing Name"] == name && r["Cancelled at"].Length == 0);

    private static double Most((DateOnly From, DateOnly To) days) => s_files.ItemsOf(days.From, days.To).GroupBy(r => r["Lineitem sku"])
        .Max(g => g.Sum(r => DemoFiles.Number(r["Lineitem quantity"])));

    /// <summary>What was taken for lines whose article was ever ordered from a supplier, less the newest price of that.</summary>
    private static double Profit((DateOnly From, DateOnly To) days)
    {
        var costs = s_files.Supply.Where(r => s_files.Day(r["Ordered at"]) < s_today).OrderBy(r => r["Ordered at"], StringComparer.Ordinal)
            .ThenBy(r => r["PO Number"], StringComparer.Ordinal)
            .GroupBy(r => r["SKU"]).ToDictionary(g => g.Key, g => DemoFiles.Number(g.Last()["Unit Cost"]));
        return s_files.ItemsOf(days.From, days.To).Where(r => costs.ContainsKey(r["Lineitem sku"])).Sum(r =>
            DemoFiles.Number(r["Lineitem quantity"]) * (DemoFiles.Number(r["Lineitem price"]) - costs[r["Lineitem sku"]]));
    }

    private static double MostLate()
    {
        bool IsDue(Dictionary<string, string> r) => s_files.Day(r["Ordered at"]) < s_today
            && (s_files.Day(r["Expected at"]) < s_today || s_files.Day(r["Received at"]) < s_today);
        bool IsLate(Dictionary<string, string> r) =>
            !(s_files.Day(r["Received at"]) is { } at && at < s_today && at <= s_files.Day(r["Expected at"]));
        return s_files.Supply.Where(IsDue).GroupBy(r => r["Supplier"])
            .Select(g => (Late: g.Count(IsLate), Share: g.Count(IsLate) / (double)g.Count())).OrderByDescending(s => s.Share)
            .ThenByDescending(s => s.Late).First().Late;
    }

    private static (DateOnly From, DateOnly To) Month(int back) =>
        (s_files.Start(back), back == 0 ? s_today : s_files.Start(back + 1).AddDays(-1));

    private static (DateOnly From, DateOnly To) Week(int back) => (s_files.Monday(back), back == 0 ? s_today : s_files.Monday(back).AddDays(6));

    private static (DateOnly From, DateOnly To) Days(int back) => (s_today.AddDays(-back), s_today.AddDays(-1));

    /// <summary>The demo shop, opened once.</summary>
    public sealed class Demo : IAsyncLifetime
    {
        private ShopUnderTest _shop = null!;
        private OwnerRecords _records = OwnerRecords.None;

        internal ShopMoment Moment { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            _shop = await ShopUnderTest.OpenAsync();
            var now = _shop.Clock.GetUtcNow();
            Moment = (await _shop.Get<OperationsDesk>().ViewAsync(now, default)).Moment(now);
            _records = await AskedRecords.ReadAsync(_shop.Store, _shop.Get<IShop>(), ShopFolderOnDisk.KualaLumpur, now, default);
        }

        public async Task DisposeAsync() => await _shop.DisposeAsync();

        internal OwnerAnswer Ask(string question) => QuestionAnswers.To(question, Moment, OperationsSettings.Default("MYR"), _records);

        internal string NameOf(string sku) => Moment.NameOf(sku);
    }
}
