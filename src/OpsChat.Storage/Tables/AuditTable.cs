using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using OpsChat.Approvals;
using OpsChat.Audit;
using OpsChat.Decisions;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>The append-only log. Appending is part of the transaction that it tells of.</summary>
public sealed class AuditTable(DbConnection db)
{
    // After a row of this transaction there can only come another of it.
    private AuditEntry? _appended;

    /// <param name="subject">Nothing that a person may want erased.</param>
    /// <param name="data">Likewise.</param>
    /// <param name="words">The customer's words that the row is about; only their salted digest enters the log.</param>
    public AuditEntry Append(string kind, string who, string subject, object data, DateTimeOffset now, string? words = null) =>
        Append(kind, who, subject, data, now, words, subject);

    /// <summary>A row about a conversation, whose name stands beside the log until it is forgotten.</summary>
    public AuditEntry Append(string kind, string who, ConversationId about, object data, DateTimeOffset now) =>
        Append(kind, who, AuditEntry.AConversation, data, now, about.ToString(), about.ToString());

    /// <param name="hidden">Enters the log as a salted digest.</param>
    /// <param name="saltOf">By which the salt is found when it has to be erased.</param>
    private AuditEntry Append(string kind, string who, string subject, object data, DateTimeOffset now, string? hidden, string saltOf)
    {
        var last = Head();
        var salt = hidden is null ? null : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var entry = new AuditEntry(
            (last?.Seq ?? 0) + 1,
            now.Ms().Time(),
            kind,
            who,
            subject,
            Columns.Json(data),
            salt is null ? null : AuditEntry.Digest(salt, hidden!),
            last?.Hash ?? AuditEntry.Genesis,
            ""
        ).Sealed();
        db.RunUnheard(
            "insert into audit (seq, at, kind, who, subject, data, words_digest, previous, hash) values (@Seq, @At, @Kind, @Who, @Subject, "
                + "@Data, @WordsDigest, @Previous, @Hash)",
            entry);
        if (salt is not null)
        {
            db.RunUnheard("insert into audit_salts (seq, subject, salt) values (@Seq, @saltOf, @salt)", new { entry.Seq, saltOf, salt });
        }

        return _appended = entry;
    }

    public void Decided(Trace trace, TurnDecision decided) =>
        Append(
            "decision",
            "opschat",
            trace.Turn,
            new
            {
                trace.Verdict,
                trace.Reasons,
                trace.Playbook,
                trace.PlaybookVersion,
                trace.Rule,
                trace.Arm,
                trace.Case,
            },
            decided.At,
            decided.Turn.Text
        );

    /// <summary>The order and the customer stand in the row only as part of the approval's hash.</summary>
    public void ApprovalDecided(Approval approval, string who, string verb, DateTimeOffset now) =>
        Append(
            "approval",
            who,
            approval.Id,
            new
            {
                verb,
                approval.Revision,
                approval.Hash,
                State = approval.State.ToString(),
                Amount = approval.Amount?.ToString(),
            },
            now
        );

    public void ApprovalSent(Approval approval, DateTimeOffset now) =>
        Append("approval", "opschat", approval.Id, new { Verb = "sent", approval.Revision, approval.Hash }, now);

    /// <summary>All rows in order, read as they are needed.</summary>
    public IEnumerable<AuditEntry> All() => db.Query<AuditEntry, NamedConversation?, AuditEntry>(
        """
        select a.*, s.subject as conversation, s.salt from audit a left join audit_salts s on s.seq = a.seq and a.subject = @about order by a.seq
        """,
        (entry, beside) => beside is null ? entry : entry with { Beside = beside },
        new { about = AuditEntry.AConversation }, buffered: false, splitOn: "conversation");

    /// <summary>What one person did, the newest first.</summary>
    public IReadOnlyList<AuditEntry> Of(string who, int most) =>
        [.. db.Query<AuditEntry, NamedConversation?, AuditEntry>(
            """
            select a.*, s.subject as conversation, s.salt from audit a left join audit_salts s on s.seq = a.seq and a.subject = @about
            where a.who = @who order by a.seq desc limit @most
            """,
            (entry, beside) => beside is null ? entry : entry with { Beside = beside },
            new { who, most, about = AuditEntry.AConversation }, splitOn: "conversation")];

    public AuditEntry? Head() => _appended ?? db.QuerySingleOrDefault<AuditEntry>("select * from audit order by seq desc limit 1");
}
