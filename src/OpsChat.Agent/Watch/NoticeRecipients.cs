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
        var told = Told(session, action, now);
        var buyers = Orders(alert)
            .GroupBy(order => shop.Order(order)?.Customer ?? order, StringComparer.Ordinal)
            .Select(orders => Chats(session, [.. orders]))
            .ToList();
        var spokenTo = buyers.Where(chats => chats.Any(chat => told.Contains(chat.Conversation.Id) || IsTakenOver(chat.Conversation, now))).ToList();
        var recipients = buyers
            .Except(spokenTo)
            .Select(chats => chats.Select(chat => Recipient(chat, alert, shop, profile, now)).OfType<NoticeRecipient>().FirstOrDefault())
            .OfType<NoticeRecipient>()
            // Whoever asked for others' orders too, in one chat, hears of it once.
            .DistinctBy(recipient => recipient.Conversation)
            .ToList();
        var others = buyers.Count - spokenTo.Count - recipients.Count;
        return (action with { Recipients = recipients, Text = InWords(recipients.Count, others, spokenTo.Count) }).Sealed();
    }

    /// <summary>The chats that proved one of a buyer's orders, the latest first.</summary>
    private static List<(string Order, Conversation Conversation)> Chats(UnitOfWork session, IReadOnlyList<string> orders) =>
        [
            .. orders
                .SelectMany(order => session.Conversations.WhoProved(OrderNumber.Key(order)).Select(c => (Order: order, Conversation: c)))
                .OrderByDescending(chat => chat.Conversation.LastAt),
        ];

    private static bool IsTakenOver(Conversation conversation, DateTimeOffset now) => conversation.TakenOverUntil > now;

    private static NoticeRecipient? Recipient(
        (string Order, Conversation Conversation) chat, Alert alert, ShopMoment shop, ShopProfile profile, DateTimeOffset now) =>
        Text(alert, chat.Order, chat.Conversation.Language, shop, profile, now) is { } text ? new(chat.Conversation.Id, chat.Order, text) : null;

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

    /// <summary>The numbers add up to all customers of the alert.</summary>
    private static string InWords(int here, int others, int spokenTo)
    {
        string?[] rest =
        [
            here > 0 && others > 0 ? $"{others} more {(others == 1 ? "has" : "have")} to be written to by e-mail" : null,
            spokenTo > 0 ? $"{spokenTo} {(spokenTo == 1 ? "was" : "were")} told within two days, or a person is speaking to them" : null,
        ];
        var first = (here, others) switch
        {
            (0, 0) => "Nobody is left to be told",
            (0, _) => $"Write to {Plural.Of(others, "customer")} by e-mail: none of them has proved here whose order it is",
            _ => $"Tell {Plural.Of(here, "customer")} here that it comes later",
        };
        return string.Join("; ", rest.OfType<string>().Prepend(first));
    }
}
