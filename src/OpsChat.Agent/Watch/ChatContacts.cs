using OpsChat.Messages;
using OpsChat.Operations.History;
using OpsChat.Storage;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>Who wrote about what, out of the chat half: no words and no names, so that customers can be counted.</summary>
public static class ChatContacts
{
    public static IReadOnlyList<ContactRow> Since(UnitOfWork session, ShopHistory history, DateTimeOffset since) =>
        [
            .. session
                .Cases.OpenedSince(since)
                .Where(c => c.Conversation.Channel != OpsChat.Storage.Tables.PrivacyTable.Forgotten)
                .Select(c => Contact(c, history)),
        ];

    private static ContactRow Contact(Case matter, ShopHistory history)
    {
        var order = matter.Slots.Order is { } told ? history.FindOrder(OrderNumber.Key(told.Value)) : null;
        return new(
            matter.Conversation.ToString(),
            matter.Conversation.ToString(),
            matter.Playbook,
            matter.OpenedAt,
            order is null ? null : history.CarrierOf(order.Number),
            history.Knows(matter.Slots.Product?.Value) ?? (order is { Lines: [var only] } ? only.Sku : null),
            order?.Region,
            order?.Number
        );
    }
}
