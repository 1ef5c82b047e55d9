using System.Data.Common;
using Dapper;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>What is kept for a while only. Stored by name.</summary>
public enum TemporaryKind
{
    /// <summary>What a device was asked to sign.</summary>
    Passkey,

    /// <summary>How a person takes back what they did. Forgetting any customer ends all of these: they name conversations.</summary>
    Undo,

    /// <summary>From which address a chat comes, as a digest.</summary>
    Origin,

    /// <summary>Who looks at a conversation just now.</summary>
    Onlooker,

    /// <summary>What a model made of words for a reader.</summary>
    Translation,
}

/// <summary>A value of a kind, and the conversation that it is about, if it is about one.</summary>
public sealed record TemporaryValue(TemporaryKind Kind, string Id, string Value, ConversationId? About = null);

/// <summary>Values that are only kept for a while and that a person's next request needs, whichever host takes it.</summary>
public sealed class TemporaryValueTable(DbConnection db)
{
    public void Keep(TemporaryValue it, DateTimeOffset endsAt) =>
        db.RunUnheard(
            """
            insert into temporary_values (kind, id, value, conversation, ends_at) values (@kind, @Id, @Value, @about, @endsAt)
            on conflict (kind, id) do update set value = excluded.value, ends_at = excluded.ends_at
            """,
            new
            {
                kind = it.Kind.ToString(),
                it.Id,
                it.Value,
                about = it.About?.ToString(),
                endsAt = endsAt.Ms(),
            }
        );

    /// <summary>Forgets those whose time is over, and of this kind the first to end where there are more than <paramref name="most"/>.</summary>
    public void Prune(TemporaryKind kind, int most, DateTimeOffset now) =>
        db.RunUnheard(
            """
            delete from temporary_values where ends_at <= @now;
            delete from temporary_values where kind = @kind and ends_at < (
                select ends_at from temporary_values where kind = @kind order by ends_at desc limit 1 offset @others)
            """,
            new
            {
                kind = kind.ToString(),
                now = now.Ms(),
                others = most - 1,
            }
        );

    /// <summary>Null when there is none, or its time is over.</summary>
    public string? Find(TemporaryKind kind, string id, DateTimeOffset now) => db.QuerySingleOrDefault<string>(
        "select value from temporary_values where kind = @kind and id = @id and ends_at > @now",
        new { kind = kind.ToString(), id, now = now.Ms() });

    /// <summary>All of a kind that are about a conversation, in the order of their ids.</summary>
    public IReadOnlyList<TemporaryValue> About(TemporaryKind kind, ConversationId conversation, DateTimeOffset now) =>
        [
            .. db.Query<(string Id, string Value)>(
                    "select id, value from temporary_values where kind = @kind and conversation = @conversation and ends_at > @now order by id",
                    new
                    {
                        kind = kind.ToString(),
                        conversation = conversation.ToString(),
                        now = now.Ms(),
                    }
                )
                .Select(row => new TemporaryValue(kind, row.Id, row.Value, conversation)),
        ];

    /// <returns>False when there was none.</returns>
    public bool Remove(TemporaryKind kind, string id) =>
        db.Affected("delete from temporary_values where kind = @kind and id = @id", new { kind = kind.ToString(), id }) == 1;
}
