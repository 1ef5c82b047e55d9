using System.Globalization;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Ads;
using OpsChat.Operations.Fulfilment;
using OpsChat.Operations.History;
using OpsChat.Operations.Measures;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>
/// Answers an owner's question from the shop's rows and OpsChat's records, without a model. Pure: it changes nothing, and what it does not
/// understand it says, with questions that are near.
/// </summary>
public sealed class QuestionAnswers
{
    private const int MostRows = 15;
    private const int UsualDays = 28;

    private static readonly Dictionary<QuestionTopic, string> s_examples = new()
    {
        [QuestionTopic.RunsOut] = "What runs out this week?", [QuestionTopic.Stock] = "How many pieces of SKU are left?",
            [QuestionTopic.ToOrder] = "What should we order from SUPPLIER?",
        [QuestionTopic.Sold] = "How many SKU were sold last month?", [QuestionTopic.Orders] = "How many orders came last week, and how much revenue?",
        [QuestionTopic.BestSellers] = "What sold most in October?", [QuestionTopic.Returns] = "How many returns of SKU came in the last 30 days?",
        [QuestionTopic.WhyReturns] = "Why did returns of SKU rise?",
            [QuestionTopic.Refunds] = "How many refunds did we approve in October, and how much?",
        [QuestionTopic.LateParcels] = "How many parcels of CARRIER were late last week?",
            [QuestionTopic.OpenParcels] = "How many parcels are on the way?",
        [QuestionTopic.StuckOrders] = "Which orders are stuck?", [QuestionTopic.LeadTime] = "How long does SUPPLIER really take?",
            [QuestionTopic.AdSpend] = "What did we spend on ads last week?",
        [QuestionTopic.AdWaste] = "Which ads lose money?", [QuestionTopic.Packing] = "Where are packing errors?",
            [QuestionTopic.Subscriptions] = "Which subscriptions failed?",
        [QuestionTopic.Alerts] = "What needs attention?", [QuestionTopic.Measures] = "How are we doing this week?",
            [QuestionTopic.Price] = "What is the margin of SKU?", [QuestionTopic.Sales] = "Who is my best customer?",
        [QuestionTopic.StockValue] = "What is my stock worth?", [QuestionTopic.TooMuch] = "Of which articles is there too much?",
        [QuestionTopic.Incoming] = "When does the next delivery from SUPPLIER arrive?", [QuestionTopic.Deliveries] = "Which carrier is the slowest?",
    };

    private readonly ShopMoment _shop;
    private readonly OperationsSettings _settings;
    private readonly OwnerRecords _records;
    private readonly OwnerQuestion _question;
    private readonly QuestionPeriod _period;

    private QuestionAnswers(ShopMoment shop, OperationsSettings settings, OwnerRecords records, OwnerQuestion question)
    {
        (_shop, _settings, _records, _question) = (shop, settings, records, question);
        _period = question.Period ?? new(shop.Today.AddDays(-UsualDays), shop.Today.AddDays(-1), $"the last {UsualDays} days");
    }

    public static OwnerAnswer To(string question, ShopMoment shop, OperationsSettings settings, OwnerRecords records)
    {
        var read = OwnerQuestion.Read(question, shop);
        var answers = new QuestionAnswers(shop, settings, records, read);
        return read.Wish is { } wish ? answers.Wished(wish) : read.Topic is { } topic ? answers.About(topic) : NotUnderstood(read.Near);
    }

    /// <summary>The same for a question that is understood already.</summary>
    public static OwnerAnswer About(OwnerQuestion question, ShopMoment shop, OperationsSettings settings, OwnerRecords records) =>
        question.Topic is { } topic ? new QuestionAnswers(shop, settings, records, question).About(topic) : NotUnderstood(question.Near);

    /// <summary>What open alerts propose of a kind for whom the question names. Nothing is put up.</summary>
    public static OwnerAnswer Wished(ActionKind kind, OwnerQuestion about, ShopMoment shop, OperationsSettings settings, OwnerRecords records) =>
        new QuestionAnswers(shop, settings, records, about).Wished(kind);

    private OwnerAnswer About(QuestionTopic topic) => topic switch
    {
        QuestionTopic.RunsOut => RunsOut(),
        QuestionTopic.Stock => InStock(),
        QuestionTopic.ToOrder => ToOrder(),
        QuestionTopic.Sold => Sold(),
        QuestionTopic.Orders => Orders(),
        QuestionTopic.BestSellers => BestSellers(),
        QuestionTopic.Returns => Returns(),
        QuestionTopic.WhyReturns => WhyReturns(),
        QuestionTopic.Refunds => Refunds(),
        QuestionTopic.LateParcels => LateParcels(),
        QuestionTopic.OpenParcels => OpenParcels(),
        QuestionTopic.StuckOrders => StuckOrders(),
        QuestionTopic.LeadTime => LeadTime(),
        QuestionTopic.AdSpend => AdSpent(),
        QuestionTopic.AdWaste => AdsThatLose(),
        QuestionTopic.Packing => Packing(),
        QuestionTopic.Subscriptions => Subscriptions(),
        QuestionTopic.Alerts => Alerts(),
        QuestionTopic.Measures => Kpi(),
        QuestionTopic.Price => Prices(),
        QuestionTopic.Sales => SalesAnswers.To(_question.Sales ?? SalesQuestion.OfAll, _question, _shop, _period),
        QuestionTopic.StockValue => StockValue(),
        QuestionTopic.TooMuch => TooMuch(),
        QuestionTopic.Incoming => OnOrder(),
        QuestionTopic.Deliveries => Deliveries(),
        _ => throw new InvalidOperationException($"Nobody answers {topic}."),
    };

    private static OwnerAnswer NotUnderstood(IReadOnlyList<QuestionTopic> near) => new(
        false, "I did not understand what to look for.", [], [], [],
            [.. near.Concat([QuestionTopic.RunsOut, QuestionTopic.Returns, QuestionTopic.Refunds,
            QuestionTopic.LateParcels]).Distinct().Take(4).Select(t => s_examples[t])]);

    private static OwnerAnswer Table(string title, string[] columns, IEnumerable<string[]> rows, params string[] sources) =>
        new(true, title, columns, [.. rows.Take(MostRows)], sources, []);

    private static OwnerAnswer Lacks(QuestionTopic topic, string why) =>
        new(true, why, [], [], [], [.. s_examples.Where(e => e.Key != topic).Select(e => e.Value).Take(2)]);

    private IReadOnlyList<string> Skus => _question.Skus.Count > 0 ? _question.Skus
        : _question.Supplier is { } supplier ? [.. _shop.Skus.Where(s => _shop.SupplierOf(s) == supplier)] : _shop.Skus;

    private string Of => _question.Skus.Count > 0 ? $" of {string.Join(", ", _question.Skus)}" : _question.Supplier is { } supplier
        ? $" of articles from {supplier}" : "";

    private OwnerAnswer RunsOut()
    {
        if (StockTable.CannotTell(_shop) is { } why)
        {
            return Lacks(QuestionTopic.RunsOut, why);
        }

        var days = _question.Period is { IsAhead: true } ahead ? ahead.To.DayNumber - _shop.Today.DayNumber : 7;
        var lines = Skus.Select(sku => _shop.Plan(sku, _settings)).OfType<StockPlan>().Where(p => p.Sells
            && (_question.Skus.Count > 0 || (p.Cover.P50 ?? int.MaxValue) <= days))
            .OrderBy(p => p.Cover.P50 ?? int.MaxValue).ThenBy(p => p.Sku, StringComparer.Ordinal).ToList();
        return Table(
            _question.Skus.Count > 0 ? $"How long{Of} lasts." : $"{lines.Count} articles more likely than not run out within {days} days.",
                ["", "there", "coming", "lasts"],
            lines.Select(p => new[] { p.Sku, Whole(p.Available), Whole(p.Incoming), p.CoverInWords }), "inventory",
                "orders") with { Figure = _question.Skus.Count > 0 ? lines.FirstOrDefault()?.Cover.P50 : lines.Count };
    }

    private OwnerAnswer InStock()
    {
        var known = Skus.Select(sku => (Sku: sku, Stock: _shop.Stock(sku))).Where(s => s.Stock is not null).ToList();
        return known.Count == 0 ? Lacks(QuestionTopic.Stock, StockTable.CannotTell(_shop) ?? $"Nobody has counted{Of}.") : Table(
            $"{known.Sum(s => s.Stock!.Value.Available)} pieces are there{Of}.", ["", "there", "coming", "counted"],
            known.OrderByDescending(s => s.Stock!.Value.Available).Select(s =>
                new[] { s.Sku, Whole(s.Stock!.Value.Available), Whole(_shop.Incoming(s.Sku)), $"{_shop.Calendar.Day(s.Stock.Value.At):d MMM}" }),
            "inventory") with { Figure = known.Sum(s => s.Stock!.Value.Available) };
    }

    private OwnerAnswer StockValue()
    {
        var known = Skus.Select(sku => (Sku: sku, Stock: _shop.Stock(sku), _shop.Product(sku)?.Cost))
            .Where(s => s.Stock is { Available: > 0 } && s.Cost?.Currency == _shop.Currency)
            .Select(s => (s.Sku, Pieces: s.Stock!.Value.Available, Cost: s.Cost!.Value))
            .Select(s => (s.Sku, s.Pieces, Worth: s.Cost with { Minor = s.Cost.Minor * s.Pieces }))
            .OrderByDescending(s => s.Worth.Minor)
            .ToList();
        var sum = new Money(known.Sum(s => s.Worth.Minor), _shop.Currency);
        return known.Count == 0
            ? Lacks(QuestionTopic.StockValue, StockTable.CannotTell(_shop) ?? "No file says what articles cost.")
            : Table($"What is there{Of} cost {sum}.", ["", "there", "cost"], known.Select(s => new[] { s.Sku, Whole(s.Pieces), s.Worth.ToString() }),
                "inventory", "products") with { Figure = (double)sum.Major };
    }

    /// <summary>What lasts longer than half a year with nine chances in ten, or is there and does not sell at all.</summary>
    private OwnerAnswer TooMuch()
    {
        if (StockTable.CannotTell(_shop) is { } why)
        {
            return Lacks(QuestionTopic.TooMuch, why);
        }

        var plans = Skus.Select(sku => _shop.Plan(sku, _settings)).OfType<StockPlan>()
            .Where(p => p.Available > 0 && (!p.Sells || (p.Cover.P10 ?? int.MaxValue) > StockExcess.Days))
            .OrderByDescending(p => p.Available * (_shop.Product(p.Sku)?.Cost?.Minor ?? 0)).ThenBy(p => p.Sku, StringComparer.Ordinal).ToList();
        return Table($"{plans.Count} articles{Of} last longer than {StockExcess.Days} days.", ["", "there", "lasts"],
            plans.Select(p => new[] { p.Sku, Whole(p.Available), p.Sells ? p.CoverInWords : "sells nothing" }), "inventory", "orders")
            with { Figure = plans.Count };
    }

    private OwnerAnswer OnOrder()
    {
        var open = _shop.SupplyOrders.Where(s => s.OpenAt(_shop.Now) > 0
            && (_question.Supplier is null || s.Supplier == _question.Supplier)
            && (_question.Skus.Count == 0 || _question.Skus.Contains(s.Sku))).OrderBy(s => s.ExpectedAt ?? DateTimeOffset.MaxValue).ToList();
        var priced = open.Where(s => s.UnitCost?.Currency == _shop.Currency);
        var cost = new Money(priced.Sum(s => s.UnitCost!.Value.Minor * s.OpenAt(_shop.Now)), _shop.Currency);
        var next = open.Find(s => s.ExpectedAt is not null);
        var first = next is null ? ""
            : $"; the next, {next.Number} from {next.Supplier}, is expected on {_shop.Calendar.Day(next.ExpectedAt!.Value):d MMM}";
        return !_shop.Has(FeedKind.PurchaseOrders) ? Lacks(QuestionTopic.Incoming, "No order to a supplier is known.") : Table(
            $"{open.Sum(s => s.OpenAt(_shop.Now))} pieces{Of} are on order, {cost} when they are there{first}.",
            ["", "from", "pieces", "order", "expected"],
            open.Select(s => new[]
            {
                s.Sku, s.Supplier, Whole(s.OpenAt(_shop.Now)), s.Number,
                s.ExpectedAt is { } at ? $"{_shop.Calendar.Day(at):d MMM}{(at < _shop.Now ? ", late" : "")}" : "not said",
            }), "purchase orders") with { Figure = open.Sum(s => s.OpenAt(_shop.Now)) };
    }

    private OwnerAnswer Deliveries()
    {
        var came = Parcels.Where(p => p.DeliveredAt is { } at && (_question.Period is not { } named
            || (_shop.Calendar.Day(at) is var day && day >= named.From && day <= named.To))).ToList();
        static double Median(IEnumerable<double> days) => days.Order().ToList() is { Count: > 0 } all ? all[all.Count / 2] : 0;
        double Days(ParcelStatus p) => (p.DeliveredAt!.Value - p.Parcel.ShippedAt).TotalDays;
        bool IsLate(ParcelStatus p) => p.Promised is { } by && _shop.Calendar.Day(p.DeliveredAt!.Value) > by;
        var carriers = came.GroupBy(p => p.Parcel.Carrier, StringComparer.Ordinal)
            .Select(g => (Carrier: g.Key, Count: g.Count(), Days: Median(g.Select(Days)), Late: g.Count(IsLate)))
            .OrderByDescending(c => c.Late / (double)c.Count).ThenByDescending(c => c.Days).ThenBy(c => c.Carrier, StringComparer.Ordinal).ToList();
        return carriers.Count == 0 ? Lacks(QuestionTopic.Deliveries, "No file says when parcels were delivered.") : Table(
            $"Parcels{By} take {Number(Median(came.Select(Days)))} days; {carriers[0].Carrier} comes late most often: "
                + $"{_question.Period?.Words ?? "the last 120 days"}.",
            ["", "parcels", "days", "late"],
            carriers.Select(c => new[] { c.Carrier, Whole(c.Count), Number(c.Days), $"{100.0 * c.Late / c.Count:0} %" }), "parcels", "orders")
            with { Figure = Math.Round(Median(came.Select(Days)), 1) };
    }

    private OwnerAnswer ToOrder()
    {
        var lists = PurchaseList.Of(_shop, _settings).Where(p => _question.Supplier is null || p.Supplier == _question.Supplier).ToList();
        var lines = lists.SelectMany(p => p.Lines.Select(l => (p.Supplier, Line: l))).Where(l => _question.Skus.Count == 0
            || _question.Skus.Contains(l.Line.Sku)).ToList();
        return Table(
            lines.Count == 0 ? "Nothing has to be ordered."
                : $"{lines.Count} articles have to be ordered{(_question.Supplier is { } from ? $" from {from}" : "")}.",
                ["", "pieces", "from", "cost"],
            lines.Select(l => new[] { l.Line.Sku, Whole(l.Line.Order), l.Supplier ?? "nobody named", l.Line.Total?.ToString() ?? "not known" }),
                "inventory", "orders", "purchase orders") with { Figure = lines.Count };
    }

    private OwnerAnswer Sold()
    {
        var sold = Skus.Select(sku => (Sku: sku, Pieces: _shop.PiecesSold(sku, _period.From, _period.To))).Where(s =>
            s.Pieces > 0).OrderByDescending(s => s.Pieces).ThenBy(s => s.Sku, StringComparer.Ordinal).ToList();
        return Table($"{sold.Sum(s => s.Pieces)} pieces{Of} were sold: {_period.Words}.", ["", "pieces"],
            sold.Select(s => new[] { s.Sku, Whole(s.Pieces) }), "orders") with { Figure = sold.Sum(s => s.Pieces) };
    }

    private OwnerAnswer BestSellers()
    {
        var sold = Skus.Select(sku => (Sku: sku, Pieces: _shop.PiecesSold(sku, _period.From, _period.To))).Where(s =>
            s.Pieces > 0).OrderByDescending(s => s.Pieces).ThenBy(s => s.Sku, StringComparer.Ordinal).Take(10).ToList();
        return Table(
            sold.Count == 0 ? $"Nothing was sold: {_period.Words}." : $"{sold[0].Sku} sold most: {_period.Words}.", ["", "pieces"],
                sold.Select(s => new[] { s.Sku, Whole(s.Pieces) }), "orders") with { Figure = sold.Count == 0 ? 0 : sold[0].Pieces };
    }

    private IEnumerable<OrderRow> OrdersOfPeriod =>
        _shop.OrdersSince(_shop.Calendar.Start(_period.From)).Where(o => _shop.Calendar.Day(o.PlacedAt) <= _period.To);

    private OwnerAnswer Orders()
    {
        var orders = OrdersOfPeriod.Where(o => _question.Skus.Count == 0 || o.Lines.Any(l => _question.Skus.Contains(l.Sku))).ToList();
        var sums = orders.GroupBy(o => o.Total.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            new Money(g.Sum(o => o.Total.Minor), g.Key)).ToList();
        var mean = orders.Where(o => o.Total.Currency == _shop.Currency).Select(o => o.Total.Minor).DefaultIfEmpty(0).Average();
        return Table(
            $"{orders.Count} orders{Of}: {_period.Words}.", ["", ""],
            [
                ["orders", Whole(orders.Count)], .. sums.Select(s => new[] { "revenue", s.ToString() }),
                    ["mean order", new Money((long)Math.Round(mean), _shop.Currency).ToString()],
                ["cancelled", Whole(orders.Count(o => o.CancelledAt <= _shop.Now))],
            ], "orders") with { Figure = orders.Count };
    }

    private OwnerAnswer Returns()
    {
        if (!_shop.Has(FeedKind.Returns))
        {
            return Lacks(QuestionTopic.Returns, "No file tells of returns.");
        }

        var returns = ReturnsOfPeriod().ToList();
        var groups = returns.GroupBy(r => _question.Skus.Count == 1
            ? (r.Reason.Length == 0 ? "no reason" : ReturnRise.Words(ReturnFacts.ReasonKey(r.Reason))) : r.Sku, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal);
        var why = _question.Reason is { } reason ? $" ({ReturnRise.Words(reason)})" : "";
        var cost = new Money(returns.Where(r => r.Amount?.Currency == _shop.Currency).Sum(r => r.Amount!.Value.Minor), _shop.Currency);
        var worth = cost.Minor > 0 ? $", {cost} together" : "";
        var sold = Skus.Sum(sku => (long)_shop.PiecesSold(sku, _period.From, _period.To));
        var share = sold > 0 && _question.Reason is null ? $" beside {sold} pieces sold ({100.0 * returns.Sum(r => r.Quantity) / sold:0.#} %)" : "";
        return Table($"{returns.Count} returns{Of}{why}{worth}{share}: {_period.Words}.", ["", "returns"],
            groups.Select(g => new[] { g.Key, Whole(g.Count()) }), "returns", "orders") with { Figure = returns.Count };
    }

    private IEnumerable<ReturnLine> ReturnsOfPeriod() =>
        _shop.ReturnsSince(_shop.Calendar.Start(_period.From)).Where(r => _shop.Calendar.Day(r.RequestedAt) <= _period.To
        && (_question.Skus.Count == 0 && _question.Supplier is null || Skus.Contains(r.Sku))
            && (_question.Reason is null || ReturnFacts.ReasonKey(r.Reason) == _question.Reason));

    private OwnerAnswer WhyReturns()
    {
        if (_question.Skus is not [var sku, ..])
        {
            var reasons = ReturnsOfPeriod().GroupBy(r => ReturnFacts.ReasonKey(r.Reason), StringComparer.Ordinal).OrderByDescending(g =>
                g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
            return Table(
                $"{reasons.Sum(g => g.Count())} returns{Of} by reason: {_period.Words}.", ["", "returns"],
                    reasons.Select(g => new[] { g.Key.Length == 0 ? "no reason" : ReturnRise.Words(g.Key), Whole(g.Count()) }), "returns")
                with { Figure = reasons.Sum(g => g.Count()) };
        }

        if (!_shop.Has(FeedKind.Returns) || !_shop.Returns.IsKnown || !_shop.Returns.Of(sku).Any())
        {
            return Lacks(QuestionTopic.WhyReturns, $"Too few returns of {sku} are known to say why.");
        }

        // The base rate from before the rise: an alert's own when there is one, else today's.
        var alert = _records.Alerts.FirstOrDefault(a => a is { IsOpen: true, Monitor: "returns-spike" } && a.Subject["sku"] == sku);
        var rate = alert?.Trace?.Inputs.GetValueOrDefault("rate") is > 0 and var known && alert.Subject["reason"] is null ? known
            : _shop.Returns.RateOf(sku);
        var rise = ReturnRise.Of(_shop, sku, null, rate, null);
        return Table(
            alert?.Headline
                ?? (
                    rise.Returned > 1.5 * rise.Expected + 1
                        ? rise.Headline(_shop)
                        : $"Returns of {sku} have not risen: {rise.Returned:0} of what was sold since {rise.Begin:d MMM}, {Number(rise.Expected)} are usual."
                ),
            [""],
            rise.Evidence(_shop)
                .Select(e => new[] { e.Line is { } line ? $"{e.Text} ({e.Source} line {line})" : $"{e.Text} ({e.Source})" }),
            "returns",
            "orders",
            "purchase orders"
        ) with
        {
            Figure = rise.Returned,
        };
    }

    private OwnerAnswer Refunds()
    {
        var refunds = _records.Refunds.Where(r => _shop.Calendar.Day(r.At) is var day && day >= _period.From && day <= _period.To).ToList();
        var sums = refunds.Where(r => r.Amount is not null).GroupBy(r => r.Amount!.Value.Currency, StringComparer.Ordinal).Select(g =>
            new Money(g.Sum(r => r.Amount!.Value.Minor), g.Key)).ToList();
        var unknown = refunds.Count(r => r.Amount is null);
        var paid = _shop.PaymentsSince(_shop.Calendar.Start(_period.From)).Where(p => p.IsRefund && _shop.Calendar.Day(p.At) <= _period.To).ToList();
        IEnumerable<Money> shown = sums.Count == 0 && unknown == 0 ? [new Money(0, _shop.Currency)] : sums;
        var together = shown.Any() ? $", {string.Join(" and ", shown)} together" : "";
        return Table(
            $"{refunds.Count} refunds were approved{together}{(unknown > 0 ? $" and {unknown} without a known amount" : "")}: {_period.Words}.",
            ["", ""],
            [
                .. refunds.OrderByDescending(r => r.At).Select(r => new[] { r.Order ?? "–", r.Amount?.ToString() ?? "amount not known" }),
                .. paid.Count > 0
                    ?
                    [
                        [
                            "paid back by the payment files",
                            $"{paid.Count}, {string.Join(" and ", paid.GroupBy(p => p.Amount.Currency, StringComparer.Ordinal).Select(g => new Money(g.Sum(p => p.Amount.Minor), g.Key)))}",
                        ],
                    ]
                    : Array.Empty<string[]>(),
            ],
            paid.Count > 0 ? ["approvals", "payments"] : ["approvals"]
        ) with
        {
            Figure = refunds.Count,
        };
    }

    private IEnumerable<ParcelStatus> Parcels => _shop.Parcels.Where(p => _question.Carrier is null || p.Parcel.Carrier == _question.Carrier);

    private OwnerAnswer LateParcels()
    {
        if (_shop.Parcels.Count == 0)
        {
            return Lacks(QuestionTopic.LateParcels, "No file says where parcels are.");
        }

        // Without days the question is about parcels that are late now.
        bool IsLate(ParcelStatus p) => p.Promised is { } day && !(p.DeliveredAt is { } at && _shop.Calendar.Day(at) <= day) && day < _shop.Today;
        var late = Parcels.Where(p => IsLate(p) && (_question.Period is { } named ? p.Promised >= named.From && p.Promised <= named.To
            : p.IsOpen)).ToList();
        return Table(
            _question.Period is { } period ? $"{late.Count} parcels{By} promised for these days came late or not yet: {period.Words}."
                : $"{late.Count} parcels{By} are late now.", ["", "late"],
            late.GroupBy(p => p.Parcel.Carrier, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Select(g =>
                new[] { g.Key, Whole(g.Count()) }), "parcels", "orders") with { Figure = late.Count };
    }

    private string By => _question.Carrier is { } carrier ? $" by {carrier}" : "";

    private OwnerAnswer OpenParcels()
    {
        var open = Parcels.Where(p => p.IsOpen).ToList();
        return _shop.Parcels.Count == 0 ? Lacks(QuestionTopic.OpenParcels, "No file says where parcels are.") : Table(
            $"{open.Count} parcels{By} are on the way.", ["", "parcels"],
                open.GroupBy(p => p.Parcel.Carrier, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Select(g =>
                new[] { g.Key, Whole(g.Count()) }), "parcels")
            with { Figure = open.Count };
    }

    private OwnerAnswer StuckOrders()
    {
        var stuck = new OrderStuck().Look(_shop, _settings).Findings;
        return Table($"{stuck.Count} paid orders should have left and have not.", ["", ""],
            stuck.OrderByDescending(f => f.Strength).Select(f => new[] { f.Subject.ToString(), f.Headline }), "orders") with { Figure = stuck.Count };
    }

    private OwnerAnswer LeadTime()
    {
        var suppliers = SupplierTable.Of(_shop).Where(s => _question.Supplier is null || s.Supplier == _question.Supplier).ToList();
        return suppliers.Count == 0 ? Lacks(QuestionTopic.LeadTime, "No order to a supplier is known.") : Table(
            _question.Supplier is { } one ? $"{one} really takes {Number(suppliers[0].Q50)} days."
                : $"{suppliers.Count} suppliers, as they really deliver.", ["", "says", "takes", "nine in ten", "open"],
            suppliers.OrderByDescending(s => s.Q50).Select(s =>
                new[] { s.Supplier, s.Quoted is { } quoted ? $"{quoted} days" : "nothing", $"{Number(s.Q50)} days", $"{Number(s.Q90)} days",
                Whole(s.Open.Count) }), "purchase orders")
            with { Figure = suppliers[0].Q50 };
    }

    private OwnerAnswer AdSpent()
    {
        var ads = _shop.AdsSince(_period.From).Where(ad => ad.From <= _period.To && ad.Cost.Currency == _shop.Currency
            && (_question.Skus.Count == 0 || _question.Skus.Contains(ad.Sku ?? ""))).ToList();
        Money Sum(IEnumerable<AdSpend> some) => new(some.Sum(ad => ad.Cost.Minor), _shop.Currency);
        return !_shop.Has(FeedKind.Ads) ? Lacks(QuestionTopic.AdSpend, "No file says what advertising costs.") : Table(
            $"{Sum(ads)} was spent on advertising{Of}, {ads.Sum(ad => ad.Conversions ?? 0):0.#} sales: {_period.Words}.", ["", "spent", "sales"],
            ads.GroupBy(ad => ad.AdGroup ?? ad.Campaign, StringComparer.Ordinal).OrderByDescending(g => g.Sum(ad => ad.Cost.Minor)).Select(g =>
                new[] { g.Key, Sum(g).ToString(), Number(g.Sum(ad => ad.Conversions ?? 0)) }), "ads")
            with { Figure = (double)Sum(ads).Major };
    }

    private OwnerAnswer AdsThatLose()
    {
        var groups = AdGroups.Of(_shop, _settings).All.Where(g => g.OverLimit is not null).OrderByDescending(g => g.OverLimit).ToList();
        string Shown(double minor) => double.IsInfinity(minor) ? "nothing sold" : new Money((long)Math.Round(minor), _shop.Currency).ToString();
        var over = groups.Count(g => g.OverStrength >= 1);
        return groups.Count == 0 ? Lacks(QuestionTopic.AdWaste, "No ad group has purchases and an article whose price and cost are known.") : Table(
            $"{over} of {groups.Count} ad groups pay more for a sale than it leaves, with nine chances in ten.",
                ["", "a sale costs", "may cost", "chance over"],
            groups.Select(g => new[] { g.Name, Shown(g.CostPerConversion), Shown(Math.Max(0, g.Economics!.Value.Limit)),
                g.OverLimit!.Value.ToString("P0", CultureInfo.InvariantCulture) }), "ads", "products", "returns")
            with { Figure = over };
    }

    private OwnerAnswer Packing()
    {
        var lines = _shop.PicksSince(_shop.Calendar.Start(_period.From)).Where(p => _shop.Calendar.Day(p.PackedAt) <= _period.To
            && (_question.Skus.Count == 0 || _question.Skus.Contains(p.SkuOrdered))).ToList();
        var wrong = lines.Where(PackingErrors.IsError).ToList();
        return !_shop.Has(FeedKind.Fulfilment) ? Lacks(QuestionTopic.Packing, "No file says what was packed.") : Table(
            $"{wrong.Count} of {lines.Count} lines{Of} were packed wrong: {_period.Words}.", ["", "wrong", "of"],
            lines.GroupBy(l => $"{l.Station} {l.Shift}".Trim(), StringComparer.Ordinal).OrderByDescending(g =>
                g.Count(PackingErrors.IsError) / (double)g.Count())
                .Select(g => new[] { g.Key.Length == 0 ? "no station" : g.Key, Whole(g.Count(PackingErrors.IsError)), Whole(g.Count()) }),
                    "fulfilment") with { Figure = wrong.Count };
    }

    private OwnerAnswer Subscriptions()
    {
        var failed = _shop.ChargesSince(_shop.Calendar.Start(_period.From)).Where(c => c.HasFailed == true
            && _shop.Calendar.Day(c.ChargeAt) <= _period.To).ToList();
        return !_shop.Has(FeedKind.Subscriptions) ? Lacks(QuestionTopic.Subscriptions, "No file says how subscriptions were charged.") : Table(
            $"{failed.Count} charges failed: {_period.Words}.", ["", "", ""],
                failed.OrderByDescending(c => c.ChargeAt).Select(c =>
                new[] { c.Subscription, $"{_shop.Calendar.Day(c.ChargeAt):d MMM}", c.Amount?.ToString() ?? "" }), "subscriptions")
            with { Figure = failed.Count };
    }

    private OwnerAnswer Alerts()
    {
        var open = _records.Alerts.Where(a => a.IsOpen && a.IsOnTop
            && (_question.Skus.Count == 0 || _question.Skus.Contains(a.Subject["sku"] ?? ""))).OrderByDescending(a => a.Score.Value).ToList();
        var risk = new Money(open.Where(a => a.AtRisk.Currency == _settings.Currency).Sum(a => a.AtRisk.Minor), _settings.Currency);
        return Table($"{open.Count} alerts{Of} are open, {risk} at risk.", ["", "", ""],
            open.Select(a => new[] { a.Id, a.Headline, a.AtRisk.Minor > 0 ? a.AtRisk.ToString() : "" }), "alerts") with { Figure = open.Count };
    }

    private OwnerAnswer Kpi()
    {
        var days = Math.Max(1, Math.Min(_period.To.DayNumber, _shop.Today.DayNumber - 1) - _period.From.DayNumber + 1);
        return Table($"Measures of {days} days.", ["", ""],
            ShopMeasures.Of(_shop, _settings, _records, days).Where(m => m.Value is not null).Select(m => new[] { m.Name, m.Shown }),
            "the shop's files", "alerts");
    }

    private OwnerAnswer Prices()
    {
        var known = Skus.Select(sku => (Sku: sku, Product: _shop.Product(sku))).Where(p => p.Product?.Price is not null).Select(p =>
            (p.Sku, p.Product!.Price, p.Product.Cost, Margin: p.Product.Cost is { } cost && cost.Currency == p.Product.Price!.Value.Currency
                ? p.Product.Price.Value.Minor - cost.Minor : (long?)null)).ToList();
        return known.Count == 0 ? Lacks(QuestionTopic.Price, $"No price{Of} is known.") : Table(
            _question.Skus.Count == 1 && known[0].Margin is { } one
                ? $"One {known[0].Sku} leaves {new Money(one, known[0].Price!.Value.Currency)} over its cost."
                : "Prices, costs and what a piece leaves.",
            ["", "price", "cost", "leaves"],
            known.OrderByDescending(k => k.Margin ?? long.MinValue).Select(k =>
                new[] { k.Sku, k.Price!.Value.ToString(), k.Cost?.ToString() ?? "not known", k.Margin is { } m
                ? new Money(m, k.Price.Value.Currency).ToString() : "not known" }),
            "products") with { Figure = _question.Skus.Count == 1 && known[0].Margin is { } minor
                ? (double)new Money(minor, known[0].Price!.Value.Currency).Major : null };
    }

    /// <summary>What an open alert already proposes for whom the wish names. Nothing is done here: it can only be put up for approval.</summary>
    private OwnerAnswer Wished(ActionKind kind)
    {
        var offers = _records.Alerts.Where(a => a.IsOpen).SelectMany(a =>
            a.Actions.Where(p => p.Kind == kind).Select(p => (Alert: a, Action: p))).ToList();
        var meant = offers.Where(o => _question.Skus.Contains(o.Alert.Subject["sku"] ?? "")
            || _question.Skus.Contains(o.Action.Parameters.GetValueOrDefault("sku") ?? "") || _question.Skus.Contains(o.Action.Subject)
            || (_question.Order is { } order && o.Action.Subject == order)
                || (_question.Carrier is { } carrier && o.Action.Subject == carrier)
            || _question.Mentions(o.Action.Subject)).ToList();
        var hasName = meant.Count > 0 || _question.Skus.Count > 0 || _question.Order is not null || _question.Carrier is not null;
        var chosen = hasName ? meant : offers;
        return chosen.Count == 1
            ? Table($"{chosen[0].Action.Text}: this is put up for approval; nothing is done before.", [], [],
                "alerts") with { Wish = (chosen[0].Alert.Id, kind, chosen[0].Action.Text) }
            : new(true, chosen.Count == 0 ? $"No open alert proposes to {kind.Word().Replace('-', ' ')} there, so there is nothing to put up."
                : $"{chosen.Count} alerts propose that. Name the one that you mean.", ["", ""],
                [.. chosen.Take(MostRows).Select(o => new[] { o.Alert.Id, o.Action.Text })], ["alerts"], []);
    }

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
