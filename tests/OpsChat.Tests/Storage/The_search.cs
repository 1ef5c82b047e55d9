using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Tests.Support;
using static OpsChat.Tests.Storage.StoredCustomers;

namespace OpsChat.Tests.Storage;

public sealed class The_search : IAsyncLifetime
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("opschat-search-").FullName;
    private SqliteStore _store = null!;

    private string File => Path.Combine(_folder, "opschat.db");

    public async Task InitializeAsync() => _store = await SqliteStore.OpenAsync(File, default);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("refund")]
    [InlineData("REFU")]
    [InlineData("pate")]
    [InlineData("hoàn")]
    [InlineData("hoan")]
    [InlineData("#1293")]
    [InlineData("1293")]
    [InlineData("order refund")]
    [InlineData("priya")]
    [InlineData("nair@example.com")]
    public async Task finds_words_their_beginnings_names_and_orders_accents_and_case_aside(string words)
    {
        await _store.WriteAsync(session =>
        {
            Wrote(session, "priya", "A Refund for order #1293, please. Pâté! Hoàn tiền.", s_now, "Priya Nair");
            session.Conversations.SetIdentity(Of("priya"), IdentityState.Nothing with { Emails = ["priya.nair@example.com"] });
            Wrote(session, "ben", "where is my parcel", s_now);
        }, default);

        (await FindAsync(words)).Should().Equal("web:priya");
    }

    [Theory]
    [InlineData("我要退款，订单1293", "退款")]
    [InlineData("我要退款，订单1293", "我要")]
    [InlineData("我要退款，订单1293", "订单 退款")]
    [InlineData("我的order到了吗", "order")]
    [InlineData("我的order到了吗", "order到")]
    [InlineData("注文をキャンセルしたいです", "キャンセル")]
    [InlineData("ขอคืนเงินด้วยค่ะ", "คืนเงิน")]
    [InlineData("ຂ້ອຍຢາກຄືນເງິນ", "ຄືນເງິນ")]
    [InlineData("전액환불 부탁드립니다", "환불")]
    [InlineData("𠮷野家に行く", "野家")]
    public async Task finds_a_word_inside_a_line_where_the_script_puts_no_spaces(string written, string word)
    {
        await _store.WriteAsync(session =>
        {
            Wrote(session, "mei", written, s_now);
            Wrote(session, "ben", "款退要我，单订 เงินคืน セルキャン 불환", s_now);
        }, default);

        (await FindAsync(word)).Should().Equal("web:mei");
    }

    [Fact]
    public async Task finds_words_of_several_lines_together_and_the_latest_line_first()
    {
        await _store.WriteAsync(session =>
        {
            Wrote(session, "one", "I have a question", s_now);
            Wrote(session, "two", "the blue scarf", s_now.AddMinutes(1));
            Wrote(session, "two", "and a question", s_now.AddMinutes(2));
            Wrote(session, "one", "about the scarf in blue", s_now.AddMinutes(3));
            Wrote(session, "three", "a scarf only", s_now.AddMinutes(4));
        }, default);

        (await FindAsync("scarf question")).Should().BeEquivalentTo("web:one", "web:two");
        (await FindAsync("scarf")).Should().Equal("web:three", "web:one", "web:two");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\" OR *")]
    [InlineData("---")]
    [InlineData("words:x AND (")]
    public async Task takes_any_words_as_words(string words)
    {
        await _store.WriteAsync(session => Wrote(session, "ben", "hello", s_now), default);

        (await FindAsync(words)).Should().BeEmpty();
    }

    [Fact]
    public async Task knows_our_answers_and_notes_once_they_are_there_and_nothing_of_who_is_forgotten()
    {
        await _store.WriteAsync(session =>
        {
            Wrote(session, "ben", "zanzibar", s_now, "Benedikta");
            Wrote(session, "ben", "斑马 ocelot", s_now);
            session.Outbox.Add(OutboxMessage.New(Of("ben"), Sender.Person, OutboxKind.Person, "quagga", s_now) with { State = OutboxState.Sent });
            session.Handling.AddNote(new("n1", Of("ben"), "Mei", "wombat", s_now));
        }, default);
        foreach (var word in new[] { "zanzibar", "quagga", "wombat", "benedikta", "马", "ocelot" })
        {
            (await FindAsync(word)).Should().Equal(["web:ben"], word);
        }

        (await _store.WriteAsync(session => session.Privacy.Erase(Of("ben"), new("forgotten", "f1"), s_now), default)).Should().BeTrue();
        await _store.CompactAsync(default);

        foreach (var word in new[] { "zanzibar", "quagga", "wombat", "benedikta", "马", "ocelot" })
        {
            (await FindAsync(word)).Should().BeEmpty(word);
        }

        await _store.DisposeAsync();
        DatabaseFiles.Contents(File).Should().NotContainAny("zanzibar", "quagga", "wombat", "benedikta", "ocelot");
    }

    private Task<IReadOnlyList<string>> FindAsync(string words) => _store.ReadAsync(session => session.Search.Find(words, 20), default);
}
