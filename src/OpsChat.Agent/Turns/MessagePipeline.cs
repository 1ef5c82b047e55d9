using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Agent;

/// <summary>
/// The way of a message, read first. One call answers everything that waits in one conversation:
/// 1. Admit (in <see cref="ConversationQueue"/>); 2. understand, 3. choose the playbook, 4. gather facts, 5. draft, 6. guard, 7. gate (in
/// <see cref="TurnDecider"/>);
/// 8. commit (<see cref="TurnRecorder"/>), which is the one effect, in one transaction.
/// </summary>
public sealed class MessagePipeline(
    TurnStore turns,
    CurrentPlaybooks knowledge,
    LiveLookups lookups,
    CurrentCanary canary,
    OpsChatOptions options,
    TimeProvider time,
    CurrentOperations? operations = null
)
{
    /// <returns>What was decided; null when nothing waited, or a newer message came and the turn must be taken again.</returns>
    public async Task<TurnDecision?> RunAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        // 1. Admitted messages wait in the inbox; those of one conversation are answered together, once.
        var now = time.GetUtcNow();
        if (await turns.LoadAsync(conversation, now, cancellationToken) is not { } turn)
        {
            return null;
        }

        // A reload in between must not mix two states: everything below uses these.
        var known = knowledge();
        var input = new TurnInput
        {
            Turn = turn with { IsSuspect = await lookups.IsSuspectAsync(conversation, cancellationToken) },
            At = now,
            Rollout = CanaryView.Of(canary().InForce(known.FullyAutonomous), conversation, turn.Id),
            MostPendingApprovals = options.Approvals.MostPendingOfCustomer,
            HandOffs = HandOffTrigger.Of(
                operations?.Invoke().HandOffs.Select(row => new HandOffTrigger(row.Function, row.Trigger)) ?? [],
                known.Playbooks
            ),
            Playbooks = known.Playbooks.Fingerprint,
        };

        // 2. to 7. What is looked up meanwhile is kept, so that the turn can be decided again.
        var recording = new RecordingLookups(lookups);
        var decided = recording.Kept(await TurnDecider.DecideAsync(input, known, recording, cancellationToken));

        // 8. Commit. Who takes over a long conversation gets a note on it, and whoever answers sees the order.
        decided = await lookups.WithOrdersAsync(decided with { Summary = await lookups.SummaryAsync(decided, cancellationToken) }, cancellationToken);
        var written = WrittenTurn.Of(decided);
        if (!await turns.CommitAsync(conversation, session => TurnRecorder.Apply(session, written, options), cancellationToken))
        {
            return null;
        }

        if (decided.TriedKeys.Any())
        {
            await lookups.GuessedAsync(conversation, cancellationToken);
        }

        return decided;
    }

    /// <summary>After repeated failures: the turn becomes a hand-off without a draft, so that a person sees it. False when even that must
    /// wait.</summary>
    public Task<bool> GiveUpAsync(ConversationId conversation, CancellationToken cancellationToken) => turns.CommitAsync(conversation, session =>
    {
        var now = time.GetUtcNow();
        return TurnLoader.Load(session, conversation, now) is { } turn && TurnRecorder.GiveUp(session, turn, knowledge(), now);
    }, cancellationToken);

    /// <summary>Whether it is clear from these fragments what is wanted, so that hardly any more of them will come.</summary>
    public bool IsClear(IReadOnlyList<string> fragments)
    {
        var reader = knowledge().Reader;
        var reading = reader.Read(Turn.TextOf(fragments));
        return reader.Choose(reading) is not null
            || reading.SmallTalk is SmallTalk.Thanks or SmallTalk.Goodbye or SmallTalk.Acknowledgement
            || reading.Money.Sense == MoneySense.Moves
            || reading.Entities.OrderNumbers.Count + reading.Entities.Emails.Count > 0;
    }
}
