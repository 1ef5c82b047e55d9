using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Operations.Actions;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.ErrorLog;

namespace OpsChat.Host.Web;

/// <param name="Verb"><c>approve</c>, <c>edit</c>, <c>reject</c> or <c>takeover</c>.</param>
/// <param name="Hash">Of the content that was shown.</param>
/// <param name="Text">For <c>edit</c>: the new words.</param>
/// <param name="Reason">For <c>reject</c>: a kind of error, or words.</param>
/// <param name="Confirm">What the last answer said has to be confirmed is wanted all the same.</param>
/// <param name="Digest">As that answer gave it; without it, <paramref name="Confirm"/> is about what was said last.</param>
sealed record PostedDecision(string? Verb, string? Hash, string? Text, string? Reason, bool Confirm = false, string? Digest = null)
{
    public Confirmation? Confirmed => !Confirm ? null : Digest is null ? Confirmation.OfWhatWasShown : new(Digest);
}

/// <param name="Confirm">As in <see cref="PostedDecision"/>.</param>
/// <param name="Digest">As in <see cref="PostedDecision"/>.</param>
sealed record PostedReply(string? Text, bool Confirm = false, string? Digest = null)
{
    public Confirmation? Confirmed => !Confirm ? null : Digest is null ? Confirmation.OfWhatWasShown : new(Digest);
}

/// <param name="Verb"><c>take</c> or <c>reject</c>.</param>
/// <param name="Text">For <c>take</c>: the person's own words in its place; empty takes the translation as it is.</param>
sealed record PostedTranslation(string? Verb, string? Text);

/// <summary>The owner's side over HTTP, with a bearer token.</summary>
static class OwnerEndpoints
{
    private const int MostRows = 500;

    public static void MapOwnerApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireAuthorization(OwnerAccess.Policy);
        api.MapGet("/approvals", ListApprovalsAsync);
        api.MapPost("/approvals/{id}/decision", DecideAsync).Needs(Right.Serve);
        api.MapGet("/handoffs", ListHandOffsAsync);
        api.MapGet("/translations", ListTranslationsAsync);
        api.MapPost("/translations/{id}", DecideTranslationAsync).Needs(Right.Publish);
        api.MapPost("/conversations/{id}/reply", ReplyAsync).Needs(Right.Serve);
        api.MapGet("/traces/{messageId}", TraceAsync);
        api.MapGet("/report", ReportAsync);
        api.MapGet("/conversations", ConversationsEndpoint.ListAsync);
        api.MapGet("/events", ChangeStream.TellAsync);
        api.MapPost("/try", TryEndpoint.TryAsync).Needs(Right.Serve);
        api.MapGet("/errors", async (ErrorRateLog errors, CancellationToken cancellationToken) =>
            Results.Json(await errors.CatchUpAsync(cancellationToken))
        );
        api.MapGet("/errors/export", ExportAsync);
        api.MapPost("/errors/rebuild", async (ErrorRateLog errors, CancellationToken cancellationToken) =>
            Results.Json(await errors.RebuildAsync(cancellationToken))
        ).Needs(Right.Steer);
    }

    private static async Task<IResult> ReportAsync(int? days, ReportReader reports, CancellationToken cancellationToken) =>
        days is null or (>= 1 and <= ReportReader.MostDays)
            ? Results.Content(
                ReportJson.Write(await reports.ReadAsync(days ?? ReportReader.DefaultDays, cancellationToken)),
                "application/json"
            )
            : Problems.Error(StatusCodes.Status400BadRequest, $"days must be from 1 to {ReportReader.MostDays}.");

    /// <summary>The file as LiteDB's own tools read it; what lies on this disk meanwhile is gone when it was sent.</summary>
    private static async Task<IResult> ExportAsync(ErrorRateLog errors, OpsChatOptions options, CancellationToken cancellationToken)
    {
        var file = Path.Combine(options.Data, $"error-rates-{Guid.NewGuid():N}.export");
        await errors.ExportAsync(file, cancellationToken);
        return Results.Stream(
            new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None, 1 << 16, FileOptions.DeleteOnClose),
            "application/octet-stream",
            "error-rates.db"
        );
    }

    private static async Task<IResult> ListTranslationsAsync(TranslationDesk desk, CancellationToken cancellationToken) =>
        Results.Json(
            new
            {
                translations = (await desk.WaitingAsync(cancellationToken)).Select(row => new
                {
                    row.Id,
                    row.It.Playbook,
                    row.It.Version,
                    row.It.Language,
                    row.It.Original,
                    row.It.Text,
                    row.At,
                }),
            }
        );

    private static async Task<IResult> DecideTranslationAsync(string id, PostedTranslation posted, TranslationDesk desk, HttpContext context)
    {
        var who = context.ApproverOf();
        var answer = posted.Verb?.ToLowerInvariant() switch
        {
            "take" => await desk.TakeAsync(id, string.IsNullOrWhiteSpace(posted.Text) ? null : posted.Text, who, context.RequestAborted),
            "reject" => await desk.RejectAsync(id, who, context.RequestAborted),
            _ => new TranslationAnswer.Refused("The verb must be take (with text, to change it) or reject."),
        };
        return answer switch
        {
            TranslationAnswer.Done done => Results.Json(new { done = done.Sentence }),
            TranslationAnswer.NotAllowed no => Problems.Error(StatusCodes.Status403Forbidden, no.Why),
            TranslationAnswer.Refused refused => Problems.Error(StatusCodes.Status409Conflict, refused.Why),
            _ => Problems.Error(StatusCodes.Status404NotFound, $"There is no translation {id}."),
        };
    }

    private static async Task<IResult> ListApprovalsAsync(
        string? state,
        IStore store,
        CurrentPlaybooks knowledge,
        CancellationToken cancellationToken
    )
    {
        if (state is not null and not "all" && !Enum.TryParse<ApprovalState>(state, ignoreCase: true, out _))
        {
            return Problems.Error(
                StatusCodes.Status400BadRequest,
                $"'{state}' is no state of an approval. Use pending, approved, sent, stopped, rejected, expired or takenover."
            );
        }

        var hours = knowledge().Shop.Hours;
        ApprovalState? wanted = state is null or "all" ? null : Enum.Parse<ApprovalState>(state, ignoreCase: true);
        var (approvals, actions) = await store.ReadAsync(
            session =>
                (
                    session
                        .Approvals.List(wanted, MostRows)
                        .Select(a =>
                            Shown(a, CardRemarks.Of(session, a, hours), session.Pictures.OfCard(a.Conversation, a.CaseId, a.Turn))
                        )
                        .ToList(),
                    ActionsLike(session, wanted)
                ),
            cancellationToken
        );
        return Results.Json(new { approvals = approvals.Concat(actions.Select(ActionJson.Of)) });
    }

    /// <summary>Actions outside the chat in the state of that name; those of approvals that they do not have find none.</summary>
    private static IReadOnlyList<ShopAction> ActionsLike(UnitOfWork session, ApprovalState? wanted) =>
        wanted is null ? session.ShopActions.List(null, MostRows)
        : Enum.TryParse<ShopActionState>(wanted.ToString(), out var state) ? session.ShopActions.List(state, MostRows) : [];

    private static async Task<IResult> DecideAsync(string id, PostedDecision posted, ApprovalDesk desk, ActionDesk actions, HttpContext context)
    {
        if (ActionIds.IsOne(id))
        {
            return posted.Verb?.ToLowerInvariant() is "approve" or "reject"
                ? OperationsEndpoints.Answered(
                    await actions.DecideAsync(
                        context.ApproverOf(),
                        id,
                        posted.Hash ?? "",
                        posted.Verb.Equals("approve", StringComparison.OrdinalIgnoreCase),
                        posted.Reason,
                        context.RequestAborted,
                        posted.Confirm
                    ),
                    id
                )
                : Problems.Error(StatusCodes.Status400BadRequest, "An action is approved or rejected; ask for another one to change it.");
        }

        if (Verb(posted) is not { } verb)
        {
            return Problems.Error(
                StatusCodes.Status400BadRequest, "The verb must be approve, edit (with text), reject (with a reason), notneeded or takeover.");
        }

        return await desk.DecideAsync(context.ApproverOf(), id, posted.Hash ?? "", verb, context.RequestAborted) switch
        {
            DeskAnswer.Done done => Results.Json(Shown(done.Now)),
            DeskAnswer.Late late => Results.Json(new { error = late.Why, approval = Shown(late.Now) }, statusCode: StatusCodes.Status409Conflict),
            DeskAnswer.Confirm confirm => ToConfirm(confirm.Step),
            DeskAnswer.NotAllowed no => Problems.Error(StatusCodes.Status403Forbidden, no.Why),
            DeskAnswer.Unusable unusable => Problems.Error(StatusCodes.Status400BadRequest, unusable.Why),
            _ => Problems.Error(StatusCodes.Status404NotFound, $"There is no approval {id}."),
        };
    }

    internal static ApprovalVerb? Verb(PostedDecision posted) => posted.Verb?.ToLowerInvariant() switch
    {
        "approve" => new ApprovalVerb.Approve(posted.Confirmed),
        "edit" when posted.Text is not null => new ApprovalVerb.Edit(posted.Text, WhenConfirmed.First, posted.Confirmed),
        "notneeded" or "not needed" => new ApprovalVerb.NotNeeded(),
        "reject" => Enum.TryParse<ErrorKind>(posted.Reason, ignoreCase: true, out var kind)
            ? new ApprovalVerb.Reject(kind, "") : new ApprovalVerb.Reject(ErrorKind.Incorrect, posted.Reason ?? ""),
        "takeover" or "take over" => new ApprovalVerb.TakeOver(),
        _ => null,
    };

    /// <summary>Nothing was done; the same request with <c>confirm: true</c> does it, as long as these are the sentences.</summary>
    private static IResult ToConfirm(SecondStep step) =>
        Results.Json(
            new
            {
                error = $"This has to be confirmed: {string.Join(' ', step.Sentences)}",
                confirm = step.Sentences,
                digest = step.Digest,
            },
            statusCode: StatusCodes.Status422UnprocessableEntity
        );

    private static async Task<IResult> ListHandOffsAsync(IStore store, CancellationToken cancellationToken)
    {
        var handOffs = await store.ReadAsync(
            session =>
                session
                    .HandOffs.List(HandOffState.Open, MostRows)
                    .Select(h => (h, session.Pictures.OfCard(h.Conversation, h.CaseId, h.Turn)))
                    .ToList(),
            cancellationToken
        );
        return Results.Json(new { handoffs = handOffs.Select(card => Shown(card.h, card.Item2)) });
    }

    private static object Shown(HandOff h, IReadOnlyList<Picture> pictures) =>
        new
        {
            id = h.Id,
            conversation = h.Conversation.ToString(),
            customer = h.Conversation.Customer,
            customerWords = h.CustomerWords,
            pictures = pictures.Select(PictureEndpoints.OwnersPath),
            suggestion = h.Suggestion,
            confidence = h.Confidence,
            alternatives = h.Alternatives.Select(other => new
            {
                playbook = other.Playbook,
                confidence = other.Confidence,
                text = other.Text,
            }),
            reasons = h.Reasons.Select(GateReasonText.NameOrSentence),
            order = h.Order is { } order
                ? new
                {
                    number = order.Number,
                    proven = order.IsProven,
                    facts = order.Facts.Select(f => new
                    {
                        name = f.Name,
                        value = f.Value,
                        source = f.Source,
                        at = f.At,
                    }),
                }
                : null,
            to = h.To,
            at = h.At,
        };

    private static async Task<IResult> ReplyAsync(string id, PostedReply posted, PersonDesk desk, HttpContext context)
    {
        if (!ConversationId.TryParse(id, out var conversation))
        {
            return Problems.Error(StatusCodes.Status400BadRequest, $"'{id}' is not a conversation. It looks like web:4f1c….");
        }

        var text = posted.Text?.Trim() ?? "";
        if (text.Length is 0 or > PersonDesk.MostCharacters)
        {
            return Problems.Error(StatusCodes.Status400BadRequest, $"The reply must have 1 to {PersonDesk.MostCharacters:N0} characters.");
        }

        return await desk.ReplyAsync(context.ApproverOf(), conversation, text, context.RequestAborted, posted.Confirmed) switch
        {
            PersonAnswer.Confirm confirm => ToConfirm(confirm.Step),
            PersonAnswer.Sent sent => Results.Json(new { messageId = sent.Message.Id }, statusCode: StatusCodes.Status202Accepted),
            PersonAnswer.NotAllowed no => Problems.Error(StatusCodes.Status403Forbidden, no.Why),
            _ => Problems.Error(StatusCodes.Status404NotFound, $"Nobody has written as {id} yet."),
        };
    }

    private static async Task<IResult> TraceAsync(string messageId, IStore store, CancellationToken cancellationToken)
    {
        var trace = await store.ReadAsync(
            session => session.Inbox.TurnOf(messageId) is { } turn ? session.Turns.Find(turn)?.Trace : null,
            cancellationToken
        );
        return trace is null
            ? Problems.Error(StatusCodes.Status404NotFound, $"There is no decision on message {messageId} yet.")
            : Results.Json(trace);
    }

    /// <param name="remarks">Of other approvals for the same order; null where they were not looked up.</param>
    /// <param name="pictures">That came with its matter; null where they were not looked up.</param>
    internal static object Shown(Approval a, IReadOnlyList<string>? remarks = null, IReadOnlyList<Picture>? pictures = null) => new
    {
        id = a.Id,
        kind = "reply",
        subject = a.OrderNumber,
        parameters = (object?)null,
        revision = a.Revision,
        hash = a.Hash,
        state = a.State.ToString().ToLowerInvariant(),
        conversation = a.Conversation.ToString(),
        customer = a.Conversation.Customer,
        customerWords = a.CustomerWords,
        pictures = (pictures ?? []).Select(PictureEndpoints.OwnersPath),
        text = a.Text,
        playbook = a.Playbook,
        action = a.Action,
        order = a.OrderNumber,
        reasons = a.Reasons.Select(GateReasonText.NameOrSentence),
        unusual = (string[])[.. a.Unconfirmed.Select(doubt => doubt.Sentence), .. remarks ?? [], .. a.Unusual],
        amount = a.Amount is { } amount ? new { minor = amount.Minor, currency = amount.Currency } : null,
        facts = a.Facts.Select(f => new { name = f.Name, value = f.Value, source = f.Source, at = f.At }),
        createdAt = a.CreatedAt,
        expiresAt = a.ExpiresAt,
        decidedBy = a.DecidedBy,
        decidedAt = a.DecidedAt,
        reason = a.Reason,
    };
}
