using System.Text;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Operations.Ads;
using OpsChat.Operations.Fulfilment;
using OpsChat.Operations.History;
using OpsChat.Operations.Measures;
using OpsChat.Operations.Parcels;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Returns;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Host.Web.Exports;

/// <summary>
/// The tables of the console as files for a spreadsheet: <c>GET /owner/export/NAME.csv</c>, whole where the page shows the first rows; of
/// conversations the newest 10,000. Times are the shop's.
/// </summary>
static class TableExports
{
    private const int MostCases = 10_000;

    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        var tables = routes.MapGroup("/owner/export").RequireAuthorization(OwnerAccess.Policy);
        tables.MapGet("/stock.csv", (ShopTables shop, CancellationToken stop) => shop.WriteAsync("stock", Stock, stop));
        tables.MapGet("/purchase-list.csv", (ShopTables shop, CancellationToken stop) => shop.WriteAsync("purchase-list", ToOrder, stop));
        tables.MapGet("/parcels.csv", (ShopTables shop, CancellationToken stop) => shop.WriteAsync("parcels", Parcels, stop));
        tables.MapGet("/lateness.csv", (ShopTables shop, CancellationToken stop) => shop.WriteAsync("lateness", Lateness, stop));
        tables.MapGet("/suppliers.csv", (ShopTables shop, CancellationToken stop) => shop.WriteAsync("suppliers", Suppliers, stop));
        tables.MapGet("/returns.csv", (ShopTables shop, CancellationToken stop) => shop.WriteAsync("returns", Returns, stop));
        tables.MapGet("/ads.csv", (ShopTables shop, CancellationToken stop) => shop.WriteAsync("ads", Ads, stop));
        tables.MapGet("/stations.csv", (ShopTables shop, CancellationToken stop) => shop.WriteAsync("stations", Stations, stop));
        tables.MapGet("/data.csv", (ShopTables shop, CancellationToken stop) => shop.WriteFilesAsync(stop));
        tables.MapGet("/exceptions.csv", ExceptionsAsync);
        tables.MapGet("/kpi.csv", MeasuresAsync);
        tables.MapGet("/report.csv", ReportAsync);
        tables.MapGet("/report-days.csv", DaysAsync);
        tables.MapGet("/conversations.csv", CasesAsync);
    }

    /// <summary>With the mark by which spreadsheets know that it is UTF-8.</summary>
    internal static IResult File(string name, string[] columns, IEnumerable<object?[]> rows) =>
        Results.File(
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(CsvText.Of(columns, rows))],
            "text/csv; charset=utf-8",
            $"{name}.csv"
        );

    private static (string[], IEnumerable<object?[]>) Stock(ShopMoment shop, OperationsSettings settings) => (
        ["SKU", "Title", "Available", "Incoming", "Per day", "Days, 1 in 10", "Days, middle", "Days, 9 in 10", "Reorder point", "Supplier",
            "Lead days, middle", "Lead days, 9 in 10", "At risk", "Currency", "Instead"],
        StockTable.Of(shop, settings).Select(line => new object?[]
        {
            line.Sku, line.Title, line.Available, line.Incoming, line.RatePerDay, line.Cover.P10, line.Cover.P50, line.Cover.P90, line.ReorderPoint,
            line.Supplier, line.LeadDays.Q50, line.LeadDays.Q90, line.AtRisk.Major, line.AtRisk.Currency, string.Join(" ", line.Substitutes),
        })
    );

    private static (string[], IEnumerable<object?[]>) ToOrder(ShopMoment shop, OperationsSettings settings) =>
        ([.. PurchaseSheet.Columns], PurchaseSheet.Rows(PurchaseList.Of(shop, settings)).Select(row => row.ToArray()));

    private static (string[], IEnumerable<object?[]>) Parcels(ShopMoment shop, OperationsSettings settings) => (
        ["Carrier", "Order", "Tracking", "Shipped", "Last scan", "Promised", "Days past the promise"],
        from carrier in CarrierTable.Of(shop)
        from parcel in carrier.Open
        select new object?[] { carrier.Carrier, parcel.Order, parcel.Tracking, parcel.ShippedAt, parcel.LastScan, parcel.Promised, parcel.DaysPast }
    );

    private static (string[], IEnumerable<object?[]>) Lateness(ShopMoment shop, OperationsSettings settings)
    {
        var first = shop.Today.AddDays(-CarrierTable.Days);
        return (
            ["Carrier", "Day", "Share that came late"],
            from carrier in CarrierTable.Of(shop)
            from day in carrier.LateByDay.Select((share, i) => (Share: share, Day: first.AddDays(i)))
            select new object?[] { carrier.Carrier, day.Day, day.Share }
        );
    }

    private static (string[], IEnumerable<object?[]>) Suppliers(ShopMoment shop, OperationsSettings settings) => (
        ["Supplier", "Says, days", "Takes, 1 in 10", "Takes, middle", "Takes, 9 in 10", "Deliveries", "On time", "Open orders", "Contract until"],
        SupplierTable.Of(shop).Select(line => new object?[]
        {
            line.Supplier, line.Quoted, line.Q10, line.Q50, line.Q90, line.Received, line.OnTime, line.Open.Count, line.ContractUntil,
        })
    );

    private static (string[], IEnumerable<object?[]>) Returns(ShopMoment shop, OperationsSettings settings) => (
        ["SKU", "Title", $"Returns in {ReturnTable.Days} days", "Usual", "Why"],
        (ReturnTable.CannotTell(shop) is null ? ReturnTable.Of(shop, int.MaxValue) : []).Select(line => new object?[]
        {
            line.Sku, line.Title, line.Returned, line.Expected, string.Join(", ", line.Reasons.Select(why => $"{why.Count} {why.Reason}")),
        })
    );

    private static (string[], IEnumerable<object?[]>) Ads(ShopMoment shop, OperationsSettings settings) => (
        ["Group", "Campaign", "SKU", "A day", "A sale costs", "May cost", "Chance that a sale costs more than it may", "Currency"],
        AdGroups.Of(shop, settings).All.Select(group => new object?[]
        {
            group.Name, group.Campaign, group.Sku, group.PerDay(shop.Currency).Major,
            group.CostOfSale is { } each ? Major(each, shop) : group.Purchases is null ? "not counted" : null,
            group.Economics is { } money ? Major(money.Limit, shop) : null,
            group.OverLimit, shop.Currency,
        })
    );

    private static decimal Major(double minor, ShopMoment shop) => new Money((long)Math.Round(Math.Max(0, minor)), shop.Currency).Major;

    private static (string[], IEnumerable<object?[]>) Stations(ShopMoment shop, OperationsSettings settings) => (
        ["Station", "Shift", "Wrong", "Lines", "At the others' rate", "Times the others"],
        PackingErrors.Of(shop).Stations(settings.Alarms.Station).Select(station => new object?[]
        {
            station.Station, station.Shift, station.Errors, station.Picks, station.Expected, station.Ratio,
        })
    );

    private static async Task<IResult> ExceptionsAsync(string? owner, IStore store, CurrentPlaybooks known, CancellationToken stop) => File(
        "exceptions",
        ["What", "Monitor", "At risk", "Currency", "Decide by", "For", "State", "Since", "Id"],
        (await store.ReadAsync(session => session.Alerts.Queue(), stop)).Ranked
            .Where(alert => owner is null || alert.Owner == owner)
            .Select(alert => new object?[]
            {
                alert.Headline, alert.Monitor, alert.AtRisk.Major, alert.AtRisk.Currency,
                Local(AlertDue.Of(alert, known().Shop.Hours), known), alert.Owner, AlertWords.Of(alert.State), Local(alert.OpenedAt, known), alert.Id,
            })
    );

    private static async Task<IResult> MeasuresAsync(ShopTables shop, IStore store, CancellationToken stop)
    {
        var records = await AskDesk.RecordsAsync(store, stop);
        return await shop.WriteAsync("kpi", (moment, settings) => (
            ["Measure", "Days", "Value", "In words", "Formula", "From"],
            from days in new[] { 7, 30 }
            from measure in ShopMeasures.Of(moment, settings, records, days)
            select new object?[] { measure.Name, days, measure.Value, measure.Shown, measure.Formula, measure.Needs }
        ), stop);
    }

    private static async Task<IResult> ReportAsync(int? days, string? playbook, ReportReader reports, CancellationToken stop)
    {
        var report = await reports.ReadAsync(Days(days), stop, playbook);
        return File(
            "report",
            ["Playbook", "Version", "Share", "Cases", "Answered", "Wrong", "Rate", "Low", "High", "Right", "Quiet", "Drafts judged", "Drafts wrong"],
            [
                Row("whole", "", report.Percentage, report.Whole),
                .. report.Playbooks.SelectMany(one => one.Versions
                    .Select(version => Row(one.Playbook, version.Version, one.Percentage, version.Figures))
                    .Prepend(Row(one.Playbook, "", one.Percentage, one.Figures))),
            ]
        );
    }

    private static object?[] Row(string playbook, string version, decimal share, ReportFigures of) =>
    [
        playbook, version, share, of.Cases, of.Answered.Cases, of.Answered.Wrong, of.Answered.Rate, of.Answered.Low, of.Answered.High,
        of.Right, of.Quiet, of.Drafts.Cases, of.Drafts.Wrong,
    ];

    private static async Task<IResult> DaysAsync(int? days, string? playbook, ReportReader reports, CancellationToken stop) => File(
        "report-days",
        ["Day", "Arm", "Cases", "Wrong", "Rate", "Cases so far", "Wrong so far", "Rate so far", "Low", "High"],
        (await reports.ReadAsync(Days(days), stop, playbook)).Days.Select(day => new object?[]
        {
            day.Date, day.Arm, day.Day.Cases, day.Day.Wrong, day.Day.Rate,
            day.SoFar.Cases, day.SoFar.Wrong, day.SoFar.Rate, day.SoFar.Low, day.SoFar.High,
        })
    );

    private static async Task<IResult> CasesAsync(
        [AsParameters] CaseQuery query,
        IStore store,
        CurrentPlaybooks known,
        TimeProvider time,
        HttpContext context,
        CancellationToken stop
    )
    {
        var (now, who) = (time.GetUtcNow(), context.ApproverOf().Name);
        var since = query.Since(known().Policy, now);
        var (_, cases) = await store.ReadAsync(session => query.Read(session, since, MostCases), stop);
        // Customers' words leave the console as a whole: who took them stands in the log.
        await store.WriteAsync(session => session.Audit.Append("export", who, "conversations", new { cases.Count }, now), stop);
        return File(
            "conversations",
            ["Conversation", "Playbook", "How it stands", "At", "Words"],
            cases.Select(one => new object?[] { one.Conversation.ToString(), one.Playbook, one.Stands, Local(one.At, known), one.Words })
        );
    }

    private static DateTimeOffset? Local(DateTimeOffset? at, CurrentPlaybooks known) =>
        at is { } moment ? TimeZoneInfo.ConvertTime(moment, known().Shop.Hours.Zone) : null;

    private static int Days(int? days) => Math.Clamp(days ?? ReportReader.DefaultDays, 1, ReportReader.MostDays);
}
