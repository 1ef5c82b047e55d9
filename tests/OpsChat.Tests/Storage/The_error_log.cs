using System.Runtime.Versioning;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Canary;
using OpsChat.Storage;
using OpsChat.Storage.ErrorLog;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Storage;

/// <summary>The LiteDB file agrees with the store, or it is made anew; never is it believed.</summary>
public sealed class The_error_log : ErrorLogUnderTest
{
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

    [Fact]
    public async Task is_closed_once_however_often_it_is_asked_to()
    {
        await using var store = await OpenStoreAsync();
        await using var log = Open(store);
        await log.CatchUpAsync(CancellationToken.None);

        await log.DisposeAsync();
        await log.DisposeAsync();

        var read = () => log.CatchUpAsync(CancellationToken.None);
        await read.Should().ThrowAsync<StoreException>().WithMessage("*closed because the host is stopping*");
    }
}
