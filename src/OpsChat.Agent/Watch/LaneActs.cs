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

    public static int Act(UnitOfWork session, OperationsSettings inForce, ShopMoment moment, DateTimeOffset now)
    {
        var lanes = LaneBook.Acting(session, inForce, now);
        if (lanes.Count == 0)
        {
            return 0;
        }

        // What was done in this very look counts against the day's limits too.
        var (done, over) = (new List<ShopAction>(), new HashSet<string>(StringComparer.Ordinal));
        var midnight = moment.Calendar.Start(moment.Today);
        var stale = moment.FeedsNow().Where(f => f.Refusal is not null || DataQuality.IsStale(f, now)).Select(f => f.Kind).ToHashSet();
        var best = moment.Skus.MaxBy(sku => moment.PiecesSold(sku, moment.Today.AddDays(-7), moment.Today.AddDays(-1)));
        foreach (var (alert, proposed) in session.Alerts.Queue().Ranked.SelectMany(a => a.Actions.Where(p => p.Kind.MayAct()).Select(p => (a, p))))
        {
            var lane = ShopAction.LaneOf(alert.Monitor, proposed.Kind);
            if (
                !lanes.TryGetValue(lane, out var acting)
                || over.Contains(lane)
                || alert.State == AlertState.Snoozed
                || session.ShopActions.OfAlert(alert.Id).Any(a => a.State != ShopActionState.Expired)
            )
            {
                continue;
            }

            var today = acting
                .Proposed.Where(a => a.DecidedBy == OperationsDesk.Who && a.DecidedAt >= midnight)
                .Concat(done.Where(a => a.Lane == lane))
                .Select(a => Affected(a, inForce.Currency))
                .ToList();
            var needs = MonitorSet.All.FirstOrDefault(m => m.Name == alert.Monitor)?.Needs.Select(n => n.Kind) ?? [];
            var facts = new ActingFacts(
                alert.Monitor,
                acting.Standing.Autonomy,
                acting.Standing.MissingForAct is { Count: 0 },
                inForce.LaneOf(lane, proposed.Kind)?.Limits,
                today,
                needs.Any(stale.Contains),
                TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, moment.Calendar.Zone).DateTime),
                best is not null
                    && (alert.Subject["sku"] == best || proposed.Subject == best || proposed.Parameters.GetValueOrDefault("sku") == best)
            );
            switch (LaneActing.Decide(proposed, facts, now))
            {
                case ActingAnswer.FallBack fallBack:
                    over.Add(lane);
                    session.Lanes.Add(new(lane, LaneAutonomy.Approve, OperationsDesk.Who, now));
                    session.Audit.Append("lane", OperationsDesk.Who, lane, new { Verb = "fell back", Autonomy = "Approve" }, now, fallBack.Why);
                    session.Notices.Add(OperationsDesk.NoticeKind, $"{lane} waits for your approval again. {fallBack.Why}", now);
                    break;
                case ActingAnswer.Act when ActInLane(session, alert, proposed, inForce, moment, now) is { } act:
                    done.Add(act);
                    break;
                default:
                    break;
            }
        }

        return done.Count;
    }

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
