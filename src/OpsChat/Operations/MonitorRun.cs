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
        var broken = shop.FeedsNow()
            .Where(f => f.Refusal is not null || DataQuality.IsStale(f, shop.Now))
            .GroupBy(f => f.Kind)
            .ToDictionary(files => files.Key, files => files.First());
        return
        [
            .. monitors
                .Where(m => !settings.Off.Contains(m.Name))
                .Select(m => new MonitorResult(
                    m,
                    Gaps(m, broken) is { Length: > 0 } gaps ? MonitorLook.NotPossible(gaps) : m.Look(shop, settings)
                )),
        ];
    }

    private static MonitorGap[] Gaps(IMonitor monitor, Dictionary<FeedKind, FeedState> broken) =>
        [
            .. monitor
                .Needs.Where(n => broken.ContainsKey(n.Kind))
                .Select(n => new MonitorGap(n.Kind, $"{monitor.Name} is not checked: {broken[n.Kind].File} is not fresh.")),
        ];
}
