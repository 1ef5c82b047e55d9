using Microsoft.Extensions.Logging;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>Puts cards and sentences into the owner chat, and notes what stands there.</summary>
public sealed partial class DeskPoster(TelegramGateway bot, DeskTopics topics, IStore store, TimeProvider time, ILogger<DeskPoster> log)
{
    /// <summary>The chat became another one, which has none of the old topics.</summary>
    public void ForgetTopics() => topics.Forget();

    public Task DoAsync(DeskStep step, long chat, CancellationToken cancellationToken) => step switch
    {
        DeskStep.Post => PostAsync(step.Card, chat, cancellationToken),
        DeskStep.Edit edit => EditAsync(step.Card, edit.Shown, cancellationToken),
        DeskStep.PostAgain again => PostAgainAsync(again, cancellationToken),
        _ => throw new InvalidOperationException("DeskStep is closed."),
    };

    /// <summary>When nobody knows whether it arrived, it is not noted as shown and comes again: a second card decides nothing.</summary>
    private async Task PostAsync(DeskCard card, long chat, CancellationToken cancellationToken)
    {
        var thread = card.Conversation is { } customer ? await topics.OfAsync(chat, customer, cancellationToken)
            : card.Kind == CardKind.Action ? await topics.OperationsAsync(chat, cancellationToken) : null;
        var outcome = await bot.TryAsync(new SendMessageRequest
        {
            ChatId = chat,
            Text = card.Html,
            MessageThreadId = thread,
            ParseMode = ParseMode.Html,
            LinkPreviewOptions = LinkPreviewOptions.Disabled,
            // An answer that went out already can wait until somebody looks.
            DisableNotification = card.Kind is CardKind.SpotCheck or CardKind.SpotCheckList,
            ReplyMarkup = card.Buttons,
        }, cancellationToken);
        switch (outcome)
        {
            case ApiOutcome<Message>.Done done:
                await SaveAsync(
                    new(
                        card.Kind,
                        card.Id,
                        card.Conversation,
                        chat,
                        done.Result.Id,
                        thread,
                        card.Digest,
                        card.IsOpen,
                        null,
                        time.GetUtcNow()
                    ),
                    cancellationToken
                );
                break;
            case ApiOutcome<Message>.Refused { Refusal.Kind: RefusalKind.TopicNotFound or RefusalKind.TopicClosed } when thread is not null:
                // Someone deleted or closed it in Telegram: the next look opens a new one.
                await (card.Conversation is { } whose
                    ? topics.LoseAsync(chat, whose, cancellationToken)
                    : topics.LoseOperationsAsync(chat, cancellationToken));
                break;
            case ApiOutcome<Message>.Refused refused:
                throw new TelegramRefusedException("sendMessage", refused.Refusal);
        }
    }

    private async Task EditAsync(DeskCard card, ShownCard shown, CancellationToken cancellationToken)
    {
        try
        {
            await bot.EditAsync(new EditMessageTextRequest
            {
                ChatId = shown.Chat,
                MessageId = shown.Message,
                Text = card.Html,
                ParseMode = ParseMode.Html,
                LinkPreviewOptions = LinkPreviewOptions.Disabled,
                ReplyMarkup = card.Buttons,
            }, cancellationToken);
        }
        catch (TelegramRefusedException e) when (e.Refusal.Kind == RefusalKind.MessageNotFound)
        {
            if (card.IsOpen)
            {
                await PostAsync(card, shown.Chat, cancellationToken);
                return;
            }
        }

        await SaveAsync(shown with { Digest = card.Digest, IsOpen = card.IsOpen }, cancellationToken);
    }

    private async Task PostAgainAsync(DeskStep.PostAgain again, CancellationToken cancellationToken)
    {
        await PostAsync(again.Card, again.Shown.Chat, cancellationToken);
        try
        {
            await bot.CallAsync(new DeleteMessageRequest { ChatId = again.Shown.Chat, MessageId = again.Shown.Message }, cancellationToken);
        }
        catch (TelegramRefusedException e)
        {
            // Too old to be deleted, or gone already: its buttons are as good as the new one's, for the store decides.
            LogNotDeleted(log, e.Message);
        }
    }

    private Task SaveAsync(ShownCard shown, CancellationToken cancellationToken) => NoteAsync(session => session.Desk.Save(shown), cancellationToken);

    /// <summary>What stands in the chat is stored before anything else is said there, and even when the host is stopping, or it would be said
    /// again and again.</summary>
    public Task NoteAsync(Action<UnitOfWork> done, CancellationToken cancellationToken) =>
        store.WriteUntilStoredAsync(done, e => LogNotNoted(log, e), time, cancellationToken);

    /// <param name="isOfTheWatch">It is said in the topic of the shop's watch, where there are topics.</param>
    /// <returns>How it ended: with the first part that did not arrive, or the last one; null when it has to be said again, in a new topic.</returns>
    internal async Task<ApiOutcome<Message>?> SayAsync(
        IReadOnlyList<string> parts,
        long chat,
        bool isOfTheWatch,
        CancellationToken cancellationToken
    )
    {
        ApiOutcome<Message>? outcome = null;
        var thread = isOfTheWatch ? await topics.OperationsAsync(chat, cancellationToken) : null;
        foreach (var html in parts)
        {
            outcome = await bot.TryAsync(
                new SendMessageRequest
                {
                    ChatId = chat,
                    Text = html,
                    MessageThreadId = thread,
                    ParseMode = ParseMode.Html,
                    LinkPreviewOptions = LinkPreviewOptions.Disabled,
                },
                cancellationToken
            );
            if (thread is not null && outcome is ApiOutcome<Message>.Refused { Refusal.Kind: RefusalKind.TopicNotFound or RefusalKind.TopicClosed })
            {
                await topics.LoseOperationsAsync(chat, cancellationToken);
                return null;
            }

            if (outcome is not ApiOutcome<Message>.Done)
            {
                break;
            }
        }

        return outcome;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "An old card stays in the owner chat: {Why}")]
    private static partial void LogNotDeleted(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "What stands in the owner chat could not be stored; nothing else is said there until it is.")]
    private static partial void LogNotNoted(ILogger log, Exception e);
}
