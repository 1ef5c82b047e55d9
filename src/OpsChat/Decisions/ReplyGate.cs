using System.Text.Json.Serialization;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Why the gate decided as it did; stored, shown to the owner, counted in the report.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateReason>))]
public enum GateReason
{
    PersonHasTakenOver,
    Paused,
    CardIsOpen,
    MessageMovesMoney,
    DraftMovesMoney,
    CaseMovesMoney,
    PlaybookIsFinancial,
    RuleNeedsApproval,
    AsksAboutMoney,
    ShopUnavailable,
    NothingToApprove,
    TooManyApprovals,
    Complaint,
    Threat,
    Vip,
    SeveralIssues,
    WantsPerson,
    OwnersTable,
    AsksAboutHealth,
    Attachment,
    NoPlaybook,
    GuardrailFailed,
    TextWasRejected,
    RuleHandsOff,
    RuleInDoubt,
    AsksMoreThanStock,
    AutonomyShadow,
    AutonomySuggest,
    ControlArm,
    SaidAlready,
    CustomerMustTell,
    AskedEnough,
    FactMissing,
    AllClear,
}

/// <summary>Everything that the gate looks at. Values only: the same input always gives the same decision.</summary>
public sealed record GateInput
{
    public bool PersonHasTakenOver { get; init; }
    public bool Paused { get; init; }

    /// <summary>The detector's word on the customer's message.</summary>
    public MoneySense MessageMoney { get; init; }

    /// <summary>The detector's word on the draft; <see cref="MoneySense.None"/> when there is no draft.</summary>
    public MoneySense DraftMoney { get; init; }

    /// <summary>An earlier message of the same case moved money.</summary>
    public bool CaseMovesMoney { get; init; }

    public bool HasPlaybook { get; init; }
    public FinancialUse Financial { get; init; }
    public Autonomy Autonomy { get; init; } = Autonomy.Canary;
    public bool InCanary { get; init; }

    public bool IsComplaint { get; init; }
    public Threat Threat { get; init; }
    public bool IsVip { get; init; }
    public bool HasSeveralIssues { get; init; }
    public bool WantsPerson { get; init; }

    /// <summary>A row of the owner's hand-off table holds.</summary>
    public bool OwnersTableHolds { get; init; }
    public bool HasAttachment { get; init; }

    /// <summary>The words are about an allergy, a diet or what is safe for a body.</summary>
    public bool AsksAboutHealth { get; init; }

    /// <summary>The draft answers from the stock, and the question has a word that questions of stock do not have.</summary>
    public bool AsksMoreThanStock { get; init; }

    /// <summary>A greeting, thanks or a nudge: the draft is a standing text, and no playbook is needed.</summary>
    public bool IsSmallTalk { get; init; }

    /// <summary>The matter already waits for a person or an approval: more of it joins that card.</summary>
    public bool CardIsOpen { get; init; }

    /// <summary>The customer got exactly this draft a moment ago: once more it helps nobody.</summary>
    public bool SaidAlready { get; init; }

    /// <summary>A text that may be sent or approved is ready.</summary>
    public bool HasDraft { get; init; }

    /// <summary>This customer has as many pending approvals as may wait at once, none of them this matter's.</summary>
    public bool TooManyApprovals { get; init; }

    /// <summary>The draft is the owner's text as written, and names no fact of an order.</summary>
    public bool DraftIsWrittenTerms { get; init; }
    public bool RuleHandsOff { get; init; }

    /// <summary>The rule's action is <c>approve</c>.</summary>
    public bool RuleNeedsApproval { get; init; }

    /// <summary>The playbook needs the shop's data, and it could not be read.</summary>
    public bool ShopUnavailable { get; init; }

    /// <summary>A condition in prose could neither be confirmed nor ruled out.</summary>
    public bool RuleInDoubt { get; init; }
    public bool GuardrailFailed { get; init; }

    /// <summary>Somebody rejected exactly this text for this customer.</summary>
    public bool DraftWasRejected { get; init; }

    /// <summary>Items that the customer can tell, in the order in which they are needed; empty when nothing of the kind is missing.</summary>
    public IReadOnlyList<string> CustomerCanTell { get; init; } = [];

    /// <summary>The question for them; null when it cannot be put.</summary>
    public string? Question { get; init; }

    /// <summary>The question is about who the customer is, so it may come before a financial approval.</summary>
    public bool QuestionProvesIdentity { get; init; }
    public IReadOnlyList<string> AlreadyAsked { get; init; } = [];
    public int QuestionsSoFar { get; init; }

    /// <summary>The turn told something of what is needed, right or wrong: what is still missing may then be asked for once more.</summary>
    public bool BroughtDetail { get; init; }
    public string HandOffTo { get; init; } = "support";

    /// <summary>A sent answer of this turn is drawn for a spot-check.</summary>
    public bool IsDrawn { get; init; }
}

/// <summary>The verdict, and every reason that held, the decisive one first.</summary>
public sealed record Decision(Verdict Verdict, IReadOnlyList<GateReason> Reasons)
{
    public bool IsFinancial => Reasons.Any(ReplyGate.IsFinancial);
}

/// <summary>The pure function that turns understanding, draft and checks into one verdict. Any more evidence can only make it more careful.</summary>
public static class ReplyGate
{
    public const int MostQuestionsInACase = 3;

    public static Decision Decide(GateInput input)
    {
        var reasons = Reasons(input).ToList();
        return new(Choose(input, reasons), reasons.Count > 0 ? reasons : [GateReason.AllClear]);
    }

    public static bool IsFinancial(GateReason reason) =>
        reason is GateReason.MessageMovesMoney or GateReason.DraftMovesMoney or GateReason.CaseMovesMoney or GateReason.PlaybookIsFinancial
            or GateReason.RuleNeedsApproval;

    /// <summary>All reasons that hold, in the order in which they take precedence.</summary>
    private static IEnumerable<GateReason> Reasons(GateInput input)
    {
        (bool Holds, GateReason Reason)[] all =
        [
            (input.PersonHasTakenOver, GateReason.PersonHasTakenOver),
            (input.Paused, GateReason.Paused),
            (input is { CardIsOpen: true, IsSmallTalk: true } && (!input.HasDraft || !input.InCanary), GateReason.CardIsOpen),
            (input.MessageMoney == MoneySense.Moves, GateReason.MessageMovesMoney),
            (input.Financial == FinancialUse.Action, GateReason.PlaybookIsFinancial),
            (input.CaseMovesMoney, GateReason.CaseMovesMoney),
            (input.DraftMoney == MoneySense.Moves, GateReason.DraftMovesMoney),
            (input.RuleNeedsApproval, GateReason.RuleNeedsApproval),
            (input is { CardIsOpen: true, IsSmallTalk: false }, GateReason.CardIsOpen),
            (input.IsComplaint, GateReason.Complaint),
            (input.Threat != Threat.None, GateReason.Threat),
            (input.IsVip, GateReason.Vip),
            (input.HasSeveralIssues, GateReason.SeveralIssues),
            (input.WantsPerson, GateReason.WantsPerson),
            (input is { OwnersTableHolds: true, IsSmallTalk: false }, GateReason.OwnersTable),
            (input is { AsksAboutHealth: true, IsSmallTalk: false }, GateReason.AsksAboutHealth),
            (input.HasAttachment, GateReason.Attachment),
            (!input.HasPlaybook && !input.IsSmallTalk, GateReason.NoPlaybook),
            (input.MessageMoney == MoneySense.Asks && !SaysOnlyWrittenTerms(input), GateReason.AsksAboutMoney),
            (input.ShopUnavailable, GateReason.ShopUnavailable),
            (input.GuardrailFailed, GateReason.GuardrailFailed),
            (input.DraftWasRejected, GateReason.TextWasRejected),
            (input.RuleHandsOff, GateReason.RuleHandsOff),
            (input.RuleInDoubt, GateReason.RuleInDoubt),
            (input.AsksMoreThanStock, GateReason.AsksMoreThanStock),
            (input.Autonomy == Autonomy.Shadow, GateReason.AutonomyShadow),
            (input.Autonomy == Autonomy.Suggest, GateReason.AutonomySuggest),
            (!input.InCanary, GateReason.ControlArm),
            (input is { SaidAlready: true, IsSmallTalk: false, CustomerCanTell.Count: 0 }, GateReason.SaidAlready),
            (input.CustomerCanTell.Count > 0, GateReason.CustomerMustTell),
            (!input.HasDraft && input.CustomerCanTell.Count == 0, GateReason.FactMissing),
        ];
        return all.Where(r => r.Holds).Select(r => r.Reason);
    }

    private static Verdict Choose(GateInput input, List<GateReason> reasons)
    {
        var first = reasons.Count > 0 ? reasons[0] : GateReason.AllClear;
        return first switch
        {
            GateReason.AllClear => new Verdict.Send(input.IsDrawn && !input.IsSmallTalk),
            GateReason.PersonHasTakenOver => new Verdict.Silent(),
            // Thanks and nudges mark the card; anything with content joins it as a hand-off, or refreshes the approval.
            GateReason.CardIsOpen when input.IsSmallTalk => new Verdict.Silent(),
            GateReason.CustomerMustTell => (Verdict?)Ask(input, reasons) ?? HandOff(input),
            var financial when IsFinancial(financial) => AskOwner(input, reasons),
            _ => HandOff(input),
        };
    }

    /// <summary>The owner's own words about written terms, without an order's facts, or a question that leads to them.</summary>
    private static bool SaysOnlyWrittenTerms(GateInput input) =>
        input.Financial == FinancialUse.Information && (input.DraftIsWrittenTerms || input.CustomerCanTell.Count > 0);

    private static Verdict AskOwner(GateInput input, List<GateReason> reasons)
    {
        // Only for a customer who would be answered by the agent anyway: outside the canary nobody is asked automatically.
        if (input is { QuestionProvesIdentity: true, InCanary: true } && !reasons.Exists(NeedsAPerson) && Ask(input, reasons) is { } question)
        {
            return question;
        }

        // A rule that hands off wants a person's words, not its draft; and what somebody rejected is not laid before them again because the customer
        // says the same again.
        var mayBeApproved = input is { HasDraft: true, RuleHandsOff: false, DraftWasRejected: false };
        if (mayBeApproved && !input.TooManyApprovals)
        {
            return new Verdict.AskOwner();
        }

        reasons.Add(mayBeApproved ? GateReason.TooManyApprovals : GateReason.NothingToApprove);
        return HandOff(input);
    }

    /// <summary>Reasons for which no machine should go on talking, not even with a question.</summary>
    private static bool NeedsAPerson(GateReason reason) =>
        reason
            is GateReason.Complaint
                or GateReason.Threat
                or GateReason.Vip
                or GateReason.SeveralIssues
                or GateReason.WantsPerson
                or GateReason.OwnersTable
                or GateReason.AsksAboutHealth
                or GateReason.Attachment
                or GateReason.AutonomyShadow
                or GateReason.AutonomySuggest
                or GateReason.GuardrailFailed
                or GateReason.TextWasRejected
                or GateReason.RuleHandsOff
                or GateReason.RuleInDoubt
                or GateReason.AsksMoreThanStock
                or GateReason.AsksAboutMoney
                or GateReason.NoPlaybook
                or GateReason.CardIsOpen
                or GateReason.ShopUnavailable;

    private static Verdict.AskCustomer? Ask(GateInput input, List<GateReason> reasons)
    {
        var open = input.BroughtDetail ? [.. input.CustomerCanTell] : input.CustomerCanTell.Except(input.AlreadyAsked).ToList();
        if (input.Question is null || open.Count == 0 || input.QuestionsSoFar >= MostQuestionsInACase)
        {
            if (input.CustomerCanTell.Count > 0)
            {
                reasons.Add(GateReason.AskedEnough);
            }

            return null;
        }

        return new(input.Question, open);
    }

    private static Verdict.HandOff HandOff(GateInput input) => new(input.HandOffTo);
}
