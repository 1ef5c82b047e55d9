using Microsoft.Extensions.Logging;
using OpsChat.Approvals;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>
/// What the desk says besides cards: answers to commands, and prompts for words. A lost one is asked for again; a prompt that stands in the chat
/// is remembered, for what is replied to it is meant for a customer.
/// </summary>
public sealed partial class DeskSpeech(IStore store, OwnerPlace place, TelegramErrands errands, TimeProvider time, ILogger<DeskSpeech> log)
{
    /// <summary>Answers what an approver wrote.</summary>
    public void Answer(TelegramNews.OwnerWrote wrote, string text) => Say(Here(wrote, wrote.Thread), Here(wrote, wrote.Message), text);

    /// <summary>A message's number, or a topic's, says nothing in another chat than its own.</summary>
    private int? Here(TelegramNews.OwnerWrote wrote, int? number) => wrote.Chat is { } chat && chat != place.Chat ? null : number;

    /// <param name="replyTo">The message that this answers; it also puts it into that message's topic.</param>
    public void Say(int? thread, int? replyTo, string text) => errands.Run("saying something in the owner chat", async (client, cancellationToken) =>
    {
        foreach (var part in MessageText.Split(text))
        {
            await client.TryAsync(new SendMessageRequest
            {
                ChatId = place.Chat,
                Text = part,
                MessageThreadId = thread,
                ReplyParameters = replyTo is { } message ? new() { MessageId = message, AllowSendingWithoutReply = true } : null,
                LinkPreviewOptions = LinkPreviewOptions.Disabled,
            }, cancellationToken);
        }
    });

    /// <summary>Asks for words: what is replied to this message belongs to the prompt.</summary>
    /// <param name="tap">On the card that it is about.</param>
    /// <param name="who">Whose app opens the answer; the others' stay as they are.</param>
    /// <param name="text">To start from; shown so that one tap copies it.</param>
    public void Ask(TelegramNews.Tap tap, Approver who, DeskPrompt prompt, string question, string? text) =>
        Ask(tap.Thread, tap.Message, who, prompt, question, text);

    /// <param name="wrote">What it is about.</param>
    /// <param name="who">As above.</param>
    public void Ask(TelegramNews.OwnerWrote wrote, Approver who, DeskPrompt prompt, string question, string? text) =>
        Ask(Here(wrote, wrote.Thread), Here(wrote, wrote.Message), who, prompt, question, text);

    /// <param name="replyTo">The message that it is about; null for none.</param>
    /// <param name="who">As above.</param>
    public void Ask(int? thread, int? replyTo, Approver who, DeskPrompt prompt, string question, string? text) =>
        errands.Run(
            "asking for words",
            async (client, cancellationToken) =>
            {
                var start = text is null ? "" : $"\n\n<code>{CardText.Escaped(text, 3900)}</code>";
                var html = $"{ApprovalCardText.Mention(who)}: {MessageText.EscapeHtml(question)}{start}";
                var outcome = await client.TryAsync(
                    new SendMessageRequest
                    {
                        ChatId = place.Chat,
                        Text = html,
                        MessageThreadId = thread,
                        ParseMode = ParseMode.Html,
                        ReplyParameters = replyTo is { } card ? new() { MessageId = card, AllowSendingWithoutReply = true } : null,
                        ReplyMarkup = new ForceReplyMarkup { Selective = true, InputFieldPlaceholder = "The customer gets this" },
                    },
                    cancellationToken
                );
                if (outcome is ApiOutcome<Message>.Done done)
                {
                    await store.WriteUntilStoredAsync(
                        session => session.Desk.SavePrompt(done.Result.Chat.Id, done.Result.Id, prompt),
                        e => LogNotStored(log, e),
                        time,
                        cancellationToken
                    );
                }
            }
        );

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A prompt in the owner chat could not be stored; what is replied to it reaches nobody until it is."
    )]
    private static partial void LogNotStored(ILogger log, Exception e);
}
