using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Operations.Actions;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>An approver's word on an action outside the chat: bound to exactly the content that the card showed.</summary>
public sealed class ActionTaps(IStore store, ActionDesk desk, ButtonSeal seal)
{
    /// <returns>The answer for the tap; null when the button is not ours, or its content has changed.</returns>
    public async Task<string?> TapAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken)
    {
        var action = await store.ReadAsync(session => session.ShopActions.Find(data.Subject), cancellationToken);
        if (action is null || data.Revision != action.Revision || !seal.IsOurs(tap.Data, data, action.Hash))
        {
            return null;
        }

        return await desk.DecideAsync(who, action.Id, action.Hash, data.Verb == ButtonVerb.ApproveAction, null, cancellationToken) switch
        {
            ActionAnswer.Done { Now: { State: ShopActionState.Stopped, Result: { } why } } => $"Approved, but not passed on: {why}",
            ActionAnswer.Done done => $"{done.Now.State}.",
            ActionAnswer.Late late => late.Why,
            ActionAnswer.Confirm => "Look twice at the number of pieces. It is approved in the console, where that is confirmed.",
            ActionAnswer.NotAllowed no => no.Why,
            ActionAnswer.Refused refused => refused.Why,
            _ => null,
        };
    }
}
