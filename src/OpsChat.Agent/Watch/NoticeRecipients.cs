using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>
/// Who gets a notice, and with which words: the owner's standing text in the customer's language. Only a chat that proved to be the order's
/// customer is written to, and nobody gets two notices within 48 hours.
/// </summary>
public static class NoticeRecipients
{
    private static readonly TimeSpan s_notTwiceWithin = TimeSpan.FromHours(48);

    public static ShopAction AddTo(UnitOfWork session, ShopAction action, Alert alert, ShopMoment shop, ShopProfile profile, DateTimeOffset now)
    {
        var orders = Orders(alert).ToList();
        var told = Told(session, action, now);
        var recipients = orders
            .SelectMany(order => session.Conversations.WhoProved(OrderNumber.Key(order)).Select(c => (Order: order, Conversation: c)))
            .Where(r => r.Conversation.TakenOverUntil is null || r.Conversation.TakenOverUntil <= now)
            .DistinctBy(r => r.Conversation.Id)
            .Where(r => !told.Contains(r.Conversation.Id))
            .Select(r =>
                Text(alert, r.Order, r.Conversation.Language, shop, profile, now) is { } text
                    ? new NoticeRecipient(r.Conversation.Id, r.Order, text)
                    : null
            )
            .OfType<NoticeRecipient>()
            .ToList();
        var others = orders.Count - recipients.Select(r => r.Order).Distinct(StringComparer.Ordinal).Count();
        return (action with { Recipients = recipients, Text = InWords(recipients.Count, others) }).Sealed();
    }

    /// <summary>Why the words are not true for this customer any more, or not to be said now; null when nothing stands against them.</summary>
    public static string? WhyNot(UnitOfWork session, ShopAction action, NoticeRecipient recipient, ShopMoment shop, DateTimeOffset now) =>
        (session.Conversations.Find(recipient.Conversation), shop.Order(recipient.Order)) switch
        {
            (null or { Closed: true }, _) => "The customer has ended the conversation.",
            ({ } conversation, _) when conversation.TakenOverUntil > now => $"{conversation.TakenOverBy} has this conversation.",
            _ when Told(session, action, now).Contains(recipient.Conversation) => "The customer had another notice within 48 hours.",
            (_, null) => $"Order {recipient.Order} is not in the shop's data any more.",
            (_, { } order) when order.CancelledAt <= shop.Now => $"Order {order.Number} is cancelled.",
            (_, { } order) when SaysItWaits(action) && !order.IsToShip(shop.Now) => $"Order {order.Number} does not wait to be shipped any more.",
            (_, { } order) when order.DeliveredAt <= shop.Now || shop.Parcels.Any(p => p.Parcel.Order == order.Number && p.DeliveredAt is not null) =>
                $"Order {order.Number} has arrived.",
            _ => null,
        };

    private static bool SaysItWaits(ShopAction action) => action.Parameters.GetValueOrDefault("notice") == OrderStuck.MonitorName;

    /// <summary>The same for a queued message of a notice, when it is about to leave.</summary>
    public static string? WhyNot(UnitOfWork session, string notice, OutboxMessage message, ShopMoment shop, DateTimeOffset now) =>
        session.ShopActions.Find(notice) is not { State: ShopActionState.Approved or ShopActionState.Done } action
            ? "The notice is not approved any more."
        : action.Recipients.FirstOrDefault(r => r.Conversation == message.Conversation && r.Text == message.Text) is not { } recipient
            ? "The text is not the one that was approved."
        : WhyNot(session, action, recipient, shop, now);

    private static IEnumerable<string> Orders(Alert alert) =>
        alert.Children.Select(c => c.Subject["order"]).Prepend(alert.Subject["order"]).OfType<string>().Distinct(StringComparer.Ordinal);

    private static HashSet<ConversationId> Told(UnitOfWork session, ShopAction but, DateTimeOffset now) =>
        [
            .. session
                .ShopActions.Notices(now - s_notTwiceWithin)
                .Where(a =>
                    a.Id != but.Id
                    && a.State is ShopActionState.Pending or ShopActionState.Approved or ShopActionState.Done
                    && (a.DecidedAt ?? a.CreatedAt) > now - s_notTwiceWithin
                )
                .SelectMany(a => a.Recipients.Select(r => r.Conversation)),
        ];

    private static string? Text(Alert alert, string order, string language, ShopMoment shop, ShopProfile profile, DateTimeOffset now)
    {
        List<Fact> facts = [.. profile.Facts(now, language), new("order.number", FactValue.Of(order), "orders", now)];
        if (shop.History.CarrierOf(order) is { Length: > 0 } carrier)
        {
            facts.Add(new("shipment.carrier", FactValue.Of(carrier), "parcels", now));
        }

        return Drafter.Standing(alert.Monitor == "order-stuck" ? profile.Texts.OrderLate : profile.Texts.ParcelLate, new(facts), language).Text;
    }

    private static string InWords(int here, int others) => (here, others) switch
    {
        (0, _) => $"Write to {others} {(others == 1 ? "customer" : "customers")} by e-mail: none of them has proved here whose order it is",
        (_, 0) => $"Tell {here} {(here == 1 ? "customer" : "customers")} here that it comes later",
        _ => $"Tell {here} {(here == 1 ? "customer" : "customers")} here that it comes later; {others} more have to be written to by e-mail",
    };
}
