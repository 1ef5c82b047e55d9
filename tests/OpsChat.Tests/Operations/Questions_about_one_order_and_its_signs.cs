using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

/// <summary>One order is told with its own state and arrival, alerts by what they are about, a profit after ads with what they cost, and who decided
/// what. It is 25 May 2026, six in the morning.</summary>
public sealed class Questions_about_one_order_and_its_signs
{
    private const int Today = 140;
    private readonly MadeUpShop _shop = new();
    private OwnerRecords _records = OwnerRecords.None;

    [Theory]
    [InlineData("when will order {0} arrive")]
    [InlineData("is order {0} coming today?")]
    [InlineData("has order no {0} been delivered?")]
    [InlineData("when does #{0} get delivered")]
    [InlineData("is order {0} late?")]
    [InlineData("how long did order {0} take")]
    public void about_when_one_order_comes_are_answered_with_that_order(string question)
    {
        Supply("PO1", 100, 145);
        var number = Under(way: 137);

        var answer = Ask(string.Format(null, question, number));

        answer.Title.Should().StartWith($"Order #{number}: placed on ").And.Contain("; J&T scanned it last on ").And.EndWith("; promised by 28 May.");
        answer.Rows.Should().ContainSingle().Which[0].Should().Be($"#{number}");
        answer.Sources.Should().Contain("parcels");
    }

    [Fact]
    public void about_when_an_order_comes_that_nobody_promised_a_day_for_say_so_and_how_long_its_carrier_takes()
    {
        var number = Under(way: 137, promised: false);
        Ask($"when will order {number} arrive").Title.Should().EndWith("; for which day it is promised no file tells.");

        for (var day = 90; day < 110; day++)
        {
            var order = _shop.Orders.Find(o => o.PlacedAt == MadeUpShop.At(day))!;
            _shop.Parcels.Add(new(order.Number, "J&T", $"T{day}", MadeUpShop.At(day), MadeUpShop.At(day + 4), [], default));
        }

        _shop.Parcels.Sort((a, b) => a.ShippedAt.CompareTo(b.ShippedAt));
        Ask($"when will order {number} arrive").Title.Should()
            .EndWith("; as J&T usually takes, it is there by 27 May in half of all cases, by 27 May in nine of ten.");
    }

    [Theory]
    [InlineData("when will order 4711 arrive")]
    [InlineData("when does purchase order 4711 arrive")]
    public void about_the_number_of_an_order_to_a_supplier_are_answered_with_that_order(string question)
    {
        Supply("4711", 100, 145);
        Supply("4712", 100, 143);

        var answer = Ask(question);

        answer.Title.Should().Contain("the next, 4711 from SUP1, is expected on 30 May");
        answer.Rows.Should().ContainSingle().Which[3].Should().Be("4711");
    }

    [Theory]
    [InlineData("when does PO-0509 come")]
    [InlineData("has PO-0509 arrived?")]
    public void about_an_order_to_a_supplier_whose_number_looks_like_a_code_are_answered_with_that_order(string question)
    {
        Supply("PO-0509", 100, 145);
        Supply("PO-0510", 100, 143);

        Ask(question).Rows.Should().ContainSingle().Which.Should().Contain("PO-0509");
    }

    [Theory]
    [InlineData("how much stock is left for order 1005", "order 1005")]
    [InlineData("what did ads cost for order #1005", "order #1005")]
    [InlineData("is there enough stock for order 1005 until june", "order 1005")]
    public void about_one_order_where_no_row_tells_it_apart_are_refused_by_its_number(string question, string name)
    {
        var answer = Ask(question);

        answer.Title.Should().Be($"I cannot answer that for {name} alone: the shop's files do not tell it apart there.");
        answer.Figure.Should().BeNull();
    }

    [Theory]
    [InlineData("which alerts are about late parcels", "parcel-late, carrier-late")]
    [InlineData("alerts about returns", "returns-spike")]
    [InlineData("are there alerts on late parcels and returns?", "parcel-late, carrier-late, returns-spike")]
    [InlineData("how many alerts about suppliers are open", "supplier-late")]
    [InlineData("alerts about late suppliers", "supplier-late")]
    [InlineData("alerts about J&T", "carrier-late")]
    [InlineData("is there an alert about order #1005", "parcel-late")]
    [InlineData("open alerts", "parcel-late, carrier-late, returns-spike, supplier-late, stock-runout")]
    public void about_alerts_of_something_are_answered_with_those(string question, string monitors)
    {
        _shop.Parcels.Add(new("#1005", "J&T", "T1", MadeUpShop.At(139), null, [], default));
        _records = new(
            [
                Alert("parcel-late", ("order", "#1005")), Alert("carrier-late", ("carrier", "J&T")), Alert("returns-spike", ("sku", "DRESS-A")),
                Alert("supplier-late", ("supplier", "SUP1")), Alert("stock-runout", ("sku", "DRESS-B")),
            ], [], []);

        var answer = Ask(question);

        answer.Rows.Select(row => row[1]).Should().BeEquivalentTo(monitors.Split(", "));
        answer.Figure.Should().Be(answer.Rows.Count);
    }

    [Theory]
    [InlineData("alerts about refunds", "refunds")]
    [InlineData("alerts about late returns", "late returns")]
    public void about_alerts_of_what_nobody_watches_are_refused_by_name(string question, string name)
    {
        _records = new([Alert("returns-spike", ("sku", "DRESS-A"))], [], []);

        Ask(question).Title.Should().Be($"No monitor watches “{name}”, so that no alert is about it.");
    }

    [Fact]
    public void about_risky_orders_tell_the_facts_of_those_that_have_not_left()
    {
        var check = new OrderCheckFacts("high", [], null, false, [], null, false, []);
        var risky = _shop.Sell(139, "DRESS-A", check: check, isShipped: false).Number;
        var odd = _shop.Sell(139, "DRESS-A", check: check with { Risk = "low", AddressFaults = ["no house number"] }, isShipped: false).Number;
        _shop.Sell(139, "DRESS-A", check: check with { Risk = "low" }, isShipped: false);
        _shop.Sell(138, "DRESS-A", check: check);

        var answer = Ask("which orders are risky?");
        answer.Rows.Select(row => (row[0], row[2])).Should().Equal(
            (risky, "the platform calls its risk high"), (odd, "the address has no house number"));
        answer.Title.Should().StartWith("2 orders that have not left have something to look at (of 10 of 13 no file tells");
        Ask("orders with an odd address").Rows.Should().ContainSingle().Which[0].Should().Be(odd);
        Ask("how many high risk orders came in May?").Figure.Should().Be(2);
        Ask($"is order {odd} risky?").Title.Should().Contain("the address has no house number. The platform calls its risk low.");
    }

    [Fact]
    public void about_clicks_and_impressions_are_answered_from_the_rows_that_tell_them()
    {
        Advertise("A", "DRESS-A", clicks: 8, impressions: 400);
        Advertise("B", "DRESS-B");

        Ask("how many clicks did our ads get in May?").Figure.Should().Be(24 * 8);
        Ask("ad impressions in May").Figure.Should().Be(24 * 400);
        Ask("what is the click rate of our ads in May").Figure.Should().Be(2);
        var each = Ask("cost per click in May");
        each.Figure.Should().Be(3.75);
        each.Title.Should().Contain("MYR 720.00 was spent where that is not counted.");
        Ask("clicks of the ad for DRESS-B in May").Title.Should().Contain("does not tell how often they were clicked");
    }

    [Theory]
    [InlineData("how much tax did we collect in May?", "tax")]
    [InlineData("sst in orders last month", "sst")]
    [InlineData("what did we pay in platform fees in May?", "platform fees")]
    [InlineData("which voucher codes were used in May", "voucher codes")]
    public void about_what_is_not_kept_are_refused_by_name(string question, string name)
    {
        var answer = Ask(question);

        answer.Title.Should().StartWith($"I cannot answer that for “{name}”");
        answer.Figure.Should().BeNull();
    }

    [Fact]
    public void about_parcels_that_came_are_not_answered_with_those_that_are_late()
    {
        for (var day = 100; day < 130; day++)
        {
            var order = _shop.Orders.Find(o => o.PlacedAt == MadeUpShop.At(day))!;
            _shop.Parcels.Add(new(order.Number, "J&T", $"T{day}", MadeUpShop.At(day), MadeUpShop.At(day + 4), [], default));
        }

        Ask("how many parcels did J&T deliver in May?").Figure.Should().Be(18, "those that left from 27 April to 14 May came in May");
        Ask("how many parcels of J&T came late in May?").Title.Should().Contain("late");
    }

    [Fact]
    public void about_which_supplier_brought_most_name_the_supplier()
    {
        Supply("PO1", 90, 110);
        _shop.Supply[0] = _shop.Supply[0] with { Receipts = [new(MadeUpShop.At(120), 50)] };
        _shop.Supply.Add(_shop.Supply[0] with { Number = "PO2", Supplier = "SUP2", Quantity = 70, Receipts = [new(MadeUpShop.At(121), 70)] });

        var answer = Ask("which supplier delivered the most pieces in May?");

        (answer.Figure, answer.Title).Should().Be((70, "SUP2 brought the most pieces, 70 of 120: May 2026."));
    }

    [Theory]
    [InlineData("how much money is outstanding from unpaid orders?", true)]
    [InlineData("outstanding payments", true)]
    [InlineData("how many outstanding orders are there", false)]
    [InlineData("which paid orders are still waiting to leave?", true)]
    [InlineData("click-through rate of our ads last week", true)]
    public void are_understood_by_words_that_owners_use(string question, bool isUnderstood)
    {
        Advertise("A", "DRESS-A", clicks: 8, impressions: 400);

        Ask(question).IsUnderstood.Should().Be(isUnderstood);
    }

    [Fact]
    public void about_decisions_tell_what_was_decided_and_by_whom()
    {
        _records = OwnerRecords.None with
        {
            Refunds = [new(MadeUpShop.At(120), new(4_000, "MYR"), "#1001") { By = "Aina" },
                new(MadeUpShop.At(121), new(2_550, "MYR"), "#1002") { By = "Ben" },
                new(MadeUpShop.At(90), new(9_900, "MYR"), "#1003") { By = "Ben" }],
            Decisions = [new(MadeUpShop.At(120), "refund-request", "#1001", new(4_000, "MYR"), true, "Aina"),
                new(MadeUpShop.At(121), "refund-request", "#1002", new(2_550, "MYR"), true, "Ben"),
                new(MadeUpShop.At(122), "refund-request", "#1004", new(700, "MYR"), false, "Ben"),
                new(MadeUpShop.At(123), "purchase-order", "SUP1", new(90_000, "MYR"), true, "Aina")],
        };

        var refunds = Ask("how many refunds did we approve in May and how much?");
        (refunds.Figure, refunds.Title).Should().Be((2, "2 refunds were approved, MYR 65.50 together: May 2026."));
        Ask("who approved refunds in May?").Title.Should().Be("2 refunds were approved, MYR 65.50 together, by Aina (1) and Ben (1): May 2026.");
        Ask("which refunds did we reject in May?").Rows.Should().ContainSingle().Which[1].Should().Be("#1004");
        Ask("what did we approve in May?").Title.Should().Be("3 approvals: May 2026.");
        Ask("how many approvals did I give on 8 May?").Figure.Should().Be(1);
        Ask("who approved the purchase in May?").Title.Should().Be("1 approval of purchase order, by Aina (1): May 2026.");
    }

    [Fact]
    public void about_decisions_of_a_kind_are_not_told_as_something_else()
    {
        RecordedDecision Decided(string what, bool isApproved) => new(MadeUpShop.At(122), what, "#1004", null, isApproved, "Ben");
        _shop.SendBack(0.5);
        _records = OwnerRecords.None with
        {
            Decisions = [Decided("return-item", false), Decided("return-policy", false), Decided("refund-request", false)],
        };

        Ask("How many returns did we reject in May?").Title.Should().Be("2 rejections of return item and return policy: May 2026.");
        var parcels = Ask("How many parcels were rejected in May?");
        (parcels.Figure, parcels.Title).Should().Be((null,
            "No decision about “parcels” is on record. What was decided here is of these kinds: refund request, return item and return policy."));
        Ask("How many refunds did we reject in May?").Figure.Should().Be(1);
        Ask("What was rejected in May?").Figure.Should().Be(3);
        Ask("How many purchases did we reject in May?").Title.Should().StartWith("No decision about “purchases” is on record.");
    }

    [Theory]
    [InlineData("What did we approve in May?", null)]
    [InlineData("Who approved what in May?", null)]
    [InlineData("How many decisions did I make in May, and what did we approve?", null)]
    [InlineData("What stock actions did we approve in May?", "is it in stock")]
    [InlineData("Which cancellations did we approve in May?", "cancel order")]
    [InlineData("Which ads did we approve in May?", "pause ad")]
    [InlineData("Which address changes did we approve in May?", "change address")]
    public void about_decisions_name_a_kind_by_its_own_words_alone(string question, string? kind)
    {
        var kinds = Directory.GetFiles(Repository.Playbooks, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name => name[0] != '_').Concat(["pause-ad", "purchase-order"]).ToList();
        _records = OwnerRecords.None with
        {
            Decisions = [.. kinds.Select(what => new RecordedDecision(MadeUpShop.At(122), what, null, null, true, "Ben"))],
        };

        var answer = Ask(question);

        answer.Rows.Select(row => row[0]).Distinct().Take(2).Should().HaveCount(kind is null ? 2 : 1);
        answer.Figure.Should().Be(kind is null ? kinds.Count : 1);
        if (kind is not null)
        {
            answer.Title.Should().Contain($" of {kind}");
        }
    }

    [Theory]
    [InlineData("Show me the latest alerts", "parcel-late, returns-spike, reviews, stock-low, order-stuck")]
    [InlineData("Which alerts should I review first?", "parcel-late, returns-spike, reviews, stock-low, order-stuck")]
    [InlineData("Show the alerts in order of money at risk", "parcel-late, returns-spike, reviews, stock-low, order-stuck")]
    [InlineData("alerts about reviews", "reviews")]
    [InlineData("Any alerts about late parcels, returns or low stock?", "parcel-late, returns-spike, stock-low")]
    [InlineData("alerts: late parcels, stuck orders", "parcel-late, order-stuck")]
    [InlineData("alerts about returns & reviews", "returns-spike, reviews")]
    public void about_alerts_read_words_and_lists_as_a_whole(string question, string monitors)
    {
        var open = "parcel-late, returns-spike, reviews, stock-low, order-stuck".Split(", ");
        _records = new([.. open.Select((monitor, i) => Alert(monitor, ("sku", $"A{i}")))], [], []);

        Ask(question).Rows.Select(row => row[1]).Should().BeEquivalentTo(monitors.Split(", "));
    }

    [Theory]
    [InlineData("alerts about addresses", "addresses")]
    [InlineData("alerts about Adidas", "adidas")]
    public void about_alerts_of_what_means_nothing_are_refused_by_it(string question, string word)
    {
        _records = new([Alert("ad-waste", ("sku", "DRESS-A"))], [], []);

        var answer = Ask(question);

        answer.IsUnderstood.Should().BeFalse(answer.Title);
        answer.Title.Should().ContainEquivalentOf($"“{word}”");
    }

    [Fact]
    public void about_alerts_say_which_part_nobody_watches_and_tell_of_customers_those_who_wait()
    {
        _records = new([Alert("stock-low", ("sku", "DRESS-A"))], [], [])
        {
            Waiting = [new("a", MadeUpShop.At(139), WaitingMatter.ToApprove)],
        };

        Ask("alerts about refunds and low stock").Title.Should()
            .Contain("1 alert about “low stock” is open").And.EndWith("No monitor watches “refunds”.");
        Ask("Which customers need attention?").Title.Should().Contain("Of customers, 1 matter is to approve.");
    }

    [Fact]
    public void about_vouchers_are_answered_where_customers_write_of_them_or_the_shop_sells_them()
    {
        _shop.Contacts.Add(new("c1", "c1", "voucher-code", MadeUpShop.At(139), null, null, null, null));
        var asked = Ask("How many customers asked about voucher codes?");
        (asked.Figure, asked.Title.StartsWith("1 customer wrote about", StringComparison.Ordinal)).Should().Be((1, true), asked.Title);

        _shop.Products.Add(new("GIFT-50", "Gift Voucher 50", "Voucher", new(5_000, "MYR"), new(0, "MYR"), null, null, null, null, false, false, true,
            default));
        _shop.Sell(130, "GIFT-50", 2);
        Ask("how many vouchers did we sell in May").Figure.Should().Be(2);
        Ask("how much sst did we collect on GIFT-50 in May").Figure.Should().BeNull();
    }

    [Theory]
    [InlineData("Revenue in May minus refunds minus ads", true)]
    [InlineData("Net profit in May after ads", true)]
    [InlineData("Profit in May after refunds and after ads", true)]
    [InlineData("Revenue in May minus ads", false)]
    public void about_a_sum_take_off_each_thing_that_is_named(string question, bool areRefunds)
    {
        Advertise("A", "DRESS-A");
        var first = _shop.Orders.FindIndex(o => o.PlacedAt == MadeUpShop.At(120));
        _shop.Orders[first] = _shop.Orders[first] with { Refunded = new(1_000, "MYR"), RefundedAt = MadeUpShop.At(125) };
        var pieces = _shop.Orders.Where(o => Day(o.PlacedAt) is >= 116 and <= 139).Sum(o => o.Lines.Sum(l => l.Quantity));
        var each = question.Contains("rofit", StringComparison.Ordinal) ? 72 : 120;

        var answer = Ask(question);

        answer.Figure.Should().Be(pieces * each - 24 * 30 - (areRefunds ? 10 : 0), string.Join('\n', answer.Lines));
        answer.Title.Contains("After both ", StringComparison.Ordinal).Should().Be(areRefunds);
    }

    [Fact]
    public void about_a_sum_after_ads_are_not_known_where_the_file_of_ads_does_not_tell_the_days()
    {
        Advertise("A", "DRESS-A");
        Ask("profit this month after ads").Title.Should().Contain("What ads cost today is not in it");
        _shop.Ads.RemoveAll(ad => ad.From > new DateOnly(2026, 5, 20));
        var ended = Ask("profit in May after ads");
        (ended.Figure, ended.Title.Contains("since the file of ads tells of no day after 20 May 2026")).Should().Be((null, true));
        Ask("profit in April after ads").Title.Should().Contain("the file of ads begins on");
        Advertise("A", "DRESS-A", from: 0);
        Ask("profit in April after ads").Figure.Should().NotBeNull();
        _shop.Ads.Add(_shop.Ads[0] with { From = new(2026, 4, 10), To = new(2026, 4, 16) });
        Ask("profit in April after ads").Title.Should().Contain("since the file of ads tells of several of these days only together");
    }

    [Fact]
    public void about_risky_orders_tell_old_ones_too_and_which_reasons_they_do_not_tell()
    {
        var high = new OrderCheckFacts("high", [], null, false, [], null, false, []);
        _shop.Orders.Clear();
        _shop.Sell(110, "DRESS-A", check: high, isShipped: false, customer: "one");
        var answer = Ask("which orders are risky?");

        answer.Figure.Should().Be(1);
        answer.Title.Should().Contain("Many orders of one customer in a day are looked for among those of the last 14 days.")
            .And.Contain("Labels of a carrier that never goes there are told as alerts alone.");
        Ask("how many risky orders came in April?").Figure.Should().Be(1);
        Ask("orders with an odd address").Title.Should().NotContain("alerts alone");
    }

    [Fact]
    public void about_an_order_whose_delivery_nobody_tells_do_not_call_it_late()
    {
        var at = _shop.Orders.FindIndex(o => o.PlacedAt == MadeUpShop.At(100));
        var order = _shop.Orders[at] = _shop.Orders[at] with { DeliveredAt = null };

        Ask($"is order {order.Number} late?").Title.Should().Contain("; whether it came no file tells").And.NotContain("so it is late");
        _shop.Parcels.Add(new(order.Number, "J&T", "T1", MadeUpShop.At(101), null, [MadeUpShop.At(138)], default));
        Ask($"is order {order.Number} late?").Title.Should().Contain(", so it is late");
        _shop.Parcels.Clear();
        _shop.Orders[at] = order with { ShippedAt = null };
        Ask($"is order {order.Number} late?").Title.Should().Contain(", so it is late");
    }

    [Fact]
    public void about_days_on_which_no_parcel_came_say_none()
    {
        var order = _shop.Orders.Find(o => o.PlacedAt == MadeUpShop.At(100))!;
        _shop.Parcels.Add(new(order.Number, "J&T", "T1", MadeUpShop.At(100), MadeUpShop.At(104), [], default));

        var none = Ask("How many parcels did J&T deliver yesterday?");
        (none.Figure, none.Title).Should().Be((0, "No parcel by J&T came: yesterday, 24 May."));
        Ask("How many parcels will be delivered tomorrow?").Title.Should().StartWith("Those days have not come yet");
        Ask("How many parcels did J&T deliver in January?").Figure.Should().BeNull();
    }

    [Fact]
    public void about_what_suppliers_brought_are_not_answered_with_what_is_on_order()
    {
        Supply("PO1", 90, 145);
        _shop.Supply.Add(_shop.Supply[0] with { Number = "PO2", Supplier = "SUP2", Quantity = 70, Receipts = [new(MadeUpShop.At(121), 70)] });

        Ask("Which supplier delivered the most pieces to us this month?").Title.Should().StartWith("SUP2 brought the most pieces, 70 of 70");
    }

    [Theory]
    [InlineData("How many pending orders do we have?", 11)]
    [InlineData("How many orders are pending shipment?", 11)]
    [InlineData("pending payments", 1)]
    public void about_orders_that_are_pending_are_not_answered_with_customers_who_wait(string question, int count)
    {
        _shop.Sell(138, "DRESS-A", isShipped: false);
        var unpaid = _shop.Sell(138, "DRESS-A", isShipped: false);
        _shop.Orders[^1] = unpaid with { PaidAt = null };

        var answer = Ask(question);

        (answer.Figure, answer.Title.Contains("customer", StringComparison.Ordinal)).Should().Be((count, false), answer.Title);
    }

    private OwnerAnswer Ask(string question) =>
        QuestionAnswers.To(question, _shop.AsOf(Today), OperationsSettings.Default("MYR"), _records);

    private static int Day(DateTimeOffset at) => (int)(at - MadeUpShop.At(0, 0)).TotalDays;

    private void Supply(string number, int ordered, int expected) => _shop.Supply.Add(
        new(number, "SUP1", "DRESS-A", 50, MadeUpShop.At(ordered), MadeUpShop.At(expected), [], new(4_800, "MYR"), new("supply.csv", 2)));

    /// <summary>An order whose parcel is on the way; its number without the mark.</summary>
    private string Under(int way, bool promised = true)
    {
        var at = _shop.Orders.FindIndex(o => o.PlacedAt == MadeUpShop.At(way));
        var order = _shop.Orders[at] with { ShippedAt = MadeUpShop.At(way + 1), DeliveredAt = null };
        _shop.Orders[at] = promised ? order : order with { Promised = null };
        _shop.Parcels.Add(new(order.Number, "J&T", "T", MadeUpShop.At(way + 1), null, [MadeUpShop.At(way + 2)], default));
        return order.Number[1..];
    }

    private void Advertise(string group, string sku, int from = 100, int? clicks = null, int? impressions = null)
    {
        for (var day = from; day < Today; day++)
        {
            _shop.Ads.Add(new(MadeUpShop.First.AddDays(day), MadeUpShop.First.AddDays(day), "Shopping", group, null, new(3_000, "MYR"), 1,
                null, clicks, impressions, sku, new("ads.csv", _shop.Ads.Count + 2)));
        }
    }

    private static Alert Alert(string monitor, params (string Name, string Value)[] subject) => new()
    {
        Key = SubjectKey.Of(subject).KeyFor(monitor), Monitor = monitor, Subject = SubjectKey.Of(subject), Owner = "owner", Headline = monitor,
        AtRisk = new(100, "MYR"), OpenedAt = MadeUpShop.At(130), CheckedAt = MadeUpShop.At(139),
    };
}
