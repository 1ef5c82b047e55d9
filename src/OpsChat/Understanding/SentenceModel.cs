using System.Numerics;

namespace OpsChat.Understanding;

/// <summary>What the encoder's vectors tell of one text; by issue, the background last.</summary>
/// <param name="Scores">The learner's signed distances.</param>
/// <param name="Nearness">Cosine of the turned vectors with the nearest example, or the nearest background text; −1 where there is none.</param>
internal sealed record SentenceScores(float[] Scores, float[] Nearness);

/// <summary>
/// What is learned from the vectors of the examples: how to turn them so that this shop's issues lie apart (<see cref="Whitening"/>), a linear
/// learner on the turned ones, and these themselves to compare with.
/// </summary>
internal sealed class SentenceModel
{
    private readonly Whitening whitening;
    private readonly float[][] vectors;
    private readonly int[] labels;
    private readonly int[] features;
    private readonly LinearIssueLearner learner;
    private readonly int background;

    /// <param name="labels">For each vector its issue's index, or <paramref name="background"/>.</param>
    /// <param name="background">The number of issues: the index of what is about none of them.</param>
    public SentenceModel(float[][] vectors, int[] labels, int background, int seed)
    {
        (this.labels, this.background) = (labels, background);
        whitening = new Whitening(vectors, labels);
        this.vectors = Array.ConvertAll(vectors, whitening.Of);
        features = [.. Enumerable.Range(0, vectors[0].Length)];
        learner = LinearIssueLearner.Train(Array.ConvertAll(this.vectors, Features), labels, features.Length, background + 1, seed);
    }

    /// <param name="nearest">Filled with the nearest examples, best first; background is none.</param>
    public SentenceScores Read(float[] vector, Span<(int Example, float Similarity)> nearest)
    {
        var turned = whitening.Of(vector);
        var scores = new float[learner.Room];
        learner.Score(Features(turned), scores);
        var nearness = new float[background + 1];
        nearness.AsSpan().Fill(-1);
        for (var example = 0; example < vectors.Length; example++)
        {
            var cosine = Cosine(turned, vectors[example]);
            nearness[labels[example]] = MathF.Max(nearness[labels[example]], cosine);
            if (labels[example] != background)
            {
                NearestExamples.Insert(nearest, (example, cosine));
            }
        }

        return new(scores, nearness);
    }

    /// <summary>Of two vectors of length 1.</summary>
    public static float Cosine(float[] left, float[] right)
    {
        var sums = Vector<float>.Zero;
        for (var i = 0; i < left.Length; i += Vector<float>.Count)
        {
            sums += new Vector<float>(left, i) * new Vector<float>(right, i);
        }

        return Vector.Sum(sums);
    }

    private TextVector Features(float[] vector) => new(features, vector, []);
}
