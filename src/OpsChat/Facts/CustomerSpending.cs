using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>What a customer's orders come to, in the same words wherever it is told.</summary>
/// <param name="Orders">Those that were not cancelled.</param>
/// <param name="Total">What those come to.</param>
/// <param name="Refunded">What went back of it; null when nobody knows.</param>
/// <param name="Unpaid">What is not paid of it yet; null when nobody knows.</param>
public sealed record CustomerSpending(int Orders, Money Total, Money? Refunded, Money? Unpaid, int Cancelled)
{
    /// <summary>Null when the total of an order is not known, or they are in different currencies: half a sum would be a wrong one.</summary>
    public static CustomerSpending? Of(IReadOnlyList<Order> orders)
    {
        var kept = orders.Where(o => o.IsCancelled != true).ToList();
        if (kept.Count == 0 || kept[0].Total is not { } first || kept.Exists(o => o.Total?.Currency != first.Currency))
        {
            return null;
        }

        Money Sum(IEnumerable<Money> amounts) => new(amounts.Sum(a => a.Minor), first.Currency);
        var refunded = kept.Select(o => o.Refunded).OfType<Money>().ToList();
        return new(
            kept.Count, Sum(kept.Select(o => o.Total!.Value)),
            refunded.Count > 0 && refunded.TrueForAll(r => r.Currency == first.Currency) ? Sum(refunded) : null,
            kept.Exists(o => o.IsPaid is null) ? null : Sum(kept.Where(o => o.IsPaid == false).Select(o => o.Total!.Value)),
            orders.Count - kept.Count);
    }

    /// <summary><c>11 orders, MYR 1,400.00, of which MYR 60.00 is not paid yet; 1 more was cancelled</c>.</summary>
    public override string ToString()
    {
        return $"{Plural.Of(Orders, "order")}, {Total}{OfWhich(Refunded, Unpaid)}"
            + (Cancelled > 0 ? $"; {Cancelled} more {(Cancelled == 1 ? "was" : "were")} cancelled" : "");
    }

    /// <summary>What belongs behind a sum of orders: <c>, of which MYR 40.00 was refunded and MYR 60.00 is not paid yet</c>; empty where nothing of
    /// it is, or nobody knows.</summary>
    /// <param name="when">What belongs behind the refunds, such as of which days they are.</param>
    public static string OfWhich(Money? refunded, Money? unpaid, string when = "")
    {
        var parts = new[] { Part(refunded, $"was refunded{when}"), Part(unpaid, "is not paid yet") }.OfType<string>().ToList();
        return parts.Count > 0 ? $", of which {string.Join(" and ", parts)}" : "";
    }

    private static string? Part(Money? amount, string what) => amount is { Minor: > 0 } some ? $"{some} {what}" : null;
}
