namespace OpsChat.Canary;

/// <summary>One change of a count, in the order in which they became durable: what the error log is made of.</summary>
/// <param name="Seq">Counts up by one; never used again.</param>
/// <param name="At">When it happened, in whole milliseconds.</param>
/// <param name="Change">What is added to the day and the month of <paramref name="Key"/>.</param>
/// <param name="Entry">What was found right or wrong by it; null for a change that says neither.</param>
public sealed record CountChange(long Seq, DateTimeOffset At, CounterKey Key, DayCounters Change, ScoredEntry? Entry);

/// <summary>What one row of counters by month is about.</summary>
/// <param name="Month">Its first day.</param>
public sealed record MonthKey(DateOnly Month, string Playbook, string Version, Arm Arm, ReadBy ReadBy)
{
    public static MonthKey Of(CounterKey day) => new(new(day.Day.Year, day.Day.Month, 1), day.Playbook, day.Version, day.Arm, day.ReadBy);
}

/// <summary>How long what is counted is kept. Months are kept for ever.</summary>
public static class Kept
{
    /// <summary>Entries, and the changes of counts in order.</summary>
    public static readonly TimeSpan Entries = TimeSpan.FromDays(90);

    /// <summary>Counters by day, in days.</summary>
    public const int Days = 400;
}
