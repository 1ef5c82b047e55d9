using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Storage;
using static OpsChat.Host.Web.FormEnd;

namespace OpsChat.Host.Web;

/// <summary>What the console's operations pages post.</summary>
static class OperationsForms
{
    public static void MapOperationsForms(this IEndpointRouteBuilder routes)
    {
        var owner = routes.MapGroup("/owner").RequireAuthorization(OwnerAccess.Policy).Needs(Right.Serve);
        owner.MapPost("/alerts/move", MoveAsync);
        owner.MapPost("/alerts/act", ActAsync);
        owner.MapPost("/actions/decide", DecideAsync);
        owner.MapPost("/purchase-list/propose", ProposeAsync);
        owner.MapPost("/lanes/set", SetLaneAsync).Needs(Right.Steer);
        owner.MapPost("/lanes/stop", StopLanesAsync).Needs(Right.Steer);
    }

    private static async Task<IResult> MoveAsync(
        [FromForm] AlertForm? posted,
        OperationsDesk desk,
        TimeProvider time,
        Undoing undoing,
        FlashNote note,
        HttpContext context
    )
    {
        // A post without any of its fields is no form at all.
        var form = posted ?? new();
        var (now, words) = (time.GetUtcNow(), form.Words?.Trim() ?? "");
        AlertMove? move = form.Verb switch
        {
            "seen" => new AlertMove.MarkSeen(),
            "snooze" => new AlertMove.Snooze(now.AddDays(form.Days is > 0 and <= 90 ? form.Days.Value : 1)),
            "fixed" => new AlertMove.End(AlertEnd.Fixed),
            "no-problem" => new AlertMove.End(AlertEnd.NoProblem),
            "assign" when words.Length > 0 => new AlertMove.Assign(words),
            _ => null,
        };
        if (form.Verb == "note" && words.Length > 0)
        {
            return Back(
                context,
                note,
                await desk.NoteAsync(form.Id ?? "", context.ApproverOf().Name, words, now, context.RequestAborted)
                    ? "Noted."
                    : NotDone("There is no such alert."),
                form.Return
            );
        }

        var said = move is null ? NotDone("Nothing was done: the form did not say what to do.")
            : await desk.MoveAsync(form.Id ?? "", move, form.Revision, context.ApproverOf().Name, "", now, context.RequestAborted) switch
            {
                AlertMoveResult.Done { Alert.State: AlertState.Closed } => "Closed. It comes back when the data say so.",
                AlertMoveResult.Done { Alert: { State: AlertState.Snoozed, SnoozedUntil: { } until } } =>
                    $"Put off until {until:d MMM}, or until half more is at risk.",
                AlertMoveResult.Done => "Done.",
                AlertMoveResult.Changed => NotDone("Nothing was done: the alert has changed since you saw it. Look at it again."),
                AlertMoveResult.Refused refused => NotDone($"Nothing was done. {refused.Sentence}"),
                _ => NotDone("There is no such alert any more."),
            };
        if (said.IsDone && move is AlertMove.Snooze)
        {
            said = said with { Undo = await undoing.KeepAsync(context.ApproverOf(), new UndoStep.PutOff(form.Id ?? ""), context.RequestAborted) };
        }

        return Back(context, note, said, form.Return);
    }

    private static async Task<IResult> SetLaneAsync(
        [FromForm] AlertForm? posted, IStore store, CurrentOperations settings, TimeProvider time, FlashNote note, HttpContext context)
    {
        // A post without any of its fields is no form at all.
        var form = posted ?? new();
        var said =
            !Enum.TryParse<LaneAutonomy>(form.Verb, out var level) || !Enum.IsDefined(level)
                ? NotDone("Nothing was done: there is no such level.")
                : await store.WriteAsync(
                    session => LaneBook.Set(session, form.Id ?? "", level, context.ApproverOf().Name, settings(), time.GetUtcNow()),
                    context.RequestAborted
                ) switch
                {
                    LaneAnswer.Done done => $"“{LaneWords.Of(done.Now.Lane)}” goes as far as {level.ToString().ToLowerInvariant()} now.",
                    LaneAnswer.Refused refused => NotDone($"Nothing was done. {refused.Why}"),
                    _ => throw new InvalidOperationException("LaneAnswer is closed."),
                };
        return Back(context, note, said, form.Return);
    }

    private static async Task<IResult> StopLanesAsync(
        [FromForm] AlertForm? posted, IStore store, TimeProvider time, FlashNote note, HttpContext context)
    {
        var (form, who, now) = (posted ?? new(), context.ApproverOf().Name, time.GetUtcNow());
        var said = await store.WriteAsync(session =>
        {
            if (form.Verb == "lift")
            {
                return LaneStops.Lift(session, who, now) ? "The stop is lifted. Set each lane that is to act again."
                    : NotDone("The lanes are not stopped.");
            }

            LaneStops.Stop(session, $"{who} stopped them.", who, now);
            return "All lanes are stopped. What waits for your approval goes on waiting.";
        }, context.RequestAborted);
        return Back(context, note, said, form.Return);
    }

    private static async Task<IResult> ActAsync([FromForm] AlertForm? posted, ActionDesk desk, FlashNote note, HttpContext context)
    {
        // A post without any of its fields is no form at all.
        var form = posted ?? new();
        var said = ActionKinds.Of(form.Verb ?? "") is not { } kind
            ? NotDone("Nothing was done: there is no such action.")
            : InWords(
                await desk.ProposeAsync(form.Id ?? "", kind, context.ApproverOf().Name, context.RequestAborted),
                "It waits for your approval below."
            );
        return Back(context, note, said, form.Return);
    }

    private static async Task<IResult> DecideAsync([FromForm] ActionForm? posted, ActionDesk desk, FlashNote note, HttpContext context)
    {
        // A post without any of its fields is no form at all.
        var form = posted ?? new();
        var (who, cancellationToken) = (context.ApproverOf(), context.RequestAborted);
        var said = form.Verb switch
        {
            "approve" => InWords(
                await desk.DecideAsync(
                    who,
                    form.Id ?? "",
                    form.Hash ?? "",
                    true,
                    null,
                    cancellationToken,
                    confirmed: form.Confirm is { Length: > 0 } seen && seen == form.Hash
                ),
                "Approved: exactly this is to be done."
            ),
            "reject" => InWords(
                await desk.DecideAsync(who, form.Id ?? "", form.Hash ?? "", false, form.Words, cancellationToken),
                "Rejected."
            ),
            "done" => InWords(
                await desk.ReportAsync(form.Id ?? "", ShopActionState.Done, who.Name, null, cancellationToken),
                "Ticked off."
            ),
            "failed" => InWords(
                await desk.ReportAsync(form.Id ?? "", ShopActionState.Failed, who.Name, form.Words, cancellationToken),
                "Noted: it could not be done."
            ),
            "undo" => InWords(await desk.UndoAsync(form.Id ?? "", who.Name, cancellationToken), "Taken back."),
            _ => NotDone("Nothing was done: the form did not say what to do."),
        };
        return Back(context, note, said, form.Return);
    }

    /// <summary>The fields are one a supplier's article, named by its code.</summary>
    private static async Task<IResult> ProposeAsync([FromForm] IFormCollection form, HttpContext context, ActionDesk desk, FlashNote note)
    {
        var quantities = form.Where(f => f.Key.StartsWith("q:", StringComparison.Ordinal))
            .Select(f =>
                (
                    Sku: f.Key[2..],
                    Count: int.TryParse(f.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 1_000_000
                        ? count
                        : 0
                )
            )
            .ToDictionary(f => f.Sku, f => f.Count, StringComparer.Ordinal);
        var answer = await desk.ProposeListAsync(form["Supplier"].ToString(), quantities, context.ApproverOf().Name, context.RequestAborted);
        return Back(context, note, InWords(answer, "The order waits for your approval."), "/owner/exceptions#approvals");
    }

    private static FormEnd InWords(ActionAnswer answer, string done) => answer switch
    {
        ActionAnswer.Done { Now: { State: ShopActionState.Stopped, Result: { } why } } => NotDone($"Approved, but not passed on: {why}"),
        ActionAnswer.Done => done,
        ActionAnswer.Late late => NotDone($"Nothing was done. {late.Why}"),
        ActionAnswer.Confirm confirm =>
            NotDone($"Not approved yet. {string.Join(' ', confirm.Sentences)} Tick that you have looked at it, and approve again."),
        ActionAnswer.NotAllowed no => NotDone($"Nothing was done. {no.Why}"),
        ActionAnswer.Refused refused => NotDone($"Nothing was done. {refused.Why}"),
        _ => NotDone("Nothing was done: it is not there any more."),
    };

    private static IResult Back(HttpContext context, FlashNote note, FormEnd end, string? to)
    {
        note.Leave(context, end);
        return Results.LocalRedirect(to is not null && to.StartsWith("/owner/", StringComparison.Ordinal) ? to : "/owner/exceptions");
    }
}

sealed record AlertForm : PostedForm
{
    public string? Id { get; init; }
    public string? Verb { get; init; }
    public int? Revision { get; init; }
    public int? Days { get; init; }
    public string? Words { get; init; }
}

sealed record ActionForm : PostedForm
{
    public string? Id { get; init; }
    public string? Hash { get; init; }

    /// <summary>The hash of the content whose doubts were ticked; null when none were.</summary>
    public string? Confirm { get; init; }
    public string? Verb { get; init; }
    public string? Words { get; init; }
}
