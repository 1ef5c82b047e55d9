namespace OpsChat.Learning;

/// <summary>Questions that nobody could answer from a playbook, and for which none can be proposed: counted, with how long people needed.</summary>
internal static class ContentGaps
{
    private const float OneQuestion = 0.4f;
    private const int MostShown = 12;

    public static IEnumerable<Proposal> Of(LearningInput input, LabelledLessons answers, IReadOnlyList<PlaybookDraft> drafts, CommonWords common)
    {
        var settled = answers
            .Known.Select(it => it.Lesson.Turn)
            .Concat(drafts.SelectMany(draft => draft.Lessons).Select(lesson => lesson.Turn))
            .ToHashSet(StringComparer.Ordinal);
        var open = input
            .Lessons.Where(lesson => lesson is { Verdict: "HandOff", Playbook: null } && !settled.Contains(lesson.Turn))
            .OrderByDescending(lesson => lesson.At)
            .Take(LabelledLessons.MostAnswers)
            .ToList();
        var shown = open.Select(lesson => common.Shown(lesson.Words, lesson)).ToList();
        var likeness = new TextLikeness(shown, null);
        return Clusters.Of(open.Count, likeness.Between, OneQuestion).Select(group => group.Select(i => open[i]).ToList())
            .Where(group => Learner.Conversations(group) >= Learner.FewestConversations).Select(group => Gap(group, common))
            .OrderByDescending(gap => gap.Evidence * (1 + (gap.Waited ?? TimeSpan.FromDays(1)).TotalHours)).Take(MostShown);
    }

    private static Proposal Gap(List<Lesson> group, CommonWords common)
    {
        var (evidence, waited, answered) = (Learner.Conversations(group), Learner.MiddleWait(group), group.Count(lesson => lesson.Sent is not null));
        var phrases = PhraseChoice.Of(group.Select(common.Phrase).OfType<string>(), [], 1);
        return new(
            ProposalKind.Gap,
            "",
            $"Nobody could answer: {(phrases is [var typical, ..] ? typical : "a question that cannot be shown")}",
            null,
            evidence,
            Learner.Cases(group, common)
        )
        {
            Why =
                $"Asked in {evidence} conversations; a person answered {answered} of {group.Count}"
                    + $"{(waited is { } time ? $", half of them within {Learner.InWords(time)}" : "")}, each in other words.",
            Waited = waited,
        };
    }
}
