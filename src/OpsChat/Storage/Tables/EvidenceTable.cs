using System.Data.Common;
using System.Text.Json;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>Checkpoints of evidence, about one a day for each subject, so that a decision reads the cases of the last days and not all.</summary>
public sealed class EvidenceTable(DbConnection db)
{
    /// <summary>The subject's checkpoints, the latest first; each is read when it is looked at.</summary>
    public IEnumerable<EvidenceCheckpoint> Of(EvidenceSubject subject) => db
        .Query<Row>("select through, evidence from evidence where playbook = @playbook and version = @Version order by through desc", new { playbook = Name(subject), subject.Version })
        .Select(r => new EvidenceCheckpoint(r.Through.Time(), JsonSerializer.Deserialize<Evidence>(r.Evidence, ReportJson.Options)!));

    public void Save(EvidenceSubject subject, EvidenceCheckpoint checkpoint) => db.Run(
        """
        insert into evidence (playbook, version, through, evidence) values (@playbook, @Version, @through, @evidence)
        on conflict (playbook, version, through) do update set evidence = excluded.evidence
        """,
        new { playbook = Name(subject), subject.Version, through = checkpoint.Through.Ms(), evidence = JsonSerializer.Serialize(checkpoint.Evidence, ReportJson.Options) });

    /// <summary>Drops what a changed case has made wrong: the later checkpoints of its playbook, and of the whole.</summary>
    public void DropAfter(string playbook, DateTimeOffset orderedAt) =>
        db.Run("delete from evidence where playbook in (@playbook, '') and through > @at", new { playbook, at = orderedAt.Ms() });

    private static string Name(EvidenceSubject subject) => subject.Playbook ?? "";

    private sealed record Row
    {
        public long Through { get; init; }
        public string Evidence { get; init; } = "";
    }
}
