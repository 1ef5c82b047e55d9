using Microsoft.Extensions.Logging;
using OpsChat.Channels.Webhook;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Approvals;

/// <summary>
/// Tells the shop's own system, when there is one, what approvers decided. The to-do stays the owner's until it is ticked off; what is ticked off before it was told is not told
/// any more, and neither is what was decided before there was a system to tell: it may have been done by hand.
/// </summary>
public sealed class ActionPush(IStore store, ShopSystem system, TimeProvider time, ILogger<ActionPush> log) : HostedLook(TimeSpan.FromSeconds(2), time, log)
{
    private const int MostAtOnce = 20;

    private DateTimeOffset? _since;

    protected override string WhenItFails => "Approved actions could not be told to the shop's system";

    public override async Task LookAsync(CancellationToken cancel)
    {
        var since = _since ??= await SinceAsync(cancel);
        if (!system.IsThere)
        {
            return;
        }

        foreach (var (todo, approval) in await store.ReadAsync(session => Due(session, since), cancel))
        {
            var answer = await system.TellAsync(approval.Id, WebhookEvents.Write(todo, approval), cancel);
            await store.WriteAsync(session => Settle(session, todo, answer, Time.GetUtcNow()), cancel);
        }
    }

    /// <summary>Since when there has been a system to tell, without a break.</summary>
    private Task<DateTimeOffset> SinceAsync(CancellationToken cancel) => store.WriteAsync(session =>
    {
        var now = Time.GetUtcNow();
        if (!system.IsThere)
        {
            session.Settings.Remove(SettingNames.ToldSince);
        }
        else if (session.Settings.Get(SettingNames.ToldSince) is not { } known)
        {
            session.Settings.Set(SettingNames.ToldSince, now.ToString("O"));
        }
        else
        {
            return DateTimeOffset.Parse(known, System.Globalization.CultureInfo.InvariantCulture);
        }

        return now;
    }, cancel);

    private List<(ToDo, Approval)> Due(StoreSession session, DateTimeOffset since) =>
        [.. session.ToDos.ToTell(since, Time.GetUtcNow(), MostAtOnce).Select(todo => (todo, session.Approvals.Find(todo.Approval)!))];

    private static void Settle(StoreSession session, ToDo todo, ShopAnswer answer, DateTimeOffset now)
    {
        switch (answer)
        {
            case ShopAnswer.Taken:
                session.ToDos.SetTold(todo.Id, now);
                session.Audit.Append("approval", "opschat", todo.Approval, new { Verb = "told", ToDo = todo.Id }, now);
                break;
            case ShopAnswer.NotNow when now - todo.CreatedAt < ShopSystem.GiveUpAfter:
                session.ToDos.TellAgain(todo.Id, now + ShopSystem.PauseAfter(todo.Tries));
                break;
            case ShopAnswer.NotNow late:
                GiveUp(session, todo, $"{late.Why} It was tried for a day.", now);
                break;
            case ShopAnswer.Refused refused:
                GiveUp(session, todo, refused.Why, now);
                break;
        }
    }

    private static void GiveUp(StoreSession session, ToDo todo, string why, DateTimeOffset now)
    {
        session.ToDos.TellAgain(todo.Id, null);
        session.Notices.Add("delivery", $"An approved action ({todo.Action}{(todo.OrderNumber is { } order ? $", order {order}" : "")}) could not be told to the shop's system: {why} Do it by hand; it stands under To do.", now);
    }
}
