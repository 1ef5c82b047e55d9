using Microsoft.Extensions.Logging;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Watches the time of pending approvals: a reminder at half time, then expiry. Nothing is ever sent by itself.</summary>
public sealed class ApprovalClock(
    IStore store, ApprovalDesk desk, CurrentPlaybooks knowledge, TimeProvider time, ILogger<ApprovalClock> log)
    : PeriodicService(TimeSpan.FromSeconds(15), time, log)
{
    protected override string WhenItFails => "Pending approvals could not be looked at";

    /// <summary>One look: expires what is over, reminds of what is half over.</summary>
    public override Task LookAsync(CancellationToken cancellationToken) =>
        store.WriteAsync(session => Look(session, Time.GetUtcNow()), cancellationToken);

    private void Look(UnitOfWork session, DateTimeOffset now)
    {
        var expired = session.Approvals.PendingBefore(now).Where(a => session.Approvals.Expire(a.Id, now)).ToList();
        foreach (var approval in expired)
        {
            OutcomeLog.ApprovalExpired(session, approval, now);
            desk.AskAgain(session, approval, new CardReason.NobodyDecided(), offersText: true, now);
            session.Audit.Append(
                "approval",
                "opschat",
                approval.Id,
                new
                {
                    Verb = "expire",
                    approval.Revision,
                    approval.Hash,
                },
                now
            );
            session.Notices.Add(
                "approval",
                $"An approval for {approval.Conversation} expired without a decision. It is a hand-off now; the customer was told that it "
                    + "takes longer.",
                now
            );
        }

        var hours = knowledge().Shop.Hours;
        foreach (var approval in session.Approvals.ToRemind(now))
        {
            session.Approvals.SetReminded(approval.Id, now);
            var (since, until) = (hours.Shown(approval.CreatedAt), hours.Shown(approval.ExpiresAt));
            session.Notices.Add("approval", $"An approval for {approval.Conversation} has waited since {since} and expires at {until}.", now);
        }
    }
}
