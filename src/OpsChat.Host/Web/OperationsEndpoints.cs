using Microsoft.AspNetCore.Mvc;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Measures;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Channels.Webhook;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <param name="To"><c>seen</c>, <c>snoozed</c>, <c>acting</c>, <c>closed</c>, or <c>assigned</c> with <paramref name="Owner"/>.</param>
/// <param name="Until">For <c>snoozed</c>.</param>
/// <param name="Reason">For <c>closed</c>: <c>fixed</c> or <c>no problem</c>; otherwise words to keep.</param>
/// <param name="Revision">That was shown; null does not compare.</param>
sealed record PostedAlertState(string? To, DateTimeOffset? Until, string? Reason, int? Revision, string? Owner);

sealed record PostedLane(string? Autonomy);

sealed record PostedNote(string? Text);

/// <param name="State"><c>done</c>, <c>failed</c> or <c>unknown</c>.</param>
sealed record PostedResult(string? State, string? Text, bool Critical = false);

/// <summary>Operations over HTTP, as the command line has them.</summary>
static class OperationsEndpoints
{
    public static void MapOperationsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireAuthorization(OwnerAccess.Policy);
        api.MapGet("/alerts", ListAsync);
        api.MapGet("/alerts/{id}", ShowAsync);
        api.MapPost("/alerts/{id}/state", MoveAsync).Needs(Right.Serve);
        api.MapPost("/alerts/{id}/notes", NoteAsync).Needs(Right.Serve);
        api.MapPost("/alerts/{id}/actions/{kind}", ProposeAsync).Needs(Right.Serve);
        api.MapGet("/briefing", BriefingAsync);
        api.MapGet("/ask", AskAsync);
        api.MapGet("/kpi", KpiAsync);
        api.MapGet("/stock", StockAsync);
        api.MapGet("/purchase-list", PurchaseListAsync);
        api.MapGet("/lanes", LanesAsync);
        api.MapPut("/lanes/{monitor}/{kind}", SetLaneAsync).Needs(Right.Steer);
        api.MapPut(
            "/lanes/{lane}",
            (string lane, PostedLane posted, IStore store, CurrentOperations settings, TimeProvider time, HttpContext context) =>
                SetAsync(Uri.UnescapeDataString(lane), posted, store, settings, time, context)
        ).Needs(Right.Steer);
        api.MapPost("/actions/{id}/undo", UndoAsync).Needs(Right.Serve);
        api.MapGet("/feeds", FeedsAsync);
        // Signed by the shop's own system, as its other calls are.
        routes.MapPost("/api/actions/{id}/result", ResultAsync);
        routes.MapPost("/api/feeds/{kind}", PostFeedAsync).WithMetadata(new RequestSizeLimitAttribute(PostedFeeds.MostBytes));
        routes.MapDelete("/api/feeds/{kind}", TakeFeedBackAsync);
    }

    private static async Task<IResult> ListAsync(
        string? state,
        string? owner,
        string? monitor,
        IStore store,
        CurrentPlaybooks known,
        CancellationToken cancellationToken
    )
    {
        if (state is not null and not "all" && !Enum.TryParse<AlertState>(state, ignoreCase: true, out _))
        {
            return Problems.Error(
                StatusCodes.Status400BadRequest,
                $"'{state}' is no state of an alert. Use open, seen, snoozed, acting, closed or all."
            );
        }

        var queue = await store.ReadAsync(session => session.Alerts.Queue(), cancellationToken);
        var alerts = (
            state is null
                ? queue.Ranked
                : [.. queue.Ranked, .. queue.Alerts.Values.Where(a => !a.IsOpen).OrderByDescending(a => a.ClosedAt)]
        )
            .Where(a => state is null or "all" || a.State.ToString().Equals(state, StringComparison.OrdinalIgnoreCase))
            .Where(a => owner is null || a.Owner.Equals(owner, StringComparison.OrdinalIgnoreCase))
            .Where(a => monitor is null || a.Monitor == monitor);
        var hours = known().Shop.Hours;
        return Json(new() { ["alerts"] = new JsonArray([.. alerts.Select(a => (JsonNode)AlertJson.Of(a, hours))]) });
    }

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

    private static async Task<IResult> ShowAsync(string id, IStore store, CurrentPlaybooks known, CancellationToken cancellationToken)
    {
        var (alert, events) = await store.ReadAsync(
            session => session.Alerts.Find(id) is { } found ? (found, session.Alerts.EventsOf(found.Id)) : (null, []),
            cancellationToken
        );
        if (alert is null)
        {
            return NoAlert(id);
        }

        var json = AlertJson.Of(alert, known().Shop.Hours);
        json["history"] = new JsonArray([
            .. events.Select(e =>
                (JsonNode)
                    new JsonObject
                    {
                        ["at"] = e.At.ToString("O"),
                        ["who"] = e.Who,
                        ["what"] = e.What,
                        ["text"] = e.Text,
                    }
            ),
        ]);
        return Json(json);
    }

    private static async Task<IResult> MoveAsync(
        string id,
        PostedAlertState posted,
        OperationsDesk desk,
        CurrentPlaybooks known,
        TimeProvider time,
        HttpContext context
    )
    {
        AlertMove? move = posted.To?.ToLowerInvariant() switch
        {
            "seen" => new AlertMove.MarkSeen(),
            "snoozed" when posted.Until is { } until => new AlertMove.Snooze(until),
            "acting" => new AlertMove.Act(),
            "assigned" when !string.IsNullOrWhiteSpace(posted.Owner) => new AlertMove.Assign(posted.Owner.Trim()),
            "closed" when AlertWords.EndOf(posted.Reason) is { } end => new AlertMove.End(end),
            _ => null,
        };
        if (move is null)
        {
            return Problems.Error(
                StatusCodes.Status400BadRequest,
                "An alert goes to seen, acting, snoozed (with until), assigned (with owner), or closed (with the reason fixed or no problem)."
            );
        }

        var hours = known().Shop.Hours;
        var words = move is AlertMove.End ? "" : posted.Reason ?? "";
        return await desk.MoveAsync(id, move, posted.Revision, context.ApproverOf().Name, words, time.GetUtcNow(), context.RequestAborted) switch
        {
            AlertMoveResult.Done done => Json(AlertJson.Of(done.Alert, hours)),
            AlertMoveResult.Changed changed => Json(
                new() { ["error"] = "The alert has changed since you saw it.", ["alert"] = AlertJson.Of(changed.Now, hours) },
                StatusCodes.Status409Conflict
            ),
            AlertMoveResult.Refused refused => Problems.Error(StatusCodes.Status400BadRequest, refused.Sentence),
            _ => NoAlert(id),
        };
    }

    private static async Task<IResult> NoteAsync(string id, PostedNote posted, OperationsDesk desk, TimeProvider time, HttpContext context)
    {
        if (posted.Text?.Trim() is not { Length: > 0 and <= 2000 } text)
        {
            return Problems.Error(StatusCodes.Status400BadRequest, "A note has 1 to 2,000 characters.");
        }

        return await desk.NoteAsync(id, context.ApproverOf().Name, text, time.GetUtcNow(), context.RequestAborted)
            ? Results.Json(new { noted = true })
            : NoAlert(id);
    }

    private static async Task<IResult> ProposeAsync(string id, string kind, ActionDesk desk, HttpContext context) => ActionKinds.Of(kind) is { } known
        ? Answered(await desk.ProposeAsync(id, known, context.ApproverOf().Name, context.RequestAborted), id)
        : Problems.Error(StatusCodes.Status400BadRequest, $"'{kind}' is no kind of action.");

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

    private static async Task<IResult> LanesAsync(
        IStore store,
        CurrentOperations settings,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (lanes, stop) = await store.ReadAsync(
            session => (LaneBook.Read(session, settings(), time.GetUtcNow()), LaneStops.Read(session)),
            cancellationToken
        );
        return Json(LaneJson.Of(lanes, stop));
    }

    private static Task<IResult> SetLaneAsync(
        string monitor,
        string kind,
        PostedLane posted,
        IStore store,
        CurrentOperations settings,
        TimeProvider time,
        HttpContext context
    ) => SetAsync($"{monitor}/{kind}", posted, store, settings, time, context);

    private static async Task<IResult> SetAsync(
        string lane,
        PostedLane posted,
        IStore store,
        CurrentOperations settings,
        TimeProvider time,
        HttpContext context
    )
    {
        if (!Enum.TryParse<LaneAutonomy>(posted.Autonomy, ignoreCase: true, out var autonomy) || !Enum.IsDefined(autonomy))
        {
            return Problems.Error(StatusCodes.Status400BadRequest, "The autonomy must be watch, recommend, approve or act.");
        }

        var who = context.ApproverOf().Name;
        return await store.WriteAsync(
            session => LaneBook.Set(session, lane, autonomy, who, settings(), time.GetUtcNow()),
            context.RequestAborted
        ) switch
        {
            LaneAnswer.Done done => Json(LaneJson.Of(done.Now)),
            LaneAnswer.Refused refused => Problems.Error(StatusCodes.Status422UnprocessableEntity, refused.Why),
            _ => throw new InvalidOperationException("LaneAnswer is closed."),
        };
    }

    private static async Task<IResult> UndoAsync(string id, ActionDesk desk, HttpContext context) =>
        Answered(await desk.UndoAsync(id, context.ApproverOf().Name, context.RequestAborted), id);

    private static async Task<IResult> FeedsAsync(OperationsDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var view = await desk.ViewAsync(time.GetUtcNow(), cancellationToken);
        var feeds = view.Moment(time.GetUtcNow()).FeedsNow();
        return Results.Json(
            new
            {
                feeds = feeds.Select(f => new
                {
                    kind = f.Kind.Word(),
                    file = f.File,
                    readAt = f.ReadAt,
                    newest = f.Newest,
                    rhythmHours = f.Rhythm?.TotalHours,
                    refusal = f.Refusal,
                }),
                files = view.Files.Select(f => new
                {
                    file = f.File,
                    holds = f.Holds,
                    platform = f.Platform,
                    rows = f.Rows,
                    leftOut = f.LeftOut,
                    inForce = f.IsInForce,
                }),
                findings = view.Findings.Select(f => new
                {
                    file = f.File,
                    line = f.Line,
                    column = f.Column,
                    problem = f.Problem,
                    remedy = f.Remedy,
                    isError = f.IsError,
                }),
            }
        );
    }

    private static async Task<IResult> ResultAsync(string id, HttpContext context, WebhookOptions options, ActionDesk desk, TimeProvider time)
    {
        var (body, refusal) = await ShopWebhook.SignedBodyAsync(context, options, time);
        if (refusal is not null)
        {
            return refusal;
        }

        var posted = ReadResult(body);
        ShopActionState? ended = posted?.State?.ToLowerInvariant() switch
        {
            "done" => ShopActionState.Done,
            "failed" => ShopActionState.Failed,
            "unknown" => ShopActionState.Unknown,
            _ => null,
        };
        return ended is { } state
            ? Answered(await desk.ReportAsync(id, state, "shop", posted!.Text, context.RequestAborted, posted.Critical), id)
            : Problems.Error(StatusCodes.Status400BadRequest, "The state must be done, failed or unknown.");
    }

    private static async Task<IResult> PostFeedAsync(string kind, HttpContext context, WebhookOptions options, PostedFeeds feeds, TimeProvider time)
    {
        var (body, refusal) = await ShopWebhook.SignedBodyAsync(context, options, time);
        if (refusal is not null)
        {
            return refusal;
        }

        return KeyOf(context) is not { } key ? s_noKey
            : await feeds.AcceptAsync(kind, key, body, context.RequestAborted) is { } problem
                ? Problems.Error(StatusCodes.Status400BadRequest, problem)
            : Results.Json(new { accepted = true }, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> TakeFeedBackAsync(
        string kind,
        HttpContext context,
        WebhookOptions options,
        PostedFeeds feeds,
        TimeProvider time
    )
    {
        var (_, refusal) = await ShopWebhook.SignedBodyAsync(context, options, time);
        return refusal is not null ? refusal
            : KeyOf(context) is not { } key ? s_noKey
            : await feeds.TakeBackAsync(kind, key, context.RequestAborted) ? Results.NoContent()
            : Problems.Error(StatusCodes.Status404NotFound, $"Nothing was posted as {kind} with that {WebhookSignature.KeyHeader}.");
    }

    private static readonly IResult s_noKey = Problems.Error(
        StatusCodes.Status400BadRequest,
        $"Send the header {WebhookSignature.KeyHeader} with a text of your own, so that a repeat can be known as one."
    );

    /// <summary>Null when there is none that can be one.</summary>
    private static string? KeyOf(HttpContext context) =>
        context.Request.Headers[WebhookSignature.KeyHeader].ToString() is { Length: > 0 and <= 128 } key ? key : null;

    private static PostedResult? ReadResult(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<PostedResult>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<ShopMoment> NowAsync(OperationsDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return (await desk.ViewAsync(now, cancellationToken)).Moment(now);
    }

    internal static IResult Answered(ActionAnswer answer, string id) => answer switch
    {
        ActionAnswer.Done done => Json(ActionJson.Of(done.Now)),
        ActionAnswer.Late late => Json(new() { ["error"] = late.Why, ["approval"] = ActionJson.Of(late.Now) }, StatusCodes.Status409Conflict),
        ActionAnswer.NotAllowed no => Problems.Error(StatusCodes.Status403Forbidden, no.Why),
        ActionAnswer.Refused refused => Problems.Error(StatusCodes.Status422UnprocessableEntity, refused.Why),
        _ => Problems.Error(StatusCodes.Status404NotFound, $"There is nothing like {id}."),
    };

    private static IResult NoAlert(string id) => Problems.Error(StatusCodes.Status404NotFound, $"There is no alert {id}.");

    private static IResult Json(JsonObject json, int status = StatusCodes.Status200OK) =>
        Results.Text(json.ToJsonString(WrittenJson.Options), "application/json", statusCode: status);
}
