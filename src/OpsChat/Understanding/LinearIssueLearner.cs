using System.Numerics;

namespace OpsChat.Understanding;

/// <summary>
/// One linear support vector machine for each issue ("this issue or another"), all trained together. Weights are kept feature by
/// feature, so that one feature's weights for all issues lie side by side and are handled by vector instructions.
/// </summary>
/// <remarks>
/// Dual coordinate descent for the squared hinge loss: Hsieh, Chang, Lin, Keerthi and Sundararajan, "A dual coordinate descent method
/// for large-scale linear SVM", ICML 2008, algorithm 1. Each visit of an example solves its one-variable problem exactly, for every issue.
/// </remarks>
internal sealed class LinearIssueLearner
{
    private readonly float[] weights;
    private readonly int stride;

    private LinearIssueLearner(int features, int issues)
    {
        Issues = issues;
        stride = (issues + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        weights = new float[(features + 1) * stride];
    }

    public int Issues { get; }

    /// <param name="labels">For each example its issue's index; −1 belongs to none.</param>
    /// <param name="cost">What an error costs compared with large weights (C); the bigger, the closer the fit.</param>
    /// <param name="positiveCost">What an error on the issue's own examples costs, as a multiple of <paramref name="cost"/>.</param>
    public static LinearIssueLearner Train(
        IReadOnlyList<TextVector> examples, IReadOnlyList<int> labels, int features, int issues, float cost, float positiveCost, int rounds, int seed)
    {
        var learner = new LinearIssueLearner(features, issues);
        var duals = new float[examples.Count * learner.stride];
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new Random(seed);
        var scores = new float[learner.stride];
        for (var round = 0; round < rounds; round++)
        {
            random.Shuffle(order);
            foreach (var example in order)
            {
                learner.Visit(examples[example], labels[example], duals.AsSpan(example * learner.stride, learner.stride), scores, cost, positiveCost);
            }
        }

        return learner;
    }

    /// <summary>Solves for one example's dual variables and moves the weights accordingly. <paramref name="scores"/> is working space.</summary>
    private void Visit(TextVector example, int label, Span<float> duals, Span<float> scores, float cost, float positiveCost)
    {
        Score(example, scores);
        for (var issue = 0; issue < Issues; issue++)
        {
            var sign = issue == label ? 1f : -1f;
            var diagonal = 0.5f / (issue == label ? cost * positiveCost : cost);
            var gradient = (sign * scores[issue]) - 1 + (diagonal * duals[issue]);
            var dual = MathF.Max(0, duals[issue] - (gradient / (example.SquaredLength + 1 + diagonal)));
            scores[issue] = (dual - duals[issue]) * sign;
            duals[issue] = dual;
        }

        for (var i = 0; i < example.Ids.Length; i++)
        {
            AddScaled(scores, example.Values[i], Row(example.Ids[i] + 1));
        }

        AddScaled(scores, 1, Row(0));
    }

    /// <summary>Each issue's signed distance, in <paramref name="scores"/> (room for <see cref="Room"/> numbers; the last few stay 0).</summary>
    public void Score(TextVector text, Span<float> scores)
    {
        Row(0).CopyTo(scores);
        for (var i = 0; i < text.Ids.Length; i++)
        {
            AddScaled(Row(text.Ids[i] + 1), text.Values[i], scores);
        }
    }

    /// <summary>How many numbers <see cref="Score"/> writes: the issues, rounded up to whole vectors.</summary>
    public int Room => stride;

    /// <summary>How much feature <paramref name="id"/> speaks for <paramref name="issue"/>.</summary>
    public float Weight(int id, int issue) => weights[((id + 1) * stride) + issue];

    private Span<float> Row(int row) => weights.AsSpan(row * stride, stride);

    private static void AddScaled(ReadOnlySpan<float> source, float scale, Span<float> target)
    {
        for (var i = 0; i < target.Length; i += Vector<float>.Count)
        {
            (new Vector<float>(target[i..]) + (new Vector<float>(source[i..]) * scale)).CopyTo(target[i..]);
        }
    }
}
