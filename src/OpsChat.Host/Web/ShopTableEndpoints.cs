using System.Globalization;
using OpsChat.Agent;
using OpsChat.Operations.History;
using OpsChat.Operations.Measures;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;
using OpsChat.Storage;
using static OpsChat.Host.Web.OperationsEndpoints;

namespace OpsChat.Host.Web;

/// <summary>Tables of the shop: the briefing, answers to questions, measures, stock and what to order.</summary>
static class ShopTableEndpoints
{
    public static void MapShopTables(this IEndpointRouteBuilder api)
    {
        api.MapGet("/briefing", BriefingAsync);
        api.MapGet("/ask", AskAsync);
        api.MapGet("/kpi", KpiAsync);
        api.MapGet("/stock", StockAsync);
        api.MapGet("/purchase-list", PurchaseListAsync);
    }

    private static async Task<IResult> BriefingAsync(string? day, BriefingDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        if (day is null)
        {
            return Lines(await desk.ReadAsync(time.GetUtcNow(), cancellationToken));
        }

        return !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var of)
                ? Problems.Error(StatusCodes.Status400BadRequest, "A day is written like 2026-11-28.")
            : await desk.OfDayAsync(of, cancellationToken) is { } text ? Lines(text.Split('\n'))
            : Problems.Error(StatusCodes.Status404NotFound, $"No briefing went out on {day}.");
    }

    private static IResult Lines(IReadOnlyList<string> lines) => Results.Json(new { lines, text = string.Join('\n', lines) });

    private static async Task<IResult> AskAsync(string? q, AskDesk desk, CancellationToken cancellationToken) => string.IsNullOrWhiteSpace(q)
        ? Problems.Error(StatusCodes.Status400BadRequest, "Write the question: /api/ask?q=what runs out this week")
        : Json(AnswerJson.Of(await desk.AskAsync(q, null, cancellationToken)));

    private static async Task<IResult> KpiAsync(
        int? days,
        OperationsDesk desk,
        IStore store,
        CurrentOperations settings,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (days is < 1 or > 366)
        {
            return Problems.Error(StatusCodes.Status400BadRequest, "days is a number from 1 to 366.");
        }

        var now = time.GetUtcNow();
        var (moment, records) = (
            (await desk.ViewAsync(now, cancellationToken)).Moment(now),
            await AskDesk.RecordsAsync(store, cancellationToken)
        );
        return Json(
            MeasureJson.Of(
                (days is { } one ? [one] : new[] { 7, 30 }).Select(span => (span, ShopMeasures.Of(moment, settings(), records, span)))
            )
        );
    }

    private static async Task<IResult> StockAsync(
        string? sku,
        OperationsDesk desk,
        CurrentOperations settings,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var moment = await NowAsync(desk, time, cancellationToken);
        return Json(StockJson.Of(StockTable.Of(moment, settings(), sku), moment.Now));
    }

    private static async Task<IResult> PurchaseListAsync(
        string? supplier,
        OperationsDesk desk,
        CurrentOperations settings,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var moment = await NowAsync(desk, time, cancellationToken);
        return Json(
            StockJson.Of(
                PurchaseList
                    .Of(moment, settings())
                    .Where(p => supplier is null || string.Equals(p.Supplier, supplier, StringComparison.OrdinalIgnoreCase)),
                moment.Now
            )
        );
    }

    private static async Task<ShopMoment> NowAsync(OperationsDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return (await desk.ViewAsync(now, cancellationToken)).Moment(now);
    }
}
