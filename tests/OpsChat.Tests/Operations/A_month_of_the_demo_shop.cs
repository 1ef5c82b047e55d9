using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Operations;
using OpsChat.Operations.Briefings;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

/// <summary>
/// The demo shop's last four weeks, lived day by day. What each morning's briefing says is compared with its files as plain code reads them, up to
/// that morning and no further.
/// </summary>
public sealed partial class A_month_of_the_demo_shop
{
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur");
    private static readonly DateOnly s_first = new(2026, 10, 23), s_last = new(2026, 11, 20);

    [Fact]
    public void is_told_every_morning_as_its_files_say_it_was()
    {
        var (truth, calendar) = (new Files(Repository.DemoShop), new ShopCalendar(OpeningHours.Always(s_zone)));
        var settings = OperationsSettings.Default("MYR");
        var rows = new ShopHistoryFolder(Repository.DemoShop, new(s_zone, "MYR", null) { Calendar = calendar }).Read(null).Rows;
        var history = ShopHistory.Build(rows, calendar, "MYR");
        var (queue, said, wrong) = (AlertQueue.Empty, new Dictionary<string, int>(), new List<string>());
        for (var day = s_first; day <= s_last; day = day.AddDays(1))
        {
            var shop = history.AsOf(calendar.At(day, new(6, 0)));
            queue = QueueStep.Apply(queue, MonitorRun.Look(shop, MonitorSet.All, settings), settings, shop.Now).Queue;
            var briefing = MorningBriefing.Write(queue, [], calendar, "MYR", new(shop.Now.AddDays(-1)), calendar.At(day, new(7, 30)));

            wrong.AddRange(Shape(briefing, queue).Select(w => $"{day:d MMM} {w}"));
            var known = truth.AsOf(day);
            foreach (var alert in queue.Ranked.Where(a => a.CheckedAt == shop.Now && a.ClearLooks == 0))
            {
                foreach (var (monitor, what) in known.Untrue(alert))
                {
                    said[monitor] = said.GetValueOrDefault(monitor) + 1;
                    wrong.AddRange(what is null ? [] : [$"{day:d MMM} {what}: {alert.Headline}"]);
                }
            }

            wrong.AddRange(known.Unsaid(queue).Select(w => $"{day:d MMM} unsaid: {w}"));
        }

        string.Join('\n', wrong).Should().BeEmpty();
        said.Keys.Should().Contain(["order-stuck", "stock-runout", "reorder", "parcel-late", "parcel-no-scan", "stock-mismatch", "supplier-late", "order-check"]);
        said.Values.Sum().Should().BeGreaterThan(200, "else hardly anything was compared");
    }

    /// <summary>The head counts what follows, and the lines are the most pressing of the queue.</summary>
    private static IEnumerable<string> Shape(IReadOnlyList<string> briefing, AlertQueue queue)
    {
        var waiting = queue.Ranked.Where(a => a is { ClearLooks: 0, State: not AlertState.Snoozed and not AlertState.Acting }).ToList();
        var numbered = briefing.Skip(1).TakeWhile((line, i) => line.StartsWith($"{i + 1} ", StringComparison.Ordinal) && i < waiting.Count && i < 5).ToList();
        var head = Needs().Match(briefing[0]);
        if (briefing.Count > MorningBriefing.MostLines)
        {
            yield return "more lines than a phone shows";
        }

        if (!head.Success || int.Parse(head.Groups[1].Value, CultureInfo.InvariantCulture) != waiting.Count || numbered.Count != Math.Min(5, waiting.Count))
        {
            yield return $"{briefing[0]} beside {waiting.Count}";
        }

        if (head.Success && decimal.Parse(head.Groups[2].Value, NumberStyles.Number, CultureInfo.InvariantCulture)
            != waiting.Where(a => a.AtRisk.Currency == "MYR").Sum(a => a.AtRisk.Minor) / 100m)
        {
            yield return $"{briefing[0]} with another sum";
        }

        foreach (var (line, alert) in numbered.Zip(waiting).Where(n => !n.First.Contains(n.Second.Headline)))
        {
            yield return $"{line} instead of {alert.Headline}";
        }
    }

    /// <summary>What the files said by a morning. A day without an hour is over before it is known.</summary>
    private sealed class Known(Files files, DateOnly day)
    {
        private readonly DateTimeOffset _now = new(day.ToDateTime(new(6, 0)), TimeSpan.FromHours(8));

        /// <summary>Each figure of an alert that plain code can check: the monitor, and what is untrue or null.</summary>
        public IEnumerable<(string Monitor, string? What)> Untrue(Alert alert)
        {
            var (sku, supplier, headline) = (alert.Subject["sku"], alert.Subject["supplier"], alert.Headline);
            (string, string?) Says(bool isTrue, string what) => (alert.Monitor, isTrue ? null : what);
            if (alert.Monitor == "order-stuck" && alert.Subject["order"] is { } stuck)
            {
                yield return Says(IsWaiting(stuck), "the order has left, or is not paid");
            }
            else if (alert.Monitor == "stock-runout" && headline.Contains("is sold out"))
            {
                yield return Says(Available(sku!) <= 0, $"{Available(sku!)} are there");
            }
            else if (alert.Monitor == "stock-runout")
            {
                yield return Says(Available(sku!) > 0, "none is there");
            }
            else if (alert.Monitor == "reorder" && Position().Match(headline) is { Success: true } position)
            {
                var there = Math.Max(0, Available(sku!)) + Coming(sku!);
                yield return Says(int.Parse(position.Groups[1].Value, CultureInfo.InvariantCulture) == there, $"{there} are there and on order");
            }
            else if (alert.Monitor == "stock-mismatch" && Mismatch().Match(headline) is { Success: true } mismatch)
            {
                var (shown, there) = (Latest(files.Storefront, sku!), Available(sku!));
                yield return Says(mismatch.Groups[1].Value == $"{shown}" && mismatch.Groups[2].Value == $"{shown - there}", $"{shown} beside {there}");
            }
            else if (alert.Monitor == "parcel-late" && Late().Match(headline) is { Success: true } late)
            {
                var past = Past(alert.Subject["carrier"]!).ToList();
                yield return Says(late.Groups[1].Value == $"{past.Count}" && late.Groups[2].Value == $"{past.DefaultIfEmpty().Max()}",
                    $"{past.Count} are, by {past.DefaultIfEmpty().Max()} days");
            }
            else if (alert.Monitor == "parcel-no-scan" && alert.Subject["order"] is { } unseen)
            {
                yield return Says(files.Parcels.Where(p => p.Order == unseen && p.Shipped <= _now).ToList() is { Count: > 0 } rows
                    && rows.TrueForAll(r => !(r.Scanned <= _now)), "the carrier has scanned it, or there is no label");
            }
            else if (alert.Monitor == "supplier-late" && Overdue().Match(headline) is { Success: true } overdue)
            {
                // Which of the open ones are overdue is a question of statistics; how old they are is one of the file.
                var open = files.Supply.Where(s => s.Supplier == supplier && s.Ordered < day && !(s.Received < day)).DistinctBy(s => s.Number).ToList();
                yield return Says(int.Parse(overdue.Groups[1].Value, CultureInfo.InvariantCulture) <= open.Count
                    && open.Exists(s => overdue.Groups[2].Value == $"{day.DayNumber - s.Ordered.DayNumber - 1}"),
                    $"{open.Count} are open, since {string.Join(", ", open.Select(s => s.Ordered))}");
            }
            else if (alert.Monitor == "order-check" && Total().Match(headline) is { Success: true } total)
            {
                yield return Says(files.Orders[alert.Subject["order"]!].Total == decimal.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture), "its total is another");
            }

            if (Sum().Match(headline) is { Success: true } sum)
            {
                decimal Part(int i) => decimal.Parse(sum.Groups[i].Value, NumberStyles.Number, CultureInfo.InvariantCulture);
                yield return Says(Part(1) * Part(2) == Part(3), "the sum is another");
            }
        }

        /// <summary>What stands in the files and no alert tells: an order that waits for five days and more.</summary>
        public IEnumerable<string> Unsaid(AlertQueue queue)
        {
            var told = queue.Ranked.Where(a => a.Monitor == "order-stuck").SelectMany(a => a.Children.Select(c => c.Subject["order"]).Append(a.Subject["order"])).ToHashSet();
            return files.Orders.Where(o => o.Value.Paid < _now.AddDays(-5) && IsWaiting(o.Key) && !told.Contains(o.Key)).Select(o => o.Key);
        }

        private bool IsWaiting(string order) => files.Orders[order] is var o && o.Paid <= _now && !(o.Shipped <= _now) && !(o.Cancelled <= _now)
            && !files.Parcels.Any(p => p.Order == order && p.Shipped <= _now);

        /// <summary>For each parcel of a carrier that is not there: days since its promise.</summary>
        private IEnumerable<int> Past(string carrier) => files.Parcels.Where(p => p.Carrier == carrier && p.Shipped <= _now && !(p.Delivered <= _now))
            .Select(p => p.Order).Distinct().Where(o => !(files.Orders[o].Cancelled <= _now) && !(files.Orders[o].Delivered <= _now) && files.Orders[o].Promised < day)
            .Select(o => day.DayNumber - files.Orders[o].Promised!.Value.DayNumber);

        private int Available(string sku) => Latest(files.Warehouse, sku);

        private int Latest(IEnumerable<(DateOnly Day, string Sku, int Pieces)> counts, string sku) =>
            counts.Where(c => c.Sku == sku && c.Day < day).MaxBy(c => c.Day).Pieces;

        private int Coming(string sku) => files.Supply.Where(s => s.Sku == sku && s.Ordered < day && !(s.Received < day)).Sum(s => s.Pieces);
    }

    /// <summary>The files, read by hand.</summary>
    private sealed class Files
    {
        public Files(string folder)
        {
            List<Dictionary<string, string>> Read(string file) => Table(File.ReadAllText(Path.Combine(folder, file)));
            Orders = Read("orders_export_1.csv").GroupBy(r => r["Name"]).ToDictionary(g => g.Key, g => g.First() is var r ? (
                Time(r["Paid at"]), Time(r["Fulfilled at"]), Time(r["Delivered at"]), Time(r.GetValueOrDefault("Cancelled at", "")), Day(r["Promised by"]),
                decimal.Parse(r["Total"], CultureInfo.InvariantCulture)) : default);
            Parcels = [.. Read("shipments.csv").Select(r => (r["Order"], r["Carrier"], Time(r["Shipped at"]), Time(r["Delivered at"]), Time(r["Scanned at"])))];
            Supply = [.. Read("purchase_orders.csv").Select(r => (r["PO Number"], r["Supplier"], r["SKU"], int.Parse(r["Quantity"], CultureInfo.InvariantCulture),
                Day(r["Ordered at"])!.Value, Day(r["Received at"])))];
            Warehouse = [.. Read("inventory.csv").Select(Count)];
            Storefront = [.. Read("storefront-stock.csv").Select(Count)];
        }

        public Dictionary<string, (DateTimeOffset? Paid, DateTimeOffset? Shipped, DateTimeOffset? Delivered, DateTimeOffset? Cancelled, DateOnly? Promised, decimal Total)> Orders { get; }

        public List<(string Order, string Carrier, DateTimeOffset? Shipped, DateTimeOffset? Delivered, DateTimeOffset? Scanned)> Parcels { get; }

        public List<(string Number, string Supplier, string Sku, int Pieces, DateOnly Ordered, DateOnly? Received)> Supply { get; }

        public List<(DateOnly Day, string Sku, int Pieces)> Warehouse { get; }

        public List<(DateOnly Day, string Sku, int Pieces)> Storefront { get; }

        public Known AsOf(DateOnly day) => new(this, day);

        private static (DateOnly, string, int) Count(Dictionary<string, string> row) =>
            (Day(row["Date"])!.Value, row["SKU"], int.Parse(row["Available"], CultureInfo.InvariantCulture));

        private static DateTimeOffset? Time(string text) => text.Length == 0 ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

        private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

        /// <summary>Rows by the names of the header; cells may hold commas and line breaks between quotation marks.</summary>
        private static List<Dictionary<string, string>> Table(string text)
        {
            var rows = Row().Matches(text.ReplaceLineEndings("\n")).Where(m => m.Length > 0).Select(m => Cell().Matches(m.Groups[1].Value)
                .Select(c => c.Groups[1].Success ? c.Groups[1].Value.Replace("\"\"", "\"") : c.Groups[2].Value).ToList()).ToList();
            return [.. rows.Skip(1).Select(r => rows[0].Zip(r).ToDictionary(c => c.First, c => c.Second))];
        }
    }

    [GeneratedRegex(@"((?:""(?:[^""]|"""")*""|[^""\n])*)\n")]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<=^|,)(?:""((?:[^""]|"""")*)""|([^"",]*))(?=,|$)")]
    private static partial Regex Cell();

    [GeneratedRegex(@" (\d+) needs? you, MYR ([\d,.]+) at risk")]
    private static partial Regex Needs();

    [GeneratedRegex(@": (\d+) in stock and on order")]
    private static partial Regex Position();

    [GeneratedRegex(@"storefront shows (\d+), (\d+) more")]
    private static partial Regex Mismatch();

    [GeneratedRegex(@": (\d+) parcels? past the promised day, the longest by (\d+) day")]
    private static partial Regex Late();

    [GeneratedRegex(@": (\d+) orders? (?:is|are) overdue, the oldest after (\d+) day")]
    private static partial Regex Overdue();

    [GeneratedRegex(@"its total is MYR ([\d.]+)")]
    private static partial Regex Total();

    [GeneratedRegex(@"(\d+) pieces? of .* from .* at ([\d,.]+\d) = MYR ([\d,.]+\d)")]
    private static partial Regex Sum();
}
