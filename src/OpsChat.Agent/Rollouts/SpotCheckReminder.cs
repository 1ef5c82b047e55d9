using System.Globalization;
using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Reminds the owner, once a day at most, of drawn answers that nobody has judged.</summary>
sealed class SpotCheckReminder(IStore store)
{
    private static readonly TimeSpan s_reminder = TimeSpan.FromHours(24);

    public async Task LookAsync(PlaybookSnapshot known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (waiting, last) = await store.ReadAsync(
            session =>
                (
                    session
                        .Outcomes.Backlog(EvidenceSubject.Whole(known.Playbooks.Playbooks), now - SpotCheckDesk.Reach, now - s_reminder)
                        .Unjudged,
                    session.Settings.Get(SettingNames.SpotCheckReminded)
                ),
            cancellationToken
        );
        if (
            waiting > 0
            && (last is null || now - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(last, CultureInfo.InvariantCulture)) >= s_reminder)
        )
        {
            await store.WriteAsync(
                session =>
                {
                    session.Settings.Set(
                        SettingNames.SpotCheckReminded,
                        now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
                    );
                    session.Notices.Add("spot-check", RolloutText.SpotChecksWait(waiting), now);
                },
                cancellationToken
            );
        }
    }
}
