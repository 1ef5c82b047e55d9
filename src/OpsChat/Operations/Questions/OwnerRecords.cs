using OpsChat.Operations.Actions;
using OpsChat.Operations.Queue;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>A refund that was approved in OpsChat.</summary>
/// <param name="Amount">Null when nobody could say.</param>
public sealed record ApprovedRefund(DateTimeOffset At, Money? Amount, string? Order);

/// <summary>What OpsChat itself has on record, beside the shop's files: its alerts, its actions, and the refunds that were approved.</summary>
public sealed record OwnerRecords(IReadOnlyList<Alert> Alerts, IReadOnlyList<ShopAction> Actions, IReadOnlyList<ApprovedRefund> Refunds)
{
    public static OwnerRecords None { get; } = new([], [], []);
}
