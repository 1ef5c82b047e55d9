using System.Globalization;
using OpsChat.Text;

namespace OpsChat.Canary;

/// <summary>The rollout in sentences: the status for a terminal, and what the owner is told when something happens.</summary>
public static class RolloutText
{
    /// <summary>What is in force, what the evidence says, and what the owner is asked; no line is longer than <see cref="ReportText.Width"/>
    /// where words allow it. Playbooks of which the same is to be said stand together.</summary>
    /// <param name="each">Every playbook by itself.</param>
    /// <param name="tellsEach">Where each is told by itself, for a sentence that is read in another place; null where no sentence says so.</param>
    public static string Status(
        CanaryConfig config,
        IReadOnlyList<string> findings,
        IReadOnlyList<ReportSubject> subjects,
        IReadOnlyList<RolloutQuestion> questions,
        string? paused,
        bool each = false,
        string? tellsEach = null
    )
    {
        var whole = subjects.Single(s => s.Playbook is null);
        return string.Join(
            Environment.NewLine,
            [
                .. findings
                    .Append(paused is null ? null : $"The agent is paused: {paused}")
                    .OfType<string>()
                    .SelectMany(line => ReportText.Wrapped(line)),
                $"All playbooks: {Percent(config.Percentage)} of customers are answered by the agent.",
                .. Indented(whole.Decision.Advice),
                .. subjects
                    .Where(s => s.Playbook is not null)
                    .OrderBy(s => s.Playbook, StringComparer.Ordinal)
                    .GroupBy(s => each ? s.Playbook : $"{config.PercentageOf(s.Playbook)} {AdviceTo(s, "PLAYBOOK")}")
                    .SelectMany(same =>
                        same.Count() < FewestTogether ? same.SelectMany(s => Playbook(config, s)) : Together(config, [.. same], tellsEach)
                    ),
                .. config
                    .Playbooks.Keys.Except(subjects.Select(s => s.Playbook))
                    .SelectMany(issue => new[] { "", $"{issue}: {Percent(config.PercentageOf(issue))}, no customers yet" }),
                .. questions.SelectMany(q =>
                    new[] { "" }.Concat(ReportText.Wrapped($"Waits for your yes: {q.Why}")).Append($"  {q.Command}")
                ),
            ]
        );
    }

    /// <summary>Whom the agent answers, and what becomes of the others.</summary>
    public static string InOneSentence(decimal percentage) => percentage switch
    {
        0 => "The agent answers nobody by itself; every customer reaches you, with a draft where there is one.",
        100 => "The agent answers all customers by itself, except where a person must decide: those reach you as drafts.",
        _ => $"The agent answers {Percent(percentage)} of customers by itself; the others reach you as drafts.",
    };

    /// <summary>For the owner, after a rollback: why, and the conversations behind it.</summary>
    /// <param name="wrong">The latest cases with a wrong answer.</param>
    /// <param name="playbook">Null: all.</param>
    public static string RolledBack(RolloutDecision decision, string? playbook, IReadOnlyList<CaseOutcome> wrong)
    {
        var lookAt =
            wrong.Count == 0
                ? ""
                : " Look at: "
                    + string.Join(", ", wrong.Select(c => $"{c.Conversation} ({string.Join(", ", c.SentErrors.Select(CanaryConfigText.Word))})"))
                    + ".";
        return $"{decision.Why}{lookAt} "
            + (
                playbook is null
                    ? "`canary reset` lets everything begin anew."
                    : $"Mend the playbook, and it begins again small; `canary reset {playbook}` lets it begin anew as it is."
            );
    }

    /// <summary>For the owner, when a playbook's file was edited.</summary>
    public static string NewVersion(string playbook, CanaryConfig before, CanaryConfig after)
    {
        var (kept, first) = (after.PercentageOf(playbook), after.StagesOf(playbook)[0]);
        var checks = $"Its evidence starts anew, and its first {after.MinimumScored} answers are spot-checked.";
        return before.PercentageOf(playbook) != kept ? $"{playbook} has a new version after its rollback and begins at {Percent(kept)}. {checks}"
            : kept <= first ? $"{playbook} has a new version at {Percent(kept)}. {checks}"
            : $"{playbook} has a new version and keeps its {Percent(kept)}. {checks}";
    }

    /// <summary>A reminder of drawn answers that have waited for more than a day.</summary>
    public static string SpotChecksWait(int count) =>
        $"{(count == 1 ? "One answer that was drawn for a spot-check has" : $"{count} answers that were drawn for a spot-check have")} "
            + "waited for more than a day. Judge them in the console: nothing is promoted while more than a fifth is unjudged after 48 hours.";

    private static IEnumerable<string> Playbook(CanaryConfig config, ReportSubject subject) =>
        [
            "",
            $"{subject.Playbook}: {Percent(config.PercentageOf(subject.Playbook))}, {subject.Evidence.Sent.Cases} answered, "
                + $"{subject.Evidence.Sent.Wrong} wrong",
            .. Indented(subject.Decision.Advice),
        ];

    /// <summary>So many of which the same is to be said are told together.</summary>
    private const int FewestTogether = 3;

    private const int MostNamed = 5;

    private static string AdviceTo(ReportSubject subject, string name) =>
        subject.Decision.Advice.Replace($" {subject.Playbook}`", $" {name}`", StringComparison.Ordinal);

    private static IEnumerable<string> Together(CanaryConfig config, IReadOnlyList<ReportSubject> same, string? tellsEach)
    {
        var wrong = same.Where(s => s.Evidence.Sent.Wrong > 0).OrderByDescending(s => s.Evidence.Sent.Wrong).ToList();
        var most = string.Join(", ", wrong.Take(MostNamed).Select(s => $"{s.Playbook} {s.Evidence.Sent.Wrong} of {s.Evidence.Sent.Cases}"));
        return
        [
            "",
            $"{same.Count} playbooks: {Percent(config.PercentageOf(same[0].Playbook))}, {same.Sum(s => s.Evidence.Sent.Cases)} answered, "
                + $"{same.Sum(s => s.Evidence.Sent.Wrong)} wrong",
            .. Indented(AdviceTo(same[0], "PLAYBOOK")),
            .. wrong.Count == 0
                ? []
                : Indented($"Wrong: {most}{(wrong.Count > MostNamed ? $" and {Plural.Of(wrong.Count - MostNamed, "more playbook")}" : "")}."),
            .. tellsEach is null ? [] : Indented($"{tellsEach} tells each by itself."),
        ];
    }

    private static IEnumerable<string> Indented(string sentence) => ReportText.Wrapped(sentence, ReportText.Width - 2).Select(line => "  " + line);

    private static string Percent(decimal percentage) => $"{percentage.ToString("0.##", CultureInfo.InvariantCulture)} %";
}
