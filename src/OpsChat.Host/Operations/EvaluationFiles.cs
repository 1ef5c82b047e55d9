using System.Globalization;
using OpsChat.Operations.Evaluation;

namespace OpsChat.Host.Operations;

/// <summary>Reads the tables that the evaluation commands take.</summary>
static class EvaluationFiles
{
    /// <summary>
    /// A wide table (sku, then one column a day) or a long one (date, sku, and units or order lines). Empty cells are 0.
    /// </summary>
    public static DailySales Daily(string path)
    {
        var table = Open(path);
        var days = table.Columns.Where(c => Day(c) is not null).ToList();
        return days.Count > 0 ? Wide(table, days) : Long(table, path);
    }

    public static IReadOnlyList<PastDelivery> Deliveries(string path)
    {
        var table = Open(path);
        Require(table, path, "supplier", "ordered_on", "received_on");
        return
        [
            .. table
                .Rows.Where(r => r.Day("ordered_on") is not null)
                .Select(r => new PastDelivery(r["supplier"], r.Day("ordered_on")!.Value, r.Day("received_on"))),
        ];
    }

    /// <summary>Days on which customers bought.</summary>
    public static IReadOnlyList<PurchaseDay> Purchases(string path)
    {
        var table = Open(path);
        Require(table, path, "customer", "date");
        return [.. table.Rows.Where(r => r.Day("date") is not null).Select(r => new PurchaseDay(r["customer"], r.Day("date")!.Value))];
    }

    /// <summary>Returned lines; a day of sale that is empty is unknown.</summary>
    public static IReadOnlyList<PastReturn> Returns(string path)
    {
        var table = Open(path);
        Require(table, path, "sku", "sold_on", "returned_on");
        return
        [
            .. table
                .Rows.Where(r => r.Day("returned_on") is not null)
                .Select(r => new PastReturn(r["sku"], r.Day("sold_on"), r.Day("returned_on")!.Value)),
        ];
    }

    /// <summary>Daily rows of ad groups: day, ad_group, cost, conversions.</summary>
    public static IReadOnlyList<PastAdDay> Ads(string path)
    {
        var table = Open(path);
        string Column(params string[] names) =>
            names.FirstOrDefault(n => table.Column(n) >= 0) ?? throw new BadUseException($"{path}:1:1: There is no column {names[0]}.");
        var (day, group, cost, conversions) = (
            Column("day", "date"),
            Column("ad_group", "ad group", "adgroup"),
            Column("cost", "spend"),
            Column("conversions", "purchases")
        );
        return
        [
            .. table
                .Rows.Where(r => r.Day(day) is not null)
                .Select(r => new PastAdDay(r[group], r.Day(day)!.Value, Number(r[cost]), Number(r[conversions]))),
        ];
    }

    /// <summary>Orders with their promise, and from the items the seller's limit for handing over (the latest of an order's items).</summary>
    public static IReadOnlyList<PromisedOrder> Promised(string orders, string items)
    {
        var table = Open(orders);
        Require(table, orders, "order_id", "status", "approved_at", "carrier_at", "delivered_at", "estimated_at");
        var limits = Open(items).Rows.GroupBy(r => r["order_id"], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(r => Time(r["shipping_limit_at"])), StringComparer.Ordinal);
        return
        [
            .. table
                .Rows.Where(r =>
                    r["status"] is not ("canceled" or "unavailable")
                    && Time(r["estimated_at"]) is not null
                    && (Time(r["approved_at"]) ?? Time(r["purchased_at"])) is not null
                )
                .Select(r => new PromisedOrder(
                    (Time(r["approved_at"]) ?? Time(r["purchased_at"]))!.Value,
                    limits.GetValueOrDefault(r["order_id"]),
                    Time(r["carrier_at"]),
                    Time(r["delivered_at"]),
                    DateOnly.FromDateTime(Time(r["estimated_at"])!.Value),
                    r["customer_state"] is { Length: > 0 } state ? state : null
                )),
        ];
    }

    private static DailySales Wide(ExportTable table, List<string> columns)
    {
        var dated = columns.Select(c => (Day: Day(c)!.Value, Column: table.Column(c))).OrderBy(c => c.Day).ToList();
        var (first, length) = (dated[0].Day, dated[^1].Day.DayNumber - dated[0].Day.DayNumber + 1);
        var units = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var days = new double[length];
            foreach (var (day, column) in dated)
            {
                days[day.DayNumber - first.DayNumber] = Number(row[column]);
            }

            units[row["sku"]] = days;
        }

        return new(first, units);
    }

    private static DailySales Long(ExportTable table, string path)
    {
        Require(table, path, "date", "sku");
        var column = new[] { "units", "units_sold", "order_lines", "quantity" }.FirstOrDefault(c => table.Column(c) >= 0)
            ?? throw new BadUseException($"{path}:1:1: There is no column with units. Name it units.");
        var rows = table
            .Rows.Where(r => r.Day("date") is not null)
            .Select(r => (Day: r.Day("date")!.Value, Sku: r["sku"], Units: Number(r[column])))
            .ToList();
        var (first, last) = (rows.Min(r => r.Day), rows.Max(r => r.Day));
        var units = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var (day, sku, sold) in rows)
        {
            if (!units.TryGetValue(sku, out var days))
            {
                units[sku] = days = new double[last.DayNumber - first.DayNumber + 1];
            }

            days[day.DayNumber - first.DayNumber] += sold;
        }

        return new(first, units);
    }

    private static ExportTable Open(string path) =>
        ExportTable.Open(path) is { Exists: true } table ? table : throw new BadUseException($"There is no file {path}.");

    private static void Require(ExportTable table, string path, params string[] columns)
    {
        var missing = columns.Where(c => table.Column(c) < 0).ToList();
        if (missing.Count > 0)
        {
            throw new BadUseException(
                $"{path}:1:1: The {(missing.Count == 1 ? "column" : "columns")} {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} "
                    + "missing."
            );
        }
    }

    private static double Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Math.Max(0, number) : 0;

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateTime? Time(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
