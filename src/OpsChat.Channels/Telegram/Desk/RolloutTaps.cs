using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>An approver's yes or no to a question about the rollout.</summary>
public sealed class RolloutTaps(IStore store, CanaryConfigFile canary, CurrentPlaybooks knowledge, ButtonSeal seal, TimeProvider time)
{
    /// <returns>The answer for the tap; null when the button is not ours.</returns>
    public async Task<string?> TapAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken)
    {
        var question = await store.ReadAsync(session => session.RolloutQuestions.Find(data.Subject), cancellationToken);
        if (question is null || !seal.IsOurs(tap.Data, data, RolloutCardText.HashOf(question)))
        {
            return null;
        }

        var desk = new RolloutDesk(store, canary, knowledge, time, who.Name);
        return (
            data.Verb == ButtonVerb.SayYes
                ? await desk.SayYesAsync(question.Id, cancellationToken)
                : await desk.SayNoAsync(question.Id, cancellationToken)
        ).Sentence;
    }
}
