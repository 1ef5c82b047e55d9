using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Storage;

namespace OpsChat.Channels.Webhook;

/// <summary>
/// Tells the shop's own system of approved actions, each looked at once more against fresh facts and marked before it is told. When nobody knows
/// whether it took one, a person has to find out: an order to a supplier must not leave twice. What is taken back after it was told is told too,
/// as often as it takes: with the same key, an undo that comes again undoes nothing more. A host that was paused or cut off until another one may
/// have taken over tells nothing.
/// </summary>
public sealed partial class ActionPush(
    IStore store,
    OperationsDesk operations,
    CurrentOperations settings,
    ShopSystem system,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<ActionPush> log
) : PeriodicService(ShopSystem.LookEvery, time, log, feed.Of("action"))
{
    private const int MostInALook = 20;

    // Marked in a commit that failed, and perhaps was made all the same: the answer to it may have been lost. The shop's system was not told.
    private string? _inDoubt;

    protected override string WhenItFails => "Approved actions could not be told to the shop's system";

    /// <summary>What was being told when the process ended may have been taken: it is not told again by itself.</summary>
    protected override Task BeginAsync(CancellationToken cancellationToken) => SettleLeftoversAsync(cancellationToken);

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        await PutBackAsync(cancellationToken);
        for (
            var told = 0;
            told < MostInALook
                && await store.ReadAsync(session => session.ShopActions.NextToTell(Time.GetUtcNow()), cancellationToken) is { } action;
            told++
        )
        {
            await TellAsync(action, cancellationToken);
        }

        for (
            var told = 0;
            told < MostInALook
                && store.MayAct
                && await store.ReadAsync(session => session.ShopActions.NextUndoToTell(Time.GetUtcNow()), cancellationToken) is { } undone;
            told++
        )
        {
            var answer = await system.TellAsync($"{undone.Id}.undo", WebhookEvents.WriteUndo(undone), cancellationToken);
            await store.WriteUntilStoredAsync(
                session => SettleUndo(session, undone, answer, Time.GetUtcNow()),
                e => LogNotStored(Log, e),
                Time,
                cancellationToken
            );
        }
    }

    internal Task SettleLeftoversAsync(CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
                session
                    .ShopActions.Telling()
                    .ToList()
                    .ForEach(action =>
                        End(
                            session,
                            action,
                            ShopActionState.Telling,
                            ShopActionState.Unknown,
                            "OpsChat was stopped while it was being told to the shop's system.",
                            Time.GetUtcNow()
                        )
                    ),
            cancellationToken
        );

    /// <summary>What was marked in a commit whose answer was lost was not told, and is due again.</summary>
    private async Task PutBackAsync(CancellationToken cancellationToken)
    {
        if (_inDoubt is { } action)
        {
            await store.WriteAsync(session => session.ShopActions.TellAgain(action, Time.GetUtcNow()), cancellationToken);
            _inDoubt = null;
        }
    }

    private async Task TellAsync(ShopAction action, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var moment = (await operations.ViewAsync(now, cancellationToken)).Moment(now);
        _inDoubt = action.Id;
        var isMarked = await store.WriteAsync(session => Mark(session, action, moment, now), cancellationToken);
        _inDoubt = null;
        if (!isMarked)
        {
            return;
        }

        // Paused or cut off since then, nothing is told any more: the host that took over says that nobody knows whether it was.
        var answer = store.MayAct
            ? await system.TellAsync(action.Id, WebhookEvents.Write(action), cancellationToken)
            : new ShopAnswer.NotNow("Another host may have taken over before the shop's system was told.");
        await store.WriteUntilStoredAsync(
            session => Settle(session, action, answer, Time.GetUtcNow()),
            e => LogNotStored(Log, e),
            Time,
            cancellationToken
        );
    }

    /// <summary>False when it is not to be told: somebody took it back meanwhile, or what it rests on has changed.</summary>
    private bool Mark(UnitOfWork session, ShopAction action, ShopMoment moment, DateTimeOffset now)
    {
        var why = action.Sealed().Hash != action.Hash ? "Its content is not the one that was approved."
            : action.DecidedBy == OperationsDesk.Who && LaneStops.Read(session) is not null ? "All lanes are stopped."
            : ActionRecheck.WhyNot(action, session.Alerts.Find(action.Alert), moment, settings());
        if (why is not null)
        {
            if (action.Sealed().Hash != action.Hash && action.DecidedBy == OperationsDesk.Who)
            {
                LaneStops.Stop(session, $"What a lane did is not what it decided: {action.Id}.", OperationsDesk.Who, now);
            }

            End(session, action, ShopActionState.Approved, ShopActionState.Stopped, why, now);
            return false;
        }

        return session.ShopActions.StartTelling(action.Id, action.Hash);
    }

    private static void Settle(UnitOfWork session, ShopAction action, ShopAnswer answer, DateTimeOffset now)
    {
        switch (answer)
        {
            case ShopAnswer.Taken:
                session.ShopActions.SetTold(action.Id, now);
                session.Audit.Append("action", OperationsDesk.Who, action.Id, new { Verb = "told", action.Hash }, now);
                break;
            case ShopAnswer.NotNow when action.Tries + 1 < ShopSystem.MostTries:
                session.ShopActions.TellAgain(action.Id, now + ShopSystem.PauseAfter(action.Tries));
                break;
            case ShopAnswer.Unknown unknown:
                End(session, action, ShopActionState.Telling, ShopActionState.Unknown, unknown.Why, now);
                break;
            case ShopAnswer.Refused refused:
                End(session, action, ShopActionState.Telling, ShopActionState.Failed, refused.Why, now);
                break;
            default:
                End(
                    session,
                    action,
                    ShopActionState.Telling,
                    ShopActionState.Failed,
                    $"The shop's system could not be reached in {ShopSystem.MostTries} tries.",
                    now
                );
                break;
        }
    }

    private static void SettleUndo(UnitOfWork session, ShopAction undone, ShopAnswer answer, DateTimeOffset now)
    {
        var mayComeAgain = answer is ShopAnswer.NotNow or ShopAnswer.Unknown && undone.UndoTries + 1 < ShopSystem.MostTries;
        session.ShopActions.TellUndoAgain(undone.Id, mayComeAgain ? now + ShopSystem.PauseAfter(undone.UndoTries) : null);
        if (answer is ShopAnswer.Taken)
        {
            session.Audit.Append("action", OperationsDesk.Who, undone.Id, new { Verb = "undo told", undone.Hash }, now);
        }
        else if (!mayComeAgain)
        {
            var why = answer is ShopAnswer.Refused refused ? refused.Why : $"It could not be told in {ShopSystem.MostTries} tries.";
            session.Notices.Add(OperationsDesk.NoticeKind, $"{undone.Text}: undone here, but the shop's system may not know it. {why}", now);
        }
    }

    private static void End(UnitOfWork session, ShopAction action, ShopActionState from, ShopActionState to, string why, DateTimeOffset now)
    {
        if (session.ShopActions.Move(action.Id, from, to, why, now))
        {
            session.Audit.Append("action", OperationsDesk.Who, action.Id, new { Verb = to.ToString().ToLowerInvariant(), action.Hash }, now);
            session.Notices.Add(OperationsDesk.NoticeKind, $"{action.Text}: approved, but {to.ToString().ToLowerInvariant()}. {why}", now);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What became of an action could not be stored; it is tried again in a second.")]
    private static partial void LogNotStored(ILogger log, Exception e);
}
