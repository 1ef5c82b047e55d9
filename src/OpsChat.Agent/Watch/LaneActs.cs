using System.Globalization;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Storage;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>What lanes that have earned it do by themselves, each within all of its limits.</summary>
static class LaneActs
{
    private const string AffectsName = "affects";

    // A lane with three acts a day that finds eight at once is still busy, not broken.
    private const int FloodTimes = 2, LeastFlood = 8;

    public static int Act(UnitOfWork session, OperationsSettings inForce, ShopMoment moment, DateTimeOffset now)
    {
        var lanes = LaneBook.Acting(session, inForce, now);
        if (lanes.Count == 0)
        {
            return 0;
        }

        var candidates = Candidates(session, lanes, inForce, moment, now);
        if (Flood(candidates, inForce, now) is { } flood)
        {
            LaneStops.Stop(session, flood, OperationsDesk.Who, now);
            return 0;
        }

        // What was done in this very look counts against the day's limits too.
        var (done, over) = (new List<ShopAction>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (alert, proposed, known) in candidates)
        {
            var lane = ShopAction.LaneOf(alert.Monitor, proposed.Kind);
            if (over.Contains(lane) || done.Exists(a => a.Alert == alert.Id))
            {
                continue;
            }

            var facts = known with { Today = [.. known.Today, .. done.Where(a => a.Lane == lane).Select(a => Affected(a, inForce.Currency))] };
            switch (LaneActing.Decide(proposed, facts, now))
            {
                case ActingAnswer.FallBack fallBack:
                    over.Add(lane);
                    LaneStops.FallBack(session, lane, now, fallBack.Why);
                    session.Notices.Add(OperationsDesk.NoticeKind, $"{lane} waits for your approval again. {fallBack.Why}", now);
                    break;
                case ActingAnswer.Act when ActInLane(session, alert, proposed, inForce, moment, now) is { } act:
                    done.Add(act);
                    break;
                default:
                    break;
            }
        }

        var acted = done.Select(act => act.Lane).Distinct(StringComparer.Ordinal);
        if (done.Count > 0 && Passed(session, acted, inForce, moment.Calendar.Start(moment.Today)) is { } passed)
        {
            LaneStops.Stop(session, passed, OperationsDesk.Who, now);
        }

        return done.Count;
    }

    /// <summary>What lanes that act could do now, one alert after the other by rank, with what each knows before it acts.</summary>
    private static List<(Alert Alert, ProposedAction Action, ActingFacts Facts)> Candidates(
        UnitOfWork session,
        IReadOnlyDictionary<string, (LaneStanding Standing, IReadOnlyList<ShopAction> Proposed)> lanes,
        OperationsSettings inForce,
        ShopMoment moment,
        DateTimeOffset now
    )
    {
        var midnight = moment.Calendar.Start(moment.Today);
        var stale = moment.FeedsNow().Where(f => f.Refusal is not null || DataQuality.IsStale(f, now)).Select(f => f.Kind).ToHashSet();
        var best = moment.Skus.MaxBy(sku => moment.PiecesSold(sku, moment.Today.AddDays(-7), moment.Today.AddDays(-1)));
        var candidates = new List<(Alert, ProposedAction, ActingFacts)>();
        foreach (var (alert, proposed) in session.Alerts.Queue().Ranked.SelectMany(a => a.Actions.Where(p => p.Kind.MayAct()).Select(p => (a, p))))
        {
            var lane = ShopAction.LaneOf(alert.Monitor, proposed.Kind);
            if (
                !lanes.TryGetValue(lane, out var acting)
                || alert.State == AlertState.Snoozed
                || session.ShopActions.OfAlert(alert.Id).Any(a => a.State != ShopActionState.Expired)
            )
            {
                continue;
            }

            var needs = MonitorSet.All.FirstOrDefault(m => m.Name == alert.Monitor)?.Needs.Select(n => n.Kind) ?? [];
            candidates.Add((
                alert,
                proposed,
                new(
                    alert.Monitor,
                    acting.Standing.Autonomy,
                    acting.Standing.MissingForAct is { Count: 0 },
                    inForce.LaneOf(lane, proposed.Kind)?.Limits,
                    [.. acting.Proposed.Where(a => IsOwnSince(a, midnight)).Select(a => Affected(a, inForce.Currency))],
                    needs.Any(stale.Contains),
                    TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, moment.Calendar.Zone).DateTime),
                    best is not null
                        && (alert.Subject["sku"] == best || proposed.Subject == best || proposed.Parameters.GetValueOrDefault("sku") == best),
                    AlertHandOffs.Of(alert, inForce).Count > 0
                )
            ));
        }

        return candidates;
    }

    /// <summary>
    /// So much to do in one look is no night's work but a broken file or a broken rule: nothing of it is done.
    /// </summary>
    /// <returns>A sentence; null when there is no flood.</returns>
    private static string? Flood(
        List<(Alert Alert, ProposedAction Action, ActingFacts Facts)> candidates,
        OperationsSettings inForce,
        DateTimeOffset now
    ) =>
        candidates
            .Where(c => LaneActing.Decide(c.Action, c.Facts with { Today = [] }, now) is ActingAnswer.Act)
            .GroupBy(c => ShopAction.LaneOf(c.Alert.Monitor, c.Action.Kind), StringComparer.Ordinal)
            .Where(lane => lane.Count() > Math.Max(LeastFlood, FloodTimes * inForce.LaneOf(lane.Key, lane.First().Action.Kind)!.Limits!.Acts))
            .Select(lane => $"{lane.Key} would act {lane.Count()} times at once, far more than it may in a day. Nothing of it was done.")
            .FirstOrDefault();

    /// <summary>Adds up anew, apart from what decided, what lanes did today.</summary>
    /// <returns>A sentence when a limit was passed all the same; else null.</returns>
    private static string? Passed(UnitOfWork session, IEnumerable<string> lanes, OperationsSettings inForce, DateTimeOffset midnight) =>
        lanes
            .Select(lane =>
            {
                var acts = session.ShopActions.OfLane(lane).Where(a => IsOwnSince(a, midnight)).ToList();
                var limits = acts.Count == 0 ? null : inForce.LaneOf(lane, acts[0].Kind)?.Limits;
                var sums = acts.Select(a => Affected(a, inForce.Currency).Major).ToList();
                return limits is not null && (acts.Count > limits.Acts || sums.Sum() > limits.PerDay || sums.Exists(s => s > limits.PerAct))
                    ? $"{lane} has passed a limit: {acts.Count} acts and {inForce.Currency} {sums.Sum():N2} today."
                    : null;
            })
            .FirstOrDefault(sentence => sentence is not null);

    private static bool IsOwnSince(ShopAction action, DateTimeOffset midnight) =>
        action.DecidedBy == OperationsDesk.Who && action.DecidedAt >= midnight;

    /// <summary>The same way as a person's: proposed, checked against fresh facts, approved by its hash, told to the shop's system.</summary>
    /// <returns>What was done; null when nothing was.</returns>
    private static ShopAction? ActInLane(
        UnitOfWork session,
        Alert alert,
        ProposedAction proposed,
        OperationsSettings inForce,
        ShopMoment moment,
        DateTimeOffset now
    )
    {
        var touched = new Dictionary<string, string>(proposed.Parameters, StringComparer.Ordinal)
        {
            [AffectsName] = proposed.Affects!.Value.Minor.ToString(CultureInfo.InvariantCulture),
        };
        var action = ShopAction.Of(
            ActionIds.Of(alert, proposed.Kind, session.ShopActions.OfAlert(alert.Id).Count(a => a.Kind == proposed.Kind)),
            alert.Id,
            alert.Monitor,
            proposed with
            {
                Parameters = touched,
            },
            alert.Evidence,
            now
        );
        if (ActionRecheck.WhyNot(action, alert, moment, inForce) is not null)
        {
            return null;
        }

        ActionSteps.Add(session, action, OperationsDesk.Who, now);
        if (!session.ShopActions.Decide(action.Id, action.Hash, ShopActionState.Approved, OperationsDesk.Who, "within the lane's limits", now))
        {
            return null;
        }

        OperationsDesk.Move(session, alert.Id, new AlertMove.Act(), null, OperationsDesk.Who, action.Text, now);
        ActionSteps.Told(session, action.Id, OperationsDesk.Who, "acted", now);
        session.Notices.Add(OperationsDesk.NoticeKind, $"Done by itself: {action.Text}. Undo it in the console under the alert {alert.Id}.", now);
        return session.ShopActions.Find(action.Id);
    }

    /// <summary>The money that an act touched, as its own content says.</summary>
    private static Money Affected(ShopAction action, string currency) =>
        new(
            long.TryParse(
                action.Parameters.GetValueOrDefault(AffectsName),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var minor
            )
                ? minor
                : 0,
            currency
        );
}
