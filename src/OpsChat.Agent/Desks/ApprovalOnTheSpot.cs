using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Understanding;

namespace OpsChat.Agent;

/// <summary>
/// A draft about money that lies with a person as a text of a hand-off, because it was rejected, expired or stopped, the agent was paused, or it is
/// one of several that may be meant. Whoever sends it, as it is, polished or with other money in it, approves exactly that text: it gets the row,
/// the limit, the look before dispatch and the to-do of any other approval.
/// </summary>
static class ApprovalOnTheSpot
{
    /// <summary>The approval that sending this text amounts to; null when neither it nor the offered text is about money.</summary>
    /// <param name="offered">The text of the card that it is, or takes the place of.</param>
    public static Approval? Of(
        UnitOfWork session,
        HandOff card,
        OfferedText offered,
        string text,
        PlaybookSnapshot known,
        ApprovalOptions options,
        DateTimeOffset now
    )
    {
        var before = session.Approvals.LatestOf(card.CaseId, offered.Text);
        if (before is null && !MoneyDetector.IsAboutMoney(text) && !offered.IsAboutMoney)
        {
            return null;
        }

        var trace = session.Turns.Find(card.Turn)?.Trace;
        var facts = before?.Facts ?? [.. (trace?.Facts ?? []).Where(ApprovalCard.IsShown)];
        // The text of a card for an action that came back to a person is still about that action; while the card waits, that decides.
        var action = before is { Stake: MoneyStake.Action, State: not ApprovalState.Pending } ? before.Action : null;
        var playbook = before?.Playbook ?? offered.Playbook ?? trace?.Playbook ?? "";
        var approval = new Approval
        {
            Id = Ids.New('a', now),
            Revision = 1,
            Conversation = card.Conversation,
            CaseId = card.CaseId,
            Turn = card.Turn,
            CustomerWords = card.CustomerWords,
            Text = text,
            // Whichever text was taken, the card's own suggestion is what is scored by it.
            Suggested = card.Suggestion ?? offered.Text,
            Playbook = playbook,
            Version = before?.Version ?? (offered.Playbook is { } other ? known.Playbooks.Find(other)?.Version : trace?.PlaybookVersion) ?? "",
            Action = action ?? ApprovalCard.ActionOf(playbook),
            OrderNumber = before?.OrderNumber ?? facts.FirstOrDefault(f => f.Name == "order.number")?.Value,
            Amount = action is null
                ? AmountAtStake.OfEdited(text, offered.Text, facts, known.Policy.Currency)
                : AmountAtStake.OfEditedAction(text, facts, known.Policy.Currency),
            Stake = action is null ? null : MoneyStake.Action,
            Reasons = card.Reasons,
            // What the customer took back since is asked about here as it is on an approval.
            Unconfirmed = card.Doubts,
            Facts = facts,
            SeenSeq = session.Inbox.LastDecided(card.Conversation),
            CreatedAt = now,
            ExpiresAt = known.Shop.Hours.AddOpenTime(now, options.RespondWithin),
        };
        return approval.ReadStake().Sealed();
    }
}
