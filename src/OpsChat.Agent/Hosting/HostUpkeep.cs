using Microsoft.Extensions.Logging;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Looks after the other hosts on a shared store: takes away what one left that is gone, so that its conversations are taken up, and its messages
/// that were on their way become uncertain.
/// </summary>
public sealed partial class HostUpkeep(IStore store, TimeProvider time, ILogger<HostUpkeep> log)
    : PeriodicService(TimeSpan.FromSeconds(1), time, log)
{
    protected override string WhenItFails => "What a host left that is gone could not be taken over";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        var seesGone = store.SeesGoneHost;
        // A host that stopped in good order has no row any more, and may have left messages of which it did not hear in time.
        if (!seesGone && !await store.ReadAsync(session => session.Outbox.Abandoned().Count > 0, cancellationToken))
        {
            return;
        }

        var gone = await store.WriteAsync(session =>
        {
            // Only once all had their chance to come back: the database may have been away.
            IReadOnlyList<string> names = seesGone ? session.Hosts.RemoveGone() : [];
            OutboxSender.SettleAbandoned(session, Time.GetUtcNow());
            return names;
        }, cancellationToken);
        foreach (var name in gone)
        {
            LogGone(Log, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The host {Name} was not heard of any more. What it had not decided is taken over.")]
    private static partial void LogGone(ILogger log, string name);
}
