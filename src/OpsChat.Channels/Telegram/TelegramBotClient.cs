using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpsChat.Channels.Telegram.Api;

namespace OpsChat.Channels.Telegram;

/// <summary>
/// A thin client of the Bot API, with its names. Sends answer with an <see cref="ApiOutcome{T}"/>; the other methods return their
/// result or throw <see cref="ApiRequestException"/> (refused) or <see cref="TelegramUnreachableException"/> (no answer).
/// Messages and edits wait for their turn in the <see cref="TelegramRateLimiter"/>; <c>retry_after</c> is obeyed.
/// </summary>
public sealed class TelegramBotClient : IDisposable
{
    private readonly TelegramBotOptions _options;
    private readonly TelegramRateLimiter _pace;
    private readonly TimeProvider _time;
    private readonly BotApiTransport _transport;

    /// <param name="handler">How requests leave; null for the network.</param>
    public TelegramBotClient(TelegramBotOptions options, TelegramRateLimiter pace, TimeProvider time, HttpMessageHandler? handler = null)
    {
        _options = options;
        _pace = pace;
        _time = time;
        _transport = new BotApiTransport(options, time, handler ?? BotApiTransport.NewHandler());
    }

    public Task<User> GetMe(CancellationToken cancellationToken) =>
        Ask("getMe", NoParameters.Instance, TelegramJson.Default.NoParameters, TelegramJson.Default.ApiResponseUser, cancellationToken);

    /// <summary>The news from <paramref name="offset"/> on; waits for some up to <see cref="TelegramBotOptions.PollTimeout"/>.</summary>
    /// <param name="offset">Confirms all updates before it: Telegram forgets them. Null confirms nothing.</param>
    /// <param name="limit">1 to 100.</param>
    public async Task<IReadOnlyList<Update>> GetUpdates(int? offset, int limit, CancellationToken cancellationToken)
    {
        var request = new GetUpdatesRequest(offset, limit, (int)_options.PollTimeout.TotalSeconds, UpdateTypes.All);
        var content = JsonContent.Create(request, TelegramJson.Default.GetUpdatesRequest);
        // The answer to a poll is due at the end of the poll, so the time to transport it comes on top.
        var patience = _options.PollTimeout + _options.RequestTimeout;
        var outcome = await _transport.Post("getUpdates", content, TelegramJson.Default.ApiResponseUpdateArray, patience, cancellationToken);
        return ResultOf("getUpdates", outcome);
    }

    public Task SetWebhook(SetWebhookRequest request, CancellationToken cancellationToken) =>
        Do("setWebhook", request, TelegramJson.Default.SetWebhookRequest, cancellationToken);

    public Task DeleteWebhook(bool dropPendingUpdates, CancellationToken cancellationToken) =>
        Do("deleteWebhook", new(dropPendingUpdates), TelegramJson.Default.DeleteWebhookRequest, cancellationToken);

    public Task<WebhookInfo> GetWebhookInfo(CancellationToken cancellationToken) =>
        Ask("getWebhookInfo", NoParameters.Instance, TelegramJson.Default.NoParameters, TelegramJson.Default.ApiResponseWebhookInfo, cancellationToken);

    /// <summary>Sends one text. Cancellation ends the wait for a turn; a request that was written is waited for.</summary>
    public Task<ApiOutcome<Message>> SendMessage(SendMessageRequest request, CancellationToken cancellationToken) =>
        Send("sendMessage", request.ChatId, () => JsonContent.Create(request, TelegramJson.Default.SendMessageRequest), cancellationToken);

    /// <summary>Sends one photo. Cancellation ends the wait for a turn; a request that was written is waited for.</summary>
    public Task<ApiOutcome<Message>> SendPhoto(SendPhotoRequest request, CancellationToken cancellationToken) =>
        Send("sendPhoto", request.ChatId, () => PhotoContent(request), cancellationToken);

    /// <summary>Replaces text and buttons of the bot's own message. An edit that changes nothing is done.</summary>
    public Task EditMessageText(EditMessageTextRequest request, CancellationToken cancellationToken) =>
        Edit("editMessageText", request.ChatId, request, TelegramJson.Default.EditMessageTextRequest, cancellationToken);

    /// <summary>Replaces the buttons of the bot's own message. An edit that changes nothing is done.</summary>
    public Task EditMessageReplyMarkup(EditMessageReplyMarkupRequest request, CancellationToken cancellationToken) =>
        Edit("editMessageReplyMarkup", request.ChatId, request, TelegramJson.Default.EditMessageReplyMarkupRequest, cancellationToken);

    public Task DeleteMessage(long chatId, int messageId, CancellationToken cancellationToken) =>
        Do("deleteMessage", new(chatId, messageId), TelegramJson.Default.DeleteMessageRequest, cancellationToken);

    public Task AnswerCallbackQuery(AnswerCallbackQueryRequest request, CancellationToken cancellationToken) =>
        Do("answerCallbackQuery", request, TelegramJson.Default.AnswerCallbackQueryRequest, cancellationToken);

    public Task SendChatAction(SendChatActionRequest request, CancellationToken cancellationToken) =>
        Do("sendChatAction", request, TelegramJson.Default.SendChatActionRequest, cancellationToken);

    public async Task<ForumTopic> CreateForumTopic(CreateForumTopicRequest request, CancellationToken cancellationToken)
    {
        var outcome = await Paced("createForumTopic", new SendTurn(request.ChatId, NewMessage: true),
            () => JsonContent.Create(request, TelegramJson.Default.CreateForumTopicRequest),
            TelegramJson.Default.ApiResponseForumTopic, cancellationToken);
        return ResultOf("createForumTopic", outcome);
    }

    public Task EditForumTopic(EditForumTopicRequest request, CancellationToken cancellationToken) =>
        Do("editForumTopic", request, TelegramJson.Default.EditForumTopicRequest, cancellationToken);

    public Task CloseForumTopic(long chatId, int messageThreadId, CancellationToken cancellationToken) =>
        Do("closeForumTopic", new(chatId, messageThreadId), TelegramJson.Default.ForumTopicRequest, cancellationToken);

    public Task ReopenForumTopic(long chatId, int messageThreadId, CancellationToken cancellationToken) =>
        Do("reopenForumTopic", new(chatId, messageThreadId), TelegramJson.Default.ForumTopicRequest, cancellationToken);

    public Task<Chat> GetChat(long chatId, CancellationToken cancellationToken) =>
        Ask("getChat", new(chatId), TelegramJson.Default.ChatRequest, TelegramJson.Default.ApiResponseChat, cancellationToken);

    public Task<ChatMember> GetChatMember(long chatId, long userId, CancellationToken cancellationToken) =>
        Ask("getChatMember", new(chatId, userId), TelegramJson.Default.GetChatMemberRequest, TelegramJson.Default.ApiResponseChatMember, cancellationToken);

    public async Task<IReadOnlyList<ChatMember>> GetChatAdministrators(long chatId, CancellationToken cancellationToken) =>
        await Ask("getChatAdministrators", new(chatId), TelegramJson.Default.ChatRequest, TelegramJson.Default.ApiResponseChatMemberArray, cancellationToken);

    public Task SetMyCommands(SetMyCommandsRequest request, CancellationToken cancellationToken) =>
        Do("setMyCommands", request, TelegramJson.Default.SetMyCommandsRequest, cancellationToken);

    public Task<TGFile> GetFile(string fileId, CancellationToken cancellationToken) =>
        Ask("getFile", new(fileId), TelegramJson.Default.GetFileRequest, TelegramJson.Default.ApiResponseTGFile, cancellationToken);

    /// <summary>The bytes of a file that <see cref="GetFile"/> found, at most 20 MB; null when Telegram doesn't have it (any more).</summary>
    public Task<byte[]?> DownloadFile(string filePath, CancellationToken cancellationToken) => _transport.Download(filePath, cancellationToken);

    public Task<BusinessConnection> GetBusinessConnection(string businessConnectionId, CancellationToken cancellationToken) =>
        Ask("getBusinessConnection", new(businessConnectionId), TelegramJson.Default.GetBusinessConnectionRequest,
            TelegramJson.Default.ApiResponseBusinessConnection, cancellationToken);

    public void Dispose() => _transport.Dispose();

    private Task<ApiOutcome<Message>> Send(string method, long chatId, Func<HttpContent> content, CancellationToken cancellationToken) =>
        Paced(method, new SendTurn(chatId, NewMessage: true), content, TelegramJson.Default.ApiResponseMessage, cancellationToken);

    private async Task Edit<TRequest>(
        string method, long chatId, TRequest request, JsonTypeInfo<TRequest> type, CancellationToken cancellationToken)
    {
        var outcome = await Paced(method, new SendTurn(chatId, NewMessage: false),
            () => JsonContent.Create(request, type), TelegramJson.Default.ApiResponseMessage, cancellationToken);
        if (outcome is not ApiOutcome<Message>.Refused { Error.Kind: RefusalKind.NotModified })
        {
            ResultOf(method, outcome);
        }
    }

    private Task<bool> Do<TRequest>(string method, TRequest request, JsonTypeInfo<TRequest> type, CancellationToken cancellationToken) =>
        Ask(method, request, type, TelegramJson.Default.ApiResponseBoolean, cancellationToken);

    private async Task<TResult> Ask<TRequest, TResult>(
        string method, TRequest request, JsonTypeInfo<TRequest> type, JsonTypeInfo<ApiResponse<TResult>> resultType, CancellationToken cancellationToken) =>
        ResultOf(method, await Paced(method, turn: null, () => JsonContent.Create(request, type), resultType, cancellationToken));

    /// <summary>Posts in its turn, and again after Telegram's own waiting time: a 429 says that nothing was done.</summary>
    private async Task<ApiOutcome<T>> Paced<T>(
        string method, SendTurn? turn, Func<HttpContent> content, JsonTypeInfo<ApiResponse<T>> type, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await (turn is null ? Task.CompletedTask : _pace.WaitFor(turn, cancellationToken));
            var outcome = await _transport.Post(method, content(), type, _options.RequestTimeout, turn is null ? cancellationToken : CancellationToken.None);
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

            await Task.Delay(wait, _time, cancellationToken);
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
