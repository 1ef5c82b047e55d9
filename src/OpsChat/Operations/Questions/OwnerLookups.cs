using System.Text.RegularExpressions;
using OpsChat.Drafting;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Questions;

/// <summary>
/// What a model may look up for one question of an owner. Every look-up is answered by <see cref="QuestionAnswers"/>, so that a model computes
/// nothing; what was found is kept, because an answer may state nothing else.
/// </summary>
public sealed partial class OwnerLookups(ShopMoment shop, OperationsSettings settings, OwnerRecords records, string question) : IModelLookups
{
    private const int MostLookups = 8;

    // A word as short as "it" names nothing.
    private const int ShortestName = 3;

    private static readonly string[] s_all = ["all", "all articles", "any", "everything"];

    /// <summary>No model is told who a customer is, nor who of the shop's people decided what.</summary>
    private readonly OwnerRecords _records = records with
    {
        WaitingRefunds = [], Waiting = [.. records.Waiting.Select(matter => matter with { Who = "a customer" })],
        Buyers = [], Addresses = new Dictionary<string, string>(),
        Refunds = [.. records.Refunds.Select(r => r with { By = null })], Decisions = [.. records.Decisions.Select(d => d with { By = null })],
    };

    private readonly List<OwnerAnswer> _found = [];
    private readonly List<string> _calls = [];
    private readonly Lock _lock = new();

    /// <summary>Results in the order in which they were looked up.</summary>
    public IReadOnlyList<OwnerAnswer> Found => _found;

    /// <summary>The functions called, in order.</summary>
    public IReadOnlyList<string> Calls => _calls;

    /// <summary>What the owner wants done, as an open alert proposes it; null when nothing was understood. Nothing has been done.</summary>
    public OwnerAnswer? Wished { get; private set; }

    /// <summary>What is said of a wish that no open alert proposes, or several do; null when there was none.</summary>
    public OwnerAnswer? Unmet { get; private set; }

    /// <summary>A proposal was asked for that nobody wished or nothing proposes: an answer that speaks of one would be untrue.</summary>
    public bool HasRefusedWish { get; private set; }

    public int Refusals => Math.Max(0, _calls.Count - MostLookups);

    /// <summary>Looks one thing up. Names that the shop does not know and days that cannot be read are said, never guessed.</summary>
    /// <returns>The result as the model reads it.</returns>
    public string Look(
        QuestionTopic topic,
        string articles = "",
        string supplier = "",
        string carrier = "",
        string reason = "",
        string period = "",
        SalesQuestion? sales = null,
        string? order = null,
        string about = ""
    )
    {
        // What has been read of the shop is computed once and kept in it: one look-up after the other.
        lock (_lock)
        {
            var (asked, unknown) = Read(topic, articles, supplier, carrier, reason, period);
            if (unknown is not null)
            {
                return unknown;
            }

            var answer = QuestionAnswers.About(
                asked with { Sales = sales, Order = order, English = OwnerQuestion.InEnglish(about), Listed = OwnerQuestion.InList(about) },
                shop, settings, _records);
            _found.Add(answer);
            return string.Join('\n', answer.Lines);
        }
    }

    /// <summary>Looks up what was sold. Words for what is counted that are none of these are said, never guessed.</summary>
    /// <param name="measure">See <see cref="SalesMeasure"/>.</param>
    /// <param name="by">See <see cref="SalesBy"/>.</param>
    /// <param name="of">See <see cref="SalesOf"/>.</param>
    /// <param name="order">One order's number; empty for all.</param>
    /// <returns>The result as the model reads it.</returns>
    public string LookAtSales(
        string measure,
        string by,
        string of = "all",
        bool isLeast = false,
        bool isCompared = false,
        string articles = "",
        string period = "",
        string order = ""
    )
    {
        if (Word<SalesMeasure>(measure) is not { } measured || Word<SalesBy>(by) is not { } counted || Word<SalesOf>(of) is not { } meant)
        {
            return $"Sales are counted as {Words<SalesMeasure>()}, by {Words<SalesBy>()}, of {Words<SalesOf>()}.";
        }

        var sales = new SalesQuestion(measured, counted, meant, isLeast, isCompared);
        return Look(QuestionTopic.Sales, articles, period: period, sales: sales, order: order.Trim().Length > 0 ? order.Trim() : null);
    }

    private static T? Word<T>(string word)
        where T : struct, Enum =>
        Enum.TryParse<T>(word.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), true, out var known)
        && Enum.IsDefined(known)
            ? known
            : null;

    private static string Words<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(name => Capital().Replace(name, "-$0").ToLowerInvariant()));

    public bool Admit(string function)
    {
        lock (_lock)
        {
            _calls.Add(function);
            return _calls.Count <= MostLookups;
        }
    }

    /// <summary>One wish a question, and only what the owner's own words ask for: what a model read somewhere must not put anything up.</summary>
    string IModelLookups.Propose(string action, Func<string, string> argument)
    {
        lock (_lock)
        {
            var about = argument("about");
            if (ActionKinds.Of(argument("action").Trim().ToLowerInvariant()) is not { } kind || kind == ActionKind.None)
            {
                HasRefusedWish = true;
                return "There is no such action, so nothing was put up.";
            }

            if (Wished is not null)
            {
                return "One wish is put up already.";
            }

            if (!IsAskedFor(kind, about))
            {
                HasRefusedWish = true;
                return "The owner did not ask for that, so nothing was put up.";
            }

            var answer = QuestionAnswers.Wished(kind, OwnerQuestion.Read(about, shop), shop, settings, _records);
            Wished = answer.Wish is null ? null : answer;
            Unmet = answer.Wish is null ? answer : null;
            return string.Join('\n', answer.Lines);
        }
    }

    /// <summary>What is wished must stand in the question by a word for it, and whom it is about by its name: a question is no wish, whatever a
    /// model makes of it.</summary>
    private bool IsAskedFor(ActionKind kind, string about)
    {
        var isWished = OwnerQuestion.AsksFor(kind, question);
        if (!isWished || about.Trim().Length == 0)
        {
            return isWished && kind.Word().Split('-').Where(name => name.Length >= ShortestName).All(name => OwnerQuestion.HasWord(question, name));
        }

        var (named, asked) = (new QuestionNames(about, shop), OwnerQuestion.Read(question, shop));
        return named.Skus.Count > 0 ? named.Skus.All(asked.Skus.Contains) : asked.Mentions(about.Trim());
    }

    private (OwnerQuestion Asked, string? Unknown) Read(
        QuestionTopic topic,
        string articles,
        string supplier,
        string carrier,
        string reason,
        string period
    )
    {
        var named = new QuestionNames($"{articles} , {supplier} , {carrier}", shop);
        var scope = OwnerQuestion.ScopeOf(articles, shop);
        var skus = scope.Articles.Count > 0 ? scope.Articles : named.Skus;
        var isOfAll = articles.Trim().Length == 0 || s_all.Contains(articles.Trim().ToLowerInvariant());
        var days = period.Trim().Length == 0 ? null : QuestionPeriod.Of(
            // "May" alone is a verb to the reader of whole sentences.
            $"in {TwoDays().Replace(period.Trim(), "from $1 to $2")}",
            shop.Today,
            topic is QuestionTopic.RunsOut or QuestionTopic.ToOrder or QuestionTopic.Incoming or QuestionTopic.EnoughStock
        );
        var target = topic == QuestionTopic.EnoughStock ? StockTarget.Of(period, shop) : null;
        var why = reason.Trim().Length == 0 ? null : QuestionNames.ReasonIn($" {reason.Trim().Replace('-', ' ').ToLowerInvariant()} ", shop);
        return (
            new(topic, skus, named.Supplier, named.Carrier, why, null, days, null, [])
            {
                Scope = QuestionScope.None with { Articles = scope.Articles, Label = scope.Articles.Count > 0 ? scope.Label : "" }, Target = target,
            },
            !isOfAll && skus.Count == 0 ? "No article of that name is known."
            : scope.NotUnderstood.Count > 0 && named.Skus.Count == 0
                ? $"No article is called {string.Join(", ", scope.NotUnderstood)}. Leave it out, or name others."
            : supplier.Trim().Length > 0 && named.Supplier is null ? "No supplier of that name is known."
            : carrier.Trim().Length > 0 && named.Carrier is null ? "No carrier of that name is known."
            : reason.Trim().Length > 0 && why is null ? "No return has that reason."
            : period.Trim().Length > 0 && days is null && target is null
                ? "These days cannot be read. Write them as: last week, last 30 days, May 2026, from 2026-05-01 to 2026-05-20."
            : null
        );
    }

    [GeneratedRegex("(?<=.)[A-Z]")]
    private static partial Regex Capital();

    [GeneratedRegex(@"^(\d{4}-\d{2}-\d{2})\s*(?:to|until|till|–|/|\.\.)\s*(\d{4}-\d{2}-\d{2})$")]
    private static partial Regex TwoDays();
}
