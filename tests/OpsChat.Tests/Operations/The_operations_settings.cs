using System.Text;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

public class The_operations_settings
{
    [Fact]
    public void may_say_nothing_but_the_currency() =>
        Read("""{ "currency": "MYR" }""").Settings!.Purchase.ConfirmOver.Should().Be(500);

    [Fact]
    public void are_read_whole()
    {
        var settings = Read("""
            { "time": "06:45", "currency": "MYR", "orders": { "highValue": 900, "shipWithin": "36h", "quietScan": { "domestic": "4d", "abroad": "9d" } },
              "lanes": { "ads/pause-ad": { "autonomy": "act", "perAct": 300, "perDay": 900, "acts": 6, "hours": "00:00-24:00" }, "stock/purchase-order": { "autonomy": "approve" } },
              "routes": [ { "when": "monitor = parcel-late", "to": "warehouse" } ],
              "handOffs": [ { "function": "orders", "agent": "check", "person": "high value", "trigger": "order.total > 800 or order.risk = high" } ],
              "quiet": { "from": "22:00", "to": "07:00" }, "off": [ { "monitor": "stock-excess" } ] }
            """).Settings!;

        settings.Orders.ShipWithinOrDefault.Should().Be(TimeSpan.FromHours(36));
        settings.Lanes["ads/pause-ad"].Limits!.PerDay.Should().Be(900);
        settings.Routes.Should().ContainSingle().Which.To.Should().Be("warehouse");
        settings.HandOffs.Should().ContainSingle().Which.Condition.Names.Should().Contain("order.risk");
        settings.Quiet!.Holds(new(2, 0)).Should().BeTrue();
        settings.Off.Should().Contain("stock-excess");
    }

    [Theory]
    [InlineData("stock/purchase-order")]
    [InlineData("returns/refund")]
    [InlineData("parcels/reship")]
    [InlineData("subscriptions/charge-again")]
    [InlineData("ads/raise-budget")]
    public void never_let_money_act(string lane)
    {
        var reading = Read($$"""{ "currency": "MYR", "lanes": { "{{lane}}": { "autonomy": "act", "perAct": 1, "perDay": 1, "acts": 1, "hours": "00:00-24:00" } } }""");

        reading.Settings.Should().BeNull();
        reading.Findings.Should().ContainSingle().Which.Problem.Should().Contain("nothing that commits money is done without an approval");
    }

    [Theory]
    [InlineData("orders/hold-order")]
    [InlineData("parcels/customer-notice")]
    public void never_let_what_reaches_a_person_act(string lane) =>
        Read($$"""{ "currency": "MYR", "lanes": { "{{lane}}": { "autonomy": "act", "perAct": 1, "perDay": 1, "acts": 1, "hours": "00:00-24:00" } } }""").Settings.Should().BeNull();

    [Theory]
    [InlineData("""{ "currency": "MYR", "purchase": { "coverr": 3 } }""", "coverr")]
    [InlineData("""{ "currency": "MYR", "purchase": { "fill": 1 } }""", "fill")]
    [InlineData("""{ "currency": "ringgit" }""", "currency")]
    [InlineData("""{ "currency": "MYR", "orders": { "shipWithin": "soon" } }""", "shipWithin")]
    [InlineData("""{ "currency": "MYR", "routes": [ { "when": "customer = Aina", "to": "owner" } ] }""", "customer")]
    [InlineData("""{ "currency": "MYR", "lanes": { "ads/pause-ad": { "autonomy": "act" } } }""", "perAct")]
    [InlineData("""{ "currency": "MYR", "currency": "USD" }""", "currency")]
    [InlineData("""{ "currency": "MYR", }""", "JSON")]
    public void name_what_cannot_be_read(string text, string named)
    {
        var reading = Read(text);

        reading.Settings.Should().BeNull();
        reading.Findings.Should().Contain(f => f.Problem.Contains(named) && f.Line == 1);
    }

    [Fact]
    public void know_which_kinds_may_act() =>
        Enum.GetValues<ActionKind>().Where(k => k.MayAct()).Should().NotContain(k => k.CommitsMoney() || k.IsAboutAnOrder());

    private static OperationsConfigReading Read(string json) => OperationsConfigText.Read("operations.config.json", Encoding.UTF8.GetBytes(json));
}
