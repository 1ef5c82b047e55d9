using OpsChat.Approvals;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Operations.Questions;
using OpsChat.Storage;
using OpsChat.Understanding;

namespace OpsChat.Agent;

/// <summary>What an owner may ask about beside the shop's rows: OpsChat's records, who waits for an answer, and customers by name.</summary>
public static class AskedRecords
{
    /// <param name="zone">The shop's.</param>
    public static async Task<OwnerRecords> ReadAsync(
        IStore store, IShop shop, TimeZoneInfo zone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var (buyers, addresses) = await BuyersAsync(shop, cancellationToken);
        return await AskDesk.RecordsAsync(store, cancellationToken) with
        {
            Waiting = await store.ReadAsync(session => Waiting(session, now), cancellationToken),
            WaitingRefunds = await store.ReadAsync(WaitingRefunds, cancellationToken),
            RolledBack = await store.ReadAsync(
                session => RolloutRecord.RolledBack(session).Select(back => back.InWords(zone)).ToList(), cancellationToken),
            Answered = await store.ReadAsync(session => Answered(session, today), cancellationToken),
            AnsweredFrom = today.AddDays(-DaysBack),
            Buyers = buyers, Addresses = addresses,
        };
    }

    /// <summary>What is open and not put off, as the inbox counts it.</summary>
    private static IReadOnlyList<WaitingMatter> Waiting(UnitOfWork session, DateTimeOffset now) =>
    [
        .. session.InboxRows.Open(now).Where(row => row.Handling.SnoozedUntil is null).Select(row => new WaitingMatter(
            row.Conversation.ToString(), row.Since, row.For switch
            {
                WaitsFor.Approval => WaitingMatter.ToApprove,
                WaitsFor.Draft => "to answer, with a draft",
                _ => "to answer, without a draft",
            })
        {
            Who = CustomerName.Of(row.Name, row.Conversation), LastAt = row.LastAt, IsUpset = row.Mood != Tone.Calm,
        }),
    ];

    private const int MostRefunds = 500;

    private static IReadOnlyList<WaitingRefund> WaitingRefunds(UnitOfWork session) =>
    [
        .. session.Approvals.List(ApprovalState.Pending, MostRefunds)
            .Where(card => card.MovesMoney && ToDoText.GivesBack(card.Text))
            .Select(card => new WaitingRefund(
                card.Conversation.ToString(),
                CustomerName.Of(session.Conversations.Find(card.Conversation)?.Name, card.Conversation),
                card.CreatedAt,
                card.Amount,
                card.OrderNumber
            )),
    ];

    /// <summary>Nobody asks of one day that is longer ago than this.</summary>
    private const int DaysBack = 92;

    private static IReadOnlyList<AnsweredDay> Answered(UnitOfWork session, DateOnly today) =>
    [
        .. session.Counters.Between(today.AddDays(-DaysBack), today).GroupBy(row => row.Key.Day).Select(day => new AnsweredDay(
            day.Key, day.Sum(row => row.Counters.Cases), day.Sum(row => row.Counters.Sent), day.Sum(row => row.Counters.Wrong))),
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
