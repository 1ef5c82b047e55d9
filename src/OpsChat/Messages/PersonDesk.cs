using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Storage;

namespace OpsChat.Messages;

/// <summary>Where people answer customers: with the suggestion, an edit of it, or words of their own. Every face uses it.</summary>
public sealed class PersonDesk(IStore store, OutboxSender sender, OpsChatOptions options, TimeProvider time)
{
    public const int MostCharacters = 4000;

    /// <summary>Who answered, when it was done from the shop's own account and nobody knows by whom.</summary>
    public const string ByHand = "the shop's own account";

    /// <summary>
    /// Sends a person's words, closes the conversation's open hand-offs, and keeps the agent silent there for a while. Sending a
    /// suggestion as it is closes only its own hand-off and leaves the agent in charge.
    /// </summary>
    /// <returns>The stored message, or null when nobody ever wrote under that id.</returns>
    public async Task<OutboxMessage?> ReplyAsync(Approver who, ConversationId conversation, string text, CancellationToken cancel)
    {
        var sent = await store.WriteAsync(session => Reply(session, who, conversation, text.Trim(), time.GetUtcNow()), cancel);
        sender.Wake();
        return sent;
    }

    /// <summary>The same, once for <paramref name="key"/>: a repeat of it changes nothing and returns null.</summary>
    public async Task<OutboxMessage?> ReplyOnceAsync(string key, Approver who, ConversationId conversation, string text, CancellationToken cancel)
    {
        var sent = await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            return session.Seen.Add(key, now) ? Reply(session, who, conversation, text.Trim(), now) : null;
        }, cancel);
        sender.Wake();
        return sent;
    }

    /// <summary>Answers one open hand-off; of two people who do so at once, the second gets null and nothing of theirs is sent.</summary>
    /// <param name="key">
    /// As in <see cref="ReplyOnceAsync"/>, where the same words may come again: a repeat changes nothing and returns null, and the key is among the seen ones exactly
    /// when these words were sent. Null where they cannot.
    /// </param>
    public async Task<OutboxMessage?> AnswerAsync(Approver who, string handOffId, string text, CancellationToken cancel, string? key = null)
    {
        var sent = await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            return session.HandOffs.Find(handOffId) is { State: HandOffState.Open } open && (key is null || session.Seen.Add(key, now))
                ? Reply(session, who, open.Conversation, text.Trim(), now) : null;
        }, cancel);
        sender.Wake();
        return sent;
    }

    /// <summary>
    /// Someone answered the customer from the shop's own account, past OpsChat: it is remembered as sent, closes the open hand-offs, and
    /// keeps the agent silent for a while.
    /// </summary>
    /// <param name="key">The channel's id of that message; a repeat of it changes nothing.</param>
    public Task WroteByHandAsync(string key, ConversationId conversation, string text, CancellationToken cancel) => store.WriteAsync(session =>
    {
        var now = time.GetUtcNow();
        if (!session.Seen.Add(key, now))
        {
            return;
        }

        session.Outbox.Add(new()
        {
            Id = Ids.New('o', now),
            Conversation = conversation,
            From = Sender.Person,
            Kind = OutboxKind.Person,
            Text = text,
            State = OutboxState.Sent,
            NextTryAt = now,
            CreatedAt = now,
        });
        var shop = new Approver(ByHand, null, 0);
        CloseCards(session, conversation, session.HandOffs.OpenOf(conversation), shop, text, now);

        session.Conversations.SetTakeOver(conversation, now + options.Messages.PersonHolds, ByHand);
        session.Audit.Append("handoff", ByHand, conversation.ToString(), new { Verb = "reply" }, now);
    }, cancel);

    /// <summary>Closes a hand-off without an answer: <c>not a case for us</c>. False when it is not open.</summary>
    public Task<bool> DismissAsync(Approver who, string handOffId, CancellationToken cancel) => store.WriteAsync(session =>
    {
        var now = time.GetUtcNow();
        if (session.HandOffs.Find(handOffId) is not { State: HandOffState.Open } open)
        {
            return false;
        }

        session.HandOffs.Save(open with { State = HandOffState.Closed, ClosedBy = who.Name, ClosedAt = now, Outcome = "dismissed" });
        session.Audit.Append("handoff", who.Name, open.Id, new { Verb = "dismiss" }, now);
        return true;
    }, cancel);

    /// <summary>Gives a conversation back to the agent.</summary>
    public Task GiveBackAsync(Approver who, ConversationId conversation, CancellationToken cancel) => store.WriteAsync(session =>
    {
        session.Conversations.SetTakeOver(conversation, null, null);
        session.Audit.Append("handoff", who.Name, conversation.ToString(), new { Verb = "give back" }, time.GetUtcNow());
    }, cancel);

    private OutboxMessage? Reply(StoreSession session, Approver who, ConversationId id, string text, DateTimeOffset now)
    {
        if (session.Conversations.Find(id) is null)
        {
            return null;
        }

        var open = session.HandOffs.OpenOf(id);
        var asSuggested = open.FirstOrDefault(h => h.Suggestion == text);
        CloseCards(session, id, asSuggested is null ? open : [asSuggested], who, text, now);
        if (asSuggested is null)
        {
            session.Conversations.SetTakeOver(id, now + options.Messages.PersonHolds, who.Name);
        }

        session.Audit.Append("handoff", who.Name, id.ToString(), new { Verb = "reply", AsSuggested = asSuggested is not null }, now);
        return session.Outbox.Add(new()
        {
            Id = Ids.New('o', now),
            Conversation = id,
            From = Sender.Person,
            Kind = OutboxKind.Person,
            Text = text,
            Turn = asSuggested?.Turn,
            CaseId = asSuggested?.CaseId,
            NextTryAt = now,
            CreatedAt = now,
        });
    }

    /// <summary>Closes what a person's words answer. The draft that they are nearest to is judged by them; without any card they are a reply in the latest case.</summary>
    private static void CloseCards(StoreSession session, ConversationId id, IReadOnlyList<HandOff> cards, Approver who, string text, DateTimeOffset now)
    {
        if (cards.Count == 0)
        {
            if (session.Cases.Open(id, now) is [var latest, ..])
            {
                OutcomeLog.PersonReplied(session, latest.Id, who.Name, now);
            }

            return;
        }

        var answered = cards.FirstOrDefault(h => h.Suggestion is { } draft && !EditJudge.InSubstance(draft, text)) ?? cards[0];
        foreach (var card in cards)
        {
            Close(session, card, who, text, isAnswered: card == answered, now);
        }
    }

    /// <param name="isAnswered">The text answers this one: its draft is judged by it. The conversation's other cards are only closed.</param>
    private static void Close(StoreSession session, HandOff open, Approver who, string text, bool isAnswered, DateTimeOffset now)
    {
        if (isAnswered && open.Suggestion is { } suggestion)
        {
            OutcomeLog.Used(session, open.CaseId, open.Turn, suggestion, text, who.Name, now);
        }
        else
        {
            OutcomeLog.PersonReplied(session, open.CaseId, who.Name, now);
        }

        OutcomeLog.PersonTook(session, open, now);
        var outcome = open.Suggestion == text ? "sent as suggested"
            : open.Suggestion is { } s && !EditJudge.InSubstance(s, text) ? "sent with small changes" : "answered in own words";
        session.HandOffs.Save(open with { State = HandOffState.Closed, ClosedBy = who.Name, ClosedAt = now, Outcome = outcome });
    }
}
