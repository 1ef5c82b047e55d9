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

    /// <summary>What it asks of sales beyond their number; null when nothing.</summary>
    public SalesQuestion? Sales { get; init; }

    /// <summary>What is written like an article's code and is none of the shop's; null when nothing is.</summary>
    public string? UnknownCode { get; init; }

    /// <summary>Until when stock has to last, where it asks whether there is enough; null when it names no such day.</summary>
    public StockTarget? Target { get; init; }

    /// <summary>It asks for what is late.</summary>
    public bool IsAboutLateness { get; init; }

    /// <summary>What single words limit it to, and which words were not understood.</summary>
    public QuestionScope Scope { get; init; } = QuestionScope.None;

    /// <summary>A stem, or stems together, that weigh so much tell a topic.</summary>
    internal const int Telling = 3;

    /// <summary>Whether a name stands in it as a whole.</summary>
    public bool Mentions(string name) => name.Length > 2
        && $" {QuestionNames.Plain(Words)} ".Contains($" {QuestionNames.Plain(name)} ", StringComparison.Ordinal);

    /// <summary>Stems by topic; the numbers weigh how telling one is. A stem counts when a word begins with it.</summary>
    private static readonly (QuestionTopic Topic, (string Stem, int Weight)[] Stems)[] s_topics =
    [
        (QuestionTopic.RunsOut, [("runs out", 5), ("run out", 5), ("running out", 5), ("sell out", 4), ("sells out", 4), ("sold out", 4),
            ("out of stock", 4), ("cover", 2), ("last", 0), ("low", 1), ("low on stock", 4), ("low stock", 4), ("running low", 5),
            ("stock is low", 4), ("almost out", 5), ("nearly out", 5)]),
        (QuestionTopic.ToOrder, [("reorder", 5), ("restock", 5), ("buy", 3), ("purchase", 4), ("need to order", 5), ("should we order", 5),
            ("should i order", 5), ("order from", 4), ("what to order", 5), ("replenish", 5)]),
        (QuestionTopic.Stock, [("stock", 2), ("inventory", 3), ("on hand", 4), ("in stock", 4), ("how much stock", 4), ("available", 3), ("how many do we have", 4), ("left", 2),
            ("pieces of", 1), ("warehouse", 1)]),
        (QuestionTopic.BestSellers, [("best sell", 6), ("bestsell", 6), ("top sell", 6), ("sells best", 6), ("sell best", 6), ("sold most", 6),
            ("most sold", 6), ("sells most", 6), ("top article", 5), ("top product", 5)]),
        (QuestionTopic.Sold, [("sold", 3), ("sell", 3), ("sales of", 3), ("units", 3), ("sales", 2)]),
        (QuestionTopic.Orders, [("orders", 3), ("revenue", 5), ("turnover", 5), ("takings", 5), ("takes in", 2), ("how much did we sell", 4),
            ("average order", 5), ("order value", 4)]),
        (QuestionTopic.WhyReturns, [("why", 3), ("cause", 3), ("reason", 3), ("rise", 1), ("rose", 1), ("went up", 1)]),
        (QuestionTopic.Returns, [("return", 4), ("sent back", 4), ("came back", 4), ("come back", 4), ("send back", 4)]),
        (QuestionTopic.Refunds, [("refund", 6), ("paid back", 5), ("pay back", 5)]),
        (QuestionTopic.LateParcels, [("late", 3), ("delayed", 4), ("overdue", 3), ("parcel", 2), ("carrier", 2), ("courier", 2), ("deliver", 1),
            ("promise", 2)]),
        (QuestionTopic.OpenParcels, [("on the way", 5), ("in transit", 5), ("under way", 5), ("parcels are open", 5), ("parcels open", 5),
            ("open parcels", 5)]),
        (QuestionTopic.StuckOrders, [("stuck", 6), ("not shipped", 6), ("unshipped", 6), ("not sent", 5), ("still to ship", 6), ("to be shipped", 5),
            ("waiting to ship", 6), ("haven't been shipped", 6), ("not been shipped", 6), ("not yet shipped", 6), ("left the warehouse", 4)]),
        (QuestionTopic.LeadTime, [("lead time", 6), ("supplier", 3), ("how long does", 2), ("how long do", 2), ("vendor", 3), ("take to deliver", 5),
            ("takes to deliver", 5), ("really take", 4)]),
        (QuestionTopic.AdWaste, [("wast", 5), ("too dear", 5), ("too expensive", 4), ("cost per sale", 3), ("cpa", 4), ("losing money", 4),
            ("lose money", 4), ("over the limit", 4), ("worth", 1), ("profitab", 2), ("campaign", 1)]),
        (QuestionTopic.AdSpend, [("ads", 3), ("ad spend", 5), ("advertis", 4), ("ad cost", 4), ("spend", 3), ("spent", 3), ("campaign", 2),
            ("ad group", 3), ("marketing", 2)]),
        (QuestionTopic.Packing, [("packed", 3), ("packing", 4), ("pack", 3), ("mispick", 6), ("wrong item", 3), ("station", 4), ("shift", 2),
            ("mixed up", 5), ("picking", 4), ("packing error", 6), ("line", 1)]),
        (QuestionTopic.Subscriptions, [("subscription", 6), ("charge failed", 5), ("charges failed", 5), ("failed charge", 5), ("recurring", 4)]),
        (QuestionTopic.Alerts, [("alert", 5), ("exception", 5), ("needs me", 6), ("need me", 5), ("needs attention", 6), ("need attention", 6), ("attention", 4), ("focus", 4),
            ("to decide", 5), ("at risk", 4), ("urgent", 4),
            ("should i do", 6), ("should we do", 6), ("do first", 6), ("most important", 5),
            ("to-do", 4), ("what is wrong", 5), ("what's wrong", 5), ("anything wrong", 5), ("any problem", 5), ("problems", 3)]),
        (QuestionTopic.Measures, [("kpi", 6), ("measure", 4), ("how are we doing", 6), ("key figures", 6), ("performance", 3), ("numbers of the", 4),
            ("dashboard", 4)]),
        (QuestionTopic.StockValue, [("stock value", 8), ("stock worth", 8), ("inventory value", 8), ("inventory worth", 8), ("value of the stock", 8),
            ("value of our stock", 8), ("value of my stock", 8), ("worth is the stock", 8), ("tied up", 7), ("is there worth", 7)]),
        (QuestionTopic.TooMuch, [("too much", 6), ("too many", 6), ("overstock", 7), ("excess", 6), ("lasts longest", 6), ("lies around", 6),
            ("dead stock", 7)]),
        (QuestionTopic.Incoming, [("next delivery", 8), ("on order", 8), ("open purchase", 8), ("purchase orders are open", 9), ("incoming", 6),
            ("arriv", 5), ("come in", 4), ("coming in", 5), ("owe supplier", 8), ("owe our supplier", 8), ("owe the supplier", 8),
            ("delivered to us", 6)]),
        (QuestionTopic.Deliveries, [("worst carrier", 7), ("best carrier", 7), ("carrier is the", 7), ("carrier is", 4), ("courier is", 6),
            ("fastest carrier", 7), ("slowest carrier", 7), ("delivery take", 7), ("shipping take", 7), ("deliveries take", 7), ("delivery time", 7),
            ("delivered on time", 7), ("on time", 4), ("time to deliver", 6)]),
        (QuestionTopic.Contacts, [("wrote", 7), ("write to us", 7), ("contacted", 7), ("complain", 7), ("messages", 6), ("conversation", 6),
            ("asking about", 6), ("ask about", 6), ("asked about", 6)]),
        (QuestionTopic.Reviews, [("review", 7), ("stars", 6), ("rating", 6)]),
        (QuestionTopic.EnoughStock, [("enough", 6), ("last until", 6), ("last till", 6), ("last through", 6), ("lasts until", 6),
            ("stock for the", 5), ("ready for", 4), ("prepared for", 4), ("get through", 4), ("short of", 4)]),
        (QuestionTopic.Price, [("price", 4), ("cost of", 1), ("margin", 5), ("earn on", 4), ("earn with", 4), ("contribution", 5)]),
    ];

    /// <summary>How each kind of action is wished: the beginnings of a sentence that does nothing else, and the beginnings of words that have to
    /// stand in one that says more.</summary>
    private static readonly (ActionKind Kind, string[] Sentences, string[] Verbs)[] s_wishes =
    [
        (ActionKind.PauseAd, ["pause", "stop advertising", "stop the ad"], ["paus", "stop", "halt", "switch", "turn"]),
        (ActionKind.LowerBudget, ["lower the budget", "cut the budget", "reduce the budget"], ["lower", "cut", "reduc", "halve", "spend"]),
        (ActionKind.HoldOrder, ["hold"], ["hold", "stop", "keep"]),
        (ActionKind.ReleaseOrder, ["release"], ["releas", "let"]),
        (ActionKind.AskCarrier, ["ask the carrier"], ["ask", "chas", "call"]),
        (ActionKind.PurchaseOrder, ["place the order", "order it", "order them"], ["place", "buy", "reorder", "restock", "order"]),
        (ActionKind.SupplierNote, ["write to the supplier", "ask the supplier"], ["write", "ask", "tell", "remind", "send"]),
        (ActionKind.ListingEdit, ["change the listing", "change the page"], ["chang", "fix", "correct", "edit", "updat", "rewrite"]),
        (ActionKind.BinMove, ["move the bin"], ["move"]),
        (ActionKind.CustomerNotice, ["tell the customers", "notify the customers"], ["tell", "notif", "inform", "warn", "write", "let"]),
    ];

    /// <summary>Whether a word for doing that stands among these; for kinds that nobody wishes in a sentence, their own word.</summary>
    public static bool AsksFor(ActionKind kind, string question) =>
        (Array.Find(s_wishes, wish => wish.Kind == kind).Verbs ?? [kind.Word().Split('-')[0]]).Any(verb => HasWord(question, verb));

    /// <summary>Whether a word begins so.</summary>
    public static bool HasWord(string question, string beginning) => StartsAWord(Plain(question), beginning);

    public static OwnerQuestion Read(string question, ShopMoment shop)
    {
        var names = new QuestionNames(question, shop);
        var asWritten = question;
        question = MalayQuestion.InEnglish(question);
        var text = Plain(question);
        var scores = s_topics.Select(t => (t.Topic, Score: t.Stems.Sum(s => s.Weight * (StartsAWord(text, s.Stem) ? 1 : 0)))).ToList();
        int Score(QuestionTopic topic) => scores.First(s => s.Topic == topic).Score;
        var reason = QuestionNames.ReasonIn(text, shop);
        var best = scores.OrderByDescending(s => s.Score).First();
        var topic = (QuestionTopic?)(best.Score >= Telling ? best.Topic : null);
        // "why" alone says nothing; with returns it asks for the cause. A supplier's name beside returns asks for its articles' returns.
        topic = Score(QuestionTopic.Returns) > 0
            ? (Score(QuestionTopic.Refunds) > 0 && text.Contains("refund", StringComparison.Ordinal) ? QuestionTopic.Refunds
            : Score(QuestionTopic.WhyReturns) > 0 ? QuestionTopic.WhyReturns : QuestionTopic.Returns)
            : topic == QuestionTopic.WhyReturns ? null : topic;
        // A supplier that is late brings no parcels to customers.
        var isLate = StartsAWord(text, "late") || StartsAWord(text, "overdue") || StartsAWord(text, "delayed");
        topic = isLate && topic == QuestionTopic.LateParcels && (names.Supplier is not null || StartsAWord(text, "supplier")
            || StartsAWord(text, "vendor"))
            ? QuestionTopic.Incoming
            : topic;
        var number = OrderNumber().Match(asWritten) is { Success: true } match ? match.Value : names.Order;
        var wish = s_wishes.Where(w => w.Sentences.Any(s => text.StartsWith(" " + s, StringComparison.Ordinal)
            || text.StartsWith(" please " + s, StringComparison.Ordinal))).Select(w => (ActionKind?)w.Kind).FirstOrDefault();
        var target = topic == QuestionTopic.EnoughStock ? StockTarget.Of(question, shop) : null;
        reason = topic is null or QuestionTopic.Returns or QuestionTopic.WhyReturns ? reason : null;
        var scope = ScopeOf(target?.Without(question) ?? question, topic, reason, names, shop);
        var skus = scope.Articles.Count > 0 ? scope.Articles : names.Skus;
        var sales = topic is QuestionTopic.StockValue or QuestionTopic.TooMuch or QuestionTopic.Incoming or QuestionTopic.Deliveries
            or QuestionTopic.Contacts or QuestionTopic.Reviews or QuestionTopic.EnoughStock ? null
            : SalesQuestion.Read(stem => StartsAWord(text, stem), skus.Count > 0);
        sales = number is not null && (topic is null or QuestionTopic.Orders or QuestionTopic.LateParcels or QuestionTopic.StuckOrders
            or QuestionTopic.OpenParcels or QuestionTopic.Deliveries || sales is not null) ? SalesQuestion.OfOrders : sales;
        topic = sales is null ? topic : QuestionTopic.Sales;
        if (topic is null && skus.Count > 0 && scope.NotUnderstood.Count == 0)
        {
            topic = StartsAWord(text, "how long") && StartsAWord(text, "last") ? QuestionTopic.RunsOut : QuestionTopic.Stock;
        }

        var ahead = topic is QuestionTopic.RunsOut or QuestionTopic.ToOrder or QuestionTopic.Incoming or QuestionTopic.EnoughStock;
        return new(
            topic, skus, names.Supplier ?? scope.Supplier, names.Carrier ?? scope.Carrier, reason, number,
            QuestionPeriod.Of(question, shop.Today, ahead), wish,
                [.. scores.Where(s => s.Score > 0).OrderByDescending(s => s.Score).Select(s => s.Topic).Take(3)])
        {
            Words = asWritten,
            Sales = sales,
            Scope = scope,
            Target = target,
            UnknownCode = Code().Matches(asWritten).Select(m => m.Value).FirstOrDefault(code => !names.Knows(code)),
            IsAboutLateness = isLate,
        };
    }

    /// <summary>Reads articles from words alone, as a look-up names them.</summary>
    internal static QuestionScope ScopeOf(string words, ShopMoment shop) => ScopeOf(words, null, null, new(words, shop), shop);

    private static QuestionScope ScopeOf(string question, QuestionTopic? topic, string? reason, QuestionNames names, ShopMoment shop)
    {
        var rest = QuestionPeriod.WithoutDays(OrderNumber().Replace(question, " | "));
        var text = $" {string.Join(" | ", rest.Split('|').Select(part => QuestionNames.Plain(Comma().Replace(part, " and "))))} ";
        text = QuestionVocabulary.Asking().Replace(text, "|");
        if (reason is not null)
        {
            text = text.Replace($" {ReturnRise.Words(reason)} ", " | ", StringComparison.Ordinal);
        }

        foreach (var stem in s_topics.SelectMany(t => t.Stems).Select(s => s.Stem).Where(s => s.Contains(' ', StringComparison.Ordinal)))
        {
            text = Regex.Replace(text, $@"(?<= ){Regex.Escape(QuestionNames.Plain(stem))}\S*(?= )", "|", RegexOptions.CultureInvariant);
        }

        int Weight(QuestionTopic of, string word) => s_topics.Single(t => t.Topic == of).Stems
            .Where(s => QuestionVocabulary.IsFormOf(word, s.Stem)).Select(s => s.Weight).DefaultIfEmpty(0).Max();
        return new QuestionScopeReader(
            text, topic, names, shop, word => topic is { } of && of != QuestionTopic.Sales ? Weight(of, word) : 0,
            word => s_topics.Any(t => Weight(t.Topic, word) >= Telling)).Read();
    }

    private static string Plain(string question) => $" {Spaces().Replace(question.ToLowerInvariant().Replace('’', '\''), " ").Trim()} ";

    private static bool StartsAWord(string text, string stem) => text.Contains(" " + stem, StringComparison.Ordinal)
        || text.Contains("-" + stem, StringComparison.Ordinal);

    [GeneratedRegex(@"[\s,;:?!.()""]+(?=\s|$)|\s+|[?!,;:()""]")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<![\w#-])[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)+(?![\w-])")]
    private static partial Regex Code();

    [GeneratedRegex(@"#\w+|(?<=\border\s+(?:number\s+|no\.?\s+)?)\d{3,}\b", RegexOptions.IgnoreCase)]
    private static partial Regex OrderNumber();

    [GeneratedRegex("[,;]")]
    private static partial Regex Comma();
}

/// <summary>The shop's own names in a question.</summary>
internal sealed class QuestionNames
{
    private readonly ShopMoment _shop;

    public QuestionNames(string question, ShopMoment shop)
    {
        _shop = shop;
        var text = $" {Plain(question)} ";
        var bySku = shop.Skus.Where(s => text.Contains($" {Plain(s)} ", StringComparison.Ordinal)).ToList();
        Skus = bySku.Count > 0 ? bySku : ByTitle(text, shop);
        Supplier = Longest(Suppliers(shop), text);
        Carrier = Longest(Carriers(shop), text);
        Written = question;
        Order = text.Split(' ').Where(w => w.Contains('-', StringComparison.Ordinal) && w.Any(char.IsAsciiDigit))
            .Select(w => shop.History.FindOrder(OrderNumber.Key(w))?.Number).OfType<string>().FirstOrDefault();
    }

    /// <summary>The question as it was written.</summary>
    public string Written { get; }

    /// <summary>An order whose number looks like a code; null when none is named so.</summary>
    public string? Order { get; }

    /// <summary>Every name that stands in the question as a whole, the longest first.</summary>
    public IEnumerable<string> Whole => Skus.SelectMany(s => new[] { s, _shop.Product(s)?.Title }).Append(Supplier).Append(Carrier).Append(Order)
        .OfType<string>().Where(name => name.Length > 0).OrderByDescending(name => name.Length);

    public static IEnumerable<string> Suppliers(ShopMoment shop) => shop.SupplyOrders.Select(s => s.Supplier)
        .Concat(shop.Skus.Select(s => shop.Product(s)?.Supplier).OfType<string>()).Distinct(StringComparer.Ordinal);

    public static IEnumerable<string> Carriers(ShopMoment shop) =>
        shop.Parcels.Select(p => p.Parcel.Carrier).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal);

    private static string? Longest(IEnumerable<string> names, string text) =>
        names.Where(name => text.Contains($" {Plain(name)} ", StringComparison.Ordinal)).MaxBy(name => name.Length);

    public IReadOnlyList<string> Skus { get; }

    /// <summary>Whether something of the shop is called so, or has it in its name: an article, an order to a supplier, an ad group.</summary>
    public bool Knows(string code)
    {
        bool IsIn(string? name) => name?.Contains(code, StringComparison.OrdinalIgnoreCase) == true;

        return _shop.Skus.Any(sku => IsIn(sku) || IsIn(_shop.Product(sku)?.Title))
            || _shop.SupplyOrders.Any(s => IsIn(s.Number) || IsIn(s.Supplier))
            || _shop.AdsSince(DateOnly.MinValue).Any(ad => IsIn(ad.AdGroup) || IsIn(ad.Campaign))
            || _shop.History.FindOrder(OrderNumber.Key(code)) is not null;
    }

    public string? Supplier { get; }

    public string? Carrier { get; }

    /// <summary>A return reason of the shop's whose words stand in the question.</summary>
    public static string? ReasonIn(string text, ShopMoment shop) => shop.Has(FeedKind.Returns)
        ? shop.Returns.All.Select(r => r.Reason).Where(r => r.Length > 0).Distinct(StringComparer.Ordinal).Where(r =>
            text.Contains($" {ReturnRise.Words(r)} ", StringComparison.Ordinal)).MaxBy(r => r.Length) : null;

    /// <summary>Articles whose whole title stands in the question; the longest titles win, so that "Mug Black No 2" is not "Mug Black".</summary>
    private static List<string> ByTitle(string text, ShopMoment shop)
    {
        var found = shop.Skus.Where(s => shop.Product(s)?.Title is { Length: > 2 } title
            && (text.Contains($" {Plain(title)} ", StringComparison.Ordinal) || text.Contains($" {Plain(title)}s ", StringComparison.Ordinal)))
            .Select(s => (Sku: s, Title: Plain(shop.Product(s)!.Title))).ToList();
        return [.. found.Where(f => !found.Exists(other => other.Title.Length > f.Title.Length
            && other.Title.Contains(f.Title, StringComparison.Ordinal))).Select(f => f.Sku)];
    }

    public static string Plain(string text) =>
        string.Join(' ', string.Concat(text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '&' or '/' or '\u0300' ? c
            : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
