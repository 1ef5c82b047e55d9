using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>
/// A PostgreSQL of the program's own: a primary, and a replica without which the primary acknowledges no commit
/// (<c>synchronous_commit = remote_apply</c>). Both listen on sockets in the program's folder alone.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string User = "opschat", Replica = "replica";
    private static readonly TimeSpan s_nextTry = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Directory.CreateTempSubdirectory("opschat-cluster-").FullName;
    private readonly string _programs;
    private int _primary;

    private PostgresCluster(string programs) => _programs = programs;

    /// <summary>Whether <c>pg_stat_statements</c> is installed: it counts what the database is asked.</summary>
    public bool CountsStatements => File.Exists(Path.Combine(_programs, "..", "lib", "pg_stat_statements.so"));

    /// <summary>Where the primary is now.</summary>
    public EndPoint Primary => new UnixDomainSocketEndPoint(Path.Combine(Socket(_primary), ".s.PGSQL.5432"));

    /// <summary>To the primary as it is now.</summary>
    public string Connection => $"Host={Socket(_primary)};Username={User};Database=postgres;Pooling=false";

    /// <summary>To the primary as it is now, for a host that keeps its connections.</summary>
    public string ConnectionTo(string database) => $"Host={Socket(_primary)};Username={User};Database={database}";

    /// <summary>To the primary over a line.</summary>
    public static string ConnectionOver(DatabaseLine line) =>
        $"Host=127.0.0.1;Port={line.Port};Username={User};Database=postgres;SSL Mode=Disable;Timeout=5";

    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public static async Task<PostgresCluster> StartAsync(CancellationToken cancellationToken)
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(of => Path.Combine(of, "bin")).Where(Directory.Exists).Order().LastOrDefault()
            : null;
        var cluster = new PostgresCluster(programs ?? throw new InvalidOperationException("PostgreSQL is not installed. Install postgresql."));
        await cluster.RunAsync("chown", ["postgres", cluster._folder], asRoot: true, cancellationToken);
        await cluster.ProgramAsync("initdb", ["-D", cluster.Data(0), "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"], cancellationToken);
        await cluster.UpAsync(0, cancellationToken);
        await cluster.FollowAsync(1, cancellationToken);
        return cluster;
    }

    /// <summary>All connections end, and for a moment there is no database.</summary>
    /// <param name="isCrash">As after a power cut; else as at an update.</param>
    public async Task RestartAsync(bool isCrash, CancellationToken cancellationToken)
    {
        await DownAsync(_primary, isCrash ? "immediate" : "fast", cancellationToken);
        await UpAsync(_primary, cancellationToken);
    }

    /// <summary>The primary is gone for good, and its replica becomes the primary, which gets a new replica.</summary>
    public async Task FailOverAsync(CancellationToken cancellationToken)
    {
        var old = _primary;
        await DownAsync(old, "immediate", cancellationToken);
        await ProgramAsync("pg_ctl", ["-D", Data(1 - old), "-w", "promote"], cancellationToken);
        _primary = 1 - old;
        await AskAsync("alter system set synchronous_standby_names = ''", cancellationToken);
        await AskAsync("select pg_reload_conf()", cancellationToken);
        await FollowAsync(old, cancellationToken);
    }

    /// <summary>Returns the first value of the first row.</summary>
    /// <param name="database">Null for the one that <see cref="Connection"/> names.</param>
    public async Task<object?> AskAsync(string sql, CancellationToken cancellationToken, string? database = null)
    {
        await using var connection = new NpgsqlConnection(
            database is null ? Connection : new NpgsqlConnectionStringBuilder(Connection) { Database = database }.ConnectionString
        );
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in new[] { 0, 1 })
        {
            await ProgramAsync("pg_ctl", ["-D", Data(node), "-m", "immediate", "stop"], CancellationToken.None, mayFail: true);
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Makes a node anew as the replica of the primary, and has the primary wait for it from now on.</summary>
    private async Task FollowAsync(int node, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Data(node)))
        {
            Directory.Delete(Data(node), recursive: true);
        }

        var from = $"host={Socket(_primary)} user={User} application_name={Replica}";
        string[] copy = ["-D", Data(node), "-R", "-X", "stream", "-c", "fast", "-d", from];
        await ProgramAsync("pg_basebackup", copy, cancellationToken);
        await UpAsync(node, cancellationToken);
        await AskAsync($"alter system set synchronous_standby_names = '{Replica}'", cancellationToken);
        await AskAsync("select pg_reload_conf()", cancellationToken);
    }

    private Task UpAsync(int node, CancellationToken cancellationToken)
    {
        string[] settings =
        [
            "listen_addresses=",
            $"unix_socket_directories={Socket(node)}",
            "synchronous_commit=remote_apply",
            "max_connections=200",
            "hot_standby=on",
            "wal_retrieve_retry_interval=500",
            .. CountsStatements ? ["shared_preload_libraries=pg_stat_statements"] : Array.Empty<string>(),
        ];
        return ProgramAsync(
            "pg_ctl",
            ["-D", Data(node), "-w", "-l", Path.Combine(Socket(node), "log"), "-o", string.Join(' ', settings.Select(s => $"-c {s}")), "start"],
            cancellationToken
        );
    }

    private Task DownAsync(int node, string how, CancellationToken cancellationToken) =>
        ProgramAsync("pg_ctl", ["-D", Data(node), "-w", "-m", how, "stop"], cancellationToken);

    private string Data(int node) => Path.Combine(_folder, $"node-{node}");

    private string Socket(int node) => Path.Combine(_folder, $"socket-{node}");

    private Task ProgramAsync(string name, string[] arguments, CancellationToken cancellationToken, bool mayFail = false) =>
        RunAsync(Path.Combine(_programs, name), arguments, asRoot: false, cancellationToken, mayFail);

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private async Task RunAsync(string program, string[] arguments, bool asRoot, CancellationToken cancellationToken, bool mayFail = false)
    {
        var isRoot = Environment.UserName == "root";
        if (asRoot && !isRoot)
        {
            return;
        }

        foreach (var node in new[] { 0, 1 })
        {
            if (!Directory.Exists(Socket(node)))
            {
                if (!OperatingSystem.IsWindows())
                {
                    // The server writes there under another account.
                    Directory.CreateDirectory(Socket(node), (UnixFileMode)0x1FF);
                    File.SetUnixFileMode(Socket(node), (UnixFileMode)0x1FF);
                }
            }
        }

        string[] whole = isRoot && !asRoot
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        // Its output is not read: a server that it starts keeps it open.
        using var process = Process.Start(new ProcessStartInfo(whole[0], whole[1..]) { UseShellExecute = false, WorkingDirectory = "/" })
            ?? throw new InvalidOperationException($"{program} did not start.");
        while (!process.HasExited)
        {
            await Task.Delay(s_nextTry, TimeProvider.System, cancellationToken);
        }

        if (process.ExitCode != 0 && !mayFail)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
