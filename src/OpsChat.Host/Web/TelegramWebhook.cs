using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsChat.Agent;
using OpsChat.Channels.Telegram;

namespace OpsChat.Host.Web;

/// <summary>Where Telegram delivers updates when the shop has a public address. Only a call with the secret that Telegram was given is
/// heard.</summary>
static class TelegramWebhook
{
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    public static void MapTelegramWebhook(this IEndpointRouteBuilder routes, OpsChatOptions options)
    {
        if (options.Telegram is { Token.Length: > 0, WebhookUrl: { } url })
        {
            routes.MapPost(url.AbsolutePath, AcceptAsync);
        }
    }

    /// <summary>Anything but 200 makes Telegram deliver again, so 200 is said after the update is durable.</summary>
    private static async Task<IResult> AcceptAsync(HttpContext context, TelegramPoll poll, TelegramInbox inbox)
    {
        var (shown, secret) = (context.Request.Headers[SecretHeader].ToString(), await poll.SecretAsync(context.RequestAborted));
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(secret))))
        {
            return Problems.Error(StatusCodes.Status401Unauthorized, "Only Telegram delivers here.");
        }

        await inbox.AcceptAsync([await context.Request.ReadFromJsonAsync<JsonElement>(context.RequestAborted)], context.RequestAborted);
        return Results.Ok();
    }
}
