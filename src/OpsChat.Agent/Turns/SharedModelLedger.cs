using Microsoft.Extensions.Logging;
using OpsChat.Drafting;
using OpsChat.Models.Jobs;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Counts what the model used for all hosts on one store. A host that ends in the middle of a call leaves it counted at its worst.</summary>
public sealed partial class SharedModelLedger(IStore store, ILogger<SharedModelLedger> log) : IModelLedger
{
    /// <summary>In memory where the store has one host.</summary>
    /// <param name="today">What was used today before this host began.</param>
    public static IModelLedger OrOwn(IStore store, IEnumerable<ModelUse> today, TimeProvider time, ILogger<SharedModelLedger> log) =>
        store.IsShared ? new SharedModelLedger(store, log) : ModelLedger.After(today, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));

    public async ValueTask<bool> TryAddAsync(
        DateOnly day,
        string conversation,
        ModelSpend worst,
        Func<ModelSpend, ModelSpend, bool> fits,
        CancellationToken cancellationToken
    ) =>
        await store.WriteAsync(
            session =>
            {
                var counted = session.ModelSpend.Of(day, conversation);
                if (counted.All is null)
                {
                    Begin(session, day);
                    counted = session.ModelSpend.Of(day, conversation);
                }

                var does = fits(counted.All ?? default, counted.Conversation);
                if (does)
                {
                    session.ModelSpend.Add(day, conversation, worst);
                }

                return does;
            },
            cancellationToken
        );

    public async Task CorrectAsync(DateOnly day, string conversation, ModelSpend difference)
    {
        try
        {
            await store.WriteAsync(session => session.ModelSpend.Correct(day, conversation, difference), CancellationToken.None);
        }
        catch (StoreException e)
        {
            LogNotCorrected(log, e.Message);
        }
    }

    /// <summary>The first call of a day on this store: what was used already, before it was shared, counts.</summary>
    private static void Begin(UnitOfWork session, DateOnly day)
    {
        session.ModelSpend.Prune(day);
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        foreach (var use in session.Turns.ModelUsesSince(midnight).Concat(session.ModelUses.Since(midnight)))
        {
            session.ModelSpend.Add(day, use.Conversation, new(use.Tokens, use.Cost));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What a call of the model really used could not be counted, so its worst case stays counted until midnight (UTC): {Why}"
    )]
    private static partial void LogNotCorrected(ILogger log, string why);
}
