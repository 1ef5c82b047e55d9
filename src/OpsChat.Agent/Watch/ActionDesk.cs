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

    /// <summary>Nothing was decided yet: these sentences have to be confirmed beside the approval.</summary>
    public sealed record Confirm(IReadOnlyList<string> Sentences) : ActionAnswer;

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
    CurrentOperations settings,
    CurrentPlaybooks knowledge,
    TimeProvider time
)
{
    private const int MostPending = 1000;

    /// <summary>Puts up for approval what an alert proposes. Asked for twice, it is one action.</summary>
    /// <param name="alertId">The alert's id or key.</param>
    public async Task<ActionAnswer> ProposeAsync(string alertId, ActionKind kind, string who, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var moment = (await operations.ViewAsync(now, cancellationToken)).Moment(now);
        return await store.WriteAsync(session => Propose(session, alertId, kind, who, moment, now), cancellationToken);
    }

    /// <summary>Puts up a supplier's whole list, as it is now. Asked for twice, it is one action; of an article that waits for an approval already
    /// only what the plan still misses is put up beside it.</summary>
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
                    ProposeList(
                        session,
                        ShopAction.Of(
                            "x" + SubjectKey.IdOf($"list|{supplier}|{proposed.Parameters["lines"]}|{now:O}"),
                            "",
                            PurchaseProposal.Area,
                            proposed,
                            [],
                            now
                        ),
                        list,
                        who,
                        now
                    ),
                cancellationToken
            );
    }

    private static ActionAnswer ProposeList(UnitOfWork session, ShopAction action, SupplierPurchase list, string who, DateTimeOffset now)
    {
        var pending = session.ShopActions.List(ShopActionState.Pending, MostPending);
        var lines = PurchaseProposal.Lines(action.Subject, action.Parameters).ToHashSet();
        if (
            pending.FirstOrDefault(other =>
                PurchaseProposal.Waits(other, now)
                && other.Lane == action.Lane
                && other.Subject == action.Subject
                && lines.SetEquals(PurchaseProposal.Lines(other.Subject, other.Parameters))
            ) is { } known
        )
        {
            return new ActionAnswer.Done(known);
        }

        return PurchaseProposal.WhyNotAgain(action, pending, sku => list.Lines.FirstOrDefault(line => line.Sku == sku)?.Order, now) is { } why
            ? new ActionAnswer.Refused(why)
            : ActionSteps.Add(session, action, who, now);
    }

    /// <param name="hash">Of the content that the person saw.</param>
    /// <param name="confirmed">The person has confirmed what is unusual about exactly that content.</param>
    public async Task<ActionAnswer> DecideAsync(
        Approver who,
        string id,
        string hash,
        bool approve,
        string? reason,
        CancellationToken cancellationToken,
        bool confirmed = false
    )
    {
        var now = time.GetUtcNow();
        var moment = (await operations.ViewAsync(now, cancellationToken)).Moment(now);
        return await store.WriteAsync(
            session =>
                approve && !confirmed && ToConfirm(session, id, hash, now) is { Count: > 0 } doubts && who.May(Right.Steer)
                    ? new ActionAnswer.Confirm(doubts)
                    : Decide(session, who, id, hash, approve, reason, moment, now),
            cancellationToken
        );
    }

    /// <summary>What has to be confirmed beside the approval; nothing where the approval is late anyway.</summary>
    private static IReadOnlyList<string> ToConfirm(UnitOfWork session, string id, string hash, DateTimeOffset now) =>
        session.ShopActions.Find(id) is { State: ShopActionState.Pending } action && action.Hash == hash && action.ExpiresAt > now
            ? PurchaseProposal.ToConfirm(action)
            : [];

    /// <summary>How it ended, as the shop's system or a person says. What a lane did by itself and went wrong takes it back to approve; what went
    /// critically wrong stops all lanes.</summary>
    /// <param name="isCritical">It touched the wrong thing, or more than it was to.</param>
    public Task<ActionAnswer> ReportAsync(
        string id,
        ShopActionState ended,
        string who,
        string? words,
        CancellationToken cancellationToken,
        bool isCritical = false
    ) =>
        store.WriteAsync<ActionAnswer>(
            session =>
            {
                if (session.ShopActions.Find(id) is not { } action)
                {
                    return new ActionAnswer.Unknown();
                }

                var now = time.GetUtcNow();
                // Also when the end was heard of before: that it is critical may be seen later.
                if (isCritical)
                {
                    LaneStops.Stop(session, $"Critical: {action.Text.TrimEnd('.')} ({action.Id}).", who, now);
                }

                if (action.State == ended)
                {
                    return new ActionAnswer.Done(action);
                }

                if (ended == ShopActionState.Failed && action.DecidedBy == OperationsDesk.Who
                    && LaneBook.Standing(session, action.Lane, settings(), now).Autonomy == LaneAutonomy.Act)
                {
                    LaneStops.FallBack(session, action.Lane, now, words);
                }

                return
                    action.State is ShopActionState.Approved or ShopActionState.Telling or ShopActionState.Told or ShopActionState.Unknown
                    && session.ShopActions.Move(id, action.State, ended, words, now)
                    ? ActionSteps.Told(session, id, who, ended.ToString().ToLowerInvariant(), now)
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
            LaneStops.FallBack(session, action.Lane, now);
        }

        return ActionSteps.Told(session, id, who, "undone", now);
    }, cancellationToken);

    /// <summary>Whether the shop's system knows of it, or may.</summary>
    private static bool HasHeard(ShopAction action) => action.ToldAt is not null || action.State == ShopActionState.Unknown;

    public async Task ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(session => session.ShopActions.List(ShopActionState.Pending, 1000).Any(a => a.ExpiresAt <= now), cancellationToken))
        {
            await store.WriteAsync(
                session => session.ShopActions.Expire(now).ToList().ForEach(id => ActionSteps.Told(session, id, OperationsDesk.Who, "expired", now)),
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
        return await store.WriteAsync(session => LaneActs.Act(session, settings(), moment, now), cancellationToken);
    }

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

        return (ActionRecheck.WhyNot(action, alert, moment, settings()) ?? WhyNotAgain(session, action, now)) is { } why
            ? new ActionAnswer.Refused(why)
            : ActionSteps.Add(session, action, who, now);
    }

    /// <summary>An alert proposes all that is missing of an article, so nothing of it is to be ordered beside that.</summary>
    private static string? WhyNotAgain(UnitOfWork session, ShopAction action, DateTimeOffset now) =>
        action.Kind == ActionKind.PurchaseOrder
            ? PurchaseProposal.WhyNotAgain(action, session.ShopActions.List(ShopActionState.Pending, MostPending), _ => null, now)
            : null;

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

        if (approve && !who.May(Right.Steer))
        {
            return new ActionAnswer.NotAllowed("Staff may ask for it and reject it; an owner or an approver lets it be done.");
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
            return ActionSteps.Told(session, id, who.Name, "stopped", now);
        }

        if (approve && alert is { IsOpen: true })
        {
            OperationsDesk.Move(session, alert.Id, new AlertMove.Act(), null, who.Name, action.Text, now);
        }

        var told = ActionSteps.Told(session, id, who.Name, approve ? "approved" : "rejected", now);
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
            $"{left.Count} of {Plural.Of(action.Recipients.Count, "customer")} {(left.Count == 1 ? "is" : "are")} written to.",
            now
        );
        return ActionSteps.Told(session, action.Id, OperationsDesk.Who, "done", now);
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
