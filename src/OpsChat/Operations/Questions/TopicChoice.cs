using static OpsChat.Operations.Questions.OwnerQuestion;

namespace OpsChat.Operations.Questions;

/// <summary>What a question is about: the topic whose stems weigh most, but where words around them say that another one is meant. Pure.</summary>
internal static class TopicChoice
{
    /// <summary>The topic; null where nothing tells it.</summary>
    /// <param name="scores">What the stems of each topic weigh in the question.</param>
    /// <param name="text">The question in the words of the grammar, in lower case.</param>
    /// <param name="english">The same with its days as they were written.</param>
    public static QuestionTopic? Of(
        List<(QuestionTopic Topic, int Score)> scores, string text, string english, CountLimit? limit, QuestionNames names, DateOnly today) =>
        OfApprovals(TopicOf(scores, text, names), text, english, today) ?? OfLimit(limit, scores);

    /// <summary>Approvals are those that wait for somebody, unless the question says that they were given: by a verb, by days that are over, or by
    /// asking who.</summary>
    private static QuestionTopic? OfApprovals(QuestionTopic? topic, string text, string english, DateOnly today) =>
        topic is not (QuestionTopic.Waiting or QuestionTopic.Alerts or QuestionTopic.Approvals or QuestionTopic.Refunds)
            || !StartsAWord(text, "approval") || StartsAWord(text, "alert") || StartsAWord(text, "exception") ? topic
        : Array.Exists(s_waits, stem => StartsAWord(text, stem)) || !(Array.Exists(s_given, stem => StartsAWord(text, stem))
            || (QuestionPeriod.Of(english, today, false) is { IsAhead: false } days && days.From < today)) ? QuestionTopic.Waiting
        : topic == QuestionTopic.Refunds ? topic : QuestionTopic.Approvals;

    private static readonly string[] s_toApprove = ["to approve", "to be approved", "pending", "wait", "need approval", "needs approval",
        "need my approval", "needs my approval", "need your approval", "not approved yet", "awaiting"];

    private static readonly string[] s_waits = ["wait", "pending", "open ", "need", "to approve", "to be approved", "outstanding", "left ", "still "];

    private static readonly string[] s_given = ["did ", "were ", "was ", "gave ", "given ", "made ", "who ", "granted", "decided"];

    /// <summary>A number that something has to be below or above is asked of stock, where a word of stock stands beside it.</summary>
    private static QuestionTopic? OfLimit(CountLimit? limit, List<(QuestionTopic Topic, int Score)> scores) =>
        limit is { Unit: "piece" or "" } && (scores.MaxBy(s => s.Score) is { Topic: QuestionTopic.Stock, Score: > 0 }
            || limit.Unit == "piece")
            ? QuestionTopic.Stock : null;

    private static QuestionTopic? TopicOf(List<(QuestionTopic Topic, int Score)> scores, string text, QuestionNames names)
    {
        int Score(QuestionTopic topic) => scores.First(s => s.Topic == topic).Score;
        var best = scores.OrderByDescending(s => s.Score).First();
        var topic = (QuestionTopic?)(best.Score >= QuestionStems.Telling ? best.Topic : null);
        // Alerts about something are alerts, and not that something.
        if (StartsAWord(text, "alert") || StartsAWord(text, "exception"))
        {
            return QuestionTopic.Alerts;
        }

        // Whole phrases say more than stems. What customers write and what is refunded stays what it is.
        if (topic is not (QuestionTopic.Contacts or QuestionTopic.Refunds) && GoodsOnTheMove.TopicOf(text) is { } told)
        {
            return told;
        }

        // A refund that was approved is told with its amount; one that was rejected was none.
        topic = topic == QuestionTopic.Approvals && StartsAWord(text, "refund") && !ApprovalAnswers.AreRejected(stem => StartsAWord(text, stem))
            ? QuestionTopic.Refunds
            : topic == QuestionTopic.Refunds && ApprovalAnswers.AreRejected(stem => StartsAWord(text, stem)) ? QuestionTopic.Approvals
            : topic;
        // "why" alone says nothing; with returns it asks for the cause. A supplier's name beside returns asks for its articles' returns.
        // What customers write about is asked of conversations, whatever it is that they write about.
        // What was decided about returns is a decision, and a refund that is to be approved is no refund yet.
        topic = topic == QuestionTopic.Refunds && Array.Exists(s_toApprove, stem => StartsAWord(text, stem)) ? QuestionTopic.Waiting : topic;
        topic = topic is QuestionTopic.Contacts or QuestionTopic.Approvals ? topic
            : topic == QuestionTopic.Waiting && Score(QuestionTopic.Refunds) > 0 ? topic
            : Score(QuestionTopic.Returns) > 0
            ? (Score(QuestionTopic.Refunds) > 0 && text.Contains("refund", StringComparison.Ordinal) ? QuestionTopic.Refunds
            : Score(QuestionTopic.WhyReturns) > 0 ? QuestionTopic.WhyReturns : QuestionTopic.Returns)
            : topic == QuestionTopic.WhyReturns ? null : topic;
        // Who bought again after a refund is not who was refunded, and nobody counts it.
        topic = topic == QuestionTopic.Refunds && Array.Exists(s_again, stem => StartsAWord(text, stem)) ? null : topic;
        topic = topic is (null or QuestionTopic.Orders or QuestionTopic.Sold) && IsHowMuchSold(text) ? QuestionTopic.Sold : topic;
        topic = topic == QuestionTopic.Stock && MoneyWords.Concat(s_value).Any(stem => StartsAWord(text, stem)) ? QuestionTopic.StockValue : topic;
        topic = IsWhySales(text, topic) ? QuestionTopic.WhySales : topic;
        topic = topic is QuestionTopic.AdSpend or QuestionTopic.AdWaste && !Array.Exists(s_anyAds, stem => StartsAWord(text, stem))
            ? OfOtherMoney(topic, text, names) : topic;
        if (Array.Exists(s_ads, stem => StartsAWord(text, stem)) && Array.Exists(s_worth, stem => StartsAWord(text, stem)))
        {
            return QuestionTopic.AdWaste;
        }

        // What an ad brought in is told with what it cost, and not with what its article took in.
        topic = topic is QuestionTopic.Orders or QuestionTopic.Sold && Array.Exists(s_byAds, stem => StartsAWord(text, stem))
            ? QuestionTopic.AdSpend : topic;
        // What was ordered from suppliers is not what has to be.
        topic = topic is QuestionTopic.ToOrder or QuestionTopic.LeadTime && !SalesQuestion.Customers.Any(stem => StartsAWord(text, stem))
            && SupplierAnswers.AreOfPurchases(stem => StartsAWord(text, stem))
            ? QuestionTopic.Incoming : topic;
        // Parcels that came are not those that are late.
        topic = topic == QuestionTopic.LateParcels && !IsLate(text) && !StartsAWord(text, "promise")
            && Array.Exists(s_arrived, stem => StartsAWord(text, stem)) ? QuestionTopic.Deliveries : topic;
        // Orders that are late are parcels to customers; a supplier that is late brings none.
        topic = topic == QuestionTopic.Orders && IsLate(text) ? QuestionTopic.LateParcels : topic;
        var isOfSuppliers = names.Supplier is not null || StartsAWord(text, "supplier") || StartsAWord(text, "vendor");
        return !isOfSuppliers ? IsTimeToShip(text) ? OfTimeToShip(topic, text) : topic == QuestionTopic.SupplierDelays ? null : topic
            : (IsHabit(text) && IsLate(text)) || Array.Exists(s_reliable, stem => StartsAWord(text, stem)) ? QuestionTopic.SupplierDelays
            : topic is (null or QuestionTopic.LeadTime) && Array.Exists(s_worst, stem => StartsAWord(text, stem)) ? QuestionTopic.SupplierDelays
            : topic is null && Array.Exists(s_speed, stem => StartsAWord(text, stem)) ? QuestionTopic.LeadTime
            : IsLate(text) && topic == QuestionTopic.LateParcels ? QuestionTopic.Incoming
            : topic == QuestionTopic.LeadTime && Array.Exists(s_came, stem => StartsAWord(text, stem)) ? QuestionTopic.Incoming
            : names.Supplier is not null && topic == QuestionTopic.Orders && StartsAWord(text, "open order") ? QuestionTopic.Incoming
            : StartsAWord(text, "i owe") || StartsAWord(text, "we owe") ? QuestionTopic.Incoming
            : topic;
    }

    /// <summary>Money that is spent or lost, where nothing tells that it is for ads: by customers, at a supplier, or on articles that cost more than
    /// they bring.</summary>
    private static QuestionTopic? OfOtherMoney(QuestionTopic? topic, string text, QuestionNames names) =>
        topic == QuestionTopic.AdWaste
            ? Array.Exists(s_goods, stem => StartsAWord(text, stem)) && StartsAWord(text, "los") ? QuestionTopic.Price : topic
        : names.Supplier is not null || StartsAWord(text, "supplier") || StartsAWord(text, "vendor") ? QuestionTopic.Incoming
        : SalesQuestion.Customers.Any(stem => StartsAWord(text, stem)) || QuestionMeasure.IsMean(text) ? QuestionTopic.Orders
        : topic;

    private static readonly string[] s_value = ["value", "worth"];

    private static readonly string[] s_byAds = ["ad ", "ads ", "advert", "from campaign", "from the campaign"];

    private static readonly string[] s_goods = ["product", "article", "item", "sku"];

    /// <summary>"How long do we take to ship": of orders that left, not of those that have to.</summary>
    private static bool IsTimeToShip(string text) => Array.Exists(s_howLong, stem => StartsAWord(text, stem))
        && Array.Exists(s_ship, stem => StartsAWord(text, stem)) && !Array.Exists(s_byOthers, stem => StartsAWord(text, stem))
        && !Array.Exists(s_noOrder, stem => StartsAWord(text, stem));

    /// <summary>Of orders; what else is sent keeps its topic, and how long money and goods take to come back no file tells.</summary>
    private static QuestionTopic? OfTimeToShip(QuestionTopic? topic, string text) =>
        topic is null or QuestionTopic.Orders or QuestionTopic.StuckOrders or QuestionTopic.SupplierDelays or QuestionTopic.Packing
            || (topic == QuestionTopic.Waiting && !StartsAWord(text, "send")) ? QuestionTopic.TimeToShip
        : topic is QuestionTopic.Returns or QuestionTopic.WhyReturns or QuestionTopic.Refunds ? null
        : topic;

    private static readonly string[] s_howLong =
        ["how long", "how fast", "how quick", "how soon", "how many days", "how much time", "average time", "mean time", "median time"];

    private static readonly string[] s_ship = ["to ship ", "we ship", "i ship", "to dispatch", "we dispatch", "to send ", "we send", "order leaves",
        "orders leave", "order ships", "orders ship", "orders are shipped", "order is shipped", "orders get shipped", "shipped after"];

    /// <summary>What is sent and is no order.</summary>
    private static readonly string[] s_noOrder =
        ["repl", "answer", "messag", "invoice", "receipt", "quote", "email", "e-mail", "money", "newsletter", "voucher"];

    private static readonly string[] s_byOthers = ["carrier", "courier", "deliver", "arriv"];

    public static bool IsLate(string text) => Array.Exists(s_late, stem => StartsAWord(text, stem));

    /// <summary>What somebody does again and again, and not what is so now.</summary>
    private static bool IsHabit(string text) => Array.Exists(s_habit, stem => StartsAWord(text, stem));

    private static readonly string[] s_again = ["bought again", "buy again", "order again", "ordered again", "ordering again", "buying again"];

    private static readonly string[] s_late = ["late", "overdue", "delayed", "delays"];

    private static readonly string[] s_habit =
        ["always", "usually", "often", "most", "keep", "tend", "was ", "were ", "came ", "come ", "delivered "];

    private static readonly string[] s_reliable = ["on time", "reliab", "unreliab"];

    private static readonly string[] s_worst = ["worst", "best", "bad", "trust", "depend", "avoid", "rank"];

    /// <summary>What suppliers brought, and not how long they take.</summary>
    private static readonly string[] s_came = ["came", "come in", "coming in", "arriv", "receiv", "deliveries", "delivered"];

    private static readonly string[] s_arrived = ["deliver", "arriv", "came", "reached"];

    private static readonly string[] s_speed = ["slow", "fast", "quick"];

    private static readonly string[] s_ads = ["ad ", "ads ", "advert", "campaign", "roas", "roi "];

    private static readonly string[] s_anyAds = [.. s_ads, "marketing", "promot"];

    private static readonly string[] s_worth =
        [
            "worth", "profit", "unprofit", "pay off", "pays off", "paying off", "pay for itself", "pays for itself", "make money", "makes money",
            "making money", "make me money", "making me money", "earn", "roi ", "roas", "return on", "wast", "losing", "lose", "working",
            "good", "bad", "should i stop", "should we stop", "should i keep", "should we keep",
        ];

    internal static readonly string[] MoneyWords =
        ["revenue", "ringgit", "rm ", "myr ", "money", "turnover", "income", "takings", "cash ", "how much sales", "how much sale "];

    /// <summary>"How much did I sell": money, with the pieces beside it. How much of one thing was sold are its pieces.</summary>
    public static bool IsHowMuchSold(string text) =>
        StartsAWord(text, "how much") && !StartsAWord(text, "how much of ") && (StartsAWord(text, "sell ") || StartsAWord(text, "sold "));

    internal static readonly string[] WhyWords = ["why", "reason", "cause", "how come", "what happened"];

    private static readonly string[] s_trade =
        ["sales", "sale ", "sell", "selling", "revenue", "turnover", "income", "takings", "orders", "business"];

    /// <summary>Why more or less is sold than before; why things come back, are late or were cancelled are other questions.</summary>
    private static bool IsWhySales(string text, QuestionTopic? topic) =>
        topic is (null or QuestionTopic.Orders or QuestionTopic.Sold or QuestionTopic.Summary)
        && Array.Exists(WhyWords, stem => StartsAWord(text, stem)) && Array.Exists(s_trade, stem => StartsAWord(text, stem))
        && (SalesChange.Ways.Any(stem => StartsAWord(text, stem)) || StartsAWord(text, "what happened")) && !StartsAWord(text, "cancel");
}
