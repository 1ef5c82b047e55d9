using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Benchmarks.Load;

/// <summary>
/// <c>-- load [--seconds N]</c>: the highest steady rate at which 99 of 100 customers have their answer within a second of the quiet that
/// the host waits for, then three times that rate, then half of it. Each message is a new customer's; the generator shares the machine.
/// </summary>
static class LoadCommand
{
    private const double FirstRate = 10, Growth = 1.4, MostRate = 2000, Overload = 3, Recovery = 0.5;
    private static readonly TimeSpan s_goal = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(Flags flags)
    {
        var duration = TimeSpan.FromSeconds(flags.Number("seconds", 10));
        using var shop = new ShopOnDisk();
        shop.SetPercentage(100);
        using var host = new HostProcess(shop, HostProcess.Measured);
        using var load = new SteadyLoad(host);
        host.Start();
        await host.UntilHealthyAsync(CancellationToken.None);
        await load.RunAsync(FirstRate, duration);

        Console.WriteLine("messages/s  answered  median ms   p99 ms  told to wait  failed  /health ms  processor");
        var best = await HighestAsync(load, duration);
        if (best is null)
        {
            Console.WriteLine($"Not even {FirstRate:0} messages a second have their answers within {s_goal.TotalSeconds:0} s here.");
            return 1;
        }

        Print($"at {Overload:0} times that rate", await load.RunAsync(best.Rate * Overload, duration));
        var after = await load.RunAsync(best.Rate * Recovery, duration);
        Print("afterwards, at half of it", after);
        await host.StopAsync(CancellationToken.None);
        return after.Refused == 0 && after.Failed == 0 ? 0 : 1;
    }

    private static async Task<RateResult?> HighestAsync(SteadyLoad load, TimeSpan duration)
    {
        RateResult? best = null;
        for (var rate = FirstRate; rate <= MostRate; rate *= Growth)
        {
            var result = await load.RunAsync(rate, duration);
            Print("", result);
            if (result.Percentile(0.99) > s_goal || result.Failed > 0 || result.Refused > 0)
            {
                break;
            }

            best = result;
        }

        Console.WriteLine(best is null ? "" : $"highest steady rate: {best.Rate:0.0} a second");
        return best;
    }

    private static void Print(string what, RateResult it) =>
        Console.WriteLine(
            $"{it.Rate, 10:0.0}  {it.Answered, 8:N0}  {it.Percentile(0.5).TotalMilliseconds, 9:0}  "
                + $"{it.Percentile(0.99).TotalMilliseconds, 7:0}  {it.Refused, 12:N0}  {it.Failed, 6:N0}  "
                + $"{it.LongestHealth.TotalMilliseconds, 10:0}  {it.Processor, 9:P0}  {what}".TrimEnd()
        );
}
