using System.Data.Common;
using Dapper;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>How one turn of a pinned conversation shall end.</summary>
/// <param name="Text">The answer, the question or the draft; null when there was none.</param>
public sealed record PinnedTurn(string Turn, string Verdict, string? Playbook, string? Text);

/// <summary>A conversation that shall be answered as it was.</summary>
public sealed record Pin(ConversationId Conversation, IReadOnlyList<PinnedTurn> Turns, string Who, DateTimeOffset At);

/// <summary>Pinned conversations. Their words stand with the turns, and go with them when a customer is forgotten.</summary>
public sealed class PinTable(DbConnection db)
{
    public void Set(Pin pin) => db.Run(
        """
        insert into pins (conversation, turns, who, at) values (@conversation, @turns, @Who, @at)
        on conflict (conversation) do update set turns = excluded.turns, who = excluded.who, at = excluded.at
        """,
        new { conversation = pin.Conversation.ToString(), turns = Columns.Json(pin.Turns), pin.Who, at = pin.At.Ms() });

    /// <returns>False when it was not pinned.</returns>
    public bool Remove(ConversationId conversation) => db.Run("delete from pins where conversation = @id", new { id = conversation.ToString() }) > 0;

    public Pin? Find(ConversationId conversation) =>
        db.QuerySingleOrDefault<Row>("select * from pins where conversation = @id", new { id = conversation.ToString() })?.Shown();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Pin> All() => [.. db.Query<Row>("select * from pins order by at, conversation").Select(row => row.Shown())];

    private sealed record Row
    {
        public string Conversation { get; init; } = "";
        public string Turns { get; init; } = "";
        public string Who { get; init; } = "";
        public long At { get; init; }

        public Pin Shown() => new(ConversationId.Parse(Conversation), Columns.List<PinnedTurn>(Turns), Who, At.Time());
    }
}
