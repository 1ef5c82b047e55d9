using OpsChat.Playbooks;

namespace OpsChat.Learning;

/// <summary>A hand-off answered in words close to a playbook's: the customer's words are proposed as its example phrases.</summary>
internal static class ExamplePhrases
{
    private const int MostPhrases = 12;

    public static IEnumerable<TaughtPhrases> Of(IReadOnlyList<LabelledLesson> known, PlaybookSnapshot playbooks, CommonWords common) =>
        Missed(known).Select(playbook => new TaughtPhrases(playbook.Key, [.. Phrases(playbook, common)], MostPhrases))
            .Where(taught => playbooks.Playbooks.Find(taught.Playbook) is not null);

    public static IEnumerable<Proposal> Proposals(
        IReadOnlyList<LabelledLesson> known, LearningInput input, CommonWords common, IReadOnlyDictionary<string, ProposalGain> gains)
    {
        foreach (var missed in Missed(known))
        {
            var (playbook, evidence) = (input.Known.Playbooks.Find(missed.Key), Learner.Conversations(missed.Select(it => it.Lesson)));
            var there = input.Known.Playbooks.Playbooks.SelectMany(p => p.Examples).ToList();
            var phrases = PhraseChoice.Of(Phrases(missed, common).Select(phrase => phrase.Phrase), there, MostPhrases);
            var edit = new PlaybookEdit.AddExamples(phrases);
            if (
                playbook is null
                || phrases.Count == 0
                || !input.Files.TryGetValue($"{playbook.Issue}.md", out var file)
                || edit.Apply(file) is not { } text
                || !Learner.IsAccepted(input, $"{playbook.Issue}.md", text)
            )
            {
                continue;
            }

            var gain = gains[playbook.Issue];
            yield return new(
                ProposalKind.Examples,
                playbook.Issue,
                $"{phrases.Count} more example phrase{(phrases.Count == 1 ? "" : "s")} for “{playbook.Title}”",
                edit,
                evidence,
                Learner.Cases(missed.Select(it => it.Lesson), common)
            )
            {
                Why = $"In {evidence} conversations a person answered what this playbook answers, and OpsChat had not known that they were about it.",
                Gain = gain,
                Waited = Learner.MiddleWait(missed.Select(it => it.Lesson)),
                IsAboveTheLine = new TaughtPhrases(playbook.Issue, [], MostPhrases).IsWorthIt(gain),
            };
        }
    }

    private static IEnumerable<IGrouping<string, LabelledLesson>> Missed(IReadOnlyList<LabelledLesson> known) =>
        known
            .Where(it => it.Lesson.Playbook != it.Playbook)
            .GroupBy(it => it.Playbook, StringComparer.Ordinal)
            .Where(missed => Learner.Conversations(missed.Select(it => it.Lesson)) >= Learner.FewestConversations);

    private static IEnumerable<(string Phrase, string Conversation)> Phrases(IEnumerable<LabelledLesson> lessons, CommonWords common) =>
        lessons.Select(it => (common.Phrase(it.Lesson), it.Lesson.Conversation)).Where(it => it.Item1 is not null)!;
}
