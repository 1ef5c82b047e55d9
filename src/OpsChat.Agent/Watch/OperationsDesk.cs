using OpsChat.Operations;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Looks at the shop and keeps the queue: what is seen is decided outside the transaction and stored in one, unless somebody changed the queue
/// meanwhile; then it is decided again on the newer one. What a person does with an alert goes the same way.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A look may still run when the host ends; the semaphore's wait handle is never asked for, so there is nothing to release."
)]
public sealed class OperationsDesk(IStore store, ShopWatch watch, CurrentOperations settings)
{
    public const string Who = "opschat", NoticeKind = "operations";

    private const int MostTries = 5;
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The shop as it is known now.</summary>
    public async Task<ShopView> ViewAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await watch.ViewAsync(now, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Whether the shop's files have changed since they were read.</summary>
    public async Task<bool> HasNewsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return watch.HasNews(now);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Looks once, and keeps what was found.</summary>
    /// <param name="asOf">What became known later is not seen; null looks at what is known now.</param>
    public async Task<LookReport> LookAsync(
        IReadOnlyList<IMonitor> monitors,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        DateTimeOffset? asOf = null
    )
    {
        var (view, inForce) = (await ViewAsync(now, cancellationToken), settings());
        var moment = view.Moment(asOf ?? now);
        var results = MonitorRun.Look(moment, monitors, inForce);
        for (var left = MostTries; ; left--)
        {
            var (queue, head) = await store.ReadAsync(session => (session.Alerts.Queue(), session.Alerts.Head()), cancellationToken);
            var change = QueueStep.Apply(queue, results, inForce, moment.Now);
            if (await store.WriteAsync(session => Commit(session, queue, head, change, results, moment, inForce), cancellationToken))
            {
                return new(moment.Now, results.Count, change.Queue, change.News, [.. results.SelectMany(r => r.Look.Gaps)]);
            }

            if (left == 0)
            {
                throw new StoreException("The queue changes faster than it can be looked at. Look again in a moment.");
            }
        }
    }

    /// <summary>What a look at another moment would make of the queue; stores nothing.</summary>
    public async Task<LookReport> PreviewAsync(
        IReadOnlyList<IMonitor> monitors,
        DateTimeOffset now,
        DateTimeOffset asOf,
        CancellationToken cancellationToken
    )
    {
        var (view, inForce) = (await ViewAsync(now, cancellationToken), settings());
        var results = MonitorRun.Look(view.Moment(asOf), monitors, inForce);
        var change = QueueStep.Apply(await store.ReadAsync(session => session.Alerts.Queue(), cancellationToken), results, inForce, asOf);
        return new(asOf, results.Count, change.Queue, change.News, [.. results.SelectMany(r => r.Look.Gaps)]);
    }

    /// <summary>Does what a person wants of an alert.</summary>
    /// <param name="id">Its id, or its key.</param>
    /// <param name="revision">The revision that the person saw; null does not compare.</param>
    /// <param name="words">What the person says about it; empty for nothing.</param>
    /// <returns>Null when there is no such alert.</returns>
    public Task<AlertMoveResult?> MoveAsync(
        string id,
        AlertMove move,
        int? revision,
        string who,
        string words,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => store.WriteAsync(session => Move(session, id, move, revision, who, words, now), cancellationToken);

    /// <summary>Adds a person's words to an alert without changing it.</summary>
    /// <returns>False when there is no such alert.</returns>
    public Task<bool> NoteAsync(string id, string who, string words, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                if (session.Alerts.Find(id) is not { } alert)
                {
                    return false;
                }

                session.Alerts.Happened(alert.Id, new(now, who, "note", words));
                session.Audit.Append("alert", who, alert.Id, new { Verb = "note" }, now, words);
                return true;
            },
            cancellationToken
        );

    internal static AlertMoveResult? Move(UnitOfWork session, string id, AlertMove move, int? revision, string who, string words, DateTimeOffset now)
    {
        if (session.Alerts.Find(id) is not { } alert)
        {
            return null;
        }

        var result = AlertMoves.Apply(alert, move, revision, now);
        if (result is AlertMoveResult.Done done)
        {
            session.Alerts.Save(done.Alert);
            session.Alerts.Happened(alert.Id, new(now, who, Verb(move), Said(move, words)));
            session.Audit.Append(
                "alert",
                who,
                alert.Id,
                new
                {
                    Verb = Verb(move),
                    alert.Monitor,
                    done.Alert.Revision,
                    State = done.Alert.State.ToString(),
                },
                now
            );
        }

        return result;
    }

    private static string Verb(AlertMove move) => move switch
    {
        AlertMove.MarkSeen => "seen",
        AlertMove.Snooze => "snoozed",
        AlertMove.Wake => "woken",
        AlertMove.Act => "acting",
        AlertMove.Assign => "assigned",
        AlertMove.End => "closed",
        _ => throw new InvalidOperationException("AlertMove is closed."),
    };

    private static string Said(AlertMove move, string words) => move switch
    {
        AlertMove.Snooze snooze => $"until {snooze.Until:yyyy-MM-dd HH:mm zzz} {words}".TrimEnd(),
        AlertMove.Assign assign => $"to {assign.To} {words}".TrimEnd(),
        AlertMove.End end => $"{AlertWords.Of(end.As)} {words}".TrimEnd(),
        _ => words,
    };

    private static bool Commit(
        UnitOfWork session,
        AlertQueue before,
        long head,
        QueueChange change,
        IReadOnlyList<MonitorResult> results,
        ShopMoment moment,
        OperationsSettings settings
    )
    {
        if (session.Alerts.Head() != head)
        {
            return false;
        }

        foreach (var alert in change.Queue.Alerts.Values)
        {
            session.Alerts.Save(alert);
        }

        foreach (var forgotten in before.Alerts.Keys.Where(key => !change.Queue.Alerts.ContainsKey(key)))
        {
            session.Alerts.Remove(forgotten);
        }

        // What had piled up before anybody watched is for the briefing: a first look that rang would ring for everything.
        var isFirst = session.Alerts.Looks().Count == 0;
        foreach (var result in results)
        {
            session.Alerts.Looked(new(result.Monitor.Name, moment.Now, result.Look.Checked.Count, [.. result.Look.Gaps.Select(g => g.Sentence)]));
        }

        Tell(session, change.News, moment, settings, rings: !isFirst);
        return true;
    }

    /// <summary>Notes what happened, and rings for what cannot wait for the briefing.</summary>
    private static void Tell(UnitOfWork session, IReadOnlyList<AlertNews> news, ShopMoment moment, OperationsSettings settings, bool rings)
    {
        var today = session.Alerts.Count("told", moment.Calendar.Start(moment.Today));
        foreach (var one in news.OrderByDescending(n => n.Alert.Score.Value).ThenBy(n => n.Alert.Key, StringComparer.Ordinal))
        {
            var what = AlertWords.Of(one.Kind);
            session.Alerts.Happened(one.Alert.Id, new(moment.Now, Who, what, one.Alert.Headline));
            session.Audit.Append("alert", Who, one.Alert.Id, new { Verb = what, one.Alert.Monitor, one.Alert.Episode, one.Alert.Owner }, moment.Now);
            if (rings && AlertRouting.RingsNow(one, today, settings, moment.Calendar, moment.Now))
            {
                today++;
                session.Alerts.Happened(one.Alert.Id, new(moment.Now, Who, "told", ""));
                session.Notices.Add(NoticeKind, AlertWords.Ring(one), moment.Now);
            }
        }
    }
}
