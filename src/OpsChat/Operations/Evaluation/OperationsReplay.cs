using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Evaluation;

/// <summary>All that a replay saw.</summary>
/// <param name="Alerts">Each episode once, in the order of opening; those that were rows of another all their life are only children there.</param>
public sealed record ReplayReport(DateOnly From, DateOnly To, int Looks, IReadOnlyList<Alert> Alerts);

/// <summary>
/// The past day by day: all look at 06:00 of the shop's time, and those that look every hour again at 22:00, with what was known then. It uses
/// what runs live, and sends nothing.
/// </summary>
public static class OperationsReplay
{
    private static readonly TimeOnly s_lookAt = new(6, 0), s_againAt = new(22, 0);

    /// <param name="from">The first day, inclusive.</param>
    /// <param name="to">The last day, inclusive.</param>
    public static ReplayReport Run(ShopHistory history, OperationsSettings settings, DateOnly from, DateOnly to, IReadOnlyList<IMonitor> monitors)
    {
        var (queue, seen, looks) = (AlertQueue.Empty, new Dictionary<(string, int), Alert>(), 0);
        var hourly = monitors.Where(m => m.Every <= TimeSpan.FromHours(1)).ToList();
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            foreach (var (at, due) in new[] { (s_lookAt, monitors), (s_againAt, hourly) })
            {
                var shop = history.AsOf(history.Calendar.At(day, at));
                queue = QueueStep.Apply(queue, MonitorRun.Look(shop, due, settings), settings, shop.Now).Queue;
                looks++;
                foreach (var alert in queue.Alerts.Values)
                {
                    Remember(seen, alert);
                }
            }
        }

        return new(from, to, looks, [.. seen.Values.OrderBy(a => a.OpenedAt).ThenBy(a => a.Key, StringComparer.Ordinal)]);
    }

    /// <summary>The newest state of each episode that ever stood by itself; children that have gone stay on it.</summary>
    private static void Remember(Dictionary<(string, int), Alert> seen, Alert alert)
    {
        var known = seen.GetValueOrDefault((alert.Key, alert.Episode));
        if (known is null && !alert.IsOnTop)
        {
            return;
        }

        if (known is null || known.Revision != alert.Revision || known.CheckedAt != alert.CheckedAt || known.State != alert.State)
        {
            var gone = known?.Children.Where(c => !alert.Children.Any(n => n.Subject.Equals(c.Subject))) ?? [];
            seen[(alert.Key, alert.Episode)] = alert with { Children = [.. gone, .. alert.Children] };
        }
    }
}
