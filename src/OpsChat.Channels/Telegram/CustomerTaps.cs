using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Storage;
using Telegram.Bot.Requests;

namespace OpsChat.Channels.Telegram;

/// <summary>What customers say with the buttons under an answer.</summary>
public sealed class CustomerTaps(IStore store, CurrentPlaybooks knowledge, ButtonSeal seal, TelegramErrands errands, TimeProvider time)
{
    /// <summary>A tap under an answer; taps that are not the customer's own word on their own answer do nothing.</summary>
    public async Task TapAsync(TelegramNews.Tap tap, ButtonData data, CancellationToken cancellationToken)
    {
        var customer = new TelegramAddress(tap.From, null).Conversation;
        if (tap.Chat != tap.From || !seal.IsOurs(tap.Data, data, customer.ToString()))
        {
            errands.AnswerTap(tap.QueryId);
            return;
        }

        var word = data.Verb switch
        {
            ButtonVerb.ThumbUp => AnswerTap.Up,
            ButtonVerb.ThumbDown => AnswerTap.Down,
            _ => AnswerTap.Person,
        };
        var isFirst = await store.WriteAsync(
            session => AnswerTap.Record(session, customer, data.Subject, word, knowledge(), time.GetUtcNow()),
            cancellationToken
        );
        errands.AnswerTap(tap.QueryId, isFirst ? word switch { AnswerTap.Up => "👍", AnswerTap.Down => "👎", _ => "🙋" } : null);
        if (tap.Message is { } message)
        {
            errands.Run("taking the buttons away", (client, stop) =>
                client.EditAsync(new EditMessageReplyMarkupRequest { ChatId = tap.From, MessageId = message }, stop)
            );
        }
    }
}
