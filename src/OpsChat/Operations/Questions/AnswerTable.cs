using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>How answers are laid out, and the question that stands for each topic.</summary>
internal static class AnswerTable
{
    private const int MostRows = 15;
    private const int MostNear = 4;
    private const int LongWord = 6;

    private static readonly Dictionary<QuestionTopic, string> s_examples = new()
    {
        [QuestionTopic.RunsOut] = "What runs out this week?", [QuestionTopic.Stock] = "How many pieces of SKU are left?",
            [QuestionTopic.ToOrder] = "What should we order from SUPPLIER?",
        [QuestionTopic.Sold] = "How many SKU were sold last month?", [QuestionTopic.Orders] = "How many orders came last week, and how much revenue?",
        [QuestionTopic.BestSellers] = "What sold most in October?", [QuestionTopic.Returns] = "How many returns of SKU came in the last 30 days?",
        [QuestionTopic.WhyReturns] = "Why did returns of SKU rise?",
            [QuestionTopic.Refunds] = "How many refunds were there in October, and how much?",
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
        [QuestionTopic.Contacts] = "How many customers wrote this week, and about what?", [QuestionTopic.Reviews] = "Which articles got bad reviews?",
        [QuestionTopic.EnoughStock] = "Is there enough stock for the next 30 days?",
        [QuestionTopic.Waiting] = "How many customers wait for a person?", [QuestionTopic.Bought] = "What did CUSTOMER buy?",
            [QuestionTopic.SupplierDelays] = "Which supplier is late most often?", [QuestionTopic.Summary] = "How was last week?",
    };

    private static readonly QuestionTopic[] s_usual =
        [QuestionTopic.RunsOut, QuestionTopic.Returns, QuestionTopic.Refunds, QuestionTopic.LateParcels];

    public static OwnerAnswer Table(string title, string[] columns, IEnumerable<string[]> rows, params string[] sources) =>
        new(true, title, columns, [.. rows.Take(MostRows)], sources, []);

    /// <summary>The question is understood, and the shop's files do not tell.</summary>
    public static OwnerAnswer Lacks(QuestionTopic topic, string why) =>
        new(true, why, [], [], [], [.. s_examples.Where(e => e.Key != topic).Select(e => e.Value).Take(2)]);

    public static OwnerAnswer NotUnderstood(IReadOnlyList<QuestionTopic> near) =>
        new(false, "I did not understand what to look for.", [], [], [],
            [.. near.Concat(s_usual).Distinct().Take(MostNear).Select(topic => s_examples[topic])]);

    /// <summary>A word means nothing here and names nothing: figures of everything would be taken for its own.</summary>
    public static OwnerAnswer NotUnderstood(OwnerQuestion question, ShopMoment shop)
    {
        var words = question.Scope.NotUnderstood;
        var said = string.Join(", ", words.Distinct(StringComparer.Ordinal).Select(w => $"“{w}”"));
        var answer = NotUnderstood(question.Topic is { } topic ? [topic, .. question.Near] : question.Near);
        return answer with
        {
            Title = $"I did not understand {said}: no article, supplier, carrier or place here is called so.",
            Near = [.. Corrected(question.Words, words[0], shop).Concat(answer.Near).Take(MostNear)],
        };
    }

    public static OwnerAnswer Namesakes(OwnerQuestion question) => NotUnderstood(question.Near) with
    {
        Title = $"Several customers have “{string.Join(' ', question.Scope.NotUnderstood)}” in their names: "
            + $"{string.Join(", ", question.Scope.Namesakes)}. Write the whole name.",
        NamesCustomer = true,
    };

    /// <summary>The answer would be about everything although the question names something.</summary>
    public static OwnerAnswer NotApart(string name, OwnerQuestion question) => NotUnderstood(question.Near) with
    {
        Title = $"I cannot answer that for {name} alone: the shop's files do not tell it apart there.",
    };

    /// <summary>The question with a word of the shop's articles in place of one a slip away from it.</summary>
    private static IEnumerable<string> Corrected(string question, string word, ShopMoment shop)
    {
        var most = word.Length < LongWord ? 1 : 2;
        var known = shop.Skus.SelectMany(sku => QuestionScopeReader.WordsOf(shop, sku)).Where(w => w.Length > 2).Distinct(StringComparer.Ordinal);
        return NearNames.Of(QuestionVocabulary.Base(word), known.Where(w => EditDistance.Between(w, QuestionVocabulary.Base(word)) <= most))
            .Select(near => question.Replace(word, near, StringComparison.OrdinalIgnoreCase))
            .Take(2);
    }

    /// <summary>An article is named that the shop does not have: figures of all articles would be taken for its own.</summary>
    public static OwnerAnswer Unknown(string code) => new(true, $"No article {code} is known.", [], [], [], []);

    public static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
