using System.Buffers;

namespace OpsChat.Understanding;

/// <summary>The examples as an inverted index: finds those most like a text by the cosine of their vectors, touching only examples that share a
/// feature.</summary>
internal sealed class ExampleIndex
{
    private readonly int[] labels;
    private readonly int issues;
    private readonly (int Example, float Value)[][] examplesByFeature;
    private readonly int[][] issuesByFeature;

    /// <param name="labels">For each example its issue's index.</param>
    public ExampleIndex(IReadOnlyList<TextVector> examples, int[] labels, int features, int issues)
    {
        (this.labels, this.issues) = (labels, issues);
        var lists = new List<(int Example, float Value)>[features];
        for (var example = 0; example < examples.Count; example++)
        {
            foreach (var (id, value) in examples[example].Ids.Zip(examples[example].Values))
            {
                (lists[id] ??= []).Add((example, value));
            }
        }

        examplesByFeature = [.. lists.Select(list => list.ToArray())];
        issuesByFeature = [.. lists.Select(list => list.Select(pair => labels[pair.Example]).Distinct().ToArray())];
    }

    /// <summary>For each issue the similarity, 0 to 1, of its nearest example.</summary>
    /// <param name="nearest">Filled with the nearest examples of all, best first; 0 similarity where there are fewer.</param>
    public float[] NearestByIssue(TextVector text, Span<(int Example, float Similarity)> nearest)
    {
        var byIssue = new float[issues];
        var similarities = ArrayPool<float>.Shared.Rent(labels.Length);
        Array.Clear(similarities, 0, labels.Length);
        for (var i = 0; i < text.Ids.Length; i++)
        {
            var value = text.Values[i];
            foreach (var (example, other) in examplesByFeature[text.Ids[i]])
            {
                similarities[example] += other * value;
            }
        }

        for (var example = 0; example < labels.Length; example++)
        {
            var similarity = similarities[example];
            byIssue[labels[example]] = MathF.Max(byIssue[labels[example]], similarity);
            NearestExamples.Insert(nearest, (example, similarity));
        }

        ArrayPool<float>.Shared.Return(similarities);
        return byIssue;
    }

    /// <summary>The share, 0 to 1, of the text that the issue's examples account for: its squared length in features that one of them has.</summary>
    public float Covered(TextVector text, int issue)
    {
        var covered = 0f;
        for (var i = 0; i < text.Ids.Length; i++)
        {
            covered += issuesByFeature[text.Ids[i]].AsSpan().Contains(issue) ? text.Values[i] * text.Values[i] : 0;
        }

        return covered;
    }
}
