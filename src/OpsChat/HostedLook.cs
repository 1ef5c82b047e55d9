using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpsChat;

/// <summary>
/// Something that the host looks at for as long as it runs: at the start, then again each time an interval is over. A look that fails is
/// logged and does not end the next ones; looks never overlap.
/// </summary>
/// <param name="every">From one look's beginning to the next; a look that takes longer is followed by the next at once.</param>
public abstract partial class HostedLook(TimeSpan every, TimeProvider time, ILogger log) : BackgroundService
{
    protected TimeProvider Time => time;

    protected ILogger Log => log;

    /// <summary>For the log: what is not done while looks fail, as the beginning of a sentence.</summary>
    protected abstract string WhenItFails { get; }

    /// <summary>One look.</summary>
    public abstract Task LookAsync(CancellationToken cancel);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(every, time);
        do
        {
            // One of the three places where everything is caught: a locked database now must not end the watch.
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, WhenItFails, every, e);
            }
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{What}; it is tried again in {Every}.")]
    private static partial void LogFailed(ILogger log, string what, TimeSpan every, Exception e);
}
