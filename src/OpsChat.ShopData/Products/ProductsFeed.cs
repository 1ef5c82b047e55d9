using OpsChat.Facts;
using OpsChat.ShopData.Tables;
using OpsChat.Text;
using System.Net;

namespace OpsChat.ShopData.Products;

/// <summary>What a catalogue of one platform is like.</summary>
internal sealed record ProductLayout(string Platform)
{
    public Column Handle { get; init; } = new("product handle", "Handle", "URL handle", "Product ID", "Product Code", "Parent SKU");
    public Column Title { get; init; } = new("product title", "Title", "Product Name", "Name", "Nama Produk");
    public Column OtherNames { get; init; } = new("other names", "Other names", "Also called");
    public Column Url { get; init; } = new("product page", "URL", "Product URL", "Online Store URL", "Link");
    public Column Sku { get; init; } = new("variant SKU", "Variant SKU", "SKU", "SKU Reference No.", "Seller SKU", "Variation ID");
    public Column VariantName { get; init; } = new("variation", "Variation Name", "Nama Variasi");
    public Column Price { get; init; } = new("variant price", "Variant Price", "Price", "Regular price", "Harga");
    public Column SalePrice { get; init; } = new("sale price", "Sale price");
    public Column SaleFrom { get; init; } = new("start of the sale", "Date sale price starts");
    public Column SaleUntil { get; init; } = new("end of the sale", "Date sale price ends");
    public Column Quantity { get; init; } = new("stock", "Variant Inventory Qty", "Inventory quantity", "Inventory Qty", "Stock", "Quantity", "Stok");
    public Column Tracker { get; init; } = new("inventory tracker", "Variant Inventory Tracker", "Inventory tracker");
    public Column Oversell { get; init; } =
        new("inventory policy", "Variant Inventory Policy", "Continue selling when out of stock", "Backorders allowed?");
    public Column InStock { get; init; } = new("in stock", "In stock?");
    public Column Status { get; init; } = new("state", "Status");
    public Column Published { get; init; } = new("published", "Published", "Published on online store");
    public Column Type { get; init; } = new("type", "Type");
    public Column Parent { get; init; } = new("parent", "Parent");
    public Column Restock { get; init; } = new("restock date", "Restock on", "Restock Date", "Next Delivery");
    public IReadOnlyList<(Column Name, Column Value)> Options { get; init; } =
    [
        .. Enumerable
            .Range(1, 3)
            .Select(n =>
                (
                    new Column($"option {n}", $"Option{n} Name", $"Attribute {n} name"),
                    new Column($"value of option {n}", $"Option{n} Value", $"Attribute {n} value(s)")
                )
            ),
    ];

    public IEnumerable<Column> Columns =>
        [
            Handle,
            Title,
            OtherNames,
            Url,
            Sku,
            VariantName,
            Price,
            SalePrice,
            SaleFrom,
            SaleUntil,
            Quantity,
            Tracker,
            Oversell,
            InStock,
            Status,
            Published,
            Type,
            Parent,
            Restock,
            .. Options.SelectMany(option => new[] { option.Name, option.Value }),
        ];
}

/// <summary>Reads a catalogue: product fields on the first row of a product, a variant a row.</summary>
internal static class ProductsFeed
{
    private static readonly HashSet<string> s_sizeNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "size",
        "sizes",
        "saiz",
        "ukuran",
        "größe",
        "talla",
        "taille",
        "ไซส์",
        "ขนาด",
        "kích cỡ",
        "尺码",
        "尺寸",
    };

    /// <summary>The headers that all catalogues share; WooCommerce's own are among them.</summary>
    public static ProductLayout Layout { get; } = new("a catalogue");

    /// <summary>The products that are for sale, each with the row it was read from. Null, with an error, when titles are missing.</summary>
    public static IReadOnlyList<Product> Read(FeedTable table)
    {
        var isWoo = table.HasAll(["type", "parent", "name"]);
        return [.. Groups(table, isWoo).Select(rows => ReadOne(rows.Key, [.. rows], isWoo)).OfType<Product>()];
    }

    private static IEnumerable<IGrouping<string, FeedRow>> Groups(FeedTable table, bool isWoo)
    {
        if (!isWoo)
        {
            // Rows of a product without a handle follow the row with its title.
            var current = "";
            return
            [
                .. table
                    .Rows.Select(row => (Key: current = row.Text(Layout.Handle) ?? row.Text(Layout.Title) ?? current, row))
                    .GroupBy(pair => pair.Key, pair => pair.row, StringComparer.OrdinalIgnoreCase),
            ];
        }

        var id = new Column("product id", "ID");
        var byId = table
            .Rows.Where(row => row.Text(id) is not null)
            .DistinctBy(row => row.Text(id))
            .ToDictionary(row => "id:" + row.Text(id), row => row, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. table.Rows.GroupBy(
                row =>
                    row.Text(Layout.Parent) is { } parent
                        ? KeyOf(byId.TryGetValue(parent, out var of) ? of : null, parent)
                        : KeyOf(row, ""),
                StringComparer.OrdinalIgnoreCase
            ),
        ];
        string KeyOf(FeedRow? row, string otherwise) => row is null ? otherwise : row.Text(Layout.Sku) ?? "id:" + row.Text(id);
    }

    private static Product? ReadOne(string handle, FeedRow[] rows, bool isWoo)
    {
        var first = Array.Find(rows, row => isWoo ? row.Text(Layout.Parent) is null : row.Text(Layout.Title) is not null) ?? rows[0];
        if (handle.Length == 0 || first.Text(Layout.Title) is not { } title)
        {
            first.Table.Reading.Warning(
                first.File,
                first.Line,
                "The product has no title.",
                "It is left out. The first row of a product carries its title."
            );
            return null;
        }

        if (!IsForSale(first))
        {
            return null;
        }

        var names = Layout.Options.Select(option => first.Text(option.Name)).ToArray();
        FeedRow[] articles = [.. rows.Where(row => IsArticle(row, rows.Length, isWoo))];
        ProductVariant[] variants = [.. articles.Select((row, index) => Variant(row, handle, index, names))];
        if (variants.Length == 0)
        {
            return null;
        }

        var url = first.Text(Layout.Url)
            ?? (
                first.Has(new Column("handle", "Handle", "URL handle")) && first.Table.Reading.ShopUrl is { } shop
                    ? $"{shop.TrimEnd('/')}/products/{handle}"
                    : null
            );
        return new(handle, WebUtility.HtmlDecode(title), url, variants, first.Source)
        {
            OtherNames = (first.Text(Layout.OtherNames) ?? "")
                .Split([',', ';', '，', '、', '|', '/'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        };
    }

    /// <summary>Drafts, archived and unpublished products are not offered.</summary>
    public static bool IsForSale(FeedRow first) =>
        first.Text(Layout.Status)?.ToLowerInvariant() is not ("draft" or "archived" or "inactive" or "deleted" or "unlisted")
        && first.Text(Layout.Published)?.ToLowerInvariant() is not ("false" or "no" or "0" or "-1")
        && first.Text(Layout.Type)?.ToLowerInvariant() is not ("grouped" or "external");

    /// <summary>Picture rows are none; WooCommerce's variable product is not sold itself, its variations are.</summary>
    private static bool IsArticle(FeedRow row, int count, bool isWoo) =>
        isWoo
            ? count == 1 || row.Text(Layout.Parent) is not null
            : row.Text(Layout.Sku) is not null
                || row.Text(Layout.Price) is not null
                || Layout.Options.Any(option => row.Text(option.Value) is not null)
                || row.Text(Layout.VariantName) is not null;

    private static ProductVariant Variant(FeedRow row, string handle, int index, string?[] names)
    {
        var options = Named(row, names).ToList();
        var quantity = row.Count(Layout.Quantity);
        var (onHand, isAvailable) = Stock(row, quantity);
        return new(
            row.Text(Layout.Sku) ?? $"{handle}/{index + 1}",
            options.Find(option => s_sizeNames.Contains(option.Name)).Value,
            [.. options.Where(option => !s_sizeNames.Contains(option.Name)).Select(option => option.Value)],
            Price(row), onHand, isAvailable,
            row.Day(Layout.Restock).Value)
        {
            HasOwnSku = row.Text(Layout.Sku) is not null,
            OptionNames = [.. options.Where(option => !s_sizeNames.Contains(option.Name)).Select(option => option.Name)],
        };
    }

    /// <summary>What an article differs in from the others of its product, by the row's own words.</summary>
    public static IReadOnlyList<string> OptionsOf(FeedRow row) => [.. Named(row, new string?[Layout.Options.Count]).Select(option => option.Value)];

    /// <param name="names">Of the options, as the product's first row has them.</param>
    private static IEnumerable<(string Name, string Value)> Named(FeedRow row, string?[] names) => Layout
        .Options.Zip(names, (option, name) => (Name: name ?? row.Text(option.Name) ?? "", Value: row.Text(option.Value)))
        .Append((Name: "", Value: row.Text(Layout.VariantName)))
        .Where(option => option.Value is not null && !option.Value.Equals("Default Title", StringComparison.OrdinalIgnoreCase)
            && option.Name != "Title")
        .Select(option => (option.Name, option.Value!));

    public static bool SellsBelowZero(FeedRow row) =>
        row.Text(Layout.Oversell)?.ToLowerInvariant() is "continue" or "1" or "notify" or "true" or "yes" or "allow";

    private static Money? Price(FeedRow row)
    {
        var currency = row.Table.Reading.Currency;
        var sale = row.Amount(Layout.SalePrice, currency);
        var now = row.Table.Reading.ReadAt;
        var isOn = (row.Moment(Layout.SaleFrom).Value ?? now) <= now && (row.Moment(Layout.SaleUntil).Value ?? now) >= now;
        return sale is { Value: { } low } && isOn ? low
            : sale.Unreadable is not null ? null
            : row.Amount(Layout.Price, currency) is { Value: { Minor: >= 0 } price } ? price : null;
    }

    /// <summary>
    /// Where the column of trackers is empty nothing is counted, and the number beside it means nothing: the article can be bought. A policy
    /// "continue" sells below zero. A stock that is empty or cannot be read is unknown, whatever the policy says.
    /// </summary>
    private static (int? OnHand, bool? IsAvailable) Stock(FeedRow row, Values.Cell<int> quantity)
    {
        if (row.Has(Layout.Tracker) && row.Text(Layout.Tracker) is null)
        {
            return (null, true);
        }

        var continues = SellsBelowZero(row);
        if (quantity.Value is { } pieces)
        {
            return (Math.Max(0, pieces), pieces > 0 || continues);
        }

        if (quantity.Unreadable is null && row.Text(Layout.InStock) is { } said)
        {
            return said.ToLowerInvariant() switch
            {
                "1" or "yes" or "true" or "instock" or "in stock" => (null, true),
                "0" or "no" or "false" or "outofstock" or "out of stock" => continues ? (0, true) : (null, false),
                "backorder" or "onbackorder" or "on backorder" => (0, true),
                _ => (null, null),
            };
        }

        if (quantity.Unreadable is null && row.Has(Layout.Quantity))
        {
            row.TellEmpty(
                Layout.Quantity,
                "and where no file of stock counts the article, its stock is unknown: a question about it goes to a person."
            );
        }

        return (null, null);
    }
}
