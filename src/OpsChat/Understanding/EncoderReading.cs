using System.Security.Cryptography;
using System.Text;

namespace OpsChat.Understanding;

/// <summary>
/// What was made of one text with the encoder's help: recorded with the turn. Nothing else of a decision depends on the encoder, so that
/// the turn can be decided again on a machine whose processor rounds differently, or that has no encoder.
/// </summary>
/// <param name="Text">Which text it was (<see cref="TextKey"/>).</param>
/// <param name="Examples">Which examples it was compared with: <see cref="IssueClassifier.Fingerprint"/>.</param>
/// <param name="Threshold">The confidence from which a playbook is chosen for it.</param>
public sealed record EncoderReading(
    string Text, string Examples, IReadOnlyList<IssueScore> Issues, IReadOnlyList<NearExample> NearExamples, double Threshold,
    IReadOnlyList<WeighedEvidence> Evidence);

/// <summary>How alike two texts are in meaning; recorded with the turn like an <see cref="EncoderReading"/>.</summary>
/// <param name="Text">The customer's words (<see cref="TextKey"/>).</param>
/// <param name="Other">What they were compared with (<see cref="TextKey"/>).</param>
/// <param name="Cosine">−1 to 1; about 0 for texts that have nothing to do with each other.</param>
public sealed record EncoderSimilarity(string Text, string Other, double Cosine);

/// <summary>Everything that a turn took from the encoder.</summary>
public sealed record EncoderAnswers(IReadOnlyList<EncoderReading> Readings, IReadOnlyList<EncoderSimilarity> Similarities)
{
    public static EncoderAnswers None { get; } = new([], []);

    public bool IsEmpty => Readings.Count == 0 && Similarities.Count == 0;

    public EncoderAnswers With(EncoderAnswers more) => new([.. Readings.Union(more.Readings)], [.. Similarities.Union(more.Similarities)]);
}

/// <summary>Names a text without repeating a customer's words: the first 16 hexadecimal digits of its SHA-256.</summary>
public static class TextKey
{
    private const int Bytes = 8;

    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
}
