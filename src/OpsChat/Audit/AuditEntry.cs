using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OpsChat.Audit;

/// <summary>
/// One row of the append-only log. Its hash covers the row and the hash before it, so a changed, missing or reordered row shows. A
/// customer's words stand in it only as a digest with a salt that lies elsewhere: erasing words and salt leaves the chain whole.
/// </summary>
/// <param name="Seq">From 1, without gaps.</param>
/// <param name="Kind"><c>decision</c>, <c>approval</c>, <c>config</c>, <c>playbook</c>, <c>canary</c>, <c>privacy</c>.</param>
/// <param name="Who">An approver's name, or <c>opschat</c>.</param>
/// <param name="Subject">What it is about: a turn, an approval, a file.</param>
/// <param name="Data">JSON without a customer's words.</param>
/// <param name="WordsDigest">SHA-256, hex, of salt and words; null when no words belong to the row.</param>
/// <param name="Previous">Hash of the row before; 64 zeros for the first.</param>
public sealed record AuditEntry(
    long Seq, DateTimeOffset At, string Kind, string Who, string Subject, string Data, string? WordsDigest, string Previous, string Hash)
{
    public static string Genesis { get; } = new('0', 64);

    /// <summary>The entry with the hash that its content has.</summary>
    public AuditEntry Sealed() => this with { Hash = ComputeHash() };

    /// <summary>SHA-256, lower-case hex, over the canonical JSON array of all other members in their order.</summary>
    public string ComputeHash()
    {
        var canonical = JsonSerializer.SerializeToUtf8Bytes<object?[]>([Seq, At.ToUnixTimeMilliseconds(), Kind, Who, Subject, Data, WordsDigest, Previous]);
        return Convert.ToHexStringLower(SHA256.HashData(canonical));
    }

    /// <summary>The digest under which words stand in the log.</summary>
    public static string Digest(string salt, string words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + "\n" + words)));
}

/// <summary>What checking the chain found. Closed.</summary>
public abstract record AuditVerdict
{
    private AuditVerdict() { }

    public sealed record Whole(long Entries, string Head) : AuditVerdict;

    public sealed record Broken(long Seq, string Why) : AuditVerdict;
}

/// <summary>A head that the owner was told of: the log may grow, but never end before it or say something else there.</summary>
public sealed record AnnouncedHead(long Seq, string Hash)
{
    public override string ToString() => $"{Seq}:{Hash}";

    /// <summary>Null when there is none, or it cannot be read.</summary>
    public static AnnouncedHead? Parse(string? text) =>
        text?.Split(':') is [var seq, { Length: 64 } hash] && long.TryParse(seq, out var number) ? new(number, hash) : null;
}

public static class AuditChain
{
    /// <summary>Recomputes the chain; the first row that is altered, missing or out of order ends it.</summary>
    /// <param name="entries">In order of <see cref="AuditEntry.Seq"/>.</param>
    /// <param name="announced">What the owner was told last; null when nothing was.</param>
    public static AuditVerdict Verify(IEnumerable<AuditEntry> entries, AnnouncedHead? announced = null)
    {
        var (seq, head) = (0L, AuditEntry.Genesis);
        foreach (var entry in entries)
        {
            if (entry.Seq != seq + 1)
            {
                return new AuditVerdict.Broken(seq + 1, $"Row {seq + 1} is missing; row {entry.Seq} stands in its place.");
            }

            if (entry.Previous != head)
            {
                return new AuditVerdict.Broken(entry.Seq, $"Row {entry.Seq} does not follow row {seq}: a row before it was replaced or moved.");
            }

            if (entry.ComputeHash() != entry.Hash)
            {
                return new AuditVerdict.Broken(entry.Seq, $"Row {entry.Seq} was changed after it was written.");
            }

            if (entry.Seq == announced?.Seq && entry.Hash != announced.Hash)
            {
                return new AuditVerdict.Broken(entry.Seq, $"Row {entry.Seq} is not the one that was announced to the owner: the log was written anew.");
            }

            (seq, head) = (entry.Seq, entry.Hash);
        }

        if (announced?.Seq > seq)
        {
            return new AuditVerdict.Broken(seq + 1, $"The log ends at row {seq}, but row {announced.Seq} was announced to the owner: its end was cut off.");
        }

        return new AuditVerdict.Whole(seq, head);
    }
}
