using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>Taps under an answer that is to be judged.</summary>
public sealed class SpotCheckTaps(IStore store, SpotCheckDesk spotChecks, CardButtons buttons, ButtonSeal seal)
{
    public async Task<string> TapAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken)
    {
        var answer = await store.ReadAsync(session => session.Outbox.Find(data.Subject), cancellationToken);
        if (answer is null || !seal.IsOurs(tap.Data, data, answer.Conversation.ToString()))
        {
            return CardButtons.Changed;
        }

        if (data.Verb == ButtonVerb.AskWrong)
        {
            buttons.Show(tap, CardText.Kinds(buttons.Setting, data with { Verb = ButtonVerb.Wrong }, answer.Conversation.ToString()));
            return "In which way?";
        }

        ErrorKind? kind = data.Verb == ButtonVerb.Wrong ? (ErrorKind)data.Choice : null;
        return await spotChecks.JudgeAsync(who, answer.Id, kind, cancellationToken)
            ? "Noted. Thank you."
            : "This answer is not counted, so there is nothing to judge.";
    }
}
