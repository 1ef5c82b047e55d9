using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>Answers questions about what was sold: one table, whatever is measured and by whatever it is counted. Revenue and what is left of it
/// are in the shop's currency.</summary>
internal sealed class SalesAnswers
{
    private const string NotSaid = CustomerNames.NotSaid;

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
        SalesOf.Cancelled when IsShare => Placed(from, to).Where(o => o.CancelledAt <= _shop.Now),
        SalesOf.Cancelled => All.Where(o => o.CancelledAt is { } at && at <= _shop.Now && IsIn(at, from, to)),
        SalesOf.Unpaid => Kept(from, to).Where(_shop.IsUnpaid),
        SalesOf.ToShip => Placed(from, to).Where(o => o.PaidAt <= _shop.Now && o.IsToShip(_shop.Now)),
        _ => Kept(from, to),
    };

    /// <summary>A rate is of the orders that were placed on these days, whenever they were cancelled.</summary>
    private bool IsShare => QuestionMeasure.IsShare(_question.English) || AskedMeasure.Of(_question) == AskedMeasure.Cancellations;

    private IEnumerable<OrderRow> Kept(DateOnly from, DateOnly to) => Placed(from, to).Where(o => !(o.CancelledAt <= _shop.Now));

    private IEnumerable<OrderRow> All => _shop.OrdersSince(DateTimeOffset.MinValue).Where(_all.IsAbout);

    private SalesSums SumsOf(string name, IEnumerable<OrderRow> orders) => _all.SumsOf(name, orders);

    private IEnumerable<OrderRow> Placed(DateOnly from, DateOnly to) => All.Where(o => IsIn(o.PlacedAt, from, to));

    private bool IsIn(DateTimeOffset at, DateOnly from, DateOnly to) =>
        at <= _shop.Now && _shop.Calendar.Day(at) is var day && day >= from && day <= to && !_period.Skips(day);

    private string Which(int count) => (_asked.Of, count == 1) switch
    {
        (SalesOf.Cancelled, var isOne) => isOne ? " was cancelled" : " were cancelled",
        (SalesOf.Unpaid, var isOne) => isOne ? " is not paid" : " are not paid",
        (SalesOf.Shipped, var isOne) => isOne ? " was shipped" : " were shipped",
        (SalesOf.ToShip, var isOne) => isOne ? " is paid and has to leave" : " are paid and have to leave",
        _ => "",
    };

    private OwnerAnswer Total()
    {
        var orders = Of(_period.From, _period.To).ToList();
        var sums = SumsOf("", orders);
        var figure = sums.By(_asked.Measure);
        if (_asked is { Measure: SalesMeasure.Mean, Of: SalesOf.All })
        {
            return Means(orders, sums);
        }

        var title = _asked.Measure == SalesMeasure.Profit
            ? $"{sums.LeftInWords} {sums.Revenue}{sums.Besides}{OfWhich(orders)}: {_period.Words}. {After(sums, orders)}"
            : $"{Plural.Of(orders.Count, "order")}{_all.Of}{Which(orders.Count)}, {sums.Revenue}{sums.Besides}{OfWhich(orders)}: {_period.Words}."
                + (_question.IsAfterRefunds ? $" {AskedOfShop.AfterRefunds(_all.RefundedOf(orders), sums.Revenue)}" : "")
                + AnswerTable.Also(Untold()) + ShareInWords(orders.Count);
        figure = figure is null || !(_question.IsAfterRefunds || _question.IsAfterAds) ? figure
            : (double?)Net(_asked.Measure == SalesMeasure.Profit ? sums.Left : sums.Revenue, sums, orders)?.Major;
        figure = _asked.Of == SalesOf.Cancelled && IsShare ? ShareOfPlaced(orders.Count) : figure;
        return _asked.Of is SalesOf.Unpaid && AsksWho ? Debtors(orders, title)
            : _asked.Of == SalesOf.All
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

    /// <summary>What an order comes to, and a customer: whichever was asked for comes first.</summary>
    private OwnerAnswer Means(List<OrderRow> orders, SalesSums sums)
    {
        var customers = orders.Where(o => o.Total.Currency == _shop.Currency).Select(o => o.Customer).OfType<string>()
            .Distinct(StringComparer.Ordinal).Count();
        var isOfAll = customers > 0 && orders.TrueForAll(o => o.Customer is not null);
        var perCustomer = isOfAll ? sums.Revenue with { Minor = (long)Math.Round(sums.Revenue.Minor / (double)customers) } : (Money?)null;
        var isPerCustomer = QuestionMeasure.IsPerCustomer(_question.English);
        var order = $"an order comes to {sums.Mean} on average";
        var customer = perCustomer is { } spent ? $"a customer to {spent}" : "what a customer spends is not known, since some orders name none";
        var words = isPerCustomer && perCustomer is not null ? $"a customer comes to {perCustomer} on average, an order to {sums.Mean}"
            : $"{order}, {customer}";
        return sums.Mean is null ? new(true, $"No order came: {_period.Words}.", [], [], ["orders"], [])
            : Table($"{char.ToUpperInvariant(words[0])}{words[1..]}: {sums.Revenue}{sums.Besides} in {Plural.Of(orders.Count, "order")}"
                + $"{(isOfAll ? $" of {Plural.Of(customers, "customer")}" : "")}, {_period.Words}.", s_columns, [sums],
                (double?)(isPerCustomer ? perCustomer : sums.Mean)?.Major);
    }

    /// <summary>What share it is of the orders that were placed on these days, in per cent; null where none was.</summary>
    private double? ShareOfPlaced(int count) =>
        Placed(_period.From, _period.To).Count() is > 0 and var placed ? Math.Round(100.0 * count / placed, 1) : null;

    private string ShareInWords(int count) => _asked.Of == SalesOf.Cancelled && IsShare && ShareOfPlaced(count) is { } share
        ? $" {share.ToString("0.#", CultureInfo.InvariantCulture)} % of the {Plural.Of(Placed(_period.From, _period.To).Count(), "order")} that came "
            + "on these days, whenever they were cancelled." : "";

    /// <summary>Nothing of what was cancelled, and all of what is unpaid, would only say the question again.</summary>
    private string OfWhich(List<OrderRow> orders) => _asked.Of == SalesOf.All ? _all.OfWhich(orders) : "";

    /// <summary>Orders that may belong to those that are asked for, and nobody knows.</summary>
    private string Untold() => _asked.Of switch
    {
        SalesOf.Unpaid => _all.Untold(Kept(_period.From, _period.To)),
        SalesOf.ToShip => _all.Untold(Placed(_period.From, _period.To).Where(o => o.IsToShip(_shop.Now))),
        _ => "",
    };

    /// <summary>Less what is asked to be taken off; null where nobody knows it.</summary>
    private Money? Net(Money sum, SalesSums of, List<OrderRow> orders)
    {
        var (refunded, ads) = (_question.IsAfterRefunds ? _all.RefundedOf(orders) : new Money(0, sum.Currency), AdsOf(of));
        return refunded is not { } back || ads is { Left: null } ? null
            : sum with { Minor = sum.Minor - back.Minor - (ads?.Spent.Minor ?? 0) };
    }

    /// <summary>Null where it is not asked for.</summary>
    private ProfitAfterAds? AdsOf(SalesSums sums) => _question.IsAfterAds ? ProfitAfterAds.Of(sums, _period, _all) : null;

    /// <summary>What a profit does not hold yet.</summary>
    private string After(SalesSums sums, List<OrderRow> orders)
    {
        var areRefunds = _question.IsAfterRefunds && sums.Costed.Minor != 0;
        var besides = (areRefunds, _question.IsAfterAds) switch
        {
            (true, true) => "Fees are",
            (true, false) => "Fees and advertising are",
            (false, true) => "Refunds and fees are",
            _ => "Refunds, fees and advertising are",
        };
        return string.Join(' ', new[]
        {
            areRefunds ? AskedOfShop.AfterRefunds(_all.RefundedOf(orders), sums.Left) : null, AdsOf(sums)?.Sentence,
            areRefunds && _question.IsAfterAds && Net(sums.Left, sums, orders) is { } net ? $"After both {net} is left." : null,
            $"{besides} not taken off.",
        }.OfType<string>());
    }

    private bool AsksWho => CustomerWords.AskFor(_question.English);

    /// <summary>Who has not paid, each order with its customer.</summary>
    private OwnerAnswer Debtors(List<OrderRow> orders, string title) => new(
        true, title, ["", "customer", "placed", "total"],
        AnswerTable.Cut([.. orders.OrderByDescending(o => o.PlacedAt)],
            o => new[] { o.Number, _all.Customers.Of(o.Customer), $"{_shop.Calendar.Day(o.PlacedAt):d MMM}", o.Total.ToString() },
            rest => ["", "", SumsOf("", rest).Revenue.ToString()]), ["orders"], [])
    {
        Figure = CustomerWords.AreCounted(_question.English) ? orders.Select(o => o.Customer ?? o.Number).Distinct(StringComparer.Ordinal).Count()
            : orders.Count,
        NamesCustomer = _all.Customers.HaveNames,
    };

    private OwnerAnswer Groups()
    {
        var orders = Of(_period.From, _period.To).ToList();
        var of = orders.GroupBy(KeyOf, StringComparer.Ordinal).ToList();
        var sums = of.Select(g => SumsOf(ShownAs(g.Key), g)).Where(IsWithin).ToList();
        orders = sums.Count == of.Count ? orders : [.. of.Where(g => IsWithin(SumsOf("", g))).SelectMany(g => g)];
        // Where the cost of nothing is known nobody knows what was left, and the revenue tells what there is to tell.
        var measure = sums.Exists(s => s.By(_asked.Measure) is not null) ? _asked.Measure : SalesMeasure.Revenue;
        var groups = Ordered(sums, measure).ToList();
        var known = groups.Where(g => g.Name != NotSaid).ToList();
        if (known.Count == 0)
        {
            var none = orders.Count == 0 ? "No order came" : $"The orders do not say {What}";
            return new(true, $"{none}: {_period.Words}.", [], [], ["orders"], []);
        }

        var first = known[0];
        return _asked.By == SalesBy.Customer ? BestCustomers(orders, known, groups)
            : Table($"{Extreme(known, measure)}: {_period.Words}.{OfAll(orders)}", s_columns, groups, first.By(_asked.Measure));
    }

    /// <summary>Whether a customer ordered for as much, and as often, as is asked.</summary>
    private bool IsWithin(SalesSums group) => _asked.By != SalesBy.Customer
        || ((!_all.IsAmountOfCustomers || _question.Amount!.Admits(group.Revenue)) && _question.Limit?.Admits(group.Orders) != false);

    /// <summary>Which has most, and how much; several where they have as much.</summary>
    private string Extreme(List<SalesSums> groups, SalesMeasure measure)
    {
        var first = groups.TakeWhile(g => g.By(measure) == groups[0].By(measure)).ToList();
        var unknown = groups.Count(g => g.By(measure) is null);
        var (not, what) = measure == _asked.Measure ? ("", "") : (NotLeft, " revenue");
        return $"{not}{AnswerTable.And(first.Select(g => g.Name))} {(first.Count == 1 ? "has" : "have")} the {Most}{what}, "
            + $"{groups[0].InWords(measure)}{(first.Count == 1 ? "" : " each")}"
            + (unknown > 0 ? $" (what was left of {unknown} of {groups.Count} is not known)" : "");
    }

    private const string NotLeft = "What was left is not known, since no file says what articles cost; ";

    /// <summary>What of the money of all groups was not kept.</summary>
    private string OfAll(List<OrderRow> orders) => _asked.Measure == SalesMeasure.Revenue && OfWhich(orders) is { Length: > 0 } of
        ? $" In all {SumsOf("", orders).Revenue} was ordered{of}." : "";

    private OwnerAnswer BestCustomers(List<OrderRow> orders, List<SalesSums> known, List<SalesSums> groups)
    {
        var (first, of) = (known[0], orders.GroupBy(KeyOf, StringComparer.Ordinal)
            .ToDictionary(g => ShownAs(g.Key), g => g.ToList(), StringComparer.Ordinal));
        var isUnknown = first.By(_asked.Measure) is null;
        var did = _asked.Measure == SalesMeasure.Orders ? $"ordered {Most} often,"
            : _asked.Measure == SalesMeasure.Profit && !isUnknown ? $"left the {Most} after its cost, {first.Left} of"
            : $"ordered for the {Most},";
        string Unpaid(List<OrderRow> some) => (_all.UnpaidOf(some)?.ToString(), some.Count(o => !_shop.TellsPayment(o))) switch
        {
            (null, _) => "not known",
            ({ } sum, 0) => sum,
            ({ } sum, var unknown) => $"{sum}, {Plural.Of(unknown, "order")} not known",
        };
        return new(true,
            $"{(isUnknown ? NotLeft : "")}{Plural.Of(known.Count, "customer")} ordered; "
                + $"{first.Name} {did} {first.Revenue}{OfWhich(of[first.Name])} in "
                + $"{Plural.Of(first.Orders, "order")}: {_period.Words}.",
            ["", "orders", "pieces", "revenue", "not paid yet of it", "last order"],
            AnswerTable.Cut(groups, s =>
                [
                    .. s.Row.SkipLast(1), Unpaid(of[s.Name]),
                    $"{_shop.Calendar.Day(of[s.Name].Max(o => o.PlacedAt)):d MMM yyyy}",
                ],
                rest => [.. SalesSums.Together(rest).Row[1..^1], Unpaid([.. rest.SelectMany(s => of[s.Name])])]),
            [.. Sources], [])
        {
            // "How many customers" has no "most" in it.
            Figure = CustomerWords.AreCounted(_question.English) ? known.Count : first.By(_asked.Measure), NamesCustomer = _all.Customers.HaveNames,
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

    /// <summary>The group that an order belongs to. Two customers may have one name, and are two all the same.</summary>
    private string KeyOf(OrderRow order) => _asked.By switch
    {
        SalesBy.Customer => order.Customer ?? NotSaid,
        SalesBy.Day => _shop.Calendar.Day(order.PlacedAt).ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture),
        SalesBy.Weekday => _shop.Calendar.Day(order.PlacedAt).ToString("dddd", CultureInfo.InvariantCulture),
        SalesBy.Week => $"week of {QuestionPeriod.MondayOf(_shop.Calendar.Day(order.PlacedAt)):d MMM yyyy}",
        SalesBy.Month => _shop.Calendar.Day(order.PlacedAt).ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        SalesBy.Region when _question.Asks("countr") => Countries.Of(order) ?? NotSaid,
        SalesBy.Region => order.Region is { } region ? MalaysianStates.Shown(region) : NotSaid,
        _ => order.Source ?? NotSaid,
    };

    private string ShownAs(string group) => _asked.By == SalesBy.Customer && group != NotSaid ? NameOf(group) : group;

    private string NameOf(string customer) => _all.Customers.Of(customer);

    private OwnerAnswer Customers()
    {
        var (customers, asked) = CustomersOf(_period.From, _period.To);
        var share = customers.Count == 0 ? 0 : 100.0 * asked.Count / customers.Count;
        var sums = SumsOf(_asked.Of == SalesOf.NewCustomers ? "new" : "returning", asked.SelectMany(c => c));
        var isOfOrders = _question.Asks("how many order") && !CustomerWords.AreCounted(_question.English);
        return Table(
            (isOfOrders ? $"{Plural.Of(sums.Orders, "order")}: " : "")
                + $"{asked.Count} of {customers.Count} customers{(customers.Count == 0 ? "" : $" ({share:0} %)")} "
                + $"{(_asked.Of == SalesOf.NewCustomers ? "ordered for the first time that is known" : "had ordered before")}: {_period.Words}."
                + Before(),
            s_columns,
            [sums],
            Array.Exists(s_share, _question.Asks) ? Math.Round(share, 1) : isOfOrders ? sums.Orders : asked.Count
        );
    }

    /// <summary>Who ordered on some days, and of them who is new or came back.</summary>
    private (List<List<OrderRow>> All, List<List<OrderRow>> Asked) CustomersOf(DateOnly from, DateOnly to)
    {
        var earlier = Kept(_shop.History.FirstDay, from.AddDays(-1)).Select(o => o.Customer).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var customers = Kept(from, to).Where(o => o.Customer is not null).GroupBy(o => o.Customer!, StringComparer.Ordinal)
            .Select(g => (IsNew: !earlier.Contains(g.Key), Orders: g.ToList())).ToList();
        return ([.. customers.Select(c => c.Orders)],
            [.. customers.Where(c => _asked.Of == SalesOf.NewCustomers ? c.IsNew : !c.IsNew || c.Orders.Count > 1).Select(c => c.Orders)]);
    }

    /// <summary>The same of the days before, where it asks for both; empty where it does not.</summary>
    private string Before()
    {
        var (from, to) = _question.Against is { } other ? (other.From, other.To) : _period.Before();
        return !_asked.IsCompared ? "" : CustomersOf(from, to) is var (all, asked)
            ? $" {QuestionPeriod.Days(from, to, _shop.Today)}: {asked.Count} of {all.Count}." : "";
    }

    private static readonly string[] s_share = ["percent", "share", "proportion", "rate "];

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
                ["orders"], []) { Figure = lapsed.Count, NamesCustomer = _all.Customers.HaveNames };
    }

    /// <summary>The same days of the month before, or as many days before.</summary>
    private OwnerAnswer Compared()
    {
        var (from, to) = _question.Against is { } other ? (other.From, other.To) : _period.Before();
        var (now, before) = (
            SumsOf(_period.Words, Of(_period.From, _period.To)), SumsOf(QuestionPeriod.Days(from, to, _shop.Today), Of(from, to)));
        var change = (now.By(_asked.Measure), before.By(_asked.Measure)) switch
        {
            (null, _) or (_, null) => "and how that compares is not known",
            (_, <= 0) => "nothing before",
            var (a, b) when a == b => "the same as before",
            var (a, b) => $"{Math.Abs(a.Value - b.Value) / b.Value * 100:0} % {(a > b ? "more" : "less")} than before",
        };
        return Table(
            $"{now.InWords(_asked.Measure)}{now.Besides}"
                + (_asked.Measure == SalesMeasure.Revenue ? OfWhich([.. Of(_period.From, _period.To)]) : "")
                + $", {change}: {_period.Words} beside {before.Name}.{StillRuns(from, to)}",
            s_columns,
            [now, before],
            now.By(_asked.Measure)
        );
    }

    /// <summary>Days that are named each stand as they are, and one of them may not be over.</summary>
    private string StillRuns(DateOnly from, DateOnly to) =>
        _question.Against is not null && _period.To == _shop.Today && _period.To.DayNumber - _period.From.DayNumber < to.DayNumber - from.DayNumber
            ? $" {_period.Words} is not over yet."
            : "";

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
                none > 0 && measured != SalesMeasure.Profit ? $"{Plural.Of(none, "article")} sold nothing: {_period.Words}."
                    : measured == SalesMeasure.Profit ? $"{LeftLeast(sums)}: {_period.Words}."
                    : $"{(SalesQuestion.IsOfUnsold(_question) ? "No article sold nothing; " : "")}{FirstOf(sums)} sold least: {_period.Words}.",
                s_columns, sums, measured == SalesMeasure.Profit ? sums.FirstOrDefault()?.By(measured) : none);
        }

        var total = sums.Exists(s => s.By(measured) is not null) ? sums.Sum(s => s.By(measured) ?? 0) : (double?)null;
        var (of, isOfSome) = (_all.Of, _all.HasArticles);
        if (measured == SalesMeasure.Pieces)
        {
            var pieces = (int)(total ?? 0);
            return Table(isOfSome ? $"{Plural.Of(pieces, "piece")}{of} {AnswerTable.Verb(pieces, "was", "were")} sold: {_period.Words}."
                : $"{FirstOf(sums)} sold most: {_period.Words}.",
                s_columns, sums, isOfSome ? total : sums.FirstOrDefault()?.By(measured));
        }

        // Only a profit has advertising taken off.
        var ads = sums.Count == 0 ? null : AdsOf(SalesSums.Together(sums));
        Money? amount = total is { } known
            ? new((long)Math.Round(known * Math.Pow(10, Money.Decimals(_shop.Currency))), _shop.Currency)
            : null;
        return Table(
            isOfSome && amount is null ? $"What was left{of} is not known, since no file says what they cost: {_period.Words}."
                : isOfSome ? $"{amount} {(measured == SalesMeasure.Profit ? "was left after their cost" : "was ordered")}{of}{OfLines(lines)}: "
                    + $"{_period.Words}.{(ads is null ? "" : $" {ads.Sentence}")}"
                : amount is null ? $"What was left is not known, since no file says what articles cost; "
                    + $"{FirstOf(sums)} brings the most revenue: {_period.Words}."
                : $"{FirstOf(sums)} {BringsMost(sums, measured)}: {_period.Words}.",
            s_columns, sums, ads is not null ? (double?)ads.Left?.Major : isOfSome ? total : sums.FirstOrDefault()?.By(measured));
    }

    private string OfLines(ILookup<string, (OrderRow Order, SoldLine Line)> lines) =>
        OfWhich([.. lines.SelectMany(g => g).Select(l => l.Order).DistinctBy(o => o.Number)]);

    /// <summary>What is left of it after its cost, with how many articles have no known cost and so no place in the order; else by revenue.</summary>
    private static string BringsMost(List<SalesSums> articles, SalesMeasure measured)
    {
        var first = articles[0];
        return measured != SalesMeasure.Profit ? $"brings the most revenue, {first.Revenue}"
            : $"leaves the most after its cost, {first.Left} of {first.Revenue}{OfUnknownCost(articles)}";
    }

    private static string OfUnknownCost(List<SalesSums> articles) =>
        articles.Count(a => a.Pieces > 0 && a.By(SalesMeasure.Profit) is null) is > 0 and var unknown
            ? $" (the cost of {unknown} of {articles.Count(a => a.Pieces > 0)} articles is not known)" : "";

    private string LeftLeast(List<SalesSums> articles) =>
        articles is not [var first, ..] || first.By(SalesMeasure.Profit) is null ? "What was left is not known, since no file says what articles cost"
            : $"{FirstOf(articles)} leaves the least after its cost, {first.Left} of {first.Revenue}{OfUnknownCost(articles)}";

    private string FirstOf(List<SalesSums> articles) => articles is [var first, ..] ? _shop.NameOf(first.Name) : "Nothing";

    /// <summary>The order that is named, or the biggest ones.</summary>
    private OwnerAnswer Single() => _question.Order is { } number
        ? new OrderAnswers(_all).One(number)
        : new OrderAnswers(_all).Biggest([.. Placed(_period.From, _period.To).Where(o => o.Total.Currency == _shop.Currency)
            .OrderByDescending(o => o.Total.Minor)], _period.Words);

    private IEnumerable<SalesSums> Ordered(IEnumerable<SalesSums> all, SalesMeasure? by = null)
    {
        var measure = by ?? _asked.Measure;
        return _asked.IsLeast
            ? all.OrderBy(s => s.By(measure) is null).ThenBy(s => s.By(measure)).ThenBy(s => s.Name, StringComparer.Ordinal)
            : all.OrderByDescending(s => s.By(measure)).ThenByDescending(s => s.Revenue.Minor).ThenBy(s => s.Name, StringComparer.Ordinal);
    }

    private OwnerAnswer Table(string title, string[] columns, IEnumerable<SalesSums> rows, double? figure) =>
        new(true, title, columns, AnswerTable.Cut([.. rows], s => s.Row, rest => SalesSums.Together(rest).Row[1..]), [.. Sources], [])
        {
            Figure = figure,
        };

    /// <summary>What articles cost stands in the catalogue, or in orders to suppliers.</summary>
    private IEnumerable<string> Sources => new[] { "orders", "products" }.Concat(_shop.Has(FeedKind.PurchaseOrders) ? ["purchase orders"] : [])
        .Concat(_question.IsAfterAds && _shop.Has(FeedKind.Ads) ? ["ads"] : []);
}
