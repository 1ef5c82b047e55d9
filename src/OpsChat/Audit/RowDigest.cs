using System.Security.Cryptography;
using System.Text.Json;

namespace OpsChat.Audit;

/// <summary>
/// The digest by which the log vouches for a row of another table: HMAC-SHA-256, cut to 128 bits, with a key of the row's conversation. The key
/// lies beside the log and is destroyed with the conversation's words, so that nobody can find out by trying what a forgotten customer wrote.
/// </summary>
public static class RowDigest
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    private const int Bytes = 16;

    /// <summary>Lower-case hex of 16 bytes.</summary>
    /// <param name="columns">The row's content in a fixed order; null where there is none.</param>
    public static string Of(ReadOnlySpan<byte> key, IReadOnlyList<string?> columns) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, JsonSerializer.SerializeToUtf8Bytes(columns)).AsSpan(0, Bytes));
}

/// <summary>What a row of kind <see cref="Kind"/> says: the digests of the rows that one transaction wrote.</summary>
/// <param name="Rows">By <c>kind:id</c>, such as <c>approval:a01…</c>.</param>
/// <param name="Before">In the first one: how many rows of each kind were there before digests were kept, which nothing vouches for.</param>
public sealed record RowDigests(IReadOnlyDictionary<string, string> Rows, IReadOnlyDictionary<string, long>? Before = null)
{
    /// <summary>The kind of such audit rows.</summary>
    public const string Kind = "content";
}

/// <summary>What was compared with the log.</summary>
/// <param name="Same">Rows that say what the log recorded.</param>
/// <param name="Erased">Rows of forgotten conversations: their words are gone, and so is what could prove them.</param>
/// <param name="Older">Rows from before digests were kept.</param>
public sealed record ComparedRows(long Same, long Erased, long Older)
{
    public override string ToString() =>
        $"{Same:N0} rows say what it recorded"
        + (Erased > 0 ? $", {Erased:N0} are of forgotten customers" : "")
        + (Older > 0 ? $", {Older:N0} are older than its digests" : "");
}
