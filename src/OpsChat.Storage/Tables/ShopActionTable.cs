using System.Data.Common;
using Dapper;
using OpsChat.Messages;
using OpsChat.Operations.Actions;

namespace OpsChat.Storage.Tables;

/// <summary>Actions outside the chat that were asked for, with the decisions on them.</summary>
public sealed class ShopActionTable(DbConnection db)
{
    private const string Select = $"select *, {Columns.Amount} from shop_actions";

    public ShopAction? Find(string id) => db.QuerySingleOrDefault<ShopAction>($"{Select} where id = @id", new { id });

    /// <summary>Newest first; every state when <paramref name="state"/> is null.</summary>
    public IReadOnlyList<ShopAction> List(ShopActionState? state, int most) =>
        [
            .. db.Query<ShopAction>(
                $"{Select} {(state is null ? "" : "where state = @state")} order by created_at desc, id limit @most",
                new { state = state?.ToString(), most }
            ),
        ];

    /// <summary>All that was ever asked for in a lane, the oldest first.</summary>
    public IReadOnlyList<ShopAction> OfLane(string lane) =>
        [.. db.Query<ShopAction>($"{Select} where lane = @lane order by created_at, id", new { lane })];

    public IReadOnlyList<ShopAction> OfAlert(string alert) =>
        [.. db.Query<ShopAction>($"{Select} where alert = @alert order by created_at", new { alert })];

    /// <summary>Of one kind, decided on or not, younger than <paramref name="since"/>.</summary>
    public IReadOnlyList<ShopAction> OfKind(ActionKind kind, DateTimeOffset since) =>
        [
            .. db.Query<ShopAction>(
                $"{Select} where kind = @kind and created_at >= @at order by created_at",
                new { kind = kind.ToString(), at = since.Ms() }
            ),
        ];

    /// <summary>Notices to customers that were asked for or decided on since then.</summary>
    public IReadOnlyList<ShopAction> Notices(DateTimeOffset since) =>
        [
            .. db.Query<ShopAction>(
                $"{Select} where kind = 'CustomerNotice' and (created_at >= @at or decided_at >= @at) order by created_at",
                new { at = since.Ms() }
            ),
        ];

    public void Add(ShopAction it) =>
        db.RunUnheard(
            """
            insert into shop_actions (id, revision, hash, state, alert, lane, kind, subject, parameters, amount_minor, currency, text,
                evidence, recipients, created_at, expires_at)
            values (@Id, @Revision, @Hash, @state, @Alert, @Lane, @kind, @Subject, @parameters, @minor, @currency, @Text, @evidence,
                @recipients, @created, @expires)
            """,
            Values(it)
        );

    /// <summary>Takes one recipient out of the notices. A pending one says how many it goes to, and so has to be proposed anew; who else had a notice
    /// stays known.</summary>
    public void Forget(ConversationId id, ConversationId pseudonym)
    {
        foreach (
            var (action, recipients) in db.Query<(string Id, string Recipients)>(
                    "select id, recipients from shop_actions where instr(recipients, @raw) > 0 or instr(recipients, @escaped) > 0",
                    JsonNames.Searched(id)
                )
                .ToList()
        )
        {
            var before = Columns.List<StoredRecipient>(recipients);
            var after = before.Select(one => one.Conversation == id.ToString() ? new(pseudonym.ToString(), "", "") : one).ToList();
            if (!after.SequenceEqual(before))
            {
                db.RunUnheard(
                    "update shop_actions set recipients = @recipients, state = case when state = 'Pending' then 'Stopped' else state end "
                        + "where id = @action",
                    new { action, recipients = Columns.Json(after) });
            }
        }
    }

    /// <summary>The one place where an action is decided: a compare-and-set on state, hash and expiry.</summary>
    /// <returns>False when it is not that pending content any more; nothing has changed then.</returns>
    public bool Decide(string id, string hash, ShopActionState to, string by, string? reason, DateTimeOffset now) => db.Affected(
        """
        update shop_actions set state = @to, decided_by = @by, decided_at = @now, reason = @reason, tell_at = @now
        where id = @id and state = 'Pending' and hash = @hash and expires_at > @now
        """,
        new { id, hash, to = to.ToString(), by, reason, now = now.Ms() }) == 1;

    /// <summary>Moves one on that is in the state it is thought to be in; false otherwise.</summary>
    public bool Move(string id, ShopActionState from, ShopActionState to, string? result, DateTimeOffset now) => db.Affected(
        "update shop_actions set state = @to, result = coalesce(@result, result), result_at = @now where id = @id and state = @from",
        new { id, from = from.ToString(), to = to.ToString(), result, now = now.Ms() }) == 1;

    /// <summary>Ends what nobody has decided in its time.</summary>
    public IReadOnlyList<string> Expire(DateTimeOffset now) =>
        [
            .. db.Query<string>(
                "update shop_actions set state = 'Expired', decided_at = @now where state = 'Pending' and expires_at <= @now returning id",
                new { now = now.Ms() }
            ),
        ];

    /// <summary>What the shop's system has not been told yet, the longest due first; null when nothing is due.</summary>
    public ShopAction? NextToTell(DateTimeOffset now) =>
        db.QueryFirstOrDefault<ShopAction>(
            $"{Select} where state = 'Approved' and (kind <> 'CustomerNotice' or recipients = '[]') and tell_at <= "
                + "@now order by tell_at, created_at limit 1",
            new { now = now.Ms() }
        );

    /// <summary>Marks one before it is told, so that after a crash nobody tells it again; false when it is not that approved content any
    /// more.</summary>
    public bool StartTelling(string id, string hash) =>
        db.Affected("update shop_actions set state = 'Telling' where id = @id and hash = @hash and state = 'Approved'", new { id, hash }) == 1;

    /// <summary>Those that were being told.</summary>
    public IReadOnlyList<ShopAction> Telling() => [.. db.Query<ShopAction>($"{Select} where state = 'Telling'")];

    /// <summary>The shop's system took it; perhaps it has said already how it ended.</summary>
    public void SetTold(string id, DateTimeOffset now) =>
        db.RunUnheard(
            "update shop_actions set state = case when state = 'Telling' then 'Told' else state end, told_at = @now where id = @id",
            new { id, now = now.Ms() }
        );

    /// <summary>It was not taken, and waits for its next try.</summary>
    public void TellAgain(string id, DateTimeOffset at) =>
        db.RunUnheard(
            "update shop_actions set state = 'Approved', tell_at = @at, tries = tries + 1 where id = @id and state = 'Telling'",
            new { id, at = at.Ms() }
        );

    /// <summary>Takes one back that is in the state it is thought to be in; false otherwise.</summary>
    /// <param name="tellAt">When the shop's system is to be told of it; null when it never heard of the action.</param>
    public bool Undo(string id, ShopActionState from, DateTimeOffset? tellAt, DateTimeOffset now) => db.Affected(
        "update shop_actions set state = 'Undone', result_at = @now, undo_at = @tellAt where id = @id and state = @from",
        new { id, from = from.ToString(), tellAt = tellAt.Ms(), now = now.Ms() }) == 1;

    /// <summary>What was taken back and the shop's system does not know yet, the longest due first; null when nothing is due.</summary>
    public ShopAction? NextUndoToTell(DateTimeOffset now) =>
        db.QueryFirstOrDefault<ShopAction>(
            $"{Select} where state = 'Undone' and undo_at <= @now order by undo_at, created_at limit 1",
            new { now = now.Ms() }
        );

    /// <param name="at">Null for never again: it knows, or nobody tries any more.</param>
    public void TellUndoAgain(string id, DateTimeOffset? at) =>
        db.RunUnheard("update shop_actions set undo_at = @at, undo_tries = undo_tries + 1 where id = @id", new { id, at = at.Ms() });

    private static object Values(ShopAction it) =>
        new
        {
            it.Id,
            it.Revision,
            it.Hash,
            state = it.State.ToString(),
            it.Alert,
            it.Lane,
            kind = it.Kind.ToString(),
            it.Subject,
            parameters = Columns.Json(it.Parameters),
            minor = it.Amount?.Minor,
            currency = it.Amount?.Currency,
            it.Text,
            evidence = Columns.Json(it.Evidence),
            recipients = StoredRecipient.Write(it.Recipients),
            created = it.CreatedAt.Ms(),
            expires = it.ExpiresAt.Ms(),
        };
}
