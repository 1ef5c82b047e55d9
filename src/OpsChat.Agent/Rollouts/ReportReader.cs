using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.ErrorLog;

namespace OpsChat.Agent;

/// <summary>Reads the report from the error log, with the evidence and advice on each playbook in force.</summary>
public sealed class ReportReader(ErrorRateLog errors, IStore store, CurrentPlaybooks knowledge, CurrentCanary canary, TimeProvider time)
{
    public const int DefaultDays = 30, MostDays = 3650;

    /// <param name="days">How many days back, today included; at least 1.</param>
    /// <param name="playbook">Counts only this playbook's cases; null for the whole.</param>
    public async Task<CanaryReport> ReadAsync(int days, CancellationToken cancellationToken, string? playbook = null)
    {
        var (now, known) = (time.GetUtcNow(), knowledge());
        var config = canary().InForce(known.FullyAutonomous);
        var to = known.Policy.DayOf(now);
        var from = to.AddDays(1 - days);
        var counters = await errors.PeriodAsync(from, to, playbook, cancellationToken);
        return await store.ReadAsync(
            session =>
                ReportBuilding.Build(
                    new(
                        from,
                        to,
                        now,
                        config,
                        counters,
                        [.. Subjects(session, known, config, now)],
                        [.. Marks(session, now.AddDays(-days)).Where(m => playbook is null || m.Playbook is null || m.Playbook == playbook)]
                    )
                ),
            cancellationToken
        );
    }

    /// <summary>Evidence and decision for each playbook in force that has met customers, and last for the whole.</summary>
    /// <param name="config">In force, with playbooks of full autonomy at 100 %: <see cref="CanaryConfig.InForce"/>.</param>
    public static IEnumerable<ReportSubject> Subjects(UnitOfWork session, PlaybookSnapshot known, CanaryConfig config, DateTimeOffset now)
    {
        var reader = new EvidenceReader(session, known, config, now);
        var playbooks = reader.Playbooks.Select(reader.Read).ToList();
        return playbooks
            .Append(reader.Together(playbooks))
            .Select(reading => new ReportSubject(reading.Subject.Playbook, reading.View.Evidence, Rollout.Decide(reading.View)));
    }

    private static IReadOnlyList<ReportMark> Marks(UnitOfWork session, DateTimeOffset since) =>
        [.. session.RolloutChanges.All().Where(c => c.At >= since).Select(c => c.Mark)];
}
