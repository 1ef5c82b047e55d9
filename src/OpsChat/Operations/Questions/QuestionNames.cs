using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>The shop's own names in a question.</summary>
internal sealed class QuestionNames
{
    private readonly ShopMoment _shop;

    public QuestionNames(string question, ShopMoment shop)
    {
        _shop = shop;
        var text = $" {Plain(question)} ";
        var bySku = shop.Skus.Where(s => text.Contains($" {Plain(s)} ", StringComparison.Ordinal)).ToList();
        Skus = bySku.Count > 0 ? bySku : ByTitle(text, shop);
        Supplier = Longest(Suppliers(shop), text);
        Carrier = Longest(Carriers(shop), text);
        Written = question;
        Order = text.Split(' ').Where(w => w.Contains('-', StringComparison.Ordinal) && w.Any(char.IsAsciiDigit))
            .Select(w => shop.History.FindOrder(OrderNumber.Key(w))?.Number
                ?? shop.SupplyOrders.FirstOrDefault(s => OrderNumber.Key(s.Number) == OrderNumber.Key(w))?.Number)
            .OfType<string>().FirstOrDefault();
    }

    /// <summary>The question as it was written.</summary>
    public string Written { get; }

    /// <summary>An order, of a customer or to a supplier, whose number looks like a code; null when none is named so.</summary>
    public string? Order { get; }

    /// <summary>Every name that stands in the question as a whole, the longest first.</summary>
    public IEnumerable<string> Whole => OfArticles.Append(Supplier).Append(Carrier).Append(Order)
        .OfType<string>().Where(name => name.Length > 0).OrderByDescending(name => name.Length);

    /// <summary>Codes and titles of the articles that are named.</summary>
    public IEnumerable<string> OfArticles => Skus.SelectMany(s => new[] { s, _shop.Product(s)?.Title }).OfType<string>();

    public static IEnumerable<string> Suppliers(ShopMoment shop) => shop.SupplyOrders.Select(s => s.Supplier)
        .Concat(shop.Skus.Select(s => shop.Product(s)?.Supplier).OfType<string>()).Distinct(StringComparer.Ordinal);

    public static IEnumerable<string> Carriers(ShopMoment shop) =>
        shop.Parcels.Select(p => p.Parcel.Carrier).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal);

    private static string? Longest(IEnumerable<string> names, string text) =>
        names.Where(name => text.Contains($" {Plain(name)} ", StringComparison.Ordinal)).MaxBy(name => name.Length);

    public IReadOnlyList<string> Skus { get; }

    /// <summary>Whether something of the shop is called so, or has it in its name: an article, an order to a supplier, an ad group.</summary>
    public bool Knows(string code)
    {
        bool IsIn(string? name) => name?.Contains(code, StringComparison.OrdinalIgnoreCase) == true;

        return _shop.Skus.Any(sku => IsIn(sku) || IsIn(_shop.Product(sku)?.Title))
            || _shop.SupplyOrders.Any(s => IsIn(s.Number) || IsIn(s.Supplier))
            || _shop.AdsSince(DateOnly.MinValue).Any(ad => IsIn(ad.AdGroup) || IsIn(ad.Campaign))
            || _shop.History.FindOrder(OrderNumber.Key(code)) is not null;
    }

    public string? Supplier { get; }

    public string? Carrier { get; }

    /// <summary>A return reason of the shop's whose words stand in the question.</summary>
    public static string? ReasonIn(string text, ShopMoment shop) => shop.Has(FeedKind.Returns)
        ? shop.Returns.All.Select(r => r.Reason).Where(r => r.Length > 0).Distinct(StringComparer.Ordinal).Where(r =>
            text.Contains($" {ReturnRise.Words(r)} ", StringComparison.Ordinal)).MaxBy(r => r.Length) : null;

    /// <summary>Articles whose whole title stands in the question; the longest titles win, so that "Mug Black No 2" is not "Mug Black".</summary>
    private static List<string> ByTitle(string text, ShopMoment shop)
    {
        var found = shop.Skus.Where(s => shop.Product(s)?.Title is { Length: > 2 } title
            && (text.Contains($" {Plain(title)} ", StringComparison.Ordinal) || text.Contains($" {Plain(title)}s ", StringComparison.Ordinal)))
            .Select(s => (Sku: s, Title: Plain(shop.Product(s)!.Title))).ToList();
        return [.. found.Where(f => !found.Exists(other => other.Title.Length > f.Title.Length
            && other.Title.Contains(f.Title, StringComparison.Ordinal))).Select(f => f.Sku)];
    }

    public static string Plain(string text) =>
        string.Join(' ', string.Concat(text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '&' or '/' or '\u0300' ? c
            : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
