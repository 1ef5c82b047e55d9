using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Operations.Questions;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What an owner may ask about beside the shop's rows: OpsChat's records, who waits for an answer, and customers by name.</summary>
public static class AskedRecords
{
    public static async Task<OwnerRecords> ReadAsync(IStore store, IShop shop, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (buyers, addresses) = await BuyersAsync(shop, cancellationToken);
        return await AskDesk.RecordsAsync(store, cancellationToken) with
        {
            Waiting = await store.ReadAsync(session => Waiting(session, now), cancellationToken),
            Buyers = buyers, Addresses = addresses,
        };
    }

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

    /// <summary>Names as the shop's orders have them now, with the keys by which operations know the same customers; of those without a name, how
    /// their address begins.</summary>
    private static async Task<(IReadOnlyList<NamedBuyer> Named, IReadOnlyDictionary<string, string> Addresses)> BuyersAsync(
        IShop shop,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var bought = (await shop.RecentOrdersAsync(cancellationToken)).Where(order => order.Buyer is not null).ToList();
            var named = bought.Where(order => order.BuyerName is not null).ToList();
            return (
                [
                    .. named.GroupBy(order => order.BuyerName!.Trim(), StringComparer.OrdinalIgnoreCase)
                        .Select(g => new NamedBuyer(g.Key, [.. g.Select(order => ArchivedRows.KeyOf(order.Buyer!)).Distinct()])),
                ],
                bought.Where(order => order.Email is not null).DistinctBy(order => order.Buyer)
                    .ToDictionary(order => ArchivedRows.KeyOf(order.Buyer!), order => Masked(order.Email!), StringComparer.Ordinal)
            );
        }
        catch (ShopUnavailableException)
        {
            // A question that names nobody is answered all the same.
            return ([], new Dictionary<string, string>());
        }
    }

    /// <summary>Enough to recognise a customer whom one knows, and no address to write to.</summary>
    private static string Masked(string email) => $"{email[..Math.Min(ShownLetters, Math.Max(1, email.IndexOf('@', StringComparison.Ordinal)))]}…@…";

    private const int ShownLetters = 3;
}
