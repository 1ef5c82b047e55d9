using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>Answers questions about what was sold: one table, whatever is measured and by whatever it is counted. Revenue and what is left of it
/// are in the shop's currency.</summary>
internal sealed class SalesAnswers
{
    private const string NotSaid = "not said";

    // Who has not ordered for a season is seldom only between two orders.
    private const int LapsedDays = 90;

    private static readonly string[] s_columns = ["", "orders", "pieces", "revenue", "left after their cost"];

    private readonly SalesQuestion _asked;
    private readonly OwnerQuestion _question;
    private readonly ShopMoment _shop;
    private readonly QuestionPeriod _period;
    private readonly AskedOfShop _all;

    private SalesAnswers(SalesQuestion asked, AskedOfShop all)
    {
        var (question, shop) = (all.Question, all.Shop);
        (_asked, _question, _shop, _all) = (asked, question, shop, all);
        // Who a customer is, and what is still open, is no matter of the last weeks.
        var isOfAllDays = asked.By is SalesBy.Customer or SalesBy.Month or SalesBy.Week || asked.Of is SalesOf.Unpaid or SalesOf.ToShip
            || question.Asks("never");
        // What is to be shipped today was seldom ordered today.
        var isOpenToday = asked.Of is SalesOf.Unpaid or SalesOf.ToShip && question.Period?.From == shop.Today;
        _period = question.Period is not { IsAhead: false } named || isOpenToday
            ? asked.Of == SalesOf.LapsedCustomers ? new(shop.Today.AddDays(-LapsedDays), shop.Today, $"the last {LapsedDays} days")
            : isOfAllDays ? QuestionPeriod.All(shop)
            : all.Period
            : named;
    }

    public static OwnerAnswer To(SalesQuestion asked, AskedOfShop all)
    {
        if (!all.Shop.Has(FeedKind.Orders))
        {
            return new(true, "No file tells of orders.", [], [], [], []);
        }

        if (asked.Of is SalesOf.Unpaid or SalesOf.ToShip && !all.TellsPayments)
        {
            return new(true, "No file tells which orders are paid.", [], [], ["orders"], []);
        }

        var answers = new SalesAnswers(asked, all);
        return asked switch
        {
            { By: SalesBy.Order } => answers.Single(),
            { Of: SalesOf.LapsedCustomers } => answers.Lapsed(),
            { Of: SalesOf.NewCustomers or SalesOf.ReturningCustomers } => answers.Customers(),
            { IsCompared: true } => answers.Compared(),
            { By: SalesBy.Article } => answers.Articles(),
            { By: SalesBy.Nothing } => answers.Total(),
            _ => answers.Groups(),
        };
    }

    private IEnumerable<OrderRow> Of(DateOnly from, DateOnly to) => _asked.Of switch
    {
        SalesOf.Shipped => All.Where(o => o.ShippedAt is { } at && IsIn(at, from, to)),
        SalesOf.Cancelled => All.Where(o => o.CancelledAt is { } at && at <= _shop.Now && IsIn(at, from, to)),
        SalesOf.Unpaid => Placed(from, to).Where(o => !(o.PaidAt <= _shop.Now) && !(o.CancelledAt <= _shop.Now)),
        SalesOf.ToShip => Placed(from, to).Where(o => o.PaidAt <= _shop.Now && o.IsToShip(_shop.Now)),
        _ => Kept(from, to),
    };

    private IEnumerable<OrderRow> Kept(DateOnly from, DateOnly to) => Placed(from, to).Where(o => !(o.CancelledAt <= _shop.Now));

    private IEnumerable<OrderRow> All => _shop.OrdersSince(DateTimeOffset.MinValue).Where(_all.IsAbout);

    private SalesSums SumsOf(string name, IEnumerable<OrderRow> orders) => _all.SumsOf(name, orders);

    private IEnumerable<OrderRow> Placed(DateOnly from, DateOnly to) => All.Where(o => IsIn(o.PlacedAt, from, to));

    private bool IsIn(DateTimeOffset at, DateOnly from, DateOnly to) =>
        at <= _shop.Now && _shop.Calendar.Day(at) is var day && day >= from && day <= to;

    private string Which => _asked.Of switch
    {
        SalesOf.Cancelled => " were cancelled",
        SalesOf.Unpaid => " are not paid",
        SalesOf.Shipped => " were shipped",
        SalesOf.ToShip => " are paid and have to leave",
        _ => "",
    };

    private OwnerAnswer Total()
    {
        var orders = Of(_period.From, _period.To).ToList();
        var sums = SumsOf("", orders);
        var figure = sums.By(_asked.Measure);
        var title = _asked.Measure == SalesMeasure.Profit
            ? $"{sums.LeftInWords} {sums.Revenue}{sums.Besides}: {_period.Words}. Refunds, fees and advertising are not taken off."
            : $"{orders.Count} orders{_all.Of}{Which}, {sums.Revenue}{sums.Besides}: {_period.Words}.";
        return _asked.Of == SalesOf.All
            ? Table(title, s_columns, [sums], figure)
            : new(
                true,
                title,
                ["", "placed", "total"],
                AnswerTable.Cut([.. orders.OrderByDescending(o => o.PlacedAt)],
                    o => new[] { o.Number, $"{_shop.Calendar.Day(o.PlacedAt):d MMM}", o.Total.ToString() },
                    rest => ["", SumsOf("", rest).Revenue.ToString()]),
                ["orders"],
                []
            )
            {
                Figure = figure,
            };
    }

    private OwnerAnswer Groups()
    {
        var orders = Of(_period.From, _period.To).ToList();
        var groups = Ordered(orders.GroupBy(KeyOf, StringComparer.Ordinal).Select(g => SumsOf(ShownAs(g.Key), g))).ToList();
        var known = groups.Where(g => g.Name != NotSaid).ToList();
        if (known.Count == 0)
        {
            var none = orders.Count == 0 ? "No order came" : $"The orders do not say {What}";
            return new(true, $"{none}: {_period.Words}.", [], [], ["orders"], []);
        }

        var first = known[0];
        return _asked.By == SalesBy.Customer ? BestCustomers(orders, known, groups)
            : Table($"{first.Name} has the {(_asked.IsLeast ? "least" : "most")}: {_period.Words}.", s_columns, groups, first.By(_asked.Measure));
    }

    private OwnerAnswer BestCustomers(List<OrderRow> orders, List<SalesSums> known, List<SalesSums> groups)
    {
        var (first, last) = (known[0], orders.GroupBy(KeyOf, StringComparer.Ordinal)
            .ToDictionary(g => ShownAs(g.Key), g => g.Max(o => o.PlacedAt), StringComparer.Ordinal));
        var did = _asked.Measure == SalesMeasure.Orders ? $"ordered {Most} often" : $"spent {Most}";
        return new(true,
            $"{known.Count} customers ordered; {first.Name} {did}, {first.Revenue} in {first.Orders} orders: {_period.Words}.",
            ["", "orders", "pieces", "revenue", "last order"],
            AnswerTable.Cut(groups, s => [.. s.Row.SkipLast(1), $"{_shop.Calendar.Day(last[s.Name]):d MMM yyyy}"],
                rest => [.. SalesSums.Together(rest).Row[1..^1]]),
            [.. Sources], [])
        {
            // "How many customers" has no "most" in it.
            Figure = _question.Asks("how many") ? known.Count : first.By(_asked.Measure), NamesCustomer = _isOfNames,
        };
    }

    private string Most => _asked.IsLeast ? "least" : "most";

    private string What => _asked.By switch
    {
        SalesBy.Customer => "who ordered",
        SalesBy.Region => "where they go",
        SalesBy.Source => "what brought the customer",
        _ => "when they came",
    };

    private Dictionary<string, string>? _names;

    /// <summary>The group that an order belongs to. Two customers may have one name, and are two all the same.</summary>
    private string KeyOf(OrderRow order) => _asked.By switch
    {
        SalesBy.Customer => order.Customer ?? NotSaid,
        SalesBy.Day => _shop.Calendar.Day(order.PlacedAt).ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture),
        SalesBy.Weekday => _shop.Calendar.Day(order.PlacedAt).ToString("dddd", CultureInfo.InvariantCulture),
        SalesBy.Week => $"week of {QuestionPeriod.MondayOf(_shop.Calendar.Day(order.PlacedAt)):d MMM yyyy}",
        SalesBy.Month => _shop.Calendar.Day(order.PlacedAt).ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        SalesBy.Region => order.Region is { } region ? MalaysianStates.Shown(region) : NotSaid,
        _ => order.Source ?? NotSaid,
    };

    private bool _isOfNames;

    private string ShownAs(string group) => _asked.By == SalesBy.Customer && group != NotSaid ? NameOf(group) : group;

    private string NameOf(string customer) => (_names ??= Names())[customer];

    /// <summary>Customers by the name that the shop's orders have now, else by the beginning of the address; where the shop's system names nobody,
    /// and beside a name that several have, by the newest order.</summary>
    private Dictionary<string, string> Names()
    {
        var buyers = _all.Records.Buyers.SelectMany(b => b.Keys.Select(key => (Key: key, b.Name))).DistinctBy(b => b.Key)
            .ToDictionary(b => b.Key, b => b.Name, StringComparer.Ordinal);
        string? Known(string customer) => buyers.GetValueOrDefault(customer) ?? _all.Records.Addresses.GetValueOrDefault(customer);
        var customers = _shop.OrdersSince(DateTimeOffset.MinValue).Where(o => o.Customer is not null)
            .GroupBy(o => o.Customer!, StringComparer.Ordinal).Select(g => (g.Key, Name: Known(g.Key), Newest: g.Last().Number)).ToList();
        _isOfNames = customers.Exists(c => c.Name is not null);
        var shared = customers.GroupBy(c => c.Name, StringComparer.Ordinal).Where(g => g.Key is not null && g.Skip(1).Any())
            .Select(g => g.Key!).ToHashSet(StringComparer.Ordinal);
        return customers.ToDictionary(c => c.Key,
            c => c.Name is null ? $"of order {c.Newest}" : shared.Contains(c.Name) ? $"{c.Name} (order {c.Newest})" : c.Name, StringComparer.Ordinal);
    }

    private OwnerAnswer Customers()
    {
        var earlier = Kept(_shop.History.FirstDay, _period.From.AddDays(-1)).Select(o => o.Customer).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var customers = Kept(_period.From, _period.To)
            .Where(o => o.Customer is not null)
            .GroupBy(o => o.Customer!, StringComparer.Ordinal)
            .Select(g => (IsNew: !earlier.Contains(g.Key), Orders: g.ToList()))
            .ToList();
        var returning = customers.Where(c => !c.IsNew || c.Orders.Count > 1).ToList();
        var asked = _asked.Of == SalesOf.NewCustomers ? customers.Where(c => c.IsNew).ToList() : returning;
        return Table(
            $"{asked.Count} of {customers.Count} customers "
                + $"{(_asked.Of == SalesOf.NewCustomers ? "ordered for the first time that is known" : "had ordered before")}: {_period.Words}.",
            s_columns,
            [SumsOf(_asked.Of == SalesOf.NewCustomers ? "new" : "returning", asked.SelectMany(c => c.Orders))],
            asked.Count
        );
    }

    /// <summary>Customers whose last order lies before the days that are asked about, those who had ordered most often first.</summary>
    private OwnerAnswer Lapsed()
    {
        var customers = Kept(_shop.History.FirstDay, _shop.Today).Where(o => o.Customer is not null)
            .GroupBy(o => o.Customer!, StringComparer.Ordinal).Select(g => (Last: g.Last(), Orders: g.ToList())).ToList();
        var lapsed = customers.Where(c => _shop.Calendar.Day(c.Last.PlacedAt) < _period.From)
            .Select(c => (c.Last, Sums: SumsOf(NameOf(c.Last.Customer!), c.Orders)))
            .OrderByDescending(c => c.Sums.Orders).ThenByDescending(c => c.Sums.Revenue.Minor).ThenByDescending(c => c.Last.PlacedAt).ToList();
        return customers.Count == 0
            ? new(true, "The orders do not say who ordered.", [], [], ["orders"], [])
            : new(true, $"{lapsed.Count} of {customers.Count} customers have not ordered: {_period.Words}.", ["", "last order", "orders", "revenue"],
                AnswerTable.Cut(lapsed, c => new[]
                    {
                        c.Sums.Name, $"{_shop.Calendar.Day(c.Last.PlacedAt):d MMM yyyy}",
                        c.Sums.Orders.ToString(CultureInfo.InvariantCulture), c.Sums.Revenue.ToString(),
                    },
                    rest => SalesSums.Together([.. rest.Select(c => c.Sums)]).Row is var row ? ["", row[1], row[3]] : []),
                ["orders"], []) { Figure = lapsed.Count, NamesCustomer = _isOfNames };
    }

    /// <summary>The same days of the month before, or as many days before.</summary>
    private OwnerAnswer Compared()
    {
        var (from, to) = _question.Against is { } other ? (other.From, other.To) : _period.Before();
        var (now, before) = (
            SumsOf(_period.Words, Of(_period.From, _period.To)), SumsOf($"{from:d MMM} to {to:d MMM}", Of(from, to)));
        var change = (now.By(_asked.Measure), before.By(_asked.Measure)) switch
        {
            (null, _) or (_, null) => "and how that compares is not known",
            (_, <= 0) => "nothing before",
            var (a, b) when a == b => "the same as before",
            var (a, b) => $"{Math.Abs(a.Value - b.Value) / b.Value * 100:0} % {(a > b ? "more" : "less")} than before",
        };
        return Table(
            $"{now.InWords(_asked.Measure)}{now.Besides}, {change}: {_period.Words} beside {before.Name}.",
            s_columns,
            [now, before],
            now.By(_asked.Measure)
        );
    }

    private OwnerAnswer Articles()
    {
        var lines = Of(_period.From, _period.To).SelectMany(o => o.Lines.Select(l => (Order: o, Line: l)))
            .ToLookup(l => l.Line.Sku, StringComparer.Ordinal);
        var skus = _all.HasArticles ? _all.Skus
            : [.. _shop.Skus.Where(s => lines.Contains(s) || (_asked.IsLeast && _shop.Product(s)?.IsActive == true))];
        var measured = _asked.Measure == SalesMeasure.Orders ? SalesMeasure.Pieces : _asked.Measure;
        var sums = Ordered(skus.Select(s => SalesSums.OfLines(s, lines[s], _shop)), measured).ToList();
        if (_asked.IsLeast)
        {
            var none = sums.Count(s => s.Pieces == 0);
            return Table(
                none > 0 ? $"{none} articles sold nothing: {_period.Words}." : $"{FirstOf(sums)} sold least: {_period.Words}.",
                s_columns, sums, none);
        }

        var total = sums.Exists(s => s.By(measured) is not null) ? sums.Sum(s => s.By(measured) ?? 0) : (double?)null;
        var (of, isOfSome) = (_all.Of, _all.HasArticles);
        if (measured == SalesMeasure.Pieces)
        {
            return Table(isOfSome ? $"{total ?? 0} pieces{of} were sold: {_period.Words}." : $"{FirstOf(sums)} sold most: {_period.Words}.",
                s_columns, sums, isOfSome ? total : sums.FirstOrDefault()?.By(measured));
        }

        Money? amount = total is { } known
            ? new((long)Math.Round(known * Math.Pow(10, Money.Decimals(_shop.Currency))), _shop.Currency)
            : null;
        return Table(
            isOfSome && amount is null ? $"What was left{of} is not known, since no file says what they cost: {_period.Words}."
                : isOfSome ? $"{amount} {(measured == SalesMeasure.Profit ? "was left after their cost" : "was taken")}{of}: {_period.Words}."
                : amount is null ? $"What was left is not known, since no file says what articles cost; "
                    + $"{FirstOf(sums)} brings the most revenue: {_period.Words}."
                : $"{FirstOf(sums)} {BringsMost(sums, measured)}: {_period.Words}.",
            s_columns, sums, isOfSome ? total : sums.FirstOrDefault()?.By(measured));
    }

    /// <summary>What is left of it after its cost, with how many articles have no known cost and so no place in the order; else by revenue.</summary>
    private static string BringsMost(List<SalesSums> articles, SalesMeasure measured)
    {
        var first = articles[0];
        var unknown = articles.Count(a => a.Pieces > 0 && a.By(SalesMeasure.Profit) is null);
        return measured != SalesMeasure.Profit ? $"brings the most revenue, {first.Revenue}"
            : $"leaves the most after its cost, {first.Left} of {first.Revenue}"
                + (unknown > 0 ? $" (the cost of {unknown} of {articles.Count(a => a.Pieces > 0)} articles is not known)" : "");
    }

    private string FirstOf(List<SalesSums> articles) => articles is [var first, ..] ? _shop.NameOf(first.Name) : "Nothing";

    private OwnerAnswer Single()
    {
        var orders = _question.Order is { } number
            ? All.Where(o => OrderNumber.Key(o.Number) == OrderNumber.Key(number))
            : Placed(_period.From, _period.To).Where(o => o.Total.Currency == _shop.Currency).OrderByDescending(o => o.Total.Minor);
        var all = orders.ToList();
        return all.Count == 0
            ? new(true, _question.Order is { } one ? $"No order {one} is known." : $"No order came: {_period.Words}.", [], [], ["orders"], [])
            : new(
                true,
                _question.Order is not null ? $"Order {all[0].Number}: {StateOf(all[0], _shop)}{ScanOf(all[0])}."
                    : $"The biggest order is {all[0].Number}: {_period.Words}.",
                ["", "placed", "total", "items", "state"],
                AnswerTable.Cut(all, o => new[]
                    {
                        o.Number, $"{_shop.Calendar.Day(o.PlacedAt):d MMM yyyy}", o.Total.ToString(),
                        ItemsOf(o, _shop), StateOf(o, _shop),
                    },
                    rest => ["", SumsOf("", rest).Revenue.ToString()]),
                _question.Order is null ? ["orders"] : ["orders", "parcels"],
                []
            )
            {
                Figure = (double)all[0].Total.Major,
            };
    }

    /// <summary>Where the parcel of an order that is under way was seen last, and until when it was promised.</summary>
    private string ScanOf(OrderRow order)
    {
        var parcels = _shop.Parcels.Where(p => p.IsOpen && OrderNumber.Key(p.Parcel.Order) == OrderNumber.Key(order.Number)).ToList();
        return parcels.Count == 0 ? ""
            : string.Concat(parcels.Select(p => p.LastScan is { } at
                ? $"; {p.Parcel.Carrier} scanned it last on {_shop.Calendar.Day(at):d MMM}{(p.LastPlace is { } place ? $" in {place}" : "")}"
                : $"; {p.Parcel.Carrier} has not scanned it yet"))
                + (parcels[0].Promised is { } day ? $"; promised by {day:d MMM}{(day < _shop.Today ? ", so it is late" : "")}" : "");
    }

    public static string ItemsOf(OrderRow order, ShopMoment shop) =>
        string.Join(", ", order.Lines.Select(l => $"{l.Quantity} × {shop.NameOf(l.Sku)}"));

    public static string StateOf(OrderRow order, ShopMoment shop) =>
        order.CancelledAt <= shop.Now ? "cancelled"
        : order.DeliveredAt <= shop.Now ? $"delivered on {shop.Calendar.Day(order.DeliveredAt.Value):d MMM}"
        : order.ShippedAt <= shop.Now ? $"shipped on {shop.Calendar.Day(order.ShippedAt.Value):d MMM}"
        : order.PaidAt <= shop.Now ? "paid and not shipped"
        : "not paid";

    private IEnumerable<SalesSums> Ordered(IEnumerable<SalesSums> all, SalesMeasure? by = null)
    {
        var measure = by ?? _asked.Measure;
        return _asked.IsLeast
            ? all.OrderBy(s => s.By(measure)).ThenBy(s => s.Name, StringComparer.Ordinal)
            : all.OrderByDescending(s => s.By(measure)).ThenByDescending(s => s.Revenue.Minor).ThenBy(s => s.Name, StringComparer.Ordinal);
    }

    private OwnerAnswer Table(string title, string[] columns, IEnumerable<SalesSums> rows, double? figure) =>
        new(true, title, columns, AnswerTable.Cut([.. rows], s => s.Row, rest => SalesSums.Together(rest).Row[1..]), [.. Sources], [])
        {
            Figure = figure,
        };

    /// <summary>What articles cost stands in the catalogue, or in orders to suppliers.</summary>
    private IEnumerable<string> Sources => new[] { "orders", "products" }.Concat(_shop.Has(FeedKind.PurchaseOrders) ? ["purchase orders"] : []);
}
