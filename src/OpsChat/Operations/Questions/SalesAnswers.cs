using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>Answers questions about what was sold: one table, whatever is measured and by whatever it is counted. Revenue and what is left of it
/// are in the shop's currency.</summary>
internal sealed class SalesAnswers
{
    private const int MostRows = 15;
    private const string NotSaid = "not said";

    // Who has not ordered for a season is seldom only between two orders.
    private const int LapsedDays = 90;

    private static readonly string[] s_columns = ["", "orders", "pieces", "revenue", "left"];

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
                [
                    .. orders
                        .OrderByDescending(o => o.PlacedAt)
                        .Take(MostRows)
                        .Select(o => new[] { o.Number, $"{_shop.Calendar.Day(o.PlacedAt):d MMM}", o.Total.ToString() }),
                ],
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
        var groups = Ordered(orders.GroupBy(KeyOf, StringComparer.Ordinal).Select(g => SumsOf(g.Key, g))).ToList();
        var known = groups.Where(g => g.Name != NotSaid).ToList();
        if (known.Count == 0)
        {
            var none = orders.Count == 0 ? "No order came" : $"The orders do not say {What}";
            return new(true, $"{none}: {_period.Words}.", [], [], ["orders"], []);
        }

        var first = known[0];
        return _asked.By == SalesBy.Customer
            ? Table(
                $"{known.Count} customers ordered; most came from the one {first.Name}: {_period.Words}.",
                s_columns,
                groups,
                // "How many customers" has no "most" in it.
                _question.Asks("how many") ? known.Count : first.By(_asked.Measure)
            )
            : Table($"{first.Name} has the {(_asked.IsLeast ? "least" : "most")}: {_period.Words}.", s_columns, groups, first.By(_asked.Measure));
    }

    private string What => _asked.By switch
    {
        SalesBy.Customer => "who ordered",
        SalesBy.Region => "where they go",
        SalesBy.Source => "what brought the customer",
        _ => "when they came",
    };

    private Dictionary<string, string>? _names;

    /// <summary>A customer is called by the newest order: who it is stands in the shop's own system.</summary>
    private string KeyOf(OrderRow order) => _asked.By switch
    {
        SalesBy.Customer => order.Customer is { } customer ? NameOf(customer) : NotSaid,
        SalesBy.Day => _shop.Calendar.Day(order.PlacedAt).ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture),
        SalesBy.Weekday => _shop.Calendar.Day(order.PlacedAt).ToString("dddd", CultureInfo.InvariantCulture),
        SalesBy.Week => $"week of {QuestionPeriod.MondayOf(_shop.Calendar.Day(order.PlacedAt)):d MMM yyyy}",
        SalesBy.Month => _shop.Calendar.Day(order.PlacedAt).ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        SalesBy.Region => order.Region ?? NotSaid,
        _ => order.Source ?? NotSaid,
    };

    private string NameOf(string customer)
    {
        _names ??= _shop.OrdersSince(DateTimeOffset.MinValue).Where(o => o.Customer is not null).GroupBy(o => o.Customer!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => $"of order {g.Last().Number}", StringComparer.Ordinal);
        return _names[customer];
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
                [
                    .. lapsed.Take(MostRows).Select(c => new[]
                    {
                        c.Sums.Name, $"{_shop.Calendar.Day(c.Last.PlacedAt):d MMM yyyy}",
                        c.Sums.Orders.ToString(CultureInfo.InvariantCulture), c.Sums.Revenue.ToString(),
                    }),
                ], ["orders"], []) { Figure = lapsed.Count };
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
                : $"{FirstOf(sums)} brings the most: {_period.Words}.",
            s_columns, sums, isOfSome ? total : sums.FirstOrDefault()?.By(measured));
    }

    private string FirstOf(List<SalesSums> articles) => articles is [var first, ..] ? _shop.NameOf(first.Name) : "Nothing";

    private OwnerAnswer Single()
    {
        var orders = _question.Order is { } number
            ? All.Where(o => OrderNumber.Key(o.Number) == OrderNumber.Key(number))
            : Placed(_period.From, _period.To).Where(o => o.Total.Currency == _shop.Currency).OrderByDescending(o => o.Total.Minor);
        var shown = orders.Take(MostRows).ToList();
        return shown.Count == 0
            ? new(true, _question.Order is { } one ? $"No order {one} is known." : $"No order came: {_period.Words}.", [], [], ["orders"], [])
            : new(
                true,
                _question.Order is not null ? $"Order {shown[0].Number}: {StateOf(shown[0], _shop)}."
                    : $"The biggest order is {shown[0].Number}: {_period.Words}.",
                ["", "placed", "total", "items", "state"],
                [
                    .. shown.Select(o => new[]
                    {
                        o.Number, $"{_shop.Calendar.Day(o.PlacedAt):d MMM yyyy}", o.Total.ToString(),
                        ItemsOf(o, _shop), StateOf(o, _shop),
                    }),
                ],
                ["orders"],
                []
            )
            {
                Figure = (double)shown[0].Total.Major,
            };
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
        new(true, title, columns, [.. rows.Take(MostRows).Select(s => s.Row)], [.. Sources], []) { Figure = figure };

    /// <summary>What articles cost stands in the catalogue, or in orders to suppliers.</summary>
    private IEnumerable<string> Sources => new[] { "orders", "products" }.Concat(_shop.Has(FeedKind.PurchaseOrders) ? ["purchase orders"] : []);
}
