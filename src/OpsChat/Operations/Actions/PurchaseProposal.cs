using System.Globalization;
using OpsChat.Operations.Stock;
using OpsChat.Text;

namespace OpsChat.Operations.Actions;

/// <summary>One article of an order to a supplier.</summary>
/// <param name="Title">Null where the catalogue has none.</param>
/// <param name="Price">Of one piece, with its currency; null when nobody knows it.</param>
public sealed record OrderedArticle(string Sku, string? Title, int Quantity, string? Price)
{
    /// <summary><c>72 × MUG Blue mug, MYR 12.00 each</c>.</summary>
    public override string ToString() =>
        $"{Quantity} × {Sku}{(Title is null ? "" : $" {Title}")}, {(Price is null ? "price not known" : $"{Price} each")}";
}

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
        var parameters = WithArticles([.. lines.Select(l => l.Line)], new(StringComparer.Ordinal)
        {
            ["supplier"] = list.Supplier ?? "",
            ["lines"] = string.Join('\n', lines.Select(l => $"{l.Line.Sku}={l.Quantity}")),
        });
        if (lines.Select(l => TooMany(l.Line, l.Quantity)).OfType<string>().ToList() is { Count: > 0 } doubts)
        {
            parameters[Doubts] = string.Join('\n', doubts);
        }

        return new(
            ActionKind.PurchaseOrder,
            list.Supplier ?? "",
            parameters,
            total,
            $"{Plural.Of(lines.Sum(l => l.Quantity), "piece")} of {Plural.Of(lines.Count, "article")} from {supplier}, "
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

    /// <summary>What the order is of, as whoever approves it has to see it: each article by name, with its pieces and the price of one.</summary>
    public static IEnumerable<OrderedArticle> Articles(ShopAction action)
    {
        var (titles, prices) = (Named(action.Parameters, Titles), Named(action.Parameters, Prices));
        return action.Kind != ActionKind.PurchaseOrder ? []
            : Lines(action.Subject, action.Parameters)
                .Select(l => new OrderedArticle(l.Sku, titles.GetValueOrDefault(l.Sku), l.Quantity, prices.GetValueOrDefault(l.Sku)));
    }

    /// <summary>What has to be confirmed beside the approval: a number of pieces that may be a slip of the hand. It stands in the content that is
    /// approved.</summary>
    public static IReadOnlyList<string> ToConfirm(ShopAction action) =>
        action.Parameters.GetValueOrDefault(Doubts, "").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How many pieces of each article these actions would order once somebody approves them.</summary>
    public static IReadOnlyDictionary<string, int> UpForApproval(IEnumerable<ShopAction> actions, DateTimeOffset now) =>
        actions.Where(action => Waits(action, now))
            .SelectMany(action => Lines(action.Subject, action.Parameters))
            .GroupBy(line => line.Sku, StringComparer.Ordinal)
            .ToDictionary(lines => lines.Key, lines => lines.Sum(line => line.Quantity), StringComparer.Ordinal);

    /// <summary>Whether it is an order that somebody may still approve.</summary>
    public static bool Waits(ShopAction action, DateTimeOffset now) =>
        action is { Kind: ActionKind.PurchaseOrder, State: ShopActionState.Pending } && action.ExpiresAt > now;

    /// <summary>Why it is not put up beside what waits already; null when nothing stands against it.</summary>
    /// <param name="others">What is stored; the action itself is not among them yet.</param>
    /// <param name="need">What the plan orders of an article; null where that is not known.</param>
    public static string? WhyNotAgain(ShopAction action, IEnumerable<ShopAction> others, Func<string, int?> need, DateTimeOffset now)
    {
        var waiting = UpForApproval(others, now);
        var twice = Lines(action.Subject, action.Parameters)
            .Where(line => waiting.GetValueOrDefault(line.Sku) is > 0 and var before && before + line.Quantity > (need(line.Sku) ?? 0))
            .Select(line => $"{Plural.Of(waiting[line.Sku], "piece")} of {line.Sku}")
            .ToList();
        return twice.Count == 0 ? null
            : $"Up for approval already: {string.Join(", ", twice)}. Approve or reject that first, so that nothing is ordered twice.";
    }

    /// <summary>What to look at before it is approved; empty when nothing is.</summary>
    public static IEnumerable<string> LookFirst(ShopAction action)
    {
        foreach (var doubt in ToConfirm(action))
        {
            yield return doubt;
        }

        // Orders of earlier versions carry no prices of their own: only their sum says whether one is missing.
        var unknown = action.Amount is null ? Articles(action).Where(a => a.Price is null).ToList() : [];
        if (unknown.Count > 0)
        {
            yield return $"The price is not known: {string.Join(", ", unknown.Select(a => a.Sku))}. Ask the supplier before you approve; "
                + "no limit can be held against an order without a sum.";
        }

        if (action.Kind == ActionKind.PurchaseOrder && string.IsNullOrEmpty(action.Parameters.GetValueOrDefault("supplier")))
        {
            yield return "No supplier is known for it: name one when you order.";
        }
    }

    /// <summary>Titles and prices travel in the content that is approved, so that what is shown is what was decided.</summary>
    internal static Dictionary<string, string> WithArticles(IReadOnlyList<PurchaseLine> lines, Dictionary<string, string> parameters)
    {
        Add(Titles, lines.Where(l => l.Title != l.Sku).Select(l => $"{l.Sku}\t{l.Title.ReplaceLineEndings(" ")}"));
        Add(Prices, lines.Where(l => l.UnitCost is not null).Select(l => $"{l.Sku}\t{l.UnitCost}"));
        return parameters;

        void Add(string name, IEnumerable<string> values)
        {
            if (string.Join('\n', values) is { Length: > 0 } known)
            {
                parameters[name] = known;
            }
        }
    }

    private const string Titles = "titles", Prices = "prices", Doubts = "doubts";

    private const int ManyTimes = 5, DaysOfAYear = 365;

    private static string? TooMany(PurchaseLine line, int quantity)
    {
        var times = line.Order > 0 && quantity > ManyTimes * line.Order
            ? $"{(quantity / (double)line.Order).ToString("0", CultureInfo.InvariantCulture)} times the {line.Order} that the plan proposes"
            : null;
        var days = line.RatePerDay > 0 ? quantity / line.RatePerDay : 0;
        var lasts = days > DaysOfAYear
            ? $"enough for {(days / DaysOfAYear).ToString("0.#", CultureInfo.InvariantCulture)} years at today's "
                + $"{line.RatePerDay.ToString("0.0#", CultureInfo.InvariantCulture)} a day"
            : null;
        return times is null && lasts is null ? null
            : $"{Plural.Of(quantity, "piece")} of {line.Sku}: {string.Join(", ", new[] { times, lasts }.OfType<string>())}.";
    }

    /// <summary>A code, a tab and its words on each line.</summary>
    private static Dictionary<string, string> Named(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.GetValueOrDefault(name, "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.First()[1], StringComparer.Ordinal);

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
