using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpsChat.Channels.Telegram.Api;

namespace OpsChat.Channels.Telegram;

/// <summary>
/// One HTTP request to the Bot API, and what is known after it. The token is part of every address, so addresses stay in here:
/// no redirect follows them, no trace carries them, and no error quotes them.
/// </summary>
internal sealed class BotApiTransport(TelegramBotOptions options, TimeProvider time, HttpMessageHandler handler) : IDisposable
{
    /// <summary>The most that bots may fetch, in bytes.</summary>
    private const int LargestDownload = 20 * 1024 * 1024;

    // Time-outs are set for each call, by the injected clock.
    private readonly HttpClient _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestDownload };

    public static HttpMessageHandler NewHandler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // Without a propagator there is no tracing activity, whose url.full would carry the token.
        ActivityHeadersPropagator = null,
    };

    /// <summary>Posts once. Throws only when <paramref name="cancellationToken"/> is asked for.</summary>
    public async Task<ApiOutcome<T>> Post<T>(
        string method, HttpContent content, JsonTypeInfo<ApiResponse<T>> type, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("/bot", method)) { Content = content };
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Judge(response.StatusCode, await ReadBody(response, type, either.Token));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ApiOutcome<T>.Unknown($"no answer within {timeout.TotalSeconds:0} s");
        }
        catch (OperationCanceledException e) when (!either.IsCancellationRequested && e.InnerException is TimeoutException)
        {
            return new ApiOutcome<T>.Unreached($"no connection to {options.ApiBase.Host} in time");
        }
        catch (OperationCanceledException) when (!either.IsCancellationRequested)
        {
            // The host ends and takes its connections along: the request may have arrived, so it must not be repeated.
            return new ApiOutcome<T>.Unknown($"the connection to {options.ApiBase.Host} was closed here");
        }
        catch (HttpRequestException e) when (NothingWasWritten(e.HttpRequestError))
        {
            return new ApiOutcome<T>.Unreached($"no connection to {options.ApiBase.Host} ({e.HttpRequestError})");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new ApiOutcome<T>.Unknown($"the connection to {options.ApiBase.Host} broke");
        }
    }

    /// <summary>The bytes of a file whose path came from getFile; null when Telegram doesn't have it (any more).</summary>
    public async Task<byte[]?> Download(string path, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        try
        {
            using var response = await _http.GetAsync(Address("/file/bot", escaped), either.Token);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(either.Token) : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TelegramUnreachableException("a download", "no answer in time");
        }
        catch (HttpRequestException e)
        {
            throw new TelegramUnreachableException("a download", e.HttpRequestError.ToString());
        }
    }

    public void Dispose() => _http.Dispose();

    private Uri Address(string prefix, string path) =>
        new($"{options.ApiBase.AbsoluteUri.TrimEnd('/')}{prefix}{options.Token.Reveal()}/{path}");

    private static bool NothingWasWritten(HttpRequestError error) => error
        is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError;

    /// <summary>Null when the body is not the Bot API's JSON: a proxy's error page, say.</summary>
    private static async Task<ApiResponse<T>?> ReadBody<T>(
        HttpResponseMessage response, JsonTypeInfo<ApiResponse<T>> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// A 4xx is Telegram's (or a proxy's) word that nothing was done. A 5xx, a 408 and an unreadable success say nothing
    /// about whether it was.
    /// </summary>
    private static ApiOutcome<T> Judge<T>(HttpStatusCode status, ApiResponse<T>? body)
    {
        if (body is { Ok: true, Result: { } result })
        {
            return new ApiOutcome<T>.Done(result);
        }

        var code = body?.ErrorCode ?? (int)status;
        return code is < 300 or 408 or >= 500
            ? new ApiOutcome<T>.Unknown($"answered {code}")
            : new ApiOutcome<T>.Refused(new ApiError(code, body?.Description ?? status.ToString(), body?.Parameters));
    }
}
