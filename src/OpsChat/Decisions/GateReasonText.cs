namespace OpsChat.Decisions;

/// <summary>A decision in plain words, for the owner.</summary>
public static class GateReasonText
{
    /// <summary>Why a turn went to a person without any decision of the gate.</summary>
    public const string Failed = "OpsChat failed on this message several times; the log says why.";

    /// <summary>What was done with a turn, by the stored name of its verdict.</summary>
    public static string Verdict(string stored) => stored switch
    {
        "Send" => "Sent by itself",
        "AskCustomer" => "Asked the customer",
        "AskOwner" => "Asked for your approval",
        "HandOff" => "Handed to a person",
        "Silent" => "Stayed silent",
        _ => stored,
    };

    /// <summary>A reason in two or three words, for counting: <c>control arm</c>, <c>no playbook</c>.</summary>
    public static string Words(GateReason reason) =>
        string.Concat(
            reason
                .ToString()
                .Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString())
        );

    /// <summary>The reason that <see cref="Words"/> named, or that is called so; null for anything else.</summary>
    public static GateReason? Named(string words) =>
        Enum.GetValues<GateReason>()
            .Where(reason => reason.ToString() == words || Words(reason) == words)
            .Select(reason => (GateReason?)reason)
            .FirstOrDefault();

    /// <summary>One sentence for a reason on a card.</summary>
    public static string Sentence(CardReason reason) => reason switch
    {
        CardReason.OfGate gate => Sentence(gate.Reason),
        CardReason.RuleNote rule => $"Note: {rule.Note}",
        CardReason.ModelWorded => "Note: A model worded the suggestion.",
        CardReason.ModelWrote => "Note: A model wrote the suggestion from what it looked up; no playbook of yours fits.",
        CardReason.ModelProposed => "A model proposed it where no playbook of yours fits.",
        CardReason.Failed => Failed,
        CardReason.TappedForPerson => "The customer tapped “talk to a person” under the agent's answer.",
        CardReason.TakenOver by => $"{by.Who} took this over.",
        CardReason.Rejected by => $"{by.Who} rejected the draft ({by.Kind}{(by.Words.Length > 0 ? $": {by.Words}" : "")}).",
        CardReason.NotNeeded by => $"{by.Who} closed the draft: the customer does not want it any more.",
        CardReason.NobodyDecided => "Nobody decided in time.",
        CardReason.NotSent { MayHaveLeft: true } stopped =>
            $"Approved, and it may have been sent before; it was not sent again: {stopped.Why}",
        CardReason.NotSent stopped => $"Approved, but not sent: {stopped.Why}",
        CardReason.Said said => said.Sentence,
        _ => throw new InvalidOperationException("Reasons on a card are closed."),
    };

    /// <summary>A reason on a card for other programs: the gate's by its name, any other in its sentence.</summary>
    public static string NameOrSentence(CardReason reason) =>
        reason is CardReason.OfGate gate ? gate.Reason.ToString() : Sentence(reason);

    /// <summary>One sentence for a reason of the gate.</summary>
    public static string Sentence(GateReason reason) => reason switch
    {
        GateReason.PersonHasTakenOver => "A person has taken over this conversation, so the agent is silent.",
        GateReason.CardIsOpen => "This matter already waits for a person; the message was added to its card.",
        GateReason.Paused => "The agent is paused.",
        GateReason.MessageMovesMoney => "The customer wants money or goods to move.",
        GateReason.DraftMovesMoney => "The reply promises or confirms something about money.",
        GateReason.CaseMovesMoney => "An earlier message of this matter was about moving money.",
        GateReason.PlaybookIsFinancial => "The playbook is marked `financial: action`.",
        GateReason.RuleNeedsApproval => "The playbook's rule asks for your approval.",
        GateReason.AsksAboutMoney => "The customer asks about money, and the playbook is not written terms (`financial: information`).",
        GateReason.ShopUnavailable => "The shop's data could not be read just now.",
        GateReason.NothingToApprove => "No text could be made ready for approval.",
        GateReason.TooManyApprovals => "This customer has too many approvals pending already.",
        GateReason.Complaint => "The customer complains.",
        GateReason.Threat => "The customer threatens (lawyer, press, bank or worse).",
        GateReason.Vip => "The customer is a VIP by the shop's rule.",
        GateReason.SeveralIssues => "The message is about several issues.",
        GateReason.WantsPerson => "The customer asks for a person.",
        GateReason.OwnersTable => "A row of your hand-off table holds.",
        GateReason.AsksAboutHealth => "The customer asks about an allergy, a diet or what is safe for somebody.",
        GateReason.Attachment => "Something is attached that only a person can look at.",
        GateReason.NoPlaybook => "No playbook fits well enough, and nobody guesses.",
        GateReason.GuardrailFailed => "A guardrail stopped the reply.",
        GateReason.TextWasRejected => "Somebody rejected this text for this customer; now a person finds the words.",
        GateReason.RuleHandsOff => "The playbook's rule hands this to a person.",
        GateReason.RuleInDoubt => "A rule of the playbook may apply, and that is for a person to judge.",
        GateReason.AsksMoreThanStock => "The customer asks something about the product that an answer from the stock does not tell.",
        GateReason.AutonomyShadow => "The playbook is in shadow: replies are only drafted.",
        GateReason.AutonomySuggest => "The playbook only suggests replies.",
        GateReason.ControlArm => "The customer is outside the canary.",
        GateReason.SaidAlready => "The customer got the same answer within the last hour.",
        GateReason.CustomerMustTell => "Something is missing that the customer can tell.",
        GateReason.AskedEnough => "The customer was asked already.",
        GateReason.FactMissing => "A fact that the reply needs is missing.",
        GateReason.AllClear => "Nothing stands against sending it.",
        _ => reason.ToString(),
    };
}
