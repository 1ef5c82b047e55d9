using System.Globalization;
using Microsoft.Extensions.Logging;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Looks at night at what people did, and tells the owner on Monday morning. Where the computer is off at night it looks once a day, in the
/// next quarter of an hour in which nobody writes.</summary>
public sealed class LearnUpkeep(LearnDesk desk, IStore store, CurrentPlaybooks knowledge, TimeProvider time, ILogger<LearnUpkeep> log)
    : PeriodicService(TimeSpan.FromMinutes(30), time, log)
{
    // Learning takes the processor for a minute or so: when hardly anybody writes.
    private const int NightBegins = 2, NightEnds = 5, NoteFrom = 8;

    private static readonly TimeSpan s_atLeastEvery = TimeSpan.FromDays(1), s_quiet = TimeSpan.FromMinutes(15);

    protected override string WhenItFails => "Nothing could be learned from what people did";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        var local = TimeZoneInfo.ConvertTime(Time.GetUtcNow(), knowledge().Policy.TimeZone);
        var today = local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (await IsDueAsync(local, cancellationToken))
        {
            await desk.LookAsync(LearnDesk.LooksBack, cancellationToken);
            await LookedAsync(cancellationToken);
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

    private async Task<bool> IsDueAsync(DateTimeOffset local, CancellationToken cancellationToken)
    {
        var (looked, wrote) = await store.ReadAsync(
            session => (session.Settings.Get(SettingNames.Learned), session.Conversations.LatestAt()),
            cancellationToken
        );
        if (!DateTimeOffset.TryParse(looked, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var last))
        {
            // A new shop has nothing to learn from yet.
            await LookedAsync(cancellationToken);
            return false;
        }

        return local.Hour is >= NightBegins and < NightEnds
            ? TimeZoneInfo.ConvertTime(last, knowledge().Policy.TimeZone).Date != local.Date
            : local - last > s_atLeastEvery && (wrote is null || local - wrote >= s_quiet);
    }

    private Task LookedAsync(CancellationToken cancellationToken) =>
        store.WriteAsync(
            session => session.Settings.Set(SettingNames.Learned, Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)),
            cancellationToken
        );

    private async Task<bool> IsNewAsync(string setting, string today, CancellationToken cancellationToken) =>
        await store.ReadAsync(session => session.Settings.Get(setting), cancellationToken) != today;
}
