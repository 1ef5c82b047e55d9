using System.Net;
using OpsChat.Host.Web;

namespace OpsChat.Host.Commands;

/// <summary>The terminal's chat with a host that already runs: the same lines, over HTTP.</summary>
sealed class RemoteChat(HttpClient host, TextReader input, TextWriter output, TimeProvider time)
{
    // In seconds.
    private const int LongestWait = 25, QuietAfter = 2;

    /// <summary>After a refusal that does not say how long to wait.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

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
    /// <exception cref="SetupException">The host takes the pass no longer.</exception>
    /// <exception cref="HttpRequestException">The host is gone, or in trouble.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var seen = await LastAsync(cancellationToken);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var printing = PrintAsync(seen, LongestWait, leaving.Token);
        while (await TypedAsync(printing, cancellationToken) is { Length: > 0 } line)
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

    /// <summary>The next line; whoever types it is told at once when the shop's lines come no more.</summary>
    private async Task<string?> TypedAsync(Task printing, CancellationToken cancellationToken)
    {
        // A terminal's reader waits on the thread that asks it.
        var typed = Task.Run(async () => await input.ReadLineAsync(cancellationToken), cancellationToken);
        if (await Task.WhenAny(typed, printing) == printing)
        {
            await printing;
        }

        return await typed;
    }

    private async Task SayAsync(string line, CancellationToken cancellationToken)
    {
        // Before: the answer may come while the host still says that it took the message.
        var wasAnswered = _isAnswered;
        _isAnswered = false;
        using var answer = await SentAsync(
            token => host.PostAsJsonAsync(new Uri(TerminalPass.Path, UriKind.Relative), new PostedMessage(null, line), token),
            cancellationToken
        );
        if (!answer.IsSuccessStatusCode)
        {
            _isAnswered = wasAnswered;
            var why = await answer.Content.ReadFromJsonAsync<Refusal>(cancellationToken);
            await output.WriteLineAsync($"({TerminalText.Plain(why?.Error ?? "That was not taken.")})");
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
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
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

    private async Task<IReadOnlyList<Line>> ReadAsync(long after, int wait, CancellationToken cancellationToken)
    {
        var lines = new Uri($"{TerminalPass.Path}?after={after}&wait={wait}", UriKind.Relative);
        while (true)
        {
            using var answer = await SentAsync(token => host.GetAsync(lines, token), cancellationToken);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? s_pause, time, cancellationToken);
                continue;
            }

            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<Lines>(cancellationToken))!.Messages;
        }
    }

    /// <summary>The host's answer, whatever it says, but for a pass that holds no longer.</summary>
    private static async Task<HttpResponseMessage> SentAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await send(cancellationToken);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("it took too long", late);
        }

        if (answer.StatusCode != HttpStatusCode.Unauthorized)
        {
            return answer;
        }

        answer.Dispose();
        throw new SetupException(
            $"The host no longer takes what this chat writes: its pass holds for {TerminalPass.ValidFor.TotalHours:0} hours. Start `chat` again."
        );
    }
}
