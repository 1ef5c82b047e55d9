using System.Globalization;
using OpsChat.Operations.Ads;
using OpsChat.Operations.Measures;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;

namespace OpsChat.Tests.Operations;

/// <summary>What is ordered is not all paid, what is compared is what was named, and pages do not contradict each other: answers about the demo
/// shop, counted in its files. It is Wednesday 18 November 2026, eleven in the morning.</summary>
public sealed class Answers_that_say_what_they_count(Questions_to_the_demo_shop.Demo demo) : IClassFixture<Questions_to_the_demo_shop.Demo>
{
    private static readonly DemoFiles s_files = new(new(2026, 11, 18));
    private static readonly DateOnly s_today = s_files.Today;
    private static readonly (DateOnly From, DateOnly To) s_november = (new(2026, 11, 1), s_today);
    private static readonly (DateOnly From, DateOnly To) s_october = (new(2026, 10, 1), new(2026, 10, 31));

    [Theory]
    [InlineData("berapa jualan bulan ini?")]
    [InlineData("revenue in November 2026")]
    [InlineData("how much did I sell this month")]
    public void tell_what_is_not_paid_yet_beside_what_was_ordered(string question) => demo.Ask(question).Title.Should().StartWith(
        $"{Money(Sum(s_november))} was ordered, of which {Money(Unpaid(s_november))} is not paid yet");

    [Theory]
    [InlineData("revenue in October")]
    [InlineData("how much did I sell last month")]
    public void tell_what_was_refunded_beside_what_was_ordered(string question) =>
        demo.Ask(question).Title.Should().StartWith($"{Money(Sum(s_october))} was ordered, of which {Money(Refunded(s_october))} was refunded");

    [Theory]
    [InlineData("revenue October after refunds")]
    [InlineData("net sales in October")]
    public void take_refunds_off_a_sum_where_that_is_asked(string question)
    {
        var answer = demo.Ask(question);

        answer.Figure.Should().Be(Sum(s_october) - Refunded(s_october));
        answer.Title.Should().Contain($"After {Money(Refunded(s_october))} of refunds");
    }

    [Fact]
    public void take_refunds_off_a_profit_and_say_what_else_is_in_it()
    {
        var (net, profit) = (demo.Ask("net profit October after refunds"), demo.Ask("profit October"));

        net.Figure.Should().Be(profit.Figure - Refunded(s_october));
        net.Title.Should().EndWith("Fees and advertising are not taken off.");
    }

    [Fact]
    public void about_the_best_customers_tell_what_they_have_not_paid()
    {
        var priya = demo.Ask("who are my best customers?").Rows.Single(row => row[0] == "Priya Nair");

        priya[3].Should().Be(Money(s_files.Kept(new(2000, 1, 1), s_today).Where(r => r["Billing Name"] == "Priya Nair").Sum(Total)));
        priya[4].Should().Be(Money(s_files.Kept(new(2000, 1, 1), s_today)
            .Where(r => r["Billing Name"] == "Priya Nair" && r["Paid at"].Length == 0).Sum(Total)));
    }

    [Theory]
    [InlineData("compare October and November", "November 2026 beside 1 Oct to 31 Oct. November 2026 is not over yet.")]
    [InlineData("compare October with November", "November 2026 beside 1 Oct to 31 Oct.")]
    [InlineData("sales September vs October", "October 2026 beside 1 Sep to 30 Sep.")]
    [InlineData("compare Q3 and Q4", "Q4 2026, October to December beside 1 Jul to 30 Sep.")]
    [InlineData("compare 5 November and 6 November", "6 Nov 2026 beside 5 Nov.")]
    [InlineData("compare last month and this month", "November 2026 beside 1 Oct to 18 Oct.")]
    public void compare_the_days_that_were_named(string question, string days) => demo.Ask(question).Title.Should().Contain(days);

    [Theory]
    [InlineData("compare batik scarf and linen shirt last month")]
    [InlineData("compare batik scarf with linen shirt in October")]
    public void compare_the_articles_that_were_named(string question)
    {
        var sold = s_files.ItemsOf(s_october.From, s_october.To)
            .Where(r => r["Lineitem sku"][..6] is "BATSCA" or "LINSHI")
            .GroupBy(r => r["Lineitem sku"]).Select(g => (demo.NameOf(g.Key), $"{g.Sum(r => DemoFiles.Number(r["Lineitem quantity"]))}"));

        demo.Ask(question).Rows.Select(row => (row[0], row[2])).Where(row => row.Item2 != "0").Should().BeEquivalentTo(sold);
    }

    [Fact]
    public void about_three_months_show_each()
    {
        var answer = demo.Ask("compare September, October and November");

        answer.Rows.Select(row => row[0]).Should().BeEquivalentTo("September 2026", "October 2026", "November 2026");
        answer.Title.Should().StartWith($"October 2026 has the most, {s_files.Kept(s_october.From, s_october.To).Count()} orders: ");
    }

    [Fact]
    public void about_who_returned_most_name_customers()
    {
        var returns = s_files.Returns.Where(r => s_files.Day(r["Requested at"]) is { } day && day >= s_today.AddDays(-28) && day < s_today)
            .GroupBy(r => s_files.Orders.Single(o => o["Name"] == r["Order"])["Billing Name"]).ToList();
        var most = returns.MaxBy(g => g.Count())!;

        var answer = demo.Ask("who returned the most");

        answer.Title.Should().StartWith($"{returns.Count} customers returned something; {most.Key} most, {most.Count()} of ");
        answer.Figure.Should().Be(most.Count());
        answer.NamesCustomer.Should().BeTrue();
    }

    [Theory]
    [InlineData("top 5 customers by refunds")]
    [InlineData("which customers were refunded most?")]
    public void about_customers_by_refunds_name_customers(string question)
    {
        var most = s_files.Refunded(s_today.AddDays(-28), s_today.AddDays(-1)).GroupBy(r => r["Billing Name"])
            .MaxBy(g => g.Sum(r => DemoFiles.Number(r["Refunded Amount"])))!;

        var answer = demo.Ask(question);

        answer.Title.Should().Contain($"{most.Key} most, {Money(most.Sum(r => DemoFiles.Number(r["Refunded Amount"])))}");
    }

    [Theory]
    [InlineData("how long do we take to ship")]
    [InlineData("how fast do we ship orders?")]
    public void about_the_time_to_ship_count_orders_that_left(string question)
    {
        var days = s_files.Orders.Where(r => r["Cancelled at"].Length == 0 && r["Paid at"].Length > 0
                && s_files.Day(r["Fulfilled at"]) is { } day && day >= s_today.AddDays(-28) && day < s_today)
            .Select(r => (At(r["Fulfilled at"]) - At(r["Paid at"])).TotalDays).Order().ToList();

        demo.Ask(question).Figure.Should().BeApproximately(days[(days.Count - 1) / 2], 0.051);
        demo.Ask(question).Title.Should().StartWith($"Half of {days.Count} orders left within ");
    }

    [Fact]
    public void about_a_share_of_customers_give_the_share()
    {
        var customers = s_files.Kept(new(2000, 1, 1), s_today).GroupBy(r => r["Email"]).ToList();

        demo.Ask("repeat customers percentage").Figure.Should()
            .BeApproximately(100.0 * customers.Count(g => g.Count() > 1) / customers.Count, 0.051);
    }

    [Theory]
    [InlineData("who hasn't paid yet")]
    [InlineData("which customers have not paid?")]
    [InlineData("who owes me money")]
    public void about_who_has_not_paid_list_the_orders_with_names(string question)
    {
        var open = s_files.Kept(new(2000, 1, 1), s_today).Where(r => r["Paid at"].Length == 0).ToList();

        var answer = demo.Ask(question);

        answer.Figure.Should().Be(open.Count);
        answer.Rows.Select(row => (row[0], row[1])).Should().BeEquivalentTo(open.Select(r => (r["Name"], r["Billing Name"])));
        answer.Title.Should().Be(demo.Ask("unpaid orders").Title);
    }

    [Theory]
    [InlineData("total revenue 2026")]
    [InlineData("orders in 2026")]
    public void about_a_year_count_it_and_say_from_when_on_the_files_tell(string question)
    {
        var first = s_files.Orders.Min(r => s_files.Day(r["Created at"])!.Value);

        var answer = demo.Ask(question);

        answer.Figure.Should().Be(s_files.Kept(new(2026, 1, 1), s_today).Count());
        answer.Title.Should().EndWith($"The files tell of orders from {first:d MMM yyyy} on.");
    }

    [Theory]
    [InlineData("revenue last year")]
    [InlineData("orders in 2025")]
    public void about_days_before_all_files_are_unknown_and_not_nothing(string question)
    {
        var answer = demo.Ask(question);

        answer.Title.Should().StartWith("Nothing is known of 2025: the files tell of orders from ");
        answer.Figure.Should().BeNull();
    }

    [Theory]
    [InlineData("which day of week sells most")]
    [InlineData("which day of the week is the busiest?")]
    public void about_the_day_of_the_week_name_all_that_have_most(string question)
    {
        var days = s_files.Kept(s_today.AddDays(-28), s_today.AddDays(-1)).GroupBy(r => s_files.Day(r["Created at"])!.Value.DayOfWeek).ToList();
        var most = days.Max(g => g.Count());

        var answer = demo.Ask(question);

        answer.Title.Should().Contain($" the most, {most} orders");
        days.Where(g => g.Count() == most).Should().OnlyContain(g => answer.Title.Contains(g.Key.ToString()));
    }

    [Fact]
    public void about_carriers_that_are_late_as_often_call_none_the_worst() =>
        demo.Ask("which carrier is the worst?").Title.Should().Contain("Laju Kurier and Selat Express come late equally often");

    [Fact]
    public void about_parcels_that_arrived_late_give_their_number()
    {
        var monday = s_files.Monday(-1);
        var came = s_files.Scans.DistinctBy(r => r["Tracking Number"])
            .Select(r => (Row: r, Order: s_files.Orders.Single(o => o["Name"] == r["Order"])))
            .Where(p => s_files.Day(p.Order["Delivered at"]) is { } day && day >= monday && day <= monday.AddDays(6)).ToList();

        var answer = demo.Ask("how many parcels arrived late last week");

        answer.Figure.Should().Be(came.Count(p => s_files.Day(p.Order["Delivered at"]) > s_files.Day(p.Order["Promised by"])));
        answer.Title.Should().StartWith($"{came.Count} parcels came, {answer.Figure} of them late, ");
    }

    [Theory]
    [InlineData("how many orders paid by ewallet", "ewallet")]
    [InlineData("how many orders were paid with a credit card last month", "credit card")]
    [InlineData("how many cash orders last week", "cash")]
    public void about_how_orders_were_paid_are_refused(string question, string way)
    {
        var answer = demo.Ask(question);

        answer.IsUnderstood.Should().BeFalse();
        answer.Title.Should().Contain($"“{way}”").And.Contain("does not tell how orders were paid");
    }

    [Theory]
    [InlineData("is the bot polite")]
    [InlineData("gros profit november before tax")]
    [InlineData("how many orders paid by ewallet")]
    [InlineData("how many batik scraf left")]
    [InlineData("sing me a song")]
    public void that_are_refusals_offer_only_questions_that_are_answered(string question)
    {
        var answer = demo.Ask(question);

        answer.IsUnderstood.Should().BeFalse(answer.Title);
        answer.Near.Should().NotBeEmpty().And.OnlyContain(near => demo.Ask(near).IsUnderstood);
    }

    [Theory]
    [InlineData("which customers wrote about late parcels", 2)]
    [InlineData("customers who wrote about where is my order", 1)]
    [InlineData("how many customers asked about refunds?", 1)]
    [InlineData("how many customers asked for a refund today", 1)]
    [InlineData("how many customers complained today", 3)]
    [InlineData("how many customers wrote about damaged items", 1)]
    [InlineData("how many customers wrote today", 5)]
    public void about_what_customers_wrote_count_that_alone(string question, int customers) => Asked(question).Figure.Should().Be(customers);

    [Fact]
    public void about_what_nobody_writes_about_are_refused()
    {
        Asked("customers who wrote about vouchers").IsUnderstood.Should().BeFalse();
        Asked("how many customers complained today").Title.Should().EndWith("and 2 about other things: today, 3 Jun.");
    }

    [Fact]
    public void in_the_measures_use_the_cost_and_the_refunds_that_the_assistant_uses()
    {
        var measures = ShopMeasures.Of(demo.Moment, OperationsSettings.Default("MYR"), OwnerRecords.None, 28).ToDictionary(m => m.Name);
        var paid = s_files.Orders.Count(r => r["Paid at"].Length > 0
            && s_files.Day(r["Created at"]) is { } day && day >= s_today.AddDays(-28) && day < s_today);

        measures["stock-days"].Value.Should().BePositive();
        measures["stock-days"].Shown.Should().Contain(
            $"{new OpsChat.Text.Money((long)Math.Round(100 * demo.Ask("what is my stock worth?").Figure!.Value), "MYR")} at cost");
        measures["refund-frequency"].Value.Should().BeApproximately(
            s_files.Refunded(s_today.AddDays(-28), s_today.AddDays(-1)).Count() / (double)paid, 1e-9);
    }

    [Fact]
    public void about_ads_judge_like_the_page_and_the_monitor_which_proposes_only_by_the_catalogue()
    {
        var settings = OperationsSettings.Default("MYR");
        var pepper = AdGroups.Of(demo.Moment, settings).All.Single(g => g.Name == "Pepper");

        pepper.IsCostOfSupply.Should().BeTrue();
        pepper.OverLimit.Should().NotBeNull();
        demo.Ask("is the pepper ad worth it?").Title.Should()
            .Contain($"may cost {new OpsChat.Text.Money((long)Math.Round(pepper.Economics!.Value.Limit), "MYR")} ")
            .And.Contain("known from the newest order to a supplier");

        var look = MonitorSet.All.Single(m => m.Name == "ad-waste").Look(demo.Moment, settings);
        look.Gaps.Should().BeEmpty("the page judges them, so they were looked at");
        look.Findings.Should().OnlyContain(f => f.Actions.Count == 0, "no pause is proposed by a guess");
        look.Findings.Where(f => f.Strength >= 1).Select(f => f.Subject["adGroup"]).Should()
            .BeEquivalentTo(AdGroups.Of(demo.Moment, settings).All.Where(g => g.Verdict == AdVerdict.TooDear).Select(g => g.Name));
        var judged = demo.Ask("should I stop any ads?");
        judged.Title.Should().StartWith($"{AdGroups.Of(demo.Moment, settings).All.Count(g => g.Verdict == AdVerdict.TooDear)} of ");
        foreach (var group in AdGroups.Of(demo.Moment, settings).All)
        {
            judged.Rows.Should().ContainSingle(row => row[0] == group.Name).Which[3].Should()
                .Be(new OpsChat.Text.Money((long)Math.Round(group.CostOfSale!.Value), "MYR").ToString(), "the page shows the same");
        }
    }

    [Fact]
    public void about_suppliers_judge_promises_like_the_suppliers_page()
    {
        var rows = demo.Ask("which supplier is late most often").Rows.ToDictionary(row => row[0]);

        foreach (var supplier in SupplierTable.Of(demo.Moment))
        {
            // By the day: what came on the promised one is in time, what is open past it is late.
            var due = s_files.Supply.Where(r => r["Supplier"] == supplier.Supplier && s_files.Day(r["Ordered at"]) < s_today
                && (s_files.Day(r["Expected at"]) < s_today || s_files.Day(r["Received at"]) < s_today)).ToList();
            (supplier.Due, supplier.Late).Should().Be((due.Count, due.Count(r =>
                !(s_files.Day(r["Received at"]) is { } at && at < s_today && at <= s_files.Day(r["Expected at"])))), supplier.Supplier);
            if (due.Count > 0)
            {
                rows[supplier.Supplier].Skip(1).Take(2).Should().Equal($"{supplier.Due}", $"{supplier.Late}");
            }
        }
    }

    /// <summary>Five customers wrote today, one of them about two things.</summary>
    private static OwnerAnswer Asked(string question)
    {
        var shop = new MadeUpShop();
        foreach (var (customer, issue) in new[]
        {
            ("a", "late-parcel"), ("b", "late-parcel"), ("b", "damaged-item"), ("c", "complaint"), ("d", "refund-status"), ("e", "where-is-my-order"),
        })
        {
            shop.Contacts.Add(new(customer, customer, issue, MadeUpShop.At(149, 5), null, null, null, null));
        }

        return QuestionAnswers.To(question, shop.AsOf(149), OperationsSettings.Default("MYR"), OwnerRecords.None);
    }

    private static DateTimeOffset At(string cell) =>
        DateTimeOffset.ParseExact(cell, "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private static double Total(IReadOnlyDictionary<string, string> order) => DemoFiles.Number(order["Total"]);

    private static double Sum((DateOnly From, DateOnly To) days) => s_files.Kept(days.From, days.To).Sum(Total);

    private static double Unpaid((DateOnly From, DateOnly To) days) =>
        s_files.Kept(days.From, days.To).Where(r => r["Paid at"].Length == 0).Sum(Total);

    /// <summary>Of orders of these days, whenever it was refunded.</summary>
    private static double Refunded((DateOnly From, DateOnly To) days) => s_files.Kept(days.From, days.To)
        .Where(r => s_files.Day(r["Refunded at"]) <= s_today).Sum(r => DemoFiles.Number(r["Refunded Amount"]));

    private static string Money(double amount) => $"MYR {amount.ToString("#,0.00", CultureInfo.InvariantCulture)}";
}
