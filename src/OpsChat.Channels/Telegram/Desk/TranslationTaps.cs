using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>An approver's word on a model's translation: bound to exactly the text that the card showed.</summary>
public sealed class TranslationTaps(IStore store, TranslationDesk desk, ButtonSeal seal)
{
    /// <returns>The answer for the tap; null when the button is not ours.</returns>
    public async Task<string?> TapAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken)
    {
        var row = await store.ReadAsync(session => session.Translations.Find(data.Subject), cancellationToken);
        if (row is null || !seal.IsOurs(tap.Data, data, TranslationCardText.HashOf(row)))
        {
            return null;
        }

        var answer = data.Verb == ButtonVerb.TakeTranslation
            ? await desk.TakeAsync(row.Id, null, who, cancellationToken) : await desk.RejectAsync(row.Id, who, cancellationToken);
        return answer switch
        {
            TranslationAnswer.Done done => CardText.Plain(done.Sentence),
            TranslationAnswer.NotAllowed no => CardText.Plain(no.Why),
            TranslationAnswer.Refused refused => CardText.Plain(refused.Why),
            _ => null,
        };
    }
}
