using OpsChat.Operations.Actions;

namespace OpsChat.Operations.Questions;

/// <summary>What an owner's question is about. Closed.</summary>
public enum QuestionTopic
{
    RunsOut, Stock, ToOrder, Sold, Orders, BestSellers, Returns, WhyReturns, Refunds, LateParcels, OpenParcels, StuckOrders, LeadTime, AdSpend,
        AdWaste, Packing, Subscriptions, Alerts, Measures, Price, Sales, StockValue, TooMuch, Incoming, Deliveries, Contacts,
        Reviews, EnoughStock, Waiting, Bought, SupplierDelays, Summary, WhySales, TimeToShip, StillParcels, OrderChecks, Approvals,
}

/// <summary>An answer as a table. Every figure comes from the shop's rows or OpsChat's records; <see cref="Sources"/> names them.</summary>
/// <param name="Title">One sentence that also says which days and which article were understood.</param>
/// <param name="Near">Questions that can be answered, when this one was not understood or nothing was found.</param>
public sealed record OwnerAnswer(
    bool IsUnderstood, string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Sources,
        IReadOnlyList<string> Near)
{
    /// <summary>The one figure that was asked for; null when the answer is a list.</summary>
    public double? Figure { get; init; }

    /// <summary>A wish, such as "pause that ad": what an alert already proposes. It is only put up for approval.</summary>
    public (string Alert, ActionKind Kind, string Text)? Wish { get; init; }

    /// <summary>It is about a customer by name, whom no model is told of.</summary>
    public bool NamesCustomer { get; init; }

    /// <summary>As lines of plain text.</summary>
    public IReadOnlyList<string> Lines =>
    [
        Title,
        .. Rows.Select(row => string.Join("  ", row.Zip(Columns).Where((cell, i) => i == 0 || cell.First.Length > 0)
            .Select(cell => Columns.Count <= 1 || cell.Second.Length == 0 ? cell.First : $"{cell.Second}: {cell.First}"))),
        .. Sources.Count > 0 ? [$"From {string.Join(", ", Sources)}."] : Array.Empty<string>(),
        .. Near.Count > 0 ? ["You can ask:", .. Near.Select(n => $"• {n}")] : Array.Empty<string>(),
    ];
}
