using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Load;

/// <summary>How one stretch of steady load went.</summary>
/// <param name="Rate">Messages a second.</param>
/// <param name="Times">From the post to the answer in the customer's hands, ascending.</param>
/// <param name="Refused">Answered with 429.</param>
/// <param name="Failed">Anything else: no answer in time, another status, a broken connection.</param>
/// <param name="LongestHealth">The slowest answer on <c>/health</c> meanwhile, asked four times a second.</param>
/// <param name="Processor">Share of all processors that the host used.</param>
sealed record RateResult(double Rate, IReadOnlyList<TimeSpan> Times, int Refused, int Failed, TimeSpan LongestHealth, double Processor)
{
    public int Answered => Times.Count;

    public TimeSpan Percentile(double share) => Times.Count == 0 ? TimeSpan.Zero : Times[(int)Math.Min(Times.Count - 1, share * Times.Count)];
}

/// <summary>Messages at a steady rate, whatever becomes of the earlier ones: a slow host does not slow its customers down.</summary>
sealed class SteadyLoad(HostProcess host) : IDisposable
{
    private const int PatienceSeconds = 20;
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue })
    {
        BaseAddress = host.Url,
        Timeout = TimeSpan.FromSeconds(PatienceSeconds * 2),
        DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } },
    };

    private int _customers;

    public async Task<RateResult> RunAsync(double rate, TimeSpan duration)
    {
        var results = new ConcurrentBag<(TimeSpan Took, HttpStatusCode Status)>();
        var underWay = new List<Task>();
        using var over = new CancellationTokenSource();
        var health = LongestHealthAsync(over.Token);
        var (begun, processor) = (Stopwatch.GetTimestamp(), host.ProcessorTime);
        while (Stopwatch.GetElapsedTime(begun) is var elapsed && elapsed < duration)
        {
            for (var due = elapsed.TotalSeconds * rate; underWay.Count < due;)
            {
                underWay.Add(AskAsync(++_customers, results));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        var used = (host.ProcessorTime - processor) / Stopwatch.GetElapsedTime(begun) / Environment.ProcessorCount;
        await Task.WhenAll(underWay);
        await over.CancelAsync();
        return new(
            rate,
            [.. results.Where(r => r.Status == HttpStatusCode.OK).Select(r => r.Took).Order()],
            results.Count(r => r.Status == HttpStatusCode.TooManyRequests),
            results.Count(r => r.Status is not (HttpStatusCode.OK or HttpStatusCode.TooManyRequests)),
            await health,
            used
        );
    }

    public void Dispose() => _http.Dispose();

    private async Task<TimeSpan> LongestHealthAsync(CancellationToken over)
    {
        var longest = TimeSpan.Zero;
        while (!over.IsCancellationRequested)
        {
            var asked = Stopwatch.GetTimestamp();
            using var answer = await _http.GetAsync(new Uri("health", UriKind.Relative), CancellationToken.None);
            longest = Stopwatch.GetElapsedTime(asked) is var took && took > longest ? took : longest;
            await Task.Delay(s_betweenLooks, TimeProvider.System, over).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return longest;
    }

    private async Task AskAsync(int customer, ConcurrentBag<(TimeSpan, HttpStatusCode)> results)
    {
        var begun = Stopwatch.GetTimestamp();
        HttpStatusCode status;
        try
        {
            status = await AnswerAsync($"api/chat/load-{customer}/messages");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or TaskCanceledException)
        {
            status = HttpStatusCode.RequestTimeout;
        }

        results.Add((Stopwatch.GetElapsedTime(begun), status));
    }

    /// <summary>OK when the answer came; else what the post got.</summary>
    private async Task<HttpStatusCode> AnswerAsync(string messages)
    {
        using var posted = await _http.PostAsJsonAsync(messages, new { id = "1", text = "when are you open?" });
        if (posted.StatusCode != HttpStatusCode.Accepted)
        {
            return posted.StatusCode;
        }

        // Line 1 is the customer's own message.
        var read = await _http.GetFromJsonAsync<Lines>($"{messages}?after=1&wait={PatienceSeconds}");
        return read is { Messages.Count: > 0 } ? HttpStatusCode.OK : HttpStatusCode.RequestTimeout;
    }

    private sealed record Line(long Seq);

    private sealed record Lines(IReadOnlyList<Line> Messages);
}
