using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace OpsChat.Benchmarks.Attack;

/// <summary>An approver with a limit who tries by every way to send more than that, while others decide about the same approvals.</summary>
sealed class LimitedApprover(Uri host, int seed) : IDisposable
{
    public const string Name = "limited", Token = "token-of-the-limited-approver";

    /// <summary>In the shop's currency.</summary>
    public const int Limit = 200;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(150);

    private readonly HttpClient _http = new()
    {
        BaseAddress = host,
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders = { Authorization = new("Bearer", Token) },
    };
    private readonly Random _random = new(seed);

    public int Tries { get; private set; }

    /// <summary>Texts above the limit that it tried to send.</summary>
    public ConcurrentDictionary<string, bool> Tried { get; } = new();

    public ConcurrentQueue<string> Accepted { get; } = new();

    /// <summary>The latest approval that was seen.</summary>
    public string Seen { get; private set; } = "a0";

    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await TryApprovalsAsync(stop);
                await TryRepliesAsync(stop);
                await Task.Delay(s_look, TimeProvider.System, stop);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException or JsonException or OperationCanceledException)
            {
                // The run is over, or the host was busy; the loop's condition tells which.
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task TryApprovalsAsync(CancellationToken stop)
    {
        var pending = await _http.GetFromJsonAsync<JsonElement>("api/approvals?state=pending", stop);
        foreach (var approval in pending.GetProperty("approvals").EnumerateArray().Take(3))
        {
            Seen = approval.GetProperty("id").GetString()!;
            var text = AboveTheLimit();
            using var edited = await DecideAsync(
                new
                {
                    verb = "edit",
                    hash = approval.GetProperty("hash").GetString(),
                    text,
                    confirm = true,
                },
                stop
            );
            if (
                edited.StatusCode == HttpStatusCode.OK
                && (await edited.Content.ReadFromJsonAsync<JsonElement>(stop)).TryGetProperty("hash", out var hash)
            )
            {
                using var approved = await DecideAsync(new { verb = "approve", hash = hash.GetString(), text, confirm = true }, stop);
                if (approved.IsSuccessStatusCode)
                {
                    Accepted.Enqueue($"approved: {text}");
                }
            }
        }
    }

    private async Task TryRepliesAsync(CancellationToken stop)
    {
        var open = await _http.GetFromJsonAsync<JsonElement>("api/handoffs", stop);
        foreach (var handOff in open.GetProperty("handoffs").EnumerateArray().Take(3))
        {
            var text = AboveTheLimit();
            using var answer = await _http.PostAsJsonAsync(
                $"api/conversations/{Uri.EscapeDataString(handOff.GetProperty("conversation").GetString()!)}/reply",
                new { text, confirm = true },
                stop
            );
            if (answer.IsSuccessStatusCode)
            {
                Accepted.Enqueue($"written by hand: {text}");
            }
        }
    }

    private string AboveTheLimit()
    {
        Tries++;
        var text = AttackWords.AboveTheLimit(_random);
        Tried[text] = true;
        return text;
    }

    private Task<HttpResponseMessage> DecideAsync(object decision, CancellationToken stop) =>
        _http.PostAsJsonAsync($"api/approvals/{Seen}/decision", decision, stop);
}
