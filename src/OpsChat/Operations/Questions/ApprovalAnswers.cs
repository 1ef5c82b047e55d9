using System.Text.RegularExpressions;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about what people approved and rejected, and who did.</summary>
internal sealed partial class ApprovalAnswers(AskedOfShop asked)
{
    private static readonly string[] s_rejected = ["reject", "turned down", "refused", "did we refuse", "did i refuse"];

    private static readonly string[] s_approved = ["approv"];

    /// <summary>They say what is done to an order or a text, and not which kind of decision it is.</summary>
    private static readonly string[] s_common = ["order", "request", "edit", "note", "none", "item", "product", "status", "asked"];

    /// <summary>Whether it asks for what was rejected.</summary>
    /// <param name="asks">Whether the question has words that begin so.</param>
    public static bool AreRejected(Predicate<string> asks) => Array.Exists(s_rejected, asks);

    public OwnerAnswer Decided()
    {
        var (rejected, approved) = (AreRejected(asked.Question.Asks), Array.Exists(s_approved, asked.Question.Asks));
        var decided = asked.Records.Decisions.Where(d => d.At <= asked.Shop.Now && IsOfPeriod(d) && IsAsked(d)
                && (rejected == approved || d.IsApproved == approved))
            .OrderByDescending(d => d.At).ToList();
        var kinds = Kinds;
        if (OtherWords.Of(asked.Question, word => IsHeeded(word, kinds)) is { Count: > 0 } others)
        {
            // What carriers rejected is no decision of anybody here, and neither is a kind of which none is on record.
            return Lacks(QuestionTopic.Approvals, $"No decision about {OtherWords.InWords(others)} is on record. "
                + (asked.Records.Decisions.Count == 0 ? "Nothing has been decided here yet."
                    : $"What was decided here is of these kinds: {And(KnownKinds.Select(Words))}."));
        }

        var of = kinds.Count == 0 ? "" : $" of {And(kinds.Select(Words))}";
        var (yes, no) = (decided.Count(d => d.IsApproved), decided.Count(d => !d.IsApproved));
        return Table(
            (rejected == approved ? $"{yes} {Verb(yes, "was", "were")} approved{of}{OfOrder} and {no} rejected"
                : $"{(rejected ? Plural.Of(no, "rejection") : Plural.Of(yes, "approval"))}{of}{OfOrder}")
                + $"{By(decided)}: {asked.Period.Words}.",
            ["", "about", "amount", "day", "decision", "by"],
            decided.Select(d => new[]
            {
                Words(d.What), d.About ?? "–", d.Amount?.ToString() ?? "–", $"{asked.Shop.Calendar.Day(d.At):d MMM yyyy}",
                d.IsApproved ? "approved" : "rejected", d.By ?? "not known",
            }), RefundBook.Approvals) with { Figure = decided.Count };
    }

    private string OfOrder => asked.Question.Order is { } order ? $" for order {order}" : "";

    /// <summary>Who decided, and how often, where it asks for that.</summary>
    private string By(List<RecordedDecision> decided) => !asked.Question.Asks("who ") || decided.Count == 0 ? ""
        : $", by {And(decided.GroupBy(d => d.By ?? "somebody who is not known", StringComparer.Ordinal).OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} ({g.Count()})"))}";

    private IEnumerable<string> KnownKinds =>
        asked.Records.Decisions.Select(d => d.What).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private IReadOnlyList<string>? _kinds;

    /// <summary>The kinds of decisions that the question names, by the first word that tells one from others, else by any of them; empty for
    /// all.</summary>
    private IReadOnlyList<string> Kinds =>
        _kinds ??= KindsOf(telling => telling.Take(1)) is { Count: > 0 } first ? first : KindsOf(telling => telling);

    private List<string> KindsOf(Func<IEnumerable<string>, IEnumerable<string>> some)
    {
        var words = asked.Question.English.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        return [.. KnownKinds.Where(kind => some(Telling(kind)).Any(telling => words.Any(word => IsForm(word, telling))))];
    }

    /// <summary>A kind may be called by a sentence, of which most words stand in any question: <c>what-did-i-order</c>.</summary>
    private static IEnumerable<string> Telling(string kind) =>
        kind.Split('-').Where(word => !QuestionVocabulary.IsFunction(word) && !s_common.Contains(QuestionVocabulary.Base(word)));

    /// <summary>Whether a word asks for decisions, or names a kind of which one is on record.</summary>
    public static bool Heeds(string word, OwnerRecords records) => Own().IsMatch(word)
        || records.Decisions.Select(d => d.What).Distinct(StringComparer.Ordinal).SelectMany(Telling).Any(telling => IsForm(word, telling));

    private static bool IsForm(string word, string telling) =>
        QuestionVocabulary.IsFormOf(word, telling) || QuestionVocabulary.Base(word) == QuestionVocabulary.Base(telling);

    /// <summary>A word of the kinds that it names, of the articles or the order that it is about, or one that asks for decisions.</summary>
    private bool IsHeeded(string word, IReadOnlyList<string> kinds) => Own().IsMatch(word)
        || kinds.Any(kind => kind.Split('-').Any(part => IsForm(word, part)))
        || (asked.Question.Order is { } order && OrderNumber.Key(order) == OrderNumber.Key(word)) || Names.Contains(QuestionVocabulary.Base(word));

    private HashSet<string> Names => asked.Question.Skus.SelectMany(sku => QuestionScopeReader.WordsOf(asked.Shop, sku))
        .Concat($"{asked.Question.Supplier} {string.Join(' ', asked.Question.Skus)}".ToLowerInvariant().Split(' ').Select(QuestionVocabulary.Base))
        .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("^(?:approv.*|reject.*|refus.*|turned|turns?|decid.*|decisions?|actions?|proposals?|requests?|orders?|ordered"
        + "|made|make|gave|give|given|granted|list|show|tell|see|know|count|number|total|history|latest|last|newest|recent(?:ly)?|names?|often|people"
        + "|shop|staff|team|amounts?|money|much)$")]
    private static partial Regex Own();

    private bool IsAsked(RecordedDecision decision) => (Kinds.Count == 0 || Kinds.Contains(decision.What))
        && (asked.Question.Order is not { } order || (decision.About is { } about && OrderNumber.Key(about) == OrderNumber.Key(order)))
        && (!asked.HasArticles || asked.IsAbout(decision.About));

    private bool IsOfPeriod(RecordedDecision decision) =>
        asked.Shop.Calendar.Day(decision.At) is var day && day >= asked.Period.From && day <= asked.Period.To;

    private static string Words(string kind) => kind.Replace('-', ' ');
}
