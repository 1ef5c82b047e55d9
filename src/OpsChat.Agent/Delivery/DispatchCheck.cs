using OpsChat.Approvals;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Operations.History;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What the shop's data say of an order's money now.</summary>
/// <param name="Trouble">Why they could not be asked, in a sentence; null when they could.</param>
/// <param name="Shop">The shop as it is now, for a notice; else null.</param>
public sealed record MoneyLook(OrderMoney Money, string? Trouble, ShopMoment? Shop = null)
{
    /// <summary>There is no order to look at.</summary>
    public static MoneyLook None { get; } = new(OrderMoney.Unknown, null);
}

/// <summary>The last look before an approved text or a notice leaves. What fails it is not sent, and the card says so.</summary>
/// <param name="operations">Knows the shop as notices are about it; null where no notices are sent.</param>
public sealed class DispatchCheck(IShop shop, OperationsDesk? operations = null, TimeProvider? time = null)
{
    /// <summary>What the shop's data say now of what the message is about.</summary>
    public async Task<MoneyLook> LookAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.Notice is null)
        {
            return await AskShopAsync(message.OrderNumber, cancellationToken);
        }

        if (operations is null || time is null)
        {
            return MoneyLook.None;
        }

        var now = time.GetUtcNow();
        return MoneyLook.None with { Shop = (await operations.ViewAsync(now, cancellationToken)).Moment(now) };
    }

    /// <param name="orderNumber">Null for what is about no order.</param>
    public async Task<MoneyLook> AskShopAsync(string? orderNumber, CancellationToken cancellationToken)
    {
        if (orderNumber is null)
        {
            return MoneyLook.None;
        }

        try
        {
            var order = await shop.FindOrderAsync(orderNumber, cancellationToken);
            return order is null
                ? new(OrderMoney.Unknown, $"Order {orderNumber} is not in the shop's data any more.")
                : new(OrderMoney.Of(order), null);
        }
        catch (ShopUnavailableException e)
        {
            return new(OrderMoney.Unknown, $"The order could not be checked again: {e.Message}");
        }
    }

    /// <summary>Asks the store whether this is still what was approved, and the order's ledger whether it still fits; null when nothing stands
    /// against sending.</summary>
    public static string? Ask(UnitOfWork session, OutboxMessage message, MoneyLook look, DateTimeOffset now)
    {
        if (message.Notice is { } notice)
        {
            return look.Shop is { } moment
                ? NoticeRecipients.WhyNot(session, notice, message, moment, now)
                : "The shop's data could not be looked at.";
        }

        var approval = message.Approval is { } id ? session.Approvals.Find(id) : null;
        return approval switch
        {
            null => "The approval is not there any more.",
            { State: not ApprovalState.Approved } => $"The approval is {approval.State} now.",
            _ when approval.Hash != message.ApprovalHash || approval.Sealed().Hash != approval.Hash || approval.Text != message.Text =>
                "The text is not the one that was approved.",
            _ when approval.ExpiresAt <= now => "The approval has expired.",
            // What a person wrote before is asked about with the approval.
            _ when session.Outbox.PersonWroteSince(message.Conversation, approval.DecidedAt ?? approval.CreatedAt) =>
                "A person wrote to the customer meanwhile.",
            _ when session.Inbox.HasNewerThan(message.Conversation, approval.SeenSeq) => "The customer wrote again meanwhile.",
            _ => look.Trouble ?? WhyNoMoney(approval, look.Money, EarlierOf(session, approval)),
        };
    }

    /// <summary>Stops the message, if it still waits: another host may be sending it by now, and then nothing is stopped. An approval's matter
    /// becomes a hand-off, so that it is not forgotten; of a notice that is not needed any more the owner hears.</summary>
    public static void Stop(UnitOfWork session, OutboxMessage message, string why, DateTimeOffset now)
    {
        if (!session.Outbox.Move(message.Id, OutboxState.Queued, message.InDoubtOr(OutboxState.Stopped), now, error: why))
        {
            return;
        }

        if (message.Notice is not null)
        {
            session.Notices.Add(
                OperationsDesk.NoticeKind,
                $"A notice to {message.Conversation} about order {message.OrderNumber} was approved, but not sent: {why}",
                now
            );
        }

        if (message.Approval is { } id && session.Approvals.Find(id) is { } approval)
        {
            DeliveryRecorder.EndUnsent(session, message, approval, why, now);
            session.HandOffs.Save(ApprovalDesk.BackToAPerson(approval, new CardReason.NotSent(why, message.MayHaveLeft), now));
        }
    }

    /// <summary>Who confirmed that it goes over what is left knew of all that had gone back until then, and of nothing later. What was not known
    /// then and was confirmed as that may still be unknown; what is known by now is looked at.</summary>
    internal static string? WhyNoMoney(Approval approval, OrderMoney money, IEnumerable<Approval> earlier) =>
        approval switch
        {
            { GoesOver: true, RefundedThen: { } then } when money.Refunded is not { } now || now.Currency != then.Currency =>
                $"What was paid back of order {approval.OrderNumber} was known when it was approved, and is not known now.",
            { GoesOver: true, RefundedThen: { } then } => money.Refunded!.Value.Minor > then.Minor
                ? $"Money of order {approval.OrderNumber} was paid back after it was approved."
                : null,
            { GoesOver: true } when money.Refunded is null => null,
            _ => money is { Paid: { } paid, Refunded: { Minor: > 0 } refunded } && refunded.Minor >= paid.Minor
                ? $"Order {approval.OrderNumber} is refunded already."
                : OrderCards.WhyNot(approval, money, earlier),
        };

    /// <summary>One that was approved later gives way to this one, not this one to it.</summary>
    private static IEnumerable<Approval> EarlierOf(UnitOfWork session, Approval approval) =>
        session.Approvals.OthersOf(approval).Where(other => other.State != ApprovalState.Approved || other.DecidedAt <= approval.DecidedAt);
}
