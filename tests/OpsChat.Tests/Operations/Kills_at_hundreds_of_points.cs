using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Channels.Webhook;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

/// <summary>
/// A host that is killed at about every second of its writes, before the write is durable or right after, for two weeks of mornings: looks, actions
/// that are put up, approved and told to the shop's system, and briefings. Beside it the same weeks of a host that nobody kills.
/// </summary>
public sealed class Kills_at_hundreds_of_points : IAsyncDisposable
{
    private const int Mornings = 14;
    private const int ActionsAMorning = 8;
    private static readonly DateTimeOffset s_first = new(2026, 3, 20, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private ShopSystemServer _server = null!;
    private ShopUnderTest _shop = null!;

    [Fact]
    public async Task lose_nothing_and_double_nothing()
    {
        MugShop.Write(_folder.File("shop"), new(2026, 3, 19));
        _server = await ShopSystemServer.StartAsync();
        _shop = await ShopUnderTest.OpenAsync(configure: options =>
            (options.Webhook.Url, options.Webhook.Secret) = (_server.Url, ShopSystemServer.Secret)
        );

        var (whole, told, _) = await RunAsync("whole.db", killing: null);
        var (killed, toldThough, kills) = await RunAsync("killed.db", new Random(17));

        kills.Should().BeGreaterThan(300);
        killed.Alerts.Should().Equal(whole.Alerts);
        killed.Counts.Should().BeEquivalentTo(whole.Counts);
        killed.Actions.Keys.Should().BeEquivalentTo(whole.Actions.Keys);
        told.Should().HaveCount(Mornings * ActionsAMorning).And.OnlyHaveUniqueItems();
        toldThough.Should().OnlyHaveUniqueItems("an order to a supplier must not leave twice");
        foreach (var (id, state) in killed.Actions)
        {
            state.Should().BeOneOf(ShopActionState.Told, ShopActionState.Unknown);
            if (state == ShopActionState.Told)
            {
                toldThough.Should().Contain(id);
            }
            else
            {
                killed.Notices.Should().Contain(text => text.Contains($"Pause {id}:", StringComparison.Ordinal), "a person has to find out");
            }
        }

        killed.Actions.Values.Should().Contain(ShopActionState.Told).And.Contain(ShopActionState.Unknown, "both were tried");
    }

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private sealed record Kept(
        IReadOnlyList<string> Alerts, IReadOnlyDictionary<string, int> Counts, IReadOnlyDictionary<string, ShopActionState> Actions,
        IReadOnlyList<string> Notices);

    /// <param name="killing">Null kills nobody.</param>
    /// <returns>What is kept at the end, what the shop's system was told, and how often the host was killed.</returns>
    private async Task<(Kept Kept, IReadOnlyList<string> Told, int Kills)> RunAsync(string database, Random? killing)
    {
        await using var store = await SqliteStore.OpenAsync(_folder.File(database), default);
        var breaking = new KilledStore(store, killing);
        for (var morning = 0; morning < Mornings; morning++)
        {
            var now = s_first.AddDays(morning);
            await UntilDoneAsync(host => host.Operations.LookAsync(MonitorSet.All, now, default));
            for (var i = 0; i < ActionsAMorning; i++)
            {
                var action = ShopAction.Of(
                    $"a{morning}-{i}", "", "ads",
                    new(ActionKind.PauseAd, "AD", new Dictionary<string, string>(), null, $"Pause a{morning}-{i}", now.AddYears(1)), [], now);
                await UntilDoneAsync(_ => breaking.WriteAsync(session => PutUp(session, action), default));
                await UntilDoneAsync(host => host.Actions.DecideAsync(_shop.Owner, action.Id, action.Hash, true, null, default));
                await UntilDoneAsync(async host =>
                {
                    using var push = host.Push;
                    await push.SettleLeftoversAsync(default);
                    await push.LookAsync(default);
                    return true;
                });
            }

            await UntilDoneAsync(async host =>
            {
                await host.Briefings.SendWhenDueAsync(now, default);
                return true;
            });
        }

        var told = new List<string>();
        while (_server.Waiting > 0)
        {
            told.Add((await _server.NextAsync()).Key);
        }

        return (await store.ReadAsync(Read, default), told, breaking.Kills);

        async Task UntilDoneAsync<T>(Func<Host, Task<T>> step)
        {
            while (true)
            {
                try
                {
                    // As after a restart: nothing that the last one had in memory is left.
                    await step(NewHost(breaking));
                    return;
                }
                catch (HostKilled)
                {
                    continue;
                }
            }
        }
    }

    private static ShopAction PutUp(UnitOfWork session, ShopAction action)
    {
        if (session.ShopActions.Find(action.Id) is null)
        {
            session.ShopActions.Add(action);
        }

        return action;
    }

    private static Kept Read(UnitOfWork session)
    {
        var (audit, notices) = (session.Audit.All().ToList(), session.Notices.Unseen());
        return new(
            [
                .. session
                    .Alerts.Queue()
                    .Alerts.Values.Select(a => $"{a.Key} {a.Episode} {a.State} {a.OpenedAt:O} {a.Headline}")
                    .Order(StringComparer.Ordinal),
            ],
            new Dictionary<string, int>
            {
                ["alerts in the audit chain"] = audit.Count(row => row.Kind == "alert"),
                ["briefings in the audit chain"] = audit.Count(row => row.Kind == BriefingDesk.NoticeKind),
                ["approvals in the audit chain"] = audit.Count(row =>
                    row.Kind == "action" && row.Data.Contains("approved", StringComparison.Ordinal)
                ),
                ["briefings"] = notices.Count(n => n.Kind == BriefingDesk.NoticeKind),
                ["days"] = session.History.All().Count,
            },
            session.ShopActions.List(null, 1000).ToDictionary(a => a.Id, a => a.State),
            [.. notices.Select(n => n.Text)]
        );
    }

    private sealed record Host(OperationsDesk Operations, ActionDesk Actions, BriefingDesk Briefings, ActionPush Push);

    private Host NewHost(IStore store)
    {
        var settings = OperationsSettings.Default("MYR");
        var profile = ShopProfile.Default with
        {
            Currency = "MYR",
            Hours = OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur")),
        };
        var operations = new OperationsDesk(store, new(_folder.File("shop"), _folder.File("feeds"), store, () => profile), () => settings);
        return new(
            operations,
            new(store, operations, () => settings, _shop.Get<CurrentPlaybooks>(), _shop.Clock),
            new(store, () => new(profile.Hours), () => settings),
            new(
                store,
                operations,
                () => settings,
                _shop.Get<ShopSystem>(),
                _shop.Get<ChangeFeed>(),
                _shop.Clock,
                NullLogger<ActionPush>.Instance
            )
        );
    }

    private sealed class HostKilled : Exception;

    /// <summary>A store behind which the host ends at about every second write, before it is durable or right after.</summary>
    private sealed class KilledStore(IStore store, Random? killing) : StoreInFront(store)
    {
        public int Kills { get; private set; }

        public override async Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
        {
            if (killing?.Next(2) != 0)
            {
                return await base.WriteAsync(work, cancellationToken);
            }

            Kills++;
            if (killing.Next(2) == 0)
            {
                await base.WriteAsync(work, cancellationToken);
            }

            throw new HostKilled();
        }
    }
}
