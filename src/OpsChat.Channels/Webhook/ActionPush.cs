using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Settings;
using OpsChat.Storage;

namespace OpsChat.Channels.Webhook;

/// <summary>
/// Tells the shop's own system of approved actions, each looked at once more against fresh facts. When nobody knows whether it took
/// one, a person has to find out: an order to a supplier must not leave twice.
/// </summary>
public sealed class ActionPush(IStore store, OperationsDesk operations, Func<OperationsSettings> settings, ShopSystem system, TimeProvider time, ILogger<ActionPush> log)
    : PeriodicService(TimeSpan.FromSeconds(2), time, log)
{
    private const int MostInALook = 20;

    protected override string WhenItFails => "Approved actions could not be told to the shop's system";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        for (var told = 0; told < MostInALook; told++)
        {
            if (await store.ReadAsync(session => session.ShopActions.NextToTell(Time.GetUtcNow()), cancellationToken) is not { } action)
            {
                return;
            }

            await TellAsync(action, cancellationToken);
        }
    }

    private async Task TellAsync(ShopAction action, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var moment = (await operations.ViewAsync(now, cancellationToken)).Moment(now);
        var why = await store.ReadAsync(session => action.Sealed().Hash != action.Hash ? "Its content is not the one that was approved."
            : ActionRecheck.WhyNot(action, session.Alerts.Find(action.Alert), moment, settings()), cancellationToken);
        if (why is not null)
        {
            await store.WriteAsync(session => End(session, action, ShopActionState.Stopped, why, now), cancellationToken);
            return;
        }

        var answer = await system.TellAsync(action.Id, WebhookEvents.Write(action), cancellationToken);
        await store.WriteAsync(session => Settle(session, action, answer, Time.GetUtcNow()), cancellationToken);
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
                End(session, action, ShopActionState.Unknown, unknown.Why, now);
                break;
            case ShopAnswer.Refused refused:
                End(session, action, ShopActionState.Failed, refused.Why, now);
                break;
            default:
                End(session, action, ShopActionState.Failed, $"The shop's system could not be reached in {ShopSystem.MostTries} tries.", now);
                break;
        }
    }

    private static void End(UnitOfWork session, ShopAction action, ShopActionState to, string why, DateTimeOffset now)
    {
        if (session.ShopActions.Move(action.Id, ShopActionState.Approved, to, why, now))
        {
            session.Audit.Append("action", OperationsDesk.Who, action.Id, new { Verb = to.ToString().ToLowerInvariant(), action.Hash }, now);
            session.Notices.Add(OperationsDesk.NoticeKind, $"{action.Text}: approved, but {to.ToString().ToLowerInvariant()}. {why}", now);
        }
    }
}
