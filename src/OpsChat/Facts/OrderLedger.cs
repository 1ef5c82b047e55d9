using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>What the shop's data say of an order's money at one moment.</summary>
/// <param name="Paid">What the customer paid, never more than the order's total; null when the data do not show it.</param>
/// <param name="Refunded">What was paid back so far; null when money went back and the data do not show how much.</param>
public sealed record OrderMoney(Money? Paid, Money? Refunded)
{
    /// <summary>Neither is known: the order is not in the data, or they cannot be read now.</summary>
    public static OrderMoney Unknown { get; } = new(null, null);

    public static OrderMoney Of(Order order) => new(PaidOf(order), order.Refunded);

    private static Money? PaidOf(Order order)
    {
        if (order.Total is not { } total)
        {
            return null;
        }

        var paid = order.PaidSoFar ?? (order.IsPaid switch { true => total, false => total with { Minor = 0 }, null => (Money?)null });
        return paid is { } sum ? sum with { Minor = Math.Clamp(sum.Minor, 0, total.Minor) } : null;
    }
}

/// <summary>An approval here that promised money of an order.</summary>
/// <param name="Amount">Null when it is not known how much.</param>
/// <param name="RefundedThen">What the data said was paid back when it was approved; null when they did not say.</param>
/// <param name="At">When it was approved.</param>
public sealed record ApprovedAmount(Money? Amount, Money? RefundedThen, DateTimeOffset At);

/// <summary>
/// An order's money: what was paid, less what went back by the data, less what was approved here and is not in the data yet. The only place where
/// that is computed; everything that asks what is left asks here. Pure.
/// </summary>
/// <param name="Data">As the shop's data are now.</param>
/// <param name="Approved">What was approved here for this order and has left or may leave.</param>
public sealed record OrderLedger(OrderMoney Data, IReadOnlyList<ApprovedAmount> Approved)
{
    /// <summary>Of an order with more open approvals than anybody makes, not every sum is tried: then less is left.</summary>
    private const int MostSums = 4096;

    /// <summary>
    /// What was approved here and is not in the data yet. Null when that is not known: an amount is unknown or of another currency, or the data
    /// do not say what went back.
    /// <para>
    /// Approvals are taken to be in the data when the refunded sum grew by exactly their amounts between two looks at it. Of growth that is any
    /// other sum nothing is taken out: it may be another refund, a part of one, or both together. So a refund that is made in parts and its
    /// approval both count until it is whole, and a refund that nobody approved here leaves the approvals beside it open for good: in doubt less is
    /// left, never more, and a person who knows better confirms it.
    /// </para>
    /// </summary>
    public Money? Outstanding
    {
        get
        {
            if (Data.Refunded is not { } refunded || Approved.Any(a => a.Amount is not { } amount || amount.Currency != refunded.Currency))
            {
                return null;
            }

            var open = new List<long>();
            var seen = 0L;
            foreach (var approved in Approved.OrderBy(a => a.At))
            {
                var then = approved.RefundedThen?.Minor ?? seen;
                Settle(open, then - seen);
                seen = Math.Max(seen, then);
                open.Add(approved.Amount!.Value.Minor);
            }

            Settle(open, refunded.Minor - seen);
            return refunded with { Minor = open.Sum() };
        }
    }

    /// <summary>What may still be paid back, never below zero; null when paid, refunded or outstanding is not known.</summary>
    public Money? Left => Balance is { } balance ? balance with { Minor = Math.Max(0, balance.Minor) } : null;

    /// <summary>Why an amount does not fit what is left; null when it fits. What is not known does not fit: a person decides.</summary>
    /// <param name="amount">What would be approved; null when the text moves money and it is not known how much.</param>
    /// <param name="order">The order's number, for the sentence.</param>
    public string? WhyNot(Money? amount, string order)
    {
        if (Left is not { } left)
        {
            return Approved.Count > 0 ? $"Money of order {order} was approved here before, and what is left of it is not known."
                : Data.Refunded is null ? $"The shop's data do not say how much of order {order} was paid back, so what is left of it is not known."
                : $"The shop's data do not say what was paid of order {order}, so what is left of it is not known.";
        }

        return left.Minor == 0 ? $"Nothing is left of order {order} to pay back: {InWords(left)}."
            : amount is not { } asked ? Approved.Count > 0 || Data.Refunded is { Minor: > 0 }
                ? $"It is not known how much money this moves, and money of order {order} went back before: {InWords(left)}." : null
            : asked.Currency != left.Currency ? $"{asked} is in another currency than order {order}."
            : asked.Minor > left.Minor ? $"{asked} is more than is left of order {order}: {InWords(left)}."
            : null;
    }

    /// <summary>Takes out the amounts that are together exactly what the refunded sum has grown by, the oldest first; none when no amounts
    /// are.</summary>
    private static void Settle(List<long> open, long grown)
    {
        // By sum that amounts of the first so many approvals reach: the place of the last of them, and the sum before it.
        var reached = new Dictionary<long, (int Last, long Before)> { [0] = (-1, 0) };
        for (var i = 0; i < open.Count && grown > 0; i++)
        {
            foreach (var sum in reached.Keys.Where(sum => sum + open[i] <= grown && reached.Count < MostSums).ToList())
            {
                reached.TryAdd(sum + open[i], (i, sum));
            }
        }

        for (var sum = grown; sum > 0 && reached.TryGetValue(sum, out var step); sum = step.Before)
        {
            open.RemoveAt(step.Last);
        }
    }

    private Money? Balance =>
        Data is { Paid: { } paid, Refunded: { } refunded } && paid.Currency == refunded.Currency && Outstanding is { } outstanding
            ? paid with
            {
                Minor = paid.Minor - refunded.Minor - outstanding.Minor,
            }
            : null;

    private string InWords(Money left) =>
        $"{Data.Paid} paid, {Data.Refunded} paid back by the shop's data, {Outstanding} approved here and not in the data yet, {left} left";
}
