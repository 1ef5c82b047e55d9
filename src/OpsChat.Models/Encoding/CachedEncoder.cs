using System.Collections.Concurrent;
using OpsChat.Understanding;

namespace OpsChat.Models.Encoding;

/// <summary>
/// The sentence encoder with a memory: no text is encoded twice while it is remembered. The shop's own texts are remembered for as long as the
/// process lives, and across starts in a file; customers' words in memory only, the last few thousand of them. Thread-safe.
/// </summary>
/// <param name="file">Null: nothing is kept across starts.</param>
/// <param name="shipped">Vectors of the texts that come with OpsChat, made when it was built; null: none.</param>
/// <param name="stopping">Once it is asked for, no further text of the shop is encoded; what customers write still is.</param>
public sealed class CachedEncoder(MiniLmEncoder encoder, VectorFile? file, VectorFile? shipped = null, CancellationToken stopping = default)
    : ISentenceEncoder
{
    /// <summary>When so many messages are remembered, those of the generation before are forgotten. One takes 1.5 kB.</summary>
    private const int MessagesInGeneration = 2000;

    private readonly Lock encodingOwn = new();
    private readonly Dictionary<string, float[]> own = [];
    private IReadOnlyDictionary<string, float[]>? kept;
    private IReadOnlyDictionary<string, float[]>? comesAlong;
    private bool hasWritten;
    private ConcurrentDictionary<string, float[]> recent = [];
    private ConcurrentDictionary<string, float[]> before = [];

    public IReadOnlyList<float[]> EncodeOwn(IReadOnlyList<string> texts)
    {
        lock (encodingOwn)
        {
            kept ??= file?.Read(encoder.Origin) ?? new Dictionary<string, float[]>();
            comesAlong ??= shipped?.Read(encoder.Origin) ?? new Dictionary<string, float[]>();
            string[] asked = [.. texts.Where(text => !own.ContainsKey(text)).Distinct()];
            foreach (var text in asked)
            {
                own[text] = Recalled(text) ?? Encoded(text);
            }

            // The file has what this shop's texts need beside those that come along, and nothing that was edited away.
            var newToFile = asked.Where(text => !comesAlong.ContainsKey(TextKey.Of(text)) && (hasWritten || !kept.ContainsKey(TextKey.Of(text))));
            if (file is not null && newToFile.Any())
            {
                file.Write(encoder.Origin, own.Where(known => !comesAlong.ContainsKey(TextKey.Of(known.Key))).ToDictionary());
                hasWritten = true;
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

    private float[]? Recalled(string text) => kept!.GetValueOrDefault(TextKey.Of(text)) ?? comesAlong!.GetValueOrDefault(TextKey.Of(text));

    private float[] Encoded(string text)
    {
        stopping.ThrowIfCancellationRequested();
        return encoder.Encode(text);
    }
}
