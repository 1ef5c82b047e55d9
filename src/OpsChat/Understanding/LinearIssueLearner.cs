using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpsChat.Understanding;

/// <summary>
/// For each issue one weighted sum of a text's features. The weights are the mean of two ways of learning them: support vector machines, one for
/// each issue against all others, know best what belongs to no issue; logistic regression over all issues together tells similar
/// issues apart from few examples. Weights are kept feature by feature, so that one feature's weights for all issues lie side by side
/// and are handled by vector instructions.
/// </summary>
/// <remarks>
/// Playbooks are learned within a second of an edit, most often by code that never ran before: the inner loops are compiled for
/// speed at once.
/// </remarks>
internal sealed class LinearIssueLearner
{
    // Found by trial on public sets; the figures change little around these values.
    private const float Cost = 1, OwnCost = 4, Temperature = 5, FirstStep = 0.25f, StepDecay = 0.1f, LogisticShare = 0.5f;
    private const int Rounds = 10;

    private readonly int stride;
    private readonly float[] weights;

    private LinearIssueLearner(int features, int issues)
    {
        Issues = issues;
        stride = (issues + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        weights = new float[(features + 1) * stride];
    }

    public int Issues { get; }

    /// <summary>How many numbers <see cref="Score"/> writes: the issues, rounded up to whole vectors.</summary>
    public int Room => stride;

    /// <param name="labels">For each example its issue's index.</param>
    public static LinearIssueLearner Train(TextVector[] examples, int[] labels, int features, int issues, int seed)
    {
        var machine = new LinearIssueLearner(features, issues);
        var logistic = new LinearIssueLearner(features, issues);
        var duals = new float[examples.Length * machine.stride];
        var scores = new float[machine.stride];
        var order = Enumerable.Range(0, examples.Length).ToArray();
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            random.Shuffle(order);
            foreach (var example in order)
            {
                machine.StepByMargin(examples[example], labels[example], duals.AsSpan(example * machine.stride, machine.stride), scores);
                logistic.StepByShare(examples[example], labels[example], FirstStep / (1 + (StepDecay * round)), scores);
            }
        }

        machine.Mix(logistic, LogisticShare);
        return machine;
    }

    /// <summary>
    /// Solves for one example's dual variables and moves the weights accordingly: dual coordinate descent for the squared hinge loss, Hsieh,
    /// Chang, Lin, Keerthi and Sundararajan, "A dual coordinate descent method for large-scale linear SVM", ICML 2008, algorithm 1.
    /// </summary>
    /// <param name="scores">Working space.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepByMargin(TextVector example, int label, Span<float> duals, Span<float> scores)
    {
        Score(example, scores);
        for (var issue = 0; issue < Issues; issue++)
        {
            var sign = issue == label ? 1f : -1f;
            var diagonal = 0.5f / (issue == label ? Cost * OwnCost : Cost);
            var gradient = (sign * scores[issue]) - 1 + (diagonal * duals[issue]);
            var dual = MathF.Max(0, duals[issue] - (gradient / (example.SquaredLength + 1 + diagonal)));
            scores[issue] = (dual - duals[issue]) * sign;
            duals[issue] = dual;
        }

        Move(example, scores);
    }

    /// <summary>One step of stochastic gradient descent on the multinomial logistic loss (Bishop, "Pattern Recognition and Machine Learning",
    /// 4.3.4).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepByShare(TextVector example, int label, float step, Span<float> scores)
    {
        Score(example, scores);
        var highest = float.NegativeInfinity;
        for (var issue = 0; issue < Issues; issue++)
        {
            highest = MathF.Max(highest, scores[issue]);
        }

        var total = 0f;
        for (var issue = 0; issue < Issues; issue++)
        {
            scores[issue] = MathF.Exp(Temperature * (scores[issue] - highest));
            total += scores[issue];
        }

        for (var issue = 0; issue < Issues; issue++)
        {
            scores[issue] = step * ((issue == label ? 1 : 0) - (scores[issue] / total));
        }

        Move(example, scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(TextVector example, ReadOnlySpan<float> by)
    {
        AddScaled(by, 1, Row(0));
        for (var i = 0; i < example.Ids.Length; i++)
        {
            AddScaled(by, example.Values[i], Row(example.Ids[i] + 1));
        }
    }

    private void Mix(LinearIssueLearner other, float share)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] += share * (other.weights[i] - weights[i]);
        }
    }

    /// <summary>Each issue's signed distance, in <paramref name="scores"/> (room for <see cref="Room"/> numbers; the last few stay 0).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Score(TextVector text, Span<float> scores)
    {
        Row(0).CopyTo(scores);
        for (var i = 0; i < text.Ids.Length; i++)
        {
            AddScaled(Row(text.Ids[i] + 1), text.Values[i], scores);
        }
    }

    /// <summary>How much feature <paramref name="id"/> speaks for <paramref name="issue"/>.</summary>
    public float Weight(int id, int issue) => weights[((id + 1) * stride) + issue];

    private Span<float> Row(int row) => weights.AsSpan(row * stride, stride);

    /// <param name="source">As long as <paramref name="target"/>, both a whole number of vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaled(ReadOnlySpan<float> source, float scale, Span<float> target)
    {
        var sums = MemoryMarshal.Cast<float, Vector<float>>(target);
        var addends = MemoryMarshal.Cast<float, Vector<float>>(source)[..sums.Length];
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += addends[i] * scale;
        }
    }
}
