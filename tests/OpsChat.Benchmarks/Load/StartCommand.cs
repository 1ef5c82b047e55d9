using System.Diagnostics;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Load;

/// <summary>
/// <c>-- start [--conversations N] [--waiting M]</c>: how long the host takes from its start to its first answer on <c>/health</c>, how long
/// <c>/health</c> takes while the messages that a crash left are decided, and how long that takes in all.
/// </summary>
static class StartCommand
{
    private static readonly TimeSpan s_everySo = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(Flags flags)
    {
        var (conversations, waiting) = ((int)flags.Number("conversations", 100_000), (int)flags.Number("waiting", 1000));
        using var small = await LargeStore.CreateAsync(0);
        await MeasureAsync("a new shop", small);
        using var large = await LargeStore.CreateAsync(conversations);
        await MeasureAsync($"{conversations:N0} conversations", large);
        LargeStore.LeaveWaiting(large.Database, waiting);
        await MeasureAsync($"… and {waiting:N0} waiting", large);
        return 0;
    }

    private static async Task MeasureAsync(string what, ShopOnDisk shop)
    {
        using var host = new HostProcess(shop, HostProcess.Measured);
        var begun = Stopwatch.GetTimestamp();
        host.Start();
        await host.UntilHealthyAsync(CancellationToken.None);
        var healthy = Stopwatch.GetElapsedTime(begun);
        var longest = await LongestHealthAsync(
            host.Url,
            StoreCheck.UntilDrainedAsync(shop.Database, 0, TimeSpan.FromMinutes(5), CancellationToken.None)
        );
        var drained = Stopwatch.GetElapsedTime(begun);
        var (stopTook, _) = await host.StopAsync(CancellationToken.None);
        Console.WriteLine(
            $"{what, -28} {new FileInfo(shop.Database).Length / (1024.0 * 1024), 8:N0} MB: answers after {healthy.TotalSeconds, 5:0.0} s, "
                + $"nothing waits after {drained.TotalSeconds, 5:0.0} s; "
                + $"longest /health meanwhile {longest.TotalMilliseconds, 6:0} ms; stop {stopTook.TotalSeconds:0.0} s"
        );
    }

    private static async Task<TimeSpan> LongestHealthAsync(Uri host, Task until)
    {
        using var http = new HttpClient { BaseAddress = host };
        var longest = TimeSpan.Zero;
        do
        {
            var asked = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri("health", UriKind.Relative));
            longest = Stopwatch.GetElapsedTime(asked) is var took && took > longest ? took : longest;
            await Task.Delay(s_everySo, TimeProvider.System);
        }
        while (!until.IsCompleted);
        await until;
        return longest;
    }
}
