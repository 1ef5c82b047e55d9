using System.Runtime.InteropServices;

namespace OpsChat.Understanding;

/// <summary>How one learner looks at texts.</summary>
/// <param name="Word">How much each kind of feature counts; 0 leaves the kind out.</param>
/// <param name="RarityPower">How strongly rare features are preferred: 0 not at all, 1 as in plain TF-IDF.</param>
/// <param name="Unknown">How much features that no example has count towards a text's length: 0 not at all, 1 like the rarest known one.</param>
internal sealed record FeatureWeights(
    float Word = 0, float Pair = 0, float Meaning = 0, float MeaningPair = 0, float Together = 0, float Letters = 0,
    float RarityPower = 1, float Unknown = 1)
{
    public const int Kinds = 6;

    public float Of(FeatureKind kind) => kind switch
    {
        FeatureKind.Word => Word,
        FeatureKind.Pair => Pair,
        FeatureKind.Meaning => Meaning,
        FeatureKind.MeaningPair => MeaningPair,
        FeatureKind.Together => Together,
        _ => Letters,
    };
}

/// <summary>A text as numbers: which known features it has and how much each counts. Euclidean length at most 1.</summary>
/// <param name="Ids">Each feature once.</param>
/// <param name="Tokens">For each feature the index of the word where it first stood.</param>
internal sealed record TextVector(int[] Ids, float[] Values, int[] Tokens)
{
    public float SquaredLength { get; } = Values.Sum(value => value * value);
}

/// <summary>Turns the features of texts into TF-IDF vectors. Learned from example texts; immutable afterwards.</summary>
/// <remarks>
/// Weight of a feature: (1 + ln tf) · (1 + ln((1 + N) / (1 + df)))^power, after Salton and Buckley, "Term-weighting approaches in
/// automatic text retrieval", 1988. Then each kind is scaled to the length of its weight, so that the many letters do not drown
/// the few words. Unknown features count towards the length: a message half of unknown words is less like anything.
/// </remarks>
internal sealed class FeatureSpace
{
    private readonly Dictionary<ulong, int> ids = [];
    private readonly float[] rarity;
    private readonly float unknownSquare;
    private readonly FeatureWeights weights;

    public FeatureSpace(IReadOnlyList<TextFeatures> texts, FeatureWeights weights)
    {
        this.weights = weights;
        var containing = new List<(int Count, int LastText)>();
        for (var text = 0; text < texts.Count; text++)
        {
            foreach (var feature in texts[text].Features)
            {
                if (weights.Of(feature.Kind) > 0)
                {
                    Count(feature.Key, text, containing);
                }
            }
        }

        float Rarity(int count) => MathF.Pow(1 + MathF.Log((1f + texts.Count) / (1f + count)), weights.RarityPower);
        rarity = [.. containing.Select(feature => Rarity(feature.Count))];
        unknownSquare = weights.Unknown * Rarity(0) * Rarity(0);
    }

    /// <summary>How many features are known; ids are below it.</summary>
    public int Size => rarity.Length;

    public TextVector Vector(TextFeatures text)
    {
        var found = new List<long>(text.Features.Count);
        Span<float> squares = stackalloc float[FeatureWeights.Kinds];
        foreach (var feature in text.Features)
        {
            if (weights.Of(feature.Kind) == 0)
            {
                continue;
            }

            if (ids.TryGetValue(feature.Key, out var id))
            {
                found.Add(Packed(id, feature.Token, feature.Kind));
            }
            else
            {
                squares[(int)feature.Kind] += unknownSquare;
            }
        }

        found.Sort();
        return Weighed(CollectionsMarshal.AsSpan(found), squares);
    }

    private void Count(ulong key, int text, List<(int Count, int LastText)> containing)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, key, out var known);
        if (!known)
        {
            id = containing.Count;
            containing.Add((1, text));
        }
        else if (containing[id].LastText != text)
        {
            containing[id] = (containing[id].Count + 1, text);
        }
    }

    /// <summary>A known feature in a text as one number: sorting by id, then place, is fast.</summary>
    private static long Packed(int id, int token, FeatureKind kind) => ((long)id << 32) | ((long)token << 8) | (long)kind;

    private static (int Id, int Token, FeatureKind Kind) Unpacked(long packed) =>
        ((int)(packed >> 32), (int)(packed >> 8) & 0xFFFFFF, (FeatureKind)(packed & 0xFF));

    /// <param name="found">Packed and sorted: a feature that occurs several times stands together.</param>
    /// <param name="squares">For each kind the squared length that its unknown features have.</param>
    private TextVector Weighed(ReadOnlySpan<long> found, Span<float> squares)
    {
        var (vectorIds, values, tokens, kinds) = (
            new List<int>(found.Length),
            new List<float>(found.Length),
            new List<int>(found.Length),
            new List<FeatureKind>(found.Length)
        );
        for (var at = 0; at < found.Length; )
        {
            var start = at;
            var (id, token, kind) = Unpacked(found[at]);
            while (at < found.Length && Unpacked(found[at]).Id == id)
            {
                at++;
            }

            var value = (1 + MathF.Log(at - start)) * rarity[id];
            vectorIds.Add(id);
            values.Add(value);
            tokens.Add(token);
            kinds.Add(kind);
            squares[(int)kind] += value * value;
        }

        Scale(CollectionsMarshal.AsSpan(values), kinds, squares);
        return new TextVector([.. vectorIds], [.. values], [.. tokens]);
    }

    private void Scale(Span<float> values, List<FeatureKind> kinds, ReadOnlySpan<float> squares)
    {
        Span<float> scale = stackalloc float[FeatureWeights.Kinds];
        var whole = 0f;
        for (var kind = 0; kind < FeatureWeights.Kinds; kind++)
        {
            if (squares[kind] > 0)
            {
                var weight = weights.Of((FeatureKind)kind);
                scale[kind] = weight / MathF.Sqrt(squares[kind]);
                whole += weight * weight;
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= scale[(int)kinds[i]] / MathF.Sqrt(whole);
        }
    }
}
