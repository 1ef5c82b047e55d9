using OpsChat.Messages;
using OpsChat.Playbooks;

namespace OpsChat.Decisions;

/// <summary>
/// Everything that one decision starts from, but for the playbooks themselves. With <see cref="Lookups"/> filled in it is stored beside the trace, so
/// that the turn can be decided again, by the same playbooks or by edited ones. It holds a customer's words and is erased with them.
/// </summary>
public sealed record TurnInput
{
    /// <summary>Raised whenever an input holds more than before.</summary>
    public const int CurrentSchema = 10;

    /// <summary>The oldest schema whose inputs can still be read as they were meant: what they do not hold was not looked up then. Older ones are
    /// undecidable.</summary>
    public const int OldestSchema = 1;

    /// <summary>From this schema on a turn may be several matters, each with its own look-ups.</summary>
    internal const int SeveralMatters = 2;

    /// <summary>From this schema on a part of a message is read after the goods that an earlier part named.</summary>
    internal const int GoodsOfTheMessage = 4;

    /// <summary>From this schema on a question that leaves out what it is about is read with the one before it.</summary>
    internal const int WordsOfBefore = 5;

    /// <summary>From here on each of several goods that are listed has its own answer.</summary>
    internal const int ListedGoods = 6;

    /// <summary>From here on a part of a message that names no place is about the one that the parts before it named.</summary>
    internal const int PlaceOfTheMessage = 7;

    /// <summary>From here on a part of a message is also read after the size or colour that an earlier part chose of goods talked about
    /// before.</summary>
    internal const int OptionOfTheMessage = 8;

    /// <summary>From here on goods that are listed before the question that is asked of them have their own answers too, and so has each of two that
    /// are compared; and a bare "when" belongs to what was talked about.</summary>
    internal const int QuestionBehindGoods = 9;

    /// <summary>From here on two questions about one thing are written out, and the sentences of a story are read one by one.</summary>
    internal const int SentencesOfTheMessage = 10;

    public int Schema { get; init; } = CurrentSchema;
    public required Turn Turn { get; init; }
    public required DateTimeOffset At { get; init; }
    public required CanaryView Rollout { get; init; }

    /// <summary>Approvals of one customer that may wait at once.</summary>
    public int MostPendingApprovals { get; init; } = int.MaxValue;

    /// <summary>The owner's hand-off table, as far as it is about conversations.</summary>
    public IReadOnlyList<HandOffTrigger> HandOffs { get; init; } = [];

    /// <summary>Which playbooks decided: <see cref="PlaybookSet.Fingerprint"/>.</summary>
    public string Playbooks { get; init; } = "";

    /// <summary>Whether who the customer is may be asked before an approval; the playbooks' tests leave that question out, being about where a
    /// message ends.</summary>
    public bool AsksWhoFirst { get; init; } = true;

    /// <summary>Replaces the playbooks' own autonomy (<c>eval</c> assumes full); null leaves it.</summary>
    public Autonomy? Autonomy { get; init; }

    /// <summary>What was looked up while the turn was decided.</summary>
    public LookupRecord Lookups { get; init; } = LookupRecord.Nothing;
}
