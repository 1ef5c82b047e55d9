using OpsChat.Facts;

namespace OpsChat.Approvals;

/// <summary>What the approvals of one order have to do with each other. Pure.</summary>
public static class OrderCards
{
    /// <summary>The order's money, without the approval that is looked at.</summary>
    /// <param name="others">The other approvals of the order, in any state.</param>
    public static OrderLedger Ledger(OrderMoney data, IEnumerable<Approval> others) => new(data, Approved(others));

    /// <summary>What was approved here, of approvals that have left, may have left or are about to.</summary>
    public static IReadOnlyList<ApprovedAmount> Approved(IEnumerable<Approval> approvals) =>
        [.. approvals.Where(Counts).Select(a => new ApprovedAmount(a.Amount, a.RefundedThen, a.DecidedAt ?? a.CreatedAt))];

    /// <summary>Why approving this does not fit the order's money; null when it fits, moves none, or is about no order.</summary>
    public static string? WhyNot(Approval approval, OrderMoney data, IEnumerable<Approval> others) =>
        approval is { OrderNumber: { } order, MovesMoney: true } ? Ledger(data, others).WhyNot(approval.Amount, order) : null;

    /// <summary>A sentence for each other approval of the order that a decision on this one should know of, the oldest first.</summary>
    public static IReadOnlyList<string> Remarks(Approval approval, IEnumerable<Approval> others) =>
        [.. others.OrderBy(o => o.CreatedAt).Select(o => Remark(approval, o)).OfType<string>()];

    private static string? Remark(Approval approval, Approval other)
    {
        var (amount, order) = (AmountOf(other), approval.OrderNumber);
        var whose = other.Conversation == approval.Conversation ? "this conversation" : other.Conversation.ToString();
        return other.State switch
        {
            ApprovalState.Pending => $"Another approval for order {order} waits too: {amount}, in {whose}.",
            ApprovalState.Approved => $"{Capital(amount)} of order {order} was approved by {other.DecidedBy}, in {whose}, and is on its way.",
            ApprovalState.Sent => $"{Capital(amount)} of order {order} was approved by {other.DecidedBy} at {other.DecidedAt:yyyy-MM-dd HH:mm} UTC, in {whose}, and sent.",
            ApprovalState.Uncertain => $"{Capital(amount)} of order {order} was approved by {other.DecidedBy}, in {whose}, and may have been sent.",
            _ => null,
        };
    }

    private static bool Counts(Approval approval) =>
        approval is { MovesMoney: true, State: ApprovalState.Approved or ApprovalState.Sent or ApprovalState.Uncertain };

    private static string AmountOf(Approval approval) => approval.Amount is { } amount ? amount.ToString() : "an amount that is not known";

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
