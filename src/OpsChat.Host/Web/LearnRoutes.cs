using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Storage;
using static OpsChat.Host.Web.FormEnd;

namespace OpsChat.Host.Web;

/// <param name="Verb"><c>take</c>, <c>change</c> or <c>refuse</c>.</param>
/// <param name="Reason">For <c>refuse</c>: why; null for none.</param>
/// <param name="Confirm">Pinned answers may change.</param>
sealed record PostedProposal(string? Verb, string? Reason, bool Confirm = false);

/// <summary>A form of the learning pages; what a browser did not post is null.</summary>
sealed record ProposalForm : PostedForm
{
    public string? Id { get; init; }
    public string? Verb { get; init; }
    public string? Reason { get; init; }
    public string? Confirm { get; init; }
}

/// <summary>What people's corrections propose: over HTTP, and what the console's pages post.</summary>
static class LearnRoutes
{
    public const string Home = "/owner/learn";

    public static void MapLearn(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/learn").RequireAuthorization(OwnerAccess.Policy);
        api.MapGet("", ListAsync);
        api.MapPost("/look", LookAsync).Needs(Right.Serve);
        api.MapGet("/{id}", OneAsync);
        api.MapPost("/{id}", DecideAsync).Needs(Right.EditFiles);
        var pages = routes
            .MapGroup(Home)
            .RequireAuthorization(OwnerAccess.Policy)
            .AddEndpointFilter(OwnerForms.RefuseEmptyAsync)
            .AddEndpointFilter(OwnerForms.TellTroubleAsync);
        pages.MapPost("/look", LookAgainAsync).Needs(Right.Serve);
        pages.MapPost("/decide", PostedAsync).Needs(Right.EditFiles);
    }

    public static string PathOf(string id) => $"{Home}/{Uri.EscapeDataString(id)}";

    private static async Task<IResult> ListAsync(LearnDesk desk, CancellationToken cancellationToken) =>
        Results.Json(await ShownAsync(desk, cancellationToken));

    private static async Task<IResult> LookAsync(LearnDesk desk, CancellationToken cancellationToken)
    {
        await desk.LookAsync(LearnDesk.LooksBack, cancellationToken);
        return Results.Json(await ShownAsync(desk, cancellationToken));
    }

    private static async Task<object> ShownAsync(LearnDesk desk, CancellationToken cancellationToken)
    {
        List<object> proposals = [];
        foreach (var it in await desk.OpenAsync(cancellationToken))
        {
            proposals.Add(LearnJson.Of(it, it.Proposal is null ? null : await desk.TextAsync(it.Proposal, cancellationToken)));
        }

        return new { proposals };
    }

    private static async Task<IResult> OneAsync(string id, LearnDesk desk, IStore store, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(session => session.Proposals.Find(id), cancellationToken) is not { } it)
        {
            return Problems.Error(StatusCodes.Status404NotFound, "There is no such proposal.");
        }

        var text = it.Proposal is null ? null : await desk.TextAsync(it.Proposal, cancellationToken);
        return Results.Json(LearnJson.Of(it, text, text is null ? null : await desk.ReplayAsync(text, DraftDesk.LooksBack, cancellationToken)));
    }

    private static async Task<IResult> DecideAsync(string id, PostedProposal posted, LearnDesk desk, HttpContext context)
    {
        if (posted.Verb is not ("take" or "change" or "refuse"))
        {
            return Problems.Error(StatusCodes.Status400BadRequest, "verb must be take, change or refuse.");
        }

        if (!context.MayEditFiles())
        {
            return Problems.Error(StatusCodes.Status403Forbidden, "Only the owner changes playbooks.");
        }

        return await AnswerAsync(desk, id, posted.Verb, posted.Reason, posted.Confirm, context) switch
        {
            LearnAnswer.Taken taken => Results.Json(new { state = "taken", file = taken.File }),
            LearnAnswer.InTheEditor waiting => Results.Json(new { state = "changed", file = waiting.File }),
            LearnAnswer.Refused => Results.Json(new { state = "refused" }),
            LearnAnswer.Hindered hindered => Problems.Error(StatusCodes.Status422UnprocessableEntity, hindered.Why),
            _ => Problems.Error(StatusCodes.Status409Conflict, "It is decided already, or there is no such proposal."),
        };
    }

    private static async Task<IResult> LookAgainAsync([FromForm] ProposalForm? form, LearnDesk desk, FlashNote note, HttpContext context)
    {
        var open = await desk.LookAsync(LearnDesk.LooksBack, context.RequestAborted);
        return OwnerForms.Back(context, note, open.Count == 1 ? "Looked: 1 proposal." : $"Looked: {open.Count} proposals.", form?.Return ?? Home);
    }

    private static async Task<IResult> PostedAsync([FromForm] ProposalForm? form, LearnDesk desk, FlashNote note, HttpContext context)
    {
        if (!context.MayEditFiles())
        {
            return OwnerForms.Back(context, note, NotDone("Nothing was done: only the owner changes playbooks."), Home);
        }

        var id = form?.Id ?? "";
        return await AnswerAsync(desk, id, form?.Verb ?? "", form?.Reason, form?.Confirm is "yes", context) switch
        {
            LearnAnswer.Taken taken => OwnerForms.Back(
                context,
                note,
                $"Taken: {taken.File} is saved and in force. Its first answers are spot-checked.",
                Home
            ),
            LearnAnswer.InTheEditor waiting => OwnerForms.Back(
                context,
                note,
                "Change it as you like; nothing is saved yet.",
                FileForms.Edit(waiting.File)
            ),
            LearnAnswer.Refused => OwnerForms.Back(
                context,
                note,
                "Refused. It comes back only if twice as many conversations speak for it.",
                Home
            ),
            LearnAnswer.Hindered hindered => OwnerForms.Back(
                context,
                note,
                NotDone($"Nothing was done. {hindered.Why}"),
                $"{PathOf(id)}?hindered=1"
            ),
            _ => OwnerForms.Back(context, note, NotDone("Nothing was done: it is decided already."), Home),
        };
    }

    private static Task<LearnAnswer> AnswerAsync(LearnDesk desk, string id, string verb, string? reason, bool confirmed, HttpContext context)
    {
        var (who, stop) = (context.ApproverOf().Name, context.RequestAborted);
        return verb switch
        {
            "take" => desk.TakeAsync(id, who, confirmed, stop),
            "change" => desk.ChangeAsync(id, who, stop),
            "refuse" => desk.RefuseAsync(id, who, reason, stop),
            _ => Task.FromResult<LearnAnswer>(new LearnAnswer.Hindered("The form did not say what to do.")),
        };
    }
}
