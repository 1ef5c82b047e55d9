namespace OpsChat.Agent;

/// <summary>One conversation's place in line.</summary>
sealed class ConversationLine
{
    // Elapsed time, not the time of day: a clock that is set back must not keep a customer waiting until it has caught up.
    private (long Since, TimeSpan Wait) _due;
    private readonly Lock _dueLock = new();

    public List<string> Fragments { get; } = [];
    public TaskCompletionSource Changed { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public int Failures { get; set; }

    /// <summary>Something may be undecided that no decision has seen yet.</summary>
    public bool MustLook { get; set; }

    public void WaitFor(TimeSpan wait, TimeProvider time)
    {
        // Two words are written here and read on another thread.
        lock (_dueLock)
        {
            _due = (time.GetTimestamp(), wait);
        }
    }

    public bool IsDue(TimeProvider time) => Left(time) <= TimeSpan.Zero;

    private TimeSpan Left(TimeProvider time)
    {
        lock (_dueLock)
        {
            return _due.Wait - time.GetElapsedTime(_due.Since);
        }
    }

    /// <summary>Returns when the quiet after the last fragment is over; a new fragment moves that moment.</summary>
    public async Task UntilDueAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        while (Left(time) is var wait && wait > TimeSpan.Zero)
        {
            await Changed.Task.WithinAsync(wait, time, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            Changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
