using System.Globalization;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Storage;

namespace OpsChat.Operations.Watch;

/// <summary>Purchases that a person approved: they count as on order until the shop's files show an order, so that nothing is ordered twice.</summary>
public static class PurchaseRequests
{
    private static readonly TimeSpan s_countsFor = TimeSpan.FromDays(90);

    public static IReadOnlyList<PurchaseRequest> Of(UnitOfWork session, DateTimeOffset now) =>
    [
        .. session.ShopActions.OfKind(ActionKind.PurchaseOrder, now - s_countsFor)
            .Where(a => a.State is ShopActionState.Approved or ShopActionState.Told or ShopActionState.Done or ShopActionState.Unknown)
            .SelectMany(a => Lines(a.Subject, a.Parameters).Select(line => new PurchaseRequest(line.Sku, line.Quantity, a.DecidedAt ?? a.CreatedAt))),
    ];

    /// <summary>One article, or a supplier's whole list as <c>SKU=72</c>, one a line.</summary>
    public static IEnumerable<(string Sku, int Quantity)> Lines(string subject, IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue("lines", out var lines)
            ? lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')).Where(parts => parts.Length == 2).Select(parts => (parts[0], Number(parts[1])))
            : parameters.TryGetValue("quantity", out var quantity) ? [(subject, Number(quantity))] : [];

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
