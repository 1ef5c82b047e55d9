using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What became of a person's words. Closed.</summary>
public abstract record PersonAnswer
{
    private PersonAnswer() { }

    /// <summary>They are in the outbox.</summary>
    public sealed record Sent(OutboxMessage Message) : PersonAnswer;

    /// <summary>Nobody ever wrote under that id, or somebody else answered that hand-off before; nothing was sent.</summary>
    public sealed record Nobody : PersonAnswer;

    /// <summary>They move more money than this person may; nothing was sent.</summary>
    public sealed record NotAllowed(string Why) : PersonAnswer;
}

/// <summary>
/// Where people answer customers: with the suggestion, an edit of it, or words of their own. Every face uses it. Sending a suggestion that is about money is
/// approving it: <see cref="ApprovalOnTheSpot"/>.
/// </summary>
public sealed class PersonDesk(IStore store, Func<PlaybookSnapshot> knowledge, OutboxSender sender, OpsChatOptions options, TimeProvider time)
{
    public const int MostCharacters = 4000;

    /// <summary>Who answered, when it was done from the shop's own account and nobody knows by whom.</summary>
    public const string ByHand = "the shop's own account";

    /// <summary>
    /// Sends a person's words, closes the conversation's open hand-offs, and keeps the agent silent there for a while. Sending a
    /// suggestion as it is closes only its own hand-off and leaves the agent in charge.
    /// </summary>
    public async Task<PersonAnswer> ReplyAsync(Approver who, ConversationId conversation, string text, CancellationToken cancellationToken)
    {
        var sent = await store.WriteAsync(session => Reply(session, who, conversation, text.Trim(), time.GetUtcNow()), cancellationToken);
        sender.Wake();
        return sent;
    }

    /// <summary>The same, once for <paramref name="key"/>: a repeat of it changes nothing, and nobody is answered.</summary>
    public async Task<PersonAnswer> ReplyOnceAsync(string key, Approver who, ConversationId conversation, string text, CancellationToken cancellationToken)
    {
        var sent = await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            return Once(session, key, now, () => Reply(session, who, conversation, text.Trim(), now));
        }, cancellationToken);
        sender.Wake();
        return sent;
    }

    /// <summary>Answers one open hand-off; of two people who do so at once, nothing of the second's is sent.</summary>
    /// <param name="key">As in <see cref="ReplyOnceAsync"/>, where the same words may come again; it is among the seen ones exactly when they were sent. Null where they cannot.</param>
    public async Task<PersonAnswer> AnswerAsync(Approver who, string handOffId, string text, CancellationToken cancellationToken, string? key = null)
    {
        var sent = await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            return session.HandOffs.Find(handOffId) is { State: HandOffState.Open } open
                ? Once(session, key, now, () => Reply(session, who, open.Conversation, text.Trim(), now)) : new PersonAnswer.Nobody();
        }, cancellationToken);
        sender.Wake();
        return sent;
    }

    /// <summary>
    /// Someone answered the customer from the shop's own account, past OpsChat: it is remembered as sent, closes the open hand-offs, and
    /// keeps the agent silent for a while.
    /// </summary>
    /// <param name="key">The channel's id of that message; a repeat of it changes nothing.</param>
    public Task WroteByHandAsync(string key, ConversationId conversation, string text, CancellationToken cancellationToken) => store.WriteAsync(session =>
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
        CloseCards(session, conversation, session.HandOffs.OpenOf(conversation), shop, text, isApproval: false, now);

        session.Conversations.SetTakeOver(conversation, now + options.Messages.PersonHolds, ByHand);
        session.Audit.Append("handoff", ByHand, conversation, new { Verb = "reply" }, now);
    }, cancellationToken);

    /// <summary>Closes a hand-off without an answer: <c>not a case for us</c>. False when it is not open.</summary>
    public Task<bool> DismissAsync(Approver who, string handOffId, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        var now = time.GetUtcNow();
        if (session.HandOffs.Find(handOffId) is not { State: HandOffState.Open } open)
        {
            return false;
        }

        session.HandOffs.Save(open with { State = HandOffState.Closed, ClosedBy = who.Name, ClosedAt = now, Outcome = "dismissed" });
        session.Audit.Append("handoff", who.Name, open.Id, new { Verb = "dismiss" }, now);
        return true;
    }, cancellationToken);

    /// <summary>Gives a conversation back to the agent.</summary>
    public Task GiveBackAsync(Approver who, ConversationId conversation, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        session.Conversations.SetTakeOver(conversation, null, null);
        session.Audit.Append("handoff", who.Name, conversation, new { Verb = "give back" }, time.GetUtcNow());
    }, cancellationToken);

    /// <summary>The key is noted with words that were sent, and only then: what is not allowed is said again when it comes again.</summary>
    private static PersonAnswer Once(UnitOfWork session, string? key, DateTimeOffset now, Func<PersonAnswer> reply)
    {
        if (key is not null && session.Seen.Has(key))
        {
            return new PersonAnswer.Nobody();
        }

        var answer = reply();
        if (key is not null && answer is PersonAnswer.Sent)
        {
            session.Seen.Add(key, now);
        }

        return answer;
    }

    private PersonAnswer Reply(UnitOfWork session, Approver who, ConversationId id, string text, DateTimeOffset now)
    {
        if (session.Conversations.Find(id) is null)
        {
            return new PersonAnswer.Nobody();
        }

        var (open, known) = (session.HandOffs.OpenOf(id), knowledge());
        var asSuggested = open.FirstOrDefault(h => h.Suggestion == text);
        var used = asSuggested ?? open.FirstOrDefault(h => IsPolished(h, text));
        var approval = used is null ? null : ApprovalOnTheSpot.Of(session, used, text, known, options.Approvals, now);
        if ((approval is null ? who.WhyNot(text, known.Policy.Currency) : who.WhyNot(approval)) is { } why)
        {
            return new PersonAnswer.NotAllowed(why);
        }

        CloseCards(session, id, asSuggested is null ? open : [asSuggested], who, text, isApproval: approval is not null, now);
        if (asSuggested is null)
        {
            session.Conversations.SetTakeOver(id, now + options.Messages.PersonHolds, who.Name);
        }

        session.Audit.Append("handoff", who.Name, id, new { Verb = "reply", AsSuggested = asSuggested is not null }, now);
        return new PersonAnswer.Sent(approval is null ? Send(session, id, asSuggested, text, now) : Approve(session, who, approval, now));
    }

    private static OutboxMessage Send(UnitOfWork session, ConversationId id, HandOff? asSuggested, string text, DateTimeOffset now) => session.Outbox.Add(new()
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

    private static OutboxMessage Approve(UnitOfWork session, Approver who, Approval approval, DateTimeOffset now)
    {
        session.Approvals.Add(approval);
        OutcomeLog.ApprovalAsked(session, approval.CaseId, now);
        return ApprovalDesk.Approve(session, who, approval, now) ?? throw new InvalidOperationException($"Approval {approval.Id} changed inside a transaction.");
    }

    /// <summary>Closes what a person's words answer. The draft that they are nearest to is judged by them; without any card they are a reply in the latest case.</summary>
    /// <param name="isApproval">The text leaves as an approved one, and its draft is judged when it has left.</param>
    private static void CloseCards(UnitOfWork session, ConversationId id, IReadOnlyList<HandOff> cards, Approver who, string text, bool isApproval, DateTimeOffset now)
    {
        if (cards.Count == 0)
        {
            if (session.Cases.Open(id, now) is [var latest, ..])
            {
                OutcomeLog.PersonReplied(session, latest.Id, who.Name, now);
            }

            return;
        }

        var answered = cards.FirstOrDefault(h => IsPolished(h, text)) ?? cards[0];
        foreach (var card in cards)
        {
            if (card != answered || !isApproval)
            {
                Judge(session, card, who, text, isAnswered: card == answered, now);
            }

            Close(session, card, who, text, now);
        }
    }

    /// <param name="isAnswered">The text answers this one: its draft is judged by it. The conversation's other cards are only closed.</param>
    private static void Judge(UnitOfWork session, HandOff open, Approver who, string text, bool isAnswered, DateTimeOffset now)
    {
        if (isAnswered && open.Suggestion is { } suggestion)
        {
            OutcomeLog.Used(session, open.CaseId, open.Turn, suggestion, text, who.Name, now);
        }
        else
        {
            OutcomeLog.PersonReplied(session, open.CaseId, who.Name, now);
        }
    }

    private static void Close(UnitOfWork session, HandOff open, Approver who, string text, DateTimeOffset now)
    {
        OutcomeLog.PersonTook(session, open, now);
        var outcome = open.Suggestion == text ? "sent as suggested" : IsPolished(open, text) ? "sent with small changes" : "answered in own words";
        session.HandOffs.Save(open with { State = HandOffState.Closed, ClosedBy = who.Name, ClosedAt = now, Outcome = outcome });
    }

    /// <summary>Whether the text is the suggestion, at most with changes that are none of substance.</summary>
    private static bool IsPolished(HandOff card, string text) => card.Suggestion is { } draft && !EditJudge.InSubstance(draft, text);
}
