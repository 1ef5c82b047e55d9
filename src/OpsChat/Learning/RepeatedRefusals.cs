using System.Globalization;
using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Learning;

/// <summary>Approvals of a playbook rejected for the same reason: an exception is proposed, by the fact that tells them from the approved
/// ones.</summary>
internal static class RepeatedRefusals
{
    private const float OneReason = 0.5f;

    // Of the approved ones at most so many may fall under the exception.
    private const double MostApproved = 0.2;

    public static IEnumerable<Proposal> Of(LearningInput input, CommonWords common)
    {
        var decided = input
            .Lessons.Where(lesson => lesson.Playbook is not null && (lesson.Refused is not null || lesson.WasApproved))
            .ToLookup(lesson => lesson.Playbook!, StringComparer.Ordinal);
        foreach (var playbook in input.Known.Playbooks.Playbooks)
        {
            var refused = decided[playbook.Issue].Where(lesson => lesson.Refused is not null).ToList();
            var approved = decided[playbook.Issue].Where(lesson => lesson.WasApproved && lesson.Refused is null).ToList();
            foreach (var reason in Reasons(refused).Where(reason => Learner.Conversations(reason) >= Learner.FewestConversations))
            {
                if (Proposed(input, playbook, reason, approved, common) is { } proposal)
                {
                    yield return proposal;
                }
            }
        }
    }

    private static Proposal? Proposed(LearningInput input, Playbook playbook, IReadOnlyList<Lesson> reason, List<Lesson> approved, CommonWords common)
    {
        var (evidence, file) = (Learner.Conversations(reason), $"{playbook.Issue}.md");
        var words = Words(reason, common);
        var condition = Conditions(reason, approved)
            .Where(it => it.Approved <= MostApproved * approved.Count)
            .OrderBy(it => it.Approved)
            .ThenBy(it => it.Text.Length)
            .ThenBy(it => it.Text, StringComparer.Ordinal)
            .Select(it => it.Text)
            .FirstOrDefault(text => Fits(text));
        return condition is null
            ? null
            : new(
                ProposalKind.Exception,
                playbook.Issue,
                $"An exception of “{playbook.Title}”: when {condition}",
                Rule(condition),
                evidence,
                Learner.Cases(reason, common)
            )
            {
                Why =
                    $"{reason.Count} drafts of this playbook were rejected for the same reason ({words}). In all of them `{condition}` "
                        + $"holds; of {approved.Count} approved ones in {approved.Count(lesson => Holds(condition, lesson))}.",
                Waited = Learner.MiddleWait(reason),
                IsAboveTheLine = approved.Count > 0,
            };

        PlaybookEdit.AddRule Rule(string when) => new($"- When `{when}`, hand off: Drafts were rejected here before: {words}.");

        bool Fits(string when) =>
            input.Files.TryGetValue(file, out var present)
            && Rule(when).Apply(present) is { } after
            && Learner.IsAccepted(input, file, after);
    }

    /// <summary>Refusals whose reasons say the same; those without words by their kind.</summary>
    private static IEnumerable<IReadOnlyList<Lesson>> Reasons(IReadOnlyList<Lesson> refused)
    {
        foreach (var kind in refused.GroupBy(lesson => lesson.Refused!.Kind))
        {
            var worded = kind.Where(lesson => lesson.Refused!.Words.Length > 0).ToList();
            var likeness = new TextLikeness([.. worded.Select(lesson => lesson.Refused!.Words)], null);
            foreach (var group in Clusters.Of(worded.Count, likeness.Between, OneReason))
            {
                yield return [.. group.Select(i => worded[i])];
            }

            yield return [.. kind.Where(lesson => lesson.Refused!.Words.Length == 0)];
        }
    }

    private static string Words(IReadOnlyList<Lesson> reason, CommonWords common)
    {
        var words = reason
            .Select(lesson => common.Shown(lesson.Refused!.Words, lesson))
            .Where(shown => shown.Length > 0 && !shown.Contains(CommonWords.Mask, StringComparison.Ordinal))
            .ToList();
        return words.Count > 0 ? words.CountBy(shown => shown).MaxBy(shown => shown.Value).Key : reason[0].Refused!.Kind.ToLowerInvariant();
    }

    /// <summary>Conditions that hold for each refused one, with how many approved ones they hold for.</summary>
    private static IEnumerable<(string Text, int Approved)> Conditions(IReadOnlyList<Lesson> refused, List<Lesson> approved)
    {
        var names = refused
            .Select(lesson => lesson.Facts.Select(fact => fact.Name).ToHashSet(StringComparer.Ordinal))
            .Aggregate((all, next) => [.. all.Intersect(next)]);
        return names
            .Where(name => FactNames.All.ContainsKey(name) && !name.StartsWith("customer.", StringComparison.Ordinal))
            .SelectMany(name => Of(name, refused, approved))
            .Distinct()
            .Select(text => (text, approved.Count(lesson => Holds(text, lesson))))
            .Where(it => refused.All(lesson => Holds(it.text, lesson)));
    }

    private static IEnumerable<string> Of(string name, IReadOnlyList<Lesson> refused, List<Lesson> approved)
    {
        var values = refused.Select(lesson => Value(name, lesson)!).ToList();
        switch (values[0])
        {
            case FactValue.Flag flag:
                yield return flag.Value ? name : $"not {name}";
                break;
            case FactValue.Text text when FactNames.All[name].Kind == FactKind.Text && text.Value.All(c => char.IsLetter(c) || c == ' '):
                yield return $"{name} = {text.Value.ToLowerInvariant()}";
                break;
            case FactValue.Number or FactValue.Amount:
                var (low, high) = (values.Min(Amount), values.Max(Amount));
                var others = approved.Select(lesson => Value(name, lesson)).OfType<FactValue>().Select(Amount).ToList();
                // The line is drawn where the approved ones end.
                yield return $"{name} > {Written(others.Where(value => value < low).DefaultIfEmpty(low - 1).Max())}";
                yield return $"{name} < {Written(others.Where(value => value > high).DefaultIfEmpty(high + 1).Min())}";
                break;
        }
    }

    private static FactValue? Value(string name, Lesson lesson) => lesson.Facts.FirstOrDefault(fact => fact.Name == name)?.Value;

    private static decimal Amount(FactValue value) =>
        value switch
        {
            FactValue.Number n => n.Value,
            FactValue.Amount a => a.Value.Minor / 100m,
            _ => 0,
        };

    private static string Written(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static bool Holds(string condition, Lesson lesson) =>
        FactExpressionParser.Parse(condition).Expression?.Evaluate(new FactSet(lesson.Facts)) == Truth.Yes;
}
