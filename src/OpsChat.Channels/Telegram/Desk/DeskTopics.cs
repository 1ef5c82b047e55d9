using Microsoft.Extensions.Logging;
using OpsChat.Messages;
using OpsChat.Storage.Tables;
using OpsChat.Storage;
using Telegram.Bot.Requests;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>One topic for each customer, where the owner chat is a forum; elsewhere cards stand in the one line and are replied to.</summary>
public sealed partial class DeskTopics(TelegramGateway bot, IStore store, TimeProvider time, ILogger<DeskTopics> log)
{
    /// <summary>What the topic of the shop's watch is called, whoever opened it.</summary>
    public const string OperationsName = "Operations";

    private const int LongestName = 128;
    // The owner may switch topics on, or give the right, at any time.
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMinutes(5);

    private (long Chat, bool IsForum, long Since)? _known;

    /// <summary>The customer's topic, opened when there is none; null where there are no topics.</summary>
    /// <exception cref="TelegramRefusedException">The chat cannot be written to at all.</exception>
    public async Task<int?> OfAsync(long chat, ConversationId customer, CancellationToken cancellationToken)
    {
        var (thread, name) = await store.ReadAsync(
            session => (session.Desk.TopicOf(chat, customer), session.Conversations.Find(customer)?.Name),
            cancellationToken
        );
        return thread ?? (await IsForumAsync(chat, cancellationToken)
            ? await OpenAsync(chat, NameOf(name, customer), (desk, opened) => desk.SaveTopic(chat, customer, opened), cancellationToken) : null);
    }

    /// <summary>The topic of the shop's watch, opened when there is none; null where there are no topics.</summary>
    /// <exception cref="TelegramRefusedException">The chat cannot be written to at all.</exception>
    public async Task<int?> OperationsAsync(long chat, CancellationToken cancellationToken) =>
        await store.ReadAsync(session => session.Desk.OperationsTopic(chat), cancellationToken)
        ?? (await IsForumAsync(chat, cancellationToken)
            ? await OpenAsync(chat, OperationsName, (desk, opened) => desk.SaveOperationsTopic(chat, opened), cancellationToken) : null);

    /// <summary>The topic of the shop's watch is gone; the next thing to say there opens a new one.</summary>
    public Task LoseOperationsAsync(long chat, CancellationToken cancellationToken) =>
        store.WriteAsync(session => session.Desk.ForgetOperationsTopic(chat), cancellationToken);

    /// <summary>The topic is gone; the next card opens a new one.</summary>
    public Task LoseAsync(long chat, ConversationId customer, CancellationToken cancellationToken) =>
        store.WriteAsync(session => session.Desk.ForgetTopic(chat, customer), cancellationToken);

    /// <summary>The chat has changed: look again whether it has topics.</summary>
    public void Forget() => _known = null;

    private async Task<bool> IsForumAsync(long chat, CancellationToken cancellationToken)
    {
        if (_known is not { } known || known.Chat != chat || time.GetElapsedTime(known.Since) > s_lookAgain)
        {
            _known = known = (chat, (await bot.CallAsync(new GetChatRequest { ChatId = chat }, cancellationToken)).IsForum, time.GetTimestamp());
        }

        return known.IsForum;
    }

    private async Task<int?> OpenAsync(long chat, string name, Action<DeskTable, int> save, CancellationToken cancellationToken)
    {
        try
        {
            var topic = await bot.CallAsync(
                new CreateForumTopicRequest { ChatId = chat, Name = name }, cancellationToken);
            // Before anything is said in it: a topic that nobody remembers is opened a second time.
            await store.WriteUntilStoredAsync(
                session => save(session.Desk, topic.MessageThreadId),
                e => LogNotStored(log, e),
                time,
                cancellationToken
            );
            return topic.MessageThreadId;
        }
        catch (TelegramRefusedException e) when (e.Refusal.Kind == RefusalKind.NotEnoughRights)
        {
            _known = (chat, false, time.GetTimestamp());
            await store.WriteAsync(session => TellOnce(session), cancellationToken);
            return null;
        }
        catch (TelegramRefusedException e) when (e.Refusal.IsAboutContent)
        {
            // Topics were switched off, there are too many, or this one's name will not do: the card comes all the same.
            _known = null;
            LogNoTopic(log, e);
            return null;
        }
    }

    /// <summary>A topic whose making was not heard of is known by the end of its name: a long name of the customer's gives way to it.</summary>
    private static string NameOf(string? name, ConversationId customer)
    {
        var end = $" · {customer}";
        return MessageText.Cut($"{MessageText.Cut(name ?? "Customer", Math.Max(1, LongestName - end.Length))}{end}", LongestName);
    }

    private void TellOnce(UnitOfWork session)
    {
        if (session.Seen.Add(new(SeenKind.TopicsNotAllowed), time.GetUtcNow()))
        {
            session.Notices.Add("telegram",
                "The bot may not open topics in this group, so all cards stand in one line; reply to a card to answer its customer. "
                    + "For a topic for each customer: open the group's settings in Telegram, Administrators, the bot, and switch on “Manage topics”.",
                time.GetUtcNow()
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A topic of the owner chat could not be stored; nothing else is said there until it is.")]
    private static partial void LogNotStored(ILogger log, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telegram opens no topic in the owner chat; the card stands in its general part.")]
    private static partial void LogNoTopic(ILogger log, Exception e);
}
