using OpsChat.Canary;

namespace OpsChat.Decisions;

/// <summary>How one turn ended, then or now.</summary>
/// <param name="Verdict">The verdict's name.</param>
/// <param name="Text">The answer, the question or the draft; null when there was none.</param>
public sealed record ReplayedEnding(string Verdict, string? Playbook, string? Text)
{
    /// <summary>Whether the customer gets these words without a person.</summary>
    public bool Leaves => Verdict is nameof(Decisions.Verdict.Send) or nameof(Decisions.Verdict.AskCustomer);
}

/// <summary>What became known of a turn after it was decided.</summary>
/// <param name="PersonSent">What a person sent the customer before the next message; null when nobody did.</param>
/// <param name="IsRight">Whether the answer of then was right, by a person's or the customer's word; null when nobody said.</param>
public sealed record KnownOutcome(string? PersonSent, bool? IsRight);

/// <summary>A stored turn: how it ended, what is known since, and from what it can be decided again (null when that was not kept).</summary>
/// <param name="MessageId">The last message that it was about.</param>
public sealed record PastTurn(string MessageId, string Conversation, ReplayedEnding Ending, KnownOutcome Known, TurnInput? Input);

/// <summary>A turn that would end differently.</summary>
/// <param name="Known"><c>agrees</c> when what is known since speaks for the new ending, <c>contradicts</c> when against it, else
/// <c>unknown</c>.</param>
/// <param name="Because">What is known, in words.</param>
/// <param name="IsLater">An earlier turn of the conversation changed already, so that what happened here would not have happened so.</param>
public sealed record ChangedTurn(
    string MessageId,
    string Conversation,
    ReplayedEnding Before,
    ReplayedEnding After,
    string Known,
    string Because,
    bool IsLater
);

/// <param name="Turns">All turns of the time.</param>
/// <param name="Undecidable">Those that need what was not recorded.</param>
public sealed record TurnReplayReport(int Turns, int Undecidable, IReadOnlyList<ChangedTurn> Changed, ReplaySummary Summary);

/// <summary>The changes by kind. A turn is counted once in the first four.</summary>
/// <param name="AnsweredNow">They went to a person, and would be answered.</param>
/// <param name="NoLongerAnswered">They were answered, and would go to a person.</param>
/// <param name="AnsweredOtherwise">Answered in other words, or by another playbook.</param>
/// <param name="Other">Nothing left by itself then or would now.</param>
/// <param name="ByPlaybook">Changed turns by the playbook that would decide now; <c>none</c> for none.</param>
public sealed record ReplaySummary(
    int AnsweredNow,
    int NoLongerAnswered,
    int AnsweredOtherwise,
    int Other,
    int Agree,
    int Contradict,
    IReadOnlyDictionary<string, int> ByPlaybook
);

/// <summary>What other playbooks would have decided on past turns, each from its own record. Pure: nothing is sent, counted or stored.</summary>
public static class Replay
{
    /// <param name="turns">Of a conversation in order.</param>
    /// <param name="known">The playbooks that decide now.</param>
    public static TurnReplayReport Run(IEnumerable<PastTurn> turns, Playbooks.PlaybookSnapshot known)
    {
        var (count, undecidable, changed, conversations) = (0, 0, new List<ChangedTurn>(), new HashSet<string>());
        foreach (var turn in turns)
        {
            count++;
            if (turn.Input is null || TurnDecider.Decide(turn.Input, known) is not Redecision.Decided { Decision: var decided })
            {
                undecidable++;
            }
            else if (EndingOf(decided) is var now && now != turn.Ending)
            {
                var (word, because) = Judge(turn, now);
                changed.Add(new(turn.MessageId, turn.Conversation, turn.Ending, now, word, because, IsLater: !conversations.Add(turn.Conversation)));
            }
        }

        return new(count, undecidable, changed, SummaryOf(changed));
    }

    /// <summary>What an edit changes: each turn decided by the playbooks before it and by those after it.</summary>
    /// <param name="turns">Of a conversation in order.</param>
    public static TurnReplayReport Effect(IEnumerable<PastTurn> turns, Playbooks.PlaybookSnapshot before, Playbooks.PlaybookSnapshot after) =>
        Run(turns.Select(turn => turn.Input is not null && TurnDecider.Decide(turn.Input, before) is Redecision.Decided { Decision: var was }
            ? turn with { Ending = EndingOf(was) }
            : turn with { Input = null }), after);

    public static ReplayedEnding EndingOf(TurnDecision decided) => new(decided.Decision.Verdict.Name, decided.Choice.Playbook?.Issue, decided.Reply);

    /// <summary>What is known since of a turn, as a word for or against its new ending.</summary>
    internal static (string Known, string Because) Judge(PastTurn turn, ReplayedEnding now) =>
        (turn.Known, now.Leaves) switch
        {
            ({ PersonSent: { } sent }, true) when now.Text is { } text && !EditJudge.Compare(sent, text).InSubstance => (
                "agrees",
                "A person sent the same."
            ),
            ({ PersonSent: { } sent }, true) => ("contradicts", $"A person sent: {sent}"),
            ({ PersonSent: not null }, false) => ("unknown", "A person answered, and would again."),
            ({ IsRight: false }, _) => ("agrees", "The answer of then was wrong."),
            ({ IsRight: true }, _) => ("contradicts", "The answer of then was right."),
            _ => ("unknown", "Nobody said since how it should have ended."),
        };

    private static ReplaySummary SummaryOf(List<ChangedTurn> changed)
    {
        int Count(bool before, bool after) => changed.Count(turn => turn.Before.Leaves == before && turn.After.Leaves == after);
        return new(
            Count(before: false, after: true),
            Count(before: true, after: false),
            Count(before: true, after: true),
            Count(before: false, after: false),
            changed.Count(turn => turn.Known == "agrees"),
            changed.Count(turn => turn.Known == "contradicts"),
            changed
                .CountBy(turn => turn.After.Playbook ?? "none")
                .OrderByDescending(count => count.Value)
                .ThenBy(count => count.Key, StringComparer.Ordinal)
                .ToDictionary(count => count.Key, count => count.Value)
        );
    }
}
