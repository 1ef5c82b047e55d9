using System.Diagnostics;
using System.Runtime.Versioning;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Canary;
using OpsChat.Storage;
using OpsChat.Storage.ErrorLog;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Storage;

/// <summary>The LiteDB file agrees with the store, or it is made anew; never is it believed.</summary>
public sealed class The_error_log : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 8, 20, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new(s_start.AddDays(40));
    private int _cases;

    private string LogFolder => _folder.File("log");

    private string LogFile => Path.Combine(LogFolder, "error-rates.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task adds_up_any_period_to_what_the_store_counted_on_its_days()
    {
        await using var store = await OpenStoreAsync();
        await LiveAsync(store, new(5), days: 75, casesADay: 4);
        await using var log = Open(store);

        Prop.ForAll(Arb.From(Gen.Choose(0, 90)), Arb.From(Gen.Choose(0, 90)), (first, length) =>
            {
                var from = DateOnly.FromDateTime(s_start.UtcDateTime).AddDays(first - 10);
                var counted = store
                    .ReadAsync(session => PeriodCounters.Of(session.Counters.Between(from, from.AddDays(length))), CancellationToken.None)
                    .Result;
                var told = log.PeriodAsync(from, from.AddDays(length), null, CancellationToken.None).Result;
                return told.Versions.ToHashSet().SetEquals(counted.Versions) && told.Days.ToHashSet().SetEquals(counted.Days);
            })
            .Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));
    }

    [Fact]
    public async Task tells_of_one_playbook_without_the_others()
    {
        await using var store = await OpenStoreAsync();
        await LiveAsync(store, new(5), days: 20, casesADay: 4);
        await using var log = Open(store);

        var period = await log.PeriodAsync(new(2026, 8, 5), new(2026, 12, 31), "sizes", CancellationToken.None);

        period.Versions.Should().NotBeEmpty().And.OnlyContain(v => v.Playbook == "sizes");
        period.Days.Sum(d => d.Sent.Cases).Should().Be(period.Versions.Sum(v => v.Counters.Sent)).And.BePositive();
    }

    [Fact]
    public async Task that_took_changes_in_one_by_one_is_the_same_as_one_made_anew()
    {
        await using var store = await OpenStoreAsync();
        var random = new Random(11);
        await using var log = Open(store);
        for (var day = 0; day < 12; day++)
        {
            await LiveAsync(store, random, days: 1, casesADay: 6, from: day);
            (await log.CatchUpAsync(CancellationToken.None)).Through.Should().Be(await HeadAsync(store));
        }

        var grown = await RowsAsync(log);
        await log.RebuildAsync(CancellationToken.None);

        (await RowsAsync(log)).Should().Equal(grown);
        grown
            .Should()
            .Contain(row => row.StartsWith("entries", StringComparison.Ordinal))
            .And.Contain(row => row.StartsWith("days", StringComparison.Ordinal))
            .And.Contain(row => row.StartsWith("months", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("truncated")]
    [InlineData("emptied")]
    [InlineData("of another shop")]
    [InlineData("older than what is kept")]
    [InlineData("with the log of another one beside it")]
    [InlineData("no database")]
    [InlineData("without its mark")]
    public async Task that_is_not_the_one_that_was_closed_is_made_anew(string damage)
    {
        await using var store = await OpenStoreAsync();
        await LiveAsync(store, new(3), days: 20, casesADay: 5);
        await ClosedAsync(store);

        await DamageAsync(damage, store);

        await using var log = Open(store);
        (await log.CatchUpAsync(CancellationToken.None)).MadeAnewBecause.Should().NotBeNull();
        await AgreesAsync(log, store);
    }

    [Fact]
    public async Task with_any_bits_flipped_gives_the_same_figures()
    {
        await using var store = await OpenStoreAsync();
        await LiveAsync(store, new(3), days: 6, casesADay: 5);
        var expected = await ClosedAsync(store);
        var whole = await File.ReadAllBytesAsync(LogFile);

        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            var bytes = (byte[])whole.Clone();
            for (var flip = 0; flip <= seed; flip++)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            await File.WriteAllBytesAsync(LogFile, bytes);
            await using var log = Open(store);
            (await RowsAsync(log)).Should().Equal(expected, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task of_a_store_that_was_restored_from_a_backup_is_made_anew(bool andWentOn)
    {
        await using (var store = await OpenStoreAsync())
        {
            await LiveAsync(store, new(3), days: 5, casesADay: 5);
            await store.BackupAsync(_folder.File("backup.db"), CancellationToken.None);
            await LiveAsync(store, new(4), days: 2, casesADay: 5, from: 5);
            await ClosedAsync(store);
        }

        await using var restored = await SqliteStore.OpenAsync(_folder.File("backup.db"), CancellationToken.None);
        await LiveAsync(restored, new(5), days: andWentOn ? 10 : 0, casesADay: 5, from: 5);

        await using var log = Open(restored);
        (await log.CatchUpAsync(CancellationToken.None)).MadeAnewBecause.Should().ContainAny("backup", "is another one");
        await AgreesAsync(log, restored);
    }

    [Fact]
    public async Task goes_on_from_where_it_ended()
    {
        await using var store = await OpenStoreAsync();
        await LiveAsync(store, new(3), days: 5, casesADay: 5);
        await ClosedAsync(store);
        await LiveAsync(store, new(4), days: 2, casesADay: 5, from: 5);

        await using var log = Open(store);

        (await log.CatchUpAsync(CancellationToken.None)).Should().Be(new ErrorLogState(await HeadAsync(store), null));
        await AgreesAsync(log, store);
    }

    [Fact]
    public async Task that_the_machine_may_have_torn_is_made_anew()
    {
        await using var store = await OpenStoreAsync();
        await LiveAsync(store, new(3), days: 5, casesADay: 5);
        await ClosedAsync(store);
        await File.WriteAllTextAsync(Path.Combine(LogFolder, "error-rates.lock"), "another start of the machine");

        await using var log = Open(store);

        (await log.CatchUpAsync(CancellationToken.None)).MadeAnewBecause.Should().Contain("restarted");
    }

    [Fact]
    public void knows_how_to_keep_LiteDB_from_ending_the_process() => UnclosedTransactions.AreKnown.Should().BeTrue();

    [Fact]
    public async Task is_used_by_one_at_a_time()
    {
        await using var store = await OpenStoreAsync();
        var first = Open(store);
        await first.CatchUpAsync(CancellationToken.None);
        await using var second = Open(store);

        var use = () => second.CatchUpAsync(CancellationToken.None);

        await use.Should().ThrowAsync<ErrorLogInUseException>().WithMessage("*another OpsChat*");
        await first.DisposeAsync();
        (await use()).Through.Should().Be(0);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task is_nobody_elses_to_read()
    {
        await using var store = await OpenStoreAsync();
        await LiveAsync(store, new(3), days: 2, casesADay: 5);
        await using var log = Open(store);
        await log.CatchUpAsync(CancellationToken.None);
        await log.ExportAsync(_folder.File("copy.db"), CancellationToken.None);

        Directory.GetFiles(LogFolder).Append(_folder.File("copy.db")).Should().HaveCount(4)
            .And.OnlyContain(file => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task is_exported_whole_while_it_is_in_use()
    {
        await using var store = await OpenStoreAsync();
        await LiveAsync(store, new(3), days: 5, casesADay: 5);
        await using var log = Open(store);
        var rows = await RowsAsync(log);

        await log.ExportAsync(_folder.File("copy.db"), CancellationToken.None);

        using (var copy = ErrorLogFile.Open(_folder.File("copy.db")))
        {
            Text(copy).Should().Equal(rows);
        }

        var again = () => log.ExportAsync(_folder.File("copy.db"), CancellationToken.None);
        await again.Should().ThrowAsync<IOException>().WithMessage("*exists already*");
    }

    [Fact]
    public async Task keeps_entries_for_90_days_days_for_400_and_months_for_ever()
    {
        await using var store = await OpenStoreAsync();
        await LiveAsync(store, new(3), days: 3, casesADay: 5);
        await using var log = Open(store);
        _clock.Advance(TimeSpan.FromDays(200));
        await LiveAsync(store, new(4), days: 1, casesADay: 5, from: 240);
        await log.FoldAsync(CancellationToken.None);
        (await RowsAsync(log))
            .Where(row => row.StartsWith("entries", StringComparison.Ordinal))
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(row => row.Contains("\"day\":\"2027-"));
        await AgreesAsync(log, store);

        _clock.Advance(TimeSpan.FromDays(300));
        await log.FoldAsync(CancellationToken.None);

        var rows = await RowsAsync(log);
        rows.Where(row => row.StartsWith("days", StringComparison.Ordinal))
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(row => row.Contains("\"day\":\"2027-"));
        rows.Should().Contain(row => row.StartsWith("months", StringComparison.Ordinal) && row.Contains("\"month\":\"2026-08\""));
        await log.RebuildAsync(CancellationToken.None);
        (await RowsAsync(log)).Should().Equal(rows);
    }

    [Fact]
    public async Task tells_what_a_model_read_apart()
    {
        await using var store = await OpenStoreAsync();
        await store.WriteAsync(session =>
        {
            Begin(session, "c1", "sizes", Arm.Canary, s_start);
            session.Outcomes.Apply("c1", new OutcomeEvent.AnswerSent(s_start, "a", Drawn: false, ReadBy.Model));
            session.Outcomes.Apply("c1", new OutcomeEvent.ThumbedDown(s_start));
        }, CancellationToken.None);
        await using var log = Open(store);

        var version = (await log.PeriodAsync(new(2026, 8, 1), new(2026, 8, 31), null, CancellationToken.None))
            .Versions.Should()
            .ContainSingle()
            .Subject;

        (version.ReadBy, version.Counters.Cases, version.Counters.Wrong).Should().Be((ReadBy.Model, 1, 1));
        (await RowsAsync(log))
            .Where(row => row.StartsWith("entries", StringComparison.Ordinal))
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("\"readBy\":\"model\"")
            .And.Contain("\"standing\":\"wrong\"")
            .And.Contain("\"saidBy\":\"customer\"")
            .And.NotContain("c1");
    }

    [LinuxRootFact]
    public async Task pauses_on_a_full_disk_and_goes_on_when_there_is_space()
    {
        await using var store = await OpenStoreAsync();
        Directory.CreateDirectory(LogFolder);
        using var disk = SmallDisk.Mount(LogFolder, "512k");
        var log = Open(store);
        await log.CatchUpAsync(CancellationToken.None);
        await LiveAsync(store, new(3), days: 60, casesADay: 40);

        var catchUp = () => log.CatchUpAsync(CancellationToken.None);

        await catchUp.Should().ThrowAsync<StoreException>().WithMessage("*is paused*go on without it*");
        await LiveAsync(store, new(4), days: 1, casesADay: 5, from: 60);
        SmallDisk.Resize(LogFolder, "64m");
        await catchUp.Should().ThrowAsync<StoreException>("it is not tried again and again");
        _clock.Advance(ErrorRateLog.PausedFor);
        (await catchUp()).Through.Should().Be(await HeadAsync(store));
        await AgreesAsync(log, store);
        await log.DisposeAsync();
    }

    private Task<SqliteStore> OpenStoreAsync() => SqliteStore.OpenAsync(_folder.File("opschat.db"), CancellationToken.None);

    private ErrorRateLog Open(IStore store) => new(store, LogFolder, _clock, NullLogger<ErrorRateLog>.Instance);

    private static Task<long> HeadAsync(SqliteStore store) => store.ReadAsync(session => session.ErrorFeed.Head(), CancellationToken.None);

    /// <summary>Everything in the log, from a copy.</summary>
    private async Task<List<string>> RowsAsync(ErrorRateLog log)
    {
        var file = _folder.File($"{Guid.NewGuid():N}.db");
        await log.ExportAsync(file, CancellationToken.None);
        using var copy = ErrorLogFile.Open(file);
        return Text(copy);
    }

    private static List<string> Text(ErrorLogFile file) => [.. file.All().Select(row => $"{row.Collection} {row.Row}").Order(StringComparer.Ordinal)];

    /// <summary>The log is caught up and closed; returns what was in it.</summary>
    private async Task<List<string>> ClosedAsync(SqliteStore store)
    {
        await using var log = Open(store);
        return await RowsAsync(log);
    }

    /// <summary>Whatever it has come through, it is what one made anew would be.</summary>
    private async Task AgreesAsync(ErrorRateLog log, IStore store)
    {
        var rows = await RowsAsync(log);
        await using var other = new ErrorRateLog(store, _folder.File(Guid.NewGuid().ToString("N")), _clock, NullLogger<ErrorRateLog>.Instance);
        rows.Should().Equal(await RowsAsync(other));
    }

    private async Task DamageAsync(string damage, SqliteStore store)
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

    private async Task LiveAsync(IStore store, Random random, int days, int casesADay, int from = 0)
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

    private static void Begin(UnitOfWork session, string id, string playbook, Arm arm, DateTimeOffset at) =>
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

/// <summary>A file system of its own in memory, so small that it is soon full.</summary>
sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Whether this account may mount one.</summary>
    public static bool IsPossible { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && CanMount();

    public static SmallDisk Mount(string folder, string size)
    {
        Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder).Should().Be(0);
        return new(folder);
    }

    public static void Resize(string folder, string size) => Run("mount", "-o", $"remount,size={size}", folder).Should().Be(0);

    public void Dispose() => Run("umount", "-l", _folder);

    private static bool CanMount()
    {
        var folder = Directory.CreateTempSubdirectory("opschat-disk-").FullName;
        var can = Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder) == 0 && Run("umount", folder) == 0;
        Directory.Delete(folder);
        return can;
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}

/// <summary>Skipped where no file system may be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class LinuxRootFactAttribute : FactAttribute
{
    public LinuxRootFactAttribute() => Skip = SmallDisk.IsPossible ? null : "This account may not mount a file system.";
}
