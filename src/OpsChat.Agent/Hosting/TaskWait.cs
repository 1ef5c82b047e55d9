namespace OpsChat.Agent;

/// <summary>Waiting for something that may come, with an end.</summary>
public static class TaskWait
{
    /// <summary>
    /// Returns when the task has ended, the time is over or the wait is called off; throws in none of these cases, and leaves no timer behind.
    /// </summary>
    /// <param name="longest">Rounded up to whole milliseconds, which is what timers count: a remainder would be asked for again and again.</param>
    public static async Task WithinAsync(this Task task, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken) =>
        await task.WaitAsync(TimeSpan.FromMilliseconds(Math.Ceiling(longest.TotalMilliseconds)), time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
