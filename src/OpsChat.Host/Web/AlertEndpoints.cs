using System.Text.Json.Nodes;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Queue;
using OpsChat.Playbooks;
using OpsChat.Storage;
using static OpsChat.Host.Web.OperationsEndpoints;

namespace OpsChat.Host.Web;

/// <param name="To"><c>seen</c>, <c>snoozed</c>, <c>acting</c>, <c>closed</c>, or <c>assigned</c> with <paramref name="Owner"/>.</param>
/// <param name="Until">For <c>snoozed</c>.</param>
/// <param name="Reason">For <c>closed</c>: <c>fixed</c> or <c>no problem</c>; otherwise words to keep.</param>
/// <param name="Revision">That was shown; null does not compare.</param>
sealed record PostedAlertState(string? To, DateTimeOffset? Until, string? Reason, int? Revision, string? Owner);

sealed record PostedNote(string? Text);

/// <summary>Alerts, what is proposed for them, and how that ended.</summary>
static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alerts", ListAsync);
        api.MapGet("/alerts/{id}", ShowAsync);
        api.MapPost("/alerts/{id}/state", MoveAsync).Needs(Right.Serve);
        api.MapPost("/alerts/{id}/notes", NoteAsync).Needs(Right.Serve);
        api.MapPost("/alerts/{id}/actions/{kind}", ProposeAsync).Needs(Right.Serve);
        api.MapPost("/actions/{id}/undo", UndoAsync).Needs(Right.Serve);
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

    private static async Task<IResult> UndoAsync(string id, ActionDesk desk, HttpContext context) =>
        Answered(await desk.UndoAsync(id, context.ApproverOf().Name, context.RequestAborted), id);

    private static IResult NoAlert(string id) => Problems.Error(StatusCodes.Status404NotFound, $"There is no alert {id}.");
}
