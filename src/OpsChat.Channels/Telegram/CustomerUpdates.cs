using OpsChat.Agent;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using Telegram.Bot.Requests;

namespace OpsChat.Channels.Telegram;

/// <summary>The customers' side on its way in. Each call returns after what it is about is durable.</summary>
public sealed class CustomerUpdates(
    IStore store,
    ConversationQueue queue,
    PersonDesk people,
    OutboxSender sender,
    Func<PlaybookSnapshot> knowledge,
    ButtonSeal seal,
    TelegramErrands errands,
    OpsChatOptions options,
    TimeProvider time
)
{
    public Task HandleAsync(TelegramNews news, CancellationToken cancellationToken) =>
        news switch
        {
            TelegramNews.FromCustomer wrote => AdmitAsync(wrote.Message, cancellationToken),
            TelegramNews.Started started => GreetAsync(started, cancellationToken),
            TelegramNews.WroteByHand by => people.WroteByHandAsync(
                $"by-hand:{by.ChannelMessageId}",
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
        sender.Wake();
        errands.AnswerTap(tap.QueryId, isFirst ? word switch { AnswerTap.Up => "👍", AnswerTap.Down => "👎", _ => "🙋" } : null);
        if (tap.Message is { } message)
        {
            errands.Run("taking the buttons away", (client, stop) =>
                client.EditAsync(new EditMessageReplyMarkupRequest { ChatId = tap.From, MessageId = message }, stop)
            );
        }
    }

    private async Task AdmitAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        if (await queue.KeepAsync(message, cancellationToken) is Admission.TooMany)
        {
            await TellOfFloodAsync(message.Conversation, cancellationToken);
        }
    }

    /// <summary>What is not kept is not lost silently: the owner hears of it, once an hour and customer.</summary>
    private async Task TellOfFloodAsync(ConversationId customer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var key = $"flood:{customer}/{now:yyyy-MM-dd HH}";
        // Each message of a flood asks, and reading costs no flush to the disk.
        if (await store.ReadAsync(session => session.Seen.Has(key), cancellationToken))
        {
            return;
        }

        await store.WriteAsync(session =>
        {
            if (session.Seen.Add(key, now))
            {
                session.Notices.Add("telegram",
                    $"{customer} writes more than {options.Messages.MostKeptPerMinute:N0} messages a minute. What comes faster is not kept and nobody reads it; if it matters, ask the customer for it.", now);
            }
        }, cancellationToken);
    }

    private async Task GreetAsync(TelegramNews.Started started, CancellationToken cancellationToken)
    {
        var known = knowledge();
        await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            var text = Drafter.Standing(known.Shop.Texts.Greeting, new FactSet(known.Shop.Facts(now, started.Language)), started.Language).Text;
            if (text is null || !session.Seen.Add($"start:{started.ChannelMessageId}", now))
            {
                return;
            }

            session.Outbox.Add(OutboxMessage.New(started.Conversation, Sender.Agent, OutboxKind.Acknowledgement, text, now));
            session.Conversations.SetName(started.Conversation, started.Name);
            session.Conversations.SetClosed(started.Conversation, false);
        }, cancellationToken);
        sender.Wake();
    }

    /// <summary>What was read stays; the people who answer see that the customer took it back.</summary>
    private static void Mark(UnitOfWork session, TelegramNews.Deleted deleted, string when)
    {
        var mark = $"The customer deleted {deleted.Count} message(s) at {when}";
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
