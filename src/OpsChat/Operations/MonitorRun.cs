using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations;

/// <summary>Looks with several monitors at one moment. A monitor whose feed is stale does not look, and says so.</summary>
public static class MonitorRun
{
    public static IReadOnlyList<MonitorResult> Look(ShopMoment shop, IEnumerable<IMonitor> monitors, OperationsSettings settings)
    {
        var broken = new Dictionary<FeedKind, string>();
        foreach (var feed in shop.FeedsNow())
        {
            if (DataQuality.Trouble(shop, feed) is { } trouble)
            {
                broken.TryAdd(feed.Kind, trouble);
            }
        }

        return
        [
            .. monitors
                .Where(m => !settings.Off.Contains(m.Name))
                .Select(m => new MonitorResult(
                    m,
                    Named(m, Gaps(m, broken) is { Length: > 0 } gaps ? MonitorLook.NotPossible(gaps) : m.Look(shop, settings))
                )),
        ];
    }

    private static MonitorGap[] Gaps(IMonitor monitor, Dictionary<FeedKind, string> broken) =>
        [.. monitor.Needs.Where(n => broken.ContainsKey(n.Kind)).Select(n => new MonitorGap(n.Kind, broken[n.Kind]))];

    private static MonitorLook Named(IMonitor monitor, MonitorLook look) =>
        look.Gaps.Count == 0 ? look : look with { Gaps = [.. look.Gaps.Select(g => g with { Monitor = monitor.Name })] };
}
