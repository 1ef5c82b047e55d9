namespace OpsChat.Understanding;

/// <summary>Finds the examples most like a text, by the cosine of their vectors. An inverted index: only examples that share a feature are touched.</summary>
internal sealed class ExampleIndex
{
    private readonly IReadOnlyList<TextVector> examples;
    private readonly (int Example, float Value)[][] byFeature;

    public ExampleIndex(IReadOnlyList<TextVector> examples, int features)
    {
        this.examples = examples;
        var lists = new List<(int, float)>?[features];
        for (var example = 0; example < examples.Count; example++)
        {
            var vector = examples[example];
            for (var i = 0; i < vector.Ids.Length; i++)
            {
                (lists[vector.Ids[i]] ??= []).Add((example, vector.Values[i]));
            }
        }

        byFeature = [.. lists.Select(list => list?.ToArray() ?? [])];
    }

    /// <summary>The similarity of every example to <paramref name="text"/>, 0 to 1, in the examples' order.</summary>
    public float[] Similarities(TextVector text)
    {
        var similarities = new float[examples.Count];
        for (var i = 0; i < text.Ids.Length; i++)
        {
            foreach (var (example, value) in byFeature[text.Ids[i]])
            {
                similarities[example] += value * text.Values[i];
            }
        }

        return similarities;
    }
}
