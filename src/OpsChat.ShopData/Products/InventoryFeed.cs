using OpsChat.ShopData.Tables;

namespace OpsChat.ShopData.Products;

/// <summary>Stock of one article at one place.</summary>
/// <param name="Available">What buyers can get there: stock less what is promised to others; may be negative.</param>
/// <param name="Incoming">On the way to this place.</param>
internal sealed record StockAtPlace(string Sku, string? Place, int? Available, int? Incoming, DateTimeOffset? At);

/// <summary>Reads stock by article and place. "not stocked" is a legal value: the place has none and expects none.</summary>
internal static class InventoryFeed
{
    public static readonly Column Sku = new("SKU", "SKU", "Variant SKU", "Seller SKU");
    public static readonly Column Place = new("place", "Location", "Warehouse", "Gudang");
    public static readonly Column Available = new("available stock", "Available", "Available (not editable)", "On hand (current)", "On hand", "Stok");
    public static readonly Column Incoming = new("incoming", "Incoming", "Incoming (not editable)");
    public static readonly Column Date = new("day", "Date", "Day");

    public static IEnumerable<Column> Columns => [Sku, Place, Available, Incoming, Date];

    public static IReadOnlyList<StockAtPlace> Read(FeedTable table) =>
    [
        .. table.Rows.Where(row => row.Text(Sku) is not null && !IsNotStocked(row)).Select(row => new StockAtPlace(
            row.Text(Sku)!, row.Text(Place), row.Count(Available).Value, row.Count(Incoming).Value, row.Moment(Date).Value)),
    ];

    private static bool IsNotStocked(FeedRow row) => row.Text(Available)?.Equals("not stocked", StringComparison.OrdinalIgnoreCase) == true;
}
