using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// A draft about money that lies with a person as the suggestion of a hand-off, because it was rejected, expired or stopped, or the agent was
/// paused. Whoever sends it, as it is or polished, approves exactly that text: it gets the row, the limit, the look before dispatch and the to-do
/// of any other approval.
/// </summary>
static class ApprovalOnTheSpot
{
    /// <summary>The approval that sending this text amounts to; null when neither it nor the suggestion is about money.</summary>
    /// <param name="card">The hand-off whose suggestion the text is.</param>
    /// <param name="other">The playbook of the text, when it is not the one that the decision chose.</param>
    public static Approval? Of(UnitOfWork session, HandOff card, string text, PlaybookSnapshot known, ApprovalOptions options, DateTimeOffset now, string? other = null)
    {
        var before = session.Approvals.LatestOf(card.CaseId, card.Suggestion!);
        var currency = known.Policy.Currency;
        if (before is null && !AmountAtStake.IsAboutMoney(text, currency) && !AmountAtStake.IsAboutMoney(card.Suggestion!, currency))
        {
            return null;
        }

        var trace = session.Turns.Find(card.Turn)?.Trace;
        var facts = before?.Facts ?? [.. (trace?.Facts ?? []).Where(ApprovalCard.IsShown)];
        var playbook = other ?? before?.Playbook ?? trace?.Playbook ?? "";
        return new Approval
        {
            Id = Ids.New('a', now),
            Revision = 1,
            Conversation = card.Conversation,
            CaseId = card.CaseId,
            Turn = card.Turn,
            CustomerWords = card.CustomerWords,
            Text = text,
            Suggested = card.Suggestion!,
            Playbook = playbook,
            Version = other is null ? before?.Version ?? trace?.PlaybookVersion ?? "" : known.Playbooks.Find(other)?.Version ?? "",
            Action = ApprovalCard.ActionOf(playbook),
            OrderNumber = before?.OrderNumber ?? facts.FirstOrDefault(f => f.Name == "order.number")?.Value,
            Amount = AmountAtStake.OfEdited(text, card.Suggestion!, facts, currency),
            Reasons = card.Reasons,
            Facts = facts,
            SeenSeq = session.Inbox.LastDecided(card.Conversation),
            CreatedAt = now,
            ExpiresAt = known.Shop.Hours.AddOpenTime(now, options.RespondWithin),
        }.Sealed();
    }
}
