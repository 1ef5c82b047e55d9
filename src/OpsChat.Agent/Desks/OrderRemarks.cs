using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What the other approvals of its order have to do with one, in the words of the shop's people.</summary>
public static class OrderRemarks
{
    /// <param name="hours">The shop's, for its time zone.</param>
    public static IReadOnlyList<string> Of(UnitOfWork session, Approval approval, OpeningHours hours) => OrderCards.Remarks(
        approval, session.Approvals.OthersOf(approval), id => CustomerName.Of(session.Conversations.Find(id)?.Name, id), hours.Shown);
}
