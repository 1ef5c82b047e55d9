using Microsoft.Extensions.Logging;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Looks each second, as a person who edits a file looks for what it does, and as soon as another host has told of an edit.</summary>
public sealed class FileExchangeService(
    FileExchange exchange,
    PlaybookCatalog<PlaybookSnapshot> catalog,
    CanaryConfigFile canary,
    IStore store,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<FileExchangeService> log
) : PeriodicService(TimeSpan.FromSeconds(1), time, log, feed.Of("file", "rollout"))
{
    private readonly ConfigEdits _rollout = new(store, canary, () => catalog.Current, time);

    protected override string WhenItFails => "The owner's files could not be compared with those of the other hosts";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        // A rollback comes into force here whatever is wrong with another file, and the other way round.
        try
        {
            await _rollout.LookAsync(cancellationToken);
        }
        finally
        {
            if (await exchange.LookAsync(cancellationToken))
            {
                catalog.Look();
            }
        }
    }
}
