using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Learning;

/// <summary>What is learned from.</summary>
/// <param name="Lessons">Of the time looked at, in any order.</param>
/// <param name="Known">The playbooks in force.</param>
/// <param name="Files">Their files' texts by name, with LF at the ends of lines.</param>
/// <param name="Names">Names of the shop's customers, which are masked wherever they stand.</param>
/// <param name="Decided">What was decided about earlier proposals.</param>
public sealed record LearningInput(
    IReadOnlyList<Lesson> Lessons,
    PlaybookSnapshot Known,
    IReadOnlyDictionary<string, string> Files,
    IReadOnlyList<string> Names,
    IReadOnlyList<DecidedProposal> Decided
);

/// <summary>
/// What people did is evidence about the playbooks: turns it into proposals. Pure; the same input gives the same proposals. Without an encoder it
/// works by words alone.
/// </summary>
public static class Learner
{
    /// <summary>Fewer conversations are no evidence.</summary>
    public const int FewestConversations = CommonWords.FewestConversations;

    private const int MostKnownMessages = 400;

    /// <returns>Those above the line first, then by what they would gain and how many speak for them; gaps last.</returns>
    public static IReadOnlyList<Proposal> Propose(LearningInput input)
    {
        // 1. What may be shown of anybody's words.
        var set = input.Known.Playbooks;
        var common = CommonWords.Of(input.Lessons, set, input.Names);
        var encoder = input.Known.Reader.Classifier.Encoder is { } known
            ? new OwnPhrasesOnly(known, set.Playbooks.SelectMany(p => p.Examples.Append(p.Issue.Replace('-', ' '))).Select(IssueText.Of))
            : null;

        // 2. People's own answers: those that say what a playbook says, and groups of the others.
        var answers = LabelledLessons.Of([.. input.Lessons.Where(lesson => lesson.IsAnsweredByAPerson)], set, common, encoder);

        // 3. Example phrases for playbooks that are there, and playbooks that are not.
        var drafts = NewPlaybooks.Of(answers.Groups, input, common);
        var taught = ExamplePhrases.Of(answers.Known, input.Known, common).Concat(drafts.Select(draft => draft.Taught)).ToList();

        // 4. What they would gain, and confuse.
        var gains = ExampleGain.Measured(input.Known, taught, Judged(input, answers, drafts), encoder);
        List<Proposal> proposals =
        [
            .. ExamplePhrases.Proposals(answers.Known, input, common, gains),
            .. drafts.Select(draft => draft.With(gains[draft.Name])),

            // 5. Edits and rejections that repeat, and what nobody could answer.
            .. RepeatedEdits.Of(input, common),
            .. RepeatedRefusals.Of(input, common),
            .. ContentGaps.Of(input, answers, drafts, common),
        ];

        // 6. Nothing that somebody decided about comes again, unless much more speaks for it.
        return
        [
            .. proposals
                .Where(proposal => ProposalMemory.MayCome(proposal, input.Decided))
                .OrderByDescending(proposal => proposal.IsAboveTheLine)
                .ThenBy(proposal => proposal.Kind == ProposalKind.Gap)
                .ThenByDescending(proposal => (proposal.Gain?.MoreRight ?? proposal.Evidence) - (proposal.Gain?.MoreWrong ?? 0))
                .ThenByDescending(proposal => proposal.Evidence)
                .ThenBy(proposal => proposal.Playbook, StringComparer.Ordinal),
        ];
    }

    /// <summary>How many conversations these lessons are of.</summary>
    internal static int Conversations(IEnumerable<Lesson> lessons) =>
        lessons.Select(lesson => lesson.Conversation).Distinct(StringComparer.Ordinal).Count();

    /// <summary>The time in the middle; null without any.</summary>
    internal static TimeSpan? MiddleWait(IEnumerable<Lesson> lessons)
    {
        var waits = lessons.Select(lesson => lesson.Waited).OfType<TimeSpan>().Order().ToList();
        return waits.Count == 0 ? null : waits[waits.Count / 2];
    }

    internal static IReadOnlyList<ProposedCase> Cases(IEnumerable<Lesson> lessons, CommonWords common) =>
    [
        .. lessons.OrderByDescending(lesson => lesson.At).Select(lesson => new ProposedCase(
            lesson.Turn, common.Shown(lesson.Words, lesson), lesson.Sent is null ? null : common.ShownAnswer(lesson))),
    ];

    /// <summary>Minutes, hours or days, whichever is readable.</summary>
    internal static string InWords(TimeSpan time) => time switch
    {
        { TotalMinutes: < 90 } => $"{Math.Max(1, time.TotalMinutes):0} min",
        { TotalHours: < 48 } => $"{time.TotalHours:0} h",
        _ => $"{time.TotalDays:0} days",
    };

    /// <summary>Whether the linter takes a file with this text, beside the others.</summary>
    internal static bool IsAccepted(LearningInput input, string file, string text)
    {
        var others = input.Known.Playbooks.InForce.Where(other => other.Name != file);
        return !PlaybookSet.Build([.. others, new(file, System.Text.Encoding.UTF8.GetBytes(text))], new Dictionary<string, PlaybookFile>()).Findings
            .Any(finding => finding.IsError && finding.File == file);
    }

    /// <summary>What the phrases are held against: people's answers, and what the agent answered without anybody's complaint.</summary>
    private static List<JudgedMessage> Judged(LearningInput input, LabelledLessons answers, IReadOnlyList<PlaybookDraft> drafts)
    {
        var named = drafts
            .SelectMany(draft => draft.Lessons.Select(lesson => (lesson.Turn, draft.Name)))
            .ToDictionary(pair => pair.Turn, pair => pair.Name, StringComparer.Ordinal);
        return
        [
            .. answers.Known.Select(it => new JudgedMessage(it.Lesson.Words, it.Playbook, it.Lesson.Conversation)),
            .. answers
                .Groups.SelectMany(group => group)
                .Select(lesson => new JudgedMessage(lesson.Words, named.GetValueOrDefault(lesson.Turn), lesson.Conversation)),
            .. input
                .Lessons.Where(lesson => lesson is { Verdict: "Send", Playbook: not null, WasRight: not false })
                .OrderByDescending(lesson => lesson.At)
                .Take(MostKnownMessages)
                .Select(lesson => new JudgedMessage(lesson.Words, lesson.Playbook, lesson.Conversation)),

            // What nobody answered may be a matter for nobody: whoever would answer it now is held to be wrong.
            .. input
                .Lessons.Where(lesson => lesson is { Verdict: "HandOff", Playbook: null, Sent: null })
                .OrderByDescending(lesson => lesson.At)
                .Take(MostKnownMessages)
                .Select(lesson => new JudgedMessage(lesson.Words, null, lesson.Conversation)),
        ];
    }
}
