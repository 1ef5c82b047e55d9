using System.Text.RegularExpressions;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>A question as it was understood: what it is about, whom it names, and which days.</summary>
/// <param name="Wish">An action that is asked for instead of a figure.</param>
public sealed partial record OwnerQuestion(
    QuestionTopic? Topic, IReadOnlyList<string> Skus, string? Supplier, string? Carrier, string? Reason, string? Order, QuestionPeriod? Period,
        ActionKind? Wish, IReadOnlyList<QuestionTopic> Near)
{
    /// <summary>As it was asked.</summary>
    public string Words { get; init; } = "";

    /// <summary>The same in the words of the grammar, without the customer's name; in lower case.</summary>
    public string English { get; init; } = "";

    /// <summary>The same with "and" where commas and signs part what it names.</summary>
    public string Listed { get; init; } = "";

    /// <summary>What it asks of sales beyond their number; null when nothing.</summary>
    public SalesQuestion? Sales { get; init; }

    /// <summary>What is written like an article's code and is none of the shop's; null when nothing is.</summary>
    public string? UnknownCode { get; init; }

    /// <summary>Until when stock has to last, where it asks whether there is enough; null when it names no such day.</summary>
    public StockTarget? Target { get; init; }

    /// <summary>It asks for what is late.</summary>
    public bool IsAboutLateness { get; init; }

    /// <summary>The days beside which its own are set; null for those before them.</summary>
    public QuestionPeriod? Against { get; init; }

    /// <summary>It asks for the same of the days before beside it, or of <see cref="Against"/>; of sales <see cref="Sales"/> tells that.</summary>
    public bool IsCompared { get; init; }

    /// <summary>It asks for what was approved here, and not for what files tell.</summary>
    public bool IsAboutApprovals { get; init; }

    /// <summary>It asks for what is left once refunds are taken off.</summary>
    public bool IsAfterRefunds { get; init; }

    /// <summary>It asks for what is left once advertising is paid.</summary>
    public bool IsAfterAds { get; init; }

    /// <summary>What an order, a refund or a customer has to come to; null when it names no amount.</summary>
    public OrderAmount? Amount { get; init; }

    /// <summary>Words that name days and are none that the answer can be of; empty when there are none.</summary>
    public IReadOnlyList<string> UnreadDays { get; init; } = [];

    /// <summary>How many of something it has to be; null when it names no such number.</summary>
    public CountLimit? Limit { get; init; }

    /// <summary>How many are asked for, "top 5"; null for all.</summary>
    public int? Top { get; init; }

    /// <summary>It asks for money, and not for pieces or a number of orders.</summary>
    public bool IsAboutMoney => (Array.Exists(TopicChoice.MoneyWords, Asks) || TopicChoice.IsHowMuchSold(English)) && !Asks("how many order") && !Asks("how many piece");

    /// <summary>What single words limit it to, and which words were not understood.</summary>
    public QuestionScope Scope { get; init; } = QuestionScope.None;

    /// <summary>Whether a name stands in it as a whole.</summary>
    public bool Mentions(string name) => name.Length > 2
        && $" {QuestionNames.Plain(Words)} ".Contains($" {QuestionNames.Plain(name)} ", StringComparison.Ordinal);

    /// <summary>Whether it asks with these words, in whatever language.</summary>
    public bool Asks(string words) => StartsAWord(English, words);

    /// <summary>Whether a word for doing that stands among these; for kinds that nobody wishes in a sentence, their own word.</summary>
    public static bool AsksFor(ActionKind kind, string question) =>
        (Array.Find(OwnerWishes.All, wish => wish.Kind == kind).Verbs ?? [kind.Word().Split('-')[0]]).Any(verb => HasWord(question, verb));

    /// <summary>Whether a word begins so.</summary>
    public static bool HasWord(string question, string beginning) => StartsAWord(Plain(question), beginning);

    /// <summary>English words as <see cref="English"/> holds them; empty for none.</summary>
    internal static string InEnglish(string words) => string.IsNullOrWhiteSpace(words) ? "" : Plain(words);

    /// <summary>English words as <see cref="Listed"/> holds them.</summary>
    internal static string InList(string words) => InEnglish(ListMark().Replace(words, " and "));

    /// <param name="buyers">The customers by name; without them no customer is known by one.</param>
    public static OwnerQuestion Read(string question, ShopMoment shop, IReadOnlyList<NamedBuyer>? buyers = null)
    {
        // 1. Names first, then the words of other languages: a name is nothing to translate.
        var written = ShortForms.Written(question, shop);
        var buyer = BuyerNames.Whole(written, buyers ?? []);
        var asked = GoodsWords.InShopWords(ChineseQuestion.InEnglish(BuyerNames.Without(written, buyer), shop), shop);
        // Refunds and ads that are taken off a sum are not what is asked about.
        var takenOff = TakenOff.From(asked, MalayQuestion.InEnglish(asked, shop));
        asked = takenOff.Without(asked);
        var leftOut = GoodsOnTheMove.IsWithoutScan(Plain(asked)) ? null : LeftOut.In(asked, shop);
        asked = leftOut?.Without(asked) ?? asked;
        var names = new QuestionNames(asked, shop);
        var english = CustomerWords.AsSold(MalayQuestion.InEnglish(asked, shop));
        english = takenOff.Without(english);
        var text = Plain(english);
        var top = TopOf().Match(text) is { Success: true } few ? PassedDays.CountOf($"{few.Groups[1]}{few.Groups[2]}") : null;
        text = TopOf().Replace(text, match => match.Value.Replace($" {match.Groups[1]}{match.Groups[2]} ", " ", StringComparison.Ordinal));
        var limit = CountLimit.In(Plain(PeriodText.WithoutDays(OrderAmount.Without(english))));

        // 2. What it is about, as far as stems tell.
        var scores = QuestionStems.Topics.Select(t => (t.Topic, Score: t.Stems.Sum(s => StartsAWord(text, s.Stem) ? s.Weight : 0))).ToList();
        var (topic, isLate) = (TopicChoice.Of(scores, text, english, limit, names, shop.Today), TopicChoice.IsLate(text));
        var reason = topic is null or QuestionTopic.Returns or QuestionTopic.WhyReturns ? QuestionNames.ReasonIn(text, shop) : null;
        var target = topic == QuestionTopic.EnoughStock ? StockTarget.Of(english, shop) : null;

        // 3. What its other words limit it to. One that only a customer's name has names the customer.
        var isOfState = ReadSales(topic, text, null, names.Skus) is { Of: not SalesOf.All };
        var scope = BuyerNames.In(
            ScopeOf(OrderAmount.Without(target?.Without(english) ?? english), topic, reason, names, shop, isOfState), buyer, buyers ?? []);
        scope = leftOut is null ? scope : WithoutThose(leftOut, scope, names, shop);
        var skus = scope.Articles.Count > 0 ? scope.Articles : names.Skus;
        var number = NumberOfOrder().Match(question) is { Success: true } match ? match.Value : names.Order;
        var isOfSupplier = number is not null && IsOfSupplier(number, text, shop);
        (number, topic) = isOfSupplier ? (null, topic ?? QuestionTopic.Incoming) : (number, topic);

        // 4. Sales are asked in more ways than stems tell.
        var sales = ReadSales(topic, text, number, skus);
        if (topic == QuestionTopic.Price && (StartsAWord(text, "margin") || takenOff.IsOfAds)
            && (takenOff.IsOfAds || QuestionPeriod.Of(english, shop.Today, false) is { IsAhead: false }))
        {
            // What was left of sales on some days, and not what a piece leaves now.
            sales = new(SalesMeasure.Profit, skus.Count > 0 ? SalesBy.Article : SalesBy.Nothing, SalesOf.All, false, false);
        }

        // What was taken is told as one sum, off which ads can be taken.
        sales ??= takenOff.IsOfAds && topic is QuestionTopic.Orders or QuestionTopic.Sold ? SalesQuestion.OfAll : null;
        topic = scope.Customer is not null ? OfCustomer(topic) : sales is not null ? QuestionTopic.Sales : topic;
        if (topic is null && skus.Count > 0 && scope.NotUnderstood.Count == 0)
        {
            topic = StartsAWord(text, "how long") && StartsAWord(text, "last") ? QuestionTopic.RunsOut
                : Array.Exists(TopicChoice.MoneyWords, stem => StartsAWord(text, stem)) ? QuestionTopic.StockValue
                : QuestionTopic.Stock;
        }

        // 5. Its days, and those beside which they are set.
        var isCompared = sales is null && IsComparable(topic) && !Array.Exists(TopicChoice.WhyWords, stem => StartsAWord(text, stem))
            && (SalesQuestion.AskToCompare(stem => StartsAWord(text, stem)) || s_moved.Any(stem => StartsAWord(text, stem)));
        var pair = isCompared || sales is { IsCompared: true } || topic == QuestionTopic.WhySales ? ComparedPeriods.Pair(english, shop.Today) : null;
        var months = sales is { IsCompared: true } ? ComparedPeriods.SeveralMonths(english, shop.Today) : null;
        sales = months is not null ? sales! with { By = SalesBy.Month, IsCompared = false }
            : sales is { IsCompared: true } && pair is null && skus.Count > 1 && StartsAWord(text, "compar") && !ComparedPeriods.NamesOther(english)
                ? sales with { By = SalesBy.Article, IsCompared = false }
            : sales;

        var looksAhead = (LooksAhead(topic) || (topic == QuestionTopic.StuckOrders && GoodsOnTheMove.HaveToLeave(text)))
            && !Array.Exists(s_past, stem => StartsAWord(text, stem))
            && !(Array.Exists(s_brought, stem => StartsAWord(text, stem)) && !Array.Exists(s_toCome, stem => StartsAWord(text, stem)));
        var period = PeriodOf(OrderAmount.Without(english), text, shop.Today, looksAhead);
        topic = topic == QuestionTopic.Incoming && isLate && period is { IsAhead: false } ? QuestionTopic.SupplierDelays : topic;
        // Days that are named and that nobody can read are not all days.
        var unread = (months ?? pair?.Now ?? period) is null && sales is not { IsCompared: true } && !isCompared && target is null
            ? PeriodText.DaysIn(OrderAmount.Without(english)) : [];

        // "Refund this order" is wished, "refund this month" is asked.
        var wish = StopsAd().IsMatch(text) ? ActionKind.PauseAd
            : (months ?? pair?.Now ?? period) is { IsAhead: false } ? null
            : OwnerWishes.All.Where(w => w.Sentences.Any(s => text.StartsWith(" " + s, StringComparison.Ordinal)
            || text.StartsWith(" please " + s, StringComparison.Ordinal))).Select(w => (ActionKind?)w.Kind).FirstOrDefault();
        return new(
            topic, skus, names.Supplier ?? scope.Supplier, names.Carrier ?? scope.Carrier, reason, number,
            months ?? pair?.Now ?? period, wish,
                [.. scores.Where(s => s.Score > 0).OrderByDescending(s => s.Score).Select(s => s.Topic).Take(3)])
        {
            Words = question,
            English = text,
            Listed = InList(english),
            Sales = sales,
            Scope = scope with { NotUnderstood = [.. scope.NotUnderstood.Select(word => QuestionGlossary.Written(word, written) ?? word)] },
            Amount = OrderAmount.In(english, shop.Currency),
            IsCompared = isCompared,
            Limit = limit, UnreadDays = unread,
            Top = top,
            Target = target,
            UnknownCode = Code().Matches(question).Select(m => m.Value).FirstOrDefault(code => !names.Knows(code)),
            IsAboutLateness = isLate,
            Against = pair?.Before,
            IsAfterRefunds = takenOff.IsOfRefunds,
            IsAfterAds = takenOff.IsOfAds,
            IsAboutApprovals = StartsAWord(text, "approv"),
        };
    }


    /// <summary>Whether the same can be counted of any days.</summary>
    private static bool IsComparable(QuestionTopic? topic) => topic is QuestionTopic.Returns or QuestionTopic.Refunds or QuestionTopic.AdSpend
        or QuestionTopic.Contacts or QuestionTopic.Reviews or QuestionTopic.Packing or QuestionTopic.LateParcels or QuestionTopic.Deliveries
        or QuestionTopic.Bought or QuestionTopic.BestSellers or QuestionTopic.TimeToShip or QuestionTopic.Subscriptions;

    private static readonly string[] s_moved =
        ["go up", "gone up", "went up", "going up", "go down", "gone down", "went down", "going down", "did returns rise", "did refunds rise"];

    /// <summary>Some articles left out; what is left out and is no article was not understood.</summary>
    private static QuestionScope WithoutThose(LeftOut leftOut, QuestionScope scope, QuestionNames names, ShopMoment shop) =>
        leftOut.Articles.Count == 0 || names.Supplier is not null || scope.Supplier is not null
            ? scope with { NotUnderstood = [leftOut.Words, .. scope.NotUnderstood] }
            : scope with
            {
                Articles = leftOut.Rest(scope.Articles.Count > 0 ? scope.Articles : names.Skus, shop),
                Label = $"{(scope.Label.Length > 0 ? $"{scope.Label}, " : "")}without {leftOut.Label}",
            };


    private static SalesQuestion? ReadSales(QuestionTopic? topic, string text, string? number, IReadOnlyList<string> skus)
    {
        if (topic == QuestionTopic.Measures && AskedMeasure.In(stem => StartsAWord(text, stem)) == AskedMeasure.Cancellations)
        {
            // There is one answer, whatever it is called.
            return new(SalesMeasure.Orders, SalesBy.Nothing, SalesOf.Cancelled, false, false);
        }

        var sales = topic is QuestionTopic.StockValue or QuestionTopic.TooMuch or QuestionTopic.Incoming or QuestionTopic.Deliveries
            or QuestionTopic.StillParcels
            or QuestionTopic.Contacts or QuestionTopic.Reviews or QuestionTopic.EnoughStock or QuestionTopic.Waiting or QuestionTopic.SupplierDelays
            or QuestionTopic.Summary or QuestionTopic.WhySales or QuestionTopic.AdWaste or QuestionTopic.TimeToShip or QuestionTopic.Price
            or QuestionTopic.Packing or QuestionTopic.Subscriptions or QuestionTopic.Measures or QuestionTopic.Alerts
            or QuestionTopic.OrderChecks or QuestionTopic.Approvals
            || (topic == QuestionTopic.StuckOrders && GoodsOnTheMove.HaveToLeave(text)) ? null
            : SalesQuestion.Read(stem => StartsAWord(text, stem), text, skus.Count > 0);
        return number is not null && (IsOfOneOrder(topic) || sales is not null) ? SalesQuestion.OfOrders : sales;
    }

    /// <summary>What is asked of one order and is told with it: what is in it, what it comes to, where it is, and when it is to be there.</summary>
    private static bool IsOfOneOrder(QuestionTopic? topic) => topic is null or QuestionTopic.Orders or QuestionTopic.LateParcels
        or QuestionTopic.StuckOrders or QuestionTopic.OpenParcels or QuestionTopic.StillParcels or QuestionTopic.Deliveries
        or QuestionTopic.Incoming or QuestionTopic.SupplierDelays or QuestionTopic.LeadTime or QuestionTopic.TimeToShip or QuestionTopic.ToOrder
        or QuestionTopic.Sold or QuestionTopic.Bought or QuestionTopic.Summary or QuestionTopic.Price;

    /// <summary>The number is one of an order to a supplier and of no customer's, or the question says which of the two it means.</summary>
    private static bool IsOfSupplier(string number, string text, ShopMoment shop) =>
        shop.SupplyOrders.Any(s => OrderNumber.Key(s.Number) == OrderNumber.Key(number))
        && (shop.History.FindOrder(OrderNumber.Key(number)) is null || StartsAWord(text, "purchase order") || StartsAWord(text, "supplier"));

    /// <summary>What of a customer is asked: returns, refunds and parcels stay what they are, and the rest is what the customer bought.</summary>
    private static QuestionTopic? OfCustomer(QuestionTopic? topic) =>
        topic is null or QuestionTopic.ToOrder or QuestionTopic.Sold or QuestionTopic.Orders or QuestionTopic.BestSellers or QuestionTopic.Sales
            or QuestionTopic.AdSpend ? QuestionTopic.Bought : topic;

    /// <summary>New orders are those of today where nothing else is said.</summary>
    private static QuestionPeriod? PeriodOf(string english, string text, DateOnly today, bool looksAhead) =>
        Ahead(english, today, looksAhead) ?? (StartsAWord(text, "new order") ? QuestionPeriod.Of("today", today, false) : null);

    /// <summary>A month or day that comes only after half a year is meant as the one that is over.</summary>
    private static QuestionPeriod? Ahead(string english, DateOnly today, bool looksAhead) =>
        QuestionPeriod.Of(english, today, looksAhead) is var period && period is { IsAhead: true } && period.To.DayNumber - today.DayNumber > HalfYear
            && !UpTo().IsMatch(english) && QuestionPeriod.Of(english, today, false) is { } over && over.To < today ? over : period;

    private const int HalfYear = 183;

    private static readonly string[] s_brought = ["delivered", "brought", "came ", "received", "arrived"];

    private static readonly string[] s_toCome = ["will ", "be ", "to come ", "to arrive ", "to be ", "going ", "expected", "due ", "next "];

    private static readonly string[] s_past = ["were ", "was ", "ran ", "had ", "did "];

    private static bool LooksAhead(QuestionTopic? topic) =>
        topic is QuestionTopic.RunsOut or QuestionTopic.ToOrder or QuestionTopic.Incoming or QuestionTopic.EnoughStock;

    /// <summary>Reads articles from words alone, as a look-up names them.</summary>
    internal static QuestionScope ScopeOf(string words, ShopMoment shop) => ScopeOf(words, null, null, new(words, shop), shop);

    private static QuestionScope ScopeOf(
        string question, QuestionTopic? topic, string? reason, QuestionNames names, ShopMoment shop, bool isOfState = false)
    {
        var rest = CountLimit.Without(PeriodText.WithoutDays(NumberOfOrder().Replace(Bare(question), " | ")));
        var text = $" {string.Join(" | ", rest.Split('|').Select(part => QuestionNames.Plain(Comma().Replace(part, " and "))))} ";
        text = QuestionVocabulary.Asking().Replace(text, "|");
        List<string> denied = [];
        foreach (var stem in QuestionStems.OfSeveralWords.Concat(SalesQuestion.Denials).Concat(isOfState ? SalesQuestion.Pending : [])
            .Where(stem => !IsOfOther(stem, topic))
            .Prepend(reason is null ? null : ReturnRise.Words(reason)).OfType<string>())
        {
            var words = Regex.Escape(QuestionNames.Plain(Bare(stem)));
            text = Regex.Replace(text, $@"(?<= )(?<not>{QuestionVocabulary.Denying} )?{words}\S*(?= )", match =>
            {
                denied.AddRange(match.Groups["not"].Success ? [match.Value] : []);
                return "|";
            }, RegexOptions.CultureInvariant);
        }

        // What is said not to be so is another thing, and no answer's but where the grammar has a word for it.
        denied.AddRange(QuestionVocabulary.Denied().Matches(text).Select(m => m.Value));
        text = QuestionVocabulary.Denied().Replace(text, "|");

        var isOfSales = topic is null or QuestionTopic.Orders or QuestionTopic.Sold or QuestionTopic.BestSellers;
        text = isOfSales ? QuestionVocabulary.Spans().Replace(text, "|") : text;
        var scope = new QuestionScopeReader(text, topic, names, shop) { IsOfState = isOfState }.Read();
        return denied.Count == 0 ? scope : scope with { NotUnderstood = [.. denied.Select(QuestionVocabulary.Denial), .. scope.NotUnderstood] };
    }

    /// <summary>A word for a state that only another topic knows: "wrong item" among returns is not where things were packed.</summary>
    private static bool IsOfOther(string stem, QuestionTopic? topic) => topic is { } known && stem.Split(' ').Any(QuestionVocabulary.IsFault)
        && !QuestionStems.Topics.Single(t => t.Topic == known).Stems.Any(s => s.Stem == stem);

    private static string Bare(string words) => Possessive().Replace(words, "");

    private static string Plain(string question) =>
        $" {string.Join(' ', Parts(Spaces().Replace(question.ToLowerInvariant().Replace('’', '\''), " ")))} ";

    private static string[] Parts(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal static bool StartsAWord(string text, string stem) => text.Contains(" " + stem, StringComparison.Ordinal)
        || text.Contains("-" + stem, StringComparison.Ordinal);

    [GeneratedRegex(@"[\s,;:?!.()""]+(?=\s|$)|\s+|[?!,;:()""]")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<![\w#-])[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)+(?![\w-])")]
    private static partial Regex Code();

    [GeneratedRegex(@"#\w+|(?<=\border\s+(?:number\s+|no\.?\s+)?)\d{3,}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberOfOrder();

    /// <summary>What is left of "what's" and "Priya's" names nothing; a letter by itself may be a size.</summary>
    [GeneratedRegex(@"(?<=\w)['’](?:s|t|re|ve|ll|d|m)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Possessive();

    [GeneratedRegex(@"\b(?:until|till|by|through|before)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UpTo();

    /// <summary>"Stop the pepper ad".</summary>
    [GeneratedRegex(@"^ (?:(?:please|can you|could you) )?(?:pause|stop|halt|turn off|switch off) "
        + @"(?:[\w-]+ ){0,5}?(?:ads?|adverts?|campaigns?|advertising) ")]
    private static partial Regex StopsAd();

    [GeneratedRegex("[,;]")]
    private static partial Regex Comma();

    /// <summary>No comma within a number, and no sign within a name.</summary>
    [GeneratedRegex(@"[,;](?!\d)|(?<=\s)[&+/](?=\s)")]
    private static partial Regex ListMark();

    private const string Few = @"(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)";

    /// <summary>"Top 5", "the three best": not the best 3 days or the first two weeks.</summary>
    [GeneratedRegex(" (?:top|best|worst|bottom|biggest|largest|smallest|first) " + Few + " (?!tier|day|week|month)"
        + "| (?:the|our|my) " + Few + " (?=(?:best|worst|most|least|biggest|largest|top|slowest|fastest) )")]
    private static partial Regex TopOf();
}
