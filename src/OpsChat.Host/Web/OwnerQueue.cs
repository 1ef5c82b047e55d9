using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Host.Web;

/// <summary>A pending approval with the playbook's rule that asked for it, when one did.</summary>
/// <param name="Remarks">What other approvals of the same order have to do with it.</param>
/// <param name="ToConfirm">What approving it asked for last; null when nobody has been asked.</param>
public sealed record PendingApproval(Approval Card, string? Rule, IReadOnlyList<string> Remarks, ShownStep? ToConfirm)
{
    /// <summary>What to look at twice, the most pressing first.</summary>
    public IReadOnlyList<string> LookTwice =>
        [.. Card.Unconfirmed.Select(doubt => doubt.Sentence).Concat(Remarks).Concat(Card.Unusual).Distinct(StringComparer.Ordinal)];

    /// <summary>Changes with every revision, so that a page knows that it shows an old one.</summary>
    public string Key => $"{Card.Id}:{Card.Revision}";

    /// <param name="hours">The shop's, for its time zone.</param>
    public static PendingApproval Of(UnitOfWork session, Approval approval, OpeningHours hours) =>
        new(
            approval,
            session.Turns.Find(approval.Turn)?.Trace.Rule,
            CardRemarks.Of(session, approval, hours),
            session.SecondSteps.Latest(approval.Hash)
        );
}

/// <summary>Something to be done outside the chat, with the approval that it came from; null when that is gone.</summary>
public sealed record OpenToDo(ToDo Item, Approval? Approval)
{
    /// <summary>It is not to be done before something has happened.</summary>
    public bool Waits => ToDoText.Waits(Item.Text);

    /// <summary>What to do, in a sentence.</summary>
    public string Does =>
        Item.Instruction
        ?? ToDoText.Of(
            Item.Text,
            Item.OrderNumber,
            Item.Amount,
            Item.Amount?.Currency ?? "",
            Approval is not { State: ApprovalState.Uncertain }
        );
}

/// <summary>What waits for the owner beside the conversations, as of one moment.</summary>
public sealed record OwnerQueue(
    IReadOnlyList<Notice> Notices,
    IReadOnlyList<OpenToDo> ToDos,
    IReadOnlyList<RolloutQuestion> Questions,
    string? Paused,
    IReadOnlyList<StandingRollback> RolledBack
)
{
    public static OwnerQueue Read(UnitOfWork session) => new(
        session.Notices.Unseen(),
        [.. session.ToDos.Open().Select(todo => new OpenToDo(todo, session.Approvals.Find(todo.Approval)))],
        session.RolloutQuestions.Open(),
        session.Settings.Get(SettingNames.Paused),
        RolloutRecord.RolledBack(session));

    /// <summary>Changes with every turn that joins the hand-off.</summary>
    public static string KeyOf(HandOff handOff) => $"{handOff.Id}:{handOff.Turn}";
}
