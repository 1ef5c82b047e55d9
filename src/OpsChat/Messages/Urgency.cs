using OpsChat.Understanding;

namespace OpsChat.Messages;

/// <summary>
/// What a person should look at first. A person's own word on priority comes before everything; then points for what is due, what the customer
/// threatens, the money that waits, how long they have waited, and last how they feel: an insult costs nothing. Each is capped so that none hides
/// the others for ever.
/// </summary>
public static class Urgency
{
    /// <summary>From here on an approaching end counts, more with every hour.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromHours(8);

    private const double Due = 60, Overdue = 70, Threatens = 45, WaitsForApproval = 20, MostForMoney = 30, Angry = 15, Upset = 8, AsksForPerson = 15;
    private const double MostForWaiting = 60, ForAnHour = 4;
    private const double OfPriority = 1000;

    /// <summary>Points; more is more urgent. Negative only for what a person marked low.</summary>
    public static double Of(InboxRow row, DateTimeOffset now) =>
        (int)row.Handling.Priority * OfPriority
        + OfDue(row.Ends - now)
        + (row.Mood switch { Tone.Angry => Angry, Tone.Upset => Upset, _ => 0 })
        + (row.Threatens ? Threatens : 0)
        + (row.For == WaitsFor.Approval ? WaitsForApproval : 0)
        + (row.WantsPerson ? AsksForPerson : 0)
        + (row.AtStake is { Minor: > 0 } money ? Math.Min(MostForMoney, 8 * Math.Log10(1 + (double)money.Major)) : 0)
        + Math.Clamp((now - row.Since).TotalHours * ForAnHour, 0, MostForWaiting);

    /// <summary>One line for each conversation, its most urgent matter, the most urgent conversation first; of equals who waits longest. How the
    /// customer feels, what they threaten and the most money that waits is said on it whichever matter it belongs to.</summary>
    public static IReadOnlyList<InboxRow> Rank(IEnumerable<InboxRow> matters, DateTimeOffset now) =>
        [
            .. matters
                .GroupBy(row => row.Conversation)
                .Select(of => of.MaxBy(row => Of(row, now))! with
                {
                    Matters = of.Sum(row => row.Matters),
                    Mood = of.Max(row => row.Mood),
                    Threatens = of.Any(row => row.Threatens),
                    AtStake = of.Select(row => row.AtStake).MaxBy(money => money?.Minor),
                })
                .Select(row => (Row: row, Points: Of(row, now)))
                .OrderByDescending(ranked => ranked.Points)
                .ThenBy(ranked => ranked.Row.Since)
                .ThenBy(ranked => ranked.Row.Conversation.ToString(), StringComparer.Ordinal)
                .Select(ranked => ranked.Row),
        ];

    private static double OfDue(TimeSpan? left) => left switch
    {
        null => 0,
        { Ticks: <= 0 } => Overdue,
        { } until => Due * Math.Max(0, 1 - (until / Near)),
    };
}
