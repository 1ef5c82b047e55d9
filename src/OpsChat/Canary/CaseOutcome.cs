using System.Collections.Immutable;

namespace OpsChat.Canary;

/// <summary>In which way an answer was wrong. Always kept with a wrong one.</summary>
public enum ErrorKind { Incorrect, Incomplete, Inappropriate, Outdated, Unwanted, Failed }

/// <summary>What a customer did after a reply that speaks against it.</summary>
public enum CustomerSignal { Complained, CameBack, AskedForPerson, ThumbsDown }

/// <summary>How a case stands. Quiet is no proof of being right and is counted apart.</summary>
public enum Standing { Pending, Quiet, Right, Wrong }

/// <summary>What a person found about one answer or draft.</summary>
/// <param name="Kind">Null when it was right.</param>
/// <param name="By">The person's name.</param>
/// <param name="Why">What was changed or noted, in words; may be empty.</param>
public sealed record Judgement(ErrorKind? Kind, string By, DateTimeOffset At, string Why = "")
{
    public bool IsRight => Kind is null;
}

/// <summary>One answer that a customer received, or one draft that a person was offered.</summary>
/// <param name="Id">The message or trace that it belongs to; unique within the case.</param>
/// <param name="WasSent">The customer received it from the agent; otherwise it was a draft for a person.</param>
/// <param name="WouldSend">A draft that only the arm kept from being sent: <c>Send</c> in the canary arm. False for what was sent.</param>
/// <param name="Drawn">A sent answer that was drawn at random for a spot-check.</param>
/// <param name="Judged">By the owner in a spot-check, or by what the owner did with the draft; null when nobody has.</param>
public sealed record AnswerOutcome(
    string Id, DateTimeOffset At, bool WasSent, bool WouldSend = false, bool Drawn = false, Judgement? Judged = null);

/// <summary>A customer's sign against a reply.</summary>
/// <param name="AfterAgent">The latest reply before it was the agent's; otherwise a person's.</param>
public sealed record SeenSignal(CustomerSignal Signal, DateTimeOffset At, bool AfterAgent);

/// <summary>
/// One case: a conversation and a playbook version, until 24 h of quiet. It is the unit of evidence: wrong if any of its answers was,
/// so that one unhappy customer counts once. Every figure of evidence and report is recomputed from these records.
/// </summary>
/// <param name="Id">Unique and never reused.</param>
/// <param name="Arm">The customer's arm when the case began.</param>
/// <param name="Share">The share of customers in the canary arm at that moment, 0 to 1 (<see cref="CanaryConfig.ShareOf"/>).</param>
/// <param name="FirstOfCustomer">The customer's first case since that share was set; the split check counts each customer once.</param>
/// <param name="StartedAt">When the first answer or draft was made.</param>
public sealed record CaseOutcome(
    string Id,
    string Playbook,
    string Version,
    string Channel,
    string Conversation,
    Arm Arm,
    double Share,
    bool FirstOfCustomer,
    DateTimeOffset StartedAt
)
{
    /// <summary>How long nothing may happen before a case is over, and how long after a reply a return still counts against it.</summary>
    public static readonly TimeSpan QuietAfter = TimeSpan.FromHours(24);

    /// <summary>The case as it was before its first event.</summary>
    public CaseOutcome Begun => new(Id, Playbook, Version, Channel, Conversation, Arm, Share, FirstOfCustomer, StartedAt);

    public ImmutableArray<AnswerOutcome> Answers { get; init; } = [];

    public ImmutableArray<SeenSignal> Signals { get; init; } = [];

    /// <summary>Who chose the playbook of the first sent answer; the classifier before one was sent.</summary>
    public ReadBy ReadBy { get; init; }

    /// <summary>Answers that did not leave, or perhaps left. A rate of its own: it says nothing about the words, so it is no error and no
    /// evidence.</summary>
    public int Failures { get; init; }

    /// <summary>Drafts that a guardrail stopped; they reached nobody and are not errors.</summary>
    public int Blocked { get; init; }

    /// <summary>The first reply that the customer received, from the agent or from a person; null before.</summary>
    public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>The first reply came from the agent.</summary>
    public bool AgentReplied { get; init; }

    /// <summary>The latest answer that the customer received, from the agent or from a person; null before.</summary>
    public DateTimeOffset? LastReplyAt { get; init; }

    /// <summary>The latest reply came from the agent.</summary>
    public bool LastReplyByAgent { get; init; }

    /// <summary>The latest message either way.</summary>
    public DateTimeOffset LastAt { get; init; } = StartedAt;

    /// <summary>The latest message to the customer was a question of ours.</summary>
    public bool WeAskedLast { get; init; }

    /// <summary>When 24 h of quiet ended the case; null while it is open.</summary>
    public DateTimeOffset? QuietAt { get; init; }

    /// <summary>The customer received at least one answer of the agent.</summary>
    public bool WasSent => FirstSentAt is not null;

    public DateTimeOffset? FirstSentAt => Answers.FirstOrDefault(a => a.WasSent)?.At;

    /// <summary>Where the case stands in the order of evidence: its first reply, or its start while nobody replied.</summary>
    public DateTimeOffset OrderedAt => RepliedAt ?? StartedAt;

    /// <summary>The kinds of error of what the customer received from the agent, each once; empty when none is known.</summary>
    public ImmutableArray<ErrorKind> SentErrors =>
    [
        .. Answers.Where(a => a.WasSent).Select(a => a.Judged?.Kind).OfType<ErrorKind>()
            .Concat(Signals.Where(s => s.AfterAgent).Select(s => KindOf(s.Signal)))
            .Distinct(),
    ];

    /// <summary>The kinds of error of the drafts that a person was offered, each once.</summary>
    public ImmutableArray<ErrorKind> DraftErrors => [.. Answers.Where(a => !a.WasSent).Select(a => a.Judged?.Kind).OfType<ErrorKind>().Distinct()];

    /// <summary>How the answers that the customer received stand. Pending for a case without any.</summary>
    public Standing Sent =>
        !SentErrors.IsEmpty ? Standing.Wrong
        : Answers.Any(a => a.WasSent && a.Judged is { IsRight: true }) ? Standing.Right
        : WasSent && QuietAt is not null ? Standing.Quiet
        : Standing.Pending;

    /// <summary>How the drafts stand that a person was offered, by what the person did with them.</summary>
    public Standing Drafted =>
        !DraftErrors.IsEmpty ? Standing.Wrong
        : Answers.Any(a => !a.WasSent && a.Judged is { IsRight: true }) ? Standing.Right
        : Standing.Pending;

    /// <summary>A sent answer of it was drawn for a spot-check.</summary>
    public bool Drawn => Answers.Any(a => a.Drawn);

    /// <summary>When it was drawn first; null when it was not.</summary>
    public DateTimeOffset? DrawnAt => Answers.FirstOrDefault(a => a.Drawn)?.At;

    /// <summary>
    /// Right or wrong as evidence for a promotion; null when nobody has judged. Two kinds count: a case drawn at random, once a person
    /// judged it or it is known to be wrong, and a control draft that only the arm held back, by what the owner did with it.
    /// </summary>
    public bool? JudgedRight => DrawnRight ?? HeldBackRight;

    /// <summary>The first kind: answers that customers received. Right only when every drawn one was found right.</summary>
    public bool? DrawnRight =>
        !Drawn ? null
        : Sent == Standing.Wrong ? false
        : Answers.All(a => a is { Drawn: false } or { Judged: not null }) ? true
        : null;

    /// <summary>The second kind: drafts that the owner judged while the customer was in the control arm.</summary>
    public bool? HeldBackRight
    {
        get
        {
            var judged = Answers.Where(a => a is { WasSent: false, WouldSend: true, Judged: not null }).ToList();
            return WasSent || judged.Count == 0 ? null : judged.TrueForAll(a => a.Judged!.IsRight);
        }
    }

    /// <summary>
    /// Whether the customer complained, came back or asked for a person within 24 h of the first reply: an ending that both arms can
    /// have, seen for the same time in both.
    /// </summary>
    public bool CustomerUnhappy => RepliedAt is { } replied
        && Signals.Any(s => s.Signal != CustomerSignal.ThumbsDown && s.At <= replied + QuietAfter);

    /// <summary>The kind that a customer's sign stands for when nobody has said more.</summary>
    public static ErrorKind KindOf(CustomerSignal signal) => signal switch
    {
        CustomerSignal.CameBack => ErrorKind.Incomplete,
        CustomerSignal.AskedForPerson => ErrorKind.Unwanted,
        _ => ErrorKind.Incorrect,
    };
}
