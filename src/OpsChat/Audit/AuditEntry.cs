using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsChat.Audit;

/// <summary>
/// One row of the append-only log. Its hash covers the row and the hash before it, so a changed, missing or reordered row shows. A row is for
/// ever, so what a person may want erased (a customer's words, the name of a conversation) stands in it only as a digest with a salt that lies
/// elsewhere: erasing that and the salt leaves the chain whole.
/// </summary>
/// <param name="Seq">From 1, without gaps.</param>
/// <param name="Kind"><c>decision</c>, <c>approval</c>, <c>config</c>, <c>playbook</c>, <c>canary</c>, <c>prompt</c>, <c>handoff</c>,
/// <c>customer</c>, <c>spot-check</c>, <c>todo</c>, <c>privacy</c>, <c>content</c>.</param>
/// <param name="Who">An approver's name, <c>opschat</c>, or <c>customer</c>.</param>
/// <param name="Subject">What it is about: a turn, an approval, a file; <see cref="AConversation"/> when which one stands beside the log.</param>
/// <param name="Data">JSON without a customer's words, names, addresses and order numbers.</param>
/// <param name="WordsDigest">SHA-256, hex, of a salt and the words, or of a salt and the conversation's name; null when neither belongs to the
/// row.</param>
/// <param name="Previous">Hash of the row before; 64 zeros for the first.</param>
public sealed record AuditEntry(
    long Seq, DateTimeOffset At, string Kind, string Who, string Subject, string Data, string? WordsDigest, string Previous, string Hash)
{
    /// <summary>The subject of a row about a conversation.</summary>
    public const string AConversation = "conversation";

    public static string Genesis { get; } = new('0', 64);

    /// <summary>Which conversation the row is about; null when it is about none, or it was forgotten. No part of the row: the digest proves
    /// it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NamedConversation? Beside { get; init; }

    /// <summary>The entry with the hash that its content has.</summary>
    public AuditEntry Sealed() => this with { Hash = ComputeHash() };

    /// <summary>SHA-256, lower-case hex, over the canonical JSON array of all other members in their order.</summary>
    public string ComputeHash()
    {
        var canonical = JsonSerializer.SerializeToUtf8Bytes<object?[]>([
            Seq,
            At.ToUnixTimeMilliseconds(),
            Kind,
            Who,
            Subject,
            Data,
            WordsDigest,
            Previous,
        ]);
        return Convert.ToHexStringLower(SHA256.HashData(canonical));
    }

    /// <summary>The digest under which words stand in the log.</summary>
    public static string Digest(string salt, string words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + "\n" + words)));
}

/// <summary>What stands beside a row about a conversation until it is forgotten.</summary>
/// <param name="Salt">What the row's digest was made with.</param>
public sealed record NamedConversation(string Conversation, string Salt);

/// <summary>What checking the chain found. Closed.</summary>
public abstract record AuditVerdict
{
    private AuditVerdict() { }

    public sealed record Whole(long Entries, string Head) : AuditVerdict
    {
        /// <summary>How the tables compare with it; null when only the log itself was looked at, as in an export.</summary>
        public ComparedRows? Rows { get; init; }
    }

    public sealed record Broken(long Seq, string Why) : AuditVerdict;
}

/// <summary>A head that the owner was told of: the log may grow, but never end before it or say something else there.</summary>
public sealed record AnnouncedHead(long Seq, string Hash)
{
    /// <summary>As the owner is told it and gives it to <c>audit verify --head</c>.</summary>
    public override string ToString() => $"{Seq}:{Hash}";

    /// <summary>Null when there is none, or it cannot be read.</summary>
    public static AnnouncedHead? Parse(string? text) =>
        text?.Trim().Split(':') is [var seq, { Length: 64 } hash] && hash.All(char.IsAsciiHexDigit)
        && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(number, hash.ToLowerInvariant()) : null;
}

public static class AuditChain
{
    /// <summary>Recomputes the chain; the first row that is altered, missing or out of order ends it.</summary>
    /// <param name="entries">In order of <see cref="AuditEntry.Seq"/>.</param>
    /// <param name="announced">What the owner was told; a null is none.</param>
    public static AuditVerdict Verify(IEnumerable<AuditEntry> entries, params IReadOnlyList<AnnouncedHead?> announced)
    {
        var (seq, head) = (0L, AuditEntry.Genesis);
        foreach (var entry in entries)
        {
            if (WhyBroken(entry, seq, head, announced) is { } why)
            {
                return new AuditVerdict.Broken(seq + 1, why);
            }

            (seq, head) = (entry.Seq, entry.Hash);
        }

        return announced.Max(told => told?.Seq) is { } last && last > seq
            ? new AuditVerdict.Broken(seq + 1, $"The log ends at row {seq}, but row {last} was announced to the owner: its end was cut off.")
            : new AuditVerdict.Whole(seq, head);
    }

    private static string? WhyBroken(AuditEntry entry, long seq, string head, IReadOnlyList<AnnouncedHead?> announced)
    {
        if (entry.Seq != seq + 1)
        {
            return $"Row {seq + 1} is missing; row {entry.Seq} stands in its place.";
        }

        if (entry.Previous != head)
        {
            return $"Row {entry.Seq} does not follow row {seq}: a row before it was replaced or moved.";
        }

        if (entry.ComputeHash() != entry.Hash)
        {
            return $"Row {entry.Seq} was changed after it was written.";
        }

        if (entry.Beside is { } beside && AuditEntry.Digest(beside.Salt, beside.Conversation) != entry.WordsDigest)
        {
            return $"Row {entry.Seq} is not about the conversation that stands beside it.";
        }

        return announced.Any(told => told?.Seq == entry.Seq && told.Hash != entry.Hash)
            ? $"Row {entry.Seq} is not the one that was announced to the owner: the log was written anew." : null;
    }
}
