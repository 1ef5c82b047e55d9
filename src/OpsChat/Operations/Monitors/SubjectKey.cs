using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// What an alert is about: names and values such as <c>sku=SKU-2847</c>. Names are sorted, values trimmed and in NFC, case is kept. Dates,
/// counts and amounts are never part of it, so the same trouble has the same key on every day.
/// </summary>
public sealed class SubjectKey : IEquatable<SubjectKey>
{
    private SubjectKey(ImmutableSortedDictionary<string, string> parts) => Parts = parts;

    public ImmutableSortedDictionary<string, string> Parts { get; }

    public static SubjectKey Of(params (string Name, string Value)[] parts) =>
        new(parts.ToImmutableSortedDictionary(p => p.Name, p => p.Value.Trim().Normalize(NormalizationForm.FormC), StringComparer.Ordinal));

    public string? this[string name] => Parts.GetValueOrDefault(name);

    /// <summary><c>monitor|name=value|…</c>.</summary>
    public string KeyFor(string monitor) => string.Join('|', Parts.Select(p => $"{p.Key}={p.Value}").Prepend(monitor));

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of a key.</summary>
    public static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];

    public bool Equals(SubjectKey? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override bool Equals(object? obj) => Equals(obj as SubjectKey);

    public override int GetHashCode() => Parts.Aggregate(17, (hash, part) => HashCode.Combine(hash, part.Key, part.Value));

    /// <summary>The values: <c>SKU-2847</c>.</summary>
    public override string ToString() => string.Join(", ", Parts.Values);
}
