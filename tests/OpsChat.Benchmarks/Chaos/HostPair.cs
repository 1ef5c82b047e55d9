using System.Diagnostics;
using Npgsql;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>What happens to one of two hosts.</summary>
public enum HostFault
{
    /// <summary>The host at work gets SIGKILL.</summary>
    Killed,

    /// <summary>The host at work gets SIGSTOP for longer than its lease, and SIGCONT when the other one is at work.</summary>
    Paused,

    /// <summary>The host at work gets SIGTERM.</summary>
    Stopped,

    /// <summary>The host that stands by gets SIGKILL.</summary>
    StandbyKilled,

    /// <summary>PostgreSQL ends all connections; nobody takes over.</summary>
    Disconnected,
}

/// <summary>Two hosts on one PostgreSQL database, each with a port and a data folder of its own.</summary>
public sealed class HostPair(ShopOnDisk shop, IReadOnlyDictionary<string, string> settings) : IDisposable
{
    public IReadOnlyList<HostProcess> Hosts { get; } =
    [
        .. Enumerable.Range(1, 2).Select(number => new HostProcess(shop, settings, Path.Combine(shop.Folder, $"data-{number}"))),
    ];

    /// <summary>How long it took until the other host was at work, by what had happened to the first.</summary>
    public List<(HostFault Fault, TimeSpan Took)> Takeovers { get; } = [];

    /// <summary>What a host did that was not expected, in words.</summary>
    public List<string> Surprises { get; } = [];

    public HostProcess AtWork { get; private set; } = null!;

    private HostProcess Other => Hosts[0] == AtWork ? Hosts[1] : Hosts[0];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        AtWork = Hosts[0];
        AtWork.Start();
        await AtWork.UntilReadyAsync(cancellationToken);
        Other.Start();
        await Other.UntilHealthyAsync(cancellationToken);
    }

    /// <summary>Returns when one is at work and the other stands by again.</summary>
    /// <param name="asleep">How long a paused host sleeps on after the other has taken over.</param>
    public async Task SufferAsync(HostFault fault, TimeSpan asleep, string store, CancellationToken cancellationToken)
    {
        var (was, began) = (AtWork, Stopwatch.GetTimestamp());
        switch (fault)
        {
            case HostFault.Killed:
                await was.KillAsync();
                await TakenOverAsync(fault, began, cancellationToken);
                break;
            case HostFault.Paused:
                was.Signal("STOP");
                await TakenOverAsync(fault, began, cancellationToken);
                await Task.Delay(asleep, TimeProvider.System, cancellationToken);
                was.Signal("CONT");
                var code = await was.UntilEndedAsync(cancellationToken);
                Surprises.AddRange(code == 1 ? [] : [$"A host that woke up after another had taken over ended with {code}."]);
                break;
            case HostFault.Stopped:
                var (_, exit) = await was.StopAsync(cancellationToken);
                Surprises.AddRange(exit == 0 ? [] : [$"A host that was stopped ended with {exit}."]);
                await TakenOverAsync(fault, began, cancellationToken);
                break;
            case HostFault.StandbyKilled:
                await Other.KillAsync();
                Other.Start();
                await Other.UntilHealthyAsync(cancellationToken);
                return;
            case HostFault.Disconnected:
                await DisconnectAsync(store, cancellationToken);
                await Task.Delay(asleep, TimeProvider.System, cancellationToken);
                await AtWork.UntilReadyAsync(cancellationToken);
                return;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "Nothing is known of it.");
        }

        was.Start();
        await was.UntilHealthyAsync(cancellationToken);
    }

    public void Dispose()
    {
        foreach (var host in Hosts)
        {
            host.Dispose();
        }
    }

    private async Task TakenOverAsync(HostFault fault, long began, CancellationToken cancellationToken)
    {
        await Other.UntilReadyAsync(cancellationToken);
        Takeovers.Add((fault, Stopwatch.GetElapsedTime(began)));
        AtWork = Other;
    }

    private static async Task DisconnectAsync(string store, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(store) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = 'OpsChat'",
            connection
        );
        await command.ExecuteScalarAsync(cancellationToken);
    }
}
