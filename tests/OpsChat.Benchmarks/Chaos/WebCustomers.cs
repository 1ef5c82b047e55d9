using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>A message that the host said it has.</summary>
/// <param name="SentId">The customer's own id of it.</param>
/// <param name="MessageId">The id that the host gave.</param>
public sealed record Acknowledged(string Customer, string SentId, string MessageId);

/// <summary>Many customers who write over HTTP, and repeat what was not acknowledged, with the same id, until it is.</summary>
/// <param name="words">What they write; null for <see cref="CustomerWords"/>.</param>
public sealed class WebCustomers(Uri host, int seed, Func<Random, string>? words = null, double longestPauseSeconds = 6) : IDisposable
{
    // Most write on and on, which takes what was approved back to a person; some wait for what becomes of it.
    private const int OnePatientOf = 4, PatientTimes = 20;
    private static readonly TimeSpan s_beforeRepeat = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http = new()
    {
        BaseAddress = host,
        Timeout = TimeSpan.FromSeconds(5),
        DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } },
    };
    private int _repeats;
    private int _refused;

    public ConcurrentQueue<Acknowledged> Acknowledged { get; } = new();

    /// <summary>How often a post had to be repeated because no answer came.</summary>
    public int Repeats => _repeats;

    /// <summary>How many posts were told to wait.</summary>
    public int Refused => _refused;

    /// <summary>Writes as that many customers until told to stop; what was begun then is still repeated until it is acknowledged.</summary>
    public Task WriteAsync(int customers, CancellationToken stop, CancellationToken giveUp) =>
        Task.WhenAll(Enumerable.Range(0, customers).Select(number => WriteAsCustomerAsync(number, stop, giveUp)));

    public void Dispose() => _http.Dispose();

    private async Task WriteAsCustomerAsync(int number, CancellationToken stop, CancellationToken giveUp)
    {
        var random = new Random(HashCode(seed, number));
        var longestPause = longestPauseSeconds * (number % OnePatientOf == 0 ? PatientTimes : 1);
        for (var count = 0; await PauseAsync(random, longestPause, stop); count++)
        {
            await PostAsync($"customer-{number}", $"{number}-{count}", (words ?? CustomerWords.Draw)(random), giveUp);
        }
    }

    private async Task PostAsync(string customer, string id, string text, CancellationToken giveUp)
    {
        while (true)
        {
            try
            {
                using var answer = await _http.PostAsJsonAsync($"api/chat/{customer}/messages", new { id, text }, giveUp);
                if (answer.StatusCode == HttpStatusCode.Accepted && await answer.Content.ReadFromJsonAsync<Accepted>(giveUp) is { } accepted)
                {
                    Acknowledged.Enqueue(new(customer, id, accepted.MessageId));
                    return;
                }

                _ = answer.StatusCode == HttpStatusCode.TooManyRequests ? Interlocked.Increment(ref _refused) : 0;
            }
            catch (Exception e)
                when (e is HttpRequestException or IOException or SocketException || (e is TaskCanceledException && !giveUp.IsCancellationRequested))
            {
                // Killed meanwhile: nobody knows whether it was admitted, so it is sent again.
            }

            Interlocked.Increment(ref _repeats);
            await Task.Delay(s_beforeRepeat, TimeProvider.System, giveUp);
        }
    }

    private static async Task<bool> PauseAsync(Random random, double longestPauseSeconds, CancellationToken stop)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * longestPauseSeconds), TimeProvider.System, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Not HashCode.Combine: that differs from process to process.
    private static int HashCode(int seed, int number) => unchecked((seed * 486_187_739) + number);

    private sealed record Accepted(string MessageId);
}
