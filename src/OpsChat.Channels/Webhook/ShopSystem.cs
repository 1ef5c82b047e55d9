using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using OpsChat.Agent;

namespace OpsChat.Channels.Webhook;

/// <summary>What the shop's system said to a call. Closed.</summary>
public abstract record ShopAnswer
{
    private ShopAnswer() { }

    /// <summary>It has the event (any 2xx).</summary>
    public sealed record Taken : ShopAnswer;

    /// <summary>It will not take it, however often it comes.</summary>
    public sealed record Refused(string Why) : ShopAnswer;

    /// <summary>It certainly has not taken it, and may another time.</summary>
    public sealed record NotNow(string Why) : ShopAnswer;

    /// <summary>Nobody knows whether it has taken it: the line broke after the request, or something failed over there.</summary>
    public sealed record Unknown(string Why) : ShopAnswer;
}

/// <summary>
/// The shop's own system, called with a signature (<see cref="WebhookSignature"/>) and an idempotency key, by which it knows a call that comes
/// again. Redirects are not followed: the signed address is the one that was set.
/// </summary>
public sealed class ShopSystem : IDisposable
{
    /// <summary>About a day of pauses; then it is the owner's business.</summary>
    public const int MostTries = 150;

    /// <summary>How often it is looked whether something is due again; what is new is told at once.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10), s_longestPause = TimeSpan.FromMinutes(10);
    private static readonly MediaTypeHeaderValue s_json = new(MediaTypeNames.Application.Json);

    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public ShopSystem(WebhookOptions options, TimeProvider time) : this(options, time, TimeSpan.FromSeconds(5))
    {
    }

    /// <param name="connectWithin">Shorter than the patience for the whole call: without a connection nothing was said, which is worth
    /// knowing.</param>
    internal ShopSystem(WebhookOptions options, TimeProvider time, TimeSpan connectWithin)
    {
        (_options, _time) = (options, time);
        // The end of the patience is set for each call, so that it can be told from a connection that was not made in time.
        _http = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = connectWithin,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>The pause before a call's next try: 2 s, doubled each time, at most 10 minutes.</summary>
    public static TimeSpan PauseAfter(int tries) => tries >= 9 ? s_longestPause : TimeSpan.FromSeconds(2 << tries);

    /// <param name="key">The same for each try of one event, and for no other event.</param>
    /// <exception cref="OperationCanceledException">Called off by <paramref name="cancellationToken"/>; the call may have arrived.</exception>
    public async Task<ShopAnswer> TellAsync(string key, byte[] body, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(s_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var at = _time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = s_json } },
        };
        request.Headers.Add(WebhookSignature.KeyHeader, key);
        request.Headers.Add(WebhookSignature.TimestampHeader, at.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(_options.Secret, at, body));
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Judge(answer.StatusCode);
        }
        catch (HttpRequestException e)
            when (e.HttpRequestError
                    is HttpRequestError.NameResolutionError
                        or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError
            )
        {
            return new ShopAnswer.NotNow($"The shop's system could not be reached ({e.HttpRequestError}).");
        }
        catch (HttpRequestException e)
        {
            return new ShopAnswer.Unknown($"The line to the shop's system broke before it answered ({e.HttpRequestError}).");
        }
        catch (OperationCanceledException e) when (!either.IsCancellationRequested && e.InnerException is TimeoutException)
        {
            return new ShopAnswer.NotNow("The shop's system could not be reached (no connection in time).");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ShopAnswer.Unknown($"The shop's system did not answer within {s_patience.TotalSeconds:0} s.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static ShopAnswer Judge(HttpStatusCode status) =>
        status switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => new ShopAnswer.Taken(),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new ShopAnswer.NotNow(
                $"The shop's system answered {(int)status}."
            ),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => new ShopAnswer.Unknown(
                $"The shop's system answered {(int)status}."
            ),
            _ => new ShopAnswer.Refused($"The shop's system answered {(int)status}."),
        };
}
