namespace OpsChat.Understanding;

/// <summary>
/// Finds the shop's texts (products, questions, a matter's examples) that are nearest in meaning to a customer's words, which need not share a
/// word with them. Immutable and thread-safe. Only as good as the encoder's languages: ask <see cref="Knows"/> first.
/// </summary>
public sealed class SentenceIndex
{
    private const int Digits = 6;

    private readonly IReadOnlyList<string> texts;
    private readonly IReadOnlyList<float[]> vectors;
    private readonly ISentenceEncoder encoder;

    /// <param name="texts">The shop's own: their vectors may be kept on the disk.</param>
    public SentenceIndex(IReadOnlyList<string> texts, ISentenceEncoder encoder) =>
        (this.texts, vectors, this.encoder) = (texts, encoder.EncodeOwn(texts), encoder);

    /// <summary>Whether the encoder can judge a text in this language.</summary>
    public static bool Knows(string message) => EncoderLanguages.Know(message);

    /// <summary>The nearest texts, by their place in the list, nearest first. The similarities are to be recorded with the turn.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="record">The similarities when the turn was first decided; null: the encoder is asked. A text that was not among the nearest
    /// then is not now.</param>
    public IReadOnlyList<(int Place, EncoderSimilarity Similarity)> Nearest(string message, int most, RecordedEncoder? record = null)
    {
        if (record is not null)
        {
            var recorded = record.SimilaritiesOf(message).ToDictionary(similarity => similarity.Other);
            return [.. texts.Select((text, place) => (Place: place, Similarity: recorded.GetValueOrDefault(TextKey.Of(text))))
                .Where(found => found.Similarity is not null).Select(found => (found.Place, found.Similarity!))
                .OrderByDescending(found => found.Item2.Cosine).Take(most)];
        }

        var (vector, key) = (encoder.Encode(message), TextKey.Of(message));
        return [.. vectors.Select((other, place) => (Place: place, Cosine: SentenceModel.Cosine(vector, other)))
            .OrderByDescending(found => found.Cosine).Take(most)
            .Select(found => (found.Place, new EncoderSimilarity(key, TextKey.Of(texts[found.Place]), Math.Round(found.Cosine, Digits))))];
    }

    /// <summary>How alike two texts are of which neither may be written to the disk: two messages of a customer, or a message and an
    /// answer.</summary>
    public static EncoderSimilarity Compare(ISentenceEncoder encoder, string message, string other) => new(
        TextKey.Of(message), TextKey.Of(other), Math.Round(SentenceModel.Cosine(encoder.Encode(message), encoder.Encode(other)), Digits));
}
