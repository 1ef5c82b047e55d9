using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using OpsChat.Agent;
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
            where c.table_schema = current_schema() and c.table_name not in ('search', 'opschat_version', 'opschat_turn', 'opschat_hosts', 'opschat_claims',
                'opschat_commits')
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
    public async Task Tells_every_host_what_kinds_of_things_a_commit_changes()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var (here, there) = (KindsOf(one), KindsOf(other));

        await AdmitAsync(one, new("api", "aina"), "c1", "m1");

        (await here.Task.WaitAsync(TimeSpan.FromSeconds(60))).Should().Equal("message");
        (await there.Task.WaitAsync(TimeSpan.FromSeconds(60))).Should().Equal("message");

        static TaskCompletionSource<IReadOnlyCollection<string>?> KindsOf(IStore store)
        {
            var told = new TaskCompletionSource<IReadOnlyCollection<string>?>();
            store.Committed += (_, news) => told.TrySetResult((news as CommittedEventArgs)?.Kinds);
            return told;
        }
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
    public async Task Finds_out_that_a_commit_was_made_whose_answer_was_lost_though_the_database_takes_nobody_for_a_while()
    {
        await using var proxy = PostgresProxy.Start(_server);
        var (clock, patience, second) = (new TestClock(), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1));
        await using var store = await PostgresStore.OpenAsync(proxy.Connection, clock, CancellationToken.None);
        await AdmitAsync(store, new("api", "aina"), "c1", "m1");
        proxy.LoseNextCommit();
        var tries = 0;

        var written = store.WriteAsync(session => session.Notices.Add("test", $"{++tries}", ShopUnderTest.Morning), CancellationToken.None);
        for (var passed = 0; passed < 5; passed++)
        {
            await clock.WaitForTimer(second).WaitAsync(patience);
            clock.Advance(second);
        }

        proxy.TakeConnectionsAgain();
        while (await Task.WhenAny(written, clock.WaitForTimer(second)).WaitAsync(patience) != written)
        {
            clock.Advance(second);
        }

        await written;
        tries.Should().Be(1);
        (await _server.AskAsync("select count(*) from notices")).Should().Be(1L);
    }

    [PostgresFact]
    public async Task Believes_no_replica_about_a_commit()
    {
        await using (await OpenAsync())
        {
        }

        // The database's own comes after it there.
        await _server.AskAsync("create function pg_is_in_recovery() returns boolean language sql as 'select true'");
        var replica = new NpgsqlConnectionStringBuilder(_server.Connection) { Pooling = false };
        replica.SearchPath += ",pg_catalog";
        await using var connection = new PostgresConnection(new NpgsqlConnection(replica.ConnectionString));
        connection.Open();

        PostgresCommits.Last(connection, "a writer").Should().BeNull();
    }

    [PostgresFact]
    public async Task Fails_only_the_work_whose_sentence_fails_though_nobody_listened_to_it()
    {
        await using var store = await OpenAsync();
        var works = Enumerable.Range(0, 40).Select(i => store.WriteAsync(
            session => session.Settings.Set(i % 10 == 7 ? null! : $"s{i}", "set"), CancellationToken.None)).ToList();

        await Task.WhenAll(works).ContinueWith(_ => { }, TaskScheduler.Default);

        works.Select(work => work.IsFaulted).Should().Equal(Enumerable.Range(0, 40).Select(i => i % 10 == 7));
        foreach (var i in Enumerable.Range(0, 40).Where(i => i % 10 != 7))
        {
            (await SettingAsync(store, $"s{i}")).Should().Be("set");
        }
    }

    [PostgresFact]
    public async Task Says_what_nobody_listens_to_in_its_order_before_what_is_asked_next()
    {
        await using (await OpenAsync())
        {
        }

        await using var connection = new PostgresConnection(new NpgsqlConnection(_server.Connection));
        connection.Open();
        connection.Run("begin");
        connection.LetsWait = true;
        foreach (var value in Enumerable.Range(1, 100))
        {
            connection.RunUnheard("insert into settings (name, value) values ('x', @value) on conflict (name) do update set value = excluded.value",
                new { value = $"{value}" });
        }

        connection.Waiting.Should().BePositive("they travel with the next one");
        connection.ExecuteScalar<string>("select value from settings where name = 'x'").Should().Be("100");
        connection.Waiting.Should().Be(0);
        connection.RunUnheard("delete from settings where name = @name", new { name = "x" });
        connection.Affected("delete from settings where name = @name", new { name = "x" }).Should().Be(0, "it was gone already");
        connection.RunUnheard("insert into settings (name, value) values (@name, '1')", new { name = "y" });
        connection.Query<string>("select name from settings where name in @names", new { names = new[] { "x", "y" } }).Should().Equal("y");
        connection.RunUnheard("insert into settings (name, value) values (@name, '1')", new { name = "z" });
        connection.Run("commit");

        (await _server.AskAsync("select string_agg(name, ' ' order by name) from settings where name in ('x', 'y', 'z')")).Should().Be("y z");
    }

    [PostgresFact]
    public async Task Has_several_hosts_at_work_of_which_the_first_does_what_only_one_does_until_it_ends()
    {
        await using var first = await JoinedAsync("first");
        await using var second = await JoinedAsync("second");
        await using var third = await JoinedAsync("third");

        (first.Leads, second.Leads, third.Leads).Should().Be((true, false, false));
        third.Hosts.Should().Be(3);
        await AdmitAsync(first, new("api", "aina"), "c1", "m1");
        await AdmitAsync(third, new("api", "bo"), "c2", "m2");

        await first.DisposeAsync();

        await second.UntilLeadingAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        (second.Leads, third.Leads).Should().Be((true, false));
    }

    [PostgresFact]
    public async Task Lets_a_host_that_was_paused_until_the_others_took_over_write_nothing()
    {
        // Its clock stands still: it renews nothing.
        await using var paused = await JoinedAsync("paused", new TestClock(ShopUnderTest.Morning));
        await using var other = await JoinedAsync("other");
        var lost = new TaskCompletionSource();
        await using var told = paused.Lost.Register(lost.SetResult);
        await AdmitAsync(paused, new("api", "aina"), "c1", "m1");
        (await GoneAsync(other)).Should().BeEmpty("each was heard of lately");
        await _server.AskAsync("update opschat_hosts set renewed = renewed - interval '1 minute' where name = 'paused'");

        (await GoneAsync(other)).Should().Equal("paused");

        await FluentActions
            .Awaiting(() => AdmitAsync(paused, new("api", "aina"), "c2", "m2"))
            .Should()
            .ThrowAsync<StoreException>()
            .WithMessage("*taken over*");
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(60));
        (paused.MayAct, paused.Leads, other.MayAct).Should().Be((false, false, true));
        (await other.ReadAsync(session => session.Inbox.Undecided(new("api", "aina")), CancellationToken.None))
            .Should().ContainSingle().Which.Id.Should().Be("m1");
    }

    [PostgresFact]
    public async Task Does_not_act_after_its_machine_was_suspended_while_the_clock_of_elapsed_time_stood_still()
    {
        var clock = new TestClock(ShopUnderTest.Morning);
        await using var host = await JoinedAsync("suspended", clock);
        host.MayAct.Should().BeTrue();

        clock.Set(TimeSpan.FromMinutes(1));
        host.MayAct.Should().BeFalse("others may have taken over meanwhile");

        clock.Set(-TimeSpan.FromMinutes(2));
        host.MayAct.Should().BeTrue("a clock that is set back says nothing");
    }

    [PostgresFact]
    public async Task Tells_writers_that_its_host_was_replaced_though_somebody_who_hears_of_it_hangs()
    {
        await using var replaced = await JoinedAsync("replaced", new TestClock(ShopUnderTest.Morning));
        using var goOn = new ManualResetEventSlim();
        await using var hanging = replaced.Lost.Register(() => goOn.Wait(TimeSpan.FromMinutes(2)));
        await _server.AskAsync("delete from opschat_hosts");

        var writing = AdmitAsync(replaced, new("api", "aina"), "c1", "m1").WaitAsync(TimeSpan.FromSeconds(60));

        await FluentActions.Awaiting(() => writing).Should().ThrowAsync<StoreException>().WithMessage("*taken over*");
        goOn.Set();
    }

    [PostgresFact]
    public async Task Gives_a_conversation_to_one_host_until_nothing_is_undecided_in_it_or_the_host_is_gone()
    {
        OpsChat.Messages.ConversationId aina = new("api", "aina");
        await using var one = await JoinedAsync("one", new TestClock(ShopUnderTest.Morning));
        await using var other = await JoinedAsync("other");
        await AdmitAsync(one, aina, "c1", "m1");
        (await other.ReadAsync(session => session.Hosts.Undecided(), CancellationToken.None)).Should().Equal((aina, false));

        (await one.WriteAsync(session => session.Hosts.Claim(aina), CancellationToken.None)).Should().BeTrue();
        (await other.WriteAsync(session => session.Hosts.Claim(aina), CancellationToken.None)).Should().BeFalse();
        await one.WriteAsync(session => session.Hosts.Release(aina), CancellationToken.None);

        (await one.ReadAsync(session => session.Hosts.Undecided(), CancellationToken.None)).Should().Equal([(aina, true)], "a message waits there");
        (await other.ReadAsync(session => session.Hosts.Undecided(), CancellationToken.None)).Should().BeEmpty();
        await _server.AskAsync("update opschat_hosts set renewed = renewed - interval '1 minute' where name = 'one'");
        await GoneAsync(other);
        (await other.ReadAsync(session => session.Hosts.Undecided(), CancellationToken.None)).Should().Equal((aina, false));
        (await other.WriteAsync(session => session.Hosts.Claim(aina), CancellationToken.None)).Should().BeTrue();

        await other.WriteAsync(session => session.Inbox.Decide(aina, 1, "t1"), CancellationToken.None);
        await other.WriteAsync(session => session.Hosts.Release(aina), CancellationToken.None);

        (await other.ReadAsync(session => session.Hosts.IsMine(aina), CancellationToken.None)).Should().BeFalse();
    }

    [PostgresFact]
    public async Task Knows_what_was_on_its_way_from_a_host_that_is_gone()
    {
        await using var one = await JoinedAsync("one", new TestClock(ShopUnderTest.Morning));
        await using var other = await JoinedAsync("other");
        await AdmitAsync(one, new("api", "aina"), "c1", "m1");
        await one.WriteAsync(
            session => session.Outbox.Leave(session.Outbox.Add(Greeting()), OpsChat.Messages.OutboxState.Sending, ShopUnderTest.Morning),
            CancellationToken.None
        );
        (await other.ReadAsync(session => session.Outbox.Abandoned(), CancellationToken.None)).Should().BeEmpty("its host is at work");

        await _server.AskAsync("update opschat_hosts set renewed = renewed - interval '1 minute' where name = 'one'");
        await GoneAsync(other);

        (await other.ReadAsync(session => session.Outbox.Abandoned(), CancellationToken.None)).Should().ContainSingle().Which.Id.Should().Be("o1");

        static OpsChat.Messages.OutboxMessage Greeting() => new()
        {
            Id = "o1",
            Conversation = new("api", "aina"),
            From = OpsChat.Messages.Sender.Agent,
            Kind = OpsChat.Messages.OutboxKind.Answer,
            Text = "Hello!",
            CreatedAt = ShopUnderTest.Morning,
            NextTryAt = ShopUnderTest.Morning,
        };
    }

    [PostgresFact]
    public async Task Folds_the_feed_of_counts_no_further_than_all_hosts_have_read()
    {
        await using var one = await JoinedAsync("one");
        await using var other = await JoinedAsync("other");

        await one.WriteAsync(session => session.Hosts.ReportFeed(7), CancellationToken.None);
        (await one.ReadAsync(session => session.Hosts.LowestFeed(), CancellationToken.None)).Should().Be(0);
        await other.WriteAsync(session => session.Hosts.ReportFeed(5), CancellationToken.None);

        (await one.ReadAsync(session => session.Hosts.LowestFeed(), CancellationToken.None)).Should().Be(5);
    }

    [PostgresFact]
    public async Task Frees_the_place_of_a_host_that_is_known_to_have_ended_at_once()
    {
        // It ends without a word, as after SIGKILL: the connection of a store that is not closed.
        var killed = await JoinedAsync("killed", new TestClock(ShopUnderTest.Morning));
        await killed.WriteAsync(session => session.Hosts.Claim(new("api", "aina")), CancellationToken.None);

        await using var next = await OpenAsync() as PostgresStore;
        await next!.JoinAsync("next", killed.HostId, _ => { }, CancellationToken.None);

        next.Leads.Should().BeTrue();
        (await next.WriteAsync(session => session.Hosts.Claim(new("api", "aina")), CancellationToken.None)).Should().BeTrue();
        await killed.DisposeAsync();
    }

    [PostgresFact]
    public async Task Waits_for_a_host_of_a_version_that_works_alone_and_keeps_such_hosts_waiting()
    {
        await using var store = await PostgresStore.OpenAsync(_server.Connection, CancellationToken.None);
        await _server.AskAsync("insert into opschat_turn (holder, name, renewed) values ('old', 'the old host', clock_timestamp())");
        var waitsFor = new TaskCompletionSource<string>();

        var joining = store.JoinAsync("new", null, waitsFor.SetResult, CancellationToken.None);

        (await waitsFor.Task.WaitAsync(TimeSpan.FromSeconds(60))).Should().Be("the old host");
        store.HostId.Should().BeNull();
        await _server.AskAsync("update opschat_turn set renewed = '-infinity'");
        await joining.WaitAsync(TimeSpan.FromSeconds(60));
        (await _server.AskAsync("select count(*) from opschat_turn where holder <> 'old' and renewed > clock_timestamp() - interval '6 s'"))
            .Should()
            .Be(1L, "an older host that is started finds that it is not its turn");
    }

    private async Task<PostgresStore> JoinedAsync(string name, TimeProvider? time = null)
    {
        var store = await PostgresStore.OpenAsync(_server.Connection, time ?? TimeProvider.System, CancellationToken.None);
        await store.JoinAsync(name, null, _ => { }, CancellationToken.None);
        return store;
    }

    private static Task<IReadOnlyList<string>> GoneAsync(PostgresStore store) =>
        store.WriteAsync(session => session.Hosts.RemoveGone(), CancellationToken.None);

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
    public async Task Clears_what_was_erased_without_a_wait_for_whoever_keeps_a_table()
    {
        await using var store = await ImpatientAsync();
        await AdmitAsync(store, new("api", "aina"), "c1", "m1");
        await store.WriteAsync(session => FileRewrite.Want(session, ShopUnderTest.Morning), CancellationToken.None);
        await using var reader = new NpgsqlConnection(_server.Connection);
        await reader.OpenAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await reader.QueryAsync("select * from inbox", transaction: reading);

        await FileRewrite.RunAsync(store, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

        (await SettingAsync(store, SettingNames.RewriteWanted)).Should().BeNull("it is done");
        await FluentActions
            .Awaiting(() => store.CompactAsync(CancellationToken.None))
            .Should()
            .ThrowAsync<StoreException>("writing a table anew needs it alone")
            .WithMessage("*locked*");
    }

    [PostgresFact]
    public async Task Gives_up_a_commit_of_many_works_at_the_first_that_waits_too_long_for_a_table()
    {
        await using var store = await ImpatientAsync();
        await using var other = new NpgsqlConnection(_server.Connection);
        await other.OpenAsync();
        await using var keeping = await other.BeginTransactionAsync();
        await other.ExecuteAsync("lock table notices in access exclusive mode", transaction: keeping);

        var works = Enumerable.Range(0, 20).Select(_ => TellAsync()).ToList();

        foreach (var work in works)
        {
            await FluentActions.Awaiting(() => work).Should().ThrowAsync<StoreException>().WithMessage("*locked*");
        }

        await keeping.RollbackAsync();
        await TellAsync();

        Task TellAsync() => store.WriteAsync(session => session.Notices.Add("test", "hello", ShopUnderTest.Morning), CancellationToken.None);
    }

    private Task<PostgresStore> ImpatientAsync() =>
        PostgresStore.OpenAsync(
            _server.Connection,
            TimeProvider.System,
            CancellationToken.None,
            lockPatience: TimeSpan.FromMilliseconds(200)
        );

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
