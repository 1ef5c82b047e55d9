using OpsChat.Approvals;
using OpsChat.Storage;
using Telegram.Bot.Requests;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>The buttons under a card that is shown: others for a while, the second step, and back.</summary>
public sealed class CardButtons(IStore store, DeskReader cards, DeskSpeech speech, TelegramErrands errands)
{
    /// <summary>The answer to a tap on what is not in force any more, or was never ours.</summary>
    public const string Changed = "This card has changed. Look at it again.";

    internal CardSetting Setting => cards.Setting;

    /// <summary>The button of the second step carries what was shown with it.</summary>
    public static Confirmation? Confirmed(ButtonData data, ButtonVerb secondStep) => data.Verb == secondStep ? Confirmation.Of(data.Choice) : null;

    /// <summary>The second step: what there is to confirm is said under the card, whose buttons are now that one and the way back.</summary>
    public string AskTwice(TelegramNews.Tap tap, SecondStep step, string label, ButtonData yes, string hash)
    {
        var setting = Setting;
        yes = yes with { Choice = step.Number };
        Show(
            tap,
            Keyboard.Rows(
                [setting.Button(label, yes, hash)],
                [setting.Button("↩ Back", yes with { Verb = ButtonVerb.Back, Choice = 0 }, hash)]
            )
        );
        if (tap.Message is { } message)
        {
            speech.Say(tap.Thread, message, $"⚠ {string.Join(' ', step.Sentences)} Nothing was sent yet; the card asks once more.");
        }

        return "Look at it once more.";
    }

    public async Task<string> BackAsync(TelegramNews.Tap tap, CancellationToken cancellationToken)
    {
        var card = tap is { Chat: { } chat, Message: { } message }
            ? await store.ReadAsync(
                session => session.Desk.At(chat, message) is { } shown ? cards.Read(session, shown) : null,
                cancellationToken
            )
            : null;
        Show(tap, card?.Buttons);
        return "";
    }

    /// <summary>Other buttons under the same card, until it changes or the approver goes back.</summary>
    public void Show(TelegramNews.Tap tap, InlineKeyboardMarkup? buttons)
    {
        if (tap is { Chat: { } chat, Message: { } message })
        {
            errands.Run("showing other buttons", (client, stop) => client.EditAsync(
                    new EditMessageReplyMarkupRequest
                    {
                        ChatId = chat,
                        MessageId = message,
                        ReplyMarkup = buttons,
                    },
                    stop
                ));
        }
    }
}
