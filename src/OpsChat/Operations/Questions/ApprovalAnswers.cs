using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about what people approved and rejected, and who did.</summary>
internal sealed class ApprovalAnswers(AskedOfShop asked)
{
    private static readonly string[] s_rejected = ["reject", "turned down", "refused", "did we refuse", "did i refuse"];

    private static readonly string[] s_approved = ["approv"];

    /// <summary>They say what is done to an order or a text, and not which kind of decision it is.</summary>
    private static readonly string[] s_common = ["order", "request", "edit", "note", "none"];

    /// <summary>Whether it asks for what was rejected.</summary>
    /// <param name="asks">Whether the question has words that begin so.</param>
    public static bool AreRejected(Predicate<string> asks) => Array.Exists(s_rejected, asks);

    public OwnerAnswer Decided()
    {
        var (rejected, approved) = (AreRejected(asked.Question.Asks), Array.Exists(s_approved, asked.Question.Asks));
        var decided = asked.Records.Decisions.Where(d => d.At <= asked.Shop.Now && IsOfPeriod(d) && IsAsked(d)
                && (rejected == approved || d.IsApproved == approved))
            .OrderByDescending(d => d.At).ToList();
        var kinds = Kinds.ToList();
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

    /// <summary>The kinds of decisions that the question names; empty for all.</summary>
    private IEnumerable<string> Kinds => asked.Records.Decisions.Select(d => d.What).Distinct(StringComparer.Ordinal)
        .Where(what => what.Split('-').Any(word => !s_common.Contains(word) && asked.Question.Asks(word)));

    private bool IsAsked(RecordedDecision decision) => (!Kinds.Any() || Kinds.Contains(decision.What))
        && (asked.Question.Order is not { } order || (decision.About is { } about && OrderNumber.Key(about) == OrderNumber.Key(order)))
        && (!asked.HasArticles || asked.IsAbout(decision.About));

    private bool IsOfPeriod(RecordedDecision decision) =>
        asked.Shop.Calendar.Day(decision.At) is var day && day >= asked.Period.From && day <= asked.Period.To;

    private static string Words(string kind) => kind.Replace('-', ' ');
}
