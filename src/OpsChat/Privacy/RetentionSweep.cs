using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsChat.Storage;

namespace OpsChat.Privacy;

/// <summary>Once a day, erases conversations that are older than the owner wants to keep them.</summary>
public sealed partial class RetentionSweep(IStore store, OpsChatOptions options, TimeProvider time, ILogger<RetentionSweep> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(24);
    private const int MostAtOnce = 200;

    private readonly Forgetting _forgetting = new(store, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(s_interval, time);
        do
        {
            // One of the three places where everything is caught: a locked database today must not end the sweeping.
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);
            }
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Erases what is over; nothing without the setting. Returns how many conversations.</summary>
    public async Task<int> SweepAsync(CancellationToken cancel)
    {
        if (options.Retention is not { } days)
        {
            return 0;
        }

        var (all, before) = (0, time.GetUtcNow() - TimeSpan.FromDays(days));
        ForgettingReport batch;
        do
        {
            batch = await _forgetting.ForgetQuietAsync(before, MostAtOnce, cancel);
            all += batch.Conversations;
        }
        while (batch.Conversations == MostAtOnce);
        return all;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Old conversations could not be erased; it is tried again in 24 hours.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
