using OpsChat.Agent;
using OpsChat.Channels.Webhook;

namespace OpsChat.Host.Web;

/// <summary>
/// Where the shop's own system delivers its customers' messages. Heard is only what was signed lately, over exactly these bytes; the message's
/// own id makes a repeat within the window harmless, and lets the system deliver again when our answer was lost.
/// </summary>
static class ShopWebhook
{
    public static void MapShopWebhook(this IEndpointRouteBuilder routes) => routes.MapPost("/api/webhook", AcceptAsync);

    private static async Task<IResult> AcceptAsync(HttpContext context, WebhookOptions options, ChatEndpoints.ChatDesk desk, TimeProvider time)
    {
        var signed = await SignedBodyAsync(context, options, time);
        return signed.Refusal ?? await AdmitAsync(signed.Body, desk, context);
    }

    /// <summary>The body of a call that the shop's system signed, or the answer to one that it did not.</summary>
    internal static async Task<(byte[] Body, IResult? Refusal)> SignedBodyAsync(HttpContext context, WebhookOptions options, TimeProvider time)
    {
        if (options.Url is null)
        {
            return (
                [],
                Problems.Error(
                    StatusCodes.Status401Unauthorized,
                    "This route is closed. Set OpsChat__Webhook__Url and OpsChat__Webhook__Secret to open it."
                )
            );
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        var body = bytes.ToArray();
        var headers = context.Request.Headers;
        var verdict = WebhookSignature.Judge(
            options.Secret,
            headers[WebhookSignature.TimestampHeader].ToString(),
            headers[WebhookSignature.SignatureHeader].ToString(),
            body,
            time.GetUtcNow()
        );
        return (body, verdict == SignatureVerdict.Right ? null : Refuse(verdict));
    }

    private static async Task<IResult> AdmitAsync(byte[] body, ChatEndpoints.ChatDesk desk, HttpContext context) =>
        WebhookEvents.Read(body) switch
        {
            null => Problems.Error(
                StatusCodes.Status400BadRequest,
                "The body is no customer's message. Send "
                    + "{\"type\":\"customer.message\",\"id\":\"…\",\"customer\":\"…\",\"text\":\"…\",\"name\":\"…\"}; the name may be left out."
            ),
            var posted when string.IsNullOrWhiteSpace(posted.Id) => Problems.Error(
                StatusCodes.Status400BadRequest,
                "The message has no id. Give each message its own, so that a repeat can be known as one."
            ),
            var posted when string.IsNullOrWhiteSpace(posted.Text) => Problems.Error(
                StatusCodes.Status400BadRequest,
                "The message has no text."
            ),
            var posted when string.IsNullOrWhiteSpace(posted.Customer) || posted.Customer.Length > 128 => Problems.Error(
                StatusCodes.Status400BadRequest,
                "A customer's id has 1 to 128 characters."
            ),
            { Name.Length: > 64 } => Problems.Error(StatusCodes.Status400BadRequest, "A customer's name has at most 64 characters."),
            var posted => await desk.PostAsync(
                new(WebhookChannel.Name, posted.Customer!),
                new(posted.Id, posted.Text),
                context,
                string.IsNullOrWhiteSpace(posted.Name) ? null : posted.Name.Trim()
            ),
        };

    /// <summary>Wrong ones are not counted: nobody guesses 256 bits, and behind a proxy a stranger could shut the system out.</summary>
    private static IResult Refuse(SignatureVerdict verdict) =>
        Problems.Error(
            StatusCodes.Status401Unauthorized,
            verdict switch
            {
                SignatureVerdict.OutOfTime =>
                    $"The request was signed more than {WebhookSignature.Window.TotalMinutes:0} minutes ago, or in the future. Sign it anew for "
                        + "each try, and compare the clocks.",
                SignatureVerdict.Missing =>
                    $"The request is not signed. Send the headers {WebhookSignature.TimestampHeader} and {WebhookSignature.SignatureHeader}.",
                _ => "The signature is not that of these bytes, this time and this secret.",
            }
        );
}
