using OpsChat.Operations.History;
using OpsChat.Operations.Stock;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about what suppliers bring, how long they take, and how often they are late.</summary>
internal sealed class SupplierAnswers(AskedOfShop asked)
{
    public OwnerAnswer OnOrder()
    {
        if (!asked.Shop.Has(FeedKind.PurchaseOrders))
        {
            return Lacks(QuestionTopic.Incoming, "No order to a supplier is known.");
        }

        if (AreOfPurchases(asked.Question.Asks) && !IsOfWhatIsToCome)
        {
            return Purchases();
        }

        // Of days that run, what has come is told only where that is asked.
        if (asked.Question.Period is { IsAhead: false } over && !asked.Question.IsAboutLateness
            && (over.To < asked.Shop.Today || Array.Exists(s_came, asked.Question.Asks)))
        {
            return Received(over);
        }

        bool IsLate(SupplyOrder line) => line.ExpectedAt < asked.Shop.Now;
        bool IsDue(SupplyOrder line) => asked.Question.Period is not { IsAhead: true } ahead
            || (line.ExpectedAt is { } at && asked.Shop.Calendar.Day(at) <= ahead.To);
        var isOfOne = asked.Shop.SupplyOrders.Any(s => asked.Question.Mentions(s.Number));
        var open = asked.Shop.SupplyOrders.Where(s => s.OpenAt(asked.Shop.Now) > 0
            && (!isOfOne || asked.Question.Mentions(s.Number))
            && (asked.Question.Supplier is null || s.Supplier == asked.Question.Supplier)
            && (asked.Question.Skus.Count == 0 || asked.IsAbout(s.Sku))
            && (asked.Question.IsAboutLateness ? IsLate(s) : IsDue(s))).OrderBy(s => s.ExpectedAt ?? DateTimeOffset.MaxValue).ToList();
        var pieces = open.Sum(s => s.OpenAt(asked.Shop.Now));
        var suppliers = string.Join(", ", open.Where(IsLate).Select(s => s.Supplier).Distinct(StringComparer.Ordinal));
        var late = suppliers.Length == 0 ? "" : $"; orders from {suppliers} are late";
        var next = open.Find(s => s.ExpectedAt >= asked.Shop.Now);
        var first = next is null ? ""
            : $"; the next, {next.Number} from {next.Supplier}, is expected on {asked.Shop.Calendar.Day(next.ExpectedAt!.Value):d MMM}";
        var title = asked.Question.Skus is [var one] && GoodsOnTheMove.ComeBack(asked.Question.English) ? BackOf(one, open)
            : asked.Question.IsAboutLateness
            ? suppliers.Length == 0
                ? $"No order{asked.Of} to a supplier is late."
                : $"Orders from {suppliers} are late: {Plural.Of(pieces, "piece")}{asked.Of}, {CostOfOpen(open)}."
            : $"{(AsksWhatIsOwed ? "What suppliers have invoiced, and what of it is paid, no file tells. " : "")}"
                + $"{Plural.Of(pieces, "piece")}{asked.Of} {Verb(pieces, "is", "are")} on order, "
                + $"{CostOfOpen(open, " when they are there")}{first}{late}.";
        return Table(title, ["", "from", "pieces", "order", "expected"],
            open.Select(s => new[]
            {
                s.Sku, s.Supplier, Whole(s.OpenAt(asked.Shop.Now)), s.Number,
                s.ExpectedAt is { } at ? $"{asked.Shop.Calendar.Day(at):d MMM}{(IsLate(s) ? ", late" : "")}" : "not said",
            }), "purchase orders") with { Figure = AsksWhatIsOwed ? null : pieces };
    }

    /// <summary>What is still to come costs; a cost that no line tells is not nothing.</summary>
    private string CostOfOpen(List<SupplyOrder> open, string when = "")
    {
        var unpriced = open.Count(s => !IsPriced(s));
        var cost = new Money(open.Where(IsPriced).Sum(s => s.UnitCost!.Value.Minor * s.OpenAt(asked.Shop.Now)), asked.Shop.Currency);
        return IsUnknown(open) ? "what it costs is not known"
            : $"{cost}{when}" + (unpriced > 0 ? $" (the cost of {unpriced} of {open.Count} lines is not known)" : "");
    }

    private bool AsksWhatIsOwed => asked.Question.Asks("owe");

    /// <summary>When an article is there again: the day of its next delivery, or that none is on order.</summary>
    private string BackOf(string sku, List<SupplyOrder> open)
    {
        var left = asked.Shop.Stock(sku)?.Available;
        // Named by its words, it is said before the answer.
        var name = asked.Question.Scope.Articles.Count > 0 ? "" : $"{asked.Shop.NameOf(sku)}: ";
        var now = $"{name}{(left is null ? "not counted" : left <= 0 ? "out of stock" : $"{Plural.Of(left.Value, "piece")} in stock")}";
        string Of(SupplyOrder line) => $"{Plural.Of(line.OpenAt(asked.Shop.Now), "piece")} of {line.Number} from {line.Supplier}";
        var (next, late) = (open.Find(s => s.ExpectedAt >= asked.Shop.Now), open.Find(s => s.ExpectedAt < asked.Shop.Now));
        return next is not null ? $"{now}; {Of(next)} are expected on {asked.Shop.Calendar.Day(next.ExpectedAt!.Value):d MMM}."
            : late is not null ? $"{now}; {Of(late)} were expected on {asked.Shop.Calendar.Day(late.ExpectedAt!.Value):d MMM} and are late: "
                + "no new day is known."
            : open.Count > 0 ? $"{now}; {Of(open[0])} are on order, and no file says for which day."
            : $"{now}; none is on order, so that no day is known on which more comes.";
    }

    /// <summary>It asks for what was ordered, and not for what has to be or is still to come.</summary>
    /// <param name="asks">Whether the question has words that begin so.</param>
    public static bool AreOfPurchases(Func<string, bool> asks) => s_bought.Any(asks);

    private static readonly string[] s_bought =
        [
            "did we buy", "did i buy", "did we order", "did i order", "have we ordered", "we ordered", "we bought", "have we bought",
            "spend", "spent", "purchases", "did we purchase", "purchased",
        ];

    /// <summary>What was ordered stands beside its coming: "when will what we ordered arrive", "is anything we ordered late".</summary>
    private bool IsOfWhatIsToCome => asked.Question.Period is { IsAhead: true } || Array.Exists(s_toCome, asked.Question.Asks)
        || (asked.Question.Asks("come") && !asked.Question.Asks("come to ") && !asked.Question.Asks("comes to "))
        || (asked.Question.Asks("when ") && !asked.Question.Asks("when did "));

    private static readonly string[] s_toCome = ["arriv", "coming", "due ", "still", "open", "late ", "overdue", "delay"];

    /// <summary>Lines of orders that were placed with suppliers, whether or not they have come.</summary>
    private OwnerAnswer Purchases()
    {
        var period = asked.Question.Period ?? QuestionPeriod.All(asked.Shop);
        var lines = asked.Shop.SupplyOrders.Where(s => s.OrderedAt <= asked.Shop.Now && IsAsked(s)
            && (asked.Question.Period is null || asked.Shop.Calendar.Day(s.OrderedAt) is var day && day >= period.From && day <= period.To)).ToList();
        var unpriced = lines.Count(s => !IsPriced(s));
        var from = asked.Question.Supplier is { } supplier ? $" from {supplier}" : " from suppliers";
        var days = asked.Question.Period is null ? "of all that is known" : period.Words;
        return new(true, $"{Plural.Of(lines.Sum(s => s.Quantity), "piece")} {Verb(lines.Sum(s => s.Quantity), "was", "were")} ordered{from}, "
                + (IsUnknown(lines) ? "what it cost is not known" : $"{CostOf(lines)}"
                + (unpriced > 0 ? $" (the cost of {unpriced} of {lines.Count} lines is not known)" : "")) + $": {days}.",
            ["", "pieces", "cost", "order", "ordered"],
            Cut([.. lines.OrderByDescending(s => s.OrderedAt)], s => new[]
                {
                    s.Sku, Whole(s.Quantity), CostInWords([s]), s.Number,
                    $"{asked.Shop.Calendar.Day(s.OrderedAt):d MMM yyyy}",
                },
                rest => [Whole(rest.Sum(s => s.Quantity)), CostInWords(rest)]), ["purchase orders"], [])
        {
            Figure = !asked.Question.Asks("spen") && !asked.Question.Asks("how much") ? lines.Sum(s => s.Quantity)
                : IsUnknown(lines) ? null : (double)CostOf(lines).Major,
        };
    }

    private bool IsPriced(SupplyOrder line) => line.UnitCost?.Currency == asked.Shop.Currency;

    /// <summary>Something was ordered, and of none of it the cost is known.</summary>
    private bool IsUnknown(IReadOnlyList<SupplyOrder> lines) => lines.Count > 0 && !lines.Any(IsPriced);

    private string CostInWords(IReadOnlyList<SupplyOrder> lines) => IsUnknown(lines) ? "not known" : CostOf(lines).ToString();

    private Money CostOf(IEnumerable<SupplyOrder> lines) => new(lines.Where(IsPriced)
        .Sum(s => s.UnitCost!.Value.Minor * s.Quantity), asked.Shop.Currency);

    /// <summary>What came on days that are over.</summary>
    private OwnerAnswer Received(QuestionPeriod days)
    {
        var came = asked.Shop.SupplyOrders.Where(IsAsked).SelectMany(s => s.Receipts.Select(r => (Line: s, Receipt: r)))
            .Where(r => asked.Shop.Calendar.Day(r.Receipt.At) is var day && day >= days.From && day <= days.To)
            .OrderByDescending(r => r.Receipt.At).ThenBy(r => r.Line.Sku, StringComparer.Ordinal).ToList();
        var pieces = came.Sum(r => r.Receipt.Quantity);
        if (asked.Question.Supplier is null && Array.Exists(s_whichSupplier, asked.Question.Asks))
        {
            return ReceivedBySupplier([.. came.GroupBy(r => r.Line.Supplier, StringComparer.Ordinal).Select(g =>
                (g.Key, Pieces: g.Sum(r => r.Receipt.Quantity), Deliveries: g.Count()))], days);
        }

        return new(true, $"{Plural.Of(pieces, "piece")}{asked.Of} came from suppliers: {days.Words}.", ["", "from", "pieces", "order", "came"],
            Cut(came, r => new[]
                {
                    r.Line.Sku, r.Line.Supplier, Whole(r.Receipt.Quantity), r.Line.Number, $"{asked.Shop.Calendar.Day(r.Receipt.At):d MMM}",
                },
                rest => ["", Whole(rest.Sum(r => r.Receipt.Quantity))]), ["purchase orders"], []) { Figure = pieces };
    }

    private static readonly string[] s_came = ["delivered", "brought", "received", "came ", "arrived"];

    private static readonly string[] s_whichSupplier =
        ["which supplier", "what supplier", "which vendor", "what vendor", "by supplier", "per supplier", "each supplier", "suppliers brought"];

    private OwnerAnswer ReceivedBySupplier(IReadOnlyList<(string Supplier, int Pieces, int Lines)> suppliers, QuestionPeriod days)
    {
        var isLeast = asked.Question.Asks("least") || asked.Question.Asks("fewest");
        var sorted = (isLeast ? suppliers.OrderBy(s => s.Pieces) : suppliers.OrderByDescending(s => s.Pieces))
            .ThenBy(s => s.Supplier, StringComparer.Ordinal).ToList();
        var first = sorted.FindAll(s => s.Pieces == sorted[0].Pieces);
        return Table(sorted.Count == 0 ? $"Nothing came from suppliers{asked.Of}: {days.Words}."
            : $"{And(first.Select(s => s.Supplier))} brought the {(isLeast ? "fewest" : "most")} pieces{asked.Of}, {first[0].Pieces}"
                + $"{(first.Count > 1 ? " each" : "")} of {suppliers.Sum(s => s.Pieces)}: {days.Words}.", ["", "pieces", "lines of orders"],
            sorted.Select(s => new[] { s.Supplier, Whole(s.Pieces), Whole(s.Lines) }), "purchase orders")
            with { Figure = sorted.Count == 0 ? 0 : first[0].Pieces };
    }

    public OwnerAnswer LeadTime()
    {
        var suppliers = SupplierTable.Of(asked.Shop).Where(s => asked.Question.Supplier is null || s.Supplier == asked.Question.Supplier)
            .Where(s => asked.Question.Skus.Count == 0 || asked.Skus.Any(sku => asked.Shop.SupplierOf(sku) == s.Supplier)).ToList();
        var isFastest = asked.Question.Asks("fast") || asked.Question.Asks("quick") || asked.Question.Asks("shortest");
        var isSlowest = asked.Question.Asks("slow") || asked.Question.Asks("longest");
        var named = isFastest ? suppliers.OrderBy(s => s.Q50).ThenBy(s => s.Q90).FirstOrDefault()
            : suppliers.OrderByDescending(s => s.Q50).ThenByDescending(s => s.Q90).FirstOrDefault();
        return named is null ? Lacks(QuestionTopic.LeadTime, "No order to a supplier is known.") : Table(
            asked.Question.Supplier is { } one
                ? $"{one} really takes {Plural.Of(suppliers[0].Q50, "0.#", "day")}: half of its deliveries come within that, "
                    + $"nine in ten within {Number(suppliers[0].Q90)}."
                : isFastest || isSlowest
                    ? $"{named.Supplier} is the {(isFastest ? "fastest" : "slowest")}: half of its deliveries come within {Number(named.Q50)} days, "
                        + $"nine in ten within {Number(named.Q90)}."
                : $"{Plural.Of(suppliers.Count, "supplier")}, as they really deliver.", ["", "says", "takes", "nine in ten", "open"],
            suppliers.OrderByDescending(s => s.Q50).Select(s =>
                new[] { s.Supplier, s.Quoted is { } quoted ? $"{quoted} days" : "nothing", $"{Number(s.Q50)} days", $"{Number(s.Q90)} days",
                Whole(s.Open.Count) }), "purchase orders")
            with { Figure = asked.Question.Supplier is null && (isFastest || isSlowest) ? named.Q50 : suppliers[0].Q50 };
    }

    /// <summary>Deliveries after the promised day, by supplier: of all that are known, or of those promised for the days that are asked about.
    /// What is open past its day is late too.</summary>
    public OwnerAnswer Delays()
    {
        var due = asked.Shop.SupplyOrders.Where(s => IsAsked(s) && SupplierPromise.IsDue(asked.Shop, s) && IsOfDays(s)).ToList();
        var suppliers = due.GroupBy(s => s.Supplier, StringComparer.Ordinal)
            .Select(g => (Supplier: g.Key, Count: g.Count(), Late: g.Count(s => SupplierPromise.IsLate(asked.Shop, s)),
                Open: g.Count(s => s.OpenAt(asked.Shop.Now) > 0)))
            .OrderByDescending(s => s.Late / (double)s.Count).ThenByDescending(s => s.Late).ThenBy(s => s.Supplier, StringComparer.Ordinal).ToList();
        if (suppliers.Count == 0)
        {
            return Lacks(QuestionTopic.SupplierDelays, $"No order{asked.Of} to a supplier with a promised day is known{Days}.");
        }

        if (asked.Question.Supplier is null && s_best.Any(asked.Question.Asks))
        {
            // Of two that are late as seldom, the one that kept its word more often.
            suppliers = [.. suppliers.OrderBy(s => s.Late / (double)s.Count).ThenByDescending(s => s.Count)
                .ThenBy(s => s.Supplier, StringComparer.Ordinal)];
        }

        var worst = suppliers[0];
        var first = suppliers.FindAll(s => (s.Late, s.Count) == (worst.Late, worst.Count));
        List<string> asOften =
            [.. suppliers.Skip(first.Count).Where(s => s.Late * worst.Count == worst.Late * s.Count).Select(s => s.Supplier)];
        return Table(
            suppliers.Count > 1 && s_best.Any(asked.Question.Asks)
                ? $"{worst.Supplier} is the most reliable: "
                    + $"{worst.Count - worst.Late} of {worst.Count} lines of orders came by the promised day{Days}."
                : worst.Late == 0 ? $"None of {due.Count} lines of orders{asked.Of} to suppliers came late{Days}."
                : $"{And(first.Select(s => s.Supplier))} {Verb(first.Count, "is", "are")} late{(suppliers.Count > 1 ? " most often" : "")}: "
                    + $"{worst.Late} of {worst.Count} lines of orders{(first.Count == 1 ? "" : " each")} came after the promised day, "
                    + $"or are still to come{Days}.{AsOften(asOften)}",
            ["", "promised", "late", "share", "still open"],
            suppliers.Select(s => new[] { s.Supplier, Whole(s.Count), Whole(s.Late), $"{100.0 * s.Late / s.Count:0} %", Whole(s.Open) }),
            "purchase orders") with { Figure = worst.Late };
    }

    private static string AsOften(List<string> others) =>
        others.Count == 0 ? "" : $" {And(others)} {Verb(others.Count, "is", "are")} late as often, of fewer lines.";

    private static readonly string[] s_best = ["best", "most reliable", "most on time", "most punctual", "trust", "depend"];

    private string Days => asked.Question.Period is { IsAhead: false } days ? $": {days.Words}" : ", of all that are known";

    private bool IsAsked(SupplyOrder line) => (asked.Question.Supplier is null || line.Supplier == asked.Question.Supplier)
        && (asked.Question.Skus.Count == 0 || asked.IsAbout(line.Sku));

    private bool IsOfDays(SupplyOrder line) => asked.Question.Period is not { IsAhead: false } named
        || (asked.Shop.Calendar.Day(line.ExpectedAt!.Value) is var day && day >= named.From && day <= named.To);
}
