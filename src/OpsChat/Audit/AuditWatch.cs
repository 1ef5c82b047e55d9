using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Audit;

/// <summary>Tells the owner the log's head once a day. What the owner has seen cannot be cut off or rewritten unnoticed.</summary>
public sealed partial class AuditWatch(IStore store, TimeProvider time, ILogger<AuditWatch> log) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(s_look, time);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
        {
            // One of the three places where everything is caught: a locked database now must not end the watch.
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);
            }
        }
    }

    /// <summary>Verifies the log and announces its head, at most once in 24 hours and only when it has grown.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (last, announced, head) = await store.ReadAsync(session => (
            session.Settings.Get(SettingNames.AuditAnnouncedAt), AnnouncedHead.Parse(session.Settings.Get(SettingNames.AuditAnnounced)), session.Audit.Head()), cancel);
        var isDue = !long.TryParse(last, out var ms) || Math.Abs(now.ToUnixTimeMilliseconds() - ms) >= s_interval.TotalMilliseconds;
        if (!isDue || head?.Hash == announced?.Hash)
        {
            return;
        }

        var verdict = await store.ReadAsync(session => AuditChain.Verify(session.Audit.All(), announced), cancel);
        await store.WriteAsync(session => Announce(session, verdict, now), cancel);
    }

    private static void Announce(StoreSession session, AuditVerdict verdict, DateTimeOffset now)
    {
        session.Settings.Set(SettingNames.AuditAnnouncedAt, $"{now.ToUnixTimeMilliseconds()}");
        switch (verdict)
        {
            case AuditVerdict.Whole whole:
                session.Settings.Set(SettingNames.AuditAnnounced, new AnnouncedHead(whole.Entries, whole.Head).ToString());
                session.Notices.Add("audit", $"The audit log is whole: {whole.Entries:N0} entries, head {whole.Head}. Keep this message: nobody can shorten or rewrite the log behind it unnoticed.", now);
                break;
            case AuditVerdict.Broken broken:
                session.Notices.Add("audit", $"The audit log is broken at row {broken.Seq}: {broken.Why} Keep the database, and compare it with your last backup.", now);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit log could not be looked at; the next look is in an hour.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
