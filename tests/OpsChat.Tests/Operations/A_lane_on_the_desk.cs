using System.Text;
using OpsChat.Tests.Support;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Tests.Operations;

public sealed class A_lane_on_the_desk
{
    private const string Lane = "ad-waste/pause-ad";

    [Fact]
    public async Task acts_once_when_it_has_earned_it_and_goes_back_to_approve_when_that_is_undone()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (now, settings) = (shop.Clock.GetUtcNow(), Settings());
        var desk = new ActionDesk(shop.Store, shop.Get<OperationsDesk>(), () => settings, shop.Get<CurrentPlaybooks>(), shop.Clock);
        await shop.Store.WriteAsync(session => session.Alerts.Save(Alert(now)), default);

        (await shop.Store.WriteAsync(session => LaneBook.Set(session, Lane, LaneAutonomy.Act, "owner", settings, now),
            default)).Should().BeOfType<LaneAnswer.Refused>();
        (await desk.ActAsync(default)).Should().Be(0, "nobody let it");

        await shop.Store.WriteAsync(session => Enumerable.Range(0, 37).ToList().ForEach(i => Agree(session, i, now)), default);
        (await shop.Store.WriteAsync(session => LaneBook.Set(session, Lane, LaneAutonomy.Act, "owner", settings, now),
            default)).Should().BeOfType<LaneAnswer.Done>();
        (await desk.ActAsync(default)).Should().Be(1);
        (await desk.ActAsync(default)).Should().Be(0, "it is done");

        var (acted, standing, notices) = await shop.Store.ReadAsync(session => (
            session.ShopActions.List(null, 100).Single(a => a.DecidedBy == OperationsDesk.Who), LaneBook.Standing(session, Lane, settings, now),
                session.Notices.Unseen()), default);
        acted.Should().Match<ShopAction>(a => a.State == ShopActionState.Approved && a.Kind == ActionKind.PauseAd && a.Sealed().Hash == a.Hash);
        standing.Decided.Should().Be(37, "its own acts are nobody's agreement");
        notices.Should().ContainSingle(n => n.Text.Contains("Done by itself") && n.Text.Contains("Undo"));

        (await desk.UndoAsync(acted.Id, "owner", default)).Should().BeOfType<ActionAnswer.Done>();
        (await shop.Store.ReadAsync(session => LaneBook.Standing(session, Lane, settings, now).Autonomy, default)).Should().Be(LaneAutonomy.Approve);
        (await desk.ActAsync(default)).Should().Be(0);
    }

    [Theory]
    [InlineData(29, 37, "1 more day of recommending.")]
    [InlineData(30, 19, "1 more decision. Your decisions do not show yet that you agree with it nearly always (4.5 of 20 points).")]
    [InlineData(30, 20, "Your decisions do not show yet that you agree with it nearly always (4.9 of 20 points).")]
    [InlineData(30, 36, "Your decisions do not show yet that you agree with it nearly always (19.4 of 20 points).")]
    [InlineData(30, 37, "")]
    public async Task is_offered_after_thirty_days_twenty_decisions_and_proven_agreement_and_no_sooner(int days, int decisions, string lacks)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (now, settings) = (shop.Clock.GetUtcNow(), Settings());
        await shop.Store.WriteAsync(
            session => Enumerable.Range(0, decisions).ToList().ForEach(i => Agree(session, i, now.AddDays(40 - days))), default);

        var standing = await shop.Store.ReadAsync(session => LaneBook.Standing(session, Lane, settings, now), default);
        var answer = await shop.Store.WriteAsync(session => LaneBook.Set(session, Lane, LaneAutonomy.Act, "owner", settings, now), default);

        standing.Decided.Should().Be(decisions);
        string.Join(' ', standing.MissingForAct!).Should().Be(lacks);
        (answer is LaneAnswer.Done).Should().Be(lacks.Length == 0);
    }

    [Fact]
    public async Task goes_no_further_than_the_configuration_lets_it_whatever_a_person_said_before()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (now, acting, held) = (shop.Clock.GetUtcNow(), Settings(), Settings("""{ "autonomy": "recommend" }"""));
        await shop.Store.WriteAsync(session => session.Alerts.Save(Alert(now)), default);
        await shop.Store.WriteAsync(session => Enumerable.Range(0, 37).ToList().ForEach(i => Agree(session, i, now)), default);
        (await SetAsync(LaneAutonomy.Act, acting)).Should().BeOfType<LaneAnswer.Done>();

        var standing = await shop.Store.ReadAsync(session => LaneBook.Standing(session, Lane, held, now), default);
        (standing.Autonomy, standing.From).Should().Be((LaneAutonomy.Recommend, "operations.config.json"));
        (await Desk(shop, held).ActAsync(default)).Should().Be(0);
        (await SetAsync(LaneAutonomy.Approve, held)).Should().BeOfType<LaneAnswer.Refused>().Which.Why.Should().Contain("operations.config.json");

        (await SetAsync(LaneAutonomy.Watch, acting)).Should().BeOfType<LaneAnswer.Done>("a person may always be more careful");
        (await Desk(shop, acting).ActAsync(default)).Should().Be(0);

        Task<LaneAnswer> SetAsync(LaneAutonomy level, OperationsSettings settings) =>
            shop.Store.WriteAsync(session => LaneBook.Set(session, Lane, level, "owner", settings, now), default);
    }

    [Fact]
    public async Task counts_what_it_does_in_one_look_against_the_limits_of_the_day()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (now, settings) = (shop.Clock.GetUtcNow(), Settings());
        await shop.Store.WriteAsync(
            session =>
            {
                Enumerable.Range(0, 37).ToList().ForEach(i => Agree(session, i, now));
                // Three of 240 each are within 900 and within 300 each; a fourth is not.
                Enumerable.Range(0, 5).ToList().ForEach(i => session.Alerts.Save(Alert(now, $"group {i} of five", 24_000)));
            },
            default
        );
        await shop.Store.WriteAsync(session => LaneBook.Set(session, Lane, LaneAutonomy.Act, "owner", settings, now), default);

        (await Desk(shop, settings).ActAsync(default)).Should().Be(3);

        (await shop.Store.ReadAsync(session => LaneBook.Standing(session, Lane, settings, now).Autonomy, default))
            .Should()
            .Be(LaneAutonomy.Approve, "a lane that reaches its limit asks again");
    }

    [Fact]
    public async Task is_approved_by_an_owner_or_an_approver_and_not_by_staff()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var now = shop.Clock.GetUtcNow();
        var action = ShopAction.Of(
            "held", "", "order-risk",
            new(ActionKind.HoldOrder, "#1292", new Dictionary<string, string>(), null, "Hold #1292", now.AddDays(1)), [], now);
        await shop.Store.WriteAsync(session => session.ShopActions.Add(action), default);
        var mei = new Approver("Mei", 0, 0) { Role = PersonRole.Staff };

        (await shop.Get<ActionDesk>().DecideAsync(mei, action.Id, action.Hash, true, null, default)).Should().BeOfType<ActionAnswer.NotAllowed>();
        (await shop.Store.ReadAsync(session => session.ShopActions.Find(action.Id)!.State, default)).Should().Be(ShopActionState.Pending);
        (await shop.Get<ActionDesk>().DecideAsync(mei, action.Id, action.Hash, false, "no need", default)).Should().BeOfType<ActionAnswer.Done>();
    }

    [Fact]
    public async Task does_nothing_and_stops_with_all_others_when_it_would_do_far_too_much_at_once()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (now, settings) = (shop.Clock.GetUtcNow(), Settings());
        await EarnAsync(shop, settings, session => Enumerable.Range(0, 13).ToList().ForEach(i => session.Alerts.Save(Alert(now, $"group {i} of many", 100))));

        (await Desk(shop, settings).ActAsync(default)).Should().Be(0);

        var (stop, standing, notices) = await shop.Store.ReadAsync(session => (
            LaneStops.Read(session), LaneBook.Standing(session, Lane, settings, now), session.Notices.Unseen()), default);
        stop!.Why.Should().Contain("13 times at once");
        standing.Autonomy.Should().Be(LaneAutonomy.Approve);
        notices.Should().ContainSingle(n => n.Text.StartsWith("All lanes are stopped"));
        LaneJson.Of([standing], stop)["stopped"]!["why"]!.GetValue<string>().Should().Be(stop.Why);
    }

    [Fact]
    public async Task stops_with_all_others_when_something_went_critically_wrong_until_a_person_lifts_it()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (now, settings) = (shop.Clock.GetUtcNow(), Settings());
        var desk = Desk(shop, settings);
        await EarnAsync(shop, settings, session => session.Alerts.Save(Alert(now)));
        (await desk.ActAsync(default)).Should().Be(1);
        var acted = await shop.Store.ReadAsync(session => session.ShopActions.List(null, 100).Single(a => a.DecidedBy == OperationsDesk.Who), default);

        await desk.ReportAsync(acted.Id, ShopActionState.Failed, "shop", "paused group C instead", default, isCritical: true);

        (await SetAsync()).Should().BeOfType<LaneAnswer.Refused>().Which.Why.Should().Contain("stopped");
        await shop.Store.WriteAsync(session => session.Alerts.Save(Alert(now, "group D")), default);
        (await desk.ActAsync(default)).Should().Be(0);
        (await shop.Store.WriteAsync(session => LaneStops.Lift(session, "owner", now), default)).Should().BeTrue();
        (await desk.ActAsync(default)).Should().Be(0, "lifting lets nothing act by itself");
        (await SetAsync()).Should().BeOfType<LaneAnswer.Done>();
        (await desk.ActAsync(default)).Should().Be(1);

        Task<LaneAnswer> SetAsync() =>
            shop.Store.WriteAsync(session => LaneBook.Set(session, Lane, LaneAutonomy.Act, "owner", settings, now), default);
    }

    [Fact]
    public async Task goes_back_to_approve_alone_when_what_it_did_failed()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (now, settings) = (shop.Clock.GetUtcNow(), Settings());
        await EarnAsync(shop, settings, session => session.Alerts.Save(Alert(now)));
        await Desk(shop, settings).ActAsync(default);
        var acted = await shop.Store.ReadAsync(session => session.ShopActions.List(null, 100).Single(a => a.DecidedBy == OperationsDesk.Who), default);

        await Desk(shop, settings).ReportAsync(acted.Id, ShopActionState.Failed, "shop", "no such group", default);

        var (stop, standing) = await shop.Store.ReadAsync(session => (LaneStops.Read(session), LaneBook.Standing(session, Lane, settings, now)), default);
        standing.Autonomy.Should().Be(LaneAutonomy.Approve);
        stop.Should().BeNull();
    }

    [Fact]
    public async Task stops_with_all_others_when_what_was_done_today_passed_a_limit()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (now, settings) = (shop.Clock.GetUtcNow(), Settings());
        await EarnAsync(shop, settings, session =>
        {
            session.Alerts.Save(Alert(now));
            // Whatever let it through: 400 where one act may touch 300.
            var passed = ShopAction.Of(
                "passed", "alert-passed", "ad-waste",
                new(ActionKind.PauseAd, "group Z", new Dictionary<string, string> { ["affects"] = "40000" }, null, "Pause group Z", now.AddDays(1)), [], now);
            session.ShopActions.Add(passed);
            session.ShopActions.Decide(passed.Id, passed.Hash, ShopActionState.Approved, OperationsDesk.Who, null, now);
        });

        (await Desk(shop, settings).ActAsync(default)).Should().Be(1);

        (await shop.Store.ReadAsync(LaneStops.Read, default))!.Why.Should().Contain("passed a limit");
        (await Desk(shop, settings).ActAsync(default)).Should().Be(0);
    }

    private static async Task EarnAsync(ShopUnderTest shop, OperationsSettings settings, Action<UnitOfWork> prepare)
    {
        var now = shop.Clock.GetUtcNow();
        await shop.Store.WriteAsync(
            session =>
            {
                Enumerable.Range(0, 37).ToList().ForEach(i => Agree(session, i, now));
                prepare(session);
            },
            default
        );
        (await shop.Store.WriteAsync(session => LaneBook.Set(session, Lane, LaneAutonomy.Act, "owner", settings, now), default))
            .Should()
            .BeOfType<LaneAnswer.Done>();
    }

    private static ActionDesk Desk(ShopUnderTest shop, OperationsSettings settings) =>
        new(shop.Store, shop.Get<OperationsDesk>(), () => settings, shop.Get<CurrentPlaybooks>(), shop.Clock);

    private static OperationsSettings Settings(string lane) =>
        OperationsConfigText
            .Read("operations.config.json", Encoding.UTF8.GetBytes($$"""{ "currency": "MYR", "lanes": { "ads/pause-ad": {{lane}} } }"""))
            .Settings!;

    private static OperationsSettings Settings() => OperationsConfigText.Read("operations.config.json", Encoding.UTF8.GetBytes(
        """{ "currency": "MYR", "lanes": { "ads/pause-ad": { "autonomy": "act", "perAct": 300, "perDay": 900, "acts": 6, "hours": "00:00-24:00" } } }""")).Settings!;

    private static Alert Alert(DateTimeOffset now, string group = "group B", long minor = 7400)
    {
        var subject = SubjectKey.Of(("adGroup", group));
        return new()
        {
            Key = subject.KeyFor("ad-waste"), Monitor = "ad-waste", Subject = subject, Owner = "marketing", Headline = $"{group} costs too much.",
                OpenedAt = now, CheckedAt = now,
            Actions = [new(ActionKind.PauseAd, group, new Dictionary<string, string>(), null, $"Pause {group}",
                now.AddDays(1)) { Affects = new Money(minor, "MYR") }],
        };
    }

    private static void Agree(UnitOfWork session, int i, DateTimeOffset now)
    {
        var action = ShopAction.Of(
            $"agreed-{i}", $"alert-{i}", "ad-waste",
                new(ActionKind.PauseAd, $"group {i}", new Dictionary<string, string>(), null, $"Pause group {i}", now.AddDays(1)), [],
                now.AddDays(-40));
        session.ShopActions.Add(action);
        session.ShopActions.Decide(action.Id, action.Hash, ShopActionState.Approved, "owner", null, now.AddDays(-39));
    }
}
