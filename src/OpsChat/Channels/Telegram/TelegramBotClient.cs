using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpsChat.Channels.Telegram.Api;

namespace OpsChat.Channels.Telegram;

/// <summary>
/// A thin client of the Bot API, with its names. Sends answer with an <see cref="ApiOutcome{T}"/>; the other methods return their
/// result or throw <see cref="ApiRequestException"/> (refused) or <see cref="TelegramUnreachableException"/> (no answer).
/// Messages and edits wait for their turn in the <see cref="TelegramPace"/>; <c>retry_after</c> is obeyed.
/// </summary>
public sealed class TelegramBotClient : IDisposable
{
    private readonly TelegramBotOptions _options;
    private readonly TelegramPace _pace;
    private readonly TimeProvider _time;
    private readonly BotApiTransport _transport;

    /// <param name="handler">How requests leave; null for the network.</param>
    public TelegramBotClient(TelegramBotOptions options, TelegramPace pace, TimeProvider time, HttpMessageHandler? handler = null)
    {
        _options = options;
        _pace = pace;
        _time = time;
        _transport = new BotApiTransport(options, time, handler ?? BotApiTransport.NewHandler());
    }

    public Task<User> GetMe(CancellationToken cancellation) =>
        Ask("getMe", NoParameters.Instance, TelegramJson.Default.NoParameters, TelegramJson.Default.ApiResponseUser, cancellation);

    /// <summary>The news from <paramref name="offset"/> on; waits for some up to <see cref="TelegramBotOptions.PollTimeout"/>.</summary>
    /// <param name="offset">Confirms all updates before it: Telegram forgets them. Null confirms nothing.</param>
    /// <param name="limit">1 to 100.</param>
    public async Task<IReadOnlyList<Update>> GetUpdates(int? offset, int limit, CancellationToken cancellation)
    {
        var request = new GetUpdatesRequest(offset, limit, (int)_options.PollTimeout.TotalSeconds, UpdateTypes.All);
        var content = JsonContent.Create(request, TelegramJson.Default.GetUpdatesRequest);
        // The answer to a poll is due at the end of the poll, so the time to transport it comes on top.
        var patience = _options.PollTimeout + _options.RequestTimeout;
        var outcome = await _transport.Post("getUpdates", content, TelegramJson.Default.ApiResponseUpdateArray, patience, cancellation);
        return ResultOf("getUpdates", outcome);
    }

    public Task SetWebhook(SetWebhookRequest request, CancellationToken cancellation) =>
        Do("setWebhook", request, TelegramJson.Default.SetWebhookRequest, cancellation);

    public Task DeleteWebhook(bool dropPendingUpdates, CancellationToken cancellation) =>
        Do("deleteWebhook", new(dropPendingUpdates), TelegramJson.Default.DeleteWebhookRequest, cancellation);

    public Task<WebhookInfo> GetWebhookInfo(CancellationToken cancellation) =>
        Ask("getWebhookInfo", NoParameters.Instance, TelegramJson.Default.NoParameters, TelegramJson.Default.ApiResponseWebhookInfo, cancellation);

    /// <summary>Sends one text. Cancellation ends the wait for a turn; a request that was written is waited for.</summary>
    public Task<ApiOutcome<Message>> SendMessage(SendMessageRequest request, CancellationToken cancellation) =>
        Send("sendMessage", request.ChatId, () => JsonContent.Create(request, TelegramJson.Default.SendMessageRequest), cancellation);

    /// <summary>Sends one photo. Cancellation ends the wait for a turn; a request that was written is waited for.</summary>
    public Task<ApiOutcome<Message>> SendPhoto(SendPhotoRequest request, CancellationToken cancellation) =>
        Send("sendPhoto", request.ChatId, () => PhotoContent(request), cancellation);

    /// <summary>Replaces text and buttons of the bot's own message. An edit that changes nothing is done.</summary>
    public Task EditMessageText(EditMessageTextRequest request, CancellationToken cancellation) =>
        Edit("editMessageText", request.ChatId, request, TelegramJson.Default.EditMessageTextRequest, cancellation);

    /// <summary>Replaces the buttons of the bot's own message. An edit that changes nothing is done.</summary>
    public Task EditMessageReplyMarkup(EditMessageReplyMarkupRequest request, CancellationToken cancellation) =>
        Edit("editMessageReplyMarkup", request.ChatId, request, TelegramJson.Default.EditMessageReplyMarkupRequest, cancellation);

    public Task DeleteMessage(long chatId, int messageId, CancellationToken cancellation) =>
        Do("deleteMessage", new(chatId, messageId), TelegramJson.Default.DeleteMessageRequest, cancellation);

    public Task AnswerCallbackQuery(AnswerCallbackQueryRequest request, CancellationToken cancellation) =>
        Do("answerCallbackQuery", request, TelegramJson.Default.AnswerCallbackQueryRequest, cancellation);

    public Task SendChatAction(SendChatActionRequest request, CancellationToken cancellation) =>
        Do("sendChatAction", request, TelegramJson.Default.SendChatActionRequest, cancellation);

    public async Task<ForumTopic> CreateForumTopic(CreateForumTopicRequest request, CancellationToken cancellation)
    {
        var outcome = await Paced("createForumTopic", new Turn(request.ChatId, NewMessage: true),
            () => JsonContent.Create(request, TelegramJson.Default.CreateForumTopicRequest),
            TelegramJson.Default.ApiResponseForumTopic, cancellation);
        return ResultOf("createForumTopic", outcome);
    }

    public Task EditForumTopic(EditForumTopicRequest request, CancellationToken cancellation) =>
        Do("editForumTopic", request, TelegramJson.Default.EditForumTopicRequest, cancellation);

    public Task CloseForumTopic(long chatId, int messageThreadId, CancellationToken cancellation) =>
        Do("closeForumTopic", new(chatId, messageThreadId), TelegramJson.Default.ForumTopicRequest, cancellation);

    public Task ReopenForumTopic(long chatId, int messageThreadId, CancellationToken cancellation) =>
        Do("reopenForumTopic", new(chatId, messageThreadId), TelegramJson.Default.ForumTopicRequest, cancellation);

    public Task<Chat> GetChat(long chatId, CancellationToken cancellation) =>
        Ask("getChat", new(chatId), TelegramJson.Default.ChatRequest, TelegramJson.Default.ApiResponseChat, cancellation);

    public Task<ChatMember> GetChatMember(long chatId, long userId, CancellationToken cancellation) =>
        Ask("getChatMember", new(chatId, userId), TelegramJson.Default.GetChatMemberRequest, TelegramJson.Default.ApiResponseChatMember, cancellation);

    public async Task<IReadOnlyList<ChatMember>> GetChatAdministrators(long chatId, CancellationToken cancellation) =>
        await Ask("getChatAdministrators", new(chatId), TelegramJson.Default.ChatRequest, TelegramJson.Default.ApiResponseChatMemberArray, cancellation);

    public Task SetMyCommands(SetMyCommandsRequest request, CancellationToken cancellation) =>
        Do("setMyCommands", request, TelegramJson.Default.SetMyCommandsRequest, cancellation);

    public Task<TGFile> GetFile(string fileId, CancellationToken cancellation) =>
        Ask("getFile", new(fileId), TelegramJson.Default.GetFileRequest, TelegramJson.Default.ApiResponseTGFile, cancellation);

    /// <summary>The bytes of a file that <see cref="GetFile"/> found, at most 20 MB; null when Telegram doesn't have it (any more).</summary>
    public Task<byte[]?> DownloadFile(string filePath, CancellationToken cancellation) => _transport.Download(filePath, cancellation);

    public Task<BusinessConnection> GetBusinessConnection(string businessConnectionId, CancellationToken cancellation) =>
        Ask("getBusinessConnection", new(businessConnectionId), TelegramJson.Default.GetBusinessConnectionRequest,
            TelegramJson.Default.ApiResponseBusinessConnection, cancellation);

    public void Dispose() => _transport.Dispose();

    private Task<ApiOutcome<Message>> Send(string method, long chatId, Func<HttpContent> content, CancellationToken cancellation) =>
        Paced(method, new Turn(chatId, NewMessage: true), content, TelegramJson.Default.ApiResponseMessage, cancellation);

    private async Task Edit<TRequest>(
        string method, long chatId, TRequest request, JsonTypeInfo<TRequest> type, CancellationToken cancellation)
    {
        var outcome = await Paced(method, new Turn(chatId, NewMessage: false),
            () => JsonContent.Create(request, type), TelegramJson.Default.ApiResponseMessage, cancellation);
        if (outcome is not ApiOutcome<Message>.Refused { Error.Kind: RefusalKind.NotModified })
        {
            ResultOf(method, outcome);
        }
    }

    private Task<bool> Do<TRequest>(string method, TRequest request, JsonTypeInfo<TRequest> type, CancellationToken cancellation) =>
        Ask(method, request, type, TelegramJson.Default.ApiResponseBoolean, cancellation);

    private async Task<TResult> Ask<TRequest, TResult>(
        string method, TRequest request, JsonTypeInfo<TRequest> type, JsonTypeInfo<ApiResponse<TResult>> resultType, CancellationToken cancellation) =>
        ResultOf(method, await Paced(method, turn: null, () => JsonContent.Create(request, type), resultType, cancellation));

    /// <summary>Posts in its turn, and again after Telegram's own waiting time: a 429 says that nothing was done.</summary>
    private async Task<ApiOutcome<T>> Paced<T>(
        string method, Turn? turn, Func<HttpContent> content, JsonTypeInfo<ApiResponse<T>> type, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await (turn is null ? Task.CompletedTask : _pace.WaitFor(turn, cancellation));
            var outcome = await _transport.Post(method, content(), type, _options.RequestTimeout, turn is null ? cancellation : CancellationToken.None);
            if (outcome is not ApiOutcome<T>.Refused { Error.RetryAfter: { } wait })
            {
                return outcome;
            }

            if (turn is not null)
            {
                _pace.HoldOff(turn.ChatId, wait);
            }

            if (attempt >= _options.Attempts || wait > _options.LongestWait)
            {
                return outcome;
            }

            await Task.Delay(wait, _time, cancellation);
        }
    }

    private static T ResultOf<T>(string method, ApiOutcome<T> outcome) => outcome switch
    {
        ApiOutcome<T>.Done done => done.Result,
        ApiOutcome<T>.Refused refused => throw new ApiRequestException(method, refused.Error),
        ApiOutcome<T>.Unreached unreached => throw new TelegramUnreachableException(method, unreached.Why),
        ApiOutcome<T>.Unknown unknown => throw new TelegramUnreachableException(method, unknown.Why),
        _ => throw new InvalidOperationException("ApiOutcome is closed."),
    };

    /// <summary>JSON, or a form when the photo itself travels along; in a form, what is not text is JSON.</summary>
    private static HttpContent PhotoContent(SendPhotoRequest request)
    {
        if (request.File is not InputFile.Upload upload)
        {
            return JsonContent.Create(request, TelegramJson.Default.SendPhotoRequest);
        }

        var form = new MultipartFormDataContent();
        foreach (var field in JsonSerializer.SerializeToElement(request, TelegramJson.Default.SendPhotoRequest).EnumerateObject())
        {
            form.Add(new StringContent(field.Value.ToString()), field.Name);
        }

        var file = new ReadOnlyMemoryContent(upload.Content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "photo", upload.FileName);
        return form;
    }
}
