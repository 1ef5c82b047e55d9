using OpsChat.Operations.Actions;
using OpsChat.Operations.Queue;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>A refund that was approved in OpsChat.</summary>
/// <param name="Amount">Null when nobody could say.</param>
public sealed record ApprovedRefund(DateTimeOffset At, Money? Amount, string? Order)
{
    /// <summary>Who approved it; null where nobody is known by name.</summary>
    public string? By { get; init; }

    /// <summary>Somebody ticked off that it was paid.</summary>
    public bool IsDone { get; init; }
}

/// <summary>A decision of a person on something that was put up for approval.</summary>
/// <param name="What">The kind of action: <c>refund-request</c>, <c>purchase-order</c>.</param>
/// <param name="About">The order, article or whatever else it is about; null when it is about none.</param>
/// <param name="By">Null where nobody is known by name.</param>
public sealed record RecordedDecision(DateTimeOffset At, string What, string? About, Money? Amount, bool IsApproved, string? By);

/// <summary>One thing of a conversation that waits for a person.</summary>
/// <param name="For">What the person has to do: approve, look at a draft, answer without one.</param>
public sealed record WaitingMatter(string Conversation, DateTimeOffset Since, string For)
{
    /// <summary>Somebody has to approve it.</summary>
    public const string ToApprove = "to approve";

    /// <summary>The customer, as the inbox calls them.</summary>
    public string Who { get; init; } = Conversation;

    /// <summary>When the customer wrote last.</summary>
    public DateTimeOffset LastAt { get; init; } = Since;

    /// <summary>Their words are not calm.</summary>
    public bool IsUpset { get; init; }
}

/// <summary>A refund that waits for somebody's approval.</summary>
/// <param name="Who">The customer, as the inbox calls them.</param>
/// <param name="Amount">Null when nobody can say.</param>
public sealed record WaitingRefund(string Conversation, string Who, DateTimeOffset Since, Money? Amount, string? Order);

/// <summary>What the agent did on a day.</summary>
/// <param name="Cases">Matters that customers began.</param>
/// <param name="Answered">Of these, answered by the agent.</param>
/// <param name="Wrong">Of these, known to be answered wrong by now.</param>
public sealed record AnsweredDay(DateOnly Day, int Cases, int Answered, int Wrong);

/// <summary>What OpsChat itself has on record, beside the shop's files: its alerts, its actions, the refunds that were approved, and who
/// waits.</summary>
public sealed record OwnerRecords(IReadOnlyList<Alert> Alerts, IReadOnlyList<ShopAction> Actions, IReadOnlyList<ApprovedRefund> Refunds)
{
    public static OwnerRecords None { get; } = new([], [], []);

    public IReadOnlyList<WaitingMatter> Waiting { get; init; } = [];

    public IReadOnlyList<WaitingRefund> WaitingRefunds { get; init; } = [];

    /// <summary>What stands rolled back by the evidence and why, a sentence or two each.</summary>
    public IReadOnlyList<string> RolledBack { get; init; } = [];

    /// <summary>The days on which customers began something.</summary>
    public IReadOnlyList<AnsweredDay> Answered { get; init; } = [];

    /// <summary>The first day that <see cref="Answered"/> would tell of.</summary>
    public DateOnly AnsweredFrom { get; init; }

    /// <summary>What people approved and rejected, in chats and of the shop.</summary>
    public IReadOnlyList<RecordedDecision> Decisions { get; init; } = [];

    /// <summary>The beginning of the address of customers whose orders have no name, by what tells the customer's orders apart.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; init; } = new Dictionary<string, string>();

    /// <summary>Customers by name, so that a question may name one; none where the shop's system lists none.</summary>
    public IReadOnlyList<NamedBuyer> Buyers { get; init; } = [];
}
