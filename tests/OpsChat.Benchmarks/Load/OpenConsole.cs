using System.Text.Json;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Load;

/// <summary>
/// A console as its page's script keeps it: signed in, the inbox and one conversation loaded, one line of events, and both loaded anew 120 ms after
/// an event that concerns them.
/// </summary>
sealed class OpenConsole : IDisposable
{
    private static readonly TimeSpan s_gathers = TimeSpan.FromMilliseconds(120);

    private readonly HttpClient _browser;
    private readonly string _conversation;
    private readonly CancellationTokenSource _closing = new();
    private Task _following = Task.CompletedTask;
    private volatile bool _isAsked;
    private volatile string _shown = "";
    private volatile TaskCompletionSource _changed = new();

    private OpenConsole(Uri host, string conversation) =>
        (_browser, _conversation) = (new() { BaseAddress = host, Timeout = TimeSpan.FromMinutes(2) }, conversation);

    private Uri Page => new($"owner/conversations/{Uri.EscapeDataString(_conversation)}", UriKind.Relative);

    public static async Task<OpenConsole> OpenAsync(Uri host, string conversation)
    {
        var console = new OpenConsole(host, conversation);
        using var signedIn = await console._browser.PostAsync(
            new Uri("owner/sign-in/go", UriKind.Relative),
            new FormUrlEncodedContent([new("token", HostProcess.OwnerToken)])
        );
        signedIn.EnsureSuccessStatusCode();
        await console._browser.GetStringAsync(new Uri("owner", UriKind.Relative));
        await console.LookAsync();
        var listening = new TaskCompletionSource();
        console._following = console.FollowAsync(listening);
        await listening.Task;
        return console;
    }

    /// <summary>Waits until that text stands on the page.</summary>
    public async Task UntilShownAsync(string text)
    {
        for (var change = _changed; !_shown.Contains(text, StringComparison.Ordinal); change = _changed)
        {
            await change.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _browser.Dispose();
        _closing.Dispose();
    }

    private async Task FollowAsync(TaskCompletionSource listening)
    {
        try
        {
            await using var events = await _browser.GetStreamAsync(new Uri("owner/events", UriKind.Relative), _closing.Token);
            using var reader = new StreamReader(events);
            var looking = Task.CompletedTask;
            while (await reader.ReadLineAsync(_closing.Token) is { } line)
            {
                listening.TrySetResult();
                if (line.StartsWith("data: ", StringComparison.Ordinal) && Concerns(line["data: ".Length..]))
                {
                    _isAsked = true;
                    looking = looking.IsCompleted ? LookSoonAsync() : looking;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }

    private bool Concerns(string change)
    {
        using var json = JsonDocument.Parse(change);
        return json.RootElement.TryGetProperty("conversation", out var which) && which.GetString() == _conversation;
    }

    private async Task LookSoonAsync()
    {
        while (_isAsked)
        {
            await Task.Delay(s_gathers, TimeProvider.System, _closing.Token);
            _isAsked = false;
            await LookAsync();
        }
    }

    private async Task LookAsync()
    {
        _shown = await _browser.GetStringAsync(Page, _closing.Token);
        var told = _changed;
        _changed = new();
        told.SetResult();
    }
}
