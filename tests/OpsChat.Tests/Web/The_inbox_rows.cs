using OpsChat.Decisions;
using OpsChat.Host.Web;
using OpsChat.Host.Web.Inbox;
using OpsChat.Messages;
using OpsChat.Storage;
using static OpsChat.Tests.Storage.StoredCustomers;

namespace OpsChat.Tests.Web;

public sealed class The_inbox_rows : IAsyncLifetime
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly InboxFilter s_all = new(InboxFilter.All);

    private readonly string _folder = Directory.CreateTempSubdirectory("opschat-inbox-").FullName;
    private SqliteStore _store = null!;

    public async Task InitializeAsync() => _store = await SqliteStore.OpenAsync(Path.Combine(_folder, "opschat.db"), default);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(InboxFilter.All)]
    [InlineData("done")]
    public async Task come_page_by_page_each_once_in_one_order(string view)
    {
        await _store.WriteAsync(session =>
        {
            foreach (var n in Enumerable.Range(0, 95))
            {
                Wrote(session, $"c{n:00}", "hello", s_now.AddMinutes(-n));
                if (view != "done")
                {
                    Waits(session, $"c{n:00}", s_now.AddHours(-n));
                }
            }
        }, default);

        var (seen, cursor, pages) = (new List<string>(), (string?)null, 0);
        do
        {
            // Time goes on between two pages.
            var part = await ReadAsync(s_all with { View = view }, cursor, s_now.AddMinutes(7 * pages++));
            part.Rows.Count.Should().BeLessThanOrEqualTo(InboxReader.RowsOfAPage);
            seen.AddRange(part.Rows.Select(row => row.Conversation.Customer));
            cursor = part.Next;
        }
        while (cursor is not null);

        pages.Should().Be(3);
        seen.Should().HaveCount(95).And.OnlyHaveUniqueItems();
        seen[0].Should().Be(view == "done" ? "c00" : "c94", view == "done" ? "the latest comes first" : "who waits longest comes first");
    }

    [Fact]
    public async Task begin_with_a_whole_word_where_the_words_are_cut()
    {
        await _store.WriteAsync(
            session => session.HandOffs.Save(
                new()
                {
                    Id = "h-long",
                    Conversation = Of("long"),
                    CaseId = "k-long",
                    Turn = "t-long",
                    CustomerWords = string.Join(' ', Enumerable.Repeat("elephants", 60)),
                    To = "support",
                    CreatedAt = s_now,
                    At = s_now,
                }
            ),
            default
        );
        await _store.WriteAsync(session => Wrote(session, "long", "elephants", s_now), default);

        var row = (await ReadAsync(s_all, null, s_now)).Rows.Should().ContainSingle().Subject;

        row.Words.Should().StartWith("…elephants ").And.EndWith(" elephants");
    }

    [Fact]
    public async Task behind_a_reason_of_the_report_are_found_however_many_others_are_newer()
    {
        await _store.WriteAsync(session =>
        {
            foreach (var n in Enumerable.Range(0, 12))
            {
                Wrote(session, $"c{n:00}", "hello", s_now);
                Waits(session, $"c{n:00}", s_now.AddMinutes(-n));
            }

            var oldest = session.HandOffs.Find("h-c11")!;
            session.HandOffs.Save(oldest with { Reasons = [new CardReason.OfGate(GateReason.Paused)] });
        }, default);

        var found = await _store.ReadAsync(
            session => CaseList.OfHandOffs(session, nameof(GateReason.Paused), null, s_now.AddDays(-1), most: 2), default);

        found.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Words = "words of c11", Stands = "waits for a person", Playbook = "" });
    }

    [Fact]
    public async Task are_only_those_of_the_view()
    {
        await _store.WriteAsync(session =>
        {
            foreach (var customer in new[] { "mine", "snoozed", "free" })
            {
                Wrote(session, customer, "hello", s_now);
                Waits(session, customer, s_now);
            }

            Wrote(session, "quiet", "thanks", s_now);
            session.Handling.Set(Of("mine"), Handling.None with { Assigned = "Mei", Tags = ["vip"] });
            session.Handling.Set(Of("snoozed"), Handling.None with { SnoozedUntil = s_now.AddHours(1) });
        }, default);

        (await CustomersAsync(s_all)).Should().BeEquivalentTo("mine", "free");
        (await CustomersAsync(s_all with { View = "mine" })).Should().Equal("mine");
        (await CustomersAsync(s_all with { View = "unassigned" })).Should().Equal("free");
        (await CustomersAsync(s_all with { View = "waiting" })).Should().Equal("snoozed");
        (await CustomersAsync(s_all with { View = "done" })).Should().Equal("quiet");
        (await CustomersAsync(s_all with { Tag = "VIP" })).Should().Equal("mine");
        (await CustomersAsync(s_all with { Channel = "tg" })).Should().BeEmpty();
        (await CustomersAsync(s_all with { Words = "hel" })).Should().BeEquivalentTo("mine", "snoozed", "free");
        (await ReadAsync(s_all, null, s_now.AddHours(2))).Rows.Should().HaveCount(3, "a snooze ends by itself");
        await _store.WriteAsync(session => Wrote(session, "snoozed", "and another thing", s_now), default);
        (await CustomersAsync(s_all)).Should().Contain("snoozed", "who writes again is no longer put off");
    }

    [Fact]
    public async Task are_due_when_the_customer_was_last_told_until_a_person_writes()
    {
        var (promised, later) = (s_now.AddHours(3), s_now.AddHours(20));
        await _store.WriteAsync(session =>
        {
            foreach (var customer in new[] { "told", "untold" })
            {
                Wrote(session, customer, "hello", s_now);
                Waits(session, customer, s_now);
            }

            Says(session, "told", Sender.Agent, promised);
        }, default);
        (await ReadAsync(s_all, null, s_now)).Rows.Should().SatisfyRespectively(
            first => first.Due.Should().Be(promised, "who was told a time comes before who was not"),
            second => second.Due.Should().BeNull()
        );

        await _store.WriteAsync(session => Says(session, "told", Sender.Agent, later), default);
        (await DueAsync("told")).Should().Be(later, "the latest promise holds");
        await _store.WriteAsync(session => Says(session, "told", Sender.Person, null), default);
        (await DueAsync("told")).Should().BeNull("a person has written, and the matter is only still open");

        async Task<DateTimeOffset?> DueAsync(string customer) =>
            (await ReadAsync(s_all, null, s_now)).Rows.Single(row => row.Conversation == Of(customer)).Due;
    }

    [Fact]
    public async Task are_counted_as_the_menu_counts_them()
    {
        await _store.WriteAsync(session =>
        {
            foreach (var customer in new[] { "one", "two", "snoozed" })
            {
                Wrote(session, customer, "hello", s_now);
                Waits(session, customer, s_now);
            }

            session.HandOffs.Save(session.HandOffs.Find("h-two")! with { Id = "h-second", CaseId = "k-second" });
            session.Handling.Set(Of("snoozed"), Handling.None with { SnoozedUntil = s_now.AddHours(1) });
        }, default);

        var part = await ReadAsync(s_all, null, s_now);

        (part.All, part.Matters).Should().Be((2, 3));
        (await _store.ReadAsync(session => session.InboxRows.Waiting(s_now), default)).Should().Be(part.All);
        (await _store.ReadAsync(session => session.InboxRows.Waiting(s_now.AddHours(2)), default)).Should().Be(3, "a snooze ends by itself");
    }

    private static void Says(UnitOfWork session, string customer, Sender from, DateTimeOffset? promised) =>
        session.Outbox.Add(
            OutboxMessage.New(Of(customer), from, from == Sender.Person ? OutboxKind.Person : OutboxKind.Holding, "A text.", s_now) with
            {
                PromisedBy = promised,
            }
        );

    private async Task<IEnumerable<string>> CustomersAsync(InboxFilter filter) =>
        (await ReadAsync(filter, null, s_now)).Rows.Select(row => row.Conversation.Customer);

    private Task<InboxPart> ReadAsync(InboxFilter filter, string? cursor, DateTimeOffset now) =>
        _store.ReadAsync(session => InboxReader.Read(session, filter, cursor, "Mei", now), default);
}
