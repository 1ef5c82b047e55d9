using System.Globalization;
using Microsoft.Extensions.Logging;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Looks at night at what people did, and tells the owner on Monday morning.</summary>
public sealed class LearnUpkeep(LearnDesk desk, IStore store, CurrentPlaybooks knowledge, TimeProvider time, ILogger<LearnUpkeep> log)
    : PeriodicService(TimeSpan.FromMinutes(30), time, log)
{
    // Learning takes the processor for a minute or so: when hardly anybody writes.
    private const int NightBegins = 2, NightEnds = 5, NoteFrom = 8;

    protected override string WhenItFails => "Nothing could be learned from what people did";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        var local = TimeZoneInfo.ConvertTime(Time.GetUtcNow(), knowledge().Policy.TimeZone);
        var today = local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (local.Hour is >= NightBegins and < NightEnds && await IsNewAsync(SettingNames.Learned, today, cancellationToken))
        {
            await desk.LookAsync(LearnDesk.LooksBack, cancellationToken);
            await store.WriteAsync(session => session.Settings.Set(SettingNames.Learned, today), cancellationToken);
        }

        if (local is { DayOfWeek: DayOfWeek.Monday, Hour: >= NoteFrom } && await IsNewAsync(SettingNames.LearnNoted, today, cancellationToken))
        {
            await store.WriteAsync(session =>
            {
                var (now, lines) = (Time.GetUtcNow(), LearnNote.Write(session, knowledge(), Time.GetUtcNow()));
                if (lines.Count > 0)
                {
                    session.Notices.Add(LearnNote.NoticeKind, string.Join('\n', lines), now);
                }

                session.Settings.Set(SettingNames.LearnNoted, today);
            }, cancellationToken);
        }
    }

    private async Task<bool> IsNewAsync(string setting, string today, CancellationToken cancellationToken) =>
        await store.ReadAsync(session => session.Settings.Get(setting), cancellationToken) != today;
}
