using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace OpsChat.Approvals;

/// <summary>Where an approval is in its life. Only <see cref="Pending"/> can be decided.</summary>
public enum ApprovalState
{
    Pending,
    /// <summary>Approved; the text is on its way, to be checked once more at dispatch.</summary>
    Approved,
    /// <summary>Exactly the approved text left.</summary>
    Sent,
    /// <summary>Approved, but the check at dispatch failed; nothing left.</summary>
    Stopped,
    /// <summary>Approved and handed to its channel, which did not say whether it arrived: the customer may have it.</summary>
    Uncertain,
    Rejected,
    Expired,
    TakenOver,
}

/// <summary>Why approving moves money; decided once, when a revision of a card is made.</summary>
public enum MoneyStake
{
    /// <summary>It moves none.</summary>
    None,

    /// <summary>The text names or promises money.</summary>
    Words,

    /// <summary>What is approved is an action that moves money or goods, whatever the text says: it holds through every edit.</summary>
    Action,
}

/// <summary>The owner's decision on one exact draft.</summary>
public sealed record Approval
{
    public required string Id { get; init; }

    /// <summary>From 1; each edit or refresh makes a new one, and buttons of older revisions are dead.</summary>
    public required int Revision { get; init; }

    /// <summary>SHA-256, lower-case hex, over <see cref="CanonicalContent"/>.</summary>
    public string Hash { get; init; } = "";
    public ApprovalState State { get; init; }
    public required ConversationId Conversation { get; init; }
    public required string CaseId { get; init; }
    public required string Turn { get; init; }
    public required string CustomerWords { get; init; }

    /// <summary>Exactly what the customer gets when this revision is approved.</summary>
    public required string Text { get; init; }

    /// <summary>What OpsChat proposed at first; compared with <see cref="Text"/> when the answer is scored.</summary>
    public required string Suggested { get; init; }
    public required string Playbook { get; init; }
    public required string Version { get; init; }

    /// <summary>What the shop has to do after approval, named by the playbook: <c>refund-request</c>.</summary>
    public required string Action { get; init; }
    public string? OrderNumber { get; init; }

    /// <summary>All that the text names together, or what the order could move when it names nothing; null when that is not known with
    /// certainty.</summary>
    public Money? Amount { get; init; }

    /// <summary>Why it moves money, which the hash covers. Null in rows of versions that read it from the words each time.</summary>
    public MoneyStake? Stake { get; init; }

    /// <summary>Whether a limit of amount applies to it, and the order's ledger counts it.</summary>
    public bool MovesMoney => (Stake ?? AmountAtStake.StakeOf(Text, Amount, Facts)) != MoneyStake.None;

    /// <summary>As on a <see cref="HandOff"/>.</summary>
    public IReadOnlyList<CardReason> Reasons { get; init; } = [];

    /// <summary>What the owner should look at twice: repeat refunds, an order out of the return window, a mismatch.</summary>
    public IReadOnlyList<string> Unusual { get; init; } = [];
    public IReadOnlyList<ShownFact> Facts { get; init; } = [];

    /// <summary>Small things that came after the card: thanks, nudges, questions that were put off.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>What was new or did not fit and was confirmed in a second step, in the sentences that were shown; empty when nothing had to
    /// be.</summary>
    public IReadOnlyList<string> Confirmed { get; init; } = [];

    /// <summary>What nobody has confirmed yet: what an edit brought in, and what the customer took back; approving asks for it.</summary>
    public IReadOnlyList<Doubt> Unconfirmed { get; init; } = [];

    /// <summary>What the customer took back, whatever text the card shows.</summary>
    public IReadOnlyList<Doubt> Withdrawals => [.. Unconfirmed.Where(doubt => doubt.Kind == DoubtKind.Withdrawal)];

    /// <summary>What the shop's data said was paid back of the order when it was approved; null before, or when they did not say.</summary>
    public Money? RefundedThen { get; init; }

    /// <summary>It was approved although it goes over what is left of the order, in a second step.</summary>
    public bool GoesOver { get; init; }

    /// <summary>The customer's last line that this revision shows; thanks and nudges after it move it on.</summary>
    public long SeenSeq { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Reason { get; init; }

    /// <summary>The <see cref="Reason"/> of one that the customer did not want any more: nobody found the text wrong.</summary>
    public const string NoLongerWanted = "NotNeeded";

    /// <summary>The same approval with the hash of its present content.</summary>
    public Approval Sealed() => this with { Hash = Convert.ToHexStringLower(SHA256.HashData(CanonicalContent())) };

    /// <summary>UTF-8 JSON in fixed member order: everything that the owner's decision is about.</summary>
    public byte[] CanonicalContent()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("approval", Id);
            json.WriteNumber("revision", Revision);
            json.WriteString("channel", Conversation.Channel);
            json.WriteString("conversation", Conversation.ToString());
            json.WriteString("customer", Conversation.Customer);
            json.WriteString("text", Text);
            json.WriteString("action", Action);
            json.WriteString("order", OrderNumber);
            if (Amount is { } amount)
            {
                json.WriteNumber("amountMinor", amount.Minor);
                json.WriteString("currency", amount.Currency);
            }
            else
            {
                json.WriteNull("amountMinor");
                json.WriteNull("currency");
            }

            if (Stake is { } stake)
            {
                json.WriteString("stake", stake.ToString());
            }

            json.WriteString("playbookVersion", $"{Playbook}@{Version}");
            json.WriteString("evidence", Evidence());
            json.WriteNumber("expiresAt", ExpiresAt.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>SHA-256, lower-case hex, over the facts as they were when it was proposed: each with its name, value, source and time.</summary>
    private string Evidence() =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                JsonSerializer.SerializeToUtf8Bytes(
                    Facts.Select(fact => new[] { fact.Name, fact.Value, fact.Source, $"{fact.At.ToUnixTimeMilliseconds()}" })
                )
            )
        );
}

/// <summary>Something the owner has to do outside the chat after approving; OpsChat never does it by itself.</summary>
/// <param name="ToldAt">When the shop's own system took it; null while it has not.</param>
/// <param name="Tries">How often it was told in vain.</param>
public sealed record ToDo(
    string Id,
    string Approval,
    string Action,
    string? OrderNumber,
    Money? Amount,
    string Text,
    DateTimeOffset CreatedAt,
    string? DoneBy = null,
    DateTimeOffset? ToldAt = null,
    int Tries = 0
)
{
    /// <summary>What to do, in a sentence, where the text went with a customer who was forgotten; null while the text says it.</summary>
    public string? Instruction { get; init; }
}
