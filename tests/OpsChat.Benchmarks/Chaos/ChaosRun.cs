using System.Diagnostics;
using System.Net.Http.Json;
using OpsChat.Storage.ErrorLog;
using OpsChat.Storage.Postgres;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>What one run does. The same seed draws the same words, pauses and instants; what the machine makes of them differs.</summary>
/// <param name="Duration">How long customers write and the host is killed; draining and checking come on top, at most five minutes.</param>
/// <param name="Kills">At most so many; null for as many as fit.</param>
/// <param name="Store">An empty PostgreSQL database to stand on, which is looked at in a copy; null for the embedded store.</param>
/// <param name="Hosts">So many work side by side on one PostgreSQL database, behind a proxy that asks who is ready; without
/// <paramref name="Store"/> on one of the program's own, which is restarted and fails over to its replica.</param>
public sealed record ChaosPlan(
    TimeSpan Duration,
    int Seed,
    int? Kills = null,
    int WebCustomers = 200,
    int TelegramCustomers = 30,
    string? Store = null,
    int Hosts = 1
);

/// <summary>What one run did and found.</summary>
/// <param name="Violations">Broken promises, in words; empty when all hold.</param>
/// <param name="Stops">Lives that were ended by SIGTERM, as a service manager does.</param>
/// <param name="Aimed">Kills and stops between Telegram's acceptance of a message and the host's record of it.</param>
/// <param name="Locks">Times that another program kept the database from being written, longer than writers wait for it.</param>
/// <param name="Logs">Times that the error log was held against the store, after each start that was not cut short.</param>
/// <param name="LogsMadeAnew">Of these, those where the start had to make it anew.</param>
/// <param name="Refused">Posts that were told to wait (429).</param>
/// <param name="Taps">Taps of the approver in the owners' group.</param>
/// <param name="LongestStart">The longest time from a start to the first answer.</param>
/// <param name="StopTook">The longest time that a stop took.</param>
public sealed record ChaosReport(
    int Kills,
    int KilledAtStart,
    int Stops,
    int Aimed,
    int Locks,
    int Logs,
    int LogsMadeAnew,
    int Acknowledged,
    int Repeats,
    int Refused,
    int FromTelegram,
    int Taps,
    int DecisionsTaken,
    StoredFigures Stored,
    DecidedAgain Again,
    TimeSpan LongestStart,
    TimeSpan StopTook,
    IReadOnlyList<string> Violations
)
{
    /// <summary>How long it took until all was well, or taken over, by what had happened.</summary>
    public IReadOnlyList<(HostFault Fault, TimeSpan Took)> Takeovers { get; init; } = [];

    /// <summary>What the owner's decisions over the API were answered with.</summary>
    public IReadOnlyDictionary<System.Net.HttpStatusCode, int> Answers { get; init; } = new Dictionary<System.Net.HttpStatusCode, int>();

    /// <summary>Hosts that ended because the others did not hear of them, though nothing was done to them.</summary>
    public int LeasesLost { get; init; }

    /// <summary>How often each fault happened to one of several hosts.</summary>
    public IReadOnlyDictionary<HostFault, int> Faults { get; init; } = new Dictionary<HostFault, int>();
}

/// <summary>
/// The kill test: the real host as a child process, customers on two channels, an owner, edits of playbooks and canary; SIGKILL at random
/// instants, also while it starts, and now and then the database is locked. Afterwards everything is drained, the host is stopped, and what it
/// kept is checked from outside.
/// </summary>
public sealed class ChaosRun(ChaosPlan plan)
{
    private static readonly TimeSpan s_longestDrain = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_longestStart = TimeSpan.FromMinutes(3);
    // Five seconds are promised; the machine is at its limit here, and the process has to end as well.
    internal static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_oneLook = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_lastLife = TimeSpan.FromSeconds(3);
    private const double ShortestLifeSeconds = 0.05, LongestLifeSeconds = 4;
    // Writers wait five seconds for a lock, and each failed try of a turn makes its next one wait longer.
    private const double ShortestLockSeconds = 5.5, LongestLockSeconds = 12;
    private const int LivesToALock = 12;
    private const decimal MostPercent = 100;
    private const int MostReaders = 60;

    // More than can be left once all is fetched.
    private const long NothingCopied = 1L << 40;
    private static readonly TimeSpan s_untilToldAgain = TimeSpan.FromSeconds(30);

    private readonly Random _random = new(plan.Seed);
    private readonly long _begun = Stopwatch.GetTimestamp();
    private long? _told;
    private int _kills;
    private int _killedAtStart;
    private int _aimed;
    private int _stops;
    private int _locks;
    private int _editions;
    private TimeSpan _longestStop;
    private TimeSpan _longestStart;
    private readonly List<string> _badStops = [];
    private readonly List<string> _badLogs = [];
    private readonly Dictionary<HostFault, int> _faults = [];

    // Where the database is now; null for the embedded store.
    private Func<string?> _store = () => plan.Store;
    private int _logs;
    private int _logsMadeAnew;

    public async Task<ChaosReport> RunAsync(CancellationToken cancellationToken)
    {
        using var shop = new ShopOnDisk();
        await using var telegram = await TelegramSide.StartAsync(plan);
        await using var cluster = plan.Hosts > 1 && plan.Store is null ? await PostgresCluster.StartAsync(cancellationToken) : null;
        _store = () => cluster?.Connection ?? plan.Store;
        var settings = new Dictionary<string, string>(telegram.Settings) { ["OpsChat__Store"] = plan.Store ?? "" };
        List<DatabaseLine> lines = cluster is null ? [] : [.. Enumerable.Range(0, plan.Hosts).Select(_ => new DatabaseLine(() => cluster.Primary))];
        using var group = plan.Hosts > 1
            ? new HostGroup(shop, plan.Hosts, number => cluster is null ? plan.Store! : PostgresCluster.ConnectionOver(lines[number]), settings)
            : null;
        await using var proxy = group is null ? null : new ReadyProxy(group.Hosts);
        using var single = group is null ? new HostProcess(shop, settings) : null;
        var address = proxy?.Url ?? single!.Url;
        using var web = new WebCustomers(address, plan.Seed);
        using var owner = new OwnerAtWork(address, plan.Seed);
        using var readers = new CursorReaders(address, Math.Min(plan.WebCustomers, MostReaders));

        // 1. The first start is not disturbed: an empty folder is the installer's moment, not the customers'.
        single?.Start();
        await (group is null ? HealthyAsync(single!, cancellationToken) : group.StartAsync(cancellationToken));

        // 2. Everyone works while the host is killed and started again.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = web.WriteAsync(plan.WebCustomers, stop.Token, giveUp.Token);
        var others = Task.WhenAll(
            readers.ReadAsync(stop.Token),
            telegram.Customers.WriteAsync(stop.Token),
            telegram.Owner.WorkAsync(stop.Token),
            owner.WorkAsync(stop.Token),
            EditAsync(shop, stop.Token)
        );
        await (
            group is null
                ? KillAsync(shop, single!, telegram, cancellationToken)
                : SufferAsync(group, lines, cluster, telegram, cancellationToken)
        );
        await (group is null ? HealthyAsync(single!, cancellationToken) : Task.CompletedTask);
        await Task.Delay(s_lastLife, TimeProvider.System, cancellationToken);
        await stop.CancelAsync();
        await others;

        // 3. Quiet: what was begun is acknowledged, everything due is decided and sent.
        giveUp.CancelAfter(s_longestDrain);
        await writing;
        var drained = await DrainedAsync(shop.Database, telegram, cancellationToken);
        await readers.ReadToTheEndAsync(cancellationToken);
        IReadOnlyList<HostProcess> hosts = group?.Hosts ?? [single!];
        foreach (var host in hosts)
        {
            await StopAsync(host, cancellationToken);
        }

        await CopyAsync(shop.Database, cancellationToken);
        await Task.WhenAll(lines.Select(line => line.DisposeAsync().AsTask()));

        // 4. Look from outside.
        IReadOnlyList<DecisionTaken> taken = [.. owner.Taken, .. telegram.Owner.Taken];
        var check = await StoreCheck.RunAsync(
            shop.Database,
            new([.. web.Acknowledged], taken, telegram.Customers.Rooms, telegram.Owner.ToldUncertain) { Readers = readers.Seen },
            cancellationToken
        );
        var left = new List<string>();
        foreach (var host in hosts)
        {
            left.AddRange(await ErrorLogCheck.LeftAsync(host.Data, shop.Database, shop.Folder, cancellationToken));
        }

        var again = await DecidedAgainCheck.RunAsync(shop.Database, shop.Editions(_editions), cancellationToken);
        var violations = check
            .Violations.Concat(left)
            .Concat(again.Broken)
            .Concat(_badLogs)
            .Concat(_badStops)
            .Concat(group?.Surprises ?? [])
            .Concat(drained ? [] : [$"Nothing moved for {s_longestDrain.TotalSeconds:0} s, and something was still unread, undecided or unsent."])
            .ToList();
        return new(
            _kills,
            _killedAtStart,
            _stops,
            _aimed,
            _locks,
            _logs,
            _logsMadeAnew,
            web.Acknowledged.Count,
            web.Repeats,
            web.Refused,
            telegram.Customers.Sent,
            telegram.Owner.Taps,
            taken.Count,
            check.Figures,
            again,
            _longestStart,
            _longestStop,
            violations
        )
        {
            Takeovers = group?.Takeovers ?? [],
            Faults = _faults,
            LeasesLost = group?.LeasesLost ?? 0,
            Answers = owner.Answers,
        };
    }

    /// <summary>What can happen where the database is the program's own, and where it is not.</summary>
    private static HostFault[] Possible(bool isOwn) =>
        isOwn ? Enum.GetValues<HostFault>() : [HostFault.Killed, HostFault.Paused, HostFault.Slow, HostFault.Stopped, HostFault.Disconnected];

    private async Task SufferAsync(
        HostGroup group,
        List<DatabaseLine> lines,
        PostgresCluster? cluster,
        TelegramSide telegram,
        CancellationToken cancellationToken
    )
    {
        var (begun, possible) = (Stopwatch.GetTimestamp(), Possible(cluster is not null));
        while (Stopwatch.GetElapsedTime(begun) < plan.Duration && _faults.Values.Sum() < (plan.Kills ?? int.MaxValue))
        {
            // Half of what happens is that a host is killed; every third time where nobody can know whether a message left.
            var fault = _random.Next(2) == 0 ? HostFault.Killed : possible[_random.Next(possible.Length)];
            var number = _random.Next(group.Hosts.Count);
            await Task.Delay(
                TimeSpan.FromSeconds(ShortestLifeSeconds + (_random.NextDouble() * (LongestLifeSeconds - ShortestLifeSeconds))),
                TimeProvider.System,
                cancellationToken
            );
            _aimed += _random.Next(3) == 0 && await telegram.BetweenAcceptanceAndRecordAsync(cancellationToken) ? 1 : 0;
            _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
            Progress($"{telegram.Unfetched:N0} updates of Telegram are not fetched yet");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(s_longestStart);
            await group.SufferAsync(
                fault,
                number,
                TimeSpan.FromSeconds(_random.NextDouble() * 3),
                () => _store()!,
                lines.Count == 0 ? null : lines[number],
                cluster,
                patience.Token
            );
        }
    }

    private Task<bool> DrainedAsync(string database, TelegramSide telegram, CancellationToken cancellationToken) =>
        _store() is null
            ? StoreCheck.UntilDrainedAsync(database, telegram.Customers.Sent, s_longestDrain, cancellationToken)
            : StoreCheck.UntilDrainedAsync(
                async () =>
                {
                    Progress($"{telegram.Unfetched:N0} updates of Telegram are not fetched yet");
                    // A copy takes its time; as long as Telegram holds something back it would say nothing that is not known.
                    if (telegram.Unfetched > 0)
                    {
                        return NothingCopied + telegram.Unfetched;
                    }

                    await CopyAsync(database, cancellationToken);
                    return await StoreCheck.LeftAsync(database, telegram.Customers.Sent);
                },
                s_longestDrain,
                s_oneLook,
                cancellationToken
            );

    /// <summary>A run takes long: how far it is, on the side, at most every half minute.</summary>
    private void Progress(string what)
    {
        if (_told is null || Stopwatch.GetElapsedTime(_told.Value) > s_untilToldAgain)
        {
            _told = Stopwatch.GetTimestamp();
            Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(_begun).TotalMinutes, 5:0.0} min: {_faults.Values.Sum():N0} faults, {what}");
        }
    }

    /// <summary>What stands in PostgreSQL, as a file that the checks read.</summary>
    private async Task CopyAsync(string database, CancellationToken cancellationToken)
    {
        if (_store() is not { } address)
        {
            return;
        }

        // The hosts have data folders of their own.
        Directory.CreateDirectory(Path.GetDirectoryName(database)!);
        foreach (var file in new[] { database, $"{database}-wal", $"{database}-shm" })
        {
            File.Delete(file);
        }

        await using var store = await PostgresStore.OpenAsync(address, cancellationToken);
        await store.BackupAsync(database, cancellationToken);
    }

    private async Task StopAsync(HostProcess host, CancellationToken cancellationToken)
    {
        var (took, exitCode) = await host.StopAsync(cancellationToken);
        _longestStop = took > _longestStop ? took : _longestStop;
        // How long a stop took is a figure of the run, not a promise broken: a busy machine stops no process in time.
        if (exitCode != 0 && took <= LongestStop)
        {
            _badStops.Add($"A stop took {took.TotalSeconds:0.0} s and ended with {exitCode}.");
        }
    }

    private async Task KillAsync(ShopOnDisk shop, HostProcess host, TelegramSide telegram, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var isHealthy = true;
        while (Stopwatch.GetElapsedTime(begun) < plan.Duration && _kills < (plan.Kills ?? int.MaxValue))
        {
            // Of eight lives two end at a random instant of the start, two where nobody can know whether a message left, four after some work. One of
            // the doubtful ones, and one other, is not killed but stopped.
            var kind = _random.Next(8);
            if (kind > 1 && !isHealthy)
            {
                await HealthyAsync(host, cancellationToken);
                await (plan.Store is null ? CompareErrorLogAsync(shop, host, cancellationToken) : Task.CompletedTask);
                isHealthy = true;
            }

            var life = ShortestLifeSeconds + (_random.NextDouble() * (LongestLifeSeconds - ShortestLifeSeconds));
            await Task.Delay(TimeSpan.FromSeconds(isHealthy ? life : life / 2), TimeProvider.System, cancellationToken);
            if (isHealthy && _random.Next(LivesToALock) == 0 && plan.Store is null)
            {
                var isLocked = await StoreCheck.LockAsync(
                    shop.Database,
                    TimeSpan.FromSeconds(ShortestLockSeconds + (_random.NextDouble() * (LongestLockSeconds - ShortestLockSeconds))),
                    cancellationToken
                );
                _locks += isLocked ? 1 : 0;
            }

            _aimed += kind is 2 or 3 && await telegram.BetweenAcceptanceAndRecordAsync(cancellationToken) ? 1 : 0;
            if (kind is 3 or 4)
            {
                await StopAsync(host, cancellationToken);
                _stops++;
            }
            else
            {
                await host.KillAsync();
                _kills++;
                _killedAtStart += isHealthy ? 0 : 1;
            }

            host.Start();
            isHealthy = false;
        }
    }

    /// <summary>The log that this start found or made, against the store that it tells of.</summary>
    private async Task CompareErrorLogAsync(ShopOnDisk shop, HostProcess host, CancellationToken cancellationToken)
    {
        var copy = Path.Combine(shop.Folder, $"error-rates-{_logs++}.db");
        using var http = new HttpClient { BaseAddress = host.Url, DefaultRequestHeaders = { Authorization = new("Bearer", HostProcess.OwnerToken) } };
        var state = await http.GetFromJsonAsync<ErrorLogState>("api/errors", cancellationToken);
        await using (var file = File.Create(copy))
        await using (var content = await http.GetStreamAsync("api/errors/export", cancellationToken))
        {
            await content.CopyToAsync(file, cancellationToken);
        }

        _logsMadeAnew += state?.MadeAnewBecause is null ? 0 : 1;
        if (await ErrorLogCheck.DifferenceAsync(copy, shop.Database, cancellationToken) is { } difference)
        {
            _badLogs.Add($"Broken: the error log is what the store counted. {difference}");
        }

        File.Delete(copy);
    }

    private async Task HealthyAsync(HostProcess host, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_longestStart);
        await host.UntilHealthyAsync(patience.Token);
        _longestStart = host.SinceStart > _longestStart ? host.SinceStart : _longestStart;
    }

    private async Task EditAsync(ShopOnDisk shop, CancellationToken stop)
    {
        var random = new Random(plan.Seed + 1);
        for (var edition = 1; !stop.IsCancellationRequested; edition++)
        {
            switch (random.Next(4))
            {
                case 0:
                    shop.SetPercentage(random.Next((int)MostPercent + 1));
                    break;
                case 1:
                    shop.BreakPlaybook();
                    break;
                default:
                    shop.EditPlaybook(edition);
                    _editions = edition;
                    break;
            }

            await Task.Delay(TimeSpan.FromSeconds(1 + random.NextDouble()), TimeProvider.System, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
