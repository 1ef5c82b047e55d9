using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsChat.Messages;
using OpsChat.Operations.Monitors;
using OpsChat.Text;

namespace OpsChat.Operations.Actions;

/// <summary>Where an action is in its life.</summary>
public enum ShopActionState
{
    /// <summary>Waits for a person's decision on exactly this content.</summary>
    Pending,

    /// <summary>Approved; it is done by a person, or by the shop's system once it has been told.</summary>
    Approved,

    /// <summary>It is being told to the shop's system: nobody knows yet whether that has it.</summary>
    Telling,

    /// <summary>The shop's system has it, and has not said how it ended.</summary>
    Told,
    Done, Failed,

    /// <summary>Nobody knows whether it was done. It is never repeated by itself.</summary>
    Unknown,

    /// <summary>Approved, but what it rests on had changed when it was to be done.</summary>
    Stopped,
    Rejected, Expired, Undone,
}

/// <summary>One customer of a notice, with the exact words.</summary>
/// <param name="Order">The order that it is about.</param>
public sealed record NoticeRecipient(ConversationId Conversation, string Order, string Text);

/// <summary>A proposed action that somebody asked for: its content, a hash over it, and what became of it. Immutable.</summary>
public sealed record ShopAction
{
    public required string Id { get; init; }

    /// <summary>From 1; a changed content is the next revision, and what was shown before cannot be approved any more.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>SHA-256, lower-case hexadecimal, over <see cref="CanonicalContent"/>.</summary>
    public string Hash { get; init; } = "";
    public ShopActionState State { get; init; }

    /// <summary>The alert that it answers.</summary>
    public required string Alert { get; init; }

    /// <summary><c>stock-runout/purchase-order</c>.</summary>
    public required string Lane { get; init; }
    public required ActionKind Kind { get; init; }
    public required string Subject { get; init; }
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }
    public Money? Amount { get; init; }
    public required string Text { get; init; }

    /// <summary>What it rests on, as it stood when it was proposed.</summary>
    public IReadOnlyList<EvidenceRow> Evidence { get; init; } = [];

    /// <summary>For a notice: everybody who gets it.</summary>
    public IReadOnlyList<NoticeRecipient> Recipients { get; init; } = [];
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Reason { get; init; }

    /// <summary>When the shop's system took it; null while it has not.</summary>
    public DateTimeOffset? ToldAt { get; init; }
    public int Tries { get; init; }

    /// <summary>How often the shop's system was told in vain that it is taken back.</summary>
    public int UndoTries { get; init; }
    public string? Result { get; init; }
    public DateTimeOffset? ResultAt { get; init; }

    public static ShopAction Of(
        string id,
        string alert,
        string monitor,
        ProposedAction proposed,
        IReadOnlyList<EvidenceRow> evidence,
        DateTimeOffset now
    ) =>
        new ShopAction
        {
            Id = id,
            Alert = alert,
            Lane = LaneOf(monitor, proposed.Kind),
            Kind = proposed.Kind,
            Subject = proposed.Subject,
            Parameters = proposed.Parameters,
            Amount = proposed.Amount,
            Text = proposed.Text,
            Evidence = evidence,
            CreatedAt = now,
            ExpiresAt = proposed.ExpiresAt,
        }.Sealed();

    public static string LaneOf(string monitor, ActionKind kind) => $"{monitor}/{kind.Word()}";

    /// <summary>The same with the hash of its present content.</summary>
    public ShopAction Sealed() => this with { Hash = Convert.ToHexStringLower(SHA256.HashData(CanonicalContent())) };

    /// <summary>UTF-8 JSON in fixed member order: everything that a decision is about.</summary>
    public byte[] CanonicalContent()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("action", Id);
            json.WriteNumber("revision", Revision);
            json.WriteString("kind", Kind.Word());
            json.WriteString("subject", Subject);
            json.WriteStartObject("parameters");
            foreach (var (name, value) in Parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            WriteAmount(json);
            json.WriteString("text", Text);
            json.WriteString(
                "evidence",
                Convert.ToHexStringLower(
                    SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Evidence.Select(e => $"{e.Text}|{e.Source}|{e.Line}"))))
                )
            );
            json.WriteStartArray("recipients");
            foreach (var recipient in Recipients)
            {
                json.WriteStartArray();
                json.WriteStringValue(recipient.Conversation.ToString());
                json.WriteStringValue(recipient.Order);
                json.WriteStringValue(recipient.Text);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteNumber("expiresAt", ExpiresAt.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private void WriteAmount(Utf8JsonWriter json)
    {
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
    }
}
