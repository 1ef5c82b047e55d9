namespace OpsChat.Understanding;

/// <summary>
/// Turns texts into vectors that lie near each other when the texts mean the same. The same text gives the same vector on one machine; another
/// kind of processor may round differently, which is why decisions record what they took from it (<see cref="EncoderReading"/>). Vectors have
/// Euclidean length 1 and all the same size.
/// </summary>
public interface ISentenceEncoder
{
    /// <summary>The vectors of the shop's own texts (examples, conditions, product descriptions), in their order. They may be kept on the
    /// disk.</summary>
    IReadOnlyList<float[]> EncodeOwn(IReadOnlyList<string> texts);

    /// <summary>The vector of a customer's words; never written to the disk.</summary>
    float[] Encode(string message);
}
