using System.Globalization;
using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>How the desk answers about an action outside the chat. Closed.</summary>
public abstract record ActionAnswer
{
    private ActionAnswer() { }

    public sealed record Done(ShopAction Now) : ActionAnswer;

    /// <summary>It is not that pending content any more; nothing has changed.</summary>
    public sealed record Late(ShopAction Now, string Why) : ActionAnswer;

    public sealed record NotAllowed(string Why) : ActionAnswer;

    public sealed record Refused(string Why) : ActionAnswer;

    public sealed record Unknown : ActionAnswer;
}

/// <summary>
/// Where actions outside the chat are asked for and decided: proposed, approved for exactly that content, checked against fresh facts, then done
/// by a person or by the shop's own system. Nothing here does anything itself.
/// </summary>
public sealed class ActionDesk(
    IStore store,
    OperationsDesk operations,
    Func<OperationsSettings> settings,
    Func<PlaybookSnapshot> knowledge,
    OutboxSender sender,
    TimeProvider time
)
{
    private const string AffectsName = "affects";

    /// <summary>Puts up for approval what an alert proposes. Asked for twice, it is one action.</summary>
    /// <param name="alertId">The alert's id or key.</param>
    public async Task<ActionAnswer> ProposeAsync(string alertId, ActionKind kind, string who, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var moment = (await operations.ViewAsync(now, cancellationToken)).Moment(now);
        return await store.WriteAsync(session => Propose(session, alertId, kind, who, moment, now), cancellationToken);
    }

    /// <summary>Puts up a supplier's whole list, as it is now.</summary>
    /// <param name="quantities">The pieces of each article that the person wants; articles that are not named are left out.</param>
    public async Task<ActionAnswer> ProposeListAsync(
        string supplier,
        IReadOnlyDictionary<string, int> quantities,
        string who,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var moment = (await operations.ViewAsync(now, cancellationToken)).Moment(now);
        var list = PurchaseList.Of(moment, settings()).FirstOrDefault(p => (p.Supplier ?? "") == supplier);
        return list is null ? new ActionAnswer.Refused("Nothing has to be ordered there any more.")
            : PurchaseProposal.Of(list, quantities, settings().Currency, now) is not { } proposed
                ? new ActionAnswer.Refused("Write how many pieces of at least one article to order.")
            : await store.WriteAsync(
                session =>
                    Add(
                        session,
                        ShopAction.Of("x" + SubjectKey.IdOf($"list|{supplier}|{now:O}"), "", PurchaseProposal.Area, proposed, [], now),
                        who,
                        now
                    ),
                cancellationToken
            );
    }

    /// <param name="hash">Of the content that the person saw.</param>
    public async Task<ActionAnswer> DecideAsync(
        Approver who,
        string id,
        string hash,
        bool approve,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var moment = (await operations.ViewAsync(now, cancellationToken)).Moment(now);
        var answer = await store.WriteAsync(session => Decide(session, who, id, hash, approve, reason, moment, now), cancellationToken);
        sender.Wake();
        return answer;
    }

    /// <summary>How it ended, as the shop's system or a person says.</summary>
    public Task<ActionAnswer> ReportAsync(
        string id,
        ShopActionState ended,
        string who,
        string? words,
        CancellationToken cancellationToken
    ) =>
        store.WriteAsync<ActionAnswer>(
            session =>
            {
                if (session.ShopActions.Find(id) is not { } action)
                {
                    return new ActionAnswer.Unknown();
                }

                if (action.State == ended)
                {
                    return new ActionAnswer.Done(action);
                }

                var now = time.GetUtcNow();
                return
                    action.State is ShopActionState.Approved or ShopActionState.Telling or ShopActionState.Told or ShopActionState.Unknown
                    && session.ShopActions.Move(id, action.State, ended, words, now)
                    ? Told(session, id, who, ended.ToString().ToLowerInvariant(), now)
                    : new ActionAnswer.Late(action, $"This action is {action.State.ToString().ToLowerInvariant()}.");
            },
            cancellationToken
        );

    /// <summary>Takes back what can be taken back: before it was told it is only withdrawn; afterwards the shop undoes it, of which its system is
    /// told, and the lane falls back to approve. While it is being told nobody knows which of the two it is.</summary>
    public Task<ActionAnswer> UndoAsync(string id, string who, CancellationToken cancellationToken) => store.WriteAsync<ActionAnswer>(session =>
    {
        if (session.ShopActions.Find(id) is not { } action)
        {
            return new ActionAnswer.Unknown();
        }

        if (action.State == ShopActionState.Telling)
        {
            return new ActionAnswer.Late(action, "It is being told to the shop's system just now. Try again in a minute.");
        }

        var isDone = action.State is ShopActionState.Told or ShopActionState.Done or ShopActionState.Unknown;
        if (isDone && !action.Kind.MayAct())
        {
            return new ActionAnswer.Refused($"A {action.Kind.Word()} cannot be undone from here. Talk to whoever has done it.");
        }

        var now = time.GetUtcNow();
        if (!(isDone || action.State is ShopActionState.Approved) || !session.ShopActions.Undo(id, action.State, HasHeard(action) ? now : null, now))
        {
            return new ActionAnswer.Late(action, $"This action is {action.State.ToString().ToLowerInvariant()}; there is nothing to undo.");
        }

        if (LaneBook.Standing(session, action.Lane, settings(), now).Autonomy == LaneAutonomy.Act)
        {
            session.Lanes.Add(new(action.Lane, LaneAutonomy.Approve, OperationsDesk.Who, now));
            session.Audit.Append("lane", OperationsDesk.Who, action.Lane, new { Verb = "fell back", Autonomy = "Approve" }, now);
        }

        return Told(session, id, who, "undone", now);
    }, cancellationToken);

    /// <summary>Whether the shop's system knows of it, or may.</summary>
    private static bool HasHeard(ShopAction action) => action.ToldAt is not null || action.State == ShopActionState.Unknown;

    public async Task ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(session => session.ShopActions.List(ShopActionState.Pending, 1000).Any(a => a.ExpiresAt <= now), cancellationToken))
        {
            await store.WriteAsync(
                session => session.ShopActions.Expire(now).ToList().ForEach(id => Told(session, id, OperationsDesk.Who, "expired", now)),
                cancellationToken
            );
        }
    }

    /// <summary>
    /// What lanes that have earned it do by themselves after a look, one alert after the other by rank: each within all of its limits, reported at
    /// once with the way to undo it. A lane that reaches a day's limit goes back to approve.
    /// </summary>
    public async Task<int> ActAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!await store.ReadAsync(session => session.Lanes.Latest().Values.Any(l => l.Autonomy == LaneAutonomy.Act), cancellationToken))
        {
            return 0;
        }

        var moment = (await operations.ViewAsync(now, cancellationToken)).Moment(now);
        return await store.WriteAsync(session => Act(session, moment, now), cancellationToken);
    }

    private int Act(UnitOfWork session, ShopMoment moment, DateTimeOffset now)
    {
        var (acted, inForce) = (0, settings());
        var midnight = moment.Calendar.Start(moment.Today);
        var stale = moment.FeedsNow().Where(f => f.Refusal is not null || DataQuality.IsStale(f, now)).Select(f => f.Kind).ToHashSet();
        var best = moment.Skus.MaxBy(sku => moment.PiecesSold(sku, moment.Today.AddDays(-7), moment.Today.AddDays(-1)));
        foreach (var (alert, proposed) in session.Alerts.Queue().Ranked.SelectMany(a => a.Actions.Where(p => p.Kind.MayAct()).Select(p => (a, p))))
        {
            var lane = ShopAction.LaneOf(alert.Monitor, proposed.Kind);
            var standing = LaneBook.Standing(session, lane, inForce, now);
            if (
                standing.Autonomy != LaneAutonomy.Act
                || alert.State == AlertState.Snoozed
                || session.ShopActions.OfAlert(alert.Id).Any(a => a.State != ShopActionState.Expired)
            )
            {
                continue;
            }

            var today = session
                .ShopActions.List(null, 10_000)
                .Where(a => a.Lane == lane && a.DecidedBy == OperationsDesk.Who && a.DecidedAt >= midnight)
                .Select(a => Affected(a, inForce.Currency))
                .ToList();
            var needs = MonitorSet.All.FirstOrDefault(m => m.Name == alert.Monitor)?.Needs.Select(n => n.Kind) ?? [];
            var facts = new ActingFacts(
                alert.Monitor,
                standing.Autonomy,
                standing.MissingForAct is { Count: 0 },
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
                    session.Lanes.Add(new(lane, LaneAutonomy.Approve, OperationsDesk.Who, now));
                    session.Audit.Append("lane", OperationsDesk.Who, lane, new { Verb = "fell back", Autonomy = "Approve" }, now, fallBack.Why);
                    session.Notices.Add(OperationsDesk.NoticeKind, $"{lane} waits for your approval again. {fallBack.Why}", now);
                    break;
                case ActingAnswer.Act when ActInLane(session, alert, proposed, moment, now):
                    acted++;
                    break;
                default:
                    break;
            }
        }

        return acted;
    }

    /// <summary>The same way as a person's: proposed, checked against fresh facts, approved by its hash, told to the shop's system.</summary>
    private bool ActInLane(UnitOfWork session, Alert alert, ProposedAction proposed, ShopMoment moment, DateTimeOffset now)
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
        if (ActionRecheck.WhyNot(action, alert, moment, settings()) is not null)
        {
            return false;
        }

        Add(session, action, OperationsDesk.Who, now);
        if (!session.ShopActions.Decide(action.Id, action.Hash, ShopActionState.Approved, OperationsDesk.Who, "within the lane's limits", now))
        {
            return false;
        }

        OperationsDesk.Move(session, alert.Id, new AlertMove.Act(), null, OperationsDesk.Who, action.Text, now);
        Told(session, action.Id, OperationsDesk.Who, "acted", now);
        session.Notices.Add(OperationsDesk.NoticeKind, $"Done by itself: {action.Text}. Undo it in the console under the alert {alert.Id}.", now);
        return true;
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

    private ActionAnswer Propose(UnitOfWork session, string alertId, ActionKind kind, string who, ShopMoment moment, DateTimeOffset now)
    {
        if (session.Alerts.Find(alertId) is not { } alert)
        {
            return new ActionAnswer.Unknown();
        }

        if (!alert.IsOpen || alert.Actions.FirstOrDefault(a => a.Kind == kind) is not { } proposed)
        {
            return new ActionAnswer.Refused(alert.IsOpen ? $"This alert proposes no {kind.Word()}." : "The alert is closed.");
        }

        var lane = LaneBook.Standing(session, ShopAction.LaneOf(alert.Monitor, kind), settings(), now);
        if (lane.Autonomy == LaneAutonomy.Watch)
        {
            return new ActionAnswer.Refused($"The lane {lane.Lane} only watches. Set it to recommend or approve first.");
        }

        var before = session.ShopActions.OfAlert(alert.Id).Where(a => a.Kind == kind).ToList();
        if (
            before.LastOrDefault(a =>
                a.State is ShopActionState.Pending or ShopActionState.Approved or ShopActionState.Telling or ShopActionState.Told
            )
                is { } known
            && known.ExpiresAt > now
        )
        {
            return new ActionAnswer.Done(known);
        }

        var action = ShopAction.Of(ActionIds.Of(alert, kind, before.Count), alert.Id, alert.Monitor, proposed, alert.Evidence, now);
        if (kind == ActionKind.CustomerNotice)
        {
            action = NoticeRecipients.AddTo(session, action, alert, moment, knowledge().Shop, now);
        }

        return ActionRecheck.WhyNot(action, alert, moment, settings()) is { } why ? new ActionAnswer.Refused(why) : Add(session, action, who, now);
    }

    private static ActionAnswer.Done Add(UnitOfWork session, ShopAction action, string who, DateTimeOffset now)
    {
        session.ShopActions.Add(action);
        return Told(session, action.Id, who, "proposed", now);
    }

    private ActionAnswer Decide(
        UnitOfWork session,
        Approver who,
        string id,
        string hash,
        bool approve,
        string? reason,
        ShopMoment moment,
        DateTimeOffset now
    )
    {
        if (session.ShopActions.Find(id) is not { } action)
        {
            return new ActionAnswer.Unknown();
        }

        if (action.State != ShopActionState.Pending || action.Hash != hash || action.Sealed().Hash != hash || action.ExpiresAt <= now)
        {
            return new ActionAnswer.Late(action, WhyLate(action, hash, now));
        }

        if (approve && who.WhyNot(action.Amount, action.Kind.CommitsMoney(), knowledge().Policy.Currency) is { } above)
        {
            return new ActionAnswer.NotAllowed(above);
        }

        if (!session.ShopActions.Decide(id, hash, approve ? ShopActionState.Approved : ShopActionState.Rejected, who.Name, reason, now))
        {
            return new ActionAnswer.Late(session.ShopActions.Find(id)!, "Somebody else was faster.");
        }

        var alert = session.Alerts.Find(action.Alert);
        if (approve && ActionRecheck.WhyNot(action, alert, moment, settings()) is { } changed)
        {
            session.ShopActions.Move(id, ShopActionState.Approved, ShopActionState.Stopped, changed, now);
            return Told(session, id, who.Name, "stopped", now);
        }

        if (approve && alert is { IsOpen: true })
        {
            OperationsDesk.Move(session, alert.Id, new AlertMove.Act(), null, who.Name, action.Text, now);
        }

        var told = Told(session, id, who.Name, approve ? "approved" : "rejected", now);
        return approve && action.Recipients.Count > 0 ? Notify(session, action, moment, now) : told;
    }

    /// <summary>Queues the approved words for everybody to whom they still apply; each is looked at once more when it leaves.</summary>
    private static ActionAnswer.Done Notify(UnitOfWork session, ShopAction action, ShopMoment moment, DateTimeOffset now)
    {
        var left = action.Recipients.Where(r => NoticeRecipients.WhyNot(session, action, r, moment, now) is null).ToList();
        foreach (var recipient in left)
        {
            session.Outbox.Add(
                OutboxMessage.New(recipient.Conversation, Sender.Person, OutboxKind.Update, recipient.Text, now) with
                {
                    OrderNumber = recipient.Order,
                    Notice = action.Id,
                }
            );
        }

        session.ShopActions.Move(
            action.Id,
            ShopActionState.Approved,
            ShopActionState.Done,
            $"{left.Count} of {action.Recipients.Count} customers are written to.",
            now
        );
        return Told(session, action.Id, OperationsDesk.Who, "done", now);
    }

    /// <summary>The audit row and the alert's history of a step that is done; the content stands in the row only as its hash.</summary>
    private static ActionAnswer.Done Told(UnitOfWork session, string id, string who, string verb, DateTimeOffset now)
    {
        var action = session.ShopActions.Find(id)!;
        session.Audit.Append(
            "action",
            who,
            action.Id,
            new
            {
                Verb = verb,
                Kind = action.Kind.Word(),
                action.Revision,
                action.Hash,
                action.Lane,
                Amount = action.Amount?.ToString(),
            },
            now
        );
        if (action.Alert.Length > 0)
        {
            session.Alerts.Happened(action.Alert, new(now, who, verb, action.Text));
        }

        return new(action);
    }

    private string WhyLate(ShopAction action, string hash, DateTimeOffset now) => action switch
    {
        { State: not ShopActionState.Pending, DecidedBy: { } by } =>
            $"{by} decided this at {knowledge().Shop.Hours.Shown(action.DecidedAt ?? action.CreatedAt)}: {action.State}.",
        { State: not ShopActionState.Pending } => $"This action is {action.State}.",
        _ when action.ExpiresAt <= now => "The time for this action is over.",
        _ when action.Hash != hash => "It has changed since you saw it. Look at the new one.",
        _ => "Its content is not the one that was stored.",
    };
}
