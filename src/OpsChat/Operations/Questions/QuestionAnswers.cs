using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>
/// Answers an owner's question from the shop's rows and OpsChat's records, without a model. Pure: it changes nothing, and what it does not
/// understand it says, with questions that are near.
/// </summary>
public static class QuestionAnswers
{
    public static OwnerAnswer To(string question, ShopMoment shop, OperationsSettings settings, OwnerRecords records)
    {
        var read = OwnerQuestion.Read(question, shop, records.Buyers);
        return read.Wish is { } wish ? Wished(wish, read, shop, settings, records) : About(read, shop, settings, records);
    }

    /// <summary>The same for a question that is understood already. Whatever comes of it, that it names a customer is told with the answer.</summary>
    public static OwnerAnswer About(OwnerQuestion question, ShopMoment shop, OperationsSettings settings, OwnerRecords records) =>
        Offered(Answered(question, shop, settings, records), shop) is var answer
            && (question.Scope.Customer is not null || question.Scope.Namesakes.Count > 0)
            ? answer with { NamesCustomer = true }
            : answer;

    private static OwnerAnswer Offered(OwnerAnswer answer, ShopMoment shop) =>
        answer with { Near = [.. answer.Near.Select(near => AnswerTable.Offered(near, shop)).OfType<string>()] };

    private static OwnerAnswer Answered(OwnerQuestion question, ShopMoment shop, OperationsSettings settings, OwnerRecords records) =>
        question is { UnknownCode: { } code, Skus: [] } ? Unknown(code)
        : question.Scope.Namesakes.Count > 0 ? Namesakes(question)
        : WayOfPaying(question, shop) is { } way ? HowPaid(way, question)
        : NotKeptOf(question, shop) is { } what ? NotUnderstood(question.Near) with { Title = what.Sentence }
        : AgentAnswers.Of(new(question, shop, settings, records)) is { } ofTheAgent ? ofTheAgent
        : question.Scope.NotUnderstood.Count > 0 && !NamesDecisions(question, records) ? NotUnderstood(question, shop)
        : question.UnreadDays.Count > 0 ? NotUnderstood(NearOf(question)) with
        {
            Title = $"I cannot answer that for {And(question.UnreadDays.Select(days => $"“{days.Trim()}”"))}: these are no days that have been.",
        }
        : question.Topic is not { } topic ? NotUnderstood(question.Near)
        : Limited(topic, new(question, shop, settings, records));

    /// <summary>What customers write of may be anything, and an article may be called like what no file keeps.</summary>
    private static NotKept? NotKeptOf(OwnerQuestion question, ShopMoment shop)
    {
        var named = question.Skus.SelectMany(sku => QuestionScopeReader.WordsOf(shop, sku)).ToHashSet(StringComparer.Ordinal);
        return question.Topic is QuestionTopic.Contacts or QuestionTopic.Reviews or QuestionTopic.Alerts or QuestionTopic.Waiting ? null
            : NotKept.In(WithoutArticles(question, shop), word => named.Contains(QuestionVocabulary.Base(word)));
    }

    /// <summary>What the grammar does not know may be a kind of decision, which playbooks name; no other word is passed over there.</summary>
    private static bool NamesDecisions(OwnerQuestion question, OwnerRecords records) => question.Topic == QuestionTopic.Approvals
        && question.Scope.NotUnderstood.All(word => ApprovalAnswers.Heeds(word, records));

    private static IReadOnlyList<QuestionTopic> NearOf(OwnerQuestion question) =>
        question.Topic is { } topic ? [topic, .. question.Near] : question.Near;

    /// <summary>What orders were paid with; null when it asks for something else. Ads are paid for, and articles may be called like a way.</summary>
    private static string? WayOfPaying(OwnerQuestion question, ShopMoment shop)
    {
        return question.Topic is QuestionTopic.AdSpend or QuestionTopic.AdWaste ? null
            : QuestionVocabulary.WayOfPaying().Match(WithoutArticles(question, shop)) is { Success: true } way ? way.Value.Trim()
            : null;
    }

    /// <summary>The question without the titles of the articles that it names.</summary>
    private static string WithoutArticles(OwnerQuestion question, ShopMoment shop) =>
        question.Skus.Select(sku => QuestionNames.Plain(shop.Product(sku)?.Title ?? sku))
            .Where(name => name.Contains(' ', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)
            .Aggregate(question.English, (words, name) => words.Replace($" {name}", " |", StringComparison.Ordinal));

    /// <summary>Which articles and places were meant is said before the answer.</summary>
    private static OwnerAnswer Limited(QuestionTopic topic, AskedOfShop asked)
    {
        if (asked.NotTold(topic) is { } name)
        {
            return NotApart(name, asked.Question);
        }

        if (asked.Beside(topic) is { } why)
        {
            return NotUnderstood(NearOf(asked.Question)) with { Title = why };
        }

        var (first, from) = (Reach(topic, asked), asked.Question.Against?.From ?? asked.Period.From);
        if (first is { } begin && asked.Period.To < begin)
        {
            return new(true, $"Nothing is known of {asked.Period.Words}: the files tell of orders from {begin:d MMM yyyy} on.",
                [], [], ["orders"], []);
        }

        var answer = asked.Question.IsCompared ? Beside(topic, asked) : About(topic, asked);
        var label = string.Join(", ", new[]
        {
            asked.Question.Scope.Label, asked.AmountInWords, asked.LimitInWords,
        }.Where(l => l.Length > 0));
        return answer with
        {
            Title = (label.Length == 0 ? answer.Title : $"{label}: {answer.Title}")
                + AnswerTable.Also(asked.CountryUntold) + (first > from ? $" The files tell of orders from {first:d MMM yyyy} on." : ""),
            Rows = [.. answer.Rows.Take(asked.Question.Top ?? int.MaxValue).Select(row => Named(row, asked.Shop))],
        };
    }

    /// <summary>The same asked of two stretches of days, one answer behind the other.</summary>
    private static OwnerAnswer Beside(QuestionTopic topic, AskedOfShop asked)
    {
        var other = asked.Question.Against ?? (asked.Period.Before() is var (from, to)
            ? new QuestionPeriod(from, to, QuestionPeriod.Days(from, to, asked.Shop.Today)) : null);
        var answer = About(topic, asked);
        var before = About(topic, new(asked.Question with { Period = other, IsCompared = false }, asked.Shop, asked.Settings, asked.Records));
        return answer with { Title = $"{answer.Title} Beside it: {before.Title}" };
    }

    /// <summary>The day from which on the files tell of orders, where the question names days of orders: no order before it is not the same as
    /// none. Null elsewhere.</summary>
    private static DateOnly? Reach(QuestionTopic topic, AskedOfShop asked) =>
        topic is QuestionTopic.Orders or QuestionTopic.Sales or QuestionTopic.Sold or QuestionTopic.BestSellers or QuestionTopic.WhySales
            or QuestionTopic.Summary
        && asked.Question is { Period.IsAhead: false, Order: null } && asked.Shop.OrdersSince(DateTimeOffset.MinValue).Any()
            ? QuestionPeriod.FirstOrder(asked.Shop) : null;

    /// <summary>Nobody knows all codes by heart: an article stands in a table by its name with the code.</summary>
    private static IReadOnlyList<string> Named(IReadOnlyList<string> row, ShopMoment shop) =>
        row is [var first, ..] && shop.Product(first) is not null ? [shop.NameOf(first), .. row.Skip(1)] : row;

    /// <summary>What open alerts propose of a kind for whom the question names. Nothing is put up.</summary>
    public static OwnerAnswer Wished(ActionKind kind, OwnerQuestion about, ShopMoment shop, OperationsSettings settings, OwnerRecords records) =>
        new AlertAnswers(new(about, shop, settings, records)).Wished(kind);

    /// <summary>Of days of which a file tells only some, those are answered and named.</summary>
    private static OwnerAnswer About(QuestionTopic topic, AskedOfShop asked) =>
        Answered(topic, KnownFile.Of(topic, asked) is var (first, file) ? asked.KnownFrom(first, file) : asked);

    private static OwnerAnswer Answered(QuestionTopic topic, AskedOfShop asked) => topic switch
    {
        QuestionTopic.RunsOut => new StockAnswers(asked).RunsOut(),
        QuestionTopic.Stock => new StockAnswers(asked).InStock(),
        QuestionTopic.ToOrder => new StockAnswers(asked).ToOrder(),
        QuestionTopic.Sold => new TradeAnswers(asked).Sold(),
        QuestionTopic.Orders => new TradeAnswers(asked).Orders(),
        QuestionTopic.BestSellers => new TradeAnswers(asked).BestSellers(),
        QuestionTopic.Returns => new ReturnAnswers(asked).Returns(),
        QuestionTopic.WhySales => SalesChange.Of(asked),
        QuestionTopic.WhyReturns => new ReturnAnswers(asked).WhyReturns(),
        QuestionTopic.Refunds => new RefundAnswers(asked).Refunds(),
        QuestionTopic.LateParcels => new ParcelAnswers(asked).LateParcels(),
        QuestionTopic.OpenParcels => new ParcelAnswers(asked).OpenParcels(),
        QuestionTopic.StillParcels => new ParcelAnswers(asked).StillParcels(),
        QuestionTopic.StuckOrders => new ParcelAnswers(asked).StuckOrders(),
        QuestionTopic.LeadTime => new SupplierAnswers(asked).LeadTime(),
        QuestionTopic.AdSpend => new TradeAnswers(asked).AdSpent(),
        QuestionTopic.AdWaste => new AdAnswers(asked).AdsThatLose(),
        QuestionTopic.Packing => new ParcelAnswers(asked).Packing(),
        QuestionTopic.Subscriptions => new TradeAnswers(asked).Subscriptions(),
        QuestionTopic.Alerts => new AlertAnswers(asked).Alerts(),
        QuestionTopic.Measures => new AlertAnswers(asked).Kpi(),
        QuestionTopic.Price => new TradeAnswers(asked).Prices(),
        QuestionTopic.Sales => SalesAnswers.To(asked.Question.Sales ?? SalesQuestion.OfAll, asked),
        QuestionTopic.StockValue => new StockAnswers(asked).StockValue(),
        QuestionTopic.TooMuch => new StockAnswers(asked).TooMuch(),
        QuestionTopic.Incoming => new SupplierAnswers(asked).OnOrder(),
        QuestionTopic.SupplierDelays => new SupplierAnswers(asked).Delays(),
        QuestionTopic.Deliveries => new ParcelAnswers(asked).Deliveries(),
        QuestionTopic.Contacts => new CustomerAnswers(asked).Contacts(),
        QuestionTopic.EnoughStock => new StockAnswers(asked).IsEnough(),
        QuestionTopic.Reviews => new CustomerAnswers(asked).Reviews(),
        QuestionTopic.Waiting => new CustomerAnswers(asked).Waiting(),
        QuestionTopic.Bought => new CustomerAnswers(asked).Bought(),
        QuestionTopic.TimeToShip => new ParcelAnswers(asked).TimeToShip(),
        QuestionTopic.OrderChecks => new OrderCheckAnswers(asked).Orders(),
        QuestionTopic.Approvals => new ApprovalAnswers(asked).Decided(),
        QuestionTopic.Summary => new SummaryAnswers(asked).Summary(),
        _ => throw new InvalidOperationException($"Nobody answers {topic}."),
    };
}
