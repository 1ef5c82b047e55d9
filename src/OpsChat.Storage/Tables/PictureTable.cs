using System.Data.Common;
using Dapper;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>What is known of the pictures that customers sent. The pictures themselves are files, or where hosts share the store, in it
/// too.</summary>
public sealed class PictureTable(DbConnection db)
{
    /// <summary>Adds what came with a message, in the transaction that admits it.</summary>
    internal void Add(InboundMessage with, string message)
    {
        for (var place = 0; place < with.Pictures.Count; place++)
        {
            var (id, kind, bytes, state, source) = with.Pictures[place] switch
            {
                ArrivingPicture.Stored stored => (stored.Id, (PictureKind?)stored.Kind, stored.Bytes, PictureState.Stored, (string?)null),
                ArrivingPicture.Awaited awaited => (PictureIds.New(), null, 0, PictureState.Awaited, awaited.Source),
                _ => throw new InvalidOperationException("Arriving pictures are closed."),
            };
            db.RunUnheard(
                """
                insert into pictures (id, conversation, message, place, kind, bytes, state, source, at, next_try_at)
                values (@id, @conversation, @message, @place, @kind, @bytes, @state, @source, @at, @at)
                """,
                new
                {
                    id,
                    conversation = with.Conversation.ToString(),
                    message,
                    place,
                    kind = kind?.ToString(),
                    bytes,
                    state = state.ToString(),
                    source,
                    at = with.ReceivedAt.Ms(),
                }
            );
        }
    }

    public Picture? Find(string id) => db.QuerySingleOrDefault<Picture>("select * from pictures where id = @id", new { id });

    /// <summary>Those of the conversation's messages after <paramref name="after"/> that can be shown, in their order.</summary>
    public IReadOnlyList<Picture> Shown(ConversationId conversation, long after) =>
        Read(
            """
            select p.* from inbox i join pictures p on p.message = i.id where i.conversation = @conversation and i.seq > @after
                and p.state = 'Stored' order by i.seq, p.place
            """,
            new { conversation = conversation.ToString(), after }
        );

    /// <summary>Those that came with a matter: with the decision on its card, or with another one of its case.</summary>
    public IReadOnlyList<Picture> OfCard(ConversationId conversation, string caseId, string turn) => Read(
        """
        select p.* from inbox i join pictures p on p.message = i.id where i.conversation = @conversation and p.state = 'Stored'
        and i.turn in (select id from turns where case_id = @caseId union select @turn) order by i.seq, p.place
        """, new { conversation = conversation.ToString(), caseId, turn });

    /// <summary>Those that are to be fetched by now, the oldest first.</summary>
    public IReadOnlyList<Picture> Due(DateTimeOffset now, int most) =>
        Read("select * from pictures where state = 'Awaited' and next_try_at <= @now order by next_try_at limit @most", new { now = now.Ms(), most });

    /// <summary>When the next one is to be fetched; null when none is awaited.</summary>
    public DateTimeOffset? NextDue() => db.ExecuteScalar<long?>("select min(next_try_at) from pictures where state = 'Awaited'").Time();

    /// <summary>It lies on the disk now. False when nobody awaits it any more: its customer was forgotten meanwhile.</summary>
    public bool Store(string id, PictureKind kind, long bytes) =>
        db.Affected(
            "update pictures set state = 'Stored', kind = @kind, bytes = @bytes where id = @id and state = 'Awaited'",
            new
            {
                id,
                kind = kind.ToString(),
                bytes,
            }
        ) > 0;

    public void Refuse(string id) => db.RunUnheard(
        "update pictures set state = 'Refused', source = null where id = @id and state = 'Awaited'", new { id });

    public void TryAgain(string id, DateTimeOffset at) =>
        db.RunUnheard("update pictures set tries = tries + 1, next_try_at = @at where id = @id and state = 'Awaited'", new { id, at = at.Ms() });

    /// <summary>Those of decided messages that were not put beside a card in the owner chat yet, the oldest first.</summary>
    public IReadOnlyList<Picture> Unshown(int most) =>
        Read(
            """
            select p.* from pictures p join inbox i on i.id = p.message where p.state = 'Stored' and p.shown = 0 and i.turn is not null
                order by p.at, p.message, p.place limit @most
            """,
            new { most }
        );

    /// <summary>It stands beside its card, or there is no card to put it beside.</summary>
    public void SetShown(string id) => db.RunUnheard("update pictures set shown = 1 where id = @id", new { id });

    /// <summary>Of all that are kept.</summary>
    public long TotalBytes() => db.ExecuteScalar<long>("select coalesce(sum(bytes), 0) from pictures");

    /// <summary>Those whose files must go.</summary>
    public IReadOnlyList<Picture> Erased(int most) => Read("select * from pictures where state = 'Erased' limit @most", new { most });

    /// <summary>Their files are gone.</summary>
    public void Remove(IReadOnlyCollection<string> ids) => db.RunUnheard("delete from pictures where state = 'Erased' and id in @ids", new { ids });

    /// <summary>Which of these files' pictures are known.</summary>
    public IReadOnlyCollection<string> Known(IReadOnlyCollection<string> ids) =>
        [.. db.Query<string>("select id from pictures where id in @ids", new { ids })];

    /// <summary>Keeps a picture itself, for all hosts.</summary>
    public void KeepBytes(string id, byte[] bytes, DateTimeOffset now) => db.RunUnheard(
        "insert into picture_bytes (id, bytes, at) values (@id, @bytes, @at) on conflict (id) do update set bytes = excluded.bytes, at = excluded.at",
        new { id, bytes, at = now.Ms() });

    /// <summary>The picture itself; null when it is not in the store.</summary>
    public byte[]? Bytes(string id) => db.QuerySingleOrDefault<byte[]>("select bytes from picture_bytes where id = @id", new { id });

    public void RemoveBytes(IReadOnlyCollection<string> ids) => db.RunUnheard("delete from picture_bytes where id in @ids", new { ids });

    /// <summary>Those that were kept before <paramref name="before"/> and that no message names.</summary>
    public IReadOnlyList<string> BytesOfNobody(DateTimeOffset before, int most) =>
        [
            .. db.Query<string>(
                "select id from picture_bytes b where at < @before and not exists (select 1 from pictures p where p.id = b.id) limit @most",
                new { before = before.Ms(), most }
            ),
        ];

    private List<Picture> Read(string sql, object values) => [.. db.Query<Picture>(sql, values)];
}
