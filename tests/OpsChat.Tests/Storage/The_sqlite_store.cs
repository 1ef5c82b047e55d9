using Microsoft.Data.Sqlite;
using OpsChat.Storage;

namespace OpsChat.Tests.Storage;

/// <summary>The contract on SQLite, and what can happen to its file.</summary>
public sealed class The_sqlite_store : StoreContract
{
    private string Database => Folder.File("opschat.db");

    protected override async Task<IStore> OpenAsync() => await SqliteStore.OpenAsync(Database, CancellationToken.None);

    protected override async Task<IStore> OpenBackupAsync(string file) => await SqliteStore.OpenAsync(file, CancellationToken.None);

    [Fact]
    public async Task Says_that_a_file_of_something_else_is_no_database()
    {
        await File.WriteAllTextAsync(Database, new string('x', 5000));

        await RefusesToOpenAsync("*is no database*restore the last backup*");
    }

    [Fact]
    public async Task Says_at_the_start_that_the_file_is_damaged()
    {
        await using (var store = await OpenAsync())
        {
            for (var i = 0; i < 500; i++)
            {
                await AdmitAsync(store, new("api", $"c{i}"), $"{i}", $"m{i}");
            }
        }

        await using (var file = File.Open(Database, FileMode.Open, FileAccess.ReadWrite))
        {
            // The first page stays: the damage is in what only a look at every page finds.
            file.Position = 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)Math.Min(file.Length - 4096, 40_960)).ToArray());
        }

        await RefusesToOpenAsync("*damaged*backup*");
    }

    [Fact]
    public async Task Refuses_the_file_of_a_newer_version_and_leaves_it_alone()
    {
        await using (await OpenAsync())
        {
        }

        Run(Database, $"pragma user_version = {Schema.Version + 1}");

        await RefusesToOpenAsync("*newer OpsChat*");
        Ask(Database, "pragma user_version").Should().Be(Schema.Version + 1);
    }

    [Fact]
    public async Task Brings_an_older_file_up_to_date_and_saves_a_copy_first()
    {
        Run(Database, $"create table note (text text); insert into note values ('old'); pragma user_version = {Schema.Version}");
        using var connection = Connection(Database);

        await SqliteUpgrade.RunAsync(connection, Database, [.. Schema.Steps, "alter table note add column extra text"], CancellationToken.None);

        connection.Ask<long>("pragma user_version").Should().Be(Schema.Version + 1);
        connection.Ask<string>("select text from note where extra is null").Should().Be("old");
        var copy = $"{Database}.v{Schema.Version}.bak";
        Ask(copy, "select count(*) from pragma_table_info('note')").Should().Be(1, "the copy is from before");
    }

    [Fact]
    public async Task Is_as_it_was_when_an_update_fails()
    {
        Run(Database, $"create table note (text text); pragma user_version = {Schema.Version}");
        using var connection = Connection(Database);

        var upgrade = () =>
            SqliteUpgrade.RunAsync(
                connection,
                Database,
                [.. Schema.Steps, "alter table note add column extra text; select broken from nowhere"],
                CancellationToken.None
            );

        await upgrade.Should().ThrowAsync<SqliteException>();
        Ask(Database, "pragma user_version").Should().Be(Schema.Version);
        Ask(Database, "select count(*) from pragma_table_info('note')").Should().Be(1);
    }

    [Fact]
    public async Task Leaves_the_file_as_it_was_when_writing_it_anew_is_called_off()
    {
        await using var store = (SqliteStore)await OpenAsync();
        await store.WriteAsync(session => { session.Settings.Set("large", new string('x', 2_000_000)); }, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        SQLitePCL.raw.sqlite3_progress_handler(store.Writer.Handle, 50, _ =>
        {
            stop.Cancel();
            return 0;
        }, null);

        await FluentActions.Awaiting(() => store.CompactAsync(stop.Token)).Should().ThrowAsync<OperationCanceledException>();

        SQLitePCL.raw.sqlite3_progress_handler(store.Writer.Handle, 0, null, null);
        (await SettingAsync(store, "large")).Should().HaveLength(2_000_000);
        await store.CompactAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Tells_writers_that_the_disk_is_full_and_goes_on_when_it_is_not()
    {
        await using var store = await OpenAsync();
        await store.WriteAsync(session => { session.Settings.Set("before", "1"); }, CancellationToken.None);
        await store.LimitPagesAsync(Ask(Database, "pragma page_count") + 4);

        var write = () => store.WriteAsync(session => { session.Settings.Set("large", new string('x', 200_000)); }, CancellationToken.None);

        await write.Should().ThrowAsync<StoreException>().WithMessage("*full*Free some space*");
        (await SettingAsync(store, "before")).Should().Be("1");
        await store.LimitPagesAsync(1_000_000);
        await write();
        (await SettingAsync(store, "large")).Should().HaveLength(200_000);
    }

    [Fact]
    public async Task Says_that_another_program_has_the_file_locked_and_goes_on_when_it_lets_go()
    {
        await using var store = await OpenAsync();
        using (var other = Connection(Database))
        {
            other.Run("begin immediate");
            await store.WaitForLocksAsync(TimeSpan.FromMilliseconds(20));
            var write = () => store.WriteAsync(session => { session.Settings.Set("a", "1"); }, CancellationToken.None);
            await write.Should().ThrowAsync<StoreException>().WithMessage("*locked by another program*");
            other.Run("rollback");
        }

        await store.WriteAsync(session => { session.Settings.Set("a", "2"); }, CancellationToken.None);
        (await SettingAsync(store, "a")).Should().Be("2");
    }

    [Fact]
    public async Task Says_that_the_folder_is_no_folder()
    {
        await File.WriteAllTextAsync(Folder.File("file"), "");

        var open = () => SqliteStore.OpenAsync(Path.Combine(Folder.File("file"), "opschat.db"), CancellationToken.None);

        await open.Should().ThrowAsync<StoreException>();
    }

    private async Task RefusesToOpenAsync(string sentence) =>
        await FluentActions.Awaiting(OpenAsync).Should().ThrowAsync<StoreException>().WithMessage(sentence);

    private static SqliteConnection Connection(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        return connection;
    }

    private static void Run(string file, string sql)
    {
        using var connection = Connection(file);
        connection.Run(sql);
    }

    private static long Ask(string file, string sql)
    {
        using var connection = Connection(file);
        return connection.Ask<long>(sql);
    }
}

/// <summary>Faults on the store's own writing connection.</summary>
static class StoreFaults
{
    public static Task LimitPagesAsync(this IStore store, long pages) => PragmaAsync(store, $"pragma max_page_count = {pages}");

    public static Task WaitForLocksAsync(this IStore store, TimeSpan patience)
    {
        // Outside of a transaction, and not while one runs: the lock would keep the writer from answering at all.
        var writer = ((SqliteStore)store).Writer;
        writer.DefaultTimeout = 1;
        writer.Run($"pragma busy_timeout = {(int)patience.TotalMilliseconds}");
        return Task.CompletedTask;
    }

    private static Task PragmaAsync(IStore store, string pragma)
    {
        ((SqliteStore)store).Writer.Run(pragma);
        return Task.CompletedTask;
    }
}
