using System.Data.Common;
using System.Text.Json;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>Checkpoints of evidence, about one a day for each subject, so that a decision reads the cases of the last days and not all.</summary>
public sealed class EvidenceTable(DbConnection db)
{
    /// <summary>The subject's checkpoints, the latest first; each is read when it is looked at.</summary>
    public IEnumerable<EvidenceCheckpoint> Of(EvidenceSubject subject) =>
        db.Query<(DateTimeOffset Through, string Evidence)>(
                "select through, evidence from evidence where playbook = @playbook and version = @Version order by through desc",
                new { playbook = Name(subject), subject.Version }
            )
            .Select(r => new EvidenceCheckpoint(r.Through, JsonSerializer.Deserialize<Evidence>(r.Evidence, ReportJson.Options)!));

    /// <summary>
    /// Keeps a checkpoint that was counted on a reader's view, unless a case that it covers has changed since. False when it was not kept.
    /// Checkpoints that will hardly be gone back to are thinned out.
    /// </summary>
    /// <param name="asOf">The latest event (<see cref="OutcomeTable.LatestEvent"/>) that the count knew of.</param>
    public bool Keep(EvidenceSubject subject, EvidenceCheckpoint checkpoint, long asOf)
    {
        var (playbook, through) = (Name(subject), checkpoint.Through.Ms());
        var isStale = db.ExecuteScalar<long>(
            """
            select count(*) from outcome_events news join outcomes it on it.case_id = news.case_id
            where news.id > @asOf and it.started_at < @through and (@playbook = '' or it.playbook = @playbook)
            """,
            new { asOf, through, playbook }) > 0;
        if (isStale)
        {
            return false;
        }

        db.RunUnheard(
            """
            insert into evidence (playbook, version, through, evidence) values (@playbook, @Version, @through, @evidence)
            on conflict (playbook, version, through) do update set evidence = excluded.evidence
            """,
            new { playbook, subject.Version, through, evidence = JsonSerializer.Serialize(checkpoint.Evidence, ReportJson.Options) });
        ThinOut(playbook, subject.Version, through);
        return true;
    }

    /// <summary>Drops what a changed case has made wrong: the later checkpoints of its version, and of the whole.</summary>
    public void DropAfter(string playbook, string version, DateTimeOffset orderedAt)
    {
        db.RunUnheard(
            "delete from evidence where ((playbook = @playbook and version = @version) or playbook = '') and through > @at",
            new { playbook, version, at = orderedAt.Ms() }
        );
    }

    /// <summary>Beyond 30 days one checkpoint for every 30 days is enough; of another set of versions the whole needs none.</summary>
    private void ThinOut(string playbook, string version, long latest)
    {
        var month = (long)TimeSpan.FromDays(30).TotalMilliseconds;
        db.RunUnheard(
            """
            delete from evidence where playbook = @playbook and version = @version and through < @latest - @month and exists (
                select 1 from evidence earlier where earlier.playbook = @playbook and earlier.version = @version
                and earlier.through < evidence.through and earlier.through / @month = evidence.through / @month)
            """,
            new { playbook, version, latest, month });
        db.RunUnheard("delete from evidence where playbook = '' and @playbook = '' and version <> @version", new { playbook, version });
    }

    private static string Name(EvidenceSubject subject) => subject.Playbook ?? "";
}
