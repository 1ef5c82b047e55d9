using OpsChat.Approvals;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>The last look before an approved text leaves. What fails it is not sent, and the card says so.</summary>
public sealed class DispatchCheck(IShop shop)
{
    /// <summary>Asks the shop whether the money has moved already; null when nothing stands against sending.</summary>
    public async Task<string?> AskShopAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.OrderNumber is not { } number)
        {
            return null;
        }

        try
        {
            var order = await shop.FindOrderAsync(number, cancellationToken);
            return order is { Total: { Minor: > 0 } total, Refunded: { } refunded } && refunded.Minor >= total.Minor ? $"Order {order.Number} is refunded already." : null;
        }
        catch (ShopUnavailableException e)
        {
            return $"The order could not be checked again: {e.Message}";
        }
    }

    /// <summary>Asks the store whether this is still what was approved; null when nothing stands against sending.</summary>
    public static string? Ask(UnitOfWork session, OutboxMessage message, DateTimeOffset now)
    {
        var approval = message.Approval is { } id ? session.Approvals.Find(id) : null;
        return approval switch
        {
            null => "The approval is not there any more.",
            { State: not ApprovalState.Approved } => $"The approval is {approval.State} now.",
            _ when approval.Hash != message.ApprovalHash || approval.Sealed().Hash != approval.Hash || approval.Text != message.Text => "The text is not the one that was approved.",
            _ when approval.ExpiresAt <= now => "The approval has expired.",
            _ when session.Outbox.PersonWroteSince(message.Conversation, approval.CreatedAt) => "A person wrote to the customer meanwhile.",
            _ when session.Inbox.Undecided(message.Conversation).Count > 0 => "The customer wrote again meanwhile.",
            _ => null,
        };
    }

    /// <summary>Stops the message; the matter becomes a hand-off, so that it is not forgotten.</summary>
    public static void Stop(UnitOfWork session, OutboxMessage message, string why, DateTimeOffset now)
    {
        session.Outbox.Move(message.Id, OutboxState.Queued, OutboxState.Stopped, now, error: why);
        if (message.Approval is { } id && session.Approvals.Find(id) is { } approval)
        {
            session.Approvals.Finish(id, ApprovalState.Stopped, why);
            session.HandOffs.Save(ApprovalDesk.BackToAPerson(approval, $"Approved, but not sent: {why}", now));
        }
    }
}
