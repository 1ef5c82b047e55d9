using OpsChat.Operations.History;
using OpsChat.ShopData.Products;
using OpsChat.ShopData.Tables;

namespace OpsChat.ShopData.History;

/// <summary>Counts of stock by place, and the catalogue with what it says of buying and storing.</summary>
internal static class StockHistory
{
    private static readonly Column s_committed = new("committed", "Committed", "Committed (not editable)");
    private static readonly Column s_cost = new("cost", "Cost per item", "Unit Cost", "Cost");
    private static readonly Column s_supplier = new("supplier", "Supplier", "Vendor");
    private static readonly Column s_pack = new("pack size", "Pack size", "Case Pack", "Pack");
    private static readonly Column s_minimum = new("smallest order", "MOQ", "Minimum order quantity");
    private static readonly Column s_contract = new("contract price", "Contract price");
    private static readonly Column s_preorder = new("pre-order", "Preorder", "Pre-order");

    public static IEnumerable<Column> Columns => [s_committed, s_cost, s_supplier, s_pack, s_minimum, s_contract, s_preorder];

    /// <summary>"not stocked" is no count; an empty cell is unknown and no count either. Negative counts stay: they are oversold.</summary>
    public static IReadOnlyList<StockReading> Counts(HistoryRows rows)
    {
        var isStorefrontFile = rows.Table.File.Contains("storefront", StringComparison.OrdinalIgnoreCase);
        var countings = new Dictionary<(string, DateTimeOffset), StockCounting>();
        var counts = new List<StockReading>();
        var times = new CountingTimes(rows);
        foreach (var row in rows.Table.Pass())
        {
            if (
                row.Text(InventoryFeed.Sku) is not null
                && !InventoryFeed.IsNotStocked(row)
                && row.Text(InventoryFeed.Available) is not null
                && Count(row, rows, times, Counting) is { } count
            )
            {
                counts.Add(count);
            }
        }

        return counts;

        StockCounting Counting(string place, DateTimeOffset at) => countings.TryGetValue((place, at), out var same) ? same
            : countings[(place, at)] =
                new(place, isStorefrontFile || place.Contains("storefront", StringComparison.OrdinalIgnoreCase), at, rows.Table.File);
    }

    private static StockReading? Count(
        FeedRow row, HistoryRows rows, CountingTimes times, Func<string, DateTimeOffset, StockCounting> counting)
    {
        var at = times.Of(row);
        if (at < rows.Table.Reading.StockFrom)
        {
            return null;
        }

        if (at is not { } counted || row.Count(InventoryFeed.Available).Value is not { } available)
        {
            rows.Table.LeaveOut(row, InventoryFeed.Date, InventoryFeed.Available);
            return null;
        }

        var place = row.Text(InventoryFeed.Place) ?? "";
        var incoming = InventoryFeed.IsNotStocked(row.Text(InventoryFeed.Incoming)) ? null : row.Count(InventoryFeed.Incoming).Value;
        return new(row.Text(InventoryFeed.Sku)!, counting(place, counted), available, incoming, row.Count(s_committed).Value, row.Line);
    }

    /// <summary>When rows were counted. Thousands of them in a row name the same day.</summary>
    private sealed class CountingTimes(HistoryRows rows)
    {
        private readonly bool _hasDates = rows.Table.Has(InventoryFeed.Date);
        private string? _text;
        private DateTimeOffset _at;

        public DateTimeOffset? Of(FeedRow row)
        {
            if (!_hasDates)
            {
                return rows.WrittenAt;
            }

            var text = row.Text(InventoryFeed.Date);
            if (text is not null && ReferenceEquals(text, _text))
            {
                return _at;
            }

            // What cannot be read is told of every row.
            if (rows.Past(row, InventoryFeed.Date) is not { } at)
            {
                return null;
            }

            (_text, _at) = (text, at);
            return at;
        }
    }

    /// <summary>The articles, and what customers are shown of their stock.</summary>
    public static ShopRows Catalogue(HistoryRows rows)
    {
        var layout = ProductsFeed.Layout;
        var (products, shown) = (new List<ProductRow>(), new List<StockReading>());
        var counting = new StockCounting("catalogue", IsStorefront: true, rows.WrittenAt, rows.Table.File);
        FeedRow? head = null;
        foreach (var row in rows.Table.Rows)
        {
            head = row.Text(layout.Title) is not null || head is null ? row : head;
            if (row.Text(layout.Sku) is not { } sku)
            {
                continue;
            }

            products.Add(Article(row, head, sku, rows.Currency));
            if (
                row.Text(layout.Quantity) is not null
                && (!row.Has(layout.Tracker) || row.Text(layout.Tracker) is not null)
                && row.Count(layout.Quantity).Value is { } quantity
            )
            {
                shown.Add(new(sku, counting, quantity, null, null, row.Line));
            }
        }

        return new() { Products = products, Stock = shown };
    }

    private static ProductRow Article(FeedRow row, FeedRow head, string sku, string currency)
    {
        var layout = ProductsFeed.Layout;
        string? Text(Column column) => row.Text(column) ?? head.Text(column);
        return new(
            sku,
            Text(layout.Title) ?? sku,
            Text(layout.Type) ?? "",
            row.Amount(layout.Price, currency).Value,
            row.Amount(s_cost, currency).Value,
            Text(s_supplier),
            row.Count(s_pack).Value,
            row.Count(s_minimum).Value,
            row.Amount(s_contract, currency).Value,
            ProductsFeed.SellsBelowZero(row),
            Text(s_preorder)?.ToLowerInvariant() is "true" or "yes" or "1",
            ProductsFeed.IsForSale(head),
            HistoryRows.PlaceOf(row)
        )
        {
            Options = ProductsFeed.OptionsOf(row),
        };
    }
}
