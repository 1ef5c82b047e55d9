using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Canary;
using OpsChat.Storage;
using OpsChat.Storage.ErrorLog;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Storage;

/// <summary>A store that lives for some days, and the log of it in a folder beside.</summary>
public abstract class ErrorLogUnderTest : IDisposable
{
    private protected static readonly DateTimeOffset s_start = new(2026, 8, 20, 9, 0, 0, TimeSpan.Zero);

    private protected readonly TemporaryFolder _folder = new();
    private protected readonly TestClock _clock = new(s_start.AddDays(40));
    private int _cases;

    private protected string LogFolder => _folder.File("log");

    private protected string LogFile => Path.Combine(LogFolder, "error-rates.db");

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<SqliteStore> OpenStoreAsync() => SqliteStore.OpenAsync(_folder.File("opschat.db"), CancellationToken.None);

    private protected ErrorRateLog Open(IStore store) => new(store, LogFolder, _clock, NullLogger<ErrorRateLog>.Instance);

    private protected static Task<long> HeadAsync(SqliteStore store) => store.ReadAsync(session => session.ErrorFeed.Head(), CancellationToken.None);

    /// <summary>Everything in the log, from a copy.</summary>
    private protected async Task<List<string>> RowsAsync(ErrorRateLog log)
    {
        var file = _folder.File($"{Guid.NewGuid():N}.db");
        await log.ExportAsync(file, CancellationToken.None);
        using var copy = ErrorLogFile.Open(file);
        return Text(copy);
    }

    private protected static List<string> Text(ErrorLogFile file) =>
        [.. file.All().Select(row => $"{row.Collection} {row.Row}").Order(StringComparer.Ordinal)];

    /// <summary>The log is caught up and closed; returns what was in it.</summary>
    private protected async Task<List<string>> ClosedAsync(SqliteStore store)
    {
        await using var log = Open(store);
        return await RowsAsync(log);
    }

    /// <summary>Whatever it has come through, it is what one made anew would be.</summary>
    private protected async Task AgreesAsync(ErrorRateLog log, IStore store)
    {
        var rows = await RowsAsync(log);
        await using var other = new ErrorRateLog(store, _folder.File(Guid.NewGuid().ToString("N")), _clock, NullLogger<ErrorRateLog>.Instance);
        rows.Should().Equal(await RowsAsync(other));
    }

    private protected async Task DamageAsync(string damage, SqliteStore store)
    {
        switch (damage)
        {
            case "deleted":
                File.Delete(LogFile);
                break;
            case "truncated":
                await using (var file = new FileStream(LogFile, FileMode.Open))
                {
                    file.SetLength(file.Length / 2);
                }

                break;
            case "emptied":
                await File.WriteAllBytesAsync(LogFile, []);
                break;
            case "no database":
                await File.WriteAllTextAsync(LogFile, new string('x', 30_000));
                break;
            case "without its mark":
                File.Delete(Path.Combine(LogFolder, "error-rates.lock"));
                break;
            case "of another shop":
                File.Copy((await OfAnotherShopAsync()).File, LogFile, overwrite: true);
                break;
            case "with the log of another one beside it":
                File.Copy((await OfAnotherShopAsync()).Beside, ErrorLogFile.LogOf(LogFile), overwrite: true);
                break;
            default:
                var old = await File.ReadAllBytesAsync(LogFile);
                _clock.Advance(TimeSpan.FromDays(120));
                await LiveAsync(store, new(9), days: 1, casesADay: 3, from: 160);
                await using (var log = Open(store))
                {
                    await log.FoldAsync(CancellationToken.None);
                }

                await store.WriteAsync(
                    session =>
                        session.Counters.Add(new(new(2026, 8, 20), "sizes", "v1", Arm.Canary), new() { Cases = 1 }, _clock.GetUtcNow()),
                    CancellationToken.None
                );
                await store.WriteAsync(
                    session =>
                        session.Counters.Add(new(new(2026, 8, 20), "sizes", "v1", Arm.Canary), new() { Cases = -1 }, _clock.GetUtcNow()),
                    CancellationToken.None
                );
                await File.WriteAllBytesAsync(LogFile, old);
                break;
        }
    }

    private async Task<(string File, string Beside)> OfAnotherShopAsync()
    {
        await using var store = await SqliteStore.OpenAsync(_folder.File("other.db"), CancellationToken.None);
        await LiveAsync(store, new(8), days: 9, casesADay: 5);
        await using var log = new ErrorRateLog(store, _folder.File("other"), _clock, NullLogger<ErrorRateLog>.Instance);
        await log.CatchUpAsync(CancellationToken.None);
        var (copy, beside) = (_folder.File("copy.db"), _folder.File("copy-log.db"));
        File.Copy(Path.Combine(_folder.File("other"), "error-rates-log.db"), beside);
        new FileInfo(beside).Length.Should().BePositive("what was written last is there");
        await log.ExportAsync(copy, CancellationToken.None);
        return (copy, beside);
    }

    private protected async Task LiveAsync(IStore store, Random random, int days, int casesADay, int from = 0)
    {
        for (var day = from; day < from + days; day++)
        {
            await store.WriteAsync(session => LiveADay(session, random, s_start.AddDays(day), casesADay), CancellationToken.None);
        }
    }

    private void LiveADay(UnitOfWork session, Random random, DateTimeOffset morning, int cases)
    {
        for (var i = 0; i < cases; i++)
        {
            var (id, at) = ($"c{_cases++}", morning.AddMinutes(random.Next(600)));
            var arm = random.Next(2) == 0 ? Arm.Canary : Arm.Control;
            Begin(session, id, random.Next(3) == 0 ? "returns" : "sizes", arm, at);
            session.Outcomes.Apply(id, arm == Arm.Canary
                ? new OutcomeEvent.AnswerSent(at, "a", random.Next(2) == 0, random.Next(4) == 0 ? ReadBy.Model : ReadBy.Classifier)
                : new OutcomeEvent.DraftOffered(at, "a", WouldSend: true));
            session.Outcomes.Count(id, DayCounters.OfHandOff(random.Next(2) == 0 ? "VIP" : "vip"), at);
            session.Outcomes.Count(id, DayCounters.OfAnswer(arm == Arm.Canary, TimeSpan.FromSeconds(random.Next(1, 9_000))), at);
            session.Outcomes.Apply(id, News(at.AddHours(1), random));
        }
    }

    private protected static void Begin(UnitOfWork session, string id, string playbook, Arm arm, DateTimeOffset at) =>
        session.Outcomes.Begin(new(id, playbook, $"v{at.Day / 11}", "api", $"api:{id}", arm, 0.5, true, at), TimeZoneInfo.Utc);

    private static OutcomeEvent News(DateTimeOffset at, Random random) => random.Next(6) switch
    {
        0 => new OutcomeEvent.SpotChecked(at, "mei", "a", null),
        1 => new OutcomeEvent.SpotChecked(at, "mei", "a", ErrorKind.Outdated, "old price"),
        2 => new OutcomeEvent.CustomerWrote(at, CustomerSignal.CameBack),
        3 => new OutcomeEvent.PersonReplied(at, "mei", "a", EditJudge.Compare("It is 5.", "It is 6.")),
        4 => new OutcomeEvent.WentQuiet(at.AddDays(1)),
        _ => new OutcomeEvent.ThumbedDown(at),
    };
}
