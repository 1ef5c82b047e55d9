using OpsChat.Facts;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>A question beside all that it may be answered from.</summary>
internal sealed record AskedOfShop(OwnerQuestion Question, ShopMoment Shop, OperationsSettings Settings, OwnerRecords Records)
{
    private const int UsualDays = 28;

    private Dictionary<string, int>? _sold;

    /// <summary>The days that are asked about. When none are named: four weeks, and of one customer or order all that is known.</summary>
    public QuestionPeriod Period { get; } = Question.Period
        ?? (Question is not { Scope.Customer: null, Order: null } ? QuestionPeriod.All(Shop)
            // Who wrote this morning wrote; a day that is not over is left out only where days are summed and compared.
            : Question.Topic == QuestionTopic.Contacts ? new(Shop.Today.AddDays(-UsualDays), Shop.Today, $"the last {UsualDays} days and today")
            : new(Shop.Today.AddDays(-UsualDays), Shop.Today.AddDays(-1), $"the last {UsualDays} days"));

    /// <summary>The articles that are named, those of the supplier that is named, or all.</summary>
    public IReadOnlyList<string> Skus { get; } =
        Question.Skus.Count > 0 ? Question.Skus
        : Question.Supplier is { } supplier ? [.. Shop.Skus.Where(s => Shop.SupplierOf(s) == supplier)]
        : Shop.Skus;

    /// <summary>It is about some articles only.</summary>
    public bool HasArticles => Question.Skus.Count > 0 || Question.Supplier is not null;

    /// <summary>Each is asked about by its own name, so that it is shown whatever its figure.</summary>
    public bool NamesEach => Question.Skus.Count > 0 && Question.Scope.Articles.Count == 0;

    private readonly HashSet<string> _only = [];

    /// <summary>Whether the question is about the article: about all when it names none.</summary>
    public bool IsAbout(string? sku)
    {
        if (_only.Count == 0)
        {
            _only.UnionWith(Skus);
        }

        return !HasArticles || (sku is not null && _only.Contains(sku));
    }

    /// <summary>Whether the question is about the order: by its articles, by where it goes, and by what brought it.</summary>
    public bool IsAbout(OrderRow? order) =>
        (!HasArticles || order?.Lines.Any(l => IsAbout(l.Sku)) == true)
        && (!IsAmountOfOrders || (order is not null && Question.Amount!.Admits(order.Total)))
        && (!IsLimitOfOrders || (order is not null && Question.Limit!.Admits(order.Lines.Sum(l => l.Quantity))))
        && (Question.Scope.Region is not { } region || MalaysianStates.AreSame(order?.Region, region))
        && (Question.Scope.Country is not { } country || (order is not null && Countries.Of(order) == country))
        && (Question.Scope.Source is not { } source || order?.Source == source)
        && (Question.Scope.Customer is not { } customer || (order?.Customer is { } key && customer.Keys.Contains(key)));

    /// <summary>Refunds have to come to the amount that is named, and not the orders that they are of.</summary>
    public bool IsAmountOfRefunds => Question.Amount is { Of: AmountOf.Refunds }
        || (Question is { Amount.Of: AmountOf.NotSaid, Topic: QuestionTopic.Refunds });

    /// <summary>What customers ordered together has to come to the amount.</summary>
    public bool IsAmountOfCustomers =>
        Question is { Amount.Of: AmountOf.Customers, Sales: { By: SalesBy.Customer, Of: SalesOf.All } };

    /// <summary>The amount that is named with what has to come to it; empty for none.</summary>
    public string AmountInWords => Question.Amount is not { } amount ? ""
        : IsAmountOfRefunds ? $"Refunds {amount}"
        : IsAmountOfCustomers ? $"Customers with orders {amount} together"
        : IsAmountOfOrders ? $"Orders {amount}"
        : $"Prices {amount}";

    /// <summary>Single orders have to come to the amount.</summary>
    public bool IsAmountOfOrders => Question.Amount is { Of: not AmountOf.Articles } && !IsAmountOfRefunds && !IsAmountOfCustomers;

    /// <summary>Single orders have to have so many pieces.</summary>
    public bool IsLimitOfOrders => Question.Limit is { Unit: "piece" }
        && (Question.Topic == QuestionTopic.Orders || Question is { Topic: QuestionTopic.Sales, Sales.By: not SalesBy.Customer });

    /// <summary>How many pieces an order, or orders a customer, has to have; empty where the answer says it itself.</summary>
    public string LimitInWords => IsLimitOfOrders ? $"Orders of {Question.Limit!.Words}"
        : Question is { Topic: QuestionTopic.Sales, Limit: { Unit: "order" } orders } ? $"Customers with {orders.Words}"
        : Question is { Topic: QuestionTopic.Sales, Limit: { } times } ? $"Customers who ordered {times.Words}"
        : "";

    /// <summary>Whether the topic's rows are each of an order, so that those of one order can be told.</summary>
    private static bool TellsOrders(QuestionTopic topic) => topic is QuestionTopic.Sales or QuestionTopic.Refunds or QuestionTopic.Returns
        or QuestionTopic.WhyReturns or QuestionTopic.Packing or QuestionTopic.Contacts or QuestionTopic.Alerts
        or QuestionTopic.OrderChecks or QuestionTopic.Approvals;

    /// <summary>Whether a number that something has to be is one that the topic counts.</summary>
    private bool TellsLimit(QuestionTopic topic, CountLimit limit) => IsLimitOfOrders || topic switch
    {
        QuestionTopic.Stock => limit.Unit is "piece" or "",
        QuestionTopic.LateParcels => limit.Unit == "day",
        QuestionTopic.Sales => limit.Unit is "time" or "order" && Question.Sales is { By: SalesBy.Customer, Of: SalesOf.All },
        _ => false,
    };

    /// <summary>Whether an answer is of this moment alone and the question names days that are over: what was so then is not kept.</summary>
    private bool IsOfThen(QuestionTopic topic) => Question is { Period: { IsAhead: false } named } && named.To < Shop.Today
        && topic is QuestionTopic.Stock or QuestionTopic.StockValue or QuestionTopic.TooMuch or QuestionTopic.RunsOut or QuestionTopic.ToOrder
            or QuestionTopic.Waiting or QuestionTopic.OpenParcels or QuestionTopic.Price or QuestionTopic.Alerts
            or QuestionTopic.StuckOrders;

    /// <summary>Whether an answer is of what happened.</summary>
    private static bool IsOfPast(QuestionTopic topic) => topic is QuestionTopic.Orders or QuestionTopic.Sales or QuestionTopic.Sold
        or QuestionTopic.BestSellers or QuestionTopic.Returns or QuestionTopic.WhyReturns or QuestionTopic.Refunds or QuestionTopic.AdSpend
        or QuestionTopic.WhySales or QuestionTopic.Contacts or QuestionTopic.Reviews or QuestionTopic.Packing or QuestionTopic.Bought
        or QuestionTopic.Deliveries;

    /// <summary>The same of those of its days alone of which a file tells, said so: what came before a file begins is not known.</summary>
    /// <param name="first">The day with which the file begins; null when it tells nothing.</param>
    /// <param name="file">What the file tells of, for "the file of".</param>
    public AskedOfShop KnownFrom(DateOnly? first, string file)
    {
        if (first is not { } begin || begin <= Period.From || begin > Period.To || Period.IsAhead)
        {
            return this;
        }

        var days = Period.To.DayNumber - begin.DayNumber == 0 ? "day" : "days";
        var words = $"{QuestionPeriod.Days(begin, Period.To, Shop.Today)}, the only {days} of {Period.Words} in the file of {file}";
        return new(Question with { Period = Period with { From = begin, Words = words } }, Shop, Settings, Records);
    }

    /// <summary>Why the topic's answer would be one to another question, in a sentence; null when it would not.</summary>
    public string? Beside(QuestionTopic topic) =>
        Question.Period is { } ahead && (ahead.IsAhead || ahead.From > Shop.Today) && IsOfPast(topic)
            ? $"Those days have not come yet: {ahead.Words}."
        : topic == QuestionTopic.LeadTime && Question.Period is { IsAhead: false } of
            ? $"I know that only of all deliveries together, and not of some days: {of.Words}."
        : topic == QuestionTopic.Approvals && Question.Period is { IsAhead: true } to ? $"Those days have not come yet: {to.Words}."
        : IsOfThen(topic) ? $"I know that only as it is now, and not as it was: {Question.Period!.Words}."
        : QuestionMeasure.NotTold(topic, Question) is { } measure ? $"I cannot tell {measure}, only numbers and sums."
        : null;

    /// <summary>Whether it is about an order of that number. Of some orders only those count that are known to be of them.</summary>
    public bool IsAboutOrder(string? number) => (!HasArticles && !IsOfSomeOrders && Question.Order is null)
        || (OrderOf(number) is { } known && IsAbout(known)
            && (Question.Order is not { } one || OrderNumber.Key(one) == OrderNumber.Key(known.Number)));

    /// <summary>Null when the shop's files know no such order.</summary>
    public OrderRow? OrderOf(string? number) => number is null ? null : Shop.History.FindOrder(OrderNumber.Key(number));

    /// <summary>Only some orders count, which the sums by article do not tell apart.</summary>
    public bool IsOfSomeOrders =>
        Question.Scope is not { Region: null, Country: null, Source: null, Customer: null } || IsAmountOfOrders || IsLimitOfOrders;

    /// <summary>Pieces of an article sold on the days that are asked about, by orders that were not cancelled.</summary>
    public int PiecesSold(string sku)
    {
        _sold ??= OrdersOfPeriod.Where(o => !(o.CancelledAt <= Shop.Now)).SelectMany(o => o.Lines).GroupBy(l => l.Sku, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(l => l.Quantity), StringComparer.Ordinal);
        return _sold.GetValueOrDefault(sku);
    }

    private bool TellsCountries => Shop.OrdersSince(DateTimeOffset.MinValue).Any(o => Countries.Of(o) is not null);

    /// <summary>Of how many orders of these days nobody knows the country that is asked about; empty for none.</summary>
    public string CountryUntold => Question.Scope.Country is not null
        && Shop.OrdersSince(Shop.Calendar.Start(Period.From)).Count(o => Shop.Calendar.Day(o.PlacedAt) <= Period.To && Countries.Of(o) is null)
            is > 0 and var count
        ? $"of {Plural.Of(count, "order")} of these days no file tells the country" : "";

    /// <summary>Whether any file tells that an order was paid; without it nobody knows which are not.</summary>
    public bool TellsPayments => Shop.OrdersSince(DateTimeOffset.MinValue).Any(o => o.PaidAt is not null);

    /// <summary>What orders come to: the whole orders, or only their lines of the articles that are asked about.</summary>
    public SalesSums SumsOf(string name, IEnumerable<OrderRow> orders) => !HasArticles ? SalesSums.Of(name, orders, Shop)
        : SalesSums.OfLines(name, orders.SelectMany(o => o.Lines.Where(l => IsAbout(l.Sku)).Select(l => (o, l))), Shop);

    /// <summary>It asks for customers who did something, each with how much of it, and not only how often it was done.</summary>
    public bool AsksForCustomers => Question.Scope.Customer is null && CustomerWords.AskFor(Question.English) && !s_howOften.Any(Question.Asks);

    private static readonly string[] s_howOften =
        ["how many return", "how many refund", "how many pieces", "how many time", "how much", "number of re", "how often"];

    private CustomerNames? _names;

    public CustomerNames Customers => _names ??= new(Shop, Records);

    private IReadOnlyList<KnownRefund>? _refunds;

    /// <summary>What was refunded of some orders; null where no file tells of refunds, and for single articles, of which nobody says it.</summary>
    public Money? RefundedOf(IEnumerable<OrderRow> orders)
    {
        if (HasArticles)
        {
            return null;
        }

        _refunds ??= RefundBook.Of(Shop, Records.Refunds);
        if (!RefundBook.AreTold(_refunds, Shop))
        {
            return null;
        }

        var numbers = orders.Select(o => OrderNumber.Key(o.Number)).ToHashSet(StringComparer.Ordinal);
        return new(_refunds.Where(r => r is { IsPaid: true, Order: { } order, Amount: { } amount } && amount.Currency == Shop.Currency
            && numbers.Contains(OrderNumber.Key(order))).Sum(r => r.Amount!.Value.Minor), Shop.Currency);
    }

    /// <summary>What is left of a sum of orders once their refunds are taken off, whenever those were paid.</summary>
    public static string AfterRefunds(Money? refunded, Money sum) =>
        refunded is not { } back ? "What is left after refunds is not known, since no file tells of refunds."
        : back.Minor == 0 ? "Nothing of these orders was refunded."
        : $"After {back} of refunds of these orders {sum with { Minor = sum.Minor - back.Minor }} is left.";

    /// <summary>What is known not to be paid yet of some orders, or of their lines of the articles that are asked about; null where the files of
    /// none of them tell.</summary>
    public Money? UnpaidOf(IReadOnlyCollection<OrderRow> orders) =>
        orders.Any(Shop.TellsPayment) || (orders.Count == 0 && TellsPayments) ? SumsOf("", orders.Where(Shop.IsUnpaid)).Revenue : null;

    /// <summary>Of how many of some orders nobody knows whether they are paid, where the shop's other files tell it of theirs; empty for
    /// none.</summary>
    public string Untold(IEnumerable<OrderRow> orders) => TellsPayments && orders.Count(o => !Shop.TellsPayment(o)) is > 0 and var count
        ? $"of {Plural.Of(count, "order")} no file tells whether {AnswerTable.Verb(count, "it is", "they are")} paid" : "";

    /// <summary>What is ordered is not all money that was taken: <c>, of which MYR 60.00 is not paid yet</c>.</summary>
    public string OfWhich(IReadOnlyCollection<OrderRow> orders) =>
        CustomerSpending.OfWhich(RefundedOf(orders), UnpaidOf(orders), Whenever) + (Untold(orders) is { Length: > 0 } untold ? $" ({untold})" : "");

    /// <summary>These are refunds of the orders, and others than those that were paid on these days, as refunds are counted.</summary>
    private const string Whenever = " (of these orders, on whatever day)";

    /// <summary>The orders that are asked about.</summary>
    public IEnumerable<OrderRow> OrdersOfPeriod =>
        Shop.OrdersSince(Shop.Calendar.Start(Period.From))
            .Where(o => Shop.Calendar.Day(o.PlacedAt) is var day && day <= Period.To && !Period.Skips(day) && IsAbout(o));

    /// <summary>The articles in words, for the middle of a sentence; empty for all, and for those that words name, which are said before
    /// it.</summary>
    public string Of =>
        Question.Scope.Articles.Count > 0 ? ""
        : Question.Skus.Count > 0 ? $" of {string.Join(", ", Question.Skus)}"
        : Question.Supplier is { } supplier ? $" of articles from {supplier}"
        : "";

    /// <summary>Whether one sum answers it, off which the refunds of the same orders can be taken.</summary>
    private bool HasSumAfterRefunds(QuestionTopic topic) => topic is QuestionTopic.Orders or QuestionTopic.Sold
        || (topic == QuestionTopic.Sales && Question.Sales is { By: SalesBy.Nothing, Of: SalesOf.All, IsCompared: false });

    /// <summary>Whether one sum answers it, off which the ads of the same days can be taken: of the shop, or of articles that are named.</summary>
    private bool HasSumAfterAds(QuestionTopic topic) => topic == QuestionTopic.Sales && !IsOfSomeOrders
        && Question.Sales is { Measure: SalesMeasure.Profit or SalesMeasure.Revenue, Of: SalesOf.All, IsCompared: false, By: var by } sales
        && (by == SalesBy.Nothing || (by == SalesBy.Article && HasArticles && sales.Measure == SalesMeasure.Profit));

    /// <summary>What the question is limited to and what the topic's rows do not tell apart; null when nothing is. An answer about everything
    /// would be taken for one about that.</summary>
    public string? NotTold(QuestionTopic topic)
    {
        var scope = Question.Scope;
        var ofOrders = topic is QuestionTopic.Orders or QuestionTopic.Sales or QuestionTopic.Sold or QuestionTopic.BestSellers
            or QuestionTopic.Returns or QuestionTopic.WhyReturns or QuestionTopic.Refunds or QuestionTopic.StuckOrders or QuestionTopic.LateParcels
            or QuestionTopic.OpenParcels or QuestionTopic.Deliveries or QuestionTopic.Bought or QuestionTopic.WhySales
            or QuestionTopic.TimeToShip or QuestionTopic.StillParcels or QuestionTopic.OrderChecks;
        var ofParcels = topic is QuestionTopic.StillParcels or QuestionTopic.LateParcels or QuestionTopic.OpenParcels or QuestionTopic.Deliveries
            or QuestionTopic.Contacts
            or QuestionTopic.Alerts;
        var ofArticles = topic is not (QuestionTopic.Subscriptions or QuestionTopic.Measures or QuestionTopic.Waiting or QuestionTopic.Summary);
        return Question.IsAfterRefunds && (HasArticles || !HasSumAfterRefunds(topic)) ? "what is left after refunds"
            : Question.IsAfterAds && !HasSumAfterAds(topic) ? "what is left after advertising"
            : Question.Amount is { Of: AmountOf.Articles } price && topic != QuestionTopic.Price ? $"what is {price}"
            : Question.Amount is { Of: not AmountOf.Articles } amount && !(ofOrders || topic == QuestionTopic.Sales)
                ? $"{(amount.Of == AmountOf.Orders ? "orders" : "what is")} {amount}"
            : Question.Limit is { } limit && !TellsLimit(topic, limit) ? $"“{limit.Words}”"
            : Question.Order is { } number && !TellsOrders(topic) ? $"order {number}"
            : HasArticles && !ofArticles ? Question.Supplier ?? string.Join(", ", Question.Skus)
            : Question.Carrier is { } carrier && !ofParcels ? carrier
            : scope.Region is { } region && !(ofOrders || topic == QuestionTopic.Contacts) ? region
            : scope.Country is { } country && !(ofOrders && TellsCountries) ? country
            : scope.Source is { } source && !ofOrders ? source
            : scope.Customer is { } customer && !ofOrders ? customer.Name
            : null;
    }
}
