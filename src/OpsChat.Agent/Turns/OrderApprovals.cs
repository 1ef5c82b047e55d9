using OpsChat.Approvals;
using OpsChat.Facts;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What was approved here for an order, for everything that tells what is left of its money.</summary>
static class OrderApprovals
{
    /// <returns>By the order's number, however it is written.</returns>
    public static Func<string, CancellationToken, Task<IReadOnlyList<ApprovedAmount>>> In(IStore store) =>
        (order, cancellationToken) => store.ReadAsync(session => OrderCards.Approved(session.Approvals.OfOrder(order)), cancellationToken);
}
