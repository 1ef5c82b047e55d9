using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Operations.Questions;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What an owner may ask about beside the shop's rows: OpsChat's records, who waits for an answer, and customers by name.</summary>
public static class AskedRecords
{
    public static async Task<OwnerRecords> ReadAsync(IStore store, IShop shop, DateTimeOffset now, CancellationToken cancellationToken) =>
        await AskDesk.RecordsAsync(store, cancellationToken) with
        {
            Waiting = await store.ReadAsync(session => Waiting(session, now), cancellationToken),
            Buyers = await BuyersAsync(shop, cancellationToken),
        };

    /// <summary>What is open and not put off, as the inbox counts it.</summary>
    private static IReadOnlyList<WaitingMatter> Waiting(UnitOfWork session, DateTimeOffset now) =>
    [
        .. session.InboxRows.Open(now).Where(row => row.Handling.SnoozedUntil is null).Select(row => new WaitingMatter(
            row.Conversation.ToString(), row.Since, row.For switch
            {
                WaitsFor.Approval => "to approve",
                WaitsFor.Draft => "to answer, with a draft",
                _ => "to answer, without a draft",
            })),
    ];

    /// <summary>Names as the shop's orders have them now, with the keys by which operations know the same customers.</summary>
    private static async Task<IReadOnlyList<NamedBuyer>> BuyersAsync(IShop shop, CancellationToken cancellationToken)
    {
        try
        {
            return
            [
                .. (await shop.RecentOrdersAsync(cancellationToken)).Where(order => order is { BuyerName: not null, Buyer: not null })
                    .GroupBy(order => order.BuyerName!.Trim(), StringComparer.OrdinalIgnoreCase)
                    .Select(g => new NamedBuyer(g.Key, [.. g.Select(order => ArchivedRows.KeyOf(order.Buyer!)).Distinct()])),
            ];
        }
        catch (ShopUnavailableException)
        {
            // A question that names nobody is answered all the same.
            return [];
        }
    }
}
