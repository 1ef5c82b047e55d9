using OpsChat.Agent;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

/// <summary>A host may stop at any write: what it found before is not lost, and the next look does not find it twice.</summary>
public sealed class A_look_that_is_cut_short : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 20, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task leaves_nothing_out_and_nothing_double_wherever_it_stopped()
    {
        var shop = _folder.File("shop");
        MugShop.Write(shop, new(2026, 3, 19));
        var (whole, writes) = await LookAsync(shop, "whole.db", stopAt: int.MaxValue);
        writes.Should().BeGreaterThan(1);

        for (var stop = 1; stop <= writes; stop++)
        {
            foreach (var after in new[] { false, true })
            {
                var database = $"{stop}{after}.db";
                await LookAsync(shop, database, stop, after);

                var (again, _) = await LookAsync(shop, database, int.MaxValue);

                again.Should().Equal(whole, "it stopped {0} write {1}", after ? "after" : "before", stop);
            }
        }
    }

    [Fact]
    public async Task leaves_nothing_out_and_nothing_double_on_thirty_mornings_of_which_each_is_cut_short()
    {
        var shop = _folder.File("shop");
        MugShop.Write(shop, new(2026, 3, 19));
        for (var day = 0; day < 30; day++)
        {
            var now = s_now.AddDays(day);
            var (whole, writes) = await LookAsync(shop, "whole.db", stopAt: int.MaxValue, now: now);
            foreach (var after in new[] { false, true })
            {
                await LookAsync(shop, $"{after}.db", 1 + (day % Math.Max(1, writes)), after, now);

                var (again, _) = await LookAsync(shop, $"{after}.db", int.MaxValue, now: now);

                again.Should().Equal(whole, "it stopped {0} a write on morning {1}", after ? "after" : "before", day);
            }
        }
    }

    /// <returns>The open alerts and what the audit chain holds of them, and how often it wrote.</returns>
    private async Task<(IReadOnlyList<string> Kept, int Writes)> LookAsync(
        string shop, string database, int stopAt, bool after = false, DateTimeOffset? now = null)
    {
        await using var store = await SqliteStore.OpenAsync(_folder.File(database), default);
        var breaking = new BreakingStore(store, stopAt, after);
        var profile = ShopProfile.Default with
        {
            Currency = "MYR",
            Hours = OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur")),
        };
        var desk = new OperationsDesk(
            breaking, new(shop, _folder.File("feeds"), breaking, () => profile), () => OperationsSettings.Default("MYR"));
        try
        {
            await desk.LookAsync(MonitorSet.All, now ?? s_now, default);
        }
        catch (HostStopped)
        {
            // As if the process had ended here: nothing of it goes on.
        }

        var kept = await store.ReadAsync(
            session => (IReadOnlyList<string>)
            [
                .. session.Alerts.Queue().Ranked.Select(alert => $"{alert.Key} {alert.Episode} {alert.State}").Order(StringComparer.Ordinal),
                $"{session.Audit.All().Count(row => row.Kind == "alert")} entries",
                $"{session.Notices.Unseen().Count} notices",
            ],
            default);
        return (kept, breaking.Writes);
    }

    private sealed class HostStopped : Exception;

    /// <summary>A store behind which the host ends at one of its writes, before it is durable or right after.</summary>
    private sealed class BreakingStore(IStore store, int stopAt, bool after) : IStore
    {
        public int Writes { get; private set; }

        public string Location => store.Location;

        public event EventHandler Committed
        {
            add => store.Committed += value;
            remove => store.Committed -= value;
        }

        public async Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
        {
            var isLast = ++Writes == stopAt;
            if (isLast && !after)
            {
                throw new HostStopped();
            }

            var done = await store.WriteAsync(work, cancellationToken);
            return isLast ? throw new HostStopped() : done;
        }

        public Task<T> ReadAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken) => store.ReadAsync(work, cancellationToken);

        public Task BackupAsync(string file, CancellationToken cancellationToken) => store.BackupAsync(file, cancellationToken);

        public Task CompactAsync(CancellationToken cancellationToken) => store.CompactAsync(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
