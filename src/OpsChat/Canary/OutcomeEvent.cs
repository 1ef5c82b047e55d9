using System.Text.Json.Serialization;

namespace OpsChat.Canary;

/// <summary>Something that bears on how a case turned out. Closed: the cases below are all there are.</summary>
/// <param name="At">When it happened.</param>
[JsonDerivedType(typeof(AnswerSent), nameof(AnswerSent))]
[JsonDerivedType(typeof(QuestionSent), nameof(QuestionSent))]
[JsonDerivedType(typeof(DraftOffered), nameof(DraftOffered))]
[JsonDerivedType(typeof(DraftBlocked), nameof(DraftBlocked))]
[JsonDerivedType(typeof(PersonReplied), nameof(PersonReplied))]
[JsonDerivedType(typeof(DraftRejected), nameof(DraftRejected))]
[JsonDerivedType(typeof(SpotChecked), nameof(SpotChecked))]
[JsonDerivedType(typeof(CustomerWrote), nameof(CustomerWrote))]
[JsonDerivedType(typeof(ThumbedDown), nameof(ThumbedDown))]
[JsonDerivedType(typeof(DeliveryFailed), nameof(DeliveryFailed))]
[JsonDerivedType(typeof(WentQuiet), nameof(WentQuiet))]
public abstract record OutcomeEvent(DateTimeOffset At)
{
    /// <summary>The same without what a person noted in words.</summary>
    public OutcomeEvent WithoutNotes() => this switch
    {
        DraftRejected rejected => rejected with { Why = "" },
        SpotChecked check => check with { Why = "" },
        PersonReplied replied => replied with { Edit = replied.Edit?.WithoutWords() },
        _ => this,
    };

    /// <summary>The agent's answer went to the customer.</summary>
    /// <param name="Drawn">It was drawn at random for a spot-check.</param>
    /// <param name="ReadBy">Who chose the playbook.</param>
    public sealed record AnswerSent(DateTimeOffset At, string Answer, bool Drawn, ReadBy ReadBy = ReadBy.Classifier) : OutcomeEvent(At);

    /// <summary>The agent's question went to the customer. A question is no answer and is not scored.</summary>
    public sealed record QuestionSent(DateTimeOffset At) : OutcomeEvent(At);

    /// <summary>A person was offered a draft.</summary>
    /// <param name="WouldSend">Only the control arm kept it from being sent.</param>
    public sealed record DraftOffered(DateTimeOffset At, string Answer, bool WouldSend) : OutcomeEvent(At);

    /// <summary>A guardrail stopped a draft.</summary>
    public sealed record DraftBlocked(DateTimeOffset At) : OutcomeEvent(At);

    /// <summary>A person's message reached the customer.</summary>
    /// <param name="Answer">The draft that the person used, unchanged or edited; null when it is the person's own text.</param>
    /// <param name="Edit">What the person changed; null with an unused draft.</param>
    public sealed record PersonReplied(DateTimeOffset At, string By, string? Answer, Edit? Edit) : OutcomeEvent(At);

    /// <summary>A person rejected a draft, or answered in own words although a draft was there.</summary>
    public sealed record DraftRejected(DateTimeOffset At, string By, string Answer, ErrorKind Kind, string Why = "") : OutcomeEvent(At);

    /// <summary>A person judged a sent answer in a spot-check, or corrected such a judgement.</summary>
    /// <param name="Kind">Null: it was right.</param>
    public sealed record SpotChecked(DateTimeOffset At, string By, string Answer, ErrorKind? Kind, string Why = "") : OutcomeEvent(At);

    /// <summary>The customer wrote; <see cref="Scoring.SignalIn"/> says whether that speaks against the last reply.</summary>
    public sealed record CustomerWrote(DateTimeOffset At, CustomerSignal? Signal) : OutcomeEvent(At);

    /// <summary>The customer reacted without words: a thumb down under the answer.</summary>
    public sealed record ThumbedDown(DateTimeOffset At) : OutcomeEvent(At);

    /// <summary>A sent answer failed technically.</summary>
    public sealed record DeliveryFailed(DateTimeOffset At) : OutcomeEvent(At);

    /// <summary>24 h have passed without a message.</summary>
    public sealed record WentQuiet(DateTimeOffset At) : OutcomeEvent(At);
}
