using OpsChat.Text;
using System.Collections.Immutable;

namespace OpsChat.Operations.Actions;

/// <summary>What can be proposed. Closed: the settings reader and the approval desk know each of them.</summary>
public enum ActionKind
{
    None,
    PurchaseOrder, Refund, Reship, ChargeAgain, RaiseBudget,
    HoldOrder, ReleaseOrder, CancelOrder,
    PauseAd, LowerBudget, SwapSubstitute, HideRecommendation, PageMessage,
    ListingEdit, SizeChartEdit, SupplierNote, CustomerNotice, BinMove, StockCorrection, Relabel, AskCarrier, InspectReturn,
    PackingNote, ReTrain,
}

/// <summary>How far a lane may go by itself: watch, draft, push after a tap, act within limits.</summary>
public enum LaneAutonomy { Watch, Recommend, Approve, Act }

/// <summary>What a kind of action may never do without a person.</summary>
public static class ActionKinds
{
    private static readonly ImmutableHashSet<ActionKind> Money =
        [ActionKind.PurchaseOrder, ActionKind.Refund, ActionKind.Reship, ActionKind.ChargeAgain, ActionKind.RaiseBudget];

    private static readonly ImmutableHashSet<ActionKind> AboutAnOrder = [ActionKind.HoldOrder, ActionKind.ReleaseOrder, ActionKind.CancelOrder];

    private static readonly ImmutableHashSet<ActionKind> Reversible =
        [ActionKind.PauseAd, ActionKind.LowerBudget, ActionKind.HideRecommendation, ActionKind.PageMessage, ActionKind.SwapSubstitute];

    /// <summary>It commits money: an approval for exactly that content, always. No setting lifts this.</summary>
    public static bool CommitsMoney(this ActionKind kind) => Money.Contains(kind);

    /// <summary>It is about one person's order: an approval, always.</summary>
    public static bool IsAboutAnOrder(this ActionKind kind) => AboutAnOrder.Contains(kind);

    /// <summary>It can be undone, commits no money and reaches no single customer: only these may act by themselves.</summary>
    public static bool MayAct(this ActionKind kind) => Reversible.Contains(kind);

    /// <summary><c>purchase-order</c>.</summary>
    public static string Word(this ActionKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>The kind of that word; null when there is none.</summary>
    public static ActionKind? Of(string word) => Enum.GetValues<ActionKind>().Cast<ActionKind?>().FirstOrDefault(k => k!.Value.Word() == word);
}

/// <summary>A step that a person may take, or a lane within its bounds.</summary>
/// <param name="Subject">What it acts on: a SKU, an order, a carrier.</param>
/// <param name="Parameters">Named values that the shop's system needs.</param>
/// <param name="Amount">The money that it commits; null when it commits none.</param>
/// <param name="Text">One sentence that says what would be done.</param>
/// <param name="ExpiresAt">After it the proposal is no longer offered.</param>
public sealed record ProposedAction(
    ActionKind Kind, string Subject, IReadOnlyDictionary<string, string> Parameters, Money? Amount, string Text, DateTimeOffset ExpiresAt)
{
    /// <summary>The money that it touches without committing any: what an ad group spends in a day. Null when that is not known.</summary>
    public Money? Affects { get; init; }

    /// <summary>Whether a person must tap, whatever the lane's autonomy.</summary>
    public bool AlwaysNeedsApproval => Kind.CommitsMoney() || Kind.IsAboutAnOrder() || Kind is ActionKind.CustomerNotice;
}
