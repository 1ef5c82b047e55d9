using OpsChat.Channels.Telegram.Api;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>What the desk says besides cards: answers to commands, and prompts for words. A lost one is asked for again; nothing hangs on it.</summary>
public sealed class DeskSpeech(IStore store, OwnerPlace place, TelegramErrands errands)
{
    /// <param name="replyTo">The message that this answers; it also puts it into that message's topic.</param>
    public void Say(int? thread, int? replyTo, string text) => errands.Run("saying something in the owner chat", async (client, cancel) =>
    {
        foreach (var part in MessageText.Split(text))
        {
            await client.SendMessage(new(place.Chat, part)
            {
                MessageThreadId = thread,
                ReplyParameters = replyTo is { } message ? new(message, AllowSendingWithoutReply: true) : null,
                LinkPreviewOptions = LinkPreviewOptions.Off,
            }, cancel);
        }
    });

    /// <summary>Asks for words: what is replied to this message belongs to the prompt.</summary>
    /// <param name="card">The message of the card that it is about.</param>
    /// <param name="text">To start from; shown so that one tap copies it.</param>
    public void Ask(int? card, DeskPrompt prompt, string question, string? text) => errands.Run("asking for words", async (client, cancel) =>
    {
        var thread = card is { } message ? (await store.ReadAsync(session => session.Desk.At(place.Chat, message), cancel))?.Thread : null;
        var html = MessageText.EscapeHtml(question) + (text is null ? "" : $"\n\n<code>{CardText.Escaped(text, 3900)}</code>");
        var outcome = await client.SendMessage(new(place.Chat, html)
        {
            MessageThreadId = thread,
            ParseMode = "HTML",
            ReplyParameters = card is { } replied ? new(replied, AllowSendingWithoutReply: true) : null,
            ReplyMarkup = new ForceReply(Selective: false, "The customer gets this"),
        }, cancel);
        if (outcome is ApiOutcome<Message>.Done done)
        {
            await store.WriteAsync(session => session.Desk.SavePrompt(place.Chat, done.Result.MessageId, prompt), cancel);
        }
    });
}
