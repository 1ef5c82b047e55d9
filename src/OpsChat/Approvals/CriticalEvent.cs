using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Approvals;

/// <summary>What must never happen. Should it happen by a bug, everything pauses at once, without statistics.</summary>
static class CriticalEvent
{
    /// <summary>What is wrong with a message that is with the customer now; null when nothing is. It names nobody: it stands in the audit log for
    /// ever.</summary>
    /// <param name="approval">Its approval as it was when the message left; null when there is none.</param>
    public static string? In(OutboxMessage sent, Approval? approval) => sent switch
    {
        { Kind: OutboxKind.Approved } when approval is not { State: ApprovalState.Approved or ApprovalState.Sent } || approval.Text != sent.Text =>
            "a text that needed an approval went to a customer without one.",
        { Kind: OutboxKind.Answer } when MoneyDetector.ReadDraft(sent.Text).Sense == MoneySense.Moves =>
            "an answer promised something about money without an approval.",
        _ => null,
    };
}
