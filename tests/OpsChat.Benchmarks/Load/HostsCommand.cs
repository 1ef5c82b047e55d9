using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Load;

/// <summary>
/// <c>-- hosts [--most 3] [--seconds 20] [--latency 500] [--in-flight 16]</c>: messages a second of one host, of two and of three on one
/// PostgreSQL with a replica, while a model words each answer and takes its time; then what a message costs there. So many customers for each
/// host wait for their answers at any time. A message is posted to one host and its answer read from the next one, as behind a proxy. The
/// hosts, the database, its replica, the model and the customers share this machine.
/// </summary>
static class HostsCommand
{
    private const int PatienceSeconds = 30;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(25);

    public static async Task<int> RunAsync(Flags flags)
    {
        var (most, inFlight) = ((int)flags.Number("most", 3), (int)flags.Number("in-flight", 16));
        var (duration, latency) = (TimeSpan.FromSeconds(flags.Number("seconds", 20)), TimeSpan.FromMilliseconds(flags.Number("latency", 500)));
        await using var cluster = await PostgresCluster.StartAsync(CancellationToken.None);
        await using var model = await SlowModel.StartAsync(latency);
        List<Figures> all = [];
        foreach (var count in Enumerable.Range(1, most))
        {
            all.Add(await MeasureAsync(cluster, model, count, inFlight, duration));
        }

        Console.WriteLine(
            $"{latency.TotalMilliseconds:0} ms of the model, {inFlight} customers waiting for each host, {duration.TotalSeconds:0} s each"
        );
        Console.WriteLine("hosts  messages/s  of one host's  median ms   p99 ms  calls of the model  ms of a host's processor  commits  WAL bytes");
        foreach (var it in all)
        {
            Console.WriteLine(
                $"{it.Hosts,5}  {it.PerSecond,10:0.0}  {it.PerSecond / all[0].PerSecond,13:0.00}  {it.Median.TotalMilliseconds,9:0}  "
                    + $"{it.Late.TotalMilliseconds,7:0}  {it.Calls,18:0.00}  {it.Processor.TotalMilliseconds,24:0.0}  {it.Commits,7:0.0}  "
                    + $"{it.Wal,9:N0}"
            );
        }

        Console.WriteLine($"Of each message, in the last run: {all[^1].Rows:0.0} rows and {all[^1].Bytes:N0} bytes with indexes.");
        Console.WriteLine(await RowsAsync(cluster, Named(most)));
        if (cluster.CountsStatements)
        {
            Console.WriteLine("What the database was asked most of the time in the last run, for each message:");
            Console.WriteLine(await StatementsAsync(cluster, Named(most), all[^1].Answered));
        }

        return all.TrueForAll(it => it.Failed == 0) ? 0 : 1;
    }

    private static async Task<Figures> MeasureAsync(PostgresCluster cluster, SlowModel model, int count, int inFlight, TimeSpan duration)
    {
        var database = Named(count);
        await cluster.AskAsync($"create database {database}", CancellationToken.None);
        using var shop = new ShopOnDisk();
        shop.SetPercentage(100);
        var settings = new Dictionary<string, string>(HostProcess.Measured);
        foreach (var (name, value) in model.Settings)
        {
            settings[name] = value;
        }

        using var group = new HostGroup(shop, count, _ => cluster.ConnectionTo(database), settings);
        await group.StartAsync(CancellationToken.None);
        using var customers = new Customers(group);
        await customers.WriteAsync(count * inFlight, s_warmUp);
        // What autovacuum does within the first minutes: until then the database plans for empty tables.
        await cluster.AskAsync("analyze", CancellationToken.None, database);
        if (cluster.CountsStatements)
        {
            await cluster.AskAsync("create extension if not exists pg_stat_statements", CancellationToken.None, database);
            await cluster.AskAsync("select pg_stat_statements_reset()", CancellationToken.None, database);
        }

        var before = await StateAsync(cluster, database, group);
        var calls = model.Calls;
        var began = Stopwatch.GetTimestamp();
        var (times, failed) = await customers.WriteAsync(count * inFlight, duration);
        var took = Stopwatch.GetElapsedTime(began);
        var after = await StateAsync(cluster, database, group);
        foreach (var host in group.Hosts)
        {
            await host.StopAsync(CancellationToken.None);
        }

        var n = (double)Math.Max(1, times.Count);
        return new(
            count, times.Count, times.Count / took.TotalSeconds, At(times, 0.5), At(times, 0.99), failed, (model.Calls - calls) / n,
            (after.Processor - before.Processor) / n, (after.Commits - before.Commits) / n, (after.Wal - before.Wal) / n,
            (after.Rows - before.Rows) / n, (after.Bytes - before.Bytes) / n
        );
    }

    private static string Named(int count) => $"hosts_{count}";

    private static TimeSpan At(List<TimeSpan> ascending, double share) =>
        ascending.Count == 0 ? TimeSpan.Zero : ascending[(int)Math.Min(ascending.Count - 1, share * ascending.Count)];

    private static async Task<State> StateAsync(PostgresCluster cluster, string database, HostGroup group)
    {
        // A backend tells what it did a second later.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        async Task<double> AskAsync(string sql) =>
            Convert.ToDouble(await cluster.AskAsync(sql, CancellationToken.None, database), CultureInfo.InvariantCulture);
        return new(
            group.Hosts.Aggregate(TimeSpan.Zero, (sum, host) => sum + host.ProcessorTime),
            await AskAsync("select xact_commit from pg_stat_database where datname = current_database()"),
            await AskAsync("select pg_current_wal_lsn() - '0/0'::pg_lsn"),
            await AskAsync("select sum(n_live_tup) from pg_stat_user_tables"),
            await AskAsync("select sum(pg_total_relation_size(relid)) from pg_stat_user_tables")
        );
    }

    private static async Task<string> RowsAsync(PostgresCluster cluster, string database) =>
        (string?)await cluster.AskAsync(
            """
            select string_agg(line, e'\n') from (
                select format('  %-24s %10s rows %12s bytes', relname, n_live_tup, pg_total_relation_size(relid)) as line
                from pg_stat_user_tables where n_live_tup > 0 order by pg_total_relation_size(relid) desc limit 12) as largest
            """,
            CancellationToken.None,
            database
        ) ?? "";

    private static async Task<string> StatementsAsync(PostgresCluster cluster, string database, int messages) =>
        (string?)await cluster.AskAsync(
            $"""
            select string_agg(line, e'\n') from (
                select format('  %7s calls %7s ms  %s', round(calls / {messages}.0, 2), round((total_exec_time / {messages})::numeric, 3),
                    left(regexp_replace(query, '\s+', ' ', 'g'), 110)) as line
                from pg_stat_statements join pg_database on pg_database.oid = dbid and datname = current_database()
                order by calls desc limit 60) as asked
            """,
            CancellationToken.None,
            database
        ) ?? "";

    private sealed record State(TimeSpan Processor, double Commits, double Wal, double Rows, double Bytes);

    /// <param name="Hosts">How many.</param>
    /// <param name="Median">From the post to the answer in the customer's hands.</param>
    /// <param name="Late">The same for the slowest of a hundred.</param>
    /// <param name="Calls">And all that follow: for each message, over all hosts.</param>
    private sealed record Figures(
        int Hosts, int Answered, double PerSecond, TimeSpan Median, TimeSpan Late, int Failed, double Calls, TimeSpan Processor, double Commits,
        double Wal, double Rows, double Bytes
    );

    /// <summary>Customers who ask one thing each.</summary>
    private sealed class Customers(HostGroup group) : IDisposable
    {
        private readonly List<HttpClient> _hosts = [.. group.Hosts.Select(host => new HttpClient
        {
            BaseAddress = host.Url,
            Timeout = TimeSpan.FromSeconds(PatienceSeconds * 2),
            DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } },
        })];

        private int _last;

        /// <summary>So many at any time, each followed by the next one as soon as it has its answer. Returns the ascending times of those who
        /// got it, and how many did not.</summary>
        public async Task<(List<TimeSpan> Times, int Failed)> WriteAsync(int atOnce, TimeSpan duration)
        {
            var began = Stopwatch.GetTimestamp();
            var lanes = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
            {
                List<TimeSpan?> times = [];
                while (Stopwatch.GetElapsedTime(began) < duration)
                {
                    times.Add(await AskAsync(Interlocked.Increment(ref _last)));
                }

                return times;
            }));
            var all = lanes.SelectMany(times => times).ToList();
            return ([.. all.OfType<TimeSpan>().Order()], all.Count(took => took is null));
        }

        /// <summary>In words of each one's own: a model is asked the same thing only once.</summary>
        private static string Question(int customer) =>
            $"hi, {new string([.. $"{customer}".Select(digit => (char)('a' + digit - '0'))])} here, when are you open?";

        public void Dispose() => _hosts.ForEach(host => host.Dispose());

        private async Task<TimeSpan?> AskAsync(int customer)
        {
            var (began, messages) = (Stopwatch.GetTimestamp(), $"api/chat/hosts-{customer}/messages");
            try
            {
                using var posted = await _hosts[customer % _hosts.Count].PostAsJsonAsync(messages, new { id = "1", text = Question(customer) });
                posted.EnsureSuccessStatusCode();
                // Line 1 is the customer's own message.
                var read = await _hosts[(customer + 1) % _hosts.Count].GetFromJsonAsync<Lines>($"{messages}?after=1&wait={PatienceSeconds}");
                return read is { Messages.Count: > 0 } ? Stopwatch.GetElapsedTime(began) : null;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException or TaskCanceledException)
            {
                return null;
            }
        }

        private sealed record Line(long Seq, string Text);

        private sealed record Lines(IReadOnlyList<Line> Messages);
    }
}
