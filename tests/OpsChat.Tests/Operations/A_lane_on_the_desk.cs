using System.Text;
using OpsChat.Tests.Support;
using OpsChat.Agent;
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

    private static OperationsSettings Settings() => OperationsConfigText.Read("operations.config.json", Encoding.UTF8.GetBytes(
        """{ "currency": "MYR", "lanes": { "ads/pause-ad": { "autonomy": "act", "perAct": 300, "perDay": 900, "acts": 6, "hours": "00:00-24:00" } } }""")).Settings!;

    private static Alert Alert(DateTimeOffset now)
    {
        var subject = SubjectKey.Of(("adGroup", "group B"));
        return new()
        {
            Key = subject.KeyFor("ad-waste"), Monitor = "ad-waste", Subject = subject, Owner = "marketing", Headline = "group B costs too much.",
                OpenedAt = now, CheckedAt = now,
            Actions = [new(ActionKind.PauseAd, "group B", new Dictionary<string, string>(), null, "Pause group B",
                now.AddDays(1)) { Affects = new Money(7400, "MYR") }],
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
