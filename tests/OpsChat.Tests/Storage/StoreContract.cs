using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Storage;

/// <summary>What every store promises, whatever database stands behind it.</summary>
public abstract class StoreContract : IDisposable
{
    private static readonly ConversationId s_customer = new("api", "amirul");
    private static readonly DateTimeOffset s_now = ShopUnderTest.Morning;

    protected TemporaryFolder Folder { get; } = new();

    /// <summary>Opens the test's own database; a second call after the first was disposed finds what was written.</summary>
    protected abstract Task<IStore> OpenAsync();

    /// <summary>Opens what a backup wrote.</summary>
    protected abstract Task<IStore> OpenBackupAsync(string file);

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public async Task Admits_a_message_once_however_often_it_comes_at_the_same_time()
    {
        await using var store = await OpenAsync();

        var admissions = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AdmitAsync(store, s_customer, "same", $"m{i}")));

        var admitted = admissions.OfType<Admission.Admitted>().Should().ContainSingle().Subject;
        admissions.OfType<Admission.Repeated>().Should().HaveCount(19).And.OnlyContain(r => r.MessageId == admitted.MessageId);
    }

    [StoreFact]
    public async Task Numbers_both_sides_of_a_conversation_without_gaps()
    {
        await using var store = await OpenAsync();

        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i => i % 2 == 0 ? AdmitAsync(store, s_customer, $"c{i}", $"m{i}") : (Task)SendAsync(store, $"o{i}"))
        );

        var lines = await LinesAsync(store, 0, 100);
        lines.Select(l => l.Seq).Should().Equal(Enumerable.Range(1, 40).Select(i => (long)i));
    }

    [StoreFact]
    public async Task Gives_a_line_its_place_when_it_leaves_so_that_nobody_who_reads_on_misses_it()
    {
        await using var store = await OpenAsync();
        await AdmitAsync(store, s_customer, "c1", "m1");
        await AddAsync(store, "o1");
        await AddAsync(store, "o2");
        await AdmitAsync(store, s_customer, "c2", "m2");
        var seen = await LinesAsync(store, 0, 10);

        await store.WriteAsync(session => session.Outbox.Leave(session.Outbox.Find("o2")!, OutboxState.Sent, s_now), CancellationToken.None);
        await store.WriteAsync(session => session.Outbox.Leave(session.Outbox.Find("o1")!, OutboxState.Sent, s_now), CancellationToken.None);

        seen.Select(l => l.Id).Should().Equal("m1", "m2");
        (await LinesAsync(store, seen[^1].Seq, 10)).Select(l => l.Id).Should().Equal("o2", "o1");
    }

    [StoreFact]
    public async Task Shows_people_what_has_not_left_yet_behind_what_has()
    {
        await using var store = await OpenAsync();
        await AddAsync(store, "o1");
        await AddAsync(store, "o2");
        await AdmitAsync(store, s_customer, "c1", "m1");

        var lines = await store.ReadAsync(session => session.Conversations.LastLines(s_customer, 2, withUnsent: true), CancellationToken.None);

        lines.Select(l => (l.Id, l.Seq)).Should().Equal(("o1", 0), ("o2", 0));
    }

    [StoreFact]
    public async Task Pages_a_transcript_in_order()
    {
        await using var store = await OpenAsync();
        for (var i = 0; i < 7; i++)
        {
            await AdmitAsync(store, s_customer, $"c{i}", $"m{i}");
        }

        var first = await LinesAsync(store, 0, 3);
        var second = await LinesAsync(store, first[^1].Seq, 3);
        var third = await LinesAsync(store, second[^1].Seq, 3);

        first.Concat(second).Concat(third).Select(l => l.Id).Should().Equal("m0", "m1", "m2", "m3", "m4", "m5", "m6");
    }

    [StoreFact]
    public async Task Lets_one_of_many_move_a_message_on()
    {
        await using var store = await OpenAsync();
        await AddAsync(store, "o1");

        var moved = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.WriteAsync(
            session => session.Outbox.Move("o1", OutboxState.Queued, OutboxState.Sending, s_now), CancellationToken.None)));

        moved.Count(m => m).Should().Be(1);
    }

    [StoreFact]
    public async Task Looks_for_many_ids_at_once_and_for_none()
    {
        await using var store = await OpenAsync();
        await AdmitAsync(store, s_customer, "c1", "m1");
        await AdmitAsync(store, s_customer, "c2", "m2");

        var (all, one, none, due) = await store.ReadAsync(
            session =>
                (
                    session.Inbox.AreUndecided(["m1", "m2"]),
                    session.Inbox.AreUndecided(["m1", "m3"]),
                    session.Inbox.AreUndecided([]),
                    session.Outbox.Due(s_now, 10, [])
                ),
            CancellationToken.None
        );

        (all, one, none).Should().Be((true, false, true));
        due.Should().BeEmpty();
    }

    [StoreFact]
    public async Task Keeps_nothing_of_a_work_that_throws_and_all_of_the_others()
    {
        await using var store = await OpenAsync();

        var works = Enumerable.Range(0, 30).Select(i => store.WriteAsync(
            session =>
            {
                session.Settings.Set($"s{i}", "written");
                return i % 3 == 0 ? throw new InvalidOperationException($"work {i}") : true;
            }, CancellationToken.None)).ToList();
        await Task.WhenAll(works.Select(w => w.ContinueWith(_ => { }, TaskScheduler.Default)));

        works.Count(w => w.IsFaulted).Should().Be(10);
        works[0].Exception!.InnerException.Should().BeOfType<InvalidOperationException>();
        for (var i = 0; i < 30; i++)
        {
            (await SettingAsync(store, $"s{i}")).Should().Be(i % 3 == 0 ? null : "written");
        }
    }

    [StoreFact]
    public async Task Shows_readers_only_what_is_committed()
    {
        await using var store = await OpenAsync();
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var writing = store.WriteAsync(
            session =>
            {
                session.Settings.Set("half", "done");
                inside.Set();
                goOn.Wait(TimeSpan.FromSeconds(30));
            }, CancellationToken.None);

        inside.Wait(TimeSpan.FromSeconds(30));
        var before = await SettingAsync(store, "half");
        goOn.Set();
        await writing;

        before.Should().BeNull();
        (await SettingAsync(store, "half")).Should().Be("done");
    }

    [StoreFact]
    public async Task Finds_everything_again_after_it_was_closed()
    {
        await using (var store = await OpenAsync())
        {
            await AdmitAsync(store, s_customer, "c1", "m1");
        }

        await using var again = await OpenAsync();
        (await LinesAsync(again, 0, 10)).Should().ContainSingle();
    }

    [StoreFact]
    public async Task Ends_what_has_begun_when_it_is_closed_and_tells_whoever_comes_later()
    {
        var store = await OpenAsync();
        using var reading = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var read = Task.Run(() => store.ReadAsync(session =>
        {
            var before = session.Settings.Get("late");
            reading.Set();
            goOn.Wait();
            return (before, after: session.Settings.Get("late"));
        }, CancellationToken.None));
        reading.Wait();
        var write = store.WriteAsync(session => { session.Settings.Set("late", "kept"); }, CancellationToken.None);

        var closing = store.DisposeAsync().AsTask();
        await write;
        closing.IsCompleted.Should().BeFalse("somebody still reads");
        goOn.Set();
        await closing;

        (await read).Should().Be((null, null), "it began before");
        await FluentActions
            .Awaiting(() => store.ReadAsync(session => session.Settings.Get("late"), CancellationToken.None))
            .Should()
            .ThrowAsync<StoreException>()
            .WithMessage("*stopping*");
        await FluentActions
            .Awaiting(() =>
                store.WriteAsync(
                    session =>
                    {
                        session.Settings.Set("later", "");
                    },
                    CancellationToken.None
                )
            )
            .Should()
            .ThrowAsync<StoreException>()
            .WithMessage("*stopping*");
        await store.DisposeAsync();
        await using var again = await OpenAsync();
        (await again.ReadAsync(session => session.Settings.Get("late"), CancellationToken.None)).Should().Be("kept");
    }

    [StoreFact]
    public async Task Is_whole_in_its_backup_which_can_be_opened_and_written()
    {
        var file = Folder.File("backup.db");
        await using (var store = await OpenAsync())
        {
            await AdmitAsync(store, s_customer, "c1", "m1");
            await store.BackupAsync(file, CancellationToken.None);
            await AdmitAsync(store, s_customer, "c2", "m2");
        }

        await using var restored = await OpenBackupAsync(file);
        (await LinesAsync(restored, 0, 10)).Should().ContainSingle().Which.Id.Should().Be("m1");
        (await AdmitAsync(restored, s_customer, "c3", "m3")).Should().Be(new Admission.Admitted("m3", 2));
    }

    [StoreFact]
    public async Task Overwrites_no_earlier_backup()
    {
        var file = Folder.File("backup.db");
        await using var store = await OpenAsync();
        await store.BackupAsync(file, CancellationToken.None);

        await FluentActions
            .Awaiting(() => store.BackupAsync(file, CancellationToken.None))
            .Should()
            .ThrowAsync<StoreException>()
            .WithMessage("*exists already*");
    }

    [StoreFact]
    public async Task Can_be_compacted_between_writes()
    {
        await using var store = await OpenAsync();

        await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(i => i % 10 == 9 ? store.CompactAsync(CancellationToken.None) : AdmitAsync(store, s_customer, $"c{i}", $"m{i}"))
        );

        (await LinesAsync(store, 0, 100)).Should().HaveCount(27);
    }

    protected static Task<Admission> AdmitAsync(IStore store, ConversationId customer, string channelId, string id) => store.WriteAsync(
        session => session.Inbox.Admit(new(customer, channelId, new($"text of {channelId}"), [], s_now), id), CancellationToken.None);

    protected static Task<string?> SettingAsync(IStore store, string name) =>
        store.ReadAsync(session => session.Settings.Get(name), CancellationToken.None);

    private static Task<OutboxMessage> AddAsync(IStore store, string id) =>
        store.WriteAsync(session => session.Outbox.Add(Message(id)), CancellationToken.None);

    private static Task<OutboxMessage?> SendAsync(IStore store, string id) =>
        store.WriteAsync(session => session.Outbox.Leave(session.Outbox.Add(Message(id)), OutboxState.Sent, s_now), CancellationToken.None);

    private static OutboxMessage Message(string id) =>
        new()
        {
            Id = id,
            Conversation = s_customer,
            From = Sender.Agent,
            Kind = OutboxKind.Answer,
            Text = "Hello",
            NextTryAt = s_now,
            CreatedAt = s_now,
        };

    private static Task<IReadOnlyList<TranscriptLine>> LinesAsync(IStore store, long after, int most) =>
        store.ReadAsync(session => session.Conversations.Transcript(s_customer, after, most), CancellationToken.None);
}
