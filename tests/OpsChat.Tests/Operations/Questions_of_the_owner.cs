using System.Globalization;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

/// <summary>Sixty questions, each with the answer computed apart from the raw rows. It is Wednesday 3 June 2026, six in the morning.</summary>
public class Questions_of_the_owner
{
    private const int Today = 149;
    private static readonly MadeUpShop s_shop = Filled();
    private static readonly ShopMoment s_moment = s_shop.AsOf(Today);
    private static readonly OwnerRecords s_records = new(
        [Alert("ad-waste", ("adGroup", "group B"),
            new ProposedAction(ActionKind.PauseAd, "group B", new Dictionary<string, string> { ["sku"] = "DRESS-B" }, null, "Pause group B",
            MadeUpShop.At(155)))],
        [],
        [Refund(118, 4000, "#1190"), Refund(130, 2550, "#1300"), Refund(146, 10_000, "#1460"), Refund(147, 999, "#1470"), Refund(88, 500, "#900")]);

    private static readonly Dictionary<string, Func<double>> s_questions = new()
    {
        ["How many DRESS-A were sold yesterday?"] = () => Pieces("DRESS-A", 148, 148),
        ["how many dress-b did we sell last week"] = () => Pieces("DRESS-B", 140, 146),
        ["Units of DRESS-C in May?"] = () => Pieces("DRESS-C", 116, 146),
        ["What were the sales of DRESS-D in the last 30 days?"] = () => Pieces("DRESS-D", 119, 148),
        ["How many pieces were sold in April 2026?"] = () => Pieces(null, 86, 115),
        ["sold since 20 May"] = () => Pieces(null, 135, 148),
        ["How many units did we sell between 1 March and 10 March?"] = () => Pieces(null, 55, 64),
        ["How many Dress A were sold on 2026-05-05?"] = () => Pieces("DRESS-A", 120, 120),
        ["sales of DRESS-B this week"] = () => Pieces("DRESS-B", 147, 148),
        ["units sold this month"] = () => Pieces(null, 147, 148),
        ["How many orders came last week?"] = () => Orders(140, 146),
        ["How many orders did we have in May and how much revenue?"] = () => Orders(116, 146),
        ["orders yesterday?"] = () => Orders(148, 148),
        ["What was the revenue in the past 7 days?"] = () => Orders(142, 148),
        ["How many orders of DRESS-A in the last 2 weeks?"] = () =>
            s_shop.Orders.Count(o => Day(o.PlacedAt) is >= 135 and <= 148 && o.Lines.Any(l => l.Sku == "DRESS-A")),
        ["average order value this month"] = () => (double)s_shop.Orders.Where(o => Day(o.PlacedAt) is 147 or 148).Average(o => o.Total.Major),
        ["What sold most in May?"] = () => MadeUpShop.Skus.Max(s => Pieces(s, 116, 146)),
        ["best sellers last week"] = () => MadeUpShop.Skus.Max(s => Pieces(s, 140, 146)),
        ["Which article sells best?"] = () => MadeUpShop.Skus.Max(s => Pieces(s, 121, 148)),
        ["How many returns came in May?"] = () => Returned(116, 146),
        ["How many returns of DRESS-B in the last 30 days?"] = () => Returned(119, 148, "DRESS-B"),
        ["returns last week"] = () => Returned(140, 146),
        ["How much of DRESS-C was sent back in April?"] = () => Returned(86, 115, "DRESS-C"),
        ["How many came back because too small in May?"] = () => Returned(116, 146, null, "Too small"),
        ["returns of DRESS-B that were too small since 1 May"] = () => Returned(116, 148, "DRESS-B", "Too small"),
        ["How many returns of articles from SUP9 last month?"] = () => Returned(116, 146, "DRESS-B"),
        ["What were the reasons for returns last month?"] = () => Returned(116, 146),
        ["Why do people return things? last 10 days"] = () => Returned(139, 148),
        ["How many refunds did we approve in May and how much?"] = () => 3,
        ["refunds this month"] = () => 1,
        ["How many refunds were approved yesterday?"] = () => 0,
        ["refunds since 1 April"] = () => 5,
        ["How much did we refund in April?"] = () => 1,
        ["How many pieces of DRESS-A are left?"] = () => 900,
        ["stock of dress-b"] = () => 6,
        ["how many DRESS-C do we have on hand?"] = () => 300,
        ["DRESS-D"] = () => 250,
        ["What is available of DRESS-A and DRESS-C?"] = () => 1200,
        ["How much inventory is there?"] = () => 1456,
        ["What runs out this week?"] = () => 1,
        ["which articles run out in the next 10 days"] = () => 1,
        ["Anything running out?"] = () => 1,
        ["How many parcels are late?"] = () => Late(null, null, null),
        ["Late parcels of Laju Kurier right now"] = () => Late("Laju Kurier", null, null),
        ["How many parcels by Pos Bestari were late last week?"] = () => Late("Pos Bestari", 140, 146),
        ["parcels late in May"] = () => Late(null, 116, 146),
        ["How many parcels are on the way?"] = () => OnTheWay(null),
        ["what is in transit with Laju Kurier?"] = () => OnTheWay("Laju Kurier"),
        ["Which orders are stuck?"] = () => 2,
        ["how many orders are not shipped although paid?"] = () => 2,
        ["How long does SUP9 really take?"] = () => 14,
        ["lead time of SUP9"] = () => 14,
        ["What did we spend on ads last week?"] = () => Spent(140, 146, null),
        ["ad spend for DRESS-B in the last 5 days"] = () => Spent(144, 148, "DRESS-B"),
        ["How much went into advertising in May?"] = () => Spent(116, 146, null),
        ["Which ads lose money?"] = () => 1,
        ["How many lines were packed wrong last week?"] = () =>
            s_shop.Picks.Count(p => Day(p.PackedAt) is >= 140 and <= 146 && p.SkuPacked != p.SkuOrdered),
        ["packing errors in May"] = () => s_shop.Picks.Count(p => Day(p.PackedAt) is >= 116 and <= 146 && p.SkuPacked != p.SkuOrdered),
        ["Which subscription charges failed in May?"] = () => 2,
        ["What is the margin of DRESS-A?"] = () => 72,
        ["What needs attention?"] = () => 1,
    };

    /// <summary>The same shop for other tests about it.</summary>
    internal static (ShopMoment Shop, OwnerRecords Records) Asked => (s_shop.AsOf(Today), s_records);

    internal static IReadOnlyDictionary<string, Func<double>> Answers => s_questions;

    public static TheoryData<string> Questions => [.. s_questions.Keys];

    [Theory]
    [MemberData(nameof(Questions))]
    public void are_answered_with_the_figure_that_the_rows_give(string question)
    {
        var answer = QuestionAnswers.To(question, s_moment, OperationsSettings.Default("MYR"), s_records);

        answer.IsUnderstood.Should().BeTrue();
        answer.Figure.Should().BeApproximately(s_questions[question](), 1e-6, answer.Title);
        answer.Sources.Should().NotBeEmpty("every figure names where it comes from");
    }

    [Fact]
    public void are_sixty_and_one() => s_questions.Should().HaveCount(61);

    [Theory]
    [InlineData("What is the weather like?")]
    [InlineData("")]
    [InlineData("why?")]
    [InlineData("tell me a joke about margins' cousin")]
    public void that_are_not_understood_get_near_ones_and_no_figure(string question)
    {
        var answer = QuestionAnswers.To(question, s_moment, OperationsSettings.Default("MYR"), s_records);

        (answer.IsUnderstood && answer.Figure is not null).Should().BeFalse(answer.Title);
        (answer.IsUnderstood || answer.Near.Count > 0).Should().BeTrue();
    }

    [Fact]
    public void about_a_rise_name_what_explains_it()
    {
        var answer = QuestionAnswers.To("Why did returns of DRESS-B rise?", s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None);

        string.Join('\n', answer.Lines).Should().Contain("too small").And.Contain("new supplier SUP9");
    }

    [Fact]
    public void how_much_was_refunded_name_the_sum() =>
        QuestionAnswers.To("How many refunds did we approve in May and how much?", s_moment, OperationsSettings.Default("MYR"),
            s_records).Title.Should().Contain("3 refunds").And.Contain("165.50");

    [Fact]
    public void without_the_file_say_what_is_missing()
    {
        var empty = new MadeUpShop().AsOf(Today);

        foreach (var question in new[] { "How many returns in May?", "late parcels?", "ad spend last week", "packing errors", "failed subscriptions",
            "stock of DRESS-A" })
        {
            QuestionAnswers.To(question, empty, OperationsSettings.Default("MYR"), OwnerRecords.None).Should().Match<OwnerAnswer>(a =>
                a.Figure == null && a.Rows.Count == 0, question);
        }
    }

    [Theory]
    [InlineData("pause the ad for DRESS-B", true)]
    [InlineData("Please pause DRESS-B", true)]
    [InlineData("pause DRESS-A", false)]
    [InlineData("Pause everything for DRESS-C now", false)]
    public void that_are_wishes_name_only_what_an_open_alert_proposes(string wish, bool isOffered)
    {
        var answer = QuestionAnswers.To(wish, s_moment, OperationsSettings.Default("MYR"), s_records);

        (answer.Wish is not null).Should().Be(isOffered);
        answer.Figure.Should().BeNull();
    }

    private static double Pieces(string? sku, int from, int to) =>
        s_shop.Orders.Where(o => Day(o.PlacedAt) >= from && Day(o.PlacedAt) <= to).SelectMany(o => o.Lines).Where(l => sku is null
        || l.Sku == sku).Sum(l => l.Quantity);

    private static double Orders(int from, int to) => s_shop.Orders.Count(o => Day(o.PlacedAt) >= from && Day(o.PlacedAt) <= to);

    private static double Returned(int from, int to, string? sku = null, string? reason = null) =>
        s_shop.Returns.Count(r => Day(r.RequestedAt) >= from && Day(r.RequestedAt) <= to && (sku is null || r.Sku == sku)
            && (reason is null || r.Reason == reason));

    private static double OnTheWay(string? carrier) =>
        s_shop.Parcels.Count(p => (carrier is null || p.Carrier == carrier) && p.ShippedAt <= MadeUpShop.At(Today, 6)
            && !(p.DeliveredAt <= MadeUpShop.At(Today, 6)));

    private static double Late(string? carrier, int? from, int? to) => s_shop.Parcels.Count(p =>
    {
        var promised = s_shop.Orders.First(o => o.Number == p.Order).Promised!.Value.DayNumber - MadeUpShop.First.DayNumber;
        var delivered = p.DeliveredAt is { } at && at <= MadeUpShop.At(Today, 6) ? Day(at) : int.MaxValue;
        return (carrier is null || p.Carrier == carrier) && promised < Today && delivered > promised
            && (from is null ? delivered == int.MaxValue : promised >= from && promised <= to);
    });

    private static double Spent(int from, int to, string? sku) =>
        s_shop.Ads.Where(a => a.From.DayNumber - MadeUpShop.First.DayNumber is var day && day >= from && day <= to
        && (sku is null || a.Sku == sku)).Sum(a => a.Cost.Minor) / 100.0;

    private static int Day(DateTimeOffset at) => (int)Math.Floor((at - MadeUpShop.At(0, 0)).TotalDays);

    private static ApprovedRefund Refund(int day, long minor, string order) =>
        new(MadeUpShop.At(day), new Money(minor, "MYR"), order) { IsDone = true };

    private static Alert Alert(string monitor, (string, string) subject, ProposedAction action)
    {
        var key = SubjectKey.Of(subject);
        return new() { Key = key.KeyFor(monitor), Monitor = monitor, Subject = key, Owner = "marketing", Headline = "group B costs too much.",
            OpenedAt = MadeUpShop.At(148), CheckedAt = MadeUpShop.At(149, 6), Actions = [action] };
    }

    private static MadeUpShop Filled()
    {
        var shop = new MadeUpShop();
        shop.SendBack(0.04);
        shop.Supply.Add(new("PO9", "SUP9", "DRESS-B", 60, MadeUpShop.At(66), null, [new(MadeUpShop.At(80), 60)], new(4_800, "MYR"),
            new("purchase_orders.csv", 2)));
        shop.SendBack(0.2, 80, "DRESS-B", "Too small");
        foreach (var (sku, pieces) in MadeUpShop.Skus.Zip([900, 6, 300, 250]))
        {
            shop.Stock.Add(new(sku, new("Main", false, MadeUpShop.At(148, 20), "inventory.csv"), pieces, 0, null, 2));
        }

        foreach (var (order, i) in shop.Orders.ToList().Select((o, i) => (o, i)))
        {
            var late = i % 9 == 0 ? 6 : 0;
            shop.Parcels.Add(new(order.Number, i % 2 == 0 ? "Laju Kurier" : "Pos Bestari", $"TRK{i}", order.ShippedAt!.Value,
                order.ShippedAt.Value.AddDays(3 + late), [], new("shipments.csv", i + 2)));
            shop.Orders[i] = order with { DeliveredAt = null };
            shop.Picks.Add(new(order.Number, order.ShippedAt.Value.AddHours(4), "A1", "day", null, order.Lines[0].Sku, i % 50 == 7 ? "DRESS-X"
                : order.Lines[0].Sku, 1, 1, new("fulfilment.csv", i + 2)));
        }

        shop.Sell(144, "DRESS-A", isShipped: false);
        shop.Sell(145, "DRESS-D", isShipped: false);
        for (var day = 100; day < Today; day++)
        {
            shop.Ads.Add(new(MadeUpShop.First.AddDays(day), MadeUpShop.First.AddDays(day), "Shopping", "group A", null, new(3000 + day, "MYR"), 1,
                null, null, null, "DRESS-A", new("ads.csv", day)));
            shop.Ads.Add(new(MadeUpShop.First.AddDays(day), MadeUpShop.First.AddDays(day), "Shopping", "group B", null, new(2000 + day, "MYR"), 0,
                null, null, null, "DRESS-B", new("ads.csv", day)));
        }

        shop.Charges.AddRange(new[] { (120, true), (130, false), (140, true), (148, true) }.Select((c, i) =>
            new SubscriptionCharge($"S{i}", MadeUpShop.At(c.Item1), c.Item2, new(4900, "MYR"), null, "c", new("subscriptions.csv", i + 2))));
        return shop;
    }

    [Theory]
    [InlineData("2026-11-25", "2026-11-29")]
    [InlineData("2026-11-28", "2026-12-05")]
    [InlineData("2026-11-29", "2026-12-06")]
    public void look_ahead_to_the_end_of_the_week_and_on_a_weekend_over_seven_days(string today, string until) =>
        QuestionPeriod.Of("what runs out this week?", DateOnly.Parse(today, CultureInfo.InvariantCulture), looksAhead: true)!
            .To.Should()
            .Be(DateOnly.Parse(until, CultureInfo.InvariantCulture));
}
