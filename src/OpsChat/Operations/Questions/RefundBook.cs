using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>Money that went back, or was approved to.</summary>
/// <param name="Day">Null when no file says when.</param>
/// <param name="Amount">Null when nobody can say how much.</param>
/// <param name="Order">Null when it is not known.</param>
/// <param name="Source">Who tells of it: orders, payments, returns or approvals.</param>
internal sealed record KnownRefund(DateOnly? Day, Money? Amount, string? Order, string Source)
{
    /// <summary>The money went back; false while it is only promised.</summary>
    public bool IsPaid { get; init; } = true;

    /// <summary>Who approved it; null where that is not known, or not asked.</summary>
    public string? By { get; init; }
}

/// <summary>
/// All refunds that the shop's files and OpsChat's approvals tell of, each once. Several of them may tell of the same one: a payment counts before
/// its order's row, the row before the lines of a return, and all of these before the approval that came first. Pure.
/// </summary>
internal sealed class RefundBook
{
    public const string Orders = "orders", Payments = "payments", Returns = "returns", Approvals = "approvals";

    /// <summary>A payment without an order's number is an order's refund when the amount is the same and the days are that near.</summary>
    private const int NearDays = 3;

    /// <summary>Within so many days after an approval without an order's number the files tell of it.</summary>
    private const int DaysToPay = 14;

    private readonly ShopMoment _shop;
    private readonly List<KnownRefund> _told = [];

    private RefundBook(ShopMoment shop) => _shop = shop;

    public static IReadOnlyList<KnownRefund> Of(ShopMoment shop, IReadOnlyList<ApprovedRefund> approvals)
    {
        var book = new RefundBook(shop);
        var payments = shop.PaymentsSince(DateTimeOffset.MinValue).Where(p => p is { IsRefund: true, IsReceived: true })
            .Select(p => new KnownRefund(book.Day(p.At), p.Amount, p.Order, Payments)).ToList();
        book.AddOrders(payments);
        book.AddReturns();
        return [.. book._told, .. book.StillOpen(approvals.Where(a => a.At <= shop.Now))];
    }

    /// <summary>Where no refund was ever told, nobody knows whether the files would tell of one; a file of payments would.</summary>
    public static bool AreTold(IReadOnlyList<KnownRefund> known, ShopMoment shop) => shop.Has(FeedKind.Payments) || known.Any(r => r.IsPaid);

    private DateOnly Day(DateTimeOffset at) => _shop.Calendar.Day(at);

    /// <summary>Payments by order where they are the whole of what the order's row tells, else the row.</summary>
    private void AddOrders(List<KnownRefund> payments)
    {
        var byOrder = payments.Where(p => p.Order is not null).ToLookup(p => OrderNumber.Key(p.Order!), StringComparer.Ordinal);
        var unnamed = payments.Where(p => p.Order is null).ToList();
        var returns = _shop.ReturnsSince(DateTimeOffset.MinValue).Where(r => r.RefundedAt <= _shop.Now)
            .ToLookup(r => OrderNumber.Key(r.Order), r => r.RefundedAt!.Value, StringComparer.Ordinal);
        var rows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var order in _shop.OrdersSince(DateTimeOffset.MinValue)
            .Where(o => o.RefundedAt is { } at ? at <= _shop.Now : o.Refunded is not null))
        {
            var key = OrderNumber.Key(order.Number);
            var at = order.RefundedAt ?? (returns.Contains(key) ? returns[key].Max() : (DateTimeOffset?)null);
            var row = new KnownRefund(at is { } moment ? Day(moment) : null, order.Refunded, order.Number, Orders);
            if (SumOf(byOrder[key], order.Refunded?.Currency) >= (order.Refunded?.Minor ?? 1))
            {
                continue;
            }

            rows.Add(key);
            _told.Add(row);
            if (unnamed.Find(p => p.Amount == row.Amount && (row.Day is null || IsNear(p.Day, row.Day))) is { } same)
            {
                unnamed.Remove(same);
            }
        }

        _told.AddRange(byOrder.Where(g => !rows.Contains(g.Key)).SelectMany(g => g));
        _told.AddRange(unnamed);
    }

    /// <summary>Lines of returns of orders of which nothing else tells.</summary>
    private void AddReturns()
    {
        var known = _told.Select(r => r.Order).OfType<string>().Select(OrderNumber.Key).ToHashSet(StringComparer.Ordinal);
        _told.AddRange(_shop.ReturnsSince(DateTimeOffset.MinValue)
            .Where(r => r.RefundedAt <= _shop.Now && !known.Contains(OrderNumber.Key(r.Order)))
            .GroupBy(r => (Order: OrderNumber.Key(r.Order), Day: Day(r.RefundedAt!.Value)))
            .Select(g => new KnownRefund(g.Key.Day, Sum(g.Select(r => r.Amount)), g.First().Order, Returns)));
    }

    /// <summary>Approvals that no file tells of yet. What files tell of an order from an approval on is that approval's, up to its amount.</summary>
    private IEnumerable<KnownRefund> StillOpen(IEnumerable<ApprovedRefund> approvals)
    {
        var left = _told.Select(t => t.Amount?.Minor ?? 0).ToArray();
        foreach (var approval in approvals.OrderBy(a => a.At))
        {
            var told = Enumerable.Range(0, _told.Count).Where(i => IsOf(_told[i], approval)).ToList();
            if (told.Count == 0)
            {
                yield return new(Day(approval.At), approval.Amount, approval.Order, Approvals) { IsPaid = approval.IsDone };
                continue;
            }

            var due = approval.Amount?.Minor ?? 0;
            foreach (var i in told)
            {
                var part = Math.Min(due, left[i]);
                (left[i], due) = (left[i] - part, due - part);
            }

            // What the files do not tell of it yet; one without an amount is all of it.
            if (due > 0 && !told.Exists(i => _told[i].Amount is null))
            {
                yield return new(Day(approval.At), approval.Amount!.Value with { Minor = due }, approval.Order, Approvals)
                {
                    IsPaid = approval.IsDone,
                };
            }
        }
    }

    private bool IsOf(KnownRefund told, ApprovedRefund approval)
    {
        var day = Day(approval.At);
        return approval.Order is { } order
            ? told.Order is { } known && OrderNumber.Key(known) == OrderNumber.Key(order) && (told.Day is null || told.Day >= day)
                && (told.Amount is null || approval.Amount is null || told.Amount.Value.Currency == approval.Amount.Value.Currency)
            : told.Amount is not null && told.Amount == approval.Amount && told.Day >= day && told.Day <= day.AddDays(DaysToPay);
    }

    private static bool IsNear(DateOnly? one, DateOnly? other) =>
        one is { } a && other is { } b && Math.Abs(a.DayNumber - b.DayNumber) <= NearDays;

    private static long SumOf(IEnumerable<KnownRefund> payments, string? currency) =>
        payments.Where(p => currency is null || p.Amount?.Currency == currency).Sum(p => p.Amount?.Minor ?? 0);

    /// <summary>Null when one of them is not known, or they are in different currencies.</summary>
    private static Money? Sum(IEnumerable<Money?> amounts)
    {
        var all = amounts.ToList();
        return all.TrueForAll(a => a is not null && a.Value.Currency == all[0]!.Value.Currency)
            ? all[0]!.Value with { Minor = all.Sum(a => a!.Value.Minor) }
            : null;
    }
}
