using OpsChat.Operations.Monitors;

namespace OpsChat.Operations.Actions;

/// <summary>Lanes and actions in the owner's words.</summary>
public static class LaneWords
{
    /// <summary>What the points are that stand beside what is missing until a lane may act.</summary>
    public const string Points = "Points say how surely you decide as the agent proposes. They begin at 1, grow with each proposal that you "
        + "take as it is, and fall when you decide otherwise; about 37 taken in a row make 20. There is nothing to fill in: decide the proposals as "
        + "they come, and a lane that has its 30 days, 20 decisions and 20 points may be set to act.";

    /// <summary><c>Runs out before more can arrive: order from the supplier</c>.</summary>
    /// <param name="lane"><c>stock-runout/purchase-order</c>.</param>
    public static string Of(string lane) => lane.Split('/', 2) is [var monitor, var kind]
        ? $"{MonitorWords.Of(monitor)}: {(ActionKinds.Of(kind) is { } known ? Action(known) : kind)}"
        : lane;

    public static string Action(ActionKind kind) => kind switch
    {
        ActionKind.PurchaseOrder => "order from the supplier",
        ActionKind.Refund => "refund",
        ActionKind.Reship => "send again",
        ActionKind.ChargeAgain => "charge again",
        ActionKind.RaiseBudget => "spend more on advertising",
        ActionKind.HoldOrder => "hold the order",
        ActionKind.ReleaseOrder => "let the order go",
        ActionKind.CancelOrder => "cancel the order",
        ActionKind.PauseAd => "pause the advertising",
        ActionKind.LowerBudget => "spend less on advertising",
        ActionKind.SwapSubstitute => "show another article instead",
        ActionKind.HideRecommendation => "stop recommending it",
        ActionKind.PageMessage => "put a message on its page",
        ActionKind.ListingEdit => "change its description",
        ActionKind.SizeChartEdit => "change its size chart",
        ActionKind.SupplierNote => "write to the supplier",
        ActionKind.CustomerNotice => "write to the customers",
        ActionKind.BinMove => "move it on the shelf",
        ActionKind.StockCorrection => "correct the count",
        ActionKind.Relabel => "label it anew",
        ActionKind.AskCarrier => "ask the carrier",
        ActionKind.InspectReturn => "look at the return",
        ActionKind.PackingNote => "leave a note for the packers",
        ActionKind.ReTrain => "show somebody how it is packed",
        _ => kind.Word().Replace('-', ' '),
    };
}
