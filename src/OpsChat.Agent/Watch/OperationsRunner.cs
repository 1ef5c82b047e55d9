using Microsoft.Extensions.Logging;
using OpsChat.Operations.Monitors;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Watches the shop while the host runs: 1. all monitors when a file of the shop has changed, else those whose time has come; 2. what nobody decided
/// in time; 3. the briefing.
/// </summary>
public sealed partial class OperationsRunner(
    IStore store,
    OperationsDesk desk,
    ActionDesk actions,
    BriefingDesk briefings,
    TimeProvider time,
    ILogger<OperationsRunner> log
) : PeriodicService(LookEvery, time, log)
{
    /// <summary>How often it asks whether there is anything to look at; that costs next to nothing.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private Dictionary<string, DateTimeOffset>? _looked;

    protected override string WhenItFails => "The shop could not be watched, and its alerts stay as they were";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        if (await DueAsync(now, cancellationToken) is { Count: > 0 } due)
        {
            var look = await desk.LookAsync(due, now, cancellationToken);
            _looked = null;
            await actions.ActAsync(cancellationToken);
            LogLooked(Log, look.Monitors, look.Queue.Ranked.Count);
        }

        await actions.ExpireAsync(now, cancellationToken);
        await briefings.SendWhenDueAsync(now, cancellationToken);
    }

    private async Task<IReadOnlyList<IMonitor>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await desk.HasNewsAsync(now, cancellationToken))
        {
            return MonitorSet.All;
        }

        _looked ??= (await store.ReadAsync(session => session.Alerts.Looks(), cancellationToken)).ToDictionary(
            l => l.Monitor,
            l => l.At,
            StringComparer.Ordinal
        );
        return [.. MonitorSet.All.Where(m => !_looked.TryGetValue(m.Name, out var at) || now - at >= m.Every)];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Monitors} monitors looked; {Alerts} alerts are open.")]
    private static partial void LogLooked(ILogger log, int monitors, int alerts);
}
