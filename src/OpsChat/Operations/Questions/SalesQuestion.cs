namespace OpsChat.Operations.Questions;

/// <summary>What is counted of orders; the mean is what one of them comes to.</summary>
public enum SalesMeasure { Orders, Revenue, Profit, Pieces, Mean }

/// <summary>By what it is counted.</summary>
public enum SalesBy { Nothing, Customer, Article, Day, Weekday, Week, Month, Region, Source, Order }

/// <summary>Of which orders, or of whose.</summary>
public enum SalesOf { All, Cancelled, Unpaid, Shipped, ToShip, NewCustomers, ReturningCustomers, LapsedCustomers }

/// <summary>A question about what was sold: any measure, by anything that an order names, of any of the orders. What is not asked for keeps its
/// usual answer.</summary>
/// <param name="IsLeast">The least comes first.</param>
/// <param name="IsCompared">Beside the same days before.</param>
public sealed record SalesQuestion(SalesMeasure Measure, SalesBy By, SalesOf Of, bool IsLeast, bool IsCompared)
{
    private static readonly string[] s_otherThings =
    [
        "return", "refund", "came back", "come back", "comes back", "sent back", "send back", "late ", "parcel", "ad ", "ads ",
        "advert", "supplier", "stock", "alert", "wrong", "subscription", "complain", "wrote", "review", "margin", "price",
        "stuck", "not shipped", "unshipped", "not sent", "still to ship",
        "to be shipped",
        "waiting to ship", "haven't been shipped", "not been shipped", "not yet shipped", "campaign",
        "didn't ship", "haven't shipped", "hasn't shipped", "hasn't been shipped", "weren't shipped", "wasn't shipped", "aren't shipped",
        "isn't shipped", "haven't left", "hasn't left", "didn't leave", "have not left", "has not left", "not left yet",
    ];

    /// <summary>How customers are named, by what they are or by what they did.</summary>
    internal static IReadOnlyList<string> Customers => s_customers;

    private static readonly string[] s_unpaid =
        [
            "unpaid", "outstanding payment", "outstanding amount", "outstanding money", "outstanding balance", "payments are outstanding",
            "payments outstanding", "money is outstanding", "money outstanding", "not paid", "not been paid", "still to pay",
            "haven't paid", "have not paid", "hasn't paid", "has not paid", "didn't pay",
            "did not pay", "yet to pay", "not yet paid", "owes me", "owes us", "owe me", "owe us",
            "aren't paid", "isn't paid", "weren't paid", "wasn't paid", "haven't been paid", "hasn't been paid", "doesn't pay", "don't pay",
        ];

    private static readonly string[] s_pendingPayments = ["pending payment", "payment pending", "payments pending", "payment is pending",
        "payments are pending"];

    private static readonly string[] s_pendingOrders = ["pending order", "orders pending", "orders are pending", "order is pending",
        "orders still pending", "orders are still pending", "pending shipment", "shipments pending", "shipments are pending"];

    /// <summary>Orders that are not paid, or have not left, in words that say nothing elsewhere.</summary>
    internal static IEnumerable<string> Pending => s_pendingPayments.Concat(s_pendingOrders);

    private static readonly string[] s_customers =
        ["customer", "client", "buyer", "shopper", "who bought", "who buy", "who spent", "who spends", "who ordered", "who orders"];

    private static readonly string[] s_articles = ["product", "article", "item", "sku"];

    private static readonly string[] s_revenue = ["revenue", "turnover", "takings"];

    // How often a customer comes back is another thing than what the customer is worth.
    private static readonly string[] s_often = ["order", "often", "loyal", "regular", "frequent"];

    private static readonly string[] s_spans = ["week", "month", "year"];

    private static readonly string[] s_lapsed =
        [
            "haven't ordered", "have not ordered", "hasn't ordered", "has not ordered", "not ordered", "haven't bought", "have not bought",
            "hasn't bought", "not bought", "didn't order", "did not order", "didn't buy", "did not buy", "no longer order", "no longer buy",
            "stopped ordering", "stopped buying", "inactive", "lapsed", "no order since", "haven't come back", "have not come back", "lost",
        ];

    private static readonly string[] s_unsold =
        [
            "not sell", "not sold", "didn't sell", "doesn't sell", "don't sell", "haven't sold", "hasn't sold", "never sold", "never been sold",
            "never sell",
        ];

    /// <summary>Whether it asks for some days beside others.</summary>
    /// <param name="has">Whether a word, or words, of the question begin so.</param>
    internal static bool AskToCompare(Func<string, bool> has) => Array.Exists(s_comparing, word => has(word))
        || Array.Exists(s_spans, span => has($"this {span}") && has($"last {span}")) || (has("today") && has("yesterday"));

    private static readonly string[] s_comparing =
        [
            "compare", "vs ", "versus", "up or down", "down or up", "than last", "than the", "than yesterday", "than in ", "than on ", "growing",
            "growth", "more or less", "better or worse",
        ];

    /// <summary>It asks for what did not sell.</summary>
    internal static bool IsOfUnsold(OwnerQuestion question) => Array.Exists(s_unsold, question.Asks);

    /// <summary>What is said not to be so and is understood all the same.</summary>
    internal static IEnumerable<string> Denials =>
        s_unpaid.Concat(s_lapsed).Concat(s_unsold).Where(stem => stem.Contains(' ', StringComparison.Ordinal));

    private static readonly string[] s_most =
        ["best", "top", "most", "biggest", "largest", "highest", "loyal", "valuable", "who", "busiest", "strongest"];

    private static readonly string[] s_sales =
        ["order", "sale", "sell", "sold", "revenue", "turnover", "customer", "profit", "money", "come from", "buy"];

    /// <summary>The sum of all.</summary>
    public static SalesQuestion OfAll { get; } = new(SalesMeasure.Revenue, SalesBy.Nothing, SalesOf.All, false, false);

    /// <summary>Of one order, or of the biggest ones.</summary>
    public static SalesQuestion OfOrders { get; } = new(SalesMeasure.Revenue, SalesBy.Order, SalesOf.All, false, false);

    /// <summary>Null when it asks for nothing that orders tell beyond their number and sum.</summary>
    /// <param name="has">Whether a word, or words, of the question begin so.</param>
    /// <param name="text">The question in the words of the grammar.</param>
    /// <param name="hasArticles">It names articles.</param>
    public static SalesQuestion? Read(Func<string, bool> has, string text, bool hasArticles)
    {
        bool Any(params ReadOnlySpan<string> stems)
        {
            foreach (var stem in stems)
            {
                if (has(stem))
                {
                    return true;
                }
            }

            return false;
        }

        var comesBack = Any("returning ", "repeat", "came back", "come back", "comes back", "bought again", "buy again", "order again",
            "ordered again");
        if (Any(s_lapsed) && (Any(s_customers) || Any("who ")))
        {
            return new(SalesMeasure.Orders, SalesBy.Customer, SalesOf.LapsedCustomers, false, false);
        }

        if (Any(s_otherThings) && (!(comesBack && Any(s_customers)) || Any("refund")))
        {
            return null;
        }

        var isOfArticles = hasArticles || Any(s_articles);
        var measure = !hasArticles && QuestionMeasure.IsMeanOfOrders(text) ? SalesMeasure.Mean
            : Any("most orders", "fewest orders", "least orders", "many orders") ? SalesMeasure.Orders
            : Any("profit", "make money", "making money", "makes money", "money did", "did we make", "did i make", "makes me", "make me", "earn ",
                "earns ", "earned")
                || (isOfArticles && Any("money") && !Any(s_revenue) && !Any(s_customers)) ? SalesMeasure.Profit
            : Any(s_revenue) || Any("bring", "brought", "spent", "spends", "money", "value", "ringgit") ? SalesMeasure.Revenue
            : Any("pieces", "units") ? SalesMeasure.Pieces
            : SalesMeasure.Orders;
        var isLeast = (Any("least") && !Any("at least")) || Any(s_unsold)
            || Any("worst", "fewest", "slowest", "quietest", "lowest", "smallest", "bottom", "unsold", "nobody buys", "slow mov",
                "slowest mov", "slow sell", "dead");
        var isCompared = AskToCompare(has);
        SalesQuestion By(SalesBy by, SalesOf of = SalesOf.All) => new(measure, by, of, isLeast, isCompared);

        if (Any("biggest order", "largest order", "highest order", "most expensive order", "biggest sale", "largest sale"))
        {
            return OfOrders;
        }

        bool IsBy(string span) => Any($"per {span}", $"by {span}", $"each {span}", $"every {span}", $"which {span} ", $"what {span} ",
            $"best {span} ", $"worst {span} ", $"busiest {span} ", $"slowest {span} ");
        if (IsBy("month") || Any("monthly", "month by month"))
        {
            return By(SalesBy.Month);
        }

        if ((IsBy("week") && !Any("weekday")) || Any("weekly", "week by week"))
        {
            return By(SalesBy.Week);
        }

        if (Any("weekday", "day of the week", "days of the week", "day of week", "days of week"))
        {
            return By(SalesBy.Weekday);
        }

        if (Any("busiest day", "best day", "worst day", "slowest day", "quietest day", "strongest day", "which day", "what day", "per day", "by day",
            "each day", "every day", "daily"))
        {
            return By(SalesBy.Day);
        }

        if (Any(s_sales) && Any("channel", "source", "platform", "marketplace"))
        {
            return By(SalesBy.Source);
        }

        if (Any(s_sales) && Any("country", "countries", "state ", "states ", "region", "province", "where do", "where are"))
        {
            return By(SalesBy.Region);
        }

        if (Any(s_unpaid) || Any(s_pendingPayments))
        {
            return By(SalesBy.Nothing, SalesOf.Unpaid);
        }

        if (measure == SalesMeasure.Mean && !comesBack && !Any("new ", "first-time", "first time"))
        {
            return By(IsBy("customer") && Any("by customer") ? SalesBy.Customer : SalesBy.Nothing);
        }

        if (Any(s_customers) && !CustomerWords.AskWhatTheyDo(text))
        {
            measure = measure == SalesMeasure.Orders && !Any(s_often) ? SalesMeasure.Revenue : measure;
            return IsBy("customer") ? By(SalesBy.Customer)
                : Any("new ", "first-time", "first time") ? By(SalesBy.Customer, SalesOf.NewCustomers)
                : comesBack ? By(SalesBy.Customer, SalesOf.ReturningCustomers)
                : Any(s_most) || isLeast || CustomerWords.AreCounted(text) || CountLimit.In(text) is not null ? By(SalesBy.Customer)
                : null;
        }

        var state = Any("cancel") ? SalesOf.Cancelled
            : Any("to pack", "to ship", "to send", "to be packed", "to be sent", "open order", "orders are open", "orders open")
                || Any(s_pendingOrders) ? SalesOf.ToShip
            : Any("shipped", "we ship", "i ship", "sent out", "we send", "went out", "orders left", "order left") ? SalesOf.Shipped
            : SalesOf.All;
        if (state != SalesOf.All)
        {
            return By(SalesBy.Nothing, state);
        }

        if (Array.Exists(s_articles, word => Any($"by {word}", $"per {word}", $"each {word}", $"every {word}"))
            || isLeast && Any("sell", "sold", "product", "article", "item", "mov")
            || measure is SalesMeasure.Revenue or SalesMeasure.Profit
                && (hasArticles || Any("product", "article", "item", "sku", "what brings", "which brings")))
        {
            return By(SalesBy.Article);
        }

        return isCompared || measure == SalesMeasure.Profit
            || Any("how much money")
            ? By(SalesBy.Nothing)
            : null;
    }
}
