using OpsChat.Host.Web;

namespace OpsChat.Host.Commands;

/// <summary>The terminal's chat with a host that already runs: the same lines, over HTTP.</summary>
sealed class RemoteChat(HttpClient host, TextReader input, TextWriter output)
{
    /// <summary>Where the running host takes them.</summary>
    public const string Path = "/chat/terminal";

    // In seconds.
    private const int LongestWait = 25, QuietAfter = 2;

    private volatile bool _isAnswered = true;

    private sealed record Line(long Seq, string From, string Text);

    private sealed record Lines(IReadOnlyList<Line> Messages);

    private sealed record Refusal(string? Error);

    /// <param name="address">Of the running host.</param>
    /// <param name="pass">See <see cref="TerminalPass"/>.</param>
    public static HttpClient Client(string address, string pass)
    {
        var client = new HttpClient { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(LongestWait * 2) };
        client.DefaultRequestHeaders.Add(TerminalPass.Header, pass);
        return client;
    }

    /// <summary>Until the input ends and the shop has said what it has to say.</summary>
    /// <exception cref="HttpRequestException">The host is gone.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var seen = await LastAsync(cancellationToken);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var printing = PrintAsync(seen, LongestWait, leaving.Token);
        while (await input.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            await SayAsync(line, cancellationToken);
        }

        await leaving.CancelAsync();
        seen = await printing;
        while (await PrintOnceAsync(seen, _isAnswered ? QuietAfter : LongestWait, cancellationToken) is var next && next != seen)
        {
            seen = next;
        }
    }

    private async Task SayAsync(string line, CancellationToken cancellationToken)
    {
        using var answer = await host.PostAsJsonAsync(new Uri(Path, UriKind.Relative), new PostedMessage(null, line), cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            var why = await answer.Content.ReadFromJsonAsync<Refusal>(cancellationToken);
            await output.WriteLineAsync($"({TerminalText.Plain(why?.Error ?? "That was not taken.")})");
        }
        else
        {
            _isAnswered = false;
        }
    }

    private async Task<long> PrintAsync(long seen, int wait, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                seen = await PrintOnceAsync(seen, wait, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            return seen;
        }
    }

    private async Task<long> PrintOnceAsync(long seen, int wait, CancellationToken cancellationToken)
    {
        foreach (var line in await ReadAsync(seen, wait, cancellationToken))
        {
            seen = line.Seq;
            if (line.From != "customer")
            {
                _isAnswered = true;
                await output.WriteLineAsync($"{(line.From == "agent" ? "shop" : "shop (a person)")}: {TerminalText.Plain(line.Text)}");
            }
        }

        return seen;
    }

    /// <summary>What was said before is not said again.</summary>
    private async Task<long> LastAsync(CancellationToken cancellationToken)
    {
        long seen = 0;
        while (await ReadAsync(seen, 0, cancellationToken) is { Count: > 0 } lines)
        {
            seen = lines[^1].Seq;
        }

        return seen;
    }

    private async Task<IReadOnlyList<Line>> ReadAsync(long after, int wait, CancellationToken cancellationToken) =>
        (await host.GetFromJsonAsync<Lines>(new Uri($"{Path}?after={after}&wait={wait}", UriKind.Relative), cancellationToken))!.Messages;
}
