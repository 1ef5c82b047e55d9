using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Storage.ErrorLog;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Storage;

/// <summary>What does not agree with the store is made anew from it.</summary>
public sealed class A_damaged_error_log : ErrorLogUnderTest
{
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
    public async Task is_what_the_owner_is_told_of_and_not_trouble_of_the_store()
    {
        await using var store = await OpenStoreAsync();
        var inTrouble = new StoreInTrouble(store) { IsInTrouble = true };
        await using var log = Open(inTrouble);
        var upkeep = new ErrorLogUpkeep(log, inTrouble, _clock, NullLogger<ErrorLogUpkeep>.Instance);

        await FluentActions.Awaiting(() => upkeep.LookAsync(default)).Should().ThrowAsync<StoreException>();
        inTrouble.EndTrouble();
        await upkeep.LookAsync(default);
        (await NoticesAsync(store)).Should().BeEmpty();

        await using var second = new ErrorRateLog(store, LogFolder, _clock, NullLogger<ErrorRateLog>.Instance);
        var beside = new ErrorLogUpkeep(second, store, _clock, NullLogger<ErrorLogUpkeep>.Instance);
        await beside.LookAsync(default);
        await beside.LookAsync(default);
        (await NoticesAsync(store)).Should().ContainSingle().Which.Should().Contain("is in use by another OpsChat");
    }

    private static Task<List<string>> NoticesAsync(SqliteStore store) =>
        store.ReadAsync(session => session.Notices.Unseen().Select(notice => notice.Text).ToList(), default);
}
