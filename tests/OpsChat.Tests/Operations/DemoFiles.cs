using System.Globalization;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

/// <summary>The demo shop's files as plain tables: what answers are checked against. Days are moved as the product moves them, so that the day for
/// which the files were written is today.</summary>
sealed class DemoFiles(DateOnly today)
{
    private static readonly DateOnly s_written = new(2026, 11, 20);

    public DateOnly Today => today;

    /// <summary>An order a row: the first one has its head.</summary>
    public IReadOnlyList<Dictionary<string, string>> Orders { get; } = [.. Read("orders_export_1.csv").Where(r => r["Total"].Length > 0)];

    public IReadOnlyList<Dictionary<string, string>> Items { get; } = Read("orders_export_1.csv");

    public IReadOnlyList<Dictionary<string, string>> Returns { get; } = Read("returns.csv");

    public IReadOnlyList<Dictionary<string, string>> Counts { get; } = Read("inventory.csv");

    public IReadOnlyList<Dictionary<string, string>> Supply { get; } = Read("purchase_orders.csv");

    public IReadOnlyList<Dictionary<string, string>> Ads { get; } = Read("ads.csv");

    public IReadOnlyList<Dictionary<string, string>> Scans { get; } = Read("shipments.csv");

    /// <summary>Orders that were placed on these days and not cancelled.</summary>
    public IEnumerable<Dictionary<string, string>> Kept(DateOnly from, DateOnly to) =>
        Orders.Where(r => r["Cancelled at"].Length == 0 && Day(r["Created at"]) is { } day && day >= from && day <= to);

    public IEnumerable<Dictionary<string, string>> ItemsOf(DateOnly from, DateOnly to)
    {
        var kept = Kept(from, to).Select(r => r["Name"]).ToHashSet();
        return Items.Where(r => kept.Contains(r["Name"]));
    }

    public double Pieces(DateOnly from, DateOnly to, params string[] skus) =>
        ItemsOf(from, to).Where(r => skus.Length == 0 || skus.Contains(r["Lineitem sku"])).Sum(r => Number(r["Lineitem quantity"]));

    public IEnumerable<Dictionary<string, string>> Refunded(DateOnly from, DateOnly to) =>
        Orders.Where(r => Day(r["Refunded at"]) is { } day && day >= from && day <= to);

    /// <summary>The newest count.</summary>
    public double Left(params string[] skus) =>
        skus.Sum(sku => Number(Counts.Where(r => r["SKU"] == sku).MaxBy(r => r["Date"], StringComparer.Ordinal)!["Available"]));

    /// <summary>Articles of which the newest count found nothing.</summary>
    public double Gone =>
        Counts.GroupBy(r => r["SKU"], StringComparer.Ordinal).Count(g => Number(g.MaxBy(r => r["Date"], StringComparer.Ordinal)!["Available"]) <= 0);

    public DateOnly Start(int months) => new DateOnly(today.Year, today.Month, 1).AddMonths(months);

    public DateOnly Monday(int weeks) => today.AddDays(-(((int)today.DayOfWeek + 6) % 7) + 7 * weeks);

    public DateOnly? Day(string cell) => cell.Length < 10 ? null
        : DateOnly.ParseExact(cell[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(today.DayNumber - s_written.DayNumber);

    public static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> Read(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.DemoShop, file)).Select(Cells).ToList();
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(c => c.First, c => c.Second))];
    }

    /// <summary>Commas part cells but for those within quotation marks; no cell of these files has a line break.</summary>
    private static List<string> Cells(string line)
    {
        var (cells, isQuoted) = (new List<string> { "" }, false);
        foreach (var letter in line)
        {
            isQuoted ^= letter == '"';
            if (letter == ',' && !isQuoted)
            {
                cells.Add("");
            }
            else if (letter != '"')
            {
                cells[^1] += letter;
            }
        }

        return cells;
    }
}
