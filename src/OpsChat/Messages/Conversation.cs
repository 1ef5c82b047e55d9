using OpsChat.Facts;

namespace OpsChat.Messages;

/// <summary>What is remembered of one customer's thread.</summary>
public sealed record Conversation
{
    public required ConversationId Id { get; init; }
    public string? Name { get; init; }

    /// <summary>BCP 47, of the conversation as a whole; <c>und</c> until a message tells.</summary>
    public string Language { get; init; } = "und";

    /// <summary>Until then a person has this conversation and the agent is silent; null when nobody took over.</summary>
    public DateTimeOffset? TakenOverUntil { get; init; }
    public string? TakenOverBy { get; init; }

    /// <summary>The customer ended it (blocked the bot): nothing more is sent.</summary>
    public bool Closed { get; init; }

    /// <summary>What this chat claimed and proved about its orders.</summary>
    public IdentityState Identity { get; init; } = IdentityState.Nothing;

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastAt { get; init; }
}

/// <summary>One matter of one customer: a conversation and a playbook version, until 24 h of quiet.</summary>
public sealed record Case
{
    /// <summary>After so much quiet the matter is closed; the next message opens a new one.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(24);

    public required string Id { get; init; }
    public required ConversationId Conversation { get; init; }

    /// <summary>The playbook's name; empty while none was found.</summary>
    public required string Playbook { get; init; }
    public required string Version { get; init; }

    /// <summary>The customer's words on this matter so far, the newest last, cut to the last 4,000 characters.</summary>
    public string Words { get; init; } = "";

    /// <summary>Once a message moved money the case stays financial, whatever is said later.</summary>
    public bool MovesMoney { get; init; }

    /// <summary>What the customer has told about it.</summary>
    public Slots Slots { get; init; } = Slots.None;

    /// <summary>Items already asked for; each is asked for once.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];

    /// <summary>Items of the last question, while it is unanswered.</summary>
    public IReadOnlyList<string> Awaiting { get; init; } = [];
    public int Questions { get; init; }
    public bool HoldingSent { get; init; }

    /// <summary>When the customer was last told that a person still works on it; null when never.</summary>
    public DateTimeOffset? RemindedAt { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset LastAt { get; init; }

    public const int MostWords = 4000;
    private const int MostMarks = 20;

    /// <summary>Words that grow with each turn, cut to the last <see cref="MostWords"/>: whoever goes on writing must not make each next message
    /// dearer.</summary>
    public static string Joined(string? before, string words)
    {
        var all = before is { Length: > 0 } ? $"{before}\n{words}" : words;
        return all.Length > MostWords ? all[^MostWords..] : all;
    }

    /// <summary>The last marks of a card.</summary>
    public static IReadOnlyList<string> Joined(IReadOnlyList<string> before, string mark) => [.. before.Append(mark).TakeLast(MostMarks)];
}

/// <summary>An admitted message that waits for its decision, or has one.</summary>
public sealed record InboxMessage(
    string Id,
    ConversationId Conversation,
    long Seq,
    CustomerWords Text,
    IReadOnlyList<string> Attachments,
    DateTimeOffset ReceivedAt
);

public enum Sender { Customer, Agent, Person }

/// <summary>A line of the conversation as both sides see it.</summary>
/// <param name="Seq">Counts up within the conversation, from 1.</param>
public sealed record TranscriptLine(long Seq, Sender From, string Text, DateTimeOffset At, string Id, IReadOnlyList<string> Attachments)
{
    /// <summary>The id that the customer's side gave this message; null for what the shop sent.</summary>
    public string? SentAs { get; init; }
}

/// <summary>Why a message leaves. <see cref="Acknowledgement"/>: a greeting or thanks in return, which answers nothing and is not scored.</summary>
public enum OutboxKind { Answer, Question, Holding, Approved, Person, Update, Acknowledgement }

public enum OutboxState { Queued, Sending, Sent, Refused, Uncertain, Superseded, Stopped }

/// <summary>A message that leaves, or has left, for a customer.</summary>
public sealed record OutboxMessage
{
    public required string Id { get; init; }
    public required ConversationId Conversation { get; init; }

    /// <summary>Its place among both sides' lines, given when it leaves; 0 before.</summary>
    public long Seq { get; init; }
    public required Sender From { get; init; }
    public required OutboxKind Kind { get; init; }
    public required string Text { get; init; }

    /// <summary>The decision that made it; null when a person wrote it.</summary>
    public string? Turn { get; init; }
    public string? CaseId { get; init; }

    /// <summary>Further cases of the same turn that the text answers; each is counted for itself.</summary>
    public IReadOnlyList<string> AlsoCases { get; init; } = [];

    /// <summary>Digests of the answers that it holds beside other texts, as of <see cref="Turn.DigestOf"/>; empty when its text is one answer, or
    /// none.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>The cases that an answer answers; none for what is no answer.</summary>
    public IEnumerable<string> AnsweredCases => CaseId is { } first && Kind == OutboxKind.Answer ? AlsoCases.Prepend(first) : [];

    /// <summary>For an approved text: whose approval, and the content hash that was approved.</summary>
    public string? Approval { get; init; }
    public string? ApprovalHash { get; init; }

    /// <summary>For an approved text about an order: its number, to be checked once more.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>For a notice to several customers: the approved action that it belongs to.</summary>
    public string? Notice { get; init; }

    /// <summary>Whether it is looked at once more against the shop's data before it leaves.</summary>
    public bool IsChecked => Kind == OutboxKind.Approved || Notice is not null;

    /// <summary>By when it promises that a person answers; null when it promises nothing of the kind.</summary>
    public DateTimeOffset? PromisedBy { get; init; }

    /// <summary>Drawn at random: the owner is asked afterwards whether it was right.</summary>
    public bool IsSpotCheck { get; init; }
    public OutboxState State { get; init; }
    public int Attempts { get; init; }

    /// <summary>How many parts of a text that is too long for one message of its channel have left.</summary>
    public int PartsSent { get; init; }

    /// <summary>The customer may have it already, or a part of it: another part has left, or an earlier try whose end nobody knows.</summary>
    public bool MayHaveLeft { get; init; }
    public required DateTimeOffset NextTryAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string? Error { get; init; }

    /// <summary>A message that is due at once. Where it belongs to a decision, a case or an approval, the caller adds that.</summary>
    public static OutboxMessage New(ConversationId conversation, Sender from, OutboxKind kind, string text, DateTimeOffset now) =>
        new() { Id = Ids.New('o', now), Conversation = conversation, From = from, Kind = kind, Text = text, NextTryAt = now, CreatedAt = now };
}
