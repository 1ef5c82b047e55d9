namespace OpsChat.Understanding;

/// <summary>What the encoder's vectors tell of one text; by issue, the background last.</summary>
/// <param name="Scores">The learner's signed distances.</param>
/// <param name="Nearness">Cosine with the nearest example, or the nearest background text.</param>
internal sealed record SentenceScores(float[] Scores, float[] Nearness);

/// <summary>What is learned from the vectors of the examples: a linear learner, and the vectors themselves to compare with.</summary>
internal sealed class SentenceModel
{
    private readonly float[][] vectors;
    private readonly int[] labels;
    private readonly LinearIssueLearner learner;
    private readonly int classes;

    /// <param name="labels">For each example its issue's index.</param>
    /// <param name="background">Vectors of texts that are about no issue at all.</param>
    public SentenceModel(IReadOnlyList<float[]> examples, IReadOnlyList<int> labels, int issues, IReadOnlyList<float[]> background, int seed)
    {
        classes = issues + 1;
        vectors = [.. examples, .. background];
        this.labels = [.. labels, .. Enumerable.Repeat(issues, background.Count)];
        learner = LinearIssueLearner.Train(Array.ConvertAll(vectors, Dense), this.labels, vectors[0].Length, classes, seed);
    }

    /// <param name="nearest">Filled with the nearest examples, best first; background is none.</param>
    public SentenceScores Read(float[] vector, Span<(int Example, float Similarity)> nearest)
    {
        var scores = new float[learner.Room];
        learner.Score(Dense(vector), scores);
        var nearness = new float[classes];
        nearness.AsSpan().Fill(-1);
        for (var example = 0; example < vectors.Length; example++)
        {
            var cosine = Cosine(vector, vectors[example]);
            ref var best = ref nearness[labels[example]];
            best = MathF.Max(best, cosine);
            if (labels[example] < classes - 1 && cosine > nearest[^1].Similarity)
            {
                Nearest.Insert(nearest, (example, cosine));
            }
        }

        return new(scores[..classes], nearness);
    }

    public static float Scale = 1; 
    private static float Cosine(float[] a, float[] b) { var sum = System.Numerics.Vector<float>.Zero; for (var i = 0; i < a.Length; i += System.Numerics.Vector<float>.Count) sum += new System.Numerics.Vector<float>(a, i) * new System.Numerics.Vector<float>(b, i); return System.Numerics.Vector.Sum(sum); }
    private static TextVector Dense(float[] vector) => new([.. Enumerable.Range(0, vector.Length)], Array.ConvertAll(vector, x => x * Scale), []);
}
