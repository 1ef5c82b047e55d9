namespace OpsChat.Understanding;

/// <summary>
/// Turns texts into vectors that lie near each other when the texts mean the same. The same text gives the same vector on one machine; another kind of processor may
/// round differently, which is why decisions record what they were told (<see cref="EncoderReading"/>).
/// </summary>
public interface ISentenceEncoder
{
    /// <summary>The vectors in the order of the texts, each of Euclidean length 1 (a text without words: all 0) and of the same size.</summary>
    IReadOnlyList<float[]> Encode(IReadOnlyList<string> texts);
}
