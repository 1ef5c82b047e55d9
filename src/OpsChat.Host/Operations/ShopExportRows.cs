using System.Globalization;
using CsvHelper;
using OpsChat.Operations.History;
using OpsChat.ShopData;

namespace OpsChat.Host.Operations;

/// <summary>Reads a folder of exports into the rows of a history: files by their usual names, columns by their headers.</summary>
static class ShopExportRows
{
    public static ShopRows Read(string folder, ShopCalendar calendar, string currency)
    {
        var orders = ExportTable.Open(Path.Combine(folder, "orders.csv"));
        var shipments = ExportTable.Open(Path.Combine(folder, "shipments.csv"));
        var inventory = ExportTable.Open(Path.Combine(folder, "inventory.csv"));
        var storefront = ExportTable.Open(Path.Combine(folder, "storefront-stock.csv"));
        var products = ExportTable.Open(Path.Combine(folder, "products.csv"));
        var purchases = ExportTable.Open(Path.Combine(folder, "purchase_orders.csv"));
        var returns = ExportTable.Open(Path.Combine(folder, "returns.csv"));
        return new()
        {
            Orders = Orders(orders, calendar, currency),
            Parcels = Parcels(shipments, calendar),
            Stock = [.. Stock(inventory, calendar, false), .. Stock(storefront, calendar, true)],
            Products = Products(products, currency),
            SupplyOrders = Purchases(purchases, calendar, currency),
            Returns = Returns(returns, calendar, currency),
            Feeds = [.. new[]
            {
                (FeedKind.Orders, orders), (FeedKind.Shipments, shipments), (FeedKind.Inventory, inventory), (FeedKind.Storefront, storefront),
                (FeedKind.Products, products), (FeedKind.PurchaseOrders, purchases), (FeedKind.Returns, returns),
            }.Where(f => f.Item2.Exists).Select(f => new FeedState(f.Item1, f.Item2.File, null, null, null, null))],
        };
    }

    private static List<OrderRow> Orders(ExportTable table, ShopCalendar calendar, string currency)
    {
        var orders = new List<OrderRow>();
        foreach (var lines in table.Rows.GroupBy(r => r["Name"], StringComparer.Ordinal))
        {
            var first = lines.First();
            if (first.Time("Created at", calendar) is not { } placed)
            {
                continue;
            }

            var own = first["Currency"] is { Length: > 0 } named ? named : currency;
            orders.Add(new(
                lines.Key, placed, first.Time("Paid at", calendar) ?? (first["Financial Status"] == "paid" ? placed : null), first.Time("Cancelled at", calendar),
                first.Time("Fulfilled at", calendar), first.Time("Delivered at", calendar), null, first.Day("Promised by"),
                Money.FromMajor(first.Number("Total") ?? 0, own), first["Email"], first["Shipping Country"],
                [.. lines.Where(l => l["Lineitem sku"].Length > 0).Select(l => new SoldLine(
                    l["Lineitem sku"], (int)(l.Number("Lineitem quantity") ?? 1), l.Number("Lineitem price") is { } price ? Money.FromMajor(price, own).Minor : null))],
                first.Place));
        }

        return orders;
    }

    private static List<Parcel> Parcels(ExportTable table, ShopCalendar calendar)
    {
        var parcels = new List<Parcel>();
        foreach (var scans in table.Rows.GroupBy(r => (r["Order"], r["Tracking Number"])))
        {
            var first = scans.First();
            if (first.Time("Shipped at", calendar) is { } shipped)
            {
                parcels.Add(new(
                    first["Order"], first["Carrier"], first["Tracking Number"], shipped, scans.Select(s => s.Time("Delivered at", calendar)).FirstOrDefault(d => d is not null),
                    [.. scans.Select(s => s.Time("Scanned at", calendar)).OfType<DateTimeOffset>()], first.Place));
            }
        }

        return parcels;
    }

    private static IEnumerable<StockReading> Stock(ExportTable table, ShopCalendar calendar, bool isStorefront) => table.Rows
        .Where(r => r.Number("Available") is not null && r.Time("Date", calendar) is not null)
        .Select(r => new StockReading(
            r["SKU"], r["Location"], isStorefront, r.Time("Date", calendar)!.Value, (int)r.Number("Available")!.Value, (int?)r.Number("Incoming"), null, r.Place));

    private static List<ProductRow> Products(ExportTable table, string currency) => [.. table.Rows.Where(r => r["Variant SKU"].Length > 0).Select(r => new ProductRow(
        r["Variant SKU"], r["Title"], r["Type"], Amount(r, "Variant Price", currency), Amount(r, "Cost per item", currency), r["Vendor"] is { Length: > 0 } v ? v : null,
        (int?)r.Number("Pack size"), (int?)r.Number("MOQ"), Amount(r, "Contract price", currency), r["Variant Inventory Policy"] == "continue",
        r["Preorder"] is "true" or "yes", r["Status"] is "" or "active", r.Place))];

    private static List<SupplyOrder> Purchases(ExportTable table, ShopCalendar calendar, string currency)
    {
        var orders = new List<SupplyOrder>();
        foreach (var lines in table.Rows.GroupBy(r => (r["PO Number"], r["SKU"])))
        {
            var first = lines.First();
            if (first.Time("Ordered at", calendar) is { } ordered)
            {
                var quantity = (int)(first.Number("Quantity") ?? 0);
                orders.Add(new(
                    first["PO Number"], first["Supplier"], first["SKU"], quantity, ordered, first.Time("Expected at", calendar),
                    [.. lines.Where(l => l.Time("Received at", calendar) is not null)
                        .Select(l => new SupplyReceipt(l.Time("Received at", calendar)!.Value, (int)(l.Number("Received quantity") ?? quantity))).OrderBy(r => r.At)],
                    Amount(first, "Unit Cost", currency), first.Place));
            }
        }

        return orders;
    }

    private static List<ReturnLine> Returns(ExportTable table, ShopCalendar calendar, string currency) => [.. table.Rows
        .Where(r => r.Time("Requested at", calendar) is not null)
        .Select(r => new ReturnLine(
            r["Order"], r["Return"], r["SKU"], r["Reason"], 1, r.Time("Requested at", calendar)!.Value, r.Time("Received at", calendar), r.Time("Inspected at", calendar),
            Amount(r, "Amount", currency), r.Place))];

    private static Money? Amount(ExportRow row, string column, string currency) =>
        row.Number(column) is { } amount ? Money.FromMajor(amount, currency) : null;
}

/// <summary>A CSV file with a header line; empty when there is no such file.</summary>
sealed class ExportTable
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    private ExportTable(string file, bool exists) => (File, Exists) = (file, exists);

    public string File { get; }

    public bool Exists { get; }

    public List<ExportRow> Rows { get; } = [];

    public static ExportTable Open(string path)
    {
        var table = new ExportTable(Path.GetFileName(path), System.IO.File.Exists(path));
        if (!table.Exists)
        {
            return table;
        }

        var text = System.IO.File.ReadAllText(path);
        var header = text.AsSpan(0, text.IndexOf('\n') is >= 0 and var end ? end : text.Length);
        var separator = header.Contains('\t') ? '\t' : header.Count(';') > header.Count(',') ? ';' : ',';
        using var reader = CsvReader.FromText(text, CsvReaderOptions.Default with { HasHeader = false, Separator = separator });
        for (var line = 1; reader.Read(); line++)
        {
            var cells = reader.Current.ToArray();
            if (line == 1)
            {
                for (var i = 0; i < cells.Length; i++)
                {
                    table._columns.TryAdd(cells[i].Trim('\uFEFF', ' ', '\r'), i);
                }
            }
            else
            {
                table.Rows.Add(new(table, cells, line));
            }
        }

        return table;
    }

    public int Column(string name) => _columns.GetValueOrDefault(name, -1);

    public IEnumerable<string> Columns => _columns.OrderBy(c => c.Value).Select(c => c.Key);
}

/// <summary>One line of such a file.</summary>
sealed class ExportRow(ExportTable table, string[] cells, int line)
{
    private static readonly string[] Times = ["yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-dd HH:mm"];

    public RowPlace Place => new(table.File, line);

    public string this[string column] => table.Column(column) is >= 0 and var at && at < cells.Length ? cells[at].Trim() : "";

    public string this[int column] => column < cells.Length ? cells[column].Trim() : "";

    public decimal? Number(string column) =>
        decimal.TryParse(this[column], NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    public DateOnly? Day(string column) =>
        this[column] is { Length: >= 10 } text && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A time as written; a day by itself is its last second.</summary>
    public DateTimeOffset? Time(string column, ShopCalendar calendar)
    {
        var text = this[column];
        if (text.Length == 10)
        {
            return Day(column) is { } day ? calendar.End(day) : null;
        }

        // Numbers such as +0800 are written without a colon.
        var spelled = text.Length > 5 && text[^5] is '+' or '-' ? text[..^2] + ":" + text[^2..] : text;
        return DateTimeOffset.TryParseExact(spelled, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? text.Contains('+', StringComparison.Ordinal) || (text.Length > 5 && text[^5] == '-') ? at : calendar.At(DateOnly.FromDateTime(at.DateTime), TimeOnly.FromDateTime(at.DateTime))
            : null;
    }
}
