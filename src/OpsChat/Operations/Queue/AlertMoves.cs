namespace OpsChat.Operations.Queue;

/// <summary>What a person may do with an alert. Closed.</summary>
public abstract record AlertMove
{
    private AlertMove() { }

    public sealed record MarkSeen : AlertMove;
    public sealed record Snooze(DateTimeOffset Until) : AlertMove;

    /// <summary>Takes back that it was put off.</summary>
    public sealed record Wake : AlertMove;
    public sealed record Act : AlertMove;
    public sealed record Assign(string To) : AlertMove;
    public sealed record End(AlertEnd As) : AlertMove;
}

/// <summary>What became of a move. Closed.</summary>
public abstract record AlertMoveResult
{
    private AlertMoveResult() { }

    public sealed record Done(Alert Alert) : AlertMoveResult;

    /// <summary>Somebody or something else was faster.</summary>
    public sealed record Changed(Alert Now) : AlertMoveResult;

    public sealed record Refused(string Sentence) : AlertMoveResult;
}

/// <summary>Moves a person's decision into an alert. Pure.</summary>
public static class AlertMoves
{
    /// <param name="revision">The revision that the person saw; null does not compare.</param>
    public static AlertMoveResult Apply(Alert alert, AlertMove move, int? revision, DateTimeOffset now)
    {
        if (revision is { } seen && seen != alert.Revision)
        {
            return new AlertMoveResult.Changed(alert);
        }

        if (!alert.IsOpen)
        {
            return new AlertMoveResult.Refused("The alert is closed; it opens again by itself when the data say so.");
        }

        var next = alert with { Revision = alert.Revision + 1, SeenAt = alert.SeenAt ?? now };
        return move switch
        {
            AlertMove.MarkSeen => new AlertMoveResult.Done(
                next with
                {
                    State = alert.State == AlertState.Open ? AlertState.Seen : alert.State,
                }
            ),
            AlertMove.Snooze snooze when snooze.Until <= now => new AlertMoveResult.Refused(
                "An alert can only be put off to a time that is still to come."
            ),
            AlertMove.Snooze snooze => new AlertMoveResult.Done(
                next with
                {
                    State = AlertState.Snoozed,
                    SnoozedUntil = snooze.Until,
                    ToldAtRisk = Math.Max(1, alert.AtRisk.Minor),
                }
            ),
            AlertMove.Wake when alert.State != AlertState.Snoozed => new AlertMoveResult.Refused("The alert is not put off."),
            AlertMove.Wake => new AlertMoveResult.Done(next with { State = AlertState.Seen, SnoozedUntil = null }),
            AlertMove.Act => new AlertMoveResult.Done(next with { State = AlertState.Acting }),
            AlertMove.Assign assign => new AlertMoveResult.Done(next with { Owner = assign.To }),
            AlertMove.End end => new AlertMoveResult.Done(next with { State = AlertState.Closed, ClosedAt = now, ClosedAs = end.As }),
            _ => throw new InvalidOperationException("AlertMove is closed."),
        };
    }
}
