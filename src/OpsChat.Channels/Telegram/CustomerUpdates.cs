using OpsChat.Agent;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram;

/// <summary>The customers' side on its way in. Each call returns after what it is about is durable.</summary>
public sealed class CustomerUpdates(
    IStore store,
    ConversationQueue queue,
    PersonDesk people,
    CustomerTaps taps,
    CurrentPlaybooks knowledge,
    OpsChatOptions options,
    TimeProvider time
)
{
    public Task HandleAsync(TelegramNews news, CancellationToken cancellationToken) =>
        news switch
        {
            TelegramNews.FromCustomer wrote => AdmitAsync([wrote.Message], cancellationToken),
            TelegramNews.Tap tap when ButtonSeal.Read(tap.Data) is { } data => taps.TapAsync(tap, data, cancellationToken),
            TelegramNews.Started started => GreetAsync(started, cancellationToken),
            TelegramNews.WroteByHand by => people.WroteByHandAsync(
                by.ChannelMessageId,
                by.Conversation,
                Redaction.MaskCards(by.Text),
                cancellationToken
            ),
            TelegramNews.Blocked blocked => store.WriteAsync(
                session => session.Conversations.SetClosed(blocked.Conversation, true),
                cancellationToken
            ),
            TelegramNews.Deleted deleted => store.WriteAsync(
                session => Mark(session, deleted, knowledge().Shop.Hours.Shown(time.GetUtcNow())),
                cancellationToken
            ),
            _ => Task.CompletedTask,
        };

    /// <param name="messages">Of one customer, in their order.</param>
    public async Task AdmitAsync(IReadOnlyList<InboundMessage> messages, CancellationToken cancellationToken)
    {
        if ((await queue.KeepAsync(messages, cancellationToken)).Any(admission => admission is Admission.TooMany))
        {
            await TellOfFloodAsync(messages[0].Conversation, cancellationToken);
        }
    }

    /// <summary>What is not kept is not lost silently: the owner hears of it, once an hour and customer.</summary>
    private async Task TellOfFloodAsync(ConversationId customer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var key = new SeenKey(SeenKind.Flood, $"{customer}/{now:yyyy-MM-dd HH}");
        // Each message of a flood asks, and reading costs no flush to the disk.
        if (await store.ReadAsync(session => session.Seen.Has(key), cancellationToken))
        {
            return;
        }

        await store.WriteAsync(
            session =>
            {
                if (session.Seen.Add(key, now))
                {
                    session.Notices.Add(
                        "telegram",
                        $"{customer} writes more than {options.Messages.MostKeptPerMinute:N0} messages a minute. What comes faster is not "
                            + "kept and nobody reads it; if it matters, ask the customer for it.",
                        now
                    );
                }
            },
            cancellationToken
        );
    }

    private async Task GreetAsync(TelegramNews.Started started, CancellationToken cancellationToken)
    {
        var known = knowledge();
        await store.WriteAsync(
            session =>
            {
                var now = time.GetUtcNow();
                var text = Drafter
                    .Standing(known.Shop.Texts.Greeting, new FactSet(known.Shop.Facts(now, started.Language)), started.Language)
                    .Text;
                if (text is null || !session.Seen.Add(new(SeenKind.TelegramStart, started.ChannelMessageId), now))
                {
                    return;
                }

                session.Outbox.Add(OutboxMessage.New(started.Conversation, Sender.Agent, OutboxKind.Acknowledgement, text, now));
                session.Conversations.SetName(started.Conversation, started.Name);
                session.Conversations.SetClosed(started.Conversation, false);
            },
            cancellationToken
        );
    }

    /// <summary>What was read stays; the people who answer see that the customer took it back.</summary>
    private static void Mark(UnitOfWork session, TelegramNews.Deleted deleted, string when)
    {
        var mark = $"the customer deleted {(deleted.Count == 1 ? "a message" : $"{deleted.Count} messages")} at {when}";
        foreach (var open in session.HandOffs.OpenOf(deleted.Conversation))
        {
            session.HandOffs.Save(open with { Marks = [.. open.Marks, mark] });
        }

        foreach (var pending in session.Approvals.PendingIn(deleted.Conversation))
        {
            session.Approvals.SetMarks(pending.Id, [.. pending.Marks, mark]);
        }
    }
}
