using System.Diagnostics;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Load;

/// <summary><c>-- soak --minutes N</c>: mixed load on the real host; prints how memory and open files move over time.</summary>
static class SoakCommand
{
    private const int Customers = 200;
    private const double WarmUpShare = 0.2;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(Flags flags)
    {
        var duration = TimeSpan.FromMinutes(flags.Number("minutes", 30));
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop);
        using var web = new WebCustomers(host.Url, seed: 1);
        using var owner = new OwnerAtWork(host.Url, seed: 1);
        using var stop = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource();
        host.Start();
        await host.UntilHealthyAsync(stop.Token);

        var working = Task.WhenAll(web.WriteAsync(Customers, stop.Token, giveUp.Token), owner.WorkAsync(stop.Token));
        var samples = await SampleAsync(host.Id, duration);
        await stop.CancelAsync();
        giveUp.CancelAfter(TimeSpan.FromSeconds(30));
        await working;
        Print(samples, web.Acknowledged.Count, duration);
        await host.StopAsync(CancellationToken.None);
        return 0;
    }

    private static async Task<IReadOnlyList<Sample>> SampleAsync(int process, TimeSpan duration)
    {
        var samples = new List<Sample>();
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) is var at && at < duration)
        {
            using var host = Process.GetProcessById(process);
            samples.Add(new(at, host.WorkingSet64 / (1024.0 * 1024), Directory.GetFiles($"/proc/{process}/fd").Length));
            await Task.Delay(s_every, TimeProvider.System);
        }

        return samples;
    }

    private static void Print(IReadOnlyList<Sample> samples, int messages, TimeSpan duration)
    {
        var warm = samples.Where(s => s.At >= duration * WarmUpShare).ToList();
        Console.WriteLine($"{duration.TotalMinutes:0.#} minutes, {messages:N0} messages ({messages / duration.TotalSeconds:0.0} a second), {samples.Count} samples; slopes after the first {WarmUpShare:P0}");
        Console.WriteLine($"memory   {warm[0].Megabytes,8:0.0} MB at first, {warm[^1].Megabytes:0.0} MB at last, slope {SlopePerHour(warm, s => s.Megabytes):+0.0;-0.0} MB an hour");
        Console.WriteLine($"handles  {warm[0].Handles,8:N0}    at first, {warm[^1].Handles:N0}    at last, slope {SlopePerHour(warm, s => s.Handles):+0.0;-0.0} an hour");
    }

    /// <summary>Least squares.</summary>
    private static double SlopePerHour(IReadOnlyList<Sample> samples, Func<Sample, double> value)
    {
        var (meanAt, mean) = (samples.Average(s => s.At.TotalHours), samples.Average(value));
        var spread = samples.Sum(s => (s.At.TotalHours - meanAt) * (s.At.TotalHours - meanAt));
        return spread == 0 ? 0 : samples.Sum(s => (s.At.TotalHours - meanAt) * (value(s) - mean)) / spread;
    }

    private sealed record Sample(TimeSpan At, double Megabytes, int Handles);
}
