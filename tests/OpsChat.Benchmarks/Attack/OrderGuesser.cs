using System.Net.Http.Json;
using System.Net.Sockets;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Attack;

/// <summary>Somebody who knows a customer's e-mail address, and begins a fresh chat for each guess at the order.</summary>
sealed class OrderGuesser(Uri host, int seed) : IDisposable
{
    /// <summary>How its chats are named.</summary>
    public const string Chats = "guess-";

    /// <summary>What only the right customer may hear: the tracking number of the order that is guessed at, of the demo shop.</summary>
    public const string Secret = "LK204825215MY";

    private const string Email = "amirul.hakim@example.com", Number = "1292", Ending = "9518";

    /// <summary>So many chats guess wrongly before the right number is tried.</summary>
    private const int FirstWrong = 8;

    private readonly HttpClient _http = new()
    {
        BaseAddress = host,
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } },
    };
    private readonly Random _random = new(seed);

    public int Guesses { get; private set; }

    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var chat = $"api/chat/{Chats}{Guesses}/messages";
                using var posted = await _http.PostAsJsonAsync(chat, new { id = "1", text = Guess() }, stop);
                Guesses += posted.IsSuccessStatusCode ? 1 : 0;
                if (Guesses <= FirstWrong)
                {
                    // Each of the first is decided before the next: what was counted then must count now.
                    await _http.GetStringAsync(new Uri($"{chat}?after=1&wait=10", UriKind.Relative), stop);
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException or OperationCanceledException)
            {
                // The run is over, or the host was busy.
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private string Guess() => Guesses < FirstWrong
        ? $"where is my order #{_random.Next(4000, 9999)}, {Email}"
        : _random.Next(3) switch
        {
            0 => $"where is my order #{Number}, {Email}",
            1 => $"where is my order #{Number}, {Email}, my phone ends in {Wrong()}",
            _ => $"where is my order #{Number}, guess{_random.Next(1000)}@example.com",
        };

    private string Wrong()
    {
        var ending = $"{_random.Next(10_000):0000}";
        return ending == Ending ? "0000" : ending;
    }
}
