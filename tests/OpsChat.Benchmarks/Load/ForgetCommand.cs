using System.Diagnostics;
using System.Net.Http.Json;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Storage;

namespace OpsChat.Benchmarks.Load;

/// <summary>
/// <c>-- forget [--conversations N]</c>: how long <c>forget</c> takes on a large store, and what customers notice who write meanwhile to the running
/// host: the longest wait for an acknowledgement, and posts that failed.
/// </summary>
static class ForgetCommand
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50), s_lead = TimeSpan.FromSeconds(2), s_patience = TimeSpan.FromMinutes(4);

    public static async Task<int> RunAsync(Flags flags)
    {
        var conversations = (int)flags.Number("conversations", 100_000);
        using var shop = await LargeStore.CreateAsync(conversations);
        using var host = new HostProcess(shop, HostProcess.Measured);
        host.Start();
        await host.UntilHealthyAsync(CancellationToken.None);

        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(host.Url, stop.Token);
        await Task.Delay(s_lead, TimeProvider.System);
        var begun = Stopwatch.GetTimestamp();
        var (exitCode, said) = await host.CommandAsync("forget", "api:template-0-1");
        var took = Stopwatch.GetElapsedTime(begun);
        var rewritten = await UntilRewrittenAsync(shop.Database);
        await stop.CancelAsync();
        var (longest, posts, failed) = await writing;
        await host.StopAsync(CancellationToken.None);

        Console.WriteLine(
            $"{conversations:N0} conversations, {new FileInfo(shop.Database).Length / (1024.0 * 1024):N0} MB; forget took "
                + $"{took.TotalSeconds:0.0} s and ended with {exitCode}: {said.Trim()}"
        );
        Console.WriteLine(
            rewritten
                ? "the host wrote its file anew while customers wrote, as it does a day after the erasure"
                : "the host did not write its file anew"
        );
        Console.WriteLine(
            $"meanwhile {posts:N0} posts: the longest wait for an acknowledgement {longest.TotalSeconds:0.00} s, {failed:N0} failed"
        );
        return exitCode == 0 && rewritten && failed == 0 ? 0 : 1;
    }

    /// <summary>Dates the erasure back by years, so that the host thinks it late, and waits until it has rewritten its file.</summary>
    private static async Task<bool> UntilRewrittenAsync(string database)
    {
        await using var store = await SqliteStore.OpenAsync(database, CancellationToken.None);
        await store.WriteAsync(session => session.Settings.Set(SettingNames.RewriteWanted, "0"), CancellationToken.None);
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < s_patience)
        {
            if (await store.ReadAsync(session => session.Settings.Get(SettingNames.RewriteWanted), CancellationToken.None) is null)
            {
                return true;
            }

            await Task.Delay(s_lead, TimeProvider.System);
        }

        return false;
    }

    private static async Task<(TimeSpan Longest, int Posts, int Failed)> WriteAsync(Uri host, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = host, DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } } };
        var (longest, posts, failed) = (TimeSpan.Zero, 0, 0);
        while (!stop.IsCancellationRequested)
        {
            var asked = Stopwatch.GetTimestamp();
            using var posted = await http.PostAsJsonAsync(
                $"api/chat/writer-{posts++}/messages",
                new { id = "1", text = "when are you open?" },
                CancellationToken.None
            );
            longest = Stopwatch.GetElapsedTime(asked) is var took && took > longest ? took : longest;
            failed += posted.IsSuccessStatusCode ? 0 : 1;
            await Task.Delay(s_pause, TimeProvider.System, CancellationToken.None);
        }

        return (longest, posts, failed);
    }
}
