using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Learning;
using OpsChat.Storage.Tables;

namespace OpsChat.Host;

/// <summary>Proposals as the command and the API show them. A stable contract: members are added, never renamed.</summary>
static class LearnJson
{
    private const int MostCases = 20, Around = 1;

    /// <param name="text">Null where nothing is written, or it no longer fits.</param>
    public static object Of(StoredProposal stored, ProposedText? text, TurnReplayReport? replay = null)
    {
        var it = stored.Proposal;
        return new
        {
            stored.Id,
            kind = Word(stored.Kind),
            stored.Playbook,
            title = it?.Title ?? "",
            diff = text is null ? "" : Diff(text),
            cases = it?.Cases.Take(MostCases).Select(c => new { c.Turn, c.Said, c.Answered }) ?? [],
            stored.Evidence,
            why = it?.Why ?? "",
            aboveTheLine = it?.IsAboveTheLine ?? false,
            gain = it?.Gain is { } gain ? new { gain.Messages, gain.MoreRight, gain.MoreWrong, gain.Confusions } : null,
            waitedMinutes = it?.Waited?.TotalMinutes,
            state = stored.State.ToString().ToLowerInvariant(),
            replay = replay is null ? null : new { replay.Turns, replay.Undecidable, changed = replay.Changed.Count, replay.Summary },
        };
    }

    /// <summary>The kind as it is written: <c>examples</c>, <c>playbook</c>, <c>reply</c>, <c>exception</c>, <c>gap</c>.</summary>
    public static string Word(ProposalKind kind) => kind == ProposalKind.NewPlaybook ? "playbook" : kind.ToString().ToLowerInvariant();

    /// <summary>Changed lines with a sign, and a line around them.</summary>
    public static string Diff(ProposedText text) => string.Join('\n', LineDiff.Near(LineDiff.Between(text.Before, text.After), Around)
        .Select(line => $"{line.Change switch { LineChange.Added => "+", LineChange.Removed => "-", _ => " " }} {line.Text}"));

    /// <summary>What was measured, in a sentence; null where nothing was.</summary>
    public static string? Gain(Proposal it) =>
        it.Gain is not { } gain
            ? null
            : $"Held against {gain.Messages} messages: {Signed(gain.MoreRight)} answered rightly, {Signed(gain.MoreWrong)} wrongly, when "
                + "all that is proposed is taken.";

    /// <summary>What it would have changed in the past, in a sentence.</summary>
    public static string Replayed(TurnReplayReport report) =>
        $"Of {report.Turns} past turns {report.Changed.Count} change: {report.Summary.AnsweredNow} would be answered that a person "
            + $"answered, {report.Summary.NoLongerAnswered} no longer, "
        + $"{report.Summary.AnsweredOtherwise} in other words. What is known since agrees with {report.Summary.Agree} and contradicts "
        + $"{report.Summary.Contradict}."
        + (report.Undecidable > 0 ? $" {report.Undecidable} cannot be decided again: they would need what was not looked up then." : "");

    private static string Signed(int count) => count > 0 ? $"{count} more" : count < 0 ? $"{-count} fewer" : "none more";
}
