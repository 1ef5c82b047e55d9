using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Storage;

/// <summary>The contract on PostgreSQL, and what several hosts and a server that goes away make of it.</summary>
[OnPostgres]
public sealed class The_postgres_store : StoreContract, IAsyncLifetime
{
    private PostgresServer _server = null!;

    public async Task InitializeAsync() => _server = await PostgresServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    protected override async Task<IStore> OpenAsync() => await PostgresStore.OpenAsync(_server.Connection, CancellationToken.None);

    protected override async Task<IStore> OpenBackupAsync(string file) => await SqliteStore.OpenAsync(file, CancellationToken.None);

    [PostgresFact]
    public async Task Has_the_tables_and_columns_of_the_embedded_store()
    {
        await using (await OpenAsync())
        {
        }

        await using (await SqliteStore.OpenAsync(Folder.File("opschat.db"), CancellationToken.None))
        {
        }

        await using var embedded = new SqliteConnection($"Data Source={Folder.File("opschat.db")};Pooling=False");
        await using var postgres = new NpgsqlConnection(_server.Connection);
        var ours = await embedded.QueryAsync<string>(
            """
            select t.name || '.' || c.name || case when c."notnull" or c.pk then ' not null' else '' end from sqlite_master t, pragma_table_info(t.name) c
            where t.type = 'table' and (t.name not like 'search%' or t.name = 'search_lines') and t.name <> 'sqlite_sequence'
            """
        );

        var theirs = await postgres.QueryAsync<string>(
            """
            select c.table_name || '.' || c.column_name || case c.is_nullable when 'NO' then ' not null' else '' end from information_schema.columns c
            where c.table_schema = current_schema() and c.table_name not in ('search', 'opschat_version', 'opschat_turn')
            """
        );

        theirs.Should().BeEquivalentTo(ours);
    }

    [PostgresFact]
    public async Task Is_one_store_for_several_hosts_whose_commits_follow_one_another()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        IStore[] hosts = [one, other];

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => hosts[i % 2].WriteAsync(
            session => session.Settings.Set("count", $"{int.Parse(session.Settings.Get("count") ?? "0", null) + 1}"), CancellationToken.None)));

        (await SettingAsync(one, "count")).Should().Be("60");
    }

    [PostgresFact]
    public async Task Tells_every_host_of_a_commit_that_changes_something()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var told = new TaskCompletionSource();
        other.Committed += (_, _) => told.TrySetResult();

        await AdmitAsync(one, new("api", "aina"), "c1", "m1");

        await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [PostgresFact]
    public async Task Goes_on_after_the_server_closed_its_connections()
    {
        var named = new NpgsqlConnectionStringBuilder(_server.Connection) { ApplicationName = $"cut-{Guid.NewGuid():N}" };
        await using var store = await PostgresStore.OpenAsync(named.ConnectionString, CancellationToken.None);
        await AdmitAsync(store, new("api", "aina"), "c1", "m1");

        await _server.AskAsync(
            $"select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = '{named.ApplicationName}'"
        );

        (await SettingAsync(store, "store-id")).Should().NotBeNull();
        (await AdmitAsync(store, new("api", "aina"), "c2", "m2")).Should().BeOfType<OpsChat.Messages.Admission.Admitted>();
    }

    [PostgresFact]
    public async Task Lets_a_host_take_over_when_the_other_ends_and_not_before()
    {
        await using var first = await PostgresStore.OpenAsync(_server.Connection, CancellationToken.None);
        await using var second = await PostgresStore.OpenAsync(_server.Connection, CancellationToken.None);
        var waitsFor = new TaskCompletionSource<string>();
        await first.TakeTurnAsync("first", _ => { }, CancellationToken.None);

        var taking = second.TakeTurnAsync("second", waitsFor.SetResult, CancellationToken.None);

        (await waitsFor.Task.WaitAsync(TimeSpan.FromSeconds(60))).Should().Be("first");
        taking.IsCompleted.Should().BeFalse();
        await first.DisposeAsync();
        await taking.WaitAsync(TimeSpan.FromSeconds(60));
        (await AdmitAsync(second, new("api", "aina"), "c1", "m1")).Should().BeOfType<OpsChat.Messages.Admission.Admitted>();
    }

    [PostgresFact]
    public async Task Lets_a_host_that_was_paused_until_another_took_over_write_nothing()
    {
        // Its clock stands still: it renews nothing.
        await using var paused = await PostgresStore.OpenAsync(_server.Connection, new TestClock(ShopUnderTest.Morning), CancellationToken.None);
        await using var other = await PostgresStore.OpenAsync(_server.Connection, CancellationToken.None);
        var lost = new TaskCompletionSource();
        await using var told = paused.TurnLost.Register(lost.SetResult);
        await paused.TakeTurnAsync("paused", _ => { }, CancellationToken.None);
        await AdmitAsync(paused, new("api", "aina"), "c1", "m1");
        await _server.AskAsync("update opschat_turn set renewed = renewed - interval '1 minute'");
        await other.TakeTurnAsync("other", _ => { }, CancellationToken.None);

        await FluentActions
            .Awaiting(() => AdmitAsync(paused, new("api", "aina"), "c2", "m2"))
            .Should()
            .ThrowAsync<StoreException>()
            .WithMessage("*taken over*");

        await lost.Task.WaitAsync(TimeSpan.FromSeconds(60));
        (paused.MayAct, other.MayAct).Should().Be((false, true));
        (await other.ReadAsync(session => session.Inbox.Undecided(new("api", "aina")), CancellationToken.None))
            .Should().ContainSingle().Which.Id.Should().Be("m1");
    }

    [PostgresFact]
    public async Task Reads_and_writes_nothing_while_it_stands_by()
    {
        await using var atWork = await PostgresStore.OpenAsync(_server.Connection, CancellationToken.None);
        await using var other = await PostgresStore.OpenAsync(_server.Connection, CancellationToken.None);
        atWork.TryTakeTurn("first").Should().BeTrue();
        await AdmitAsync(atWork, new("api", "aina"), "c1", "m1");

        other.StandBy();
        other.TryTakeTurn("second").Should().BeFalse();

        (other.AtWork, other.MayAct).Should().Be(("first", false));
        (await other.ReadAsync(session => session.Inbox.Undecided(new("api", "aina")), CancellationToken.None)).Should().ContainSingle();
        await FluentActions
            .Awaiting(() => AdmitAsync(other, new("api", "aina"), "c2", "m2"))
            .Should()
            .ThrowAsync<StoreException>()
            .WithMessage("*stands by*");
    }

    [PostgresFact]
    public async Task Ends_a_commit_that_stands_still_so_that_others_can_write()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var tries = 0;
        var stuck = store.WriteAsync(
            session =>
            {
                session.Settings.Set("stuck", $"{++tries}");
                inside.Set();
                goOn.Wait();
                session.Settings.Set("stuck", "went on");
            },
            CancellationToken.None
        );
        inside.Wait();

        await AdmitAsync(other, new("api", "aina"), "c1", "m1");

        (await SettingAsync(other, "stuck")).Should().BeNull();
        goOn.Set();
        await stuck;
        tries.Should().Be(2, "the first try was undone by the database, and what it wrote with it");
    }

    [PostgresFact]
    public async Task Takes_over_all_of_an_embedded_store_and_gives_it_back_as_a_backup()
    {
        var file = Folder.File("opschat.db");
        await using (var embedded = await SqliteStore.OpenAsync(file, CancellationToken.None))
        {
            for (var i = 0; i < 20; i++)
            {
                await AdmitAsync(embedded, new("api", $"c{i % 3}"), $"{i}", $"m{i}");
            }

            await embedded.WriteAsync(session => session.Notices.Add("test", "Grüße, 你好", ShopUnderTest.Morning), CancellationToken.None);
        }

        // Decisions with their traces, an approval, what left, and the audit of all that.
        await using (var shop = await ShopUnderTest.OpenAsync(database: file))
        {
            await shop.SayAsync("priya", "i want a refund for order #1293, my email is priya.nair@example.com");
            await shop.SayAsync("aina", "when are you open?");
        }

        var copied = await StoreCopy.ToPostgresAsync(file, _server.Connection, CancellationToken.None);

        copied.Difference.Should().BeNull();
        copied.Rows.Should().BeGreaterThan(40);
        (await _server.AskAsync("select count(*) from audit")).Should().NotBe(0L);
        (await StoreCopy.DifferenceAsync(file, _server.Connection, CancellationToken.None)).Should().BeNull();
        await _server.AskAsync("update turns set trace = trace || ' ' where verdict = 'Send'");
        (await StoreCopy.DifferenceAsync(file, _server.Connection, CancellationToken.None)).Should().Contain("turns").And.Contain("trace");
        await _server.AskAsync("update turns set trace = rtrim(trace) where verdict = 'Send'");
        await using var store = await OpenAsync();
        (await store.ReadAsync(session => session.Search.Find("text of 7", 10), CancellationToken.None)).Should().Contain("api:c1");
        (await AdmitAsync(store, new("api", "c0"), "again", "m20")).Should().Be(new OpsChat.Messages.Admission.Admitted("m20", 8));
        await store.BackupAsync(Folder.File("back.db"), CancellationToken.None);
        await using var back = await SqliteStore.OpenAsync(Folder.File("back.db"), CancellationToken.None);
        (await back.ReadAsync(session => session.AuditedRows.Verify(), CancellationToken.None)).Should().BeOfType<OpsChat.Audit.AuditVerdict.Whole>();
        (await back.ReadAsync(session => session.Inbox.Undecided(new("api", "c0")).Count, CancellationToken.None)).Should().Be(8);
        await FluentActions
            .Awaiting(() => StoreCopy.ToPostgresAsync(file, _server.Connection, CancellationToken.None))
            .Should()
            .ThrowAsync<StoreException>()
            .WithMessage("*already*");
    }

    [PostgresFact]
    public async Task Stores_any_text()
    {
        await using var store = await OpenAsync();

        await store.WriteAsync(session => session.Settings.Set("odd", "a\0b\uD800c 😀"), CancellationToken.None);

        (await SettingAsync(store, "odd")).Should().Be("a\uFFFDb\uFFFDc 😀");
    }

    [PostgresFact]
    public async Task Says_in_a_sentence_what_is_wrong_with_its_address_and_never_a_password()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(_server.Connection) { Port = 1, Password = "hush" }.ConnectionString;
        var missing = new NpgsqlConnectionStringBuilder(_server.Connection) { Database = "no_such_shop" }.ConnectionString;

        (await WhyAsync(nowhere)).Should().Contain("cannot be reached").And.NotContain("hush");
        (await WhyAsync(missing)).Should().Contain("no_such_shop").And.Contain("createdb");
        (await WhyAsync("Hostess=hush")).Should().Contain("OpsChat__Store").And.NotContain("hush");
    }

    [PostgresFact]
    public async Task Touches_no_tables_of_something_else_and_no_newer_ones()
    {
        await using (await OpenAsync())
        {
        }

        await _server.AskAsync($"insert into opschat_version values ({Schema.PostgresSteps.Length + 1})");
        (await WhyAsync(_server.Connection)).Should().Contain("newer OpsChat");

        await using var another = await PostgresServer.StartAsync();
        await another.AskAsync("create table conversations (id text)");
        (await WhyAsync(another.Connection)).Should().Contain("something else");
    }

    private static async Task<string> WhyAsync(string connection) =>
        (
            await FluentActions
                .Awaiting(() => PostgresStore.OpenAsync(connection, CancellationToken.None))
                .Should()
                .ThrowAsync<StoreException>()
        ).Which.Message;
}
