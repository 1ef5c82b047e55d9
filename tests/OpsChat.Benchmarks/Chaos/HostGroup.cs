using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>What happens to one of several hosts, or to the database that they share.</summary>
public enum HostFault
{
    /// <summary>SIGKILL.</summary>
    Killed,

    /// <summary>SIGSTOP for longer than its lease, and SIGCONT when the others have taken over.</summary>
    Paused,

    /// <summary>SIGSTOP for less than its lease: it goes on.</summary>
    Slow,

    /// <summary>SIGTERM.</summary>
    Stopped,

    /// <summary>Nothing reaches the database any more, and nothing comes from it, until the others have taken over.</summary>
    CutOff,

    /// <summary>PostgreSQL ends all connections.</summary>
    Disconnected,

    /// <summary>PostgreSQL is restarted, or crashes and starts.</summary>
    DatabaseRestarted,

    /// <summary>The primary is gone, and its replica becomes the primary.</summary>
    DatabaseFailedOver,
}

/// <summary>Hosts at work on one PostgreSQL database, each with a port, a data folder and a line to the database of its own.</summary>
/// <param name="storeOf">The database, as the host of that number (from 0) reaches it.</param>
public sealed class HostGroup(ShopOnDisk shop, int count, Func<int, string> storeOf, IReadOnlyDictionary<string, string> settings) : IDisposable
{
    /// <summary>How a process ends that SIGTERM or SIGKILL has cut short.</summary>
    private const int Terminated = 143, Killed = 137;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    public IReadOnlyList<HostProcess> Hosts { get; } =
    [
        .. Enumerable.Range(0, count).Select(number => new HostProcess(
            shop,
            new Dictionary<string, string>(settings) { ["OpsChat__Store"] = storeOf(number) },
            Path.Combine(shop.Folder, $"data-{number}")
        )),
    ];

    /// <summary>How long it took until the others had taken over what a host decided, or until all were ready again, by what had happened.</summary>
    public List<(HostFault Fault, TimeSpan Took)> Takeovers { get; } = [];

    /// <summary>How many hosts ended because the others did not hear of them, though nothing was done to them: the machine was too busy.</summary>
    public int LeasesLost { get; private set; }

    /// <summary>What a host did that was not expected, in words.</summary>
    public List<string> Surprises { get; } = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var host in Hosts)
        {
            host.Start();
            await host.UntilReadyAsync(cancellationToken);
        }
    }

    /// <summary>Returns when all are at work again.</summary>
    /// <param name="number">Of the host that it happens to.</param>
    /// <param name="later">For how much longer a host sleeps, or stays cut off, after the others have taken over; and how long a killed one is
    /// away.</param>
    /// <param name="store">How the database is reached by the program itself.</param>
    public async Task SufferAsync(
        HostFault fault,
        int number,
        TimeSpan later,
        Func<string> store,
        DatabaseLine? line,
        PostgresCluster? cluster,
        CancellationToken cancellationToken
    )
    {
        var (host, began) = (Hosts[number], Stopwatch.GetTimestamp());
        switch (fault)
        {
            case HostFault.Killed:
                await host.KillAsync();
                await Task.Delay(later, TimeProvider.System, cancellationToken);
                host.Start();
                break;
            case HostFault.Paused:
                host.Signal("STOP");
                await GoneAsync(store(), cancellationToken);
                Takeovers.Add((fault, Stopwatch.GetElapsedTime(began)));
                await Task.Delay(later, TimeProvider.System, cancellationToken);
                host.Signal("CONT");
                await EndedAsync(host, "woke up after the others had taken over", cancellationToken);
                break;
            case HostFault.Slow:
                host.Signal("STOP");
                await Task.Delay(later, TimeProvider.System, cancellationToken);
                host.Signal("CONT");
                break;
            case HostFault.Stopped:
                var (took, exit) = await host.StopAsync(cancellationToken);
                // How long a stop takes is the machine's; cut short, it is like a kill.
                var isCutShort = took > ChaosRun.LongestStop && exit is Terminated or Killed;
                Surprises.AddRange(exit == 0 || isCutShort ? [] : [$"A host that was stopped ended with {exit}."]);
                host.Start();
                break;
            case HostFault.CutOff:
                line!.Cut();
                await GoneAsync(store(), cancellationToken);
                Takeovers.Add((fault, Stopwatch.GetElapsedTime(began)));
                await Task.Delay(later, TimeProvider.System, cancellationToken);
                line.Mend();
                await EndedAsync(host, "reached the database after the others had taken over", cancellationToken);
                break;
            case HostFault.Disconnected:
                await DisconnectAsync(store(), cancellationToken);
                break;
            case HostFault.DatabaseRestarted:
                await cluster!.RestartAsync(isCrash: number == 0, cancellationToken);
                break;
            case HostFault.DatabaseFailedOver:
                await cluster!.FailOverAsync(cancellationToken);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "Nothing is known of it.");
        }

        try
        {
            await AllReadyAsync(cancellationToken);
        }
        catch (OperationCanceledException tooLong)
        {
            throw new InvalidOperationException($"After {fault} of host {number}: {await NotReadyAsync()}", tooLong);
        }

        if (fault is not (HostFault.Paused or HostFault.CutOff or HostFault.Slow))
        {
            Takeovers.Add((fault, Stopwatch.GetElapsedTime(began)));
        }
    }

    public void Dispose()
    {
        foreach (var host in Hosts)
        {
            host.Dispose();
        }
    }

    /// <summary>Until all are ready. One that ends because the others did not hear of it, on a machine that is too busy, is started again, as
    /// whatever keeps it running does.</summary>
    private async Task AllReadyAsync(CancellationToken cancellationToken)
    {
        foreach (var host in Hosts)
        {
            while (!await host.IsReadyAsync(cancellationToken))
            {
                if (host.EndedWith is { } code)
                {
                    var isLeaseLost = code == 1 && host.LastWords.Contains("taken over", StringComparison.Ordinal);
                    LeasesLost += isLeaseLost ? 1 : 0;
                    Surprises.AddRange(isLeaseLost ? [] : [$"A host ended by itself with {code}: {host.LastWords}"]);
                    host.Start();
                }

                await Task.Delay(s_look, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Which hosts are not ready, why, and what they said last.</summary>
    private async Task<string> NotReadyAsync()
    {
        List<string> said = [];
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        foreach (var (number, host) in Hosts.Index())
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(host.Url, "ready"));
                said.Add($"host {number} says {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}. {host.LastWords}");
            }
            catch (Exception e) when (e is HttpRequestException or SocketException or TaskCanceledException)
            {
                said.Add($"host {number} does not answer: {e.Message} {host.LastWords}");
            }
        }

        return string.Join(Environment.NewLine, said);
    }

    private async Task EndedAsync(HostProcess host, string what, CancellationToken cancellationToken)
    {
        var code = await host.UntilEndedAsync(cancellationToken);
        Surprises.AddRange(code == 1 ? [] : [$"A host that {what} ended with {code}."]);
        host.Start();
    }

    /// <summary>Until the others have taken a host's row away.</summary>
    private async Task GoneAsync(string store, CancellationToken cancellationToken)
    {
        while (await AskAsync(store, "select count(*) from opschat_hosts", cancellationToken) is long left && left >= Hosts.Count)
        {
            await Task.Delay(s_look, TimeProvider.System, cancellationToken);
        }
    }

    private static Task<object?> DisconnectAsync(string store, CancellationToken cancellationToken) =>
        AskAsync(
            store,
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = 'OpsChat'",
            cancellationToken
        );

    private static async Task<object?> AskAsync(string store, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(store) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
