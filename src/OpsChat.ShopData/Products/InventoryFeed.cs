using OpsChat.ShopData.Tables;

namespace OpsChat.ShopData.Products;

/// <summary>Stock of one article at one place.</summary>
/// <param name="Available">What buyers can get there: stock less what is promised to others; may be negative.</param>
/// <param name="Incoming">On the way to this place.</param>
/// <param name="Article">The product's handle with its option values, by which a catalogue without SKUs is joined; null when the file has
/// none.</param>
internal sealed record StockAtPlace(string Sku, string? Place, int? Available, int? Incoming, DateTimeOffset? At, string? Article = null);

/// <summary>Reads stock by article and place. "not stocked" is a legal value: the place has none and expects none.</summary>
internal static class InventoryFeed
{
    public static readonly Column Sku = new("SKU", "SKU", "Variant SKU", "Seller SKU");
    public static readonly Column Place = new("place", "Location", "Warehouse", "Gudang");
    public static readonly Column Available = new("available stock", "Available", "Available (not editable)", "On hand (current)", "On hand", "Stok");
    public static readonly Column Incoming = new("incoming", "Incoming", "Incoming (not editable)");
    public static readonly Column Date = new("day", "Date", "Day");

    private static readonly Column s_handle = new("product handle", "Handle", "URL handle");
    private static readonly Column[] s_options = [.. Enumerable.Range(1, 3).Select(n => new Column($"value of option {n}", $"Option{n} Value"))];

    public static IEnumerable<Column> Columns => [Sku, Place, Available, Incoming, Date];

    /// <summary>The newest count of each article at each place; a file may hold a year of them.</summary>
    public static IReadOnlyList<StockAtPlace> Read(FeedTable table) =>
    [
        .. Counts(table).GroupBy(count => (Sku: count.Sku.ToUpperInvariant(), count.Place)).Select(counts => counts.MaxBy(count => count.At)!),
    ];

    private static IEnumerable<StockAtPlace> Counts(FeedTable table) =>
        table.Rows.Where(row => row.Text(Sku) is not null && !IsNotStocked(row)).Select(row => new StockAtPlace(
            row.Text(Sku)!, row.Text(Place), row.Count(Available).Value, row.Count(Incoming).Value, row.Moment(Date).Value, ArticleOf(row)));

    private static string? ArticleOf(FeedRow row) =>
        row.Text(s_handle) is { } handle ? ArticleKey.Of(handle, s_options.Select(row.Text)) : null;

    public static bool IsNotStocked(FeedRow row) => IsNotStocked(row.Text(Available));

    public static bool IsNotStocked(string? cell) => cell?.Equals("not stocked", StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>What names an article where it has no SKU: its product and its options.</summary>
internal static class ArticleKey
{
    public static string Of(string handle, IEnumerable<string?> options) =>
        string.Join(
                '|',
                options
                    .OfType<string>()
                    .Where(option => !option.Equals("Default Title", StringComparison.OrdinalIgnoreCase))
                    .Prepend(handle)
            )
            .ToUpperInvariant();
}
