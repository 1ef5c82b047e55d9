using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>How answers are laid out, and the question that stands for each topic.</summary>
internal static class AnswerTable
{
    private const int MostRows = 15;
    private const int MostNear = 4;
    private const int MostNamed = 6;
    private const int LongWord = 6;
    private const int LeastLetters = 4;

    private static readonly Dictionary<QuestionTopic, string> s_examples = new()
    {
        [QuestionTopic.RunsOut] = "What runs out this week?", [QuestionTopic.Stock] = "How many pieces of {article} are left?",
            [QuestionTopic.ToOrder] = "What should we order from {supplier}?",
        [QuestionTopic.Sold] = "How many {article} were sold last month?",
        [QuestionTopic.Orders] = "How many orders came last week, and how much revenue?",
        [QuestionTopic.BestSellers] = "What sold most in October?",
        [QuestionTopic.Returns] = "How many returns of {article} came in the last 30 days?",
        [QuestionTopic.WhyReturns] = "Why did returns of {article} rise?",
            [QuestionTopic.Refunds] = "How many refunds were there in October, and how much?",
        [QuestionTopic.LateParcels] = "How many parcels of {carrier} were late last week?",
            [QuestionTopic.OpenParcels] = "How many parcels are on the way?",
        [QuestionTopic.StuckOrders] = "Which orders are stuck?", [QuestionTopic.LeadTime] = "How long does {supplier} really take?",
            [QuestionTopic.AdSpend] = "What did we spend on ads last week?",
        [QuestionTopic.AdWaste] = "Which ads lose money?", [QuestionTopic.Packing] = "Where are packing errors?",
            [QuestionTopic.Subscriptions] = "Which subscriptions failed?",
        [QuestionTopic.Alerts] = "What needs attention?", [QuestionTopic.Measures] = "How are we doing this week?",
            [QuestionTopic.Price] = "What is the margin of {article}?", [QuestionTopic.Sales] = "Who is my best customer?",
        [QuestionTopic.StockValue] = "What is my stock worth?", [QuestionTopic.TooMuch] = "Of which articles is there too much?",
        [QuestionTopic.Incoming] = "When does the next delivery from {supplier} arrive?",
        [QuestionTopic.Deliveries] = "Which carrier is the slowest?",
        [QuestionTopic.Contacts] = "How many customers wrote this week, and about what?", [QuestionTopic.Reviews] = "Which articles got bad reviews?",
        [QuestionTopic.EnoughStock] = "Is there enough stock for the next 30 days?",
        [QuestionTopic.Waiting] = "How many customers wait for a person?", [QuestionTopic.Bought] = "What did {customer} buy?",
            [QuestionTopic.SupplierDelays] = "Which supplier is late most often?", [QuestionTopic.WhySales] = "Why are sales down?",
        [QuestionTopic.Summary] = "How was last week?", [QuestionTopic.TimeToShip] = "How long do we take to ship?",
        [QuestionTopic.StillParcels] = "Which parcels do not move?", [QuestionTopic.OrderChecks] = "Which orders should I look at before they leave?",
        [QuestionTopic.Approvals] = "What did we approve last week?",
    };

    private static readonly QuestionTopic[] s_usual =
        [QuestionTopic.RunsOut, QuestionTopic.Returns, QuestionTopic.Refunds, QuestionTopic.LateParcels];

    public static OwnerAnswer Table(string title, string[] columns, IEnumerable<string[]> rows, params string[] sources) =>
        new(true, title, columns, Cut([.. rows], row => row, _ => []), sources, []);

    /// <summary>The first rows, and where there are more a last one that says how many are not shown and what they come to: rows and total
    /// agree.</summary>
    /// <param name="rest">The cells after the first of what is not shown.</param>
    public static IReadOnlyList<string[]> Cut<T>(IReadOnlyList<T> all, Func<T, string[]> row, Func<IReadOnlyList<T>, string[]> rest) =>
        all.Count <= MostRows ? [.. all.Select(row)]
            : [.. all.Take(MostRows).Select(row), Filled([$"and {all.Count - MostRows} more", .. rest([.. all.Skip(MostRows)])], row(all[0]).Length)];

    private static string[] Filled(string[] cells, int count) => [.. cells, .. Enumerable.Repeat("", Math.Max(0, count - cells.Length))];

    /// <summary>A question that is offered, with the shop's own names in place of what stands for them; null where the shop has no
    /// such name.</summary>
    public static string? Offered(string example, ShopMoment shop)
    {
        var names = new (string Mark, Func<string?> Name)[]
        {
            ("{article}", () => Article(shop)), ("{supplier}", () => QuestionNames.Suppliers(shop).Order(StringComparer.Ordinal).FirstOrDefault()),
            ("{carrier}", () => QuestionNames.Carriers(shop).Order(StringComparer.Ordinal).FirstOrDefault()), ("{customer}", () => null),
        };
        return names.Where(n => example.Contains(n.Mark, StringComparison.Ordinal)).Select(n => (n.Mark, Name: n.Name())).ToList() switch
        {
            [] => example,
            [{ Name: { } name } one] => example.Replace(one.Mark, name, StringComparison.Ordinal),
            _ => null,
        };
    }

    /// <summary>The article that sold most of late.</summary>
    private static string? Article(ShopMoment shop) =>
        shop.Skus.MaxBy(sku => shop.PiecesSold(sku, shop.Today.AddDays(-28), shop.Today)) is { } sku ? shop.Product(sku)?.FullName ?? sku : null;

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
            Title = words.All(QuestionVocabulary.IsDenial)
                ? $"I cannot answer that for what is {said}: no figure tells it apart.{Matching(question, shop)}"
                : $"I did not understand {said}: no article, supplier, carrier or place here is called so.{Matching(question, shop)}",
            Near = [.. Retyped(question, shop).Concat(Corrected(question.Words, words[0], shop)).Concat(answer.Near).Distinct().Take(MostNear)],
        };
    }

    /// <summary>The articles that the other words name.</summary>
    private static string Matching(OwnerQuestion question, ShopMoment shop) => question.Skus.Count == 0 ? ""
        : $" The other words name {string.Join(", ", question.Skus.Take(MostNamed).Select(shop.NameOf))}"
            + (question.Skus.Count > MostNamed ? $" and {question.Skus.Count - MostNamed} more." : ".");

    public static OwnerAnswer Namesakes(OwnerQuestion question) => NotUnderstood(question.Near) with
    {
        Title = $"Several customers have “{string.Join(' ', question.Scope.NotUnderstood)}” in their names: "
            + $"{string.Join(", ", question.Scope.Namesakes)}. Write the whole name.",
        NamesCustomer = true,
    };

    /// <summary>What an order was paid with is in no row that is kept.</summary>
    public static OwnerAnswer HowPaid(string way, OwnerQuestion question) => NotUnderstood(question.Near) with
    {
        Title = $"I cannot answer that for “{way}”: what is kept of the shop's files does not tell how orders were paid, only which are paid.",
    };

    /// <summary>The answer would be about everything although the question names something.</summary>
    public static OwnerAnswer NotApart(string name, OwnerQuestion question) => NotUnderstood(question.Near) with
    {
        Title = $"I cannot answer that for {name} alone: the shop's files do not tell it apart there.",
    };

    /// <summary>The question with each word that was not understood in place of one of the grammar's that is a slip away; none where a word has none,
    /// or the whole is still not understood.</summary>
    private static IEnumerable<string> Retyped(OwnerQuestion question, ShopMoment shop)
    {
        var retyped = question.Words;
        foreach (var word in question.Scope.NotUnderstood)
        {
            var most = word.Length < LeastLetters ? 0 : word.Length < LongWord ? 1 : 2;
            var known = QuestionVocabulary.Written.Where(w => w.Length >= LeastLetters && EditDistance.Between(w, word) <= most)
                .OrderBy(w => EditDistance.Between(w, word)).ThenBy(w => w, StringComparer.Ordinal).FirstOrDefault();
            if (known is null)
            {
                return [];
            }

            retyped = retyped.Replace(word, known, StringComparison.OrdinalIgnoreCase);
        }

        return OwnerQuestion.Read(retyped, shop) is { Topic: not null, Scope.NotUnderstood.Count: 0 } ? [retyped] : [];
    }

    /// <summary>The question with a word of the shop's articles in place of one a slip away from it.</summary>
    private static IEnumerable<string> Corrected(string question, string word, ShopMoment shop)
    {
        if (word.Length < LeastLetters)
        {
            // A slip in three letters may be anything.
            return [];
        }

        var most = word.Length < LongWord ? 1 : 2;
        var known = shop.Skus.SelectMany(sku => QuestionScopeReader.WordsOf(shop, sku)).Where(w => w.Length > 2).Distinct(StringComparer.Ordinal);
        return NearNames.Of(QuestionVocabulary.Base(word), known.Where(w => EditDistance.Between(w, QuestionVocabulary.Base(word)) <= most))
            .Select(near => question.Replace(word, near, StringComparison.OrdinalIgnoreCase))
            .Where(near => OwnerQuestion.Read(near, shop) is { Topic: not null, Scope.NotUnderstood.Count: 0 })
            .Take(2);
    }

    /// <summary>An article is named that the shop does not have: figures of all articles would be taken for its own.</summary>
    public static OwnerAnswer Unknown(string code) => new(true, $"No article {code} is known.", [], [], [], []);

    /// <summary>Names side by side: what is as much of several is of none of them alone.</summary>
    public static string And(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count <= 1 ? string.Concat(all)
            : all.Count > MostNamed ? $"{string.Join(", ", all.Take(MostNamed))} and {all.Count - MostNamed} more"
            : $"{string.Join(", ", all.SkipLast(1))} and {all[^1]}";
    }

    /// <summary>A part of a sentence as a sentence that follows another; empty for none.</summary>
    public static string Also(string part) => part.Length == 0 ? "" : $" {char.ToUpperInvariant(part[0])}{part[1..]}.";

    /// <summary>The verb that agrees with a number: one is, two are.</summary>
    public static string Verb(long count, string one, string many) => count == 1 ? one : many;

    public static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
