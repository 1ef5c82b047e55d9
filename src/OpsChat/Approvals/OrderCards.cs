using OpsChat.Facts;
using OpsChat.Messages;

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

    /// <summary>A sentence on an amount that is more than the order could give back when this was drafted, one on an amount that is no single one of
    /// the text, and one for each other approval of the
    /// order that a decision on this one should know of, the oldest first.</summary>
    /// <param name="named">How the customer of another conversation is called.</param>
    /// <param name="shown">A time as the shop's people read it.</param>
    public static IReadOnlyList<string> Remarks(
        Approval approval, IEnumerable<Approval> others, Func<ConversationId, string> named, Func<DateTimeOffset, string> shown) =>
        [
            .. new[] { Exceeding(approval), AmountAtStake.InWords(approval) }
                .Concat(others.OrderBy(o => o.CreatedAt).Select(o => Remark(approval, o, named, shown)))
                .OfType<string>(),
        ];

    private static string? Exceeding(Approval approval) =>
        approval is { MovesMoney: true, Amount: { } amount, OrderNumber: { } order }
        && AmountAtStake.OfFact(approval.Facts, ApprovalCard.Refundable, AmountAtStake.CurrencyIn(approval.Facts, amount.Currency)) is { } most
        && most.Currency == amount.Currency
        && most.Minor < amount.Minor
            ? $"{amount} is more than the {most} that order {order} could give back when this was drafted."
            : null;

    private static string? Remark(Approval approval, Approval other, Func<ConversationId, string> named, Func<DateTimeOffset, string> shown)
    {
        var (amount, order) = (AmountOf(other), approval.OrderNumber);
        var whose = other.Conversation == approval.Conversation ? "this conversation" : $"the chat of {named(other.Conversation)}";
        return other.State switch
        {
            ApprovalState.Pending => $"Another approval for order {order} waits too: {amount} for {other.Playbook}, in {whose}.",
            ApprovalState.Approved =>
                $"{Capital(amount)} of order {order} was approved by {other.DecidedBy}, in {whose}, and is on its way.",
            ApprovalState.Sent =>
                $"{Capital(amount)} of order {order} was approved by {other.DecidedBy} at {shown(other.DecidedAt ?? other.CreatedAt)}, in "
                    + $"{whose}, and sent.",
            ApprovalState.Uncertain =>
                $"{Capital(amount)} of order {order} was approved by {other.DecidedBy}, in {whose}, and may have been sent.",
            _ => null,
        };
    }

    private static bool Counts(Approval approval) =>
        approval is { MovesMoney: true, State: ApprovalState.Approved or ApprovalState.Sent or ApprovalState.Uncertain };

    private static string AmountOf(Approval approval) => approval.Amount is { } amount ? amount.ToString() : "an amount that is not known";

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
