using System.Text;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

public class An_order_to_look_at
{
    private static readonly OrderCheckFacts s_odd = new("high", ["country", "postcode"], "MY, DE", true, [], "a1", false, ["the card"]);

    [Fact]
    public void shows_each_fact_by_itself_and_what_is_not_known()
    {
        var shop = new MadeUpShop();
        var odd = shop.Sell(148, "DRESS-A", 1, "new customer", s_odd, isShipped: false);
        shop.Sell(148, "DRESS-A", 1, "usual customer", isShipped: false);

        var finding = shop.Find("order-check", 149).Should().ContainSingle().Subject;

        finding.Subject["order"].Should().Be(odd.Number);
        finding.Headline.Should().Contain("risk high").And.Contain("country differ").And.Contain("sends parcels on");
        finding.Evidence.Should().Contain(e => e.Text == "Not known: the card").And.OnlyContain(e => e.Source == "orders.csv");
        finding.Actions.Should().OnlyContain(a => a.AlwaysNeedsApproval).And.HaveCount(2);
        string.Concat(finding.Evidence.Select(e =>
            e.Text).Append(finding.Headline)).Should().NotContainEquivalentOf("fraud").And.NotContainEquivalentOf("score");
    }

    [Fact]
    public void is_over_when_it_has_left()
    {
        var shop = new MadeUpShop();
        shop.Sell(148, "DRESS-A", 1, "new customer", s_odd);

        shop.Find("order-check", 149).Should().ContainSingle();
        shop.Find("order-check", 150).Should().BeEmpty();
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public void is_one_of_high_value_from_the_owners_line_on(int pieces, bool isFound)
    {
        var shop = new MadeUpShop();
        shop.Sell(148, "DRESS-A", pieces, isShipped: false);

        shop.Find("order-check", 149).Any().Should().Be(isFound);
    }

    [Fact]
    public void is_one_that_the_hand_off_table_names()
    {
        var shop = new MadeUpShop();
        shop.Sell(148, "DRESS-A", 4, isShipped: false, check: s_odd with { Risk = "low", Countries = null, IsForwarder = false });
        var settings = Read("""{ "currency": "MYR", "handOffs": [ { "function": "orders", "agent": "tracks", "person": "decides", "trigger": "order.total > 400 and order.addressMismatches >= 2" } ] }""");

        shop.Find("order-check", 149).Should().BeEmpty();
        shop.Find("order-check", 149, settings).Should().ContainSingle().Which.Headline.Should().Contain("hand-off table");
    }

    [Fact]
    public void is_the_fourth_of_one_customer_in_a_day()
    {
        var shop = new MadeUpShop();
        for (var i = 0; i < 4; i++)
        {
            shop.Sell(148, "DRESS-A", 1, "one and the same", isShipped: false);
        }

        shop.Find("order-check", 149).Should().NotBeEmpty().And.OnlyContain(f => f.Headline.Contains("orders of one customer or address"));
    }

    [Fact]
    public void may_be_a_subscription_that_could_not_be_charged()
    {
        var shop = new MadeUpShop();
        SubscriptionCharge Charge(string name, int day, bool failed) =>
            new(name, MadeUpShop.At(day), failed, new(4900, "MYR"), null, "c", new("subscriptions.csv", shop.Charges.Count + 2));
        shop.Charges.AddRange([Charge("S1", 140, true), Charge("S2", 140, true), Charge("S2", 141, false), Charge("S3", 148, true)]);

        var finding = shop.Find("subscription-failed", 149, null).Should().ContainSingle("one was made good, and one is not a day old").Subject;

        finding.Subject["subscription"].Should().Be("S1");
        finding.Actions.Should().OnlyContain(a => a.Kind == ActionKind.ChargeAgain && a.AlwaysNeedsApproval);
    }

    [Theory]
    [InlineData("Sabah", "Laju Kurier", true)]
    [InlineData("Sabah", "Pos Bestari", false)]
    [InlineData("Johor", "Laju Kurier", false)]
    [InlineData("Sabah", "Baru Kurier", false)]
    [InlineData("Perlis", "Laju Kurier", false)]
    public void is_one_whose_label_is_of_a_carrier_that_never_brings_parcels_there(string region, string carrier, bool isFound)
    {
        var shop = new MadeUpShop();
        for (var i = 0; i < shop.Orders.Count; i++)
        {
            // Laju Kurier brings half of the parcels, and none to Sabah.
            var to = i % 10 == 0 ? "Sabah" : "Johor";
            shop.Orders[i] = shop.Orders[i] with { Region = to };
            shop.Parcels.Add(new(shop.Orders[i].Number, to == "Sabah" || i % 2 == 0 ? "Pos Bestari" : "Laju Kurier", $"T{i}", shop.Orders[i].ShippedAt!.Value,
                shop.Orders[i].ShippedAt!.Value.AddDays(2), [shop.Orders[i].ShippedAt!.Value.AddHours(5)], new("shipments.csv", i + 2)));
        }

        var order = shop.Sell(148, "DRESS-A", 1) with { Region = region, ShippedAt = MadeUpShop.At(148, 18), DeliveredAt = null };
        shop.Orders[^1] = order;
        shop.Parcels.Add(new(order.Number, carrier, "NEW", MadeUpShop.At(148, 18), null, [], new("shipments.csv", 9999)));

        var found = shop.Find("order-check", 149);

        found.Any().Should().Be(isFound);
        found.All(f => f.Subject["order"] == order.Number && f.Headline.Contains("brought nothing to Sabah")
            && f.Actions[0].Kind == ActionKind.Relabel && f.Actions[0].Parameters["carrier"] == "Pos Bestari").Should().BeTrue();
    }

    private static OperationsSettings Read(string json) =>
        OperationsConfigText.Read("operations.config.json", Encoding.UTF8.GetBytes(json)).Settings!;
}
