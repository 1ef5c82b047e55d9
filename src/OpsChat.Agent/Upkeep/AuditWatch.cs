using Microsoft.Extensions.Logging;
using OpsChat.Audit;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Tells the owner the log's head once a day. What the owner has seen cannot be cut off or rewritten unnoticed.</summary>
public sealed class AuditWatch(IStore store, TimeProvider time, ILogger<AuditWatch> log) : PeriodicService(TimeSpan.FromHours(1), time, log)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(24);

    protected override string WhenItFails => "The audit log could not be looked at";

    /// <summary>Verifies the log and announces its head, at most once in 24 hours and only when it has grown.</summary>
    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var (last, announced, head) = await store.ReadAsync(
            session =>
                (
                    session.Settings.Get(SettingNames.AuditAnnouncedAt),
                    AnnouncedHead.Parse(session.Settings.Get(SettingNames.AuditAnnounced)),
                    session.Audit.Head()
                ),
            cancellationToken
        );
        if (last is null && announced is null)
        {
            // A new shop's first day: nobody needs to keep the head of a log that has hardly begun.
            await store.WriteAsync(
                session => session.Settings.Set(SettingNames.AuditAnnouncedAt, $"{now.ToUnixTimeMilliseconds()}"),
                cancellationToken
            );
            return;
        }

        var isDue = !long.TryParse(last, out var ms) || Math.Abs(now.ToUnixTimeMilliseconds() - ms) >= s_interval.TotalMilliseconds;
        if (!isDue || head?.Hash == announced?.Hash)
        {
            return;
        }

        var verdict = await store.ReadAsync(session => session.AuditedRows.Verify(announced), cancellationToken);
        await store.WriteAsync(session => Announce(session, verdict, now), cancellationToken);
    }

    private static void Announce(UnitOfWork session, AuditVerdict verdict, DateTimeOffset now)
    {
        session.Settings.Set(SettingNames.AuditAnnouncedAt, $"{now.ToUnixTimeMilliseconds()}");
        switch (verdict)
        {
            case AuditVerdict.Whole whole:
                var head = new AnnouncedHead(whole.Entries, whole.Head);
                session.Settings.Set(SettingNames.AuditAnnounced, head.ToString());
                session.Notices.Add(
                    "audit",
                    $"The audit log is whole today. Keep this message; its last line is the command that tells, at any time, whether the "
                        + $"log was shortened or rewritten behind it.\naudit verify --head {head}",
                    now
                );
                break;
            case AuditVerdict.Broken broken:
                session.Notices.Add(
                    "audit",
                    $"The audit log is broken at row {broken.Seq}: {broken.Why} Keep the database, and compare it with your last backup.",
                    now
                );
                break;
        }
    }
}
