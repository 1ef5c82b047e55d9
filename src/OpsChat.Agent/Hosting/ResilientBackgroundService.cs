using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpsChat.Agent;

/// <summary>
/// Something that the host does again and again for as long as it runs. A round that fails is logged and followed by another one: a locked
/// database, a bad line or a bug now must not end what comes later, and an exception that left a hosted service would end the host.
/// </summary>
public abstract partial class ResilientBackgroundService(TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private long _rounds;

    /// <summary>How many rounds have ended, failed ones included. What was stored before a round began has been seen when it ended.</summary>
    public long Rounds => Interlocked.Read(ref _rounds);

    protected TimeProvider Time => time;

    protected ILogger Log => log;

    /// <summary>For the log: what is not done while rounds fail, as the beginning of a sentence.</summary>
    protected abstract string WhenItFails { get; }

    /// <summary>What has to be done once before the first round; it is tried until it succeeds, with the pauses of failed rounds.</summary>
    protected virtual Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One round. Rounds never overlap.</summary>
    /// <returns>How long to wait for the next; null ends the loop, for there is nothing more to do.</returns>
    protected abstract Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken);

    /// <summary>How long to wait after a failure: a second, then twice as long each time, at most half a minute.</summary>
    /// <param name="failures">In a row, this one included.</param>
    protected virtual TimeSpan PauseAfter(Exception failure, int failures) =>
        TimeSpan.FromSeconds(Math.Min(s_longestPause.TotalSeconds, 1 << Math.Min(failures - 1, 5)));

    /// <summary>Waits between rounds; a loop that learns of news returns earlier.</summary>
    protected virtual Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) => Task.Delay(pause, time, cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (hasBegun, failures) = (false, 0);
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan? pause;
            // Everything is caught here, whatever it is.
            try
            {
                if (!hasBegun)
                {
                    await BeginAsync(stoppingToken);
                    hasBegun = true;
                }

                pause = await RoundAsync(stoppingToken);
                failures = 0;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                pause = PauseAfter(e, ++failures);
                LogFailed(log, WhenItFails, pause.Value, e);
            }
            catch (Exception e)
            {
                // The host stops: what a round holds may be gone under it, and whatever that raises is no news.
                LogStopped(log, WhenItFails, e);
                return;
            }

            Interlocked.Increment(ref _rounds);
            if (pause is null)
            {
                return;
            }

            await PauseAsync(pause.Value, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{What}; it is tried again in {Pause}.")]
    private static partial void LogFailed(ILogger log, string what, TimeSpan pause, Exception e);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{What}, for OpsChat stops.")]
    private static partial void LogStopped(ILogger log, string what, Exception e);
}
