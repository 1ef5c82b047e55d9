using System.Collections.Frozen;

namespace OpsChat.Facts.Csv;

/// <summary>Reads products.csv: product fields on the first row of a handle, one variant a row.</summary>
internal static class ProductsFile
{
    private static readonly Column s_handle = new("product handle", "Handle", "Product ID", "Product Code");
    private static readonly Column s_title = new("product title", "Title", "Product Name", "Name", "Nama Produk");
    private static readonly Column s_url = new("product page", "URL", "Product URL", "Online Store URL", "Link");
    private static readonly Column s_sku = new("variant SKU", "Variant SKU", "SKU", "SKU Reference No.", "Variation ID");
    private static readonly Column s_price = new("variant price", "Variant Price", "Price", "Harga");
    private static readonly Column s_quantity = new("stock", "Variant Inventory Qty", "Inventory Qty", "Stock", "Quantity", "Stok");
    private static readonly Column s_oversell = new("inventory policy", "Variant Inventory Policy");
    private static readonly Column s_restock = new("restock date", "Restock on", "Restock Date", "Next Delivery");

    private static readonly (Column Name, Column Value)[] s_options =
        [.. Enumerable.Range(1, 3).Select(i => (new Column($"name of option {i}", $"Option{i} Name"), new Column($"value of option {i}", $"Option{i} Value")))];

    private static readonly FrozenSet<string> s_sizeNames = new[] { "size", "saiz", "ukuran", "尺码", "尺寸", "ไซส์", "ขนาด", "kích cỡ", "cỡ" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<Product>? Read(CsvTable table, CsvReading reading)
    {
        var hasTitle = table.Require(s_title);
        var hasSku = table.Require(s_sku);
        return hasTitle && hasSku
            ? [.. table.Rows.GroupBy(row => row.Text(s_handle, s_title) ?? "", StringComparer.OrdinalIgnoreCase).Select(rows => ReadOne(rows.Key, [.. rows], reading)).OfType<Product>()]
            : null;
    }

    private static Product? ReadOne(string handle, CsvRow[] rows, CsvReading reading)
    {
        var first = rows[0];
        if (handle.Length == 0 || first.Text(s_title) is not { } title)
        {
            reading.Warning(first.File, first.Line, "The product has no title.", "It is left out. The first row of a product carries its title.");
            return null;
        }

        string?[] optionNames = [.. s_options.Select(o => first.Text(o.Name))];
        ProductVariant[] variants = [.. rows.Where(r => r.Text(s_sku) is not null).Select(r => Variant(r, optionNames, reading))];
        if (variants.Length == 0)
        {
            reading.Warning(first.File, first.Line, $"The product \"{title}\" has no SKU.", "It is left out. Each variant needs a SKU.");
            return null;
        }

        return new Product(handle, title, first.Text(s_url), variants, reading.SourceOf(first));
    }

    private static ProductVariant Variant(CsvRow row, string?[] optionNames, CsvReading reading)
    {
        var options = s_options.Zip(optionNames, (o, name) => (Name: name ?? "", Value: row.Text(o.Value))).Where(o => o.Value is not null).ToArray();
        var quantity = row.Count(s_quantity);
        return new ProductVariant(
            row.Text(s_sku)!,
            Array.Find(options, o => s_sizeNames.Contains(o.Name)).Value,
            [.. options.Where(o => !s_sizeNames.Contains(o.Name) && o.Name != "Title").Select(o => o.Value!)],
            row.Amount(s_price, reading.Currency),
            quantity,
            IsAvailable(row, quantity),
            row.Day(s_restock));
    }

    // Shopify leaves the quantity empty where stock is not tracked; such a variant can always be bought.
    private static bool? IsAvailable(CsvRow row, int? quantity) =>
        quantity is { } pieces ? pieces > 0
        : row.Has(s_quantity) || row.Text(s_oversell) is not null ? true
        : null;
}
