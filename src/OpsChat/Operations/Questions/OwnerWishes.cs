using OpsChat.Operations.Actions;

namespace OpsChat.Operations.Questions;

/// <summary>What an owner may wish for instead of a figure.</summary>
internal static class OwnerWishes
{
    /// <summary>How each kind of action is wished: the beginnings of a sentence that does nothing else, and the beginnings of words that have to
    /// stand in one that says more.</summary>
    public static readonly (ActionKind Kind, string[] Sentences, string[] Verbs)[] All =
    [
        (ActionKind.PauseAd, ["pause", "stop advertising", "stop the ad"], ["paus", "stop", "halt", "switch", "turn"]),
        (ActionKind.LowerBudget, ["lower the budget", "cut the budget", "reduce the budget"], ["lower", "cut", "reduc", "halve", "spend"]),
        (ActionKind.HoldOrder, ["hold"], ["hold", "stop", "keep"]),
        (ActionKind.CancelOrder, ["cancel order", "cancel the order", "cancel #"], ["cancel"]),
        (ActionKind.Refund, ["refund order", "refund the order", "refund #", "refund this", "refund that"], ["refund"]),
        (ActionKind.ReleaseOrder, ["release"], ["releas", "let"]),
        (ActionKind.AskCarrier, ["ask the carrier"], ["ask", "chas", "call"]),
        (ActionKind.PurchaseOrder, ["place the order", "order it", "order them", "order more", "buy more"],
            ["place", "buy", "reorder", "restock", "order"]),
        (ActionKind.SupplierNote, ["write to the supplier", "ask the supplier"], ["write", "ask", "tell", "remind", "send"]),
        (ActionKind.ListingEdit, ["change the listing", "change the page"], ["chang", "fix", "correct", "edit", "updat", "rewrite"]),
        (ActionKind.BinMove, ["move the bin"], ["move"]),
        (ActionKind.CustomerNotice, ["tell the customers", "notify the customers"], ["tell", "notif", "inform", "warn", "write", "let"]),
    ];
}
