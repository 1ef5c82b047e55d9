using System.Collections.Concurrent;
using OpsChat.Understanding;

namespace OpsChat.Models.Encoding;

/// <summary>
/// The sentence encoder with a memory: no text is encoded twice while it is remembered. The shop's own texts are remembered for as long as the
/// process lives, and across starts in a file; customers' words in memory only, the last few thousand of them. Thread-safe.
/// </summary>
/// <param name="file">Null: nothing is kept across starts.</param>
/// <param name="stopping">Once it is asked for, no further text of the shop is encoded; what customers write still is.</param>
public sealed class CachedEncoder(MiniLmEncoder encoder, VectorFile? file, CancellationToken stopping = default) : ISentenceEncoder
{
    /// <summary>When so many messages are remembered, those of the generation before are forgotten. One takes 1.5 kB.</summary>
    private const int MessagesInGeneration = 2000;

    private readonly Lock encodingOwn = new();
    private readonly Dictionary<string, float[]> own = [];
    private ConcurrentDictionary<string, float[]> recent = [];
    private ConcurrentDictionary<string, float[]> before = [];

    public IReadOnlyList<float[]> EncodeOwn(IReadOnlyList<string> texts)
    {
        lock (encodingOwn)
        {
            Recall(texts);
            string[] unknown = [.. texts.Where(text => !own.ContainsKey(text)).Distinct()];
            foreach (var text in unknown)
            {
                stopping.ThrowIfCancellationRequested();
                own[text] = encoder.Encode(text);
            }

            if (unknown.Length > 0)
            {
                file?.Write(encoder.Origin, own);
            }

            return [.. texts.Select(text => own[text])];
        }
    }

    public float[] Encode(string message)
    {
        if (recent.TryGetValue(message, out var known))
        {
            return known;
        }

        var vector = before.TryGetValue(message, out var older) ? older : encoder.Encode(message);
        if (recent.Count >= MessagesInGeneration)
        {
            (before, recent) = (recent, []);
        }

        recent[message] = vector;
        return vector;
    }

    /// <summary>The file is read when the first texts are asked for: by then it is known which of its vectors are still of use.</summary>
    private void Recall(IReadOnlyList<string> texts)
    {
        if (own.Count > 0 || file is null)
        {
            return;
        }

        var kept = file.Read(encoder.Origin);
        foreach (var text in texts.Where(text => kept.ContainsKey(TextKey.Of(text))))
        {
            own[text] = kept[TextKey.Of(text)];
        }
    }
}
