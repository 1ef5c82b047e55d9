using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>When a model is asked, and what for. It can make a turn a person's, and never the reverse. Pure.</summary>
public static class ModelQuestions
{
    /// <summary>The playbooks among which a model may choose when it reads; what moves money is not left to it.</summary>
    public static IEnumerable<Playbook> Offered(PlaybookSnapshot known) =>
        known.Playbooks.Playbooks.Where(playbook => playbook.Settings.Financial != FinancialUse.Action);

    /// <summary>
    /// Whether the model is asked at all: only when the owner's words would be sent, or are held back by nothing but the canary or the playbook's
    /// autonomy, where people judge them. What goes to a person or to approval for any other reason costs no call, and cannot become less careful.
    /// </summary>
    public static bool IsAskedAfter(Decision decision) =>
        decision.Verdict is Verdict.Send || (decision.Verdict is Verdict.AskCustomer && !decision.IsFinancial)
        || decision.Reasons.All(r => r is GateReason.ControlArm or GateReason.AutonomyShadow or GateReason.AutonomySuggest);

    /// <summary>
    /// Whether the words leave, or would but for the customer's arm: then they are the owner's, in either arm, so that both are judged on the same.
    /// </summary>
    public static bool Leaves(Decision decision) =>
        decision.Verdict is Verdict.Send or Verdict.AskCustomer || decision.Reasons.All(r => r is GateReason.ControlArm);

    /// <summary>Whether a model looks things up for the person: no playbook fits, and but for that, and perhaps money, nothing makes the turn
    /// theirs.</summary>
    public static bool MaySuggest(Decision decision) =>
        decision.Verdict is Verdict.HandOff && decision.Reasons.Contains(GateReason.NoPlaybook)
        && decision.Reasons.All(r => r is GateReason.NoPlaybook or GateReason.FactMissing or GateReason.ControlArm
            or GateReason.MessageMovesMoney or GateReason.CaseMovesMoney or GateReason.NothingToApprove);

    /// <summary>
    /// Whether a model may read the turn: the classifier chose nothing, and nothing else makes it a person's already. Money and mood are read apart
    /// and in any case, so a model's reading cannot take a matter from the owner.
    /// </summary>
    public static bool MayRead(Reading reading, PlaybookChoice choice, Turn turn, DateTimeOffset now) =>
        choice.Playbook is null && !turn.IsPaused && !(turn.Conversation.TakenOverUntil > now)
        && reading is { SmallTalk: SmallTalk.None, Money.Sense: not MoneySense.Moves, SeveralIssues.Count: < 2 }
        && reading.Mood is { WantsPerson: false, IsComplaint: false, Threat: Threat.None };
}
