using OpsChat.Facts;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Parcels;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Monitors;

/// <summary>What an order's sign is of.</summary>
internal enum OrderSignKind { Value, Risk, Address, Mail, Repeated, HandOff }

/// <summary>One fact about an order that is reason enough for a look.</summary>
internal readonly record struct OrderSign(OrderSignKind Kind, string Words);

/// <summary>
/// Orders that a person should look at before they leave: of high value, with the platform's risk, an odd address, or one of the owner's own
/// hand-offs (OPERATIONS F11). Facts stand beside one another and are never added up; what is not known is named. Holding is only by approval.
/// </summary>
internal sealed class OrderCheck()
    : ShopMonitor("order-check", TimeSpan.FromHours(1), AlertLines.Half(1), [new(FeedKind.Orders, TimeSpan.FromDays(1))])
{
    /// <summary>Orders that are older are not looked at again.</summary>
    internal const int Days = 14;
    private const int UsualDays = 90;
    private const int LabelDays = 3;
    private const int ManyOrders = 3;
    private const double RareShare = 0.02;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var orders = shop.OrdersSince(shop.Now.AddDays(-Days)).ToList();
        if (orders.Count == 0)
        {
            return MonitorLook.NotPossible(new MonitorGap(FeedKind.Orders, "No order of the last two weeks is known."));
        }

        var usual = new Lazy<Usual>(() => Usual.Of(shop));
        var repeats = RepeatsOf(orders, usual);
        var carriers = new Lazy<CarrierChoice>(() => CarrierChoice.Of(shop));
        // A label without a scan: the parcel can still be kept back.
        var labels = shop.Parcels.Where(p => p is { IsOpen: true, LastScan: null, Parcel.Carrier.Length: > 0 }
            && p.Parcel.ShippedAt >= shop.Now.AddDays(-LabelDays))
            .GroupBy(p => p.Parcel.Order, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Parcel.Carrier, StringComparer.Ordinal);
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var order in orders)
        {
            looked.Add(SubjectKey.Of(("order", order.Number)));
            if (labels.TryGetValue(order.Number, out var label) && CarrierChoice.WhyNot(label, order, carriers.Value) is { } odd)
            {
                findings.Add(Finding(shop, settings, order, [odd.Reason], [], Relabelled(shop, order, odd.Better)));
                continue;
            }

            if (!order.IsToShip(shop.Now))
            {
                continue;
            }

            var reasons = SignsOf(order, settings, shop.Now, repeats).Select(sign => sign.Words).ToList();
            if (reasons.Count > 0)
            {
                findings.Add(Finding(shop, settings, order, reasons, Beside(order, usual.Value)));
            }
        }

        return new(findings, looked, []);
    }

    /// <summary>Whether an order is of the days that are looked at.</summary>
    internal static bool IsRecent(OrderRow order, ShopMoment shop) => order.PlacedAt >= shop.Now.AddDays(-Days);

    /// <summary>Tells of an order of these days that it is one of many of its customer or address; nothing of older ones.</summary>
    internal static Func<OrderRow, IEnumerable<OrderSign>> RepeatsOf(ShopMoment shop)
    {
        var told = RepeatsOf([.. shop.OrdersSince(shop.Now.AddDays(-Days))], new(() => Usual.Of(shop)));
        return order => IsRecent(order, shop) ? told(order) : [];
    }

    private static Func<OrderRow, IEnumerable<OrderSign>> RepeatsOf(IReadOnlyList<OrderRow> orders, Lazy<Usual> usual)
    {
        var byCustomer = orders.Where(o => o.Customer is not null).ToLookup(o => o.Customer!, StringComparer.Ordinal);
        var byAddress = orders.Where(o => o.Check?.AddressKey is not null).ToLookup(o => o.Check!.AddressKey!, StringComparer.Ordinal);
        return order => Repeated(order, byCustomer, byAddress) is >= ManyOrders and var repeated && IsRare(repeated, usual.Value)
            ? [new(OrderSignKind.Repeated, $"{repeated} orders of one customer or address came within a day")]
            : [];
    }

    /// <summary>How many orders of the same customer or address were placed in the 24 hours up to this one, itself included.</summary>
    private static int Repeated(OrderRow order, ILookup<string, OrderRow> byCustomer, ILookup<string, OrderRow> byAddress)
    {
        bool IsBefore(OrderRow other) => order.PlacedAt - other.PlacedAt is var since && since >= TimeSpan.Zero && since <= TimeSpan.FromHours(24);
        return Math.Max(
            order.Customer is { } customer ? byCustomer[customer].Count(IsBefore) : 0, order.Check?.AddressKey is { } address
                ? byAddress[address].Count(IsBefore) : 0);
    }

    /// <summary>
    /// At least three, and so many that in the whole shop it happens at most once in fifty days: by chance, were all customers alike, and by
    /// what the shop's own last ninety days show, since customers are not (half a time is added to what was seen).
    /// </summary>
    private static bool IsRare(int repeated, Usual usual)
    {
        var (tail, term) = (1.0, Math.Exp(-usual.PerCustomerDay));
        for (var k = 0; k < repeated - 1; k++)
        {
            tail -= term;
            term *= usual.PerCustomerDay / (k + 1);
        }

        return repeated >= ManyOrders && tail * usual.PerDay < RareShare && usual.SeenAtLeast(repeated) < RareShare;
    }

    /// <summary>What by itself is reason enough for a look: of the order's own row, of orders beside it, and by the hand-off table.</summary>
    /// <param name="repeats">As <see cref="RepeatsOf(ShopMoment)"/> tells.</param>
    internal static IEnumerable<OrderSign> SignsOf(
        OrderRow order, OperationsSettings settings, DateTimeOffset now, Func<OrderRow, IEnumerable<OrderSign>> repeats) =>
        OfRow(order, settings).Concat(repeats(order))
            .Concat(HandOffs(order, settings, now).Select(words => new OrderSign(OrderSignKind.HandOff, words)));

    private static IEnumerable<OrderSign> OfRow(OrderRow order, OperationsSettings settings)
    {
        if (order.Total.Currency == settings.Currency && order.Total.Major >= settings.Orders.HighValue)
        {
            yield return new(OrderSignKind.Value,
                $"its total is {order.Total}, and {settings.Currency} {settings.Orders.HighValue:0} is your line");
        }

        if (order.Check is not { } check)
        {
            yield break;
        }

        if (check.Risk is "high")
        {
            yield return new(OrderSignKind.Risk, "the platform calls its risk high");
        }

        if (check.Countries is { } countries)
        {
            yield return new(OrderSignKind.Address, $"billing and shipping country differ ({countries})");
        }

        if (check.IsForwarder)
        {
            yield return new(OrderSignKind.Address, "it goes to a company that sends parcels on");
        }

        foreach (var fault in check.AddressFaults)
        {
            yield return new(OrderSignKind.Address, $"the address has {fault}");
        }

        if (check.IsThrowAwayMail == true)
        {
            yield return new(OrderSignKind.Mail, "its e-mail is one for a few minutes");
        }
    }

    /// <summary>Rows of the hand-off table for orders whose trigger holds.</summary>
    private static IEnumerable<string> HandOffs(OrderRow order, OperationsSettings settings, DateTimeOffset now)
    {
        var facts = new Lazy<FactSet>(() => FactsOf(order, settings.Currency, now));
        return settings.HandOffs.Where(row => HandOffFunctions.IsSame(row.Function, HandOffFunctions.Orders)
            && row.Condition.Evaluate(facts.Value) == Truth.Yes)
            .Select(row => $"your hand-off table asks for a person: {row.Trigger}");
    }

    /// <summary>The owner's lines are in the shop's currency: an amount in another one is not known to them.</summary>
    private static FactSet FactsOf(OrderRow order, string currency, DateTimeOffset now)
    {
        List<Fact> facts =
        [
            .. order.Total.Currency == currency ? [new("order.total", FactValue.Of(order.Total), order.Place.ToString(), now)] : Array.Empty<Fact>(),
            new("order.pieces", FactValue.Of((decimal)order.Lines.Sum(l => l.Quantity)), order.Place.ToString(), now),
        ];
        if (order.Check is { } check)
        {
            facts.Add(new("order.address_mismatches", FactValue.Of((decimal)check.Differences.Count), order.Place.ToString(), now));
            if (check.Risk is { } risk)
            {
                facts.Add(new("order.risk", FactValue.Of(risk), order.Place.ToString(), now));
            }
        }

        return new(facts);
    }

    /// <summary>What is no reason by itself and worth seeing beside one.</summary>
    private static IEnumerable<string> Beside(OrderRow order, Usual usual)
    {
        if (order.Total.Minor >= usual.Total && usual.Total > 0)
        {
            yield return "Its total is above those of 99 in 100 of the shop's orders";
        }

        if (order.Lines.Sum(l => l.Quantity) is var pieces && pieces >= usual.Pieces && usual.Pieces > 0)
        {
            yield return $"{pieces} pieces: more than 995 in 1,000 orders";
        }

        if (order.Check is { } check && check.Differences.Where(d => d != "country").ToList() is { Count: > 0 } differences)
        {
            yield return $"Billing and shipping differ: {string.Join(", ", differences)}";
        }

        if (order.Customer is { } customer && !usual.Customers.Contains(customer))
        {
            yield return "The customer's first order in 90 days";
        }
    }

    private static ProposedAction Relabelled(ShopMoment shop, OrderRow order, string carrier) => new(
        ActionKind.Relabel, order.Number, new Dictionary<string, string>(StringComparer.Ordinal) { ["carrier"] = carrier }, null,
        $"Send {order.Number} with {carrier} instead", shop.Now.AddDays(LabelDays));

    private static MonitorFinding Finding(ShopMoment shop, OperationsSettings settings, OrderRow order, List<string> reasons,
        IEnumerable<string> beside, ProposedAction? first = null)
    {
        EvidenceRow Row(string text) => EvidenceRow.Of(text, order.Place, order.PlacedAt);
        var missing = order.Check?.Missing ?? ["risk, addresses and the card: the file has none of them"];
        return new(
            SubjectKey.Of(("order", order.Number)), reasons.Count, 0.7, order.Total.Currency == settings.Currency ? order.Total
                : new(0, settings.Currency),
            order.ShipBy ?? shop.Calendar.AfterOpenDays(order.PaidAt ?? order.PlacedAt, Math.Max(1, settings.Orders.ShipWithinOrDefault.Days)),
                "owner",
            $"Look at {order.Number} before it leaves: {string.Join("; ", reasons)}.",
            [.. reasons.Select(r => Row(char.ToUpperInvariant(r[0]) + r[1..])), .. beside.Select(Row),
                Row($"Not known: {string.Join(", ", missing)}")],
            [
                .. first is null ? Array.Empty<ProposedAction>() : [first],
                new(ActionKind.HoldOrder, order.Number, new Dictionary<string, string>(StringComparer.Ordinal), null,
                    $"Hold {order.Number} until somebody has looked", shop.Now.AddDays(3)),
                new(ActionKind.ReleaseOrder, order.Number, new Dictionary<string, string>(StringComparer.Ordinal), null, $"Let {order.Number} go",
                    shop.Now.AddDays(3)),
            ],
            CalculationTrace.Of("F11", "order-check 1", ("facts", reasons.Count)));
    }

    /// <summary>What orders of the last 90 days are like.</summary>
    /// <param name="Repeats">How often so many orders of one customer or address had come within a day, over more than a day ago.</param>
    private sealed record Usual(
        long Total, int Pieces, HashSet<string> Customers, double PerDay, double PerCustomerDay,
        IReadOnlyDictionary<int, int> Repeats, double KnownDays)
    {
        private const int LeastOrders = 200;

        /// <summary>Times a day that at least so many orders of one customer or address came within a day.</summary>
        public double SeenAtLeast(int repeated) => (Repeats.Where(r => r.Key >= repeated).Sum(r => r.Value) + 0.5) / Math.Max(1, KnownDays);

        public static Usual Of(ShopMoment shop)
        {
            var orders = shop.OrdersSince(shop.Now.AddDays(-UsualDays)).Where(o => o.Total.Currency == shop.Currency).ToList();
            var known = orders.Where(o => o.PlacedAt < shop.Now.AddDays(-OrderCheck.Days)).Select(o =>
                o.Customer).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var days = orders.Count == 0 ? 1 : Math.Max(1, (shop.Now - orders[0].PlacedAt).TotalDays);
            var (perDay, customers) = (orders.Count / days, Math.Max(1, orders.Select(o => o.Customer).Distinct(StringComparer.Ordinal).Count()));
            var repeats = RepeatsOf(orders, shop.Now.AddDays(-1));
            if (orders.Count < LeastOrders)
            {
                return new(0, 0, known, perDay, perDay / customers, repeats, days);
            }

            return new(
                orders.Select(o => o.Total.Minor).Order().ElementAt((int)(orders.Count * 0.99)),
                orders.Select(o => o.Lines.Sum(l => l.Quantity)).Order().ElementAt((int)(orders.Count * 0.995)) + 1, known, perDay,
                    perDay / customers, repeats, days);
        }

        private static Dictionary<int, int> RepeatsOf(List<OrderRow> orders, DateTimeOffset until)
        {
            var byCustomer = orders.Where(o => o.Customer is not null).ToLookup(o => o.Customer!, StringComparer.Ordinal);
            var byAddress = orders.Where(o => o.Check?.AddressKey is not null).ToLookup(o => o.Check!.AddressKey!, StringComparer.Ordinal);
            return orders
                .Where(o => o.PlacedAt < until)
                .Select(o => Repeated(o, byCustomer, byAddress))
                .Where(repeated => repeated >= ManyOrders)
                .CountBy(repeated => repeated)
                .ToDictionary();
        }
    }
}
