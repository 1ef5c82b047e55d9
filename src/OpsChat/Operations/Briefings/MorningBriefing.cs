using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Text;
using System.Runtime.InteropServices;

namespace OpsChat.Operations.Briefings;

/// <summary>What a briefing counts as new.</summary>
/// <param name="At">When the last one went out.</param>
/// <param name="FirstLook">When the shop was looked at for the first time, where no briefing has gone out yet: what was found then had piled up
/// before anybody watched.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BriefingSince(DateTimeOffset At, DateTimeOffset? FirstLook = null);

/// <summary>
/// The morning's text: numbers first, at most 25 lines, three on a quiet night. Pure: the same facts give the same words. No customer's name,
/// since headlines hold none.
/// </summary>
public static class MorningBriefing
{
    public const int MostLines = 25;

    /// <summary>How many of those that need a decision have a line of their own.</summary>
    public const int MostNeeds = 5;

    private const int MostRisks = 4;

    /// <param name="queue">The queue after the morning's look.</param>
    /// <param name="gaps">What could not be checked.</param>
    /// <param name="week">What is told of the last week, on its day.</param>
    public static IReadOnlyList<string> Write(
        AlertQueue queue,
        IReadOnlyList<MonitorGap> gaps,
        ShopCalendar calendar,
        string currency,
        BriefingSince since,
        DateTimeOffset now,
        IReadOnlyList<string>? week = null
    )
    {
        var needs = Needs(queue).ToList();
        var lines = new List<string> { Head(needs, Freshness(queue, gaps, calendar), calendar, currency, now) };
        lines.AddRange(needs.Take(MostNeeds).Select((a, i) => $"{i + 1} {a.Headline} {Money(a)}{Until(a, calendar, now)}"));
        if (needs.Count > MostNeeds)
        {
            lines.Add($"{needs.Count - MostNeeds} more in the queue.");
        }

        lines.Add(Overnight(queue, since, calendar));
        lines.AddRange(Risks(needs).Take(MostRisks));
        lines.AddRange(week ?? []);
        lines.Add(NotChecked(gaps));
        return [.. lines.Where(l => l.Length > 0).Take(MostLines)];
    }

    /// <summary>What needs a decision, the most pressing first. What the newest look did not find again is about to close, and its sentence is of an
    /// earlier day.</summary>
    public static IEnumerable<Alert> Needs(AlertQueue queue) =>
        queue.Ranked.Where(a => a is { ClearLooks: 0, State: not AlertState.Snoozed and not AlertState.Acting });

    private static string Head(List<Alert> needs, string freshness, ShopCalendar calendar, string currency, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, calendar.Zone);
        var risk = new Money(needs.Where(a => a.AtRisk.Currency == currency).Sum(a => a.AtRisk.Minor), currency);
        var needed = needs.Count == 0 ? "Nothing needs you." : $"{needs.Count} {(needs.Count == 1 ? "needs" : "need")} you, {risk} at risk.";
        return $"{local:dddd d MMMM, HH:mm}. {needed} {freshness}";
    }

    /// <summary>Which feeds are not fresh, and since when.</summary>
    private static string Freshness(AlertQueue queue, IReadOnlyList<MonitorGap> gaps, ShopCalendar calendar)
    {
        var broken = queue
            .Alerts.Values.Where(a => a is { Monitor: "data-quality", IsOpen: true, ClearLooks: 0 })
            .OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => $"{a.Subject["feed"]} since {calendar.Day(a.Evidence.Select(e => e.At).Append(a.OpenedAt).Min()):d MMM}")
            .ToList();
        return broken.Count > 0 ? $"Not fresh: {string.Join(", ", broken)}."
            : gaps.Count > 0 ? "Not everything could be checked."
            : "All feeds fresh.";
    }

    private static string Money(Alert alert) => alert.AtRisk.Minor > 0 ? $"{alert.AtRisk}." : "";

    private static string Until(Alert alert, ShopCalendar calendar, DateTimeOffset now) => AlertDue.Of(alert, calendar.Hours) switch
    {
        null => "",
        { } by when by <= now || calendar.Day(by) == calendar.Day(now) => " Today.",
        { } by => $" By {calendar.Day(by):d MMM}.",
    };

    private static string Overnight(AlertQueue queue, BriefingSince since, ShopCalendar calendar)
    {
        var closed = queue.Alerts.Values.Count(a => a is { IsOnTop: true, ClosedAs: AlertEnd.ByData } && a.ClosedAt > since.At);
        if (since.FirstLook is { } first && first >= since.At)
        {
            var (found, later) = (queue.Alerts.Values.Count(a => a.IsOnTop && a.OpenedAt <= first), Opened(queue, first));
            var local = TimeZoneInfo.ConvertTime(first, calendar.Zone);
            var then = later + closed == 0 ? "" : $" Since then {later} opened, {closed} closed by data.";
            return $"First look, {local:dddd HH:mm}: {found} found, old and new together; from now on only what is new is counted.{then}";
        }

        var opened = Opened(queue, since.At);
        return opened + closed == 0 ? "Overnight: nothing new." : $"Overnight: {opened} opened, {closed} closed by data.";
    }

    private static int Opened(AlertQueue queue, DateTimeOffset since) => queue.Alerts.Values.Count(a => a.IsOnTop && a.OpenedAt > since);

    /// <summary>How many alerts of each kind there are, those beyond the first five.</summary>
    private static IEnumerable<string> Risks(List<Alert> needs) => needs.Skip(MostNeeds).GroupBy(a => a.Monitor, StringComparer.Ordinal)
        .OrderByDescending(g => g.Sum(a => a.Score.Value)).ThenBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => $"{MonitorWords.Of(g.Key)}: {string.Join(", ", g.Take(6).Select(a => a.Subject))}"
            + $"{(g.Count() > 6 ? $" and {g.Count() - 6} more" : "")}");

    private static string NotChecked(IReadOnlyList<MonitorGap> gaps) =>
        gaps.Count == 0 ? "" : $"Not checked: {string.Join(" ", gaps.GroupBy(g => g.Sentence, StringComparer.Ordinal).Take(5).Select(InWords))}";

    /// <summary>What waits for one thing, and why.</summary>
    private static string InWords(IGrouping<string, MonitorGap> gaps)
    {
        var names = gaps.Select(g => g.Monitor).Where(m => m.Length > 0).Select(MonitorWords.Of)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var shown = string.Join(", ", names.Take(3));
        return names.Count switch
        {
            0 => gaps.Key,
            > 3 => $"{shown} and {names.Count - 3} more: {gaps.Key}",
            _ => $"{shown}: {gaps.Key}",
        };
    }
}
