using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>A decision that the host said it has taken.</summary>
public sealed record DecisionTaken(string Approval, string Verb, string Hash);

/// <summary>The owner, who decides approvals (some of them twice at once) and answers hand-offs over the API.</summary>
/// <param name="repliesWithSuggestions">Hand-offs are answered with what was suggested; otherwise always with own words.</param>
public sealed class OwnerAtWork(Uri host, int seed, bool repliesWithSuggestions = true) : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(400);
    private const int MostAtOneLook = 10, MostTries = 4;

    private readonly HttpClient _http = new()
    {
        BaseAddress = host,
        Timeout = TimeSpan.FromSeconds(5),
        DefaultRequestHeaders = { Authorization = new("Bearer", HostProcess.OwnerToken) },
    };
    private readonly Random _random = new(seed);

    public ConcurrentQueue<DecisionTaken> Taken { get; } = new();

    /// <summary>How often each kind of answer came; what has to be confirmed is answered with 422, a card that changed meanwhile with 409.</summary>
    public ConcurrentDictionary<HttpStatusCode, int> Answers { get; } = new();

    /// <summary>Cards and hand-offs side by side: what is slow for one does not keep the other.</summary>
    public Task WorkAsync(CancellationToken stop) => Task.WhenAll(AgainAsync(DecideAllAsync, stop), AgainAsync(ReplyToSomeAsync, stop));

    public void Dispose() => _http.Dispose();

    private static async Task AgainAsync(Func<CancellationToken, Task> look, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await look(stop);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException or OperationCanceledException)
            {
                // The host is down, or the work is over; the loop's condition tells which.
            }

            await Task.Delay(s_look, TimeProvider.System, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task DecideAllAsync(CancellationToken stop)
    {
        var pending = await _http.GetFromJsonAsync<Approvals>("api/approvals?state=pending", stop);
        foreach (var approval in pending!.List.OrderBy(_ => Draw(int.MaxValue)).Take(MostAtOneLook))
        {
            await DecideAsync(approval, stop);
        }
    }

    private async Task ReplyToSomeAsync(CancellationToken stop)
    {
        var open = await _http.GetFromJsonAsync<HandOffs>("api/handoffs", stop);
        foreach (var handOff in open!.List.Take(MostAtOneLook).Where(_ => Draw(4) == 0))
        {
            using var _ = await _http.PostAsJsonAsync(
                $"api/conversations/{handOff.Conversation}/reply",
                new { text = (repliesWithSuggestions ? handOff.Suggestion : null) ?? "A colleague looks into it now." },
                stop
            );
        }
    }

    private int Draw(int below)
    {
        lock (_random)
        {
            return _random.Next(below);
        }
    }

    private async Task DecideAsync(ApprovalShown approval, CancellationToken stop)
    {
        switch (Draw(10))
        {
            case 0:
                await PostAsync(approval, "reject", stop);
                break;
            case 1:
                await PostAsync(approval, "takeover", stop);
                break;
            case 2:
                await PostAsync(approval, "edit", stop);
                break;
            case 3 or 4:
                // Two taps, or two approvers: only one may count.
                await Task.WhenAll(PostAsync(approval, "approve", stop), PostAsync(approval, "approve", stop), PostAsync(approval, "reject", stop));
                break;
            default:
                await PostAsync(approval, "approve", stop);
                break;
        }
    }

    /// <summary>As a person does it: what has to be confirmed is confirmed, and a card that changed meanwhile is looked at anew.</summary>
    private async Task PostAsync(ApprovalShown approval, string verb, CancellationToken stop)
    {
        var confirm = false;
        for (var tries = 0; tries < MostTries; tries++)
        {
            using var answer = await _http.PostAsJsonAsync(
                $"api/approvals/{approval.Id}/decision",
                new
                {
                    verb,
                    hash = approval.Hash,
                    text = $"{approval.Text} Thank you for waiting.",
                    reason = "incorrect",
                    confirm,
                },
                stop
            );
            Answers.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.OK:
                    Taken.Enqueue(new(approval.Id, verb, approval.Hash));
                    return;
                case HttpStatusCode.UnprocessableEntity:
                    confirm = true;
                    break;
                case HttpStatusCode.Conflict
                    when await answer.Content.ReadFromJsonAsync<Refusal>(stop) is { Approval: { State: "pending" } now } && now.Hash != approval.Hash:
                    (approval, confirm) = (now, false);
                    break;
                default:
                    return;
            }
        }
    }

    private sealed record ApprovalShown(string Id, string Hash, string Text, string State);

    private sealed record Refusal(ApprovalShown? Approval);

    private sealed record Approvals([property: System.Text.Json.Serialization.JsonPropertyName("approvals")] IReadOnlyList<ApprovalShown> List);

    private sealed record HandOffShown(string Conversation, string? Suggestion);

    private sealed record HandOffs([property: System.Text.Json.Serialization.JsonPropertyName("handoffs")] IReadOnlyList<HandOffShown> List);
}
