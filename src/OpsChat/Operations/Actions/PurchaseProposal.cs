using System.Globalization;
using OpsChat.Operations.Stock;

namespace OpsChat.Operations.Actions;

/// <summary>A supplier's list as one action. Pure.</summary>
public static class PurchaseProposal
{
    /// <summary>The first part of its lane.</summary>
    public const string Area = "purchase-list";

    /// <summary>Null when no article has pieces.</summary>
    public static ProposedAction? Of(SupplierPurchase list, IReadOnlyDictionary<string, int> quantities, string currency, DateTimeOffset now)
    {
        var lines = list.Lines.Select(l => (Line: l, Quantity: quantities.GetValueOrDefault(l.Sku))).Where(l => l.Quantity > 0).ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        var isKnown = lines.All(l => l.Line.UnitCost?.Currency == currency);
        var total = isKnown ? list.Charges.With(new(lines.Sum(l => l.Line.UnitCost!.Value.Minor * l.Quantity), currency)) : null;
        var supplier = list.Supplier ?? "a supplier to be named";
        return new(
            ActionKind.PurchaseOrder,
            list.Supplier ?? "",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["supplier"] = list.Supplier ?? "",
                ["lines"] = string.Join('\n', lines.Select(l => $"{l.Line.Sku}={l.Quantity}")),
            },
            total,
            $"{lines.Sum(l => l.Quantity)} pieces of {lines.Count} {(lines.Count == 1 ? "article" : "articles")} from {supplier}, "
                + $"{total?.ToString() ?? "total not known"}{list.Charges.InWords}",
            now.AddDays(7)
        );
    }

    /// <summary>One article, or a supplier's whole list as <c>SKU=72</c>, one a line; a code may hold the sign
    /// itself.</summary>
    public static IEnumerable<(string Sku, int Quantity)> Lines(string subject, IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue("lines", out var lines)
            ? lines
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => (Line: line, At: line.LastIndexOf('=')))
                .Where(line => line.At >= 0)
                .Select(line => (line.Line[..line.At], Number(line.Line[(line.At + 1)..])))
        : parameters.TryGetValue("quantity", out var quantity) ? [(subject, Number(quantity))]
        : [];

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
