using System.Data;
using Dapper;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Storage;

public sealed class A_row_that_cannot_be_read : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("api:amirul", """[{"turn": "t1", "text": "my secret words" """, "1", "a list that is cut off")]
    [InlineData("nobody", "[]", "1", "no conversation")]
    [InlineData("api:amirul", "[]", "my secret words", "no time")]
    public async Task is_no_empty_one_and_its_text_stands_in_no_log(string conversation, string turns, string at, string because)
    {
        await using var store = await OpenAsync();
        store.Writer.Execute(
            "insert into pins (conversation, turns, who, at) values (@conversation, @turns, 'Mira', @at)",
            new { conversation, turns, at }
        );

        var read = () => store.ReadAsync(session => session.Pins.All(), CancellationToken.None);

        var thrown = (await read.Should().ThrowAsync<Exception>(because)).Which;
        thrown.Should().NotBeOfType<DataException>("it shows what stands in the column");
        thrown.ToString().Should().NotContain("secret");
    }

    [Fact]
    public async Task because_of_a_name_that_nothing_has_is_told_to_who_writes_too()
    {
        await using var store = await OpenAsync();
        store.Writer.Execute("insert into lane_changes (lane, autonomy, who, at) values ('stock/reorder', 'Sometimes', 'Mira', 1)");

        var read = () => store.WriteAsync(session => session.Lanes.Latest(), CancellationToken.None);

        await read.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task keeps_no_other_card_from_the_owner_chat()
    {
        await using var store = await OpenAsync();
        store.Writer.Execute(
            """
            insert into desk_cards (kind, id, conversation, chat, message, digest, is_open, posted_at) values
                ('handoff', 'h1', 'nobody', 7, 1, '', 1, 1), ('handoff', 'h2', 'api:amirul', 7, 2, '', 1, 2), ('action', 'a1', null, 7, 3, '', 1, 3)
            """
        );

        var open = await store.ReadAsync(session => session.Desk.Open(7), CancellationToken.None);

        open.Select(card => (card.Id, card.Conversation?.Customer)).Should().Equal(("h1", null), ("h2", "amirul"), ("a1", null));
    }

    private Task<SqliteStore> OpenAsync() => SqliteStore.OpenAsync(_folder.File("opschat.db"), CancellationToken.None);
}
