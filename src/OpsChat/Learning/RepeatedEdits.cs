using OpsChat.Canary;
using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Learning;

/// <summary>The same edit made again and again to a playbook's reply: the edited text is proposed in its place.</summary>
internal static class RepeatedEdits
{
    // Of all edits of the reply, so many must be this one.
    private const double FewestShare = 0.5;

    // As alike as two wordings of one answer (LabelledLessons).
    private const float OfOneMatter = 0.35f;

    private sealed record EditedReply(Lesson Lesson, OwnerText Old, string New);

    public static IEnumerable<Proposal> Of(LearningInput input, CommonWords common)
    {
        var texts = OwnerText.Of(input.Known.Playbooks);
        var edited = input.Lessons.Where(lesson => lesson is { Suggested: not null, Sent: not null, Playbook: not null })
            .Select(lesson => Edited(lesson, texts, input.Known)).OfType<EditedReply>().ToList();
        foreach (var reply in edited.GroupBy(edit => (edit.Old.Playbook.Issue, edit.Old.Text.Source)))
        {
            foreach (var same in Alike([.. reply]))
            {
                var (old, evidence) = (same[0].Old, Learner.Conversations(same.Select(edit => edit.Lesson)));
                // Of wordings that say the same, the one that was written most often.
                var text = same.CountBy(edit => edit.New).OrderByDescending(wording => wording.Value).First().Key;
                var edit = new PlaybookEdit.ReplaceText(old.Text.Source, text);
                var file = $"{old.Playbook.Issue}.md";
                if (
                    evidence < Learner.FewestConversations
                    || same.Count < FewestShare * reply.Count()
                    || !TurnedBack.Sentences(text).All(sentence => common.IsTheShops(sentence, same[0].Lesson))
                    || !input.Files.TryGetValue(file, out var present)
                    || edit.Apply(present) is not { } after
                    || !Learner.IsAccepted(input, file, after)
                )
                {
                    continue;
                }

                yield return new(
                    ProposalKind.Reply,
                    old.Playbook.Issue,
                    $"Another reply of “{old.Playbook.Title}”",
                    edit,
                    evidence,
                    Learner.Cases(same.Select(e => e.Lesson), common)
                )
                {
                    Why = $"{same.Count} of {reply.Count()} edits of this reply change it in the same way.",
                    Waited = Learner.MiddleWait(same.Select(e => e.Lesson)),
                    IsAboveTheLine = true,
                };
            }
        }
    }

    /// <summary>The text of the playbook that was edited, and the edited one with its facts turned back; null when the draft was another's, or was
    /// not changed in substance.</summary>
    private static EditedReply? Edited(Lesson lesson, IReadOnlyList<OwnerText> texts, PlaybookSnapshot known)
    {
        if (!EditJudge.InSubstance(lesson.Suggested!, lesson.Sent!))
        {
            return null;
        }

        var facts = new FactSet([.. lesson.Facts, .. known.Shop.Facts(lesson.At, lesson.Language)]);
        foreach (var text in texts.Where(text => text.Playbook.Issue == lesson.Playbook))
        {
            var at = text.Text.Render(facts, lesson.Language) is TextResult.Rendered rendered
                ? lesson.Suggested!.IndexOf(rendered.Text, StringComparison.Ordinal)
                : -1;
            if (at >= 0)
            {
                // The greeting belongs to the conversation, not to the playbook.
                var before = lesson.Suggested![..at];
                var sent =
                    before.Length > 0 && lesson.Sent!.StartsWith(before, StringComparison.Ordinal)
                        ? lesson.Sent[at..]
                        : TurnedBack.WithoutCourtesy(lesson.Sent!);
                // What the old text has as the shop's facts it keeps.
                var shops = text
                    .Text.Names.Where(name => name.StartsWith("store.", StringComparison.Ordinal))
                    .Select(facts.Find)
                    .OfType<Fact>()
                    .ToList();
                var back = WithShopFacts(TurnedBack.Of(sent, lesson.Facts, lesson.Language), shops);
                return back == text.Text.Source || !IsStillAbout(text.Text.WrittenWords, back) ? null : new(lesson, text, back);
            }
        }

        return null;
    }

    /// <summary>Whoever writes something else altogether answers another matter, and edits no reply.</summary>
    private static bool IsStillAbout(string old, string edited) =>
        new TextLikeness([TurnedBack.WithoutCourtesy(old), edited], null).Between(0, 1) >= OfOneMatter;

    private static string WithShopFacts(string text, IReadOnlyList<Fact> facts) =>
        facts
            .Where(fact => fact.Value.Shown.Length > 1)
            .Aggregate(text, (back, fact) => back.Replace(fact.Value.Shown, $"{{{{ {fact.Name} }}}}", StringComparison.Ordinal));

    /// <summary>Edits that say the same are one edit.</summary>
    private static IEnumerable<List<EditedReply>> Alike(IReadOnlyList<EditedReply> edits)
    {
        List<List<EditedReply>> groups = [];
        foreach (var edit in edits)
        {
            if (groups.Find(group => !EditJudge.InSubstance(group[0].New, edit.New)) is { } same)
            {
                same.Add(edit);
            }
            else
            {
                groups.Add([edit]);
            }
        }

        return groups.OrderByDescending(group => group.Count);
    }
}
