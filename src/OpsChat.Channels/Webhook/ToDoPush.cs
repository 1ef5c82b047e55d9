using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Channels.Webhook;

/// <summary>
/// Tells the shop's own system of each to-do that is open: an approved text has left, and somebody has to look at what it promised. Nothing that
/// a machine should act on: which action a text promises, if any, nobody but its reader knows. What is ticked off before it was told is not told
/// any more.
/// </summary>
public sealed class ToDoPush(
    IStore store,
    ShopSystem system,
    CurrentPlaybooks knowledge,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<ToDoPush> log
) : PeriodicService(ShopSystem.LookEvery, time, log, feed.Of("todo"))
{
    private const int MostInALook = 20;

    protected override string WhenItFails => "To-dos could not be told to the shop's system";

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        // One at a time, each as it stands just before it is told: the owner may tick one off while another is on its way.
        for (var told = 0; told < MostInALook; told++)
        {
            if (await store.ReadAsync(Next, cancellationToken) is not var (todo, approval) || !store.MayAct)
            {
                return;
            }

            var answer = await system.TellAsync(todo.Id, WebhookEvents.Write(todo, approval), cancellationToken);
            await store.WriteAsync(session => Settle(session, todo, answer, Time.GetUtcNow()), cancellationToken);
        }
    }

    private (ToDo, Approval)? Next(UnitOfWork session) =>
        session.ToDos.NextToTell(Time.GetUtcNow()) is { } todo && session.Approvals.Find(todo.Approval) is { } approval ? (todo, approval) : null;

    private void Settle(UnitOfWork session, ToDo todo, ShopAnswer answer, DateTimeOffset now)
    {
        switch (answer)
        {
            case ShopAnswer.Taken:
                session.ToDos.SetTold(todo.Id, now);
                break;
            case ShopAnswer.Refused refused:
                GiveUp(session, todo, refused.Why, now);
                break;
            // With the same key, so a system that took it and could not say so knows it again.
            case ShopAnswer.NotNow notNow:
                Again(session, todo, notNow.Why, now);
                break;
            case ShopAnswer.Unknown unknown:
                Again(session, todo, unknown.Why, now);
                break;
        }
    }

    private void Again(UnitOfWork session, ToDo todo, string why, DateTimeOffset now)
    {
        if (todo.Tries + 1 < ShopSystem.MostTries)
        {
            session.ToDos.TellAgain(todo.Id, now + ShopSystem.PauseAfter(todo.Tries));
        }
        else
        {
            GiveUp(session, todo, $"{why} It was tried {ShopSystem.MostTries} times.", now);
        }
    }

    private void GiveUp(UnitOfWork session, ToDo todo, string why, DateTimeOffset now)
    {
        // Named by its conversation, by which the notice is found when the customer has to be forgotten.
        var whose = session.Approvals.Find(todo.Approval) is { } approval ? $" for {approval.Conversation}" : "";
        session.ToDos.TellAgain(todo.Id, null);
        var which = $"{todo.Action}{whose}, {knowledge().Shop.Hours.Shown(todo.CreatedAt)}";
        session.Notices.Add("delivery", $"A to-do ({which}) may be missing in the shop's system: {why} It stands under To do here.", now);
    }
}
