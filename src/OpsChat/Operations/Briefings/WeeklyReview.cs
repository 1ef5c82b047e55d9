using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;

namespace OpsChat.Operations.Briefings;

/// <summary>
/// Monday's lines: what the owner decided last week, whose alerts it called no problem too often, and what lanes did by themselves. Pure.
/// </summary>
public static class WeeklyReview
{
    private const int Days = 7;

    /// <summary>Beyond this share of "no problem", from so many decisions on, a monitor asks for a higher line.</summary>
    private const double MostNoProblem = 0.3;
    private const int LeastDecided = 5;
    private const int MostAsked = 3;

    /// <param name="self">Who decides when a lane acts by itself.</param>
    /// <returns>Nothing on other days, and nothing after a week without a decision.</returns>
    public static IReadOnlyList<string> Lines(
        IEnumerable<Alert> alerts, IEnumerable<ShopAction> actions, string self, ShopCalendar calendar, DateTimeOffset now)
    {
        var today = calendar.Day(now);
        if (today.DayOfWeek != DayOfWeek.Monday)
        {
            return [];
        }

        var (from, until) = (calendar.Start(today.AddDays(-Days)), calendar.Start(today));
        var ended = alerts.Where(a => (a.ClosedAs is AlertEnd.Fixed or AlertEnd.NoProblem) && a.ClosedAt >= from && a.ClosedAt < until).ToList();
        var decided = actions.Where(a => a.DecidedAt >= from && a.DecidedAt < until && a.State != ShopActionState.Expired).ToList();
        return [.. Decided(ended, [.. decided.Where(a => a.DecidedBy != self)]),
            .. Acted([.. decided.Where(a => a.DecidedBy == self)]), .. Asked(ended)];
    }

    private static IEnumerable<string> Decided(List<Alert> ended, List<ShopAction> decided)
    {
        if (ended.Count + decided.Count == 0)
        {
            yield break;
        }

        var (refused, undone) = (decided.Count(a => a.State == ShopActionState.Rejected), decided.Count(a => a.State == ShopActionState.Undone));
        var changed = decided.Count(a => a.Revision > 1 && a.State is not (ShopActionState.Rejected or ShopActionState.Undone));
        yield return $"Last week you ended {Counted(ended.Count, "alert")}, {ended.Count(a => a.ClosedAs == AlertEnd.NoProblem)} as no problem, "
            + $"and decided {Counted(decided.Count, "action")}: {decided.Count - refused - undone - changed} as proposed, {changed} changed, "
            + $"{refused} refused, {undone} undone.";
    }

    private static IEnumerable<string> Acted(List<ShopAction> acted)
    {
        if (acted.Count > 0)
        {
            yield return $"Lanes acted {acted.Count} times by themselves; {acted.Count(a => a.State == ShopActionState.Undone)} of it was undone.";
        }
    }

    private static IEnumerable<string> Asked(List<Alert> ended) => ended
        .GroupBy(a => a.Monitor, StringComparer.Ordinal)
        .Select(g => (Monitor: g.Key, All: g.Count(), None: g.Count(a => a.ClosedAs == AlertEnd.NoProblem)))
        .Where(m => m.All >= LeastDecided && (double)m.None / m.All > MostNoProblem)
        .OrderByDescending(m => m.None).ThenBy(m => m.Monitor, StringComparer.Ordinal).Take(MostAsked)
        .Select(m => $"{MonitorWords.Of(m.Monitor)} ({m.Monitor}): you called {m.None} of {m.All} no problem. Raise its line, or switch it off?");

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
