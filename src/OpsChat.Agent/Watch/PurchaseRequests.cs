using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Purchases that a person approved, until the shop's files show an order, so that nothing is ordered twice. They are coming once
/// they were sent to the supplier.</summary>
public static class PurchaseRequests
{
    private static readonly TimeSpan s_countsFor = TimeSpan.FromDays(90);

    public static IReadOnlyList<PurchaseRequest> Of(UnitOfWork session, DateTimeOffset now) =>
        [
            .. session
                .ShopActions.OfKind(ActionKind.PurchaseOrder, now - s_countsFor)
                .Where(a =>
                    a.State
                        is ShopActionState.Approved
                            or ShopActionState.Telling
                            or ShopActionState.Told
                            or ShopActionState.Done
                            or ShopActionState.Unknown
                )
                .SelectMany(a =>
                    PurchaseProposal
                        .Lines(a.Subject, a.Parameters)
                        .Select(line => new PurchaseRequest(line.Sku, line.Quantity, a.DecidedAt ?? a.CreatedAt, a.Id, IsPlaced(a.State)))
                ),
        ];

    /// <summary>Of what may have been told to the shop's system nobody knows that it is not on its way.</summary>
    private static bool IsPlaced(ShopActionState state) => state != ShopActionState.Approved;
}
