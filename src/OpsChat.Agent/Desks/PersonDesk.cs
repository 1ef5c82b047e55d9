using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Facts;
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

    /// <summary>They do not fit the order's money and have to be confirmed; nothing was sent.</summary>
    public sealed record Confirm(IReadOnlyList<string> What) : PersonAnswer;
}

/// <summary>
/// Where people answer customers: with the suggestion, an edit of it, or words of their own. Every face uses it. Sending a suggestion that is
/// about money is approving it: <see cref="ApprovalOnTheSpot"/>.
/// </summary>
public sealed class PersonDesk(IStore store, Func<PlaybookSnapshot> knowledge, DispatchCheck dispatch, OutboxSender sender, OpsChatOptions options, TimeProvider time)
{
    public const int MostCharacters = 4000;

    /// <summary>Who answered, when it was done from the shop's own account and nobody knows by whom.</summary>
    public const string ByHand = "the shop's own account";

    /// <summary>
    /// Sends a person's words, closes the conversation's open hand-offs, and keeps the agent silent there for a while. Sending a
    /// suggestion as it is closes only its own hand-off and leaves the agent in charge.
    /// </summary>
    /// <param name="confirmed">The person was shown that it does not fit the order's money, and wants it all the same.</param>
    public async Task<PersonAnswer> ReplyAsync(Approver who, ConversationId conversation, string text, CancellationToken cancellationToken, bool confirmed = false)
    {
        var words = await WordsAsync(who, conversation, text, confirmed, cancellationToken);
        var sent = await store.WriteAsync(session => Reply(session, conversation, words, time.GetUtcNow()), cancellationToken);
        sender.Wake();
        return sent;
    }

    /// <summary>The same, once for <paramref name="key"/>: a repeat of it changes nothing, and nobody is answered.</summary>
    public async Task<PersonAnswer> ReplyOnceAsync(string key, Approver who, ConversationId conversation, string text, CancellationToken cancellationToken)
    {
        var words = await WordsAsync(who, conversation, text, confirmed: false, cancellationToken);
        var sent = await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            return Once(session, key, now, () => Reply(session, conversation, words, now));
        }, cancellationToken);
        sender.Wake();
        return sent;
    }

    /// <summary>Answers one open hand-off; of two people who do so at once, nothing of the second's is sent.</summary>
    /// <param name="key">As in <see cref="ReplyOnceAsync"/>, where the same words may come again; it is among the seen ones exactly when they
    /// were sent. Null where they cannot.</param>
    /// <param name="confirmed">As in <see cref="ReplyAsync"/>.</param>
    public async Task<PersonAnswer> AnswerAsync(Approver who, string handOffId, string text, CancellationToken cancellationToken, string? key = null, bool confirmed = false)
    {
        var conversation = await store.ReadAsync(session => session.HandOffs.Find(handOffId)?.Conversation, cancellationToken);
        var words = conversation is { } id ? await WordsAsync(who, id, text, confirmed, cancellationToken) : new(who, text.Trim(), confirmed, OrderMoney.Unknown);
        var sent = await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            return session.HandOffs.Find(handOffId) is { State: HandOffState.Open } open
                ? Once(session, key, now, () => Reply(session, open.Conversation, words, now)) : new PersonAnswer.Nobody();
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

        session.Outbox.Add(OutboxMessage.New(conversation, Sender.Person, OutboxKind.Person, text, now) with { State = OutboxState.Sent });
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

    /// <summary>What a person wants to say, and what the shop's data say of the order's money that it would move.</summary>
    private sealed record Words(Approver Who, string Text, bool Confirmed, OrderMoney Money);

    /// <summary>The shop's data are asked before the transaction, which must not wait for them.</summary>
    private async Task<Words> WordsAsync(Approver who, ConversationId conversation, string text, bool confirmed, CancellationToken cancellationToken)
    {
        var (said, now) = (text.Trim(), time.GetUtcNow());
        var order = await store.ReadAsync(session => Used(session.HandOffs.OpenOf(conversation), said) is { } used ? OnTheSpot(session, used, said, now)?.OrderNumber : null, cancellationToken);
        return new(who, said, confirmed, (await dispatch.AskShopAsync(order, cancellationToken)).Money);
    }

    private PersonAnswer Reply(UnitOfWork session, ConversationId id, Words words, DateTimeOffset now)
    {
        var (who, text) = (words.Who, words.Text);
        if (session.Conversations.Find(id) is null)
        {
            return new PersonAnswer.Nobody();
        }

        var open = session.HandOffs.OpenOf(id);
        var asSuggested = open.FirstOrDefault(h => IsOffered(h, text));
        var approval = Used(open, text) is { } used ? OnTheSpot(session, used, text, now) : null;
        if ((approval is null ? who.WhyNot(text, knowledge().Policy.Currency) : who.WhyNot(approval)) is { } why)
        {
            return new PersonAnswer.NotAllowed(why);
        }

        var over = approval is null ? null : OrderCards.WhyNot(approval, words.Money, session.Approvals.OthersOf(approval));
        if (over is not null && !words.Confirmed)
        {
            return new PersonAnswer.Confirm([over]);
        }

        CloseCards(session, id, asSuggested is null ? open : [asSuggested], who, text, isApproval: approval is not null, now);
        if (asSuggested is null)
        {
            session.Conversations.SetTakeOver(id, now + options.Messages.PersonHolds, who.Name);
        }

        session.Audit.Append("handoff", who.Name, id, new { Verb = "reply", AsSuggested = asSuggested is not null }, now);
        return new PersonAnswer.Sent(approval is null ? Send(session, id, asSuggested, text, now) : Approve(session, words, approval, over, now));
    }

    /// <summary>The hand-off whose suggestion these words are, or are but for small changes.</summary>
    private static HandOff? Used(IReadOnlyList<HandOff> open, string text) => open.FirstOrDefault(h => IsOffered(h, text)) ?? open.FirstOrDefault(h => IsPolished(h, text));

    private Approval? OnTheSpot(UnitOfWork session, HandOff used, string text, DateTimeOffset now) => used.Suggestion != text && OtherIn(used, text) is { } other
        ? ApprovalOnTheSpot.Of(session, used with { Suggestion = other.Text }, text, knowledge(), options.Approvals, now, other.Playbook)
        : ApprovalOnTheSpot.Of(session, used, text, knowledge(), options.Approvals, now);

    /// <summary>Whether the card offers exactly this text, as its suggestion or as another reply.</summary>
    private static bool IsOffered(HandOff card, string text) => card.Suggestion == text || OtherIn(card, text) is not null;

    private static AlternativeDraft? OtherIn(HandOff card, string text) => card.Alternatives.FirstOrDefault(other => other.Text == text);

    private static OutboxMessage Send(UnitOfWork session, ConversationId id, HandOff? asSuggested, string text, DateTimeOffset now) => session.Outbox.Add(
        OutboxMessage.New(id, Sender.Person, OutboxKind.Person, text, now) with { Turn = asSuggested?.Turn, CaseId = asSuggested?.CaseId });

    /// <param name="over">Why it goes over what is left of the order, which was confirmed; null when it does not.</param>
    private static OutboxMessage Approve(UnitOfWork session, Words words, Approval approval, string? over, DateTimeOffset now)
    {
        session.Approvals.Add(approval);
        OutcomeLog.ApprovalAsked(session, approval.CaseId, now);
        var message = ApprovalDesk.Approve(session, words.Who, approval, now) ?? throw new InvalidOperationException($"Approval {approval.Id} changed inside a transaction.");
        session.Approvals.SetConfirmed(approval.Id, over is null ? [] : [over], over is not null, words.Money.Refunded);
        return message;
    }

    /// <summary>Closes what a person's words answer. The draft that they are nearest to is judged by them; without any card they are a reply in
    /// the latest case.</summary>
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

        var answered = cards.FirstOrDefault(h => IsOffered(h, text) || IsPolished(h, text)) ?? cards[0];
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
        var outcome = open.Suggestion == text ? "sent as suggested" : OtherIn(open, text) is { } other ? $"answered with {other.Playbook}" : IsPolished(open, text) ? "sent with small changes" : "answered in own words";
        session.HandOffs.Save(open with { State = HandOffState.Closed, ClosedBy = who.Name, ClosedAt = now, Outcome = outcome });
    }

    /// <summary>Whether the text is the suggestion, at most with changes that are none of substance.</summary>
    private static bool IsPolished(HandOff card, string text) => card.Suggestion is { } draft && !EditJudge.InSubstance(draft, text);
}
