using Microsoft.Extensions.Logging;

namespace OpsChat.Agent;

/// <summary>Something that the host looks at for as long as it runs: at the start, then again each time an interval is over.</summary>
/// <param name="every">From one look's beginning to the next; a look that takes longer is followed by the next at once.</param>
public abstract class PeriodicService(TimeSpan every, TimeProvider time, ILogger log) : ResilientBackgroundService(time, log)
{
    /// <summary>One look.</summary>
    public abstract Task LookAsync(CancellationToken cancellationToken);

    protected sealed override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        var begun = Time.GetTimestamp();
        await LookAsync(cancellationToken);
        var left = every - Time.GetElapsedTime(begun);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    protected override TimeSpan PauseAfter(Exception failure, int failures) =>
        base.PauseAfter(failure, failures) is var pause && pause < every ? pause : every;
}
