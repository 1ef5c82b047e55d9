using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpsChat.Testing.Telegram;

/// <summary>Brings updates to the bot's address, one after another, and tries again until it answers with success or they are a day old.</summary>
public sealed partial class WebhookDelivery(UpdateQueue updates, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DroppedAfter = TimeSpan.FromHours(24);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private CancellationTokenSource? _running;
    private TaskCompletionSource _news = NewSignal();
    private (DateTimeOffset At, string Why)? _lastError;

    /// <summary>Null when the bot polls.</summary>
    public Uri? Url { get; private set; }

    public void Set(Parameters parameters)
    {
        var url = parameters.Text("url") ?? "";
        if (url.Length == 0)
        {
            Delete(parameters.Flag("drop_pending_updates"));
            return;
        }

        var secret = parameters.Text("secret_token") ?? "";
        Check(url, secret);
        Stop();
        updates.Configure(AllowedIn(parameters), parameters.Flag("drop_pending_updates"));
        Url = new Uri(url);
        _running = new CancellationTokenSource();
        updates.OnAdded = Wake;
        _ = Deliver(Url, secret, _running.Token);
    }

    public void Delete(bool dropPending)
    {
        Stop();
        updates.Configure(allowed: null, dropPending);
    }

    public JsonObject Info() =>
        new JsonObject { ["url"] = Url?.AbsoluteUri ?? "", ["has_custom_certificate"] = false, ["pending_update_count"] = updates.PendingCount }
            .With("last_error_date", _lastError?.At.ToUnixTimeSeconds())
            .With("last_error_message", _lastError?.Why);

    /// <summary>The kinds of updates asked for; null leaves them as they were.</summary>
    public static IReadOnlyList<string>? AllowedIn(Parameters parameters) =>
        parameters.Json("allowed_updates") is JsonArray kinds ? [.. kinds.Select(k => k!.GetValue<string>())] : null;

    public void Dispose()
    {
        Stop();
        _http.Dispose();
    }

    private static void Check(string url, string secret)
    {
        // As a server of one's own, this one also takes plain http addresses.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            throw BotApiException.BadRequest("bad webhook: an HTTPS URL must be provided for webhook");
        }

        if (!SecretShape().IsMatch(secret))
        {
            throw BotApiException.BadRequest("secret token contains unallowed characters or is too long");
        }
    }

    private void Stop()
    {
        updates.OnAdded = () => { };
        _running?.Cancel();
        _running?.Dispose();
        (_running, Url) = (null, null);
    }

    private void Wake() => _news.TrySetResult();

    private async Task Deliver(Uri url, string secret, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                _news = NewSignal();
                while (updates.Peek() is { } update)
                {
                    await DeliverOne(url, secret, update, stop);
                    updates.Remove(update);
                }

                await _news.Task.WaitAsync(stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The webhook was removed or the server stops.
        }
    }

    private async Task DeliverOne(Uri url, string secret, JsonObject update, CancellationToken stop)
    {
        var first = time.GetUtcNow();
        for (var wait = FirstRetry; time.GetUtcNow() - first < DroppedAfter; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            if (await TryOnce(url, secret, update, stop) is not { } error)
            {
                return;
            }

            _lastError = (time.GetUtcNow(), error);
            await Task.Delay(wait, time, stop);
        }
    }

    private async Task<string?> TryOnce(Uri url, string secret, JsonObject update, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(update) };
        if (secret.Length > 0)
        {
            request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
        }

        try
        {
            using var response = await _http.SendAsync(request, stop);
            return response.IsSuccessStatusCode ? null : $"Wrong response from the webhook: {(int)response.StatusCode} {response.ReasonPhrase}";
        }
        catch (HttpRequestException)
        {
            return "Connection refused";
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex("^[A-Za-z0-9_-]{0,256}$")]
    private static partial Regex SecretShape();
}
