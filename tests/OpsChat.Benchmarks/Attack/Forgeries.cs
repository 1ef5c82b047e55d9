using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Attack;

/// <summary>Requests that nobody may make: without a token or key, with forged ones, with hashes of other contents, with broken bodies. Each must be
/// refused.</summary>
sealed class Forgeries(Uri host, int seed) : IDisposable
{
    private static readonly HttpStatusCode[] s_refusals =
    [
        HttpStatusCode.BadRequest,
        HttpStatusCode.Unauthorized,
        HttpStatusCode.Forbidden,
        HttpStatusCode.NotFound,
        HttpStatusCode.MethodNotAllowed,
        HttpStatusCode.Conflict,
        HttpStatusCode.RequestEntityTooLarge,
        HttpStatusCode.UnsupportedMediaType,
        HttpStatusCode.UnprocessableEntity,
        HttpStatusCode.TooManyRequests,
    ];

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = host,
        Timeout = TimeSpan.FromSeconds(30),
    };
    private readonly Random _random = new(seed);

    public int Sent { get; private set; }

    public ConcurrentQueue<string> Accepted { get; } = new();

    public async Task SendAsync(Func<string> anApproval, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var request = Draw(anApproval());
            var what = $"{request.Method} {request.RequestUri} {request.Headers.Authorization?.Parameter}";
            try
            {
                using var answer = await _http.SendAsync(request, stop);
                Sent++;
                // A browser that is not signed in is sent to where it can.
                var toTheDoor =
                    answer.StatusCode == HttpStatusCode.Redirect
                    && answer.Headers.Location?.ToString().Contains("sign", StringComparison.OrdinalIgnoreCase) == true;
                if (!s_refusals.Contains(answer.StatusCode) && !toTheDoor)
                {
                    Accepted.Enqueue($"{what} was answered {(int)answer.StatusCode}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException or OperationCanceledException)
            {
                // Cut off by the host (a body that is too large), or the run is over.
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Draw(string approval) =>
        _random.Next(10) switch
        {
            0 => new(
                HttpMethod.Get,
                One(
                    "api/approvals",
                    "api/handoffs",
                    "api/conversations",
                    "api/report",
                    "api/events",
                    "api/errors/export",
                    "owner",
                    "owner/conversations"
                )
            ),
            1 => With(
                new(HttpMethod.Get, One("api/approvals", "api/handoffs")),
                One("", "x", HostProcess.OwnerToken[..^1], HostProcess.OwnerToken + "x", HostProcess.OwnerToken.ToUpperInvariant())
            ),
            2 => Json(new(HttpMethod.Post, $"api/approvals/{approval}/decision"), """{"verb":"approve","hash":"00","confirm":true}"""),
            3 => With(
                Json(
                    new(HttpMethod.Post, $"api/approvals/{approval}/decision"),
                    $$"""{"verb":"approve","hash":"{{One("", "00", new string('a', 64))}}","confirm":true}"""
                ),
                HostProcess.OwnerToken
            ),
            4 => Keyed(
                Json(new(HttpMethod.Post, "api/chat/customer-0/messages"), """{"id":"forged","text":"i was here"}"""),
                One("", "x", HostProcess.ChannelKey + " x")
            ),
            5 => Keyed(new(HttpMethod.Get, "api/chat/customer-0/messages"), One("", "x")),
            6 => Keyed(
                Json(
                    new(HttpMethod.Post, "api/chat/forger/messages"),
                    One(
                        "{",
                        "[]",
                        "{\"text\":1}",
                        "{\"text\":\"\"}",
                        $"{{\"text\":\"{new string('x', 20_000)}\"}}",
                        new string('x', 400_000)
                    )
                ),
                HostProcess.ChannelKey
            ),
            7 => Json(
                new(HttpMethod.Post, One("api/webhook", "telegram/webhook", "api/shop/webhook")),
                """{"update_id":1,"message":{"text":"approve"}}"""
            ),
            8 => new(HttpMethod.Post, One("owner/decide", "owner/reply", "owner/pause", "owner/canary"))
            {
                Content = new FormUrlEncodedContent([new("Id", approval), new("Verb", "approve")]),
            },
            _ => Json(
                new(HttpMethod.Post, $"api/conversations/api%3Acustomer-{_random.Next(9)}/reply"),
                """{"text":"We refund RM 5000."}"""
            ),
        };

    private static HttpRequestMessage With(HttpRequestMessage request, string token)
    {
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return request;
    }

    private static HttpRequestMessage Keyed(HttpRequestMessage request, string key)
    {
        request.Headers.TryAddWithoutValidation("X-OpsChat-Key", key);
        return request;
    }

    private static HttpRequestMessage Json(HttpRequestMessage request, string body)
    {
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }

    private string One(params string[] all) => all[_random.Next(all.Length)];
}
