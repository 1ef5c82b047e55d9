using System.Text;
using OpsChat.Agent;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

/// <summary>Who does what, and when a person is called: the owner's own table, used by what is watched.</summary>
public class The_hand_off_table
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 6, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData("returns", "alert.monitor = returns-pattern", "returns-pattern", true)]
    [InlineData("returns", "alert.monitor = returns-pattern", "returns-spike", false)]
    [InlineData("parcels", "alert.at_risk > 1000", "carrier-late", true)]
    [InlineData("parcels", "alert.at_risk > 3000", "carrier-late", false)]
    [InlineData("ads", "alert.amount > 300", "ad-waste", true)]
    [InlineData("ads", "alert.amount > 400", "ad-waste", false)]
    [InlineData("ads", "alert.at_risk > 1000", "carrier-late", false)]
    [InlineData("purchases", "order.total > 500", "stock-runout", true)]
    [InlineData("purchases", "order.total > 2000", "stock-runout", false)]
    [InlineData("listings", "alert.confidence < 0.95", "returns-spike", true)]
    [InlineData("stock", "alert.sku = MUG", "stock-low", true)]
    public void calls_a_person_where_a_row_of_the_alerts_function_holds(string function, string trigger, string monitor, bool isCalled)
    {
        var alert = Looked(monitor, Settings(function, trigger));

        alert.Owner.Should().Be(isCalled ? "owner" : "somebody");
        alert.Evidence.Any(e => e.Text.Contains(trigger, StringComparison.Ordinal) && e.Source == "operations.config.json").Should().Be(isCalled);
    }

    [Fact]
    public void leaves_an_alert_to_whom_a_route_names_and_still_says_why_a_person_is_asked()
    {
        var alert = Looked("carrier-late", Settings("parcels", "alert.at_risk > 1000",
            """ "routes": [ { "when": "monitor = carrier-late", "to": "warehouse" } ], """));

        alert.Owner.Should().Be("warehouse");
        alert.Evidence.Should().ContainSingle(e => e.Text.Contains("A person talks with the carrier."));
    }

    [Fact]
    public void says_the_same_once_however_often_it_is_looked()
    {
        var settings = Settings("parcels", "alert.at_risk > 1000");

        var queue = Step(Step(AlertQueue.Empty, "carrier-late", settings), "carrier-late", settings);

        queue.Alerts.Values.Single().Evidence.Should().ContainSingle();
    }

    [Fact]
    public void keeps_a_lane_from_acting() =>
        LaneActing.Decide(
            new(ActionKind.PauseAd, "G", new Dictionary<string, string>(), null, "Pause G", s_now.AddDays(1)) { Affects = new(100, "MYR") },
            new("ad-waste", LaneAutonomy.Act, true, new(300, 900, 6, new(0, 0), new(0, 0)), [], false, new(10, 0), false, NeedsPerson: true),
            s_now).Should().BeOfType<ActingAnswer.Wait>().Which.Why.Should().Contain("hand-off table");

    [Theory]
    [InlineData("parcels", "order.total > 5", "order.total")]
    [InlineData("ads", "alert.budget > 5", "alert.budget")]
    [InlineData("orders", "order.colour = red", "order.colour")]
    public void cannot_ask_for_what_nobody_knows(string function, string trigger, string named) =>
        Read(function, trigger, "").Findings.Should().ContainSingle(f => f.Problem.Contains(named) && f.Remedy!.Contains("It can ask for"));

    [Fact]
    public void leaves_rows_about_conversations_to_the_playbooks_facts() =>
        Read("refund-request", "order.total > 5 and message.matters > 3", "").Findings.Should().BeEmpty();

    [Fact]
    public void has_a_row_for_each_function_as_it_is_shipped()
    {
        var shipped = OperationsConfigText.Read("operations.config.json", File.ReadAllBytes(Host.Opening.FromHome("operations.config.json")));

        shipped.Findings.Should().BeEmpty();
        shipped.Settings!.HandOffs.Select(row => row.Function).Should()
            .Contain(["support", "refund-request", "orders", "returns", "purchases", "ads", "listings", "parcels"]);
        shipped.Settings.HandOffs.Should().OnlyContain(row => row.Agent.Length > 0 && row.Person.Length > 0);
    }

    [Fact]
    public void names_a_row_that_calls_nobody_with_its_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("operations.config.json"), """
            { "currency": "MYR", "handOffs": [
              { "function": "Ads", "agent": "watches", "person": "decides", "trigger": "alert.amount > 3" },
              { "function": "refund-request", "agent": "drafts", "person": "decides", "trigger": "order.total > 3" },
              { "function": "refund-requests", "agent": "drafts", "person": "decides", "trigger": "order.total > 3" } ] }
            """);

        var findings = OperationsConfigFile.Check(folder.File("operations.config.json"), PlaybookFolder.Load(Repository.Playbooks));

        findings.Should().ContainSingle().Which.Should().Match<Finding>(f => f.Line == 4 && !f.IsError && f.Problem.Contains("refund-requests"));
    }

    private static Alert Looked(string monitor, OperationsSettings settings) =>
        Step(AlertQueue.Empty, monitor, settings).Alerts.Values.Should().ContainSingle().Subject;

    private static AlertQueue Step(AlertQueue queue, string monitor, OperationsSettings settings)
    {
        ProposedAction Proposed(ActionKind kind, Money? amount, Money? affects = null) =>
            new(kind, "MUG", new Dictionary<string, string>(), amount, "Do it", s_now.AddDays(3)) { Affects = affects };
        var finding = new MonitorFinding(
            SubjectKey.Of(("sku", "MUG")), 2, 0.9, new Money(200_000, "MYR"), s_now, "somebody", "Something is wrong.", [],
            monitor switch
            {
                "ad-waste" => [Proposed(ActionKind.PauseAd, null, new Money(35_000, "MYR"))],
                "stock-runout" => [Proposed(ActionKind.PurchaseOrder, new Money(154_800, "MYR"))],
                "returns-spike" => [Proposed(ActionKind.SizeChartEdit, null)],
                _ => [],
            },
            CalculationTrace.Of("none", "watching 1"));
        var look = new MonitorLook([finding], new HashSet<SubjectKey> { finding.Subject }, []);
        return QueueStep.Apply(queue, [new(new Watching(monitor), look)], settings, s_now).Queue;
    }

    private static OperationsSettings Settings(string function, string trigger, string more = "") => Read(function, trigger, more).Settings!;

    private static OperationsConfigReading Read(string function, string trigger, string more) => OperationsConfigText.Read(
        "operations.config.json",
        Encoding.UTF8.GetBytes(
            $$"""{ "currency": "MYR", {{more}} "handOffs": [ { "function": "{{function}}", "agent": "watches", "person": "talks with the carrier", "trigger": "{{trigger}}" } ] }"""));

    private sealed class Watching(string name) : IMonitor
    {
        public string Name => name;
        public TimeSpan Every => TimeSpan.FromHours(1);
        public IReadOnlyList<FeedNeed> Needs => [];
        public AlertLines Lines => AlertLines.Half(1);
        public MonitorLook Look(ShopMoment shop, OperationsSettings settings) => throw new NotSupportedException("The looks are given.");
    }
}
