using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.ErrorLog;
using OpsChat.Storage.Tables;

namespace OpsChat.Benchmarks;

/// <summary>How long the report takes over many stored outcomes, what it allocates, and what one more outcome costs.</summary>
internal static class ReportTimes
{
    private const int Days = 365;

    /// <param name="playbookFolder">A folder of playbooks; the outcomes are spread over all of them.</param>
    public static async Task RunAsync(string playbookFolder, int outcomes)
    {
        var folder = Directory.CreateTempSubdirectory("opschat-bench-").FullName;
        try
        {
            await using var store = await SqliteStore.OpenAsync(Path.Combine(folder, "opschat.db"), CancellationToken.None);
            var known = new PlaybookCatalog<PlaybookSnapshot>(
                playbookFolder,
                Path.Combine(folder, "last-good"),
                TimeProvider.System,
                PlaybookSnapshot.From
            ).Current;
            var config = Path.Combine(folder, "canary.config.json");
            await File.WriteAllBytesAsync(
                config,
                CanaryConfigText.Write(
                    new()
                    {
                        Percentage = 50,
                        Promote = Promotion.Never,
                        Rollback = Rollback.Ask,
                    }
                )
            );
            var file = CanaryConfigFile.Open(config);

            await TimedAsync($"fill with {outcomes:N0} outcomes over {Days} days", () => FillAsync(store, known, outcomes));
            using var feed = new ChangeFeed(store);
            using var keeper = new RolloutKeeper(store, file, () => known, feed, TimeProvider.System, NullLogger<RolloutKeeper>.Instance);
            var longestWrite = LongestWriteAsync(store, out var stop);
            await TimedAsync("first look: count everything once, set checkpoints", () => keeper.LookAsync(CancellationToken.None));
            await stop.CancelAsync();
            var longest = await longestWrite;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"    the longest of another's writes meanwhile: {longest.TotalMilliseconds:N1} ms"
                )
            );
            await LateAsync(store, 30);
            await TimedAsync("a look after late news of a case 30 days old", () => keeper.LookAsync(CancellationToken.None));
            for (var run = 1; run <= 5; run++)
            {
                await LateAsync(store, 0);
                await TimedAsync($"a look after one more outcome, run {run}", () => keeper.LookAsync(CancellationToken.None));
            }

            var spotChecks = new SpotCheckDesk(store, TimeProvider.System);
            for (var run = 1; run <= 3; run++)
            {
                await TimedAsync($"list of 50 spot-checks, run {run}", () => spotChecks.ListAsync(50, CancellationToken.None));
            }

            await using var log = new ErrorRateLog(store, folder, TimeProvider.System, NullLogger<ErrorRateLog>.Instance);
            await TimedAsync("the error log, made anew", () => log.RebuildAsync(CancellationToken.None));
            Console.WriteLine(
                $"    {new FileInfo(Path.Combine(folder, "error-rates.db")).Length / 1048576} MiB, working set {Environment.WorkingSet / 1048576} MiB"
            );
            await log.DisposeAsync();
            await using var again = new ErrorRateLog(store, folder, TimeProvider.System, NullLogger<ErrorRateLog>.Instance);
            await TimedAsync("the error log, opened and looked through", () => again.CatchUpAsync(CancellationToken.None));
            var reader = new ReportReader(again, store, () => known, () => file.Current.Config, TimeProvider.System);
            foreach (var days in new[] { 30, 90, Days })
            {
                for (var run = 1; run <= 5; run++)
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    await TimedAsync($"report of {days} days, run {run}", () => reader.ReadAsync(days, CancellationToken.None));
                    Console.WriteLine(
                        $"    allocated {(GC.GetAllocatedBytesForCurrentThread() - before) / 1048576.0:F1} MiB, working set "
                            + $"{Environment.WorkingSet / 1048576} MiB"
                    );
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Cases as a year leaves them: answered or drafted, few wrong, a tenth judged, quiet. Counters are added up as the store would
    /// have.</summary>
    private static async Task FillAsync(SqliteStore store, PlaybookSnapshot known, int outcomes)
    {
        var random = new Random(7);
        var playbooks = known.Playbooks.Playbooks;
        var sums = new Dictionary<CounterKey, DayCounters>();
        var start = TimeProvider.System.GetUtcNow().AddDays(-Days);
        var recent = TimeProvider.System.GetUtcNow() - Kept.Entries;
        for (var done = 0; done < outcomes; done += 20_000)
        {
            var from = done;
            await store.WriteAsync(
                session =>
                {
                    for (var i = from; i < Math.Min(from + 20_000, outcomes); i++)
                    {
                        var @case = Case(i, playbooks[i % playbooks.Count], start.AddDays((double)Days * i / outcomes), random);
                        var key = CounterKey.Of(@case, TimeZoneInfo.Utc);
                        session.Outcomes.Save(@case, key.Day);
                        sums[key] =
                            sums.GetValueOrDefault(key, DayCounters.Zero)
                            + DayCounters.Of(@case)
                            + DayCounters.OfAnswer(true, TimeSpan.FromSeconds(random.Next(2, 900)));
                        if (@case.StartedAt >= recent && @case.Sent != Standing.Pending)
                        {
                            session.ErrorFeed.Append(
                                key,
                                DayCounters.Zero,
                                @case.LastAt,
                                new(Scored.Answer, @case.Sent, @case.SentErrors, SaidBy.Customer)
                            );
                        }
                    }
                },
                CancellationToken.None
            );
        }

        await store.WriteAsync(
            session =>
            {
                foreach (var (key, sum) in sums)
                {
                    session.Counters.Add(key, sum, start);
                }
            },
            CancellationToken.None
        );
    }

    private static CaseOutcome Case(int number, Playbook playbook, DateTimeOffset at, Random random)
    {
        var arm = random.Next(2) == 0 ? Arm.Canary : Arm.Control;
        var begun = new CaseOutcome(
            $"c{number:0000000}",
            playbook.Issue,
            playbook.Version,
            "web",
            $"web:{number % 200_000}",
            arm,
            0.5,
            number < 200_000,
            at
        );
        var answered =
            arm == Arm.Canary
                ? Scoring.After(begun, new OutcomeEvent.AnswerSent(at, "a", random.Next(10) == 0))
                : Scoring.Replay(
                    begun,
                    [
                        new OutcomeEvent.DraftOffered(at, "a", WouldSend: true),
                        new OutcomeEvent.PersonReplied(at.AddMinutes(9), "mei", "a", Edit.None),
                    ]
                );
        var ended =
            random.Next(50) == 0 ? Scoring.After(answered, new OutcomeEvent.CustomerWrote(at.AddHours(2), CustomerSignal.CameBack))
            : answered.Drawn ? Scoring.After(answered, new OutcomeEvent.SpotChecked(at.AddHours(3), "mei", "a", null))
            : answered;
        return Scoring.After(ended, new OutcomeEvent.WentQuiet(ended.LastAt.AddDays(1)));
    }

    /// <summary>News that come today about a case that began so many days ago.</summary>
    private static Task<bool> LateAsync(SqliteStore store, int days) =>
        store.WriteAsync(
            session =>
            {
                var now = TimeProvider.System.GetUtcNow();
                var late = session
                    .Outcomes.Newest(now.AddDays(-days - 1), CaseColumn.Any)
                    .First(c => c.StartedAt <= now.AddDays(-days).AddHours(1));
                return session.Outcomes.Apply(late.Id, new OutcomeEvent.ThumbedDown(now));
            },
            CancellationToken.None
        );

    /// <summary>Writes a small thing again and again, as the chat does, until stopped; says how long the longest one took.</summary>
    private static Task<TimeSpan> LongestWriteAsync(SqliteStore store, out CancellationTokenSource stop)
    {
        var stopping = stop = new CancellationTokenSource();
        return Task.Run(async () =>
        {
            var longest = TimeSpan.Zero;
            while (!stopping.IsCancellationRequested)
            {
                var clock = Stopwatch.StartNew();
                await store.WriteAsync(session => session.Settings.Set("probe", ""), CancellationToken.None);
                longest = longest > clock.Elapsed ? longest : clock.Elapsed;
            }

            return longest;
        });
    }

    private static async Task TimedAsync(string what, Func<Task> work)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await work();
        var processor = Environment.CpuUsage.TotalTime - before;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -55} {clock.Elapsed.TotalMilliseconds, 10:N1} ms, processor {processor.TotalMilliseconds, 10:N1} ms"
            )
        );
    }
}
