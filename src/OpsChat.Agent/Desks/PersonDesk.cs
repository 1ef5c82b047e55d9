using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage.Tables;
using OpsChat.Storage;
using OpsChat.Understanding;

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

    /// <summary>They tell what the draft did not (an amount, an address), or do not fit the order's money, and have to be confirmed;
    /// nothing was sent.</summary>
    public sealed record Confirm(SecondStep Step) : PersonAnswer;
}

/// <summary>
/// Where people answer customers: with an offered text, an edit of it, or words of their own. Every face uses it. Sending an offered text that is
/// about money is approving it, and so is sending other money in its place: <see cref="ApprovalOnTheSpot"/>.
/// </summary>
public sealed class PersonDesk(
    IStore store,
    CurrentPlaybooks knowledge,
    DispatchCheck dispatch,
    OpsChatOptions options,
    TimeProvider time
)
{
    public const int MostCharacters = 4000;

    // Older drafts are nobody's card any more.
    private const int MostClosed = 20;

    /// <summary>Who answered, when it was done from the shop's own account and nobody knows by whom.</summary>
    public const string ByHand = "the shop's own account";

    /// <summary>
    /// Sends a person's words, closes the conversation's open hand-offs, and keeps the agent silent there for a while. Sending an offered text
    /// as it is closes only its own hand-off and leaves the agent in charge.
    /// </summary>
    /// <param name="confirmed">What the person was shown to be confirmed; null when nothing was.</param>
    public async Task<PersonAnswer> ReplyAsync(
        Approver who,
        ConversationId conversation,
        string text,
        CancellationToken cancellationToken,
        Confirmation? confirmed = null
    )
    {
        var words = await WordsAsync(who, conversation, null, text, confirmed, cancellationToken);
        return await store.WriteAsync(session => Reply(session, conversation, words, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>The same, once for <paramref name="key"/>: a repeat of it changes nothing, and nobody is answered.</summary>
    public async Task<PersonAnswer> ReplyOnceAsync(
        SeenKey key, Approver who, ConversationId conversation, string text, CancellationToken cancellationToken, Confirmation? confirmed = null)
    {
        var words = await WordsAsync(who, conversation, null, text, confirmed, cancellationToken);
        return await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            return Once(session, key, now, () => Reply(session, conversation, words, now));
        }, cancellationToken);
    }

    /// <summary>Answers one open hand-off, and closes only that; of two people who do so at once, nothing of the second's is sent.</summary>
    /// <param name="key">As in <see cref="ReplyOnceAsync"/>, where the same words may come again; it is among the seen ones exactly when they
    /// were sent. Null where they cannot.</param>
    /// <param name="confirmed">As in <see cref="ReplyAsync"/>.</param>
    public async Task<PersonAnswer> AnswerAsync(
        Approver who, string handOffId, string text, CancellationToken cancellationToken, SeenKey? key = null, Confirmation? confirmed = null)
    {
        var conversation = await store.ReadAsync(session => session.HandOffs.Find(handOffId)?.Conversation, cancellationToken);
        if (conversation is not { } id)
        {
            return new PersonAnswer.Nobody();
        }

        var words = await WordsAsync(who, id, handOffId, text, confirmed, cancellationToken);
        return await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            return session.HandOffs.Find(handOffId) is { State: HandOffState.Open }
                ? Once(session, key, now, () => Reply(session, id, words, now)) : new PersonAnswer.Nobody();
        }, cancellationToken);
    }

    /// <summary>
    /// Someone answered the customer from the shop's own account, past OpsChat: it is remembered as sent, closes the open hand-offs, and
    /// keeps the agent silent for a while.
    /// </summary>
    /// <param name="message">The channel's id of it; a repeat of it changes nothing.</param>
    public Task WroteByHandAsync(string message, ConversationId conversation, string text, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                var now = time.GetUtcNow();
                if (!session.Seen.Add(new(SeenKind.WrittenByHand, message), now))
                {
                    return;
                }

                session.Outbox.Add(OutboxMessage.New(conversation, Sender.Person, OutboxKind.Person, text, now) with { State = OutboxState.Sent });
                var shop = new Approver(ByHand, null, 0);
                var open = session.HandOffs.OpenOf(conversation);
                CloseCards(session, conversation, Used(open, text), open, shop, text, isApproval: false, now);

                session.Conversations.SetTakeOver(conversation, now + options.Messages.PersonHolds, ByHand);
                session.Audit.Append("handoff", ByHand, conversation, new { Verb = "reply" }, now);
            },
            cancellationToken
        );

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
    private static PersonAnswer Once(UnitOfWork session, SeenKey? key, DateTimeOffset now, Func<PersonAnswer> reply)
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
    /// <param name="HandOff">The one that it answers; null for a reply into the conversation, which answers them all.</param>
    private sealed record Words(Approver Who, string? HandOff, string Text, Confirmation? Confirmed, OrderMoney Money);

    /// <summary>An offered text that a person's words are, or take the place of.</summary>
    private sealed record UsedText(HandOff Card, OfferedText Offered);

    /// <summary>The shop's data are asked before the transaction, which must not wait for them.</summary>
    private async Task<Words> WordsAsync(
        Approver who, ConversationId conversation, string? handOff, string text, Confirmation? confirmed, CancellationToken cancellationToken)
    {
        var (said, now) = (text.Trim(), time.GetUtcNow());
        var order = await store.ReadAsync(
            session => OnTheSpot(session, Used(session, conversation, Cards(session, conversation, handOff), said, now), said, now)?.OrderNumber,
            cancellationToken
        );
        return new(who, handOff, said, confirmed, (await dispatch.AskShopAsync(order, cancellationToken)).Money);
    }

    private static IReadOnlyList<HandOff> Cards(UnitOfWork session, ConversationId conversation, string? handOff) =>
        handOff is null ? session.HandOffs.OpenOf(conversation) : session.HandOffs.Find(handOff) is { State: HandOffState.Open } card ? [card] : [];

    private PersonAnswer Reply(UnitOfWork session, ConversationId id, Words words, DateTimeOffset now)
    {
        var (who, text, currency) = (words.Who, words.Text, knowledge().Policy.Currency);
        if (session.Conversations.Find(id) is null)
        {
            return new PersonAnswer.Nobody();
        }

        var cards = Cards(session, id, words.HandOff);
        var used = Used(session, id, cards, text, now);
        var approval = OnTheSpot(session, used, text, now);
        if ((approval is null ? who.WhyNot(text, currency) : who.WhyNot(approval, currency)) is { } why)
        {
            return new PersonAnswer.NotAllowed(why);
        }

        var over = approval is null ? null : OrderCards.WhyNot(approval, words.Money, session.Approvals.OthersOf(approval));
        IReadOnlyList<string> doubts = approval is null
            ? [.. GuessBesideMoney(session, used, text, id, now), .. Added(session, cards, text, currency, withPromises: false)]
            :
            [
                .. ChangedMeanwhile(used!.Card, used.Offered),
                .. approval.Unconfirmed.Select(doubt => doubt.Sentence),
                .. EditCheck.New(text, approval with { Text = used!.Offered.Text }, currency),
                .. over is null ? [] : new[] { over },
            ];
        if (SecondSteps.Left(session, who, words.HandOff ?? id.ToString(), id, text, doubts, words.Confirmed, now) is { } step)
        {
            return new PersonAnswer.Confirm(step);
        }

        var asOffered = used is { Card.State: HandOffState.Open } && used.Offered.Text == text ? used.Card : null;
        CloseCards(session, id, used, asOffered is null ? cards : [asOffered], who, text, isApproval: approval is not null, now);
        if (asOffered is null)
        {
            session.Conversations.SetTakeOver(id, now + options.Messages.PersonHolds, who.Name);
        }

        session.Audit.Append(
            "handoff",
            who.Name,
            id,
            doubts.Count == 0
                ? (object)new { Verb = "reply", AsSuggested = asOffered is not null }
                : new { Verb = "reply", AsSuggested = asOffered is not null, Confirmed = doubts.Count },
            now
        );
        return new PersonAnswer.Sent(
            approval is null ? Send(session, id, asOffered, text, now) : Approve(session, words, approval, doubts, over is not null, now)
        );
    }

    /// <summary>A draft that is no more than a guess, while money waits in the same conversation: most likely the customer means the money, so that
    /// one tap must not send it.</summary>
    private IEnumerable<string> GuessBesideMoney(UnitOfWork session, UsedText? used, string text, ConversationId id, DateTimeOffset now)
    {
        if (used is null || used.Offered.Text != text || !used.Card.IsGuess(used.Offered))
        {
            yield break;
        }

        if (session.Approvals.PendingIn(id).FirstOrDefault(approval => approval.MovesMoney) is { } pending)
        {
            yield return $"This draft is only a guess, and {pending.Amount?.ToString() ?? "money"} waits for approval in this conversation: "
                + "most likely the customer means that.";
        }
        else if (session.Cases.Open(id, now).FirstOrDefault(open => IsForMoney(open.Playbook)) is { } open)
        {
            yield return $"This draft is only a guess, and a matter of money is open in this conversation ({open.Playbook}): "
                + "most likely the customer means that.";
        }
    }

    private bool IsForMoney(string playbook) => knowledge().Playbooks.Find(playbook)?.Settings.Financial == FinancialUse.Action;

    /// <summary>What a reply that no approval stands behind tells, and none of the texts does that it takes the place of.</summary>
    private static IReadOnlyList<string> Added(
        UnitOfWork session,
        IReadOnlyList<HandOff> cards,
        string text,
        string currency,
        bool withPromises
    ) =>
        EditCheck.Added(
            text,
            [.. cards.SelectMany(card => card.Offers).Select(offer => offer.Text)],
            [.. cards.SelectMany(card => session.Turns.Find(card.Turn)?.Trace.Facts ?? [])],
            currency,
            withPromises
        );

    /// <summary>What an edit of this card's text tells that the text does not, promises too: a sentence each, shown while it is typed.</summary>
    /// <param name="currency">The shop's.</param>
    public static IReadOnlyList<string> Added(UnitOfWork session, HandOff card, string text, string currency) =>
        Added(session, [card], text, currency, withPromises: true);

    /// <summary>
    /// The offered text that these words are, or are but for small changes. Words about money that are neither take the place of an offered text
    /// about money: whoever changes its amount still decides about a machine's draft. Null for words of their own.
    /// </summary>
    private static UsedText? Used(UnitOfWork session, ConversationId id, IReadOnlyList<HandOff> cards, string text, DateTimeOffset now) =>
        Used(cards, text)
        // While somebody looked at the card, somebody else may have sent or closed it: its words do not become a person's own by that.
        ?? (
            MoneyDetector.IsAboutMoney(text)
                ? First([.. ClosedLately(session, id, now)], offer => IsPolished(offer.Text, text)) ?? Replaced(session, id, text, now)
                : null
        );

    private static IEnumerable<HandOff> ClosedLately(UnitOfWork session, ConversationId id, DateTimeOffset now) =>
        session.HandOffs.ClosedOf(id, MostClosed).Where(card => card.ClosedAt > now - s_longestLook);

    /// <summary>A draft of money that the card had when somebody looked at it, and has no more because the customer wrote on.</summary>
    private static UsedText? Replaced(UnitOfWork session, ConversationId id, string text, DateTimeOffset now)
    {
        if (MoneyDetector.ReadDraft(text).Sense != MoneySense.Moves)
        {
            return null;
        }

        var cards = session.HandOffs.OpenOf(id).Concat(ClosedLately(session, id, now)).ToList();
        return session.Turns.Of(id, MostClosed)
            .Where(turn => turn.Trace.Draft is { } draft && IsPolished(draft, text))
            .Select(turn => (Card: cards.Find(card => card.CaseId == turn.CaseId), Offered: new OfferedText(turn.Trace.Draft!, turn.Trace.Playbook)))
            .Where(it => it.Card is not null)
            .Select(it => new UsedText(it.Card!, it.Offered))
            .FirstOrDefault();
    }

    /// <summary>A card that was closed earlier is of another matter, however alike the words are.</summary>
    private static readonly TimeSpan s_longestLook = TimeSpan.FromDays(1);

    private static IEnumerable<string> ChangedMeanwhile(HandOff card, OfferedText used) =>
        card.State == HandOffState.Open
            ? card.Offers.Any(offer => offer == used) ? []
                : ["The card has another draft by now, because the customer wrote on; this one is of before."]
            : [$"The card with this draft{(card.Order is { } order ? $" on order {order.Number}" : "")} does not wait any more: "
                + $"{card.ClosedBy ?? "somebody"} closed it ({card.Outcome ?? "closed"})."];

    private static UsedText? Used(IReadOnlyList<HandOff> cards, string text) =>
        First(cards, offer => offer.Text == text) ?? First(cards, offer => IsPolished(offer.Text, text))
        ?? (MoneyDetector.IsAboutMoney(text) ? First(cards, offer => offer.IsAboutMoney) : null);

    private static UsedText? First(IReadOnlyList<HandOff> cards, Func<OfferedText, bool> isMeant) =>
        cards.SelectMany(card => card.Offers, (card, offer) => new UsedText(card, offer)).FirstOrDefault(it => isMeant(it.Offered));

    private Approval? OnTheSpot(UnitOfWork session, UsedText? used, string text, DateTimeOffset now) =>
        used is null ? null : ApprovalOnTheSpot.Of(session, used.Card, used.Offered, text, knowledge(), options.Approvals, now);

    private static OutboxMessage Send(UnitOfWork session, ConversationId id, HandOff? asOffered, string text, DateTimeOffset now) =>
        session.Outbox.Add(
            OutboxMessage.New(id, Sender.Person, OutboxKind.Person, text, now) with
            {
                Turn = asOffered?.Turn,
                CaseId = asOffered?.CaseId,
            }
        );

    /// <param name="confirmed">What there was to confirm, and was.</param>
    /// <param name="goesOver">It goes over what is left of the order, which was among it.</param>
    private static OutboxMessage Approve(
        UnitOfWork session,
        Words words,
        Approval approval,
        IReadOnlyList<string> confirmed,
        bool goesOver,
        DateTimeOffset now
    )
    {
        session.Approvals.Add(approval);
        OutcomeLog.ApprovalAsked(session, approval.CaseId, now);
        var message = ApprovalDesk.Approve(session, words.Who, approval, now)
            ?? throw new InvalidOperationException($"Approval {approval.Id} changed inside a transaction.");
        session.Approvals.SetConfirmed(approval.Id, confirmed, goesOver, words.Money.Refunded);
        return message;
    }

    /// <summary>Closes what a person's words answer. The draft that they are nearest to is judged by them; without any card they are a reply in
    /// the latest case.</summary>
    /// <param name="used">The offered text that the words are, or take the place of.</param>
    /// <param name="isApproval">The text leaves as an approved one, and its draft is judged when it has left.</param>
    private static void CloseCards(
        UnitOfWork session,
        ConversationId id,
        UsedText? used,
        IReadOnlyList<HandOff> cards,
        Approver who,
        string text,
        bool isApproval,
        DateTimeOffset now
    )
    {
        if (cards.Count == 0)
        {
            if (session.Cases.Open(id, now) is [var latest, ..])
            {
                OutcomeLog.PersonReplied(session, latest.Id, who.Name, now);
            }

            return;
        }

        var answered = used?.Card.Id ?? cards[0].Id;
        foreach (var card in cards)
        {
            if (card.Id != answered || !isApproval)
            {
                Judge(session, card, who, text, isAnswered: card.Id == answered, now);
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
        var outcome = open.Suggestion == text ? "sent as suggested" : open.Offers.Any(offer => offer.Text == text) ? "sent the other suggestion"
            : open.Offers.Any(offer => IsPolished(offer.Text, text)) ? "sent with small changes" : "answered in own words";
        session.HandOffs.Save(open with { State = HandOffState.Closed, ClosedBy = who.Name, ClosedAt = now, Outcome = outcome });
    }

    /// <summary>Whether the text is the draft, at most with changes that are none of substance.</summary>
    private static bool IsPolished(string draft, string text) => !EditJudge.InSubstance(draft, text);
}
