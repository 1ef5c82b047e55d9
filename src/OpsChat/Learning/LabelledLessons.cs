using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Learning;

/// <summary>A person's own answer that says what a playbook's reply says.</summary>
internal sealed record LabelledLesson(Lesson Lesson, string Playbook);

/// <summary>People's own answers, by what they say.</summary>
/// <param name="Known">Answers that say what a playbook's text says.</param>
/// <param name="Groups">The other answers, by likeness; the largest group first.</param>
internal sealed record LabelledLessons(IReadOnlyList<LabelledLesson> Known, IReadOnlyList<IReadOnlyList<Lesson>> Groups)
{
    // Found by trial with simulated staff: paraphrases of one answer lie above, answers to other matters below.
    private const float SaysTheSame = 0.35f, OfOneGroup = 0.3f, Ahead = 0.08f;

    // Time and memory grow with the square; the newest tell most.
    public const int MostAnswers = 2000;

    public static LabelledLessons Of(IReadOnlyList<Lesson> answered, PlaybookSet set, CommonWords common, ISentenceEncoder? encoder)
    {
        var lessons = answered.OrderByDescending(lesson => lesson.At).Take(MostAnswers).ToList();
        var texts = OwnerText.Of(set);
        // Names and addresses of one customer would make any two answers unlike each other.
        var likeness = new TextLikeness(
            [.. lessons.Select(common.Answer), .. texts.Select(text => TurnedBack.WithoutCourtesy(text.Text.WrittenWords))], encoder);
        var labels = Enumerable.Range(0, lessons.Count).Select(Label).ToList();
        // An answer that is clearly nearer to what people said of other matters than to the playbook's own words belongs to those.
        var unlabelled = Enumerable.Range(0, lessons.Count).Where(i => labels[i] is null).ToList();
        var others = Enumerable.Range(0, lessons.Count).Where(i => labels[i] is not { } playbook || IsNearerToOthers(i, playbook)).ToList();
        var known = Enumerable.Range(0, lessons.Count).Except(others).Select(i => new LabelledLesson(lessons[i], labels[i]!)).ToList();
        var groups = Clusters.Of(others.Count, (a, b) => likeness.Between(others[a], others[b]), OfOneGroup);
        return new(known, [.. groups.Select(group => (IReadOnlyList<Lesson>)[.. group.Select(member => lessons[others[member]])])]);

        bool IsNearerToOthers(int answer, string playbook)
        {
            var nearest = unlabelled
                .Where(other => lessons[other].Conversation != lessons[answer].Conversation)
                .Select(other => likeness.Between(answer, other))
                .OrderDescending()
                .Take(Learner.FewestConversations)
                .ToList();
            return nearest.Count == Learner.FewestConversations && nearest.Average() >= LikenessTo(answer, playbook) + Ahead;
        }

        float LikenessTo(int answer, string playbook) =>
            texts.Select((text, i) => text.Playbook.Issue == playbook ? likeness.Between(answer, lessons.Count + i) : 0).Max();

        string? Label(int answer)
        {
            var lesson = lessons[answer];
            if (lesson is { Playbook: { } own, Suggested: { } offered } && !EditJudge.InSubstance(offered, lesson.Sent!))
            {
                return own;
            }

            var byPlaybook = texts
                .Select((text, i) => (text.Playbook.Issue, Likeness: likeness.Between(answer, lessons.Count + i)))
                .GroupBy(text => text.Issue)
                .Select(playbook => (Issue: playbook.Key, Likeness: playbook.Max(text => text.Likeness)))
                .OrderByDescending(playbook => playbook.Likeness)
                .Take(2)
                .ToList();
            return
                byPlaybook is [var best, ..]
                && best.Likeness >= SaysTheSame
                && (byPlaybook.Count == 1 || best.Likeness >= byPlaybook[1].Likeness + Ahead)
                ? best.Issue
                : null;
        }
    }
}
