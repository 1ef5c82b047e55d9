using System.Collections.Frozen;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>A part of a message with what was read of it alone.</summary>
public sealed record ReadClause(string Text, Reading Reading, ToldSlots Told)
{
    /// <summary>The goods that an earlier part named, after which this one was read.</summary>
    public ProductFocus Named { get; init; } = ProductFocus.None;

    /// <summary>The part with the question that it takes over from the one before; null where it has its own.</summary>
    public string? Whole { get; init; }

    /// <summary>What was read.</summary>
    public string Asked => Whole ?? Text;
}

/// <summary>The matters of a turn, and all that was read to tell them apart.</summary>
public sealed record ReadMatters(IReadOnlyList<Matter> Matters, IReadOnlyList<ReadClause> Read)
{
    /// <summary>The turn asks for more than is answered at once: all of it is one matter, and a person's.</summary>
    public bool AreTooMany { get; init; }

    /// <summary>Parts that ask of what the numbers beside them tell, "where are they": no question of their own.</summary>
    public IReadOnlyList<string> OfBefore { get; init; } = [];

    /// <summary>Questions of the turn that stand in none of its matters.</summary>
    public IReadOnlyList<string> LeftOver { get; init; } = [];

    /// <summary>What was read of a matter's words; null when they were not read yet.</summary>
    public ReadClause? Of(Matter matter) => Read.FirstOrDefault(read => read.Asked == matter.Text && read.Named == matter.Named);

    public static ReadMatters One(Turn turn) => new([new(turn.Text, 0)], []);

    /// <summary>
    /// The questions, and whatever moves money, that no answer of the turn accounts for, as a matter for a person; null when nothing is left, or
    /// when nothing was answered and the matters hold everything that was asked.
    /// </summary>
    public Matter? Rest(IReadOnlyList<TurnDecision> decided)
    {
        var answered = decided
            .Where(matter => matter.SaysSomething && matter.Choice.Playbook is not null)
            .Select(matter => matter.Choice.Playbook!.Issue)
            .ToHashSet(StringComparer.Ordinal);
        if (answered.Count == 0 || Read.Count < 2)
        {
            return LeftOver.Count > 0 ? new(string.Join(". ", LeftOver), Matters.Count) : null;
        }

        var issues = Read.DistinctBy(read => read.Text).ToDictionary(read => read.Text, read => read.Reading.Issues, StringComparer.Ordinal);
        // What stands in a matter that is a person's already is seen by them.
        var waiting = decided.Where(matter => !matter.SaysSomething).Select(matter => matter.Matter.Text).ToList();
        var rest = new ClauseAccount(clause => issues.GetValueOrDefault(clause, [])).Rest(Read[0].Text, answered)
            .Where(clause => Wishes(Read[0].Text, clause) && !SaysOnlyWhich(clause) && !OfBefore.Contains(clause))
            .Where(clause => !waiting.Exists(text => text.Contains(clause, StringComparison.Ordinal)))
            .ToList();
        return rest.Count > 0 ? new(string.Join(". ", rest), Matters.Count) : null;
    }

    /// <summary>"The tiffin, 3 tier?": which of the goods beside it are meant.</summary>
    private bool SaysOnlyWhich(string clause) =>
        Read.Any(read => read.Text == clause && read.Told.Product is { IsNamed: false, IsAllThatIsSaid: true });

    private static bool Wishes(string text, string clause) =>
        Understanding.Clauses.IsAsked(text, clause) || MoneyDetector.Read(clause).Sense == MoneySense.Moves;
}

/// <summary>
/// Cuts a turn into its matters, so that each is decided by itself. A part is a matter of its own only where it is rather sure what it asks;
/// details, courtesies and what is merely told stay with the matter before. Pure.
/// </summary>
/// <remarks>
/// What belongs to one order and one trouble is one matter: "it arrived broken, I want my money back" is not two. A mood, a threat or a wish for
/// a person is about the whole, and so is money that only the whole moves.
/// </remarks>
public static class MatterSplit
{
    /// <summary>From here on a part has a topic of its own. Parts are short, and their confidences lower than those of whole messages.</summary>
    private const double OwnTopic = 0.6;

    /// <summary>The same for a part that names an option, before the option is weighed in.</summary>
    private const double TopicOfAnOption = 0.25;

    private const int Most = 4, FewestWords = 3;

    /// <summary>The same asked of so many goods is still answered, each in a line of its own.</summary>
    private const int MostOfOneQuestion = 10;

    /// <summary>The share of the whole's confidence that a list's parts must have together.</summary>
    private const double AboutThese = 0.3;

    private const int MostClauses = 12, ShortClause = 5;

    /// <summary>The parts that could be matters; fewer than two when the text is one.</summary>
    public static IReadOnlyList<string> Clauses(string text) =>
        Understanding.Clauses.All(text) is { Count: > 1 and <= MostClauses } clauses ? clauses : [];

    /// <summary>A longer list than any that is answered part by part. A long story is none: its sentences have more words.</summary>
    public static bool IsLongList(string text) =>
        Understanding.Clauses.All(text) is { Count: > MostClauses } clauses
        && clauses.Count(clause => Tokens.Of(clause).Count <= ShortClause || Understanding.Clauses.IsAsked(text, clause)) > MostClauses;

    /// <returns>One matter with the whole text, or several, and the questions that belong to none of them.</returns>
    public static ReadMatters Of(string text, ReadClause whole, IReadOnlyList<ReadClause> clauses, TurnInput input, PlaybookSnapshot known)
    {
        var turn = input.Turn;
        var one = new ReadMatters([new(text, 0)], [whole, .. clauses]);
        if (clauses.Count < 2 || IsAboutTheWhole(whole.Reading, clauses, turn))
        {
            return one;
        }

        var (groups, leftOver, ofBefore) = Grouped(text, clauses, input, known);
        one = one with { OfBefore = ofBefore };
        var questions = groups.Where(group => group.Issue is not null).Select(group => group.Issue!).ToList();
        // More than a few in one message is a case for a person, who sees all of it.
        if (questions.Count > (questions.Distinct(StringComparer.Ordinal).Skip(1).Any() ? Most : MostOfOneQuestion))
        {
            return one with { AreTooMany = true };
        }

        if (
            questions.Count < 2
            || IsSureOfAnother(whole, clauses, groups, known)
            || IsListOfNames(whole, groups)
        )
        {
            return one;
        }

        var details = string.Join('\n', clauses.Where(clause => clause.Told.HasOrderDetail).Select(clause => clause.Text));
        return one with
        {
            Matters =
            [
                .. groups
                    .Where(group => group.Issue is not null)
                    .Select((group, at) => new Matter(WithDetails(group, details, known), at) { Named = group.Named }),
            ],
            LeftOver = leftOver,
        };
    }

    /// <summary>"What is the difference between ergo and ortho" is about neither of the two alone.</summary>
    private static bool IsSureOfAnother(ReadClause whole, IReadOnlyList<ReadClause> clauses, List<Group> groups, PlaybookSnapshot known) =>
        known.Reader.Choose(whole.Reading) is { } sure
        && (groups.TrueForAll(group => group.Issue != sure)
            // The same is asked of each of the goods, and each has its own answer.
            || (clauses.All(clause => clause.Whole is null) && groups.TrueForAll(group => group.Issue == sure || IsOneWord(group))));

    /// <summary>A list of names is two matters only where the whole is about these: "prices and sizes" is, "ergo and ortho variation" is
    /// not.</summary>
    private static bool IsListOfNames(ReadClause whole, List<Group> groups) =>
        groups.TrueForAll(group => group.Texts is [var text] && ContextReading.WordsIn(text) < FewestWords)
        && whole.Reading.Issues.Where(issue => groups.Exists(group => group.Issue == issue.Issue)).Sum(issue => issue.Confidence) < AboutThese;

    private static bool IsOneWord(Group group) => group.Texts is [var text] && ContextReading.WordsIn(text) == 1;

    /// <summary>What is one matter however many things it names: a mood, a threat, a wish for a person, a picture, and money that only the whole
    /// moves.</summary>
    /// <param name="clauses">Its parts as they were read; none when it has none.</param>
    internal static bool IsAboutTheWhole(Reading whole, IReadOnlyList<ReadClause> clauses, Turn turn) =>
        turn.Attachments.Count > 0
        || whole.Withdrawal == Withdrawal.Wholly
        || whole.Mood is { IsComplaint: true } or { WantsPerson: true } or { Tone: Tone.Angry } || whole.Mood.Threat != Threat.None
        || (whole.Money.Sense == MoneySense.Moves && clauses.All(clause => clause.Reading.Money.Sense != MoneySense.Moves));

    private sealed record Group(string? Issue, string Product, List<string> Texts, bool HasDetails, ProductFocus Named);

    private static (List<Group> Groups, List<string> LeftOver, List<string> OfBefore) Grouped(
        string text,
        IReadOnlyList<ReadClause> clauses,
        TurnInput input,
        PlaybookSnapshot known
    )
    {
        var turn = input.Turn;
        var (groups, leftOver, ofBefore) = (new List<Group>(), new List<string>(), new List<string>());
        foreach (var clause in clauses)
        {
            var isOfBefore = input.Schema >= TurnInput.QuestionBehindGoods && groups is [.., var last]
                && last.HasDetails && (IsOfOrder(last, known) || last.Texts.TrueForAll(ContextReading.OnlyGivesNumbers))
                && IsAboutThem(clause, last.Issue);
            ofBefore.AddRange(isOfBefore ? [clause.Text] : []);
            var issue = isOfBefore ? null : IssueOf(clause, turn, known);
            var product = clause.Told.Product is { IsNamed: true, Titles: [var title] } ? title : "";
            var joined = issue is null
                ? groups.Count > 0 ? groups[^1] : null
                : groups.Find(group => IsOneMatter(group, issue, product, known));
            if (issue is null && !isOfBefore && joined?.Issue is { } before && IsAnotherQuestion(text, clause, before))
            {
                leftOver.Add(clause.Text);
                continue;
            }

            if (joined is null)
            {
                groups.Add(new(issue, product, [clause.Asked], clause.Told.HasOrderDetail, clause.Named));
            }
            else
            {
                joined.Texts.Add(clause.Asked);
                groups[groups.IndexOf(joined)] = joined with
                {
                    Issue = joined.Issue ?? issue,
                    HasDetails = joined.HasDetails || clause.Told.HasOrderDetail,
                };
            }
        }

        return (groups, leftOver, ofBefore);
    }

    /// <summary>"Check 4062 for me, has it moved?"</summary>
    private static bool IsOfOrder(Group group, PlaybookSnapshot known) =>
        group.Issue is null || known.NeedsOf(group.Issue).HasFlag(PlaybookNeeds.Order);

    /// <summary>"Order 1001 and 1002, where are they?": a few words about what the number beside them tells.</summary>
    /// <param name="issue">What is asked of the number; null where nothing is.</param>
    private static bool IsAboutThem(ReadClause clause, string? issue) =>
        !clause.Told.HasOrderDetail
        && !clause.Told.Product.NamesAnything
        && clause.Reading.Money.Sense != MoneySense.Moves
        && Tokens.Of(clause.Asked) is { Count: <= ShortClause } words
        && words.Exists(s_them.Contains)
        // "Is it still under warranty?" is another question.
        && (QuestionDetector.AskedFor(clause.Asked).Any(asked => asked == "where" || ContextReading.IsNewsOfAnOrder(asked))
            || clause.Reading.Issues.Any(near => near.Issue == issue && near.Confidence >= ClauseAccount.Belongs));

    private static readonly FrozenSet<string> s_them =
        "they them it these those both dia mereka ia nya semua 它们 它".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A question that nothing here answers: it would only blur the one before it, and is left to the account of what is over.</summary>
    private static bool IsAnotherQuestion(string text, ReadClause clause, string before) =>
        Understanding.Clauses.IsAsked(text, clause.Text)
        && !clause.Told.HasOrderDetail
        && clause.Told.Product is not { IsNamed: false, IsAllThatIsSaid: true }
        && clause.Reading.SmallTalk == SmallTalk.None
        && !clause.Reading.Issues.Any(issue => issue.Issue == before && issue.Confidence >= ClauseAccount.Belongs);

    /// <summary>The same question about the same thing; or two sides of one order's trouble.</summary>
    private static bool IsOneMatter(Group group, string issue, string product, PlaybookSnapshot known) =>
        group.Issue is null
        || (group.Issue == issue && (group.Product == product || product.Length == 0))
        || (known.NeedsOf(group.Issue).HasFlag(PlaybookNeeds.Order) && known.NeedsOf(issue).HasFlag(PlaybookNeeds.Order));

    private static string? IssueOf(ReadClause clause, Turn turn, PlaybookSnapshot known)
    {
        // "The 6 pack one" only says which of the goods beside it are meant.
        if (
            clause.Reading.SmallTalk != SmallTalk.None
            || IsCondition(clause.Asked)
            || clause.Told.Product is { IsNamed: false, IsAllThatIsSaid: true })
        {
            return null;
        }

        // "Opening hours" is enough where the words alone leave no doubt.
        if (ContextReading.WordsIn(clause.Asked) < FewestWords)
        {
            return known.Reader.Choose(clause.Reading);
        }

        // "Red - please tell me there is one" says which of the goods beside it are meant.
        var saysWhich = clause.Told.Product is { IsNamed: false, NamesOption: true };
        return ContextReading.BestOf(clause.Asked, clause.Reading, clause.Told, turn, known) is { Weighed: >= OwnTopic } best
            && !(saysWhich && best.Confidence < TopicOfAnOption)
                ? best.Issue
                : null;
    }

    /// <summary>"If I pay by instalment" only says when the question beside it is meant.</summary>
    private static bool IsCondition(string clause) => Tokens.Of(clause) is [var first, ..] && s_conditions.Contains(first);

    private static readonly FrozenSet<string> s_conditions =
        "if once unless kalau kalo klo jika jikalau sekiranya apabila kung kapag nếu neu si agar 如果 ถ้า"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Which order is meant may be said in another part.</summary>
    private static string WithDetails(Group group, string details, PlaybookSnapshot known)
    {
        var text = string.Join(". ", group.Texts);
        return details.Length > 0 && !group.HasDetails && known.NeedsOf(group.Issue!).HasFlag(PlaybookNeeds.Order) ? $"{text}\n{details}" : text;
    }
}
