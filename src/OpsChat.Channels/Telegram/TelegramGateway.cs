using System.Net;
using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace OpsChat.Channels.Telegram;

/// <summary>
/// The way to Telegram.Bot's client, for every call: each has a deadline and says how it ended, so that nothing is sent twice; messages and edits
/// wait for their turn in the <see cref="TelegramRateLimiter"/>; <c>retry_after</c> is obeyed here and not by the package.
/// </summary>
public sealed class TelegramGateway : IDisposable
{
    /// <summary>The most that bots may fetch, in bytes.</summary>
    public const int LargestFile = 20 * 1024 * 1024;

    /// <summary>All news that OpsChat listens to. Reactions are left out: nothing is ever decided by one.</summary>
    public static IReadOnlyList<UpdateType> News { get; } =
    [
        UpdateType.Message, UpdateType.EditedMessage, UpdateType.CallbackQuery, UpdateType.MyChatMember,
        UpdateType.BusinessConnection, UpdateType.BusinessMessage, UpdateType.EditedBusinessMessage, UpdateType.DeletedBusinessMessages,
    ];

    private readonly TelegramBotOptions _options;
    private readonly TelegramRateLimiter _pace;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly TelegramBotClient _client;
    private readonly Func<bool> _mayAct;

    /// <param name="handler">How requests leave; null for the network.</param>
    /// <param name="mayAct">Asked right before each call: false when another host may have taken over what this one does. Null for the only
    /// host.</param>
    public TelegramGateway(
        TelegramBotOptions options,
        TelegramRateLimiter pace,
        TimeProvider time,
        HttpMessageHandler? handler = null,
        Func<bool>? mayAct = null
    )
    {
        (_options, _pace, _time, _mayAct) = (options, pace, time, mayAct ?? (static () => true));
        // Deadlines are set for each call, by the injected clock.
        _http = new(handler ?? NewHandler()) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestFile };
        _client = new(
            new TelegramBotClientOptions(options.Token.Reveal(), options.ApiBase.AbsoluteUri) { RetryCount = 0, RetryThreshold = 0 },
            _http
        );
    }

    /// <summary>Makes a call and says how it ended. Cancellation ends the wait for a turn; a message that was written is waited for.</summary>
    public async Task<ApiOutcome<T>> TryAsync<T>(IRequest<T> request, CancellationToken cancellationToken)
    {
        var turn = TurnOf(request);
        for (var attempt = 1; ; attempt++)
        {
            await (turn is null ? Task.CompletedTask : _pace.WaitFor(turn, cancellationToken));
            // Only now: a turn may be waited for until another host has taken over, and has said that the message may have left.
            if (!_mayAct())
            {
                return new ApiOutcome<T>.Unreached("another host may have taken over, so nothing was said");
            }

            var outcome = await OnceAsync(request, _options.RequestTimeout, turn is null ? cancellationToken : CancellationToken.None);
            // A 429 says that nothing was done.
            if (outcome is not ApiOutcome<T>.Refused { Refusal.RetryAfter: { } wait })
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

    /// <summary>Makes a call whose result is needed, or that is not a message to a customer.</summary>
    /// <exception cref="TelegramRefusedException">Telegram said no.</exception>
    /// <exception cref="TelegramUnreachableException">There was no answer; it may have been done.</exception>
    public async Task<T> CallAsync<T>(IRequest<T> request, CancellationToken cancellationToken) =>
        ResultOf(request.MethodName, await TryAsync(request, cancellationToken));

    /// <summary>Changes a message of the bot's own. An edit that changes nothing is done.</summary>
    /// <exception cref="TelegramRefusedException">Telegram said no.</exception>
    /// <exception cref="TelegramUnreachableException">There was no answer; it may have been done.</exception>
    public async Task EditAsync(IRequest<Message> edit, CancellationToken cancellationToken)
    {
        var outcome = await TryAsync(edit, cancellationToken);
        if (outcome is not ApiOutcome<Message>.Refused { Refusal.Kind: RefusalKind.NotModified })
        {
            ResultOf(edit.MethodName, outcome);
        }
    }

    /// <summary>The news from <paramref name="offset"/> on, as it came; waits for some up to <see cref="TelegramBotOptions.PollTimeout"/>.</summary>
    /// <param name="offset">Confirms all updates before it: Telegram forgets them. Null confirms nothing.</param>
    /// <param name="limit">1 to 100.</param>
    /// <exception cref="TelegramRefusedException">Telegram said no.</exception>
    /// <exception cref="TelegramUnreachableException">There was no answer.</exception>
    public async Task<IReadOnlyList<JsonElement>> UpdatesAsync(int? offset, int limit, CancellationToken cancellationToken)
    {
        var request = new RawUpdatesRequest(
            new()
            {
                Offset = offset,
                Limit = limit,
                Timeout = (int)_options.PollTimeout.TotalSeconds,
                AllowedUpdates = News,
            }
        );
        // The answer to a poll is due at the end of the poll, so the time to transport it comes on top.
        return ResultOf(request.MethodName, await OnceAsync(request, _options.PollTimeout + _options.RequestTimeout, cancellationToken));
    }

    /// <summary>The bytes of a file that a customer sent, at most <see cref="LargestFile"/>; null when Telegram does not give it: it is larger, or
    /// gone.</summary>
    /// <param name="fileId">As the message names it.</param>
    /// <exception cref="TelegramUnreachableException">There was no answer.</exception>
    public async Task<byte[]?> FetchFileAsync(string fileId, CancellationToken cancellationToken)
    {
        var found = await TryAsync(new GetFileRequest { FileId = fileId }, cancellationToken);
        if (found is ApiOutcome<TGFile>.Refused or ApiOutcome<TGFile>.Done { Result: { FilePath: null } or { FileSize: > LargestFile } })
        {
            return null;
        }

        var path = string.Join('/', ResultOf("getFile", found).FilePath!.Split('/').Select(Uri.EscapeDataString));
        using var content = new LimitedMemory(LargestFile);
        var outcome = await JudgeAsync(async token =>
        {
            await _client.DownloadFile(path, content, token);
            return content.IsFull ? null : content.ToArray();
        }, _options.RequestTimeout, cancellationToken);
        return outcome is ApiOutcome<byte[]?>.Refused ? null : ResultOf("a download", outcome);
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler NewHandler() => new()
    {
        // The token is part of every address: no redirect follows it.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // Without a propagator there is no tracing activity, whose url.full would carry the token.
        ActivityHeadersPropagator = null,
    };

    /// <summary>What waits for a turn: everything that people see appear or change in a chat.</summary>
    private static SendTurn? TurnOf(IRequest request) => request switch
    {
        SendMessageRequest send => new(Of(send.ChatId), NewMessage: true),
        SendPhotoRequest send => new(Of(send.ChatId), NewMessage: true),
        CreateForumTopicRequest open => new(Of(open.ChatId), NewMessage: true),
        EditMessageTextRequest edit => new(Of(edit.ChatId), NewMessage: false),
        EditMessageReplyMarkupRequest edit => new(Of(edit.ChatId), NewMessage: false),
        _ => null,
    };

    private static long Of(ChatId chat) => chat.Identifier ?? throw new InvalidOperationException("Chats are named by their numbers here.");

    private Task<ApiOutcome<T>> OnceAsync<T>(IRequest<T> request, TimeSpan timeout, CancellationToken cancellationToken) =>
        JudgeAsync(token => _client.SendRequest(request, token), timeout, cancellationToken);

    /// <summary>Throws only when <paramref name="cancellationToken"/> is asked for.</summary>
    private async Task<ApiOutcome<T>> JudgeAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return new ApiOutcome<T>.Done(await call(either.Token));
        }
        catch (ApiRequestException e)
        {
            return SaysNothing(e.ErrorCode) ? new ApiOutcome<T>.Unknown($"answered {e.ErrorCode}") : new ApiOutcome<T>.Refused(TelegramRefusal.Of(e));
        }
        catch (Exception e) when (e is OperationCanceledException or RequestException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return deadline.IsCancellationRequested ? new ApiOutcome<T>.Unknown($"no answer within {timeout.TotalSeconds:0} s") : Judge<T>(e);
        }
    }

    private ApiOutcome<T> Judge<T>(Exception failure) =>
        failure switch
        {
            // Not the Bot API's JSON: a proxy's page, say, or an answer that the package cannot read.
            RequestException { HttpStatusCode: { } status } when SaysNothing((int)status) => new ApiOutcome<T>.Unknown(
                $"answered {(int)status}"
            ),
            RequestException { HttpStatusCode: { } status } => new ApiOutcome<T>.Refused(new((int)status, status.ToString())),
            { InnerException: HttpRequestException { HttpRequestError: var error } } when NothingWasWritten(error) =>
                new ApiOutcome<T>.Unreached($"no connection to {_options.ApiBase.Host} ({error})"),
            { InnerException: OperationCanceledException { InnerException: TimeoutException } } => new ApiOutcome<T>.Unreached(
                $"no connection to {_options.ApiBase.Host} in time"
            ),
            // The host ends and takes its connections along: the request may have arrived, so it must not be repeated.
            OperationCanceledException or { InnerException: OperationCanceledException } => new ApiOutcome<T>.Unknown(
                $"the connection to {_options.ApiBase.Host} was closed here"
            ),
            _ => new ApiOutcome<T>.Unknown($"the connection to {_options.ApiBase.Host} broke"),
        };

    /// <summary>A 4xx is Telegram's (or a proxy's) word that nothing was done. A 5xx, a 408 and an unreadable success say nothing about whether it
    /// was.</summary>
    private static bool SaysNothing(int code) => code is < 300 or 408 or >= 500;

    private static bool NothingWasWritten(HttpRequestError error) => error
        is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError;

    private static T ResultOf<T>(string method, ApiOutcome<T> outcome) => outcome switch
    {
        ApiOutcome<T>.Done done => done.Result,
        ApiOutcome<T>.Refused refused => throw new TelegramRefusedException(method, refused.Refusal),
        ApiOutcome<T>.Unreached unreached => throw new TelegramUnreachableException(method, unreached.Why),
        ApiOutcome<T>.Unknown unknown => throw new TelegramUnreachableException(method, unknown.Why),
        _ => throw new InvalidOperationException("ApiOutcome is closed."),
    };

    /// <summary>getUpdates with each update left as it came: one that cannot be read must not hide the others.</summary>
    private sealed class RawUpdatesRequest(GetUpdatesRequest request) : IRequest<JsonElement[]>
    {
        public HttpMethod HttpMethod => request.HttpMethod;
        public string MethodName => request.MethodName;
        public bool IsWebhookResponse { get; set; }

        public HttpContent? ToHttpContent() => request.ToHttpContent();
    }

    /// <summary>Takes so many bytes, and drops what is more.</summary>
    private sealed class LimitedMemory(int most) : MemoryStream
    {
        public bool IsFull { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer.AsSpan(offset, count));
            return Task.CompletedTask;
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            IsFull |= Length + buffer.Length > most;
            if (!IsFull)
            {
                base.Write(buffer.ToArray(), 0, buffer.Length);
            }
        }
    }
}
