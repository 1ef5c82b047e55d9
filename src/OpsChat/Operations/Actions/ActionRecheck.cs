using OpsChat.Operations.History;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;

namespace OpsChat.Operations.Actions;

/// <summary>The last look before an action leaves: whether the facts still say so. Pure.</summary>
public static class ActionRecheck
{
    /// <summary>A price may move by that share of itself.</summary>
    private const decimal PriceMoves = 0.02m;

    /// <param name="alert">What it answers; null for a list that a person made.</param>
    /// <returns>Why it is not to be done any more; null when nothing stands against it.</returns>
    public static string? WhyNot(ShopAction action, Alert? alert, ShopMoment shop, OperationsSettings settings) =>
        action.Kind switch
        {
            _ when alert is { IsOpen: false } => "The alert is closed: the data do not say so any more.",
            ActionKind.PurchaseOrder => Purchase(action, shop, settings),
            ActionKind.HoldOrder or ActionKind.CancelOrder when shop.Order(action.Subject) is { } order && order.ShippedAt <= shop.Now =>
                $"Order {order.Number} has been shipped.",
            ActionKind.HoldOrder
            or ActionKind.ReleaseOrder
            or ActionKind.CancelOrder when shop.Order(action.Subject) is { } order && order.CancelledAt <= shop.Now =>
                $"Order {order.Number} is cancelled.",
            ActionKind.HoldOrder or ActionKind.CancelOrder when shop.Order(action.Subject) is { } order && !order.IsToShip(shop.Now) =>
                $"The shop's data do not call order {order.Number} one that waits to be shipped.",
            _ => null,
        };

    private static string? Purchase(ShopAction action, ShopMoment shop, OperationsSettings settings)
    {
        var total = 0L;
        foreach (var (sku, quantity) in PurchaseProposal.Lines(action.Subject, action.Parameters))
        {
            if (shop.Plan(sku, settings) is not { } plan)
            {
                return $"Nobody knows the stock of {sku} any more.";
            }

            // Once it is approved its own pieces count as on order; they are no reason to keep it back.
            var position = plan.Position - shop.Requested(sku, action.Id);
            if (position > plan.Reorder.Level)
            {
                return $"{sku} has come in or is on order: {position} are there or coming, and {plan.Reorder.Level} is the reorder point.";
            }

            var cost = PurchaseList.Line(shop, plan).UnitCost;
            if (action.Amount is { } amount && cost?.Currency != amount.Currency)
            {
                return $"The price of {sku} is not known in {amount.Currency} any more.";
            }

            total += (cost?.Minor ?? 0) * quantity;
        }

        if (action.Amount is not { } approved)
        {
            return null;
        }

        var now = SupplierCharges.Of(shop.Terms(action.Parameters.GetValueOrDefault("supplier"))).With(approved with { Minor = total });
        return now is null || Math.Abs(now.Value.Minor - approved.Minor) > approved.Minor * PriceMoves
            ? $"The price has changed: it would cost {now?.ToString() ?? "nobody knows what"} now, and {approved} was proposed."
            : null;
    }
}
