using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What the store remembers after a channel has answered.</summary>
static class DeliveryRecorder
{
    public static void Settle(UnitOfWork session, OutboxMessage message, Delivery delivery, DateTimeOffset now)
    {
        switch (delivery)
        {
            case Delivery.Sent sent when session.Outbox.Move(message.Id, OutboxState.Sending, OutboxState.Sent, now, sent.ChannelMessageId):
                Record(session, message, now);
                break;
            case Delivery.Partly partly:
                session.Outbox.Continue(message.Id, partly.PartsSent, partly.ChannelMessageId, now);
                break;
            // A refused second try, or part, says nothing about the one before it.
            case Delivery.Refused refused
                when session.Outbox.Move(message.Id, OutboxState.Sending, message.InDoubtOr(OutboxState.Refused), now, error: refused.Why):
                Fail(session, message, refused, now);
                break;
            case Delivery.Later later:
                session.Outbox.Postpone(message.Id, now + later.After, later.Why);
                break;
            case Delivery.Unknown unknown when session.Outbox.Move(message.Id, OutboxState.Sending, OutboxState.Uncertain, now, error: unknown.Why):
                Doubt(session, message, unknown, now);
                break;
        }
    }

    /// <summary>The message is with the customer: evidence, and for an approved text the end of its approval and a to-do.</summary>
    public static void Record(UnitOfWork session, OutboxMessage message, DateTimeOffset now)
    {
        if (CriticalEvent.In(message, message.Approval is { } given ? session.Approvals.Find(given) : null) is { } critical)
        {
            PauseAtOnce(session, message.Conversation, $"Paused at once: {critical}", now);
        }

        OutcomeLog.Sent(session, message, now);
        if (message.Approval is { } id && session.Approvals.Finish(id, ApprovalState.Sent, null) && session.Approvals.Find(id) is { } approval)
        {
            ToDoOf(session, approval, now);
            session.Audit.ApprovalSent(approval, now);
        }
    }

    /// <summary>The approval of a text that does not leave: it was not sent, unless a part or an earlier try of it may have arrived.</summary>
    internal static void EndUnsent(UnitOfWork session, OutboxMessage message, Approval approval, string why, DateTimeOffset now)
    {
        if (message.MayHaveLeft)
        {
            session.Approvals.Finish(approval.Id, ApprovalState.Uncertain, $"It was not sent again. {why}");
            ToDoOf(session, approval, now);
        }
        else
        {
            session.Approvals.Finish(approval.Id, ApprovalState.Stopped, why);
        }
    }

    /// <summary>An approved text of which nobody will hear whether it left, because its customer is forgotten meanwhile. What may have reached the
    /// customer is owed; what has certainly not left is stopped.</summary>
    internal static void LoseSight(UnitOfWork session, OutboxMessage message, DateTimeOffset now)
    {
        var mayLeave = message.MayHaveLeft || message.State == OutboxState.Sending;
        session.Outbox.Move(message.Id, message.State, mayLeave ? OutboxState.Uncertain : OutboxState.Stopped, now);
        if (message.Approval is { } id && session.Approvals.Find(id) is { } approval)
        {
            EndUnsent(session, message with { MayHaveLeft = mayLeave }, approval, "Its customer was forgotten.", now);
        }
    }

    /// <summary>Where a message ends that does not leave: an approved one that may have left before stays in doubt.</summary>
    internal static OutboxState InDoubtOr(this OutboxMessage message, OutboxState end) =>
        message is { Approval: not null, MayHaveLeft: true } ? OutboxState.Uncertain : end;

    /// <summary>Somebody in the shop does what the text promised, once; where it may not have arrived, the approval's state says so.</summary>
    private static void ToDoOf(UnitOfWork session, Approval approval, DateTimeOffset now)
    {
        if (!session.ToDos.HasOf(approval.Id))
        {
            session.ToDos.Add(new(Ids.New('d', now), approval.Id, approval.Action, approval.OrderNumber, approval.Amount, approval.Text, now));
        }
    }

    private static void PauseAtOnce(UnitOfWork session, ConversationId conversation, string why, DateTimeOffset now)
    {
        RolloutRecord.Paused(session, "rollout", why, now, conversation);
        session.Notices.Add("canary", $"{why} Look at {conversation}, then resume.", now);
    }

    private static void Fail(UnitOfWork session, OutboxMessage message, Delivery.Refused refused, DateTimeOffset now)
    {
        if (message.Approval is { } id && session.Approvals.Find(id) is { } approval)
        {
            EndUnsent(session, message, approval, refused.Why, now);
        }

        if (refused.CustomerLeft)
        {
            session.Conversations.SetClosed(message.Conversation, true);
            return; // The customer has ended it; there is nobody to answer.
        }

        OutcomeLog.Failed(session, message, now);
        session.Notices.Add("delivery", $"A message to {message.Conversation} was refused by its channel and did not leave: {refused.Why}", now);
    }

    private static void Doubt(UnitOfWork session, OutboxMessage message, Delivery.Unknown unknown, DateTimeOffset now)
    {
        OutcomeLog.Failed(session, message, now);
        if (
            message.Approval is { } id
            && session.Approvals.Finish(id, ApprovalState.Uncertain, unknown.Why)
            && session.Approvals.Find(id) is { } approval
        )
        {
            // The customer may have the promise: it is kept all the same.
            ToDoOf(session, approval, now);
        }

        session.Notices.Add(
            "delivery",
            $"A message may have been sent to {message.Conversation}: {unknown.Why} It is not sent again by itself; ask the customer "
                + "whether it arrived, and write again if it did not.",
            now
        );
    }
}
