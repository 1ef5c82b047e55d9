using System.Collections.Immutable;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Queue;

/// <summary>A look, and the monitor that did it.</summary>
public sealed record MonitorResult(IMonitor Monitor, MonitorLook Look);

/// <summary>
/// One step of the queue, pure: 1. findings open, reopen or renew alerts; 2. checked subjects without a finding come nearer to closing;
/// 3. singles of one cause become a group; 4. an alert that another one says better joins it; 5. owners and scores; 6. news. The same step
/// done twice changes nothing the second time.
/// </summary>
public sealed class QueueStep
{
    /// <summary>Looks in a row without a finding that close an alert; twice as many for one that flaps.</summary>
    public const int LooksToClose = 3;

    private static readonly TimeSpan s_reopensWithin = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_quietAfterNoProblem = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_expiresUnchecked = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_flapsWithin = TimeSpan.FromDays(14);
    private static readonly TimeSpan s_forgottenAfter = TimeSpan.FromDays(60);

    private readonly Dictionary<string, Alert> _alerts;
    private readonly AlertQueue _before;
    private readonly OperationsSettings _settings;
    private readonly DateTimeOffset _now;

    private QueueStep(AlertQueue queue, OperationsSettings settings, DateTimeOffset now)
    {
        (_before, _settings, _now) = (queue, settings, now);
        _alerts = new(queue.Alerts, StringComparer.Ordinal);
    }

    public static QueueChange Apply(AlertQueue queue, IReadOnlyList<MonitorResult> results, OperationsSettings settings, DateTimeOffset now)
    {
        var step = new QueueStep(queue, settings, now);
        foreach (var result in results)
        {
            step.Take(result);
        }

        AlertGroups.Apply(step._alerts, now);
        AlertJoins.Apply(step._alerts);
        step.RouteAndScore();
        var news = step.News();
        step.Forget();
        return new(new(step._alerts.ToImmutableDictionary(StringComparer.Ordinal)), news);
    }

    private void Take(MonitorResult result)
    {
        var (name, lines) = (result.Monitor.Name, result.Monitor.Lines);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in result.Look.Findings.Where(f => f.Strength >= lines.Clear))
        {
            var key = finding.Subject.KeyFor(name);
            found.Add(key);
            Take(key, name, finding, finding.Strength >= lines.Raise);
        }

        foreach (var alert in _alerts.Values.Where(a => a.Monitor == name && a.IsOpen && !a.IsGroup && !found.Contains(a.Key)).ToList())
        {
            if (result.Look.Checked.Contains(alert.Subject))
            {
                _alerts[alert.Key] = NoLonger(alert, result.Monitor.Every);
            }
            else if (result.Look.Checked.Count > 0 && _now - alert.CheckedAt > s_expiresUnchecked)
            {
                _alerts[alert.Key] = Close(alert, AlertEnd.Expired);
            }
        }
    }

    private void Take(string key, string monitor, MonitorFinding finding, bool isRaised)
    {
        var known = _alerts.GetValueOrDefault(key);
        if (known is { IsOpen: true })
        {
            _alerts[key] = Renew(known, finding) with { State = Awake(known, finding) };
        }
        else if (isRaised && known is null)
        {
            _alerts[key] = Renew(New(key, monitor, finding), finding);
        }
        else if (isRaised && !IsQuieted(known!, finding))
        {
            _alerts[key] = Renew(Return(known!), finding);
        }
    }

    private Alert New(string key, string monitor, MonitorFinding finding) =>
        new()
        {
            Key = key,
            Monitor = monitor,
            Subject = finding.Subject,
            Owner = finding.Owner,
            Headline = finding.Headline,
            OpenedAt = _now,
            CheckedAt = _now,
        };

    /// <summary>Back within seven days it is the same episode and a flap; later it is the next episode.</summary>
    private Alert Return(Alert closed)
    {
        var back = closed with
        {
            State = AlertState.Open,
            ClosedAt = null,
            ClosedAs = null,
            ClearLooks = 0,
            ClearCountedAt = null,
            SnoozedUntil = null,
            GroupKey = null,
            JoinedTo = null,
        };
        return _now - closed.ClosedAt <= s_reopensWithin
            ? back with { Flaps = back.Flaps.Add(_now) }
            : back with { Episode = back.Episode + 1, OpenedAt = _now, SeenAt = null, Flaps = [], Peak = 0, ToldAtRisk = 0, ToldOverdue = false };
    }

    /// <summary>"No problem" quiets the same identity for 30 days, unless it is twice as strong as it was.</summary>
    private bool IsQuieted(Alert closed, MonitorFinding finding) =>
        closed.ClosedAs == AlertEnd.NoProblem && _now - closed.ClosedAt < s_quietAfterNoProblem && finding.Strength < 2 * closed.Peak;

    private Alert Renew(Alert alert, MonitorFinding finding) =>
        alert with
        {
            Headline = finding.Headline,
            Strength = finding.Strength,
            Peak = Math.Max(alert.Peak, finding.Strength),
            Confidence = finding.Confidence,
            AtRisk = finding.AtRisk,
            DecideBy = finding.DecideBy,
            Evidence = finding.Evidence,
            Actions = finding.Actions,
            Trace = finding.Trace,
            Owner = finding.Owner,
            CheckedAt = _now,
            ClearLooks = 0,
            ClearCountedAt = null,
            Group = finding.Group,
            Children = Children(alert, finding),
        };

    private ImmutableArray<AlertChild> Children(Alert alert, MonitorFinding finding)
    {
        var since = alert.Children.ToLookup(c => c.Subject, c => c.OpenedAt);
        return [.. finding.Rows.Select(r => new AlertChild(r.Subject, since[r.Subject].DefaultIfEmpty(_now).First(), r.Headline))];
    }

    private AlertState Awake(Alert alert, MonitorFinding finding) =>
        alert.State == AlertState.Snoozed && (alert.SnoozedUntil <= _now || IsHalfMore(finding.AtRisk.Minor, alert.ToldAtRisk))
            ? AlertState.Open
            : alert.State;

    /// <summary>A look counts towards closing once in the monitor's own rhythm: looking ten times at the same facts is one look.</summary>
    private Alert NoLonger(Alert alert, TimeSpan every)
    {
        if (alert.ClearCountedAt is { } counted && _now - counted < every * 0.9)
        {
            return alert with { CheckedAt = _now };
        }

        var looks = alert.ClearLooks + 1;
        var needed = alert.Flaps.Count(f => _now - f <= s_flapsWithin) >= 3 ? 2 * LooksToClose : LooksToClose;
        var clear = alert with { CheckedAt = _now, ClearLooks = looks, ClearCountedAt = _now };
        return looks >= needed ? Close(clear, AlertEnd.ByData) : clear;
    }

    private Alert Close(Alert alert, AlertEnd end) =>
        alert with
        {
            State = AlertState.Closed,
            ClosedAt = _now,
            ClosedAs = end,
            Revision = alert.Revision + 1,
        };

    private void RouteAndScore()
    {
        foreach (var alert in _alerts.Values.Where(a => a.IsOpen).ToList())
        {
            var scored = alert with { Score = AlertScore.Of(alert.AtRisk, alert.DecideBy, alert.Confidence, _now) };
            var handOffs = AlertHandOffs.Of(scored, _settings);
            _alerts[alert.Key] = AlertHandOffs.Told(scored, handOffs) with { Owner = AlertRouting.OwnerOf(scored, _settings, handOffs.Count > 0) };
        }
    }

    /// <summary>
    /// Opened, half more at risk, overdue, closed: each once an episode or step. A return within the episode is no news by itself, so what
    /// flaps does not ring.
    /// </summary>
    private List<AlertNews> News()
    {
        var news = new List<AlertNews>();
        foreach (var alert in _alerts.Values.Where(a => a.IsOnTop).OrderBy(a => a.Key, StringComparer.Ordinal).ToList())
        {
            var before = _before.Alerts.GetValueOrDefault(alert.Key);
            var isNew =
                before is null
                || before.Episode != alert.Episode
                || (before.IsOpen && !before.IsOnTop && alert.IsOpen && alert.OpenedAt == before.OpenedAt && before.ToldAtRisk == 0);
            AlertNewsKind? kind = alert switch
            {
                { IsOpen: true } when isNew => AlertNewsKind.Opened,
                { IsOpen: true, State: not AlertState.Snoozed } when IsHalfMore(alert.AtRisk.Minor, alert.ToldAtRisk) =>
                    AlertNewsKind.Worse,
                { IsOpen: true, ToldOverdue: false, State: not AlertState.Snoozed }
                    when alert.DecideBy <= _now && before!.DecideBy > before.CheckedAt => AlertNewsKind.Overdue,
                { IsOpen: false } when before is { IsOpen: true } && alert.Flaps.IsEmpty => AlertNewsKind.Closed,
                _ => null,
            };
            if (kind is { } happened)
            {
                _alerts[alert.Key] = alert with
                {
                    ToldAtRisk = Math.Max(alert.ToldAtRisk, alert.AtRisk.Minor),
                    ToldOverdue = alert.ToldOverdue || alert.DecideBy <= _now,
                    Revision = alert.Revision + 1,
                };
                news.Add(new(happened, _alerts[alert.Key]));
            }
        }

        return news;
    }

    private static bool IsHalfMore(long now, long told) => told > 0 && now >= 1.5 * told;

    private void Forget()
    {
        foreach (var old in _alerts.Values.Where(a => !a.IsOpen && _now - a.ClosedAt > s_forgottenAfter).ToList())
        {
            _alerts.Remove(old.Key);
        }
    }
}
