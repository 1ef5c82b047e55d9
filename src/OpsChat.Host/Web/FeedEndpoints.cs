using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Channels.Webhook;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using static OpsChat.Host.Web.OperationsEndpoints;

namespace OpsChat.Host.Web;

/// <param name="State"><c>done</c>, <c>failed</c> or <c>unknown</c>.</param>
sealed record PostedResult(string? State, string? Text, bool Critical = false);

/// <summary>What the shop's own system posts, and what was read of its files.</summary>
static class FeedEndpoints
{
    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/feeds", FeedsAsync).RequireAuthorization(OwnerAccess.Policy);
        // Signed by the shop's own system, as its other calls are.
        routes.MapPost("/api/actions/{id}/result", ResultAsync);
        routes.MapPost("/api/feeds/{kind}", PostFeedAsync).WithMetadata(new RequestSizeLimitAttribute(PostedFeeds.MostBytes));
        routes.MapDelete("/api/feeds/{kind}", TakeFeedBackAsync);
    }

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
}
