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
    public void Set(Pin pin) => db.RunUnheard(
        """
        insert into pins (conversation, turns, who, at) values (@Conversation, @Turns, @Who, @At)
        on conflict (conversation) do update set turns = excluded.turns, who = excluded.who, at = excluded.at
        """,
        pin);

    /// <returns>False when it was not pinned.</returns>
    public bool Remove(ConversationId conversation) =>
        db.Affected("delete from pins where conversation = @id", new { id = conversation.ToString() }) > 0;

    public Pin? Find(ConversationId conversation) =>
        db.QuerySingleOrDefault<Pin>("select * from pins where conversation = @id", new { id = conversation.ToString() });

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Pin> All() => [.. db.Query<Pin>("select * from pins order by at, conversation")];
}
