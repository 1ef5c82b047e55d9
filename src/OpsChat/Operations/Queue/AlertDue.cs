using OpsChat.Playbooks;

namespace OpsChat.Operations.Queue;

/// <summary>When a decision on an alert is expected of its owner.</summary>
public static class AlertDue
{
    /// <summary>Open hours from when an alert was first seen, where it says "now" or came too late by itself: nobody can have decided before they
    /// knew, and an owner who begins to watch a shop is not late with everything.</summary>
    public static readonly TimeSpan ToDecide = TimeSpan.FromHours(8);

    /// <summary>Null when the alert has no such time.</summary>
    public static DateTimeOffset? Of(Alert alert, OpeningHours hours)
    {
        if (alert.DecideBy is not { } by || by > alert.CheckedAt)
        {
            return alert.DecideBy;
        }

        var known = hours.AddOpenTime(alert.OpenedAt, ToDecide);
        return by > known ? by : known;
    }
}
