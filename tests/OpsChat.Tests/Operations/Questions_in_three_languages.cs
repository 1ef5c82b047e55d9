using System.Globalization;

namespace OpsChat.Tests.Operations;

/// <summary>The same questions in English, Malay and Chinese to the demo shop, each with the answer counted in its files. It is Wednesday
/// 18 November 2026, eleven in the morning.</summary>
public sealed class Questions_in_three_languages(Questions_to_the_demo_shop.Demo demo) : IClassFixture<Questions_to_the_demo_shop.Demo>
{
    private static readonly DemoFiles s_files = new(new(2026, 11, 18));
    private static readonly DateOnly s_today = s_files.Today;
    private static readonly (DateOnly From, DateOnly To) s_lastWeek = (s_files.Monday(-1), s_files.Monday(-1).AddDays(6));
    private static readonly (DateOnly From, DateOnly To) s_thisMonth = (s_files.Start(0), s_today);
    private static readonly (DateOnly From, DateOnly To) s_lastMonth = (s_files.Start(-1), s_files.Start(0).AddDays(-1));
    private static readonly (DateOnly From, DateOnly To) s_fourWeeks = (s_today.AddDays(-28), s_today.AddDays(-1));
    private static readonly (DateOnly From, DateOnly To) s_all = (new(2000, 1, 1), s_today);
    private static readonly (DateOnly From, DateOnly To) s_thirdQuarter = (new(2026, 7, 1), new(2026, 9, 30));

    private static readonly (Func<double> Answer, string[] Questions)[] s_asked =
    [
        (() => Revenue(s_lastWeek),
            ["How much did I sell last week?", "how much did we sell last week in RM", "berapa ringgit saya jual minggu lepas", "上周卖了多少钱？"]),
        (() => Revenue((s_today.AddDays(-1), s_today.AddDays(-1))), ["how much did we sell yesterday?", "昨天卖了多少钱"]),
        (() => ByArticle(s_fourWeeks, Profit).Max(),
            ["Which product makes me the most money?", "what product earns the most?", "produk mana paling untung", "哪个产品最赚钱？"]),
        (() => ByArticle(s_fourWeeks, lines => lines.Sum(Taken)).Max(), ["which product brings the most revenue?"]),
        (() => Returned(s_thisMonth),
            ["which product was returned most this month?", "produk mana paling banyak dipulangkan bulan ini", "这个月退货最多的是什么？"]),
        (() => s_files.Refunded(s_thisMonth.From, s_thisMonth.To).Count(),
            ["How much did I refund this month?", "berapa bayaran balik bulan ini", "这个月退款多少钱"]),
        (() => Customers().Max(g => g.Sum(Total)),
            ["Who are my best customers?", "who spent the most?", "siapa pelanggan terbaik saya?", "我最好的顾客是谁？", "哪个客户买得最多"]),
        (() => Customers().Max(g => g.Count()), ["which customer orders most often?"]),
        (() => s_files.Left("KEBBLO-S", "KEBBLO-M", "KEBBLO-L", "KEBBLO-XL"),
            ["stok baju kebaya berapa?", "how many kebaya clothes are left?", "kebaya 衣服还剩多少", "stok kebaya?"]),
        (() => s_files.Left("PEPSAR"), ["stok lada berapa?", "胡椒还剩多少", "how much pepper is left"]),
        (() => Orders(s_thirdQuarter), ["orders last quarter", "how many orders in Q3?", "pesanan suku lepas", "上季度有多少订单？", "第三季度订单"]),
        (() => Orders((new(2026, 10, 1), s_today)), ["how many orders this quarter?", "berapa pesanan suku ini", "本季度有多少订单"]),
        (() => Orders(s_thisMonth, "SBH"),
            ["how many orders from Sabah this month?", "orders to SBH this month", "berapa pesanan dari Sabah bulan ini", "这个月沙巴有多少订单"]),
        (() => Orders(s_lastMonth, "PNG"), ["orders to Pulau Pinang last month", "orders in Penang last month", "上个月槟城的订单"]),
        (() => s_files.Kept(s_lastMonth.From, s_lastMonth.To).Count(r => Total(r) > 200),
            ["orders over RM 200 last month", "how many orders above 200 last month?", "pesanan melebihi RM200 bulan lepas", "上个月超过200令吉的订单"]),
        (() => s_files.Kept(s_lastMonth.From, s_lastMonth.To).Count(r => Total(r) < 50),
            ["orders under RM 50 last month", "pesanan kurang dari RM50 bulan lepas"]),
        (() => s_files.Kept(s_lastMonth.From, s_lastMonth.To).Count(r => Total(r) <= 50),
            ["orders of at most RM 50 last month", "上个月50元以下的订单"]),
        (() => Change(s_lastWeek, (s_files.Monday(-2), s_files.Monday(-2).AddDays(6))),
            ["why were sales down last week?", "Kenapa jualan turun minggu lepas?", "为什么上周销售下降？", "why did we sell less last week",
                "what happened to my sales last week", "kenapa kurang jualan minggu lepas", "上周生意为什么变差了"]),
        (() => s_files.Kept(s_lastMonth.From, s_lastMonth.To).Count(r => Total(r) is >= 100 and <= 200),
            ["orders between RM100 and RM200 last month", "pesanan antara RM100 dan RM200 bulan lepas"]),
        (() => s_files.Kept(s_all.From, s_today).Where(r => s_files.Day(r["Created at"]) >= s_fourWeeks.From).Count(r => Total(r) > 300)
                - s_files.Kept(s_today, s_today).Count(r => Total(r) > 300),
            ["大于300的订单", "pesanan lebih RM300", "orders worth more than RM 300"]),
        (() => Late().Count(), ["which parcels are late?", "bungkusan mana yang lewat?", "哪些包裹迟到了？", "how many parcels are late?"]),
        (() => Purchases("Pepper"),
            ["Is my ad for the pepper worth it?", "is the pepper ad paying off?", "what is the ROI of the pepper ads",
                "iklan lada berbaloi tak?", "胡椒的广告值得吗？"]),
    ];

    public static TheoryData<string> Asked => [.. s_asked.SelectMany(a => a.Questions)];

    [Theory]
    [MemberData(nameof(Asked))]
    public void get_the_figure_that_the_files_give(string question)
    {
        var answer = demo.Ask(question);

        answer.IsUnderstood.Should().BeTrue(answer.Title);
        answer.Figure.Should().BeApproximately(
            s_asked.Single(a => a.Questions.Contains(question)).Answer(), 1e-6, string.Join('\n', answer.Lines));
        answer.Sources.Should().NotBeEmpty("every figure names where it comes from");
    }

    [Fact]
    public void about_what_was_sold_have_rows_that_come_to_the_total()
    {
        var answer = demo.Ask("How much did I sell last month?");

        answer.Rows.Should().Contain(row =>
            row[0].StartsWith("and ", StringComparison.Ordinal) && row[0].EndsWith(" more", StringComparison.Ordinal));
        answer.Rows.Sum(row => row[1].Length == 0 ? 0 : DemoFiles.Number(row[1])).Should().Be(s_files.Pieces(s_lastMonth.From, s_lastMonth.To));
        answer.Rows.Sum(row => Amount(row[2])).Should().BeApproximately(Revenue(s_lastMonth), 1e-6);
        answer.Title.Should().StartWith($"MYR {Revenue(s_lastMonth).ToString("#,0.00", CultureInfo.InvariantCulture)} was ordered")
            .And.Contain($"{s_files.Pieces(s_lastMonth.From, s_lastMonth.To)} pieces");
    }

    [Fact]
    public void about_stock_have_rows_that_come_to_the_total()
    {
        var answer = demo.Ask("how much stock is there?");

        answer.Rows.Sum(row => DemoFiles.Number(row[1])).Should().Be(answer.Figure);
    }

    [Fact]
    public void about_which_parcels_are_late_list_each_with_its_carrier_and_days()
    {
        var late = Late().ToDictionary(r => r["Order"]);

        var answer = demo.Ask("哪些包裹迟到了？");

        answer.Columns.Should().Contain(["carrier", "days late"]);
        answer.Rows.Should().HaveCount(late.Count);
        answer.Rows.Should().OnlyContain(row => late[row[0]]["Carrier"] == row[1]
            && DemoFiles.Number(row[2]) == s_today.DayNumber - Promised(row[0]).DayNumber);
        demo.Ask("how many parcels are late?").Columns.Should().NotContain("days late");
    }

    [Fact]
    public void about_the_best_customers_name_them_and_go_to_no_model()
    {
        var best = Customers().MaxBy(g => g.Sum(Total))!;

        var answer = demo.Ask("Who are my best customers?");

        answer.Title.Should().Contain(best.First()["Billing Name"]);
        answer.Columns.Should().Contain("last order");
        answer.NamesCustomer.Should().BeTrue();
        string.Join('\n', answer.Lines).Should().NotContain("@");
    }

    [Fact]
    public void about_a_customer_tell_apart_what_is_not_paid_and_what_was_cancelled()
    {
        var orders = s_files.Orders.Where(r => r["Billing Name"] == "Priya Nair").ToList();
        var kept = orders.Where(r => r["Cancelled at"].Length == 0).ToList();

        demo.Ask("what did Priya Nair buy?").Title.Should().StartWith(
            $"Priya Nair: {kept.Count} orders, MYR {kept.Sum(Total).ToString("#,0.00", CultureInfo.InvariantCulture)}, of which MYR "
                + $"{kept.Where(r => r["Paid at"].Length == 0).Sum(Total).ToString("0.00", CultureInfo.InvariantCulture)} is not paid yet"
                + "; 1 more was cancelled");
    }

    [Theory]
    [InlineData("Which supplier is the worst?", "is late most often")]
    [InlineData("pembekal mana paling teruk?", "is late most often")]
    [InlineData("哪家供应商最差？", "is late most often")]
    [InlineData("which supplier is the most reliable?", "is the most reliable")]
    [InlineData("pembekal mana terbaik", "is the most reliable")]
    [InlineData("最可靠的供应商是哪家", "is the most reliable")]
    [InlineData("who is the slowest supplier?", "is the slowest")]
    [InlineData("哪家供应商最慢", "is the slowest")]
    [InlineData("pembekal mana paling lambat", "is the slowest")]
    public void about_the_best_or_worst_supplier_name_one(string question, string says)
    {
        var answer = demo.Ask(question);

        answer.Title.Should().Contain(says);
        answer.Rows.Should().Contain(row => answer.Title.StartsWith(row[0], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("what should I do today?")]
    [InlineData("apa yang perlu saya buat hari ini?")]
    [InlineData("今天我要做什么？")]
    [InlineData("what do I need to do today")]
    [InlineData("apa tugas saya hari ini")]
    [InlineData("今天有什么要处理")]
    public void about_what_to_do_are_about_what_is_open(string question) => demo.Ask(question).Title.Should().Contain("alerts are open");

    [Fact]
    public void about_an_order_tell_where_its_parcel_was_seen_last()
    {
        var open = s_files.Scans.Where(r => r["Delivered at"].Length == 0 && r["Scanned at"].Length > 0 && s_files.Day(r["Scanned at"]) < s_today)
            .GroupBy(r => r["Order"]).First(g => s_files.Orders.Any(o => o["Name"] == g.Key && o["Cancelled at"].Length == 0));
        var last = open.MaxBy(r => r["Scanned at"], StringComparer.Ordinal)!;

        demo.Ask($"Where is order {open.Key}?").Title.Should().Contain(
            $"{last["Carrier"]} scanned it last on {s_files.Day(last["Scanned at"]):d MMM} in {last["Place"]}");
    }

    [Theory]
    [InlineData("Kenapa kucing saya sedih?", "kucing")]
    [InlineData("berapa kucing dijual", "kucing")]
    public void quote_the_owners_own_words(string question, string word)
    {
        var answer = demo.Ask(question);

        answer.IsUnderstood.Should().BeFalse();
        answer.Title.Should().Contain($"“{word}”").And.NotContain("“why”");
    }

    [Fact]
    public void that_are_not_understood_name_the_articles_that_the_other_words_name() =>
        demo.Ask("how many batik scarf purple left").Title.Should().Contain("Batik Scarf Indigo (BATSCA-INDIG)");

    [Fact]
    public void offer_others_with_names_of_the_shop()
    {
        foreach (var question in new[] { "sing me a song", "is the ad for the kite worth it?", "Whose orders?", "parcel weather" })
        {
            demo.Ask(question).Near.Should().NotContain(near => near.Contains('{') || near.Contains("SKU") || near.Contains("CARRIER"));
        }
    }

    [Theory]
    [InlineData("which product was refunded most last month?")]
    [InlineData("produk mana paling banyak bayaran balik bulan lepas")]
    [InlineData("上个月退款最多的产品是什么")]
    public void about_the_article_that_was_refunded_most_name_it_and_come_to_the_sum(string question)
    {
        var answer = demo.Ask(question);

        answer.Title.Should().Contain("was refunded most");
        answer.Rows.Sum(row => Amount(row[2])).Should().Be(
            s_files.Refunded(s_lastMonth.From, s_lastMonth.To).Sum(r => DemoFiles.Number(r["Refunded Amount"])));
    }

    [Theory]
    [InlineData("which product came back least this month", "come back")]
    [InlineData("which product has the fewest returns this month?", "come back")]
    [InlineData("哪个产品卖得最少", "sold nothing")]
    [InlineData("这个月退了多少钱？", "refunds")]
    [InlineData("should I stop the pepper ad?", "a sale leaves")]
    [InlineData("蜡烛还有多少", "pieces are there")]
    [InlineData("senaraikan bungkusan yang lewat", "are late now")]
    [InlineData("哪家快递延迟最多", "are late now")]
    [InlineData("which supplier should I avoid?", "is late most often")]
    [InlineData("how many refunds are approved but not paid yet?", "refunds")]
    public void in_yet_other_words_are_understood(string question, string says) => demo.Ask(question).Title.Should().Contain(says);

    [Theory]
    [InlineData("which articles have not sold this month?", true)]
    [InlineData("which articles sold least this month?", false)]
    public void about_what_sold_nothing_show_nothing_that_sold_and_of_what_sold_least_name_the_first_that_did(string question, bool alone)
    {
        var answer = demo.Ask(question);

        answer.Title.Should().MatchRegex($"^[0-9]+ articles? sold nothing{(alone ? "" : ", and of the others .+ sold least")}: ");
        var pieces = answer.Columns.ToList().IndexOf("pieces");
        answer.Rows[0][pieces].Should().Be("0");
        answer.Rows.All(row => row[pieces] == "0" || (!alone && row == answer.Rows[^1])).Should().BeTrue("fewer rows are shown than sold nothing");
    }

    [Fact]
    public void about_which_carrier_count_by_carrier() => demo.Ask("哪家快递延迟最多").Columns.Should().Equal("", "late");

    [Fact]
    public void about_a_fall_that_is_none_say_so()
    {
        var answer = demo.Ask("why are sales down?");

        answer.Title.StartsWith("Sales are not down: ", StringComparison.Ordinal).Should().Be(answer.Figure >= 0);
        var articles = answer.Rows.Where(row => row is [var name, ..] && name.EndsWith(')') && row[3].Contains("MYR"))
            .Select(row => row[3][0]).ToList();
        articles.Should().Contain('-', "what lost is shown").And.Contain('+', "what rose is shown too");
        articles[0].Should().Be(answer.Figure >= 0 ? '+' : '-', "what happened comes first");
    }

    [Fact]
    public void about_an_ad_that_nobody_has_say_so() =>
        demo.Ask("is the ad for the clay teapot worth it?").Title.Should().Contain("No ad").And.Contain("Pepper");

    private static double Total(IReadOnlyDictionary<string, string> order) => DemoFiles.Number(order["Total"]);

    private static double Revenue((DateOnly From, DateOnly To) days) => s_files.Kept(days.From, days.To).Sum(Total);

    private static double Orders((DateOnly From, DateOnly To) days, string? province = null) =>
        s_files.Kept(days.From, days.To).Count(r => province is null || r["Shipping Province"] == province);

    private static double Change((DateOnly From, DateOnly To) now, (DateOnly From, DateOnly To) before) => Revenue(now) - Revenue(before);

    private static IEnumerable<IGrouping<string, Dictionary<string, string>>> Customers() =>
        s_files.Kept(s_all.From, s_all.To).GroupBy(r => r["Email"]);

    private static double Returned((DateOnly From, DateOnly To) days) => s_files.Returns
        .Where(r => s_files.Day(r["Requested at"]) is { } day && day >= days.From && day <= days.To).GroupBy(r => r["SKU"]).Max(g => g.Count());

    private static IEnumerable<double> ByArticle(
        (DateOnly From, DateOnly To) days, Func<IEnumerable<Dictionary<string, string>>, double> sum) =>
        s_files.ItemsOf(days.From, days.To).GroupBy(r => r["Lineitem sku"]).Select(g => sum(g));

    private static double Taken(IReadOnlyDictionary<string, string> line) =>
        DemoFiles.Number(line["Lineitem quantity"]) * DemoFiles.Number(line["Lineitem price"]);

    /// <summary>By the newest price of an order to a supplier; zero where there was none.</summary>
    private static double Profit(IEnumerable<Dictionary<string, string>> lines) => lines.Sum(line => s_files.Supply
        .Where(s => s["SKU"] == line["Lineitem sku"] && s_files.Day(s["Ordered at"]) < s_today).OrderBy(s => s["Ordered at"], StringComparer.Ordinal)
        .ThenBy(s => s["PO Number"], StringComparer.Ordinal).LastOrDefault() is { } bought
        ? Taken(line) - DemoFiles.Number(line["Lineitem quantity"]) * DemoFiles.Number(bought["Unit Cost"])
        : 0);

    private static DateOnly Promised(string order) => s_files.Day(s_files.Orders.Single(o => o["Name"] == order)["Promised by"])!.Value;

    /// <summary>Parcels that are past their day and were delivered by no file.</summary>
    private static IEnumerable<Dictionary<string, string>> Late() => s_files.Scans.DistinctBy(r => r["Tracking Number"])
        .Where(r => r["Delivered at"].Length == 0 && s_files.Orders.SingleOrDefault(o => o["Name"] == r["Order"]) is { } order
            && order["Delivered at"].Length == 0 && order["Cancelled at"].Length == 0 && order["Promised by"].Length > 0
            && Promised(r["Order"]) < s_today);

    private static double Purchases(string group) => s_files.Ads
        .Where(r => r["Ad group"] == group && s_files.Day(r["Day"]) is { } day && day >= s_today.AddDays(-28) && day < s_today)
        .Sum(r => DemoFiles.Number(r["Conversions"]));

    private static double Amount(string money) =>
        money.Length == 0 ? 0 : double.Parse(money["MYR ".Length..], NumberStyles.Number, CultureInfo.InvariantCulture);
}
