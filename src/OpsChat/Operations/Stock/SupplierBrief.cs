using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Stock;

/// <summary>One figure of a brief, with where it comes from.</summary>
public sealed record BriefLine(string Text, string Source);

/// <summary>
/// What an owner takes into a negotiation with a supplier: what was bought in a quarter, how it came, what came back, and what may be asked for.
/// Pure; every figure is counted from rows.
/// </summary>
/// <param name="Figures">In the order in which they are talked about.</param>
/// <param name="Asks">What the figures give a reason to ask for; empty when they give none.</param>
public sealed record SupplierBrief(string Supplier, DateOnly From, DateOnly To, IReadOnlyList<BriefLine> Figures, IReadOnlyList<string> Asks)
{
    public const int Days = 90;

    /// <summary>A price that moved less is rounding.</summary>
    private const double LeastPriceMove = 0.01;

    /// <summary>Returned pieces of an article below that many tell nothing.</summary>
    private const int LeastReturns = 3;

    /// <param name="supplier">As the purchase orders write it; case does not count.</param>
    /// <returns>Null when no order to the supplier is known.</returns>
    public static SupplierBrief? Of(ShopMoment shop, string supplier)
    {
        var all = shop.SupplyOrders.Where(o => string.Equals(o.Supplier, supplier.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
        if (all.Count == 0)
        {
            return null;
        }

        var reader = new Reader(shop, all[^1].Supplier, all);
        reader.Bought();
        reader.Punctuality();
        reader.LeadTimes();
        reader.Prices();
        reader.Returns();
        reader.SoldOut();
        reader.Contract();
        return new(all[^1].Supplier, reader.From, shop.Today.AddDays(-1), reader.Figures, reader.Asks);
    }

    private sealed class Reader(ShopMoment shop, string supplier, List<SupplyOrder> all)
    {
        private const string Orders = "purchase orders";
        private readonly SupplierTerms? _terms = shop.Terms(supplier);

        public List<BriefLine> Figures { get; } = [];
        public List<string> Asks { get; } = [];
        public DateOnly From { get; } = shop.Today.AddDays(-Days);

        private IEnumerable<string> Skus => all.Select(o => o.Sku).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

        private List<SupplyOrder> Quarter(int back) =>
            [.. all.Where(o => shop.Calendar.Day(o.OrderedAt) is var day && day >= From.AddDays(-back * Days)
                && day < From.AddDays((1 - back) * Days))];

        public void Bought()
        {
            var (now, before) = (Quarter(0), Quarter(1));
            Figures.Add(new(
                $"{Plural.Of(now.Count, "order")} of {Plural.Of(now.Sum(o => o.Quantity), "piece")}{Spent(now)}; "
                    + $"in the quarter before {before.Count} of "
                    + $"{before.Sum(o => o.Quantity)}{Spent(before)}.",
                Orders));
        }

        private string Spent(List<SupplyOrder> orders)
        {
            var priced = orders.Where(o => o.UnitCost?.Currency == shop.Currency).ToList();
            var total = new Money(priced.Sum(o => o.UnitCost!.Value.Minor * o.Quantity), shop.Currency);
            return priced.Count == 0 ? "" : priced.Count == orders.Count ? $", {total}" : $", {total} for the {priced.Count} whose price is known";
        }

        public void Punctuality()
        {
            var due = all.Where(o => o.ExpectedAt is { } at && shop.Calendar.Day(at) is var day && day >= From && day < shop.Today).ToList();
            if (due.Count == 0)
            {
                return;
            }

            var late = due.Where(o => shop.Calendar.Day(o.CompleteAt(shop.Now) ?? shop.Now) > shop.Calendar.Day(o.ExpectedAt!.Value)).ToList();
            var open = late.Count(o => o.OpenAt(shop.Now) > 0);
            var agreed = _terms?.OnTimeShare is { } share ? FormattableString.Invariant($"; {share:P0} are agreed") : "";
            Figures.Add(new($"{due.Count - late.Count} of {due.Count} orders came by the promised day"
                + $"{(open > 0 ? $", {open} of the late ones are still open" : "")}{agreed}.",
                Orders));
            if (late.Count > 0 && (_terms?.OnTimeShare is not { } wanted || (double)(due.Count - late.Count) / due.Count < wanted))
            {
                Asks.Add($"a promise that holds, or a discount for late orders: {late.Count} of {due.Count} came late");
            }
        }

        public void LeadTimes()
        {
            var lead = shop.LeadTime(supplier);
            if (lead is { IsQuoted: false, IsAssumed: false })
            {
                var quoted = _terms?.QuotedDays ?? lead.QuotedDays;
                Figures.Add(new($"An order really takes {lead.InWords}{(quoted is { } days ? $"; {days} are quoted" : "")}.", Orders));
                if (quoted is { } said && lead.Curve.Quantile(0.5) > said)
                {
                    Asks.Add(FormattableString.Invariant($"the quoted {said} days, or stock kept ready: half of the orders take {lead.Curve.Quantile(0.5):0} or more"));
                }
            }
        }

        public void Prices()
        {
            foreach (var sku in Skus)
            {
                var priced = all.Where(o => o.Sku == sku && o.UnitCost is not null).ToList();
                var before = priced.LastOrDefault(o => shop.Calendar.Day(o.OrderedAt) < From);
                if (before is null || priced[^1].UnitCost is not { } now || before.UnitCost is not { Minor: > 0 } was || now.Currency != was.Currency)
                {
                    continue;
                }

                var move = (double)now.Minor / was.Minor - 1;
                if (Math.Abs(move) >= LeastPriceMove)
                {
                    Figures.Add(new(FormattableString.Invariant(
                        $"{sku} costs {now}, {(move > 0 ? "up" : "down")} {Math.Abs(move):P0} from {was} ({before.Number})."), priced[^1].Place.ToString()));
                }

                if (shop.Product(sku)?.ContractPrice is { } agreed && agreed.Currency == now.Currency && now.Minor > agreed.Minor)
                {
                    Asks.Add($"the agreed {agreed} for {sku}: {now} was charged ({priced[^1].Number})");
                }
            }
        }

        public void Returns()
        {
            foreach (var sku in Skus)
            {
                var returned = shop.ReturnsSince(shop.Calendar.Start(From)).Where(r => r.Sku == sku).ToList();
                var (pieces, sold) = (returned.Sum(r => r.Quantity), shop.PiecesSold(sku, From, shop.Today));
                if (pieces < LeastReturns || sold == 0)
                {
                    continue;
                }

                var most = returned.GroupBy(r => r.Reason, StringComparer.OrdinalIgnoreCase).MaxBy(g => g.Sum(r => r.Quantity))!;
                Figures.Add(new(FormattableString.Invariant(
                    $"{sku}: {pieces} pieces came back while {sold} were sold ({(double)pieces / sold:P0}), {most.Sum(r => r.Quantity)} of them \"{most.Key}\"."), "returns"));
                if (most.Sum(r => r.Quantity) >= LeastReturns && IsOfSupplier(most.Key))
                {
                    Asks.Add($"a credit, or a check before sending, for {sku}: {most.Sum(r => r.Quantity)} came back as \"{most.Key}\"");
                }
            }
        }

        /// <summary>What a supplier can answer for; a changed mind is nobody's fault.</summary>
        private static bool IsOfSupplier(string reason) =>
            new[] { "damag", "defect", "fault", "quality", "described", "small", "large", "broken" }
                .Any(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase));

        public void SoldOut()
        {
            var from = shop.Calendar.Start(From);
            var empty = Skus.Select(sku => (Sku: sku, Days: shop.History.Knows(sku) is not null
                    ? shop.StockBackwards(sku).TakeWhile(p => p.At >= from).Where(p => p.Available <= 0).Select(p => shop.Calendar.Day(p.At))
                        .Distinct().Count()
                    : 0))
                .Where(s => s.Days > 0).OrderByDescending(s => s.Days).ToList();
            if (empty.Count > 0)
            {
                Figures.Add(new($"{empty.Count} of its articles were sold out, together on "
                    + $"{empty.Sum(s => s.Days)} days; {empty[0].Sku} on {empty[0].Days}.", "stock"));
            }
        }

        public void Contract()
        {
            if (_terms?.ContractUntil is { } until)
            {
                Figures.Add(new($"The contract runs until {until:d MMM yyyy}"
                    + $"{(_terms.NoticeDays is { } days ? $", with {days} days of notice" : "")}.", _terms.Place.ToString()));
            }
        }
    }
}
