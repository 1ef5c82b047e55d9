using OpsChat.Operations.Monitors;
using OpsChat.Text;

namespace OpsChat.Operations.Queue;

/// <summary>
/// Five or more single alerts with one carrier, supplier, station or item inside 24 hours, and at least twice as many as usual, are one
/// alert; the singles are its rows, and so are later ones while the group is open.
/// </summary>
internal static class AlertGroups
{
    private const int Least = 5;
    private static readonly TimeSpan s_within = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_usualOver = TimeSpan.FromDays(28);

    public static void Apply(Dictionary<string, Alert> alerts, DateTimeOffset now)
    {
        foreach (
            var group in alerts
                .Values.Where(a => a is { Group: not null, IsGroup: false })
                .GroupBy(a => a.Group!.KeyFor(a.Monitor), StringComparer.Ordinal)
                .ToList()
        )
        {
            var open = group.Where(a => a.IsOpen).OrderBy(a => a.OpenedAt).ThenBy(a => a.Key, StringComparer.Ordinal).ToList();
            var known = alerts.GetValueOrDefault(group.Key);
            if (known is { IsOpen: true })
            {
                Renew(alerts, known, open, now);
            }
            else if (open.Count(a => now - a.OpenedAt < s_within) is >= Least and var fresh && fresh >= 2 * Usual(group, now))
            {
                Renew(alerts, Open(group.Key, known, open[0], now), open, now);
            }
        }
    }

    /// <summary>Singles a day in the four weeks before.</summary>
    private static double Usual(IEnumerable<Alert> all, DateTimeOffset now) =>
        all.Count(a => now - a.OpenedAt >= s_within && now - a.OpenedAt < s_usualOver + s_within) / s_usualOver.TotalDays;

    private static Alert Open(string key, Alert? known, Alert first, DateTimeOffset now) =>
        new()
        {
            Key = key,
            Monitor = first.Monitor,
            Subject = first.Group!,
            Owner = first.Owner,
            Headline = "",
            OpenedAt = now,
            CheckedAt = now,
            IsGroup = true,
            Episode = (known?.Episode ?? 0) + 1,
        };

    private static void Renew(Dictionary<string, Alert> alerts, Alert group, List<Alert> open, DateTimeOffset now)
    {
        foreach (var single in open.Where(a => a.GroupKey != group.Key))
        {
            alerts[single.Key] = single with { GroupKey = group.Key };
        }

        if (open.Count == 0)
        {
            alerts[group.Key] = group with
            {
                State = AlertState.Closed,
                ClosedAt = now,
                ClosedAs = AlertEnd.ByData,
                Children = group.Children,
                Revision = group.Revision + 1,
            };
            return;
        }

        var worst = open.MaxBy(a => a.Score.Value) ?? open[0];
        alerts[group.Key] = group with
        {
            Headline = $"{open.Count} {(open.Count == 1 ? "alert" : "alerts")} with one cause ({group.Subject}). First: {open[0].Headline}",
            Strength = open.Count,
            Peak = Math.Max(group.Peak, open.Count),
            Confidence = worst.Confidence,
            DecideBy = open.Min(a => a.DecideBy),
            CheckedAt = open.Max(a => a.CheckedAt),
            // Amounts of other currencies are not added; what is at stake there is not known.
            AtRisk = new Money(open.Where(a => a.AtRisk.Currency == worst.AtRisk.Currency).Sum(a => a.AtRisk.Minor), worst.AtRisk.Currency),
            Evidence = [.. open.Take(8).SelectMany(a => a.Evidence.Take(1))],
            Actions = worst.Actions,
            Trace = CalculationTrace.Of("group", "group 1", ("singles", open.Count)),
            Children =
            [
                .. group.Children.Where(c => !open.Any(a => a.Subject.Equals(c.Subject))),
                .. open.Select(a => new AlertChild(a.Subject, a.OpenedAt, a.Headline)),
            ],
        };
    }
}
