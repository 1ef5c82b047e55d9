using System.Diagnostics;
using OpsChat.Agent;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Settings;
using OpsChat.Storage;

namespace OpsChat.Benchmarks;

/// <summary><c>-- operations FOLDER [DAY]</c>: how long a shop's folder takes to be read for the first time and again from what is kept, one look
/// of all monitors at the morning of a day, and the briefing; and the memory that the history takes.</summary>
static class OperationsFigures
{
    private const int Looks = 5;

    public static async Task RunAsync(string folder, DateOnly? day)
    {
        var data = Directory.CreateTempSubdirectory("opschat-operations-");
        var profile = PlaybookFolder.Load(Path.GetFullPath("playbooks")).Shop;
        var (settings, calendar) = (OperationsSettings.Default(profile.Currency), new ShopCalendar(profile.Hours));
        var now = TimeProvider.System.GetUtcNow();
        for (var again = 0; again < 2; again++)
        {
            await using var store = await SqliteStore.OpenAsync(Path.Combine(data.FullName, "opschat.db"), CancellationToken.None);
            var desk = new OperationsDesk(store, new(folder, Path.Combine(data.FullName, "posted"), store, () => profile), () => settings);
            var before = Held();
            var began = Stopwatch.GetTimestamp();
            var view = await desk.ViewAsync(now, CancellationToken.None);
            var read = Stopwatch.GetElapsedTime(began);
            var at = calendar.At(day ?? view.History.Days.To, new(6, 0));
            var what = again == 0 ? "first reading" : "read again";
            Console.WriteLine($"{what, -13}  {read.TotalSeconds, 6:0.0} s   history {(Held() - before) / 1048576.0, 6:0} MB");
            List<double> looks = [], briefings = [];
            for (var look = 0; look < Looks; look++)
            {
                began = Stopwatch.GetTimestamp();
                var report = await desk.PreviewAsync(MonitorSet.All, now, at, CancellationToken.None);
                looks.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
                began = Stopwatch.GetTimestamp();
                var lines = await new BriefingDesk(store, () => calendar, () => settings).ReadAsync(report, CancellationToken.None);
                briefings.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (look == 0)
                {
                    var alerts = report.Queue.Ranked.Count;
                    Console.WriteLine($"{at:yyyy-MM-dd HH:mm}: {alerts} alerts by {report.Monitors} monitors, {lines.Count} lines of briefing");
                }
            }

            Console.WriteLine($"looks of all monitors, s:  {string.Join("  ", looks.Select(s => $"{s:0.00}"))}");
            Console.WriteLine($"briefings, ms:             {string.Join("  ", briefings.Select(ms => $"{ms:0}"))}");
        }

        data.Delete(recursive: true);
    }

    private static long Held() => GC.GetTotalMemory(forceFullCollection: true);
}
