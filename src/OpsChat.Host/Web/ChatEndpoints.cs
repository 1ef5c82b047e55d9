using System.Security.Cryptography;
using System.Text;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Channels.Web;
using OpsChat.Drafting;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>What a customer's side posts.</summary>
/// <param name="Id">The sender's own id of the message; a repeat is harmless. Made up when missing.</param>
sealed record PostedMessage(string? Id, string? Text);

/// <summary>The customer's side over HTTP: the keyed route for other software, and the same for the web page with its signed cookie.</summary>
static class ChatEndpoints
{
    private const int MostLines = 200;
    private const string Multipart = "multipart/form-data";
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(50);

    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        var keyed = routes.MapGroup("/api/chat/{customer}/messages").AddEndpointFilter(RequireKeyAsync);
        keyed.MapPost("", (string customer, PostedMessage message, ChatDesk desk, HttpContext context) =>
            desk.PostAsync(new(PulledChannel.Api, customer), message, context)
        );
        keyed
            .MapPost("", (string customer, ChatUpload upload, ChatDesk desk, HttpContext context) =>
                UploadAsync(new(PulledChannel.Api, customer), upload, desk, context)
            )
            .Accepts<PostedMessage>(Multipart);
        keyed.MapGet("", (string customer, long? after, double? wait, ChatDesk desk, HttpContext context) =>
            desk.ReadAsync(new(PulledChannel.Api, customer), after ?? 0, wait ?? 0, context)
        );

        routes.MapPost(TerminalPass.Path, (PostedMessage message, TerminalPass pass, ChatDesk desk, HttpContext context) =>
            pass.ConversationOf(context) is { } me ? desk.PostAsync(me, message, context) : Task.FromResult(NoPass()));
        routes.MapGet(TerminalPass.Path, (long? after, double? wait, TerminalPass pass, ChatDesk desk, HttpContext context) =>
            pass.ConversationOf(context) is { } me ? desk.ReadAsync(me, after ?? 0, wait ?? 0, context) : Task.FromResult(NoPass()));

        routes
            .MapGet("/demo", (CustomerCookie cookie, OpsChatOptions options, CurrentCanary canary, HttpContext context) =>
                BeAnother(cookie, options, canary(), context)
            )
            .AddEndpointFilter(LimitNewcomersAsync);

        routes.MapPost("/chat/visitor", (CustomerCookie cookie, HttpContext context) => Results.Json(new { visitor = cookie.WordOf(context) }))
            .AddEndpointFilter(RequireSameOriginAsync).AddEndpointFilter(LimitNewcomersAsync);

        var web = routes.MapGroup("/chat/messages").AddEndpointFilter(RequireSameOriginAsync);
        web.MapPost("", async (PostedMessage message, CustomerCookie cookie, GuessOrigins origins, ChatDesk desk, HttpContext context) =>
            await desk.PostAsync(await CameAsync(cookie, origins, context), message, context)).AddEndpointFilter(LimitNewcomersAsync);
        web.MapPost("", async (CustomerCookie cookie, ChatUpload upload, GuessOrigins origins, ChatDesk desk, HttpContext context) =>
                await UploadAsync(await CameAsync(cookie, origins, context), upload, desk, context)
            )
            .Accepts<PostedMessage>(Multipart)
            .AddEndpointFilter(LimitNewcomersAsync);
        web.MapGet("", (long? after, double? wait, CustomerCookie cookie, ChatDesk desk, HttpContext context) =>
            desk.ReadAsync(cookie.Of(context), after ?? 0, wait ?? 0, context)
        );
        web.MapPost("/{seq:long}/thumb", (long seq, PostedThumb thumb, CustomerCookie cookie, ChatThumbs thumbs, HttpContext context) =>
            thumbs.PostAsync(cookie.Of(context), seq, thumb, context))
            .AddEndpointFilter(LimitNewcomersAsync);
    }

    private static IResult NoPass() => Problems.Error(StatusCodes.Status401Unauthorized, "This route is for the command `chat` beside this host.");

    /// <summary>Who writes, remembered with the address that they write from: guessing goes from chat to chat.</summary>
    private static async Task<ConversationId> CameAsync(CustomerCookie cookie, GuessOrigins origins, HttpContext context)
    {
        var conversation = cookie.Of(context);
        await origins.CameFromAsync(conversation, AddressLimits.AddressOf(context.Connection.RemoteIpAddress), context.RequestAborted);
        return conversation;
    }

    private static Task<IResult> UploadAsync(ConversationId conversation, ChatUpload upload, ChatDesk desk, HttpContext context) =>
        upload.PostAsync(conversation, context, (message, pictures) => desk.AdmitAsync(conversation, message, context, null, pictures));

    /// <summary>In the demo shop: a new customer whom the agent answers by itself, whatever the canary's percentage, so that what it does can be
    /// seen at once.</summary>
    private static IResult BeAnother(CustomerCookie cookie, OpsChatOptions options, CanaryConfig canary, HttpContext context)
    {
        if (options.Shop.Length == 0)
        {
            cookie.GiveAnother(context, customer => Bucket.Arm(canary, null, PulledChannel.Web, customer) == Arm.Canary);
        }

        return Results.Redirect("/");
    }

    internal static async ValueTask<object?> RequireKeyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var (key, limits) = (
            http.RequestServices.GetRequiredService<OpsChatOptions>().ChannelKey,
            http.RequestServices.GetRequiredService<AddressLimits>()
        );
        if (await limits.SecretAsync(http) is { } wait)
        {
            return Problems.TooMany(http, wait);
        }

        var shown = http.Request.Headers["X-OpsChat-Key"].ToString();
        if (
            key.Length == 0
            || !CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(key)),
                SHA256.HashData(Encoding.UTF8.GetBytes(shown))
            )
        )
        {
            await limits.SecretWasWrongAsync(http);
            return Problems.Error(StatusCodes.Status401Unauthorized, key.Length == 0
                ? "This route is closed. Set OpsChat__ChannelKey, and send it in the header X-OpsChat-Key."
                : "The header X-OpsChat-Key is missing or wrong.");
        }

        return http.Request.RouteValues["customer"] is string { Length: > 128 }
            ? Problems.Error(StatusCodes.Status400BadRequest, "A customer's id has at most 128 characters.")
            : await next(context);
    }

    /// <summary>A page of another site cannot write in a customer's name: browsers tell where a request comes from.</summary>
    private static async ValueTask<object?> RequireSameOriginAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site"
            ? Problems.Error(StatusCodes.Status403Forbidden, "This chat can only be used from its own page.")
            : await next(context);

    /// <summary>Throwing the cookie away must not be a way around the limits of a customer.</summary>
    private static async ValueTask<object?> LimitNewcomersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        return !services.GetRequiredService<CustomerCookie>().Knows(http)
            && await services.GetRequiredService<AddressLimits>().NewcomerAsync(http) is { } wait
            ? Problems.TooMany(http, wait)
            : await next(context);
    }

    /// <summary>Admits and reads messages of one conversation.</summary>
    public sealed class ChatDesk(
        ConversationQueue queue,
        IStore store,
        PulledChannel channel,
        AddressLimits limits,
        OpsChatOptions options,
        IHostApplicationLifetime host,
        TimeProvider time
    )
    {
        public async Task<IResult> PostAsync(ConversationId conversation, PostedMessage message, HttpContext context, string? name = null) =>
            (await AdmitAsync(conversation, message, context, name, [])).Answer;

        /// <returns>Whether the message is a new one and admitted.</returns>
        public async Task<(IResult Answer, bool IsNew)> AdmitAsync(
            ConversationId conversation, PostedMessage message, HttpContext context, string? name, IReadOnlyList<ArrivingPicture> pictures)
        {
            var text = message.Text?.Trim() ?? "";
            if (text.Length == 0 && pictures.Count == 0)
            {
                return (Problems.Error(StatusCodes.Status400BadRequest, "The message has no text. Send {\"id\":\"…\",\"text\":\"…\"}."), false);
            }

            if (text.Length > options.Messages.MostCharacters)
            {
                return (
                    Problems.Error(
                        StatusCodes.Status413PayloadTooLarge,
                        $"The message has {text.Length:N0} characters; at most {options.Messages.MostCharacters:N0} are read. Please send it in "
                            + "parts."
                    ),
                    false
                );
            }

            var id = string.IsNullOrWhiteSpace(message.Id) ? Guid.CreateVersion7(time.GetUtcNow()).ToString("N") : message.Id;
            if (id.Length > 200)
            {
                return (Problems.Error(StatusCodes.Status400BadRequest, "A message's id has at most 200 characters."), false);
            }

            InboundMessage inbound = new(
                conversation,
                id,
                new(Redaction.MaskCards(text)),
                [.. pictures.Select(_ => "photo")],
                time.GetUtcNow(),
                name
            )
            {
                Pictures = pictures,
            };
            return await queue.AdmitAsync(inbound, context.RequestAborted) switch
            {
                Admission.Admitted admitted => (Accepted(admitted.MessageId, conversation), true),
                Admission.Repeated repeated => (Accepted(repeated.MessageId, conversation), false),
                Admission.TooMany tooMany => (Problems.TooMany(context, tooMany.RetryAfter), false),
                _ => throw new InvalidOperationException("Admission is closed."),
            };
        }

        public async Task<IResult> ReadAsync(ConversationId conversation, long after, double wait, HttpContext context)
        {
            // A stop ends the wait, not the request: whoever listens would hold the stopping host up until its patience is over.
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
            var (begun, longest) = (time.GetTimestamp(), wait > 0 ? TimeSpan.FromSeconds(Math.Min(wait, s_longestWait.TotalSeconds)) : TimeSpan.Zero);
            while (true)
            {
                var news = channel.NextNews(conversation);
                try
                {
                    var (lines, answers, pictures) = await store.ReadAsync(
                        session =>
                            (
                                session.Conversations.Transcript(conversation, after, MostLines),
                                session.Thumbs.OfAnswers(conversation, after),
                                session.Pictures.Shown(conversation, after)
                            ),
                        context.RequestAborted
                    );
                    var left = longest - time.GetElapsedTime(begun);
                    if (lines.Count > 0 || left <= TimeSpan.Zero || host.ApplicationStopping.IsCancellationRequested)
                    {
                        var ofMessages = pictures.ToLookup(picture => picture.Message);
                        return Results.Json(
                            new
                            {
                                messages = lines.Select(line => new ShownLine(line)
                                {
                                    Thumb = conversation.Channel == PulledChannel.Web && answers.TryGetValue(line.Seq, out var word)
                                        ? word ?? "none"
                                        : null,
                                    Pictures = ofMessages.Contains(line.Id)
                                        ? [.. ofMessages[line.Id].Select(picture => new ShownPicture(picture))] : null,
                                }),
                            }
                        );
                    }

                    if (limits.BeginWaiting(context) is { } pause)
                    {
                        return Problems.TooMany(context, pause);
                    }

                    await news.WithinAsync(left, time, either.Token);
                    limits.EndWaiting(context);
                    context.RequestAborted.ThrowIfCancellationRequested();
                }
                finally
                {
                    channel.Leave(conversation, news);
                }
            }
        }

        private IResult Accepted(string messageId, ConversationId conversation)
        {
            channel.Announce(conversation);
            return Results.Json(new { messageId }, statusCode: StatusCodes.Status202Accepted);
        }
    }
}
