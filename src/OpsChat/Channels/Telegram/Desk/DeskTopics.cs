using OpsChat.Channels.Telegram.Api;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>One topic for each customer, where the owner chat is a forum; elsewhere cards stand in the one line and are replied to.</summary>
public sealed class DeskTopics(TelegramBotClient bot, IStore store, TimeProvider time)
{
    private const int LongestName = 128;
    // The owner may switch topics on, or give the right, at any time.
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMinutes(5);

    private (long Chat, bool IsForum, DateTimeOffset Until)? _known;

    /// <summary>The customer's topic, opened when there is none; null where there are no topics.</summary>
    /// <exception cref="ApiRequestException">The chat cannot be written to at all.</exception>
    public async Task<int?> OfAsync(long chat, ConversationId customer, CancellationToken cancel)
    {
        var (thread, name) = await store.ReadAsync(session => (session.Desk.TopicOf(chat, customer), session.Conversations.Find(customer)?.Name), cancel);
        return thread ?? (await IsForumAsync(chat, cancel) ? await OpenAsync(chat, customer, name, cancel) : null);
    }

    /// <summary>The topic is gone; the next card opens a new one.</summary>
    public Task LoseAsync(long chat, ConversationId customer, CancellationToken cancel) =>
        store.WriteAsync(session => session.Desk.ForgetTopic(chat, customer), cancel);

    /// <summary>The chat has changed: look again whether it has topics.</summary>
    public void Forget() => _known = null;

    private async Task<bool> IsForumAsync(long chat, CancellationToken cancel)
    {
        if (_known is not { } known || known.Chat != chat || known.Until < time.GetUtcNow())
        {
            _known = known = (chat, (await bot.GetChat(chat, cancel)).IsForum, time.GetUtcNow() + s_lookAgain);
        }

        return known.IsForum;
    }

    private async Task<int?> OpenAsync(long chat, ConversationId customer, string? name, CancellationToken cancel)
    {
        try
        {
            var topic = await bot.CreateForumTopic(new(chat, MessageText.Cut($"{name ?? "Customer"} · {customer}", LongestName)), cancel);
            await store.WriteAsync(session => session.Desk.SaveTopic(chat, customer, topic.MessageThreadId), cancel);
            return topic.MessageThreadId;
        }
        catch (ApiRequestException e) when (e.Error.Kind == RefusalKind.NotEnoughRights)
        {
            _known = (chat, false, time.GetUtcNow() + s_lookAgain);
            await store.WriteAsync(session => TellOnce(session), cancel);
            return null;
        }
    }

    private void TellOnce(StoreSession session)
    {
        if (session.Seen.Add("topics-not-allowed", time.GetUtcNow()))
        {
            session.Notices.Add("telegram",
                "The bot may not open topics in this group, so all cards stand in one line; reply to a card to answer its customer. "
                + "For a topic for each customer: open the group's settings in Telegram, Administrators, the bot, and switch on “Manage topics”.", time.GetUtcNow());
        }
    }
}
