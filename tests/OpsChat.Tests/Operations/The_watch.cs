using OpsChat.Tests.Support;
using OpsChat.Agent;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Tests.Operations;

/// <summary>The shop's files watched for real: a folder, a store, a clock that stands still.</summary>
public sealed class The_watch : IAsyncDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 20, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly TemporaryFolder _folder = new();
    private readonly string _shop;
    private SqliteStore? _store;

    public The_watch()
    {
        _shop = _folder.File("shop");
        MugShop.Write(_shop, new(2026, 3, 19));
    }

    [Fact]
    public async Task finds_the_same_once_however_often_it_looks()
    {
        var desk = await DeskAsync();
        var first = await desk.LookAsync(MonitorSet.All, s_now, default);

        for (var again = 0; again < 10; again++)
        {
            (await desk.LookAsync(MonitorSet.All, s_now.AddMinutes(again), default)).News.Should().BeEmpty();
        }

        first.Queue.Ranked.Should().Contain(a => a.Monitor == "stock-runout" && a.Subject["sku"] == "MUG");
        (await _store!.ReadAsync(session => session.Alerts.Queue().Ranked.Count, default)).Should().Be(first.Queue.Ranked.Count);
    }

    [Fact]
    public async Task finds_the_same_after_a_restart()
    {
        var first = await (await DeskAsync()).LookAsync(MonitorSet.All, s_now, default);
        await _store!.DisposeAsync();

        var second = await (await DeskAsync()).LookAsync(MonitorSet.All, s_now, default);

        second.News.Should().BeEmpty();
        second.Queue.Ranked.Select(a => a.Id).Should().Equal(first.Queue.Ranked.Select(a => a.Id));
    }

    [Fact]
    public async Task closes_nothing_when_a_file_is_deleted_and_says_that_it_is_gone()
    {
        var desk = await DeskAsync();
        var before = await desk.LookAsync(MonitorSet.All, s_now, default);
        File.Delete(Path.Combine(_shop, "inventory.csv"));

        LookReport after = before;
        for (var hour = 1; hour <= 6; hour++)
        {
            after = await desk.LookAsync(MonitorSet.All, s_now.AddHours(hour), default);
        }

        after
            .Queue.Alerts[before.Queue.Ranked.First(a => a.Monitor == "stock-runout").Key]
            .IsOpen.Should()
            .BeTrue("nobody looked, so nobody can say that it is over");
        after.Queue.Ranked.Should().ContainSingle(a => a.Monitor == "data-quality").Which.Subject["feed"].Should().Be("inventory");
    }

    [Fact]
    public async Task keeps_what_an_export_no_longer_holds()
    {
        var desk = await DeskAsync();
        await desk.LookAsync(MonitorSet.All, s_now, default);
        var orders = await File.ReadAllLinesAsync(Path.Combine(_shop, "orders.csv"));
        await File.WriteAllLinesAsync(Path.Combine(_shop, "orders.csv"), [orders[0], .. orders.Skip(orders.Length * 2 / 3)]);
        await _store!.DisposeAsync();

        var view = await (await DeskAsync()).ViewAsync(s_now, default);

        view.Moment(s_now).OrdersSince(s_now.AddDays(-100)).Should().HaveCount(orders.Length - 1);
    }

    [Fact]
    public async Task rings_for_nothing_at_its_first_look()
    {
        await (await DeskAsync()).LookAsync(MonitorSet.All, s_now, default);

        (await _store!.ReadAsync(session => session.Notices.Unseen(), default)).Should().BeEmpty("what had piled up is for the briefing");
    }

    [Fact]
    public async Task greets_a_new_owner_with_a_first_look_and_nothing_overdue()
    {
        var desk = await DeskAsync();
        // A clock is finer than what the store keeps of it.
        var look = await desk.LookAsync(MonitorSet.All, s_now.AddTicks(4567), default);
        var (later, hours) = (s_now.AddMinutes(20), OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur")));

        var briefing = await new BriefingDesk(_store!, () => new(hours), () => OperationsSettings.Default("MYR")).ReadAsync(later, default);

        look.Queue.Ranked.Should().NotBeEmpty().And.OnlyContain(alert => alert.DecideBy == null || AlertDue.Of(alert, hours) > later);
        briefing.Should().ContainSingle(line => line.StartsWith($"First look, Friday 09:00: {look.Queue.Ranked.Count} found, "));
        briefing.Should().NotContain(line => line.StartsWith("Overnight"));
    }

    [Fact]
    public async Task writes_each_step_into_the_audit_chain()
    {
        var desk = await DeskAsync();
        var look = await desk.LookAsync(MonitorSet.All, s_now, default);
        var alert = look.Queue.Ranked[0];

        await desk.MoveAsync(alert.Id, new AlertMove.Snooze(s_now.AddDays(3)), alert.Revision, "owner", "", s_now, default);

        var rows = await _store!.ReadAsync(session => session.Audit.All().Where(row => row.Kind == "alert").ToList(), default);
        rows.Should().HaveCount(look.News.Count + 1);
        rows[^1].Who.Should().Be("owner");
    }

    [Fact]
    public async Task lets_nobody_move_an_alert_that_has_changed_since_it_was_seen()
    {
        var desk = await DeskAsync();
        var alert = (await desk.LookAsync(MonitorSet.All, s_now, default)).Queue.Ranked[0];
        await desk.MoveAsync(alert.Id, new AlertMove.Assign("warehouse"), alert.Revision, "owner", "", s_now, default);

        var late = await desk.MoveAsync(alert.Id, new AlertMove.End(AlertEnd.NoProblem), alert.Revision, "staff", "", s_now, default);

        late.Should().BeOfType<AlertMoveResult.Changed>().Which.Now.Owner.Should().Be("warehouse");
    }

    [Fact]
    public async Task lets_no_lane_act_that_commits_money_or_has_not_earned_it()
    {
        await DeskAsync();
        var settings = OperationsSettings.Default("MYR");

        var money = await _store!.WriteAsync(
            session => LaneBook.Set(session, "stock-runout/purchase-order", LaneAutonomy.Act, "owner", settings, s_now),
            default
        );
        var early = await _store.WriteAsync(
            session => LaneBook.Set(session, "stock-runout/pause-ad", LaneAutonomy.Act, "owner", settings, s_now),
            default
        );

        money.Should().BeOfType<LaneAnswer.Refused>().Which.Why.Should().Contain("commits money");
        early.Should().BeOfType<LaneAnswer.Refused>().Which.Why.Should().Contain("30 more days").And.Contain("20 more decisions");
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<OperationsDesk> DeskAsync()
    {
        _store = await SqliteStore.OpenAsync(_folder.File("opschat.db"), default);
        var profile = ShopProfile.Default with
        {
            Currency = "MYR",
            Hours = OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur")),
        };
        return new(_store, new(_shop, _folder.File("feeds"), _store, () => profile), () => OperationsSettings.Default("MYR"));
    }
}
