using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Messages;

/// <summary>What a conversation waits for: <see cref="Draft"/> is ready to be sent by a person, <see cref="Person"/> has none.</summary>
public enum WaitsFor { Approval, Draft, Person, Nothing }

/// <summary>A conversation as a line of the inbox.</summary>
public sealed record InboxRow
{
    public required ConversationId Conversation { get; init; }

    /// <summary>As the channel or the customer gave it; null when nobody did.</summary>
    public string? Name { get; init; }

    /// <summary>Orders that the chat proved to be its own, as keys.</summary>
    public IReadOnlyList<string> Proven { get; init; } = [];
    public WaitsFor For { get; init; }

    /// <summary>Approvals and hand-offs that are open.</summary>
    public int Matters { get; init; }

    /// <summary>What the customer wants, by the playbook's name; empty when none was found.</summary>
    public string Playbook { get; init; } = "";

    /// <summary>The customer's words that wait, or the latest ones.</summary>
    public string Words { get; init; } = "";
    public Tone Mood { get; init; }

    /// <summary>With a lawyer, a tribunal, the press, the bank or worse, in any message since the matter began.</summary>
    public bool Threatens { get; init; }
    public bool WantsPerson { get; init; }
    public Money? AtStake { get; init; }

    /// <summary>Since when it waits; the latest message where nothing does.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When the customer was last told that a person will have answered; null when nobody told them, or a person has written
    /// since.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>When an approval expires; null where nothing does.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whichever of the two ends comes first; null without either.</summary>
    public DateTimeOffset? Ends => Due < Expires || Expires is null ? Due : Expires;

    /// <summary>How sure the draft's playbook is, 0 to 1; null without one.</summary>
    public double? Confidence { get; init; }

    /// <summary>Who should answer, by the playbook: <c>support</c>, <c>warehouse</c> …; empty where nothing waits.</summary>
    public string To { get; init; } = "";
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Who has taken it over and until when; null when the agent has it.</summary>
    public string? TakenOverBy { get; init; }
    public Handling Handling { get; init; } = Handling.None;
}
