using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using static OpsChat.Host.Web.FormEnd;

namespace OpsChat.Host.Web;

/// <summary>What the console's forms post. Each carries an anti-forgery token, is done once, and sends the browser back to a page.</summary>
static class OwnerForms
{
    private const string Home = "/owner";
    private static readonly FormEnd s_length = NotDone($"Nothing was sent: a reply has 1 to {PersonDesk.MostCharacters:N0} characters.");

    public static void MapOwnerForms(this IEndpointRouteBuilder routes)
    {
        var owner = routes
            .MapGroup(Home)
            .RequireAuthorization(OwnerAccess.Policy)
            .Needs(Right.Serve)
            .AddEndpointFilter(RefuseEmptyAsync)
            .AddEndpointFilter(TellTroubleAsync);
        owner.MapPost("/approvals/decide", DecideAsync);
        owner.MapPost("/approvals/arrival", ArrivalAsync);
        owner.MapPost("/handoffs/answer", AnswerAsync);
        owner.MapPost("/handoffs/dismiss", DismissAsync);
        owner.MapPost("/conversations/reply", ReplyAsync);
        owner.MapPost("/conversations/give-back", GiveBackAsync);
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

    private static async Task<IResult> DecideAsync([FromForm] DecisionForm form, ApprovalDesk desk, FlashNote note, HttpContext context)
    {
        if (VerbOf(form) is not { } verb)
        {
            return Back(context, note, NotDone("Nothing was done: the form did not say what to do."), form.Return);
        }

        var answer = await desk.DecideAsync(context.ApproverOf(), form.Id ?? "", form.Hash ?? "", verb, context.RequestAborted);
        return Back(context, note, InWords(answer), form.Return);
    }

    /// <summary>The box stands beside the sentences, and posts the digest of them.</summary>
    private static Confirmation? Seen(string? confirm) => confirm is { Length: > 0 } digest ? new(digest) : null;

    private static ApprovalVerb? VerbOf(DecisionForm form) => form.Verb switch
    {
        "approve" => new ApprovalVerb.Approve(Seen(form.Confirm)),
        "edit" => new ApprovalVerb.Edit(Lines(form.Text)),
        "reject" => new ApprovalVerb.Reject(KindOf(form.Kind) ?? ErrorKind.Incorrect, Lines(form.Reason)),
        "takeover" => new ApprovalVerb.TakeOver(),
        _ => null,
    };

    private static async Task<IResult> ArrivalAsync(
        [FromForm] DecisionForm form,
        IStore store,
        ArrivalDesk desk,
        FlashNote note,
        HttpContext context
    )
    {
        var (who, id, cancellationToken) = (context.ApproverOf(), form.Id ?? "", context.RequestAborted);
        var hash = await store.ReadAsync(session => session.Approvals.Find(id)?.Hash, cancellationToken);
        var said = form.Verb switch
        {
            _ when hash is null || hash != form.Hash => "Nothing was done: this reply has changed since you saw it.",
            "arrived" => await desk.ArrivedAsync(who, id, cancellationToken),
            "ask" => await desk.AskAsync(who, id, cancellationToken),
            "again" => await desk.SendAgainAsync(who, id, cancellationToken),
            _ => "Nothing was done: the form did not say what to do.",
        };
        return Back(context, note, said, form.Return);
    }

    private static FormEnd InWords(DeskAnswer answer) =>
        answer switch
        {
            DeskAnswer.Done { Now: { State: ApprovalState.Pending, Unconfirmed: { Count: > 0 } what } } =>
                $"The new text is saved and waits for approval. Look at it again: {string.Join(' ', what)}",
            DeskAnswer.Done { Now.State: ApprovalState.Pending } =>
                "The new text is saved and waits for approval. The old one can no longer be approved.",
            DeskAnswer.Done { Now.State: ApprovalState.Approved or ApprovalState.Sent } =>
                "Approved. Exactly this text goes to the customer.",
            DeskAnswer.Done { Now.State: ApprovalState.Rejected } =>
                "Rejected. The case waits among the drafts, and the customer is told that it takes longer.",
            DeskAnswer.Done { Now.State: ApprovalState.TakenOver } => "You have this conversation now; the agent is silent there.",
            DeskAnswer.Done done => $"The approval is {done.Now.State} now.",
            DeskAnswer.Late late => NotDone($"Nothing was done. {late.Why}"),
            DeskAnswer.Confirm confirm =>
                NotDone($"Not approved yet. {string.Join(' ', confirm.Step.Sentences)} Tick that you have looked at it, and approve again."),
            DeskAnswer.NotAllowed no => NotDone($"Nothing was done. {no.Why}"),
            DeskAnswer.Unusable unusable => NotDone($"Nothing was done. {unusable.Why}"),
            _ => NotDone("Nothing was done: there is no such approval."),
        };

    private static async Task<IResult> AnswerAsync([FromForm] AnswerForm form, IStore store, PersonDesk desk, FlashNote note, HttpContext context)
    {
        var text = Lines(form.Text);
        if (text.Length is 0 or > PersonDesk.MostCharacters)
        {
            return Back(context, note, s_length, form.Return);
        }

        var answer = await desk.AnswerAsync(
            context.ApproverOf(),
            form.Id ?? "",
            text,
            context.RequestAborted,
            confirmed: Seen(form.Confirm)
        );
        var handOff =
            answer is PersonAnswer.Nobody
                ? await store.ReadAsync(session => session.HandOffs.Find(form.Id ?? ""), context.RequestAborted)
                : null;
        return Back(
            context,
            note,
            answer switch
            {
                PersonAnswer.Sent => "Your reply is on its way.",
                PersonAnswer.Confirm confirm => InWords(confirm),
                PersonAnswer.NotAllowed no => NotDone($"Nothing was sent. {no.Why}"),
                _ => NotDone($"Nothing was sent: {(handOff?.ClosedBy is { } by ? $"{by} answered this already." : "this case no longer waits.")}"),
            },
            form.Return
        );
    }

    private static FormEnd InWords(PersonAnswer.Confirm confirm) =>
        NotDone($"Nothing was sent yet. {string.Join(' ', confirm.Step.Sentences)} Tick that you have looked at it, and send it again.");

    private static async Task<IResult> DismissAsync([FromForm] ItemForm form, PersonDesk desk, FlashNote note, HttpContext context) =>
        Back(context, note, await desk.DismissAsync(context.ApproverOf(), form.Id ?? "", context.RequestAborted)
            ? "Closed without an answer." : NotDone("Nothing was done: this case no longer waits."), form.Return);

    private static async Task<IResult> ReplyAsync(
        [FromForm] AnswerForm form,
        PersonDesk desk,
        Inbox.ShownTranslations shown,
        FlashNote note,
        HttpContext context
    )
    {
        var text = Lines(form.Text);
        if (!ConversationId.TryParse(form.Id, out var conversation) || text.Length is 0 or > PersonDesk.MostCharacters)
        {
            return Back(context, note, s_length, form.Return);
        }

        var answer = await desk.ReplyAsync(context.ApproverOf(), conversation, text, context.RequestAborted, Seen(form.Confirm));
        if (answer is PersonAnswer.Sent)
        {
            shown.Forget(context.ApproverOf().Name, conversation, Inbox.ShownTranslations.OwnWords);
        }

        return Back(context, note, answer switch
        {
            PersonAnswer.Confirm confirm => InWords(confirm),
            PersonAnswer.Sent => "Your reply is on its way. The agent is silent here for a while.",
            PersonAnswer.NotAllowed no => NotDone($"Nothing was sent. {no.Why}"),
            _ => NotDone("Nothing was sent: nobody has written there yet."),
        }, form.Return);
    }

    private static async Task<IResult> GiveBackAsync([FromForm] ItemForm form, PersonDesk desk, FlashNote note, HttpContext context)
    {
        if (ConversationId.TryParse(form.Id, out var conversation))
        {
            await desk.GiveBackAsync(context.ApproverOf(), conversation, context.RequestAborted);
        }

        return Back(context, note, "The agent answers here again.", form.Return);
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
        var undo = !done ? null : undoing.Keep(approver, async stop => await store.WriteAsync(session =>
        {
            var isOpen = session.ToDos.Reopen(id, who);
            if (isOpen)
            {
                session.Audit.Append("todo", who, id, new { Verb = "undo" }, time.GetUtcNow());
            }

            return isOpen;
        }, stop) ? "It waits among the tasks again." : "Nothing was undone: it is gone.");
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

    private static ErrorKind? KindOf(string? word) =>
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

/// <summary>A field that the browser did not post is null, and the page to go back to is then the queue.</summary>
abstract record PostedForm
{
    public string? Return { get; init; }
}

sealed record DecisionForm : PostedForm
{
    public string? Id { get; init; }
    public string? Hash { get; init; }
    public string? Verb { get; init; }
    public string? Text { get; init; }
    public string? Kind { get; init; }
    public string? Reason { get; init; }

    /// <summary>The digest of what has to be confirmed, when it was looked at.</summary>
    public string? Confirm { get; init; }
}

sealed record AnswerForm : PostedForm
{
    public string? Id { get; init; }
    public string? Text { get; init; }

    /// <summary>As in <see cref="DecisionForm"/>.</summary>
    public string? Confirm { get; init; }
}

sealed record ItemForm : PostedForm
{
    public string? Id { get; init; }
}

sealed record TranslationForm : PostedForm
{
    public string? Id { get; init; }

    /// <summary><c>take</c>; anything else rejects.</summary>
    public string? Verb { get; init; }
    public string? Text { get; init; }
}

sealed record JudgementForm : PostedForm
{
    public string? Case { get; init; }
    public string? Answer { get; init; }

    /// <summary><c>right</c>, or a kind of error.</summary>
    public string? Found { get; init; }
}

sealed record RolloutForm : PostedForm
{
    /// <summary><c>set</c>, <c>promote</c>, <c>rollback</c>, <c>pause</c>, <c>resume</c>, or <c>yes</c> and <c>no</c> to a question.</summary>
    public string? Verb { get; init; }

    /// <summary>The id of the question that is answered.</summary>
    public string? Question { get; init; }

    /// <summary>Empty for the whole.</summary>
    public string? Playbook { get; init; }
    public decimal? Percentage { get; init; }
    public string? Why { get; init; }

    /// <summary>For <c>pause</c>: one of the reasons that are offered.</summary>
    public string? Reason { get; init; }
}
