using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using OpsChat.Approvals;
using OpsChat.Audit;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>The append-only log. Appending is part of the transaction that it tells of.</summary>
public sealed class AuditTable(DbConnection db)
{
    /// <param name="words">The customer's words that the row is about; only their salted digest enters the log.</param>
    public AuditEntry Append(string kind, string who, string subject, object data, DateTimeOffset now, string? words = null)
    {
        var last = db.QuerySingleOrDefault<HeadRow>("select seq, hash from audit order by seq desc limit 1") ?? new HeadRow { Hash = AuditEntry.Genesis };
        var salt = words is null ? null : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var entry = new AuditEntry(
            last.Seq + 1, now.Ms().Time(), kind, who, subject, Columns.Json(data), salt is null ? null : AuditEntry.Digest(salt, words!), last.Hash, "").Sealed();
        db.Run(
            "insert into audit (seq, at, kind, who, subject, data, words_digest, previous, hash) values (@Seq, @at, @Kind, @Who, @Subject, @Data, @WordsDigest, @Previous, @Hash)",
            new { entry.Seq, at = entry.At.Ms(), entry.Kind, entry.Who, entry.Subject, entry.Data, entry.WordsDigest, entry.Previous, entry.Hash });
        if (salt is not null)
        {
            db.Run("insert into audit_salts (seq, subject, salt) values (@Seq, @Subject, @salt)", new { entry.Seq, entry.Subject, salt });
        }

        return entry;
    }

    public void Decided(Trace trace, DecidedTurn decided) => Append(
        "decision", "opschat", trace.Turn,
        new { trace.Verdict, trace.Reasons, trace.Playbook, trace.PlaybookVersion, trace.Rule, trace.Arm, trace.Case }, decided.At, decided.Turn.Text);

    public void ApprovalDecided(Approval approval, string who, string verb, DateTimeOffset now) => Append(
        "approval", who, approval.Id, new { verb, approval.Revision, approval.Hash, State = approval.State.ToString(), approval.OrderNumber, Amount = approval.Amount?.ToString() }, now);

    public void ApprovalSent(Approval approval, DateTimeOffset now) =>
        Append("approval", "opschat", approval.Id, new { Verb = "sent", approval.Revision, approval.Hash }, now);

    /// <summary>All rows in order, read as they are needed.</summary>
    public IEnumerable<AuditEntry> All() => db.Query<Row>("select * from audit order by seq", buffered: false).Select(r => r.ToEntry());

    public AuditEntry? Head() => db.QuerySingleOrDefault<Row>("select * from audit order by seq desc limit 1")?.ToEntry();

    private sealed record HeadRow
    {
        public long Seq { get; init; }
        public string Hash { get; init; } = "";
    }

    private sealed record Row
    {
        public long Seq { get; init; }
        public long At { get; init; }
        public string Kind { get; init; } = "";
        public string Who { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Data { get; init; } = "";
        public string? Words_digest { get; init; }
        public string Previous { get; init; } = "";
        public string Hash { get; init; } = "";

        public AuditEntry ToEntry() => new(Seq, At.Time(), Kind, Who, Subject, Data, Words_digest, Previous, Hash);
    }
}
