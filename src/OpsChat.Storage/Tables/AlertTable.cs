using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using OpsChat.Messages;
using OpsChat.Operations.Queue;

namespace OpsChat.Storage.Tables;

/// <summary>Something that happened to an alert, or that a person noted about it.</summary>
/// <param name="What"><c>opened</c>, <c>worse</c>, <c>overdue</c>, <c>closed</c>, <c>told</c>, or what a person did.</param>
public sealed record AlertEvent(DateTimeOffset At, string Who, string What, string Text);

/// <summary>When a monitor last looked, and what it could not look at then.</summary>
/// <param name="Checked">How many subjects it really looked at.</param>
public sealed record MonitorState(string Monitor, DateTimeOffset At, int Checked, IReadOnlyList<string> Gaps);

/// <summary>The exception queue. Every change takes the next number, by which somebody who has decided on an older queue notices.</summary>
public sealed class AlertTable(DbConnection db)
{
    private const string HeadName = "alerts";

    /// <summary>The number of the last change; 0 before the first.</summary>
    public long Head() => HeadRow.Of(db, HeadName);

    public AlertQueue Queue() =>
        new(db.Query<string>("select alert from alerts").Select(AlertText.Read).ToImmutableDictionary(a => a.Key, StringComparer.Ordinal));

    /// <summary>By id or by key; null when there is none.</summary>
    public Alert? Find(string idOrKey) =>
        db.QuerySingleOrDefault<string>("select alert from alerts where id = @idOrKey or key = @idOrKey", new { idOrKey }) is { } text
            ? AlertText.Read(text)
            : null;

    public void Save(Alert it)
    {
        var changed = db.Affected(
            """
            insert into alerts (key, id, monitor, is_open, opened_at, alert) values (@Key, @Id, @Monitor, @open, @opened, @alert)
            on conflict (key) do update set is_open = excluded.is_open, opened_at = excluded.opened_at, alert = excluded.alert where alerts.alert <> excluded.alert
            """,
            new { it.Key, it.Id, it.Monitor, open = it.IsOpen ? 1 : 0, opened = it.OpenedAt.Ms(), alert = AlertText.Write(it) });
        if (changed > 0)
        {
            HeadRow.Next(db, HeadName);
        }
    }

    /// <summary>The alerts of these monitors that are open.</summary>
    public IReadOnlyList<Alert> OpenOf(IReadOnlyCollection<string> monitors) =>
        [.. db.Query<string>("select alert from alerts where is_open = 1 and monitor in @monitors", new { monitors }).Select(AlertText.Read)];

    /// <summary>Puts a pseudonym in the place of a conversation, wherever an alert names it. It counts as a change, so that a look that
    /// read it before
    /// begins anew.</summary>
    public void Rename(ConversationId id, ConversationId pseudonym)
    {
        foreach (var (key, text) in db.Query<(string Key, string Text)>(
            "select key, alert from alerts where instr(alert, @raw) > 0 or instr(alert, @escaped) > 0", JsonNames.Searched(id)).ToList())
        {
            if (JsonNames.Renamed(text, id.ToString(), pseudonym.ToString()) is { } renamed)
            {
                db.RunUnheard("update alerts set alert = @renamed where key = @key", new { key, renamed });
                HeadRow.Next(db, HeadName);
            }
        }
    }

    /// <summary>Forgets one that nothing can reopen any more; what happened to it stays.</summary>
    public void Remove(string key) => db.RunUnheard("delete from alerts where key = @key", new { key });

    public void Happened(string alert, AlertEvent it) =>
        db.RunUnheard(
            "insert into alert_events (alert, at, who, what, text) values (@alert, @at, @Who, @What, @Text)",
            new
            {
                alert,
                at = it.At.Ms(),
                it.Who,
                it.What,
                it.Text,
            }
        );

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<AlertEvent> EventsOf(string alert) =>
        [.. db.Query<AlertEvent>("select at, who, what, text from alert_events where alert = @alert order by seq", new { alert })];

    /// <summary>How often something of that name has happened since then, to any alert.</summary>
    public int Count(string what, DateTimeOffset since) =>
        db.ExecuteScalar<int>("select count(*) from alert_events where what = @what and at >= @at", new { what, at = since.Ms() });

    /// <summary>What happened to any alert since then, oldest first.</summary>
    public IReadOnlyList<(string Alert, AlertEvent Event)> EventsSince(DateTimeOffset since) =>
    [
        .. db.Query<string, AlertEvent, (string, AlertEvent)>(
            "select alert, at, who, what, text from alert_events where at >= @at order by seq", (alert, it) => (alert, it),
            new { at = since.Ms() }, splitOn: "at"),
    ];

    public IReadOnlyList<MonitorState> Looks() =>
        [.. db.Query<MonitorState>("select monitor, at, checked, gaps from monitor_looks order by monitor")];

    /// <summary>Whether anything was looked at, or has happened, before then.</summary>
    public bool HasLooked(DateTimeOffset before) =>
        db.ExecuteScalar<long>(
            "select count(*) from (select 1 from alert_events where at < @at union all select 1 from monitor_looks where at < @at limit 1) looks",
            new { at = before.Ms() }
        ) > 0;

    /// <summary>When the first alert ever opened: when the shop was looked at first, if anything was found then.</summary>
    public DateTimeOffset? FirstOpened() => db.ExecuteScalar<long?>("select min(at) from alert_events where what = 'opened'").Time();

    public void Looked(MonitorState it) => db.RunUnheard(
        """
        insert into monitor_looks (monitor, at, checked, gaps) values (@Monitor, @At, @Checked, @Gaps)
        on conflict (monitor) do update set at = excluded.at, checked = excluded.checked, gaps = excluded.gaps
        """,
        it);

    /// <summary>The briefing of a day of the shop; null when there was none.</summary>
    public string? BriefingOf(DateOnly day) =>
        db.QuerySingleOrDefault<string>("select text from briefings where day = @day", new { day = Name(day) });

    /// <summary>When the last briefing before <paramref name="day"/> went out.</summary>
    public DateTimeOffset? BriefedBefore(DateOnly day) =>
        db.ExecuteScalar<long?>("select max(at) from briefings where day < @day", new { day = Name(day) }).Time();

    /// <summary>False when the day has its briefing already.</summary>
    public bool Briefed(DateOnly day, string text, DateTimeOffset now) =>
        db.Affected(
            "insert into briefings (day, at, text) values (@day, @now, @text) on conflict (day) do nothing",
            new
            {
                day = Name(day),
                now = now.Ms(),
                text,
            }
        ) == 1;

    private static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
