using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;
using static OpsChat.Host.Web.FormEnd;

namespace OpsChat.Host.Web;

/// <summary>What the console's forms post. Each carries an anti-forgery token, is done once, and sends the browser back to a page.</summary>
static class OwnerForms
{
    private const string Home = "/owner";

    public static void MapOwnerForms(this IEndpointRouteBuilder routes)
    {
        var owner = routes
            .MapGroup(Home)
            .RequireAuthorization(OwnerAccess.Policy)
            .Needs(Right.Serve)
            .AddEndpointFilter(RefuseEmptyAsync)
            .AddEndpointFilter(TellTroubleAsync);
        owner.MapPost("/approvals/decide", ApprovalForms.DecideAsync);
        owner.MapPost("/approvals/arrival", ApprovalForms.ArrivalAsync);
        owner.MapPost("/handoffs/answer", ReplyForms.AnswerAsync);
        owner.MapPost("/handoffs/dismiss", ReplyForms.DismissAsync);
        owner.MapPost("/conversations/reply", ReplyForms.ReplyAsync);
        owner.MapPost("/conversations/give-back", ReplyForms.GiveBackAsync);
        owner.MapPost("/notices/seen", SeenAsync);
        owner.MapPost("/todos/done", DoneAsync);
        owner.MapPost("/undo", UndoAsync);
        owner.MapPost("/spot-checks/judge", JudgeAsync);
        owner.MapPost("/translations/decide", TranslateAsync).Needs(Right.Publish);
        // Staff may pause; for all else the form asks for more.
        owner.MapPost("/rollout", RolloutAsync);
    }

    /// <summary>A form without any field that is known is bound to nothing at all.</summary>
    internal static async ValueTask<object?> RefuseEmptyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.Arguments.Any(argument => argument is null)
            ? Problems.Error(
                StatusCodes.Status400BadRequest,
                "The form was empty, so nothing was done. Go back, and use a button of the page."
            )
            : await next(context);

    /// <summary>When the store refuses, the browser goes back to its page with a sentence, where what was typed is still there; a script is told
    /// in its own terms.</summary>
    internal static async ValueTask<object?> TellTroubleAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (StoreException trouble)
            when (!context.HttpContext.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase))
        {
            var note = context.HttpContext.RequestServices.GetRequiredService<FlashNote>();
            return Back(
                context.HttpContext,
                note,
                NotDone($"Nothing was done: {trouble.Message}"),
                context.Arguments.OfType<PostedForm>().FirstOrDefault()?.Return
            );
        }
    }

    private static async Task<IResult> SeenAsync([FromForm] ItemForm form, IStore store, TimeProvider time, FlashNote note, HttpContext context)
    {
        await store.WriteAsync(session => session.Notices.SetSeen(form.Id ?? "", time.GetUtcNow()), context.RequestAborted);
        return Back(context, note, null, form.Return);
    }

    private static async Task<IResult> TranslateAsync([FromForm] TranslationForm form, TranslationDesk desk, FlashNote note, HttpContext context)
    {
        var who = context.ApproverOf();
        var answer = form.Verb == "take"
            ? await desk.TakeAsync(form.Id ?? "", form.Text is { Length: > 0 } text ? Lines(text) : null, who, context.RequestAborted)
            : await desk.RejectAsync(form.Id ?? "", who, context.RequestAborted);
        return Back(context, note, answer switch
        {
            TranslationAnswer.Done done => done.Sentence,
            TranslationAnswer.NotAllowed no => NotDone($"Nothing was done. {no.Why}"),
            TranslationAnswer.Refused refused => NotDone($"Nothing was done. {refused.Why}"),
            _ => NotDone("Nothing was done: there is no such translation."),
        }, form.Return);
    }

    private static async Task<IResult> UndoAsync([FromForm] ItemForm form, Undoing undoing, FlashNote note, HttpContext context) =>
        Back(context, note, await undoing.DoAsync(form.Id ?? "", context.ApproverOf(), context.RequestAborted), form.Return);

    private static async Task<IResult> DoneAsync(
        [FromForm] ItemForm form,
        IStore store,
        TimeProvider time,
        Undoing undoing,
        FlashNote note,
        HttpContext context
    )
    {
        var (approver, id) = (context.ApproverOf(), form.Id ?? "");
        var who = approver.Name;
        var done = await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            var ticked = session.ToDos.Done(form.Id ?? "", who, now);
            if (ticked)
            {
                session.Audit.Append("todo", who, form.Id!, new { Verb = "done" }, now);
                Forgetting.ToDoIsDone(session, form.Id!, now);
            }

            return ticked;
        }, context.RequestAborted);
        var undo = done ? await undoing.KeepAsync(approver, new UndoStep.ToDoDone(id), context.RequestAborted) : null;
        return Back(context, note, new FormEnd(done ? "Ticked off." : "This was ticked off already.", true, undo), form.Return);
    }

    private static async Task<IResult> JudgeAsync([FromForm] JudgementForm form, SpotCheckDesk desk, FlashNote note, HttpContext context)
    {
        var kind = KindOf(form.Found);
        if (kind is null && form.Found != "right")
        {
            return Back(context, note, NotDone("Nothing was kept: say right, or what was wrong."), form.Return);
        }

        var kept = await desk.JudgeAsync(context.ApproverOf().Name, form.Case ?? "", form.Answer ?? "", kind, context.RequestAborted);
        return Back(context, note, kept ? (FormEnd?)null : NotDone("This answer was not drawn for a spot-check."), form.Return);
    }

    private static async Task<IResult> RolloutAsync(
        [FromForm] RolloutForm form,
        IStore store,
        CanaryConfigFile file,
        CurrentPlaybooks knowledge,
        TimeProvider time,
        FlashNote note,
        HttpContext context
    )
    {
        if (form.Verb != "pause" && !context.ApproverOf().May(Right.Steer))
        {
            return Back(
                context,
                note,
                NotDone("Nothing was changed: staff may pause the agent; an owner or an approver changes the rollout."),
                form.Return
            );
        }

        var (who, cancellationToken) = (context.ApproverOf().Name, context.RequestAborted);
        var desk = new RolloutDesk(store, file, knowledge, time, who);
        var playbook = string.IsNullOrEmpty(form.Playbook) ? null : form.Playbook;
        var said = form.Verb switch
        {
            "set" when form.Percentage is >= 0 and <= 100 => await desk.SetAsync(playbook, form.Percentage.Value, cancellationToken),
            "promote" => await desk.PromoteAsync(playbook, cancellationToken),
            "rollback" => await desk.RollBackAsync(playbook, cancellationToken),
            "begin-anew" => await desk.ResetAsync(playbook, cancellationToken),
            "pause" => await desk.PauseAsync(WhyOf(form) is { Length: > 0 } why ? $"{who}: {why}" : $"{who} paused it.", cancellationToken),
            "resume" => await desk.ResumeAsync(cancellationToken),
            "yes" => await desk.SayYesAsync(form.Question ?? "", cancellationToken),
            "no" => await desk.SayNoAsync(form.Question ?? "", cancellationToken),
            _ => RolloutAnswer.Refused("Nothing was changed: a percentage is a number from 0 to 100."),
        };
        return Back(context, note, new(said.Sentence, said.IsDone), form.Return);
    }

    /// <summary>A reason from the list, own words, or both.</summary>
    private static string WhyOf(RolloutForm form) => string.Join(": ", new[] { Lines(form.Reason), Lines(form.Why) }.Where(part => part.Length > 0));

    /// <summary>The box stands beside the sentences, and posts the digest of them.</summary>
    internal static Confirmation? Seen(string? confirm) => confirm is { Length: > 0 } digest ? new(digest) : null;

    internal static ErrorKind? KindOf(string? word) =>
        Enum.GetValues<ErrorKind>().Where(k => ConsoleWords.Kind(k) == word).Select(k => (ErrorKind?)k).FirstOrDefault();

    /// <summary>Browsers post line ends as CR LF; the shop's texts have LF.</summary>
    internal static string Lines(string? posted) => (posted ?? "").ReplaceLineEndings("\n").Trim();

    /// <summary>Only to a page of the owner's own: a form must not become a door to somewhere else.</summary>
    internal static IResult Back(HttpContext context, FlashNote note, FormEnd? end, string? to)
    {
        if (end is { } said)
        {
            note.Leave(context, said);
        }

        return Results.LocalRedirect(
            to is not null
            && (
                to == Home
                || to.StartsWith(Home + "/", StringComparison.Ordinal)
                || to.StartsWith(Home + "#", StringComparison.Ordinal)
                || to.StartsWith(Home + "?", StringComparison.Ordinal)
            )
                ? to
                : Home
        );
    }
}
