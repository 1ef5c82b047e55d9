using System.Diagnostics;
using OpsChat.Testing.Telegram;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>What one run does. The same seed draws the same words, pauses and instants; what the machine makes of them differs.</summary>
/// <param name="Duration">How long customers write and the host is killed; draining and checking come on top, at most two minutes.</param>
/// <param name="Kills">At most so many; null for as many as fit.</param>
public sealed record ChaosPlan(TimeSpan Duration, int Seed, int? Kills = null, int WebCustomers = 200, int TelegramCustomers = 30);

/// <summary>What one run did and found.</summary>
/// <param name="Violations">Broken promises, in words; empty when all hold.</param>
/// <param name="StopTook">How long the graceful stop at the end took.</param>
public sealed record ChaosReport(
    int Kills, int KilledAtStart, int Acknowledged, int Repeats, int FromTelegram, int DecisionsTaken, StoredFigures Stored, TimeSpan StopTook, IReadOnlyList<string> Violations);

/// <summary>
/// The kill test: the real host as a child process, customers on two channels, an owner, edits of playbooks and canary; SIGKILL at random
/// instants, also while it starts. Afterwards everything is drained, the host is stopped, and what it kept is checked from outside.
/// </summary>
public sealed class ChaosRun(ChaosPlan plan)
{
    private static readonly TimeSpan s_longestDrain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestStart = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_lastLife = TimeSpan.FromSeconds(3);
    private const double ShortestLifeSeconds = 0.1, LongestLifeSeconds = 5;
    private const decimal MostPercent = 100;

    private readonly Random _random = new(plan.Seed);
    private int _kills;
    private int _killedAtStart;

    public async Task<ChaosReport> RunAsync(CancellationToken cancel)
    {
        using var shop = new ShopOnDisk();
        await using var telegram = await TelegramServer.StartAsync(new());
        using var host = new HostProcess(shop, new Dictionary<string, string>
        {
            ["OpsChat__Telegram__Token"] = telegram.Token,
            ["OpsChat__Telegram__ApiBase"] = telegram.BaseAddress.ToString(),
            ["OpsChat__Telegram__PollTimeout"] = "00:00:01",
        });
        using var web = new WebCustomers(host.Url, plan.Seed);
        using var owner = new OwnerAtWork(host.Url, plan.Seed);
        var chats = new TelegramCustomers(telegram, plan.TelegramCustomers, plan.Seed);

        // 1. The first start is not disturbed: an empty folder is the installer's moment, not the customers'.
        host.Start();
        await HealthyAsync(host, cancel);

        // 2. Everyone works while the host is killed and started again.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var writing = web.WriteAsync(plan.WebCustomers, stop.Token, giveUp.Token);
        var others = Task.WhenAll(chats.WriteAsync(stop.Token), owner.WorkAsync(stop.Token), EditAsync(shop, stop.Token));
        await KillAsync(host, cancel);
        await HealthyAsync(host, cancel);
        await Task.Delay(s_lastLife, TimeProvider.System, cancel);
        await stop.CancelAsync();
        await others;

        // 3. Quiet: what was begun is acknowledged, everything due is decided and sent.
        giveUp.CancelAfter(s_longestDrain);
        await writing;
        var drained = await StoreCheck.UntilDrainedAsync(shop.Database, chats.Sent, s_longestDrain, cancel);
        var (stopTook, exitCode) = await host.StopAsync(cancel);

        // 4. Look from outside.
        var check = await StoreCheck.RunAsync(shop.Database, [.. web.Acknowledged], [.. owner.Taken], chats.Rooms, cancel);
        var violations = check.Violations.ToList();
        violations.AddRange(Ending(drained, stopTook, exitCode));
        return new(_kills, _killedAtStart, web.Acknowledged.Count, web.Repeats, chats.Sent, owner.Taken.Count, check.Figures, stopTook, violations);
    }

    private static IEnumerable<string> Ending(bool drained, TimeSpan stopTook, int exitCode)
    {
        if (!drained)
        {
            yield return $"After {s_longestDrain.TotalSeconds:0} s of quiet something was still undecided or unsent.";
        }

        if (exitCode != 0 || stopTook > TimeSpan.FromSeconds(5))
        {
            yield return $"The graceful stop took {stopTook.TotalSeconds:0.0} s and ended with {exitCode}.";
        }
    }

    private async Task KillAsync(HostProcess host, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        var wasHealthy = true;
        while (Stopwatch.GetElapsedTime(begun) < plan.Duration && _kills < (plan.Kills ?? int.MaxValue))
        {
            // Every fourth life ends at a random instant of its start; the others serve for a while.
            if (_random.Next(4) != 0 && !wasHealthy)
            {
                await HealthyAsync(host, cancel);
                wasHealthy = true;
            }

            var life = ShortestLifeSeconds + (_random.NextDouble() * (LongestLifeSeconds - ShortestLifeSeconds));
            await Task.Delay(TimeSpan.FromSeconds(wasHealthy ? life : life / 2), TimeProvider.System, cancel);
            await host.KillAsync();
            _kills++;
            _killedAtStart += wasHealthy ? 0 : 1;
            host.Start();
            wasHealthy = false;
        }
    }

    private static async Task HealthyAsync(HostProcess host, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_longestStart);
        await host.UntilHealthyAsync(patience.Token);
    }

    private async Task EditAsync(ShopOnDisk shop, CancellationToken stop)
    {
        var random = new Random(plan.Seed + 1);
        for (var edition = 1; !stop.IsCancellationRequested; edition++)
        {
            switch (random.Next(4))
            {
                case 0:
                    shop.SetPercentage(random.Next((int)MostPercent + 1));
                    break;
                case 1:
                    shop.BreakPlaybook();
                    break;
                default:
                    shop.EditPlaybook(edition);
                    break;
            }

            await Task.Delay(TimeSpan.FromSeconds(1 + random.NextDouble()), TimeProvider.System, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
