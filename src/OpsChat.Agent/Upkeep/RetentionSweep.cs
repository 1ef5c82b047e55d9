using Microsoft.Extensions.Logging;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Once a day, erases conversations that are older than the owner wants to keep them.</summary>
public sealed class RetentionSweep(IStore store, OpsChatOptions options, TimeProvider time, ILogger<RetentionSweep> log)
    : PeriodicService(TimeSpan.FromHours(24), time, log)
{
    private const int MostAtOnce = 10;

    private readonly Forgetting _forgetting = new(store, time);

    protected override string WhenItFails => "Old conversations could not be erased";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        await store.WriteAsync(session => session.Changes.Prune(), cancellationToken);
        await SweepAsync(cancellationToken);
    }

    /// <summary>Erases what is over; nothing without the setting. Returns how many conversations.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        if (options.Retention is not { } days)
        {
            return 0;
        }

        var (all, before) = (0, Time.GetUtcNow() - TimeSpan.FromDays(days));
        ForgettingReport batch;
        do
        {
            batch = await _forgetting.ForgetQuietAsync(before, MostAtOnce, cancellationToken);
            all += batch.Conversations;
        }
        while (batch.Conversations == MostAtOnce);
        return all;
    }
}
