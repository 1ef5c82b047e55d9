using OpsChat.Understanding;

namespace OpsChat.Learning;

/// <summary>An encoder that keeps only the vectors of the owner's own phrases: what customers wrote is encoded anew and written nowhere.</summary>
internal sealed class OwnPhrasesOnly(ISentenceEncoder encoder, IEnumerable<string> own) : ISentenceEncoder
{
    private readonly HashSet<string> _own = [.. own];
    private readonly Dictionary<string, float[]> _seen = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public IReadOnlyList<float[]> EncodeOwn(IReadOnlyList<string> texts)
    {
        var kept = texts.Where(_own.Contains).Distinct().ToList();
        var vectors = kept.Zip(encoder.EncodeOwn(kept)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return [.. texts.Select(text => vectors.GetValueOrDefault(text) ?? Encode(text))];
    }

    public float[] Encode(string message)
    {
        lock (_lock)
        {
            return _seen.TryGetValue(message, out var vector) ? vector : _seen[message] = encoder.Encode(message);
        }
    }
}
