using OpsChat.Understanding;

namespace OpsChat.Canary;

/// <summary>What a customer's turn says, as far as scoring needs it.</summary>
/// <param name="Issue">The playbook that the turn was matched to; null when to none.</param>
/// <param name="Complains">Says that the reply was wrong or of no use, or complains.</param>
/// <param name="FactsChanged">A fact that the last reply rested on has another value now.</param>
/// <param name="GoesOn">It tells another value or asks for another fact: a follow-up, and not the same question again.</param>
public sealed record CustomerTurn(
    DateTimeOffset At, string? Issue, SmallTalk SmallTalk, bool WantsPerson, bool Complains, bool FactsChanged, bool GoesOn = false);

/// <summary>The rules by which an answer is wrong, right, or neither. Pure: a case and an event give the next state of the case.</summary>
public static class Scoring
{
    /// <summary>
    /// The sign against the last reply that a customer's turn is, or null. Answering our question, thanks and other small talk, another
    /// issue, a follow-up that goes on, and asking again after a fact changed are none; coming back counts within 24 h of the reply.
    /// </summary>
    public static CustomerSignal? SignalIn(CaseOutcome @case, CustomerTurn turn)
    {
        if (@case.LastReplyAt is not { } replied || @case.WeAskedLast)
        {
            return null;
        }
        if (turn.WantsPerson)
        {
            return CustomerSignal.AskedForPerson;
        }
        if (turn.Complains)
        {
            return CustomerSignal.Complained;
        }
        var again = turn.Issue == @case.Playbook && turn.SmallTalk == SmallTalk.None && !turn.FactsChanged && !turn.GoesOn
            && turn.At <= replied + CaseOutcome.QuietAfter;
        return again ? CustomerSignal.CameBack : null;
    }

    /// <summary>The case after the event. An event about an answer that the case does not hold changes nothing but the time.</summary>
    public static CaseOutcome After(CaseOutcome @case, OutcomeEvent news) => news switch
    {
        OutcomeEvent.AnswerSent e => Replied(@case, e.At, byAgent: true) with
        {
            Answers = @case.Answers.Add(new(e.Answer, e.At, WasSent: true, Drawn: e.Drawn)),
            ReadBy = @case.WasSent ? @case.ReadBy : e.ReadBy,
        },
        OutcomeEvent.QuestionSent e => Alive(@case, e.At) with { WeAskedLast = true },
        OutcomeEvent.DraftOffered e => Alive(@case, e.At) with
        {
            Answers = @case.Answers.Add(new(e.Answer, e.At, WasSent: false, e.WouldSend)),
        },
        OutcomeEvent.DraftBlocked e => Alive(@case, e.At) with { Blocked = @case.Blocked + 1 },
        OutcomeEvent.PersonReplied e => Used(Replied(@case, e.At, byAgent: false), e),
        OutcomeEvent.DraftRejected e => Judged(@case, e.Answer, new(e.Kind, e.By, e.At, e.Why)),
        OutcomeEvent.SpotChecked e => Judged(@case, e.Answer, new(e.Kind, e.By, e.At, e.Why)),
        OutcomeEvent.CustomerWrote e => Signalled(Alive(@case, e.At), e.Signal, e.At),
        OutcomeEvent.ThumbedDown e => Signalled(@case, CustomerSignal.ThumbsDown, e.At),
        OutcomeEvent.DeliveryFailed => @case with { Failures = @case.Failures + 1 },
        OutcomeEvent.WentQuiet e => @case with { QuietAt = e.At },
        _ => throw new InvalidOperationException("OutcomeEvent is closed."),
    };

    /// <summary>The case from its beginning through all its events.</summary>
    public static CaseOutcome Replay(CaseOutcome begun, IEnumerable<OutcomeEvent> events) => events.Aggregate(begun, After);

    private static CaseOutcome Alive(CaseOutcome @case, DateTimeOffset at) =>
        @case with { LastAt = at > @case.LastAt ? at : @case.LastAt };

    private static CaseOutcome Replied(CaseOutcome @case, DateTimeOffset at, bool byAgent) => Alive(@case, at) with
    {
        RepliedAt = @case.RepliedAt ?? at,
        AgentReplied = @case.RepliedAt is null ? byAgent : @case.AgentReplied,
        LastReplyAt = at,
        LastReplyByAgent = byAgent,
        WeAskedLast = false,
    };

    private static CaseOutcome Used(CaseOutcome @case, OutcomeEvent.PersonReplied reply) =>
        reply is { Answer: { } answer, Edit: { } edit }
            ? Judged(@case, answer, new(edit.Kind, reply.By, reply.At, edit.InWords))
            : @case;

    private static CaseOutcome Judged(CaseOutcome @case, string answer, Judgement judgement) => @case with
    {
        Answers = [.. @case.Answers.Select(a => a.Id == answer ? a with { Judged = judgement } : a)],
    };

    private static CaseOutcome Signalled(CaseOutcome @case, CustomerSignal? signal, DateTimeOffset at) =>
        signal is { } seen ? @case with { Signals = @case.Signals.Add(new(seen, at, @case.LastReplyByAgent)) } : @case;
}
