using System.Diagnostics;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Load;

/// <summary><c>-- soak --minutes N</c>: mixed load on the real host; prints how memory, open files and threads move over time. Linux only.</summary>
static class SoakCommand
{
    private const int Customers = 200, Readers = 60;
    private const double WarmUpShare = 0.2, BytesInMegabyte = 1024 * 1024;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(Flags flags)
    {
        var duration = TimeSpan.FromMinutes(flags.Number("minutes", 30));
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop, HostProcess.Measured);
        using var web = new WebCustomers(host.Url, seed: 1);
        using var owner = new OwnerAtWork(host.Url, seed: 1);
        using var readers = new CursorReaders(host.Url, Readers);
        using var stop = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource();
        host.Start();
        await host.UntilHealthyAsync(stop.Token);

        var working = Task.WhenAll(web.WriteAsync(Customers, stop.Token, giveUp.Token), owner.WorkAsync(stop.Token), readers.ReadAsync(stop.Token));
        var samples = await SampleAsync(host.Id, shop.Database, duration);
        await stop.CancelAsync();
        giveUp.CancelAfter(TimeSpan.FromSeconds(30));
        await working;
        Print(samples, web, duration);
        await StoreCheck.UntilDrainedAsync(shop.Database, 0, TimeSpan.FromMinutes(2), CancellationToken.None);
        await readers.ReadToTheEndAsync(CancellationToken.None);
        await host.StopAsync(CancellationToken.None);
        var missed = await StoreCheck.UnreadAsync(shop.Database, readers.Seen);
        Console.WriteLine(
            missed.Count == 0
                ? $"{Readers} customers who read on from the last line missed nothing."
                : $"Missed by customers who read on from the last line: {string.Join(", ", missed)}."
        );
        return missed.Count == 0 ? 0 : 1;
    }

    private static async Task<IReadOnlyList<Sample>> SampleAsync(int process, string database, TimeSpan duration)
    {
        var samples = new List<Sample>();
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) is var at && at < duration)
        {
            using var host = Process.GetProcessById(process);
            samples.Add(
                new(
                    at,
                    host.WorkingSet64 / BytesInMegabyte,
                    Directory.GetFiles($"/proc/{process}/fd").Length,
                    host.Threads.Count,
                    new FileInfo(database).Length / BytesInMegabyte
                )
            );
            await Task.Delay(s_every, TimeProvider.System);
        }

        return samples;
    }

    private static void Print(IReadOnlyList<Sample> samples, WebCustomers web, TimeSpan duration)
    {
        var warm = samples.Where(s => s.At >= duration * WarmUpShare).ToList();
        var messages = web.Acknowledged.Count;
        Console.WriteLine(
            $"{duration.TotalMinutes:0.#} minutes, {messages:N0} messages acknowledged ({messages / duration.TotalSeconds:0.0} a second), "
                + $"{web.Refused:N0} told to wait, {web.Repeats - web.Refused:N0} without an answer; {samples.Count} samples"
        );
        Console.WriteLine($"after the first {WarmUpShare:P0}     first      last   highest   slope an hour");
        Row("working set, MB", s => s.Megabytes);
        Row("open files", s => s.Handles);
        Row("threads", s => s.Threads);
        Row("database, MB", s => s.DatabaseMegabytes);

        void Row(string what, Func<Sample, double> value) =>
            Console.WriteLine(
                $"{what, -20}  {value(warm[0]), 8:N1}  {value(warm[^1]), 8:N1}  {warm.Max(value), 8:N1}   "
                    + $"{SlopePerHour(warm, value), +8:+0.0;-0.0;0.0} ± {SlopeError(warm, value):0.0}"
            );
    }

    /// <summary>Least squares.</summary>
    private static double SlopePerHour(IReadOnlyList<Sample> samples, Func<Sample, double> value)
    {
        var (meanAt, mean) = (samples.Average(s => s.At.TotalHours), samples.Average(value));
        var spread = samples.Sum(s => (s.At.TotalHours - meanAt) * (s.At.TotalHours - meanAt));
        return spread == 0 ? 0 : samples.Sum(s => (s.At.TotalHours - meanAt) * (value(s) - mean)) / spread;
    }

    /// <summary>One standard error of the slope, as if samples were independent; they are not quite, so it is rather too small.</summary>
    private static double SlopeError(IReadOnlyList<Sample> samples, Func<Sample, double> value)
    {
        var (meanAt, mean, slope) = (samples.Average(s => s.At.TotalHours), samples.Average(value), SlopePerHour(samples, value));
        var spread = samples.Sum(s => (s.At.TotalHours - meanAt) * (s.At.TotalHours - meanAt));
        var left = samples.Sum(s => Math.Pow(value(s) - mean - (slope * (s.At.TotalHours - meanAt)), 2));
        return samples.Count < 3 || spread == 0 ? 0 : Math.Sqrt(left / (samples.Count - 2) / spread);
    }

    private sealed record Sample(TimeSpan At, double Megabytes, int Handles, int Threads, double DatabaseMegabytes);
}
