using System.Runtime.InteropServices;

namespace OpsChat.Understanding;

/// <summary>The kinds of features of a text. Each kind is scaled by itself, so that the many letter groups do not drown the few words.</summary>
internal enum FeatureKind { Word, Pair, Letters, Meaning }

/// <summary>A text as numbers: which features it has and how much each counts. Euclidean length at most 1.</summary>
/// <param name="Ids">Features known from the examples, each once.</param>
/// <param name="Values">The weight of each.</param>
/// <param name="Tokens">For each feature the index of the (first) word it came from, for explanations.</param>
/// <param name="UnknownShare">0 to 1: the share of the words' rarity-weighted mass that no example has.</param>
internal sealed record TextVector(int[] Ids, float[] Values, int[] Tokens, float UnknownShare)
{
    public float SquaredLength { get; } = SumOfSquares(Values);

    private static float SumOfSquares(float[] values)
    {
        var sum = 0f;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return sum;
    }
}

/// <summary>
/// Turns texts into TF-IDF vectors over words, pairs of neighbouring words, groups of 3 to 5 letters within a word, and meanings
/// (<see cref="ShopWords"/>). Learned from example texts; immutable afterwards.
/// </summary>
/// <remarks>
/// Weight of a feature: (1 + ln tf) · (1 + ln((1 + N) / (1 + df))), then each kind scaled to the same length
/// (Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988). Words that no example has count
/// towards the length too: a message half of unknown words is only half as close to anything.
/// </remarks>
internal sealed class FeatureSpace
{
    private readonly Dictionary<ulong, int> ids = [];
    private readonly float[] rarity;
    private readonly float unseenRarity;

    public FeatureSpace(IReadOnlyList<List<string>> texts)
    {
        var documents = new List<int>();
        var lastSeen = new List<int>();
        for (var text = 0; text < texts.Count; text++)
        {
            foreach (var occurrence in Occurrences(texts[text]))
            {
                ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, occurrence.Key, out var known);
                if (!known)
                {
                    id = documents.Count;
                    documents.Add(0);
                    lastSeen.Add(-1);
                }

                if (lastSeen[id] != text)
                {
                    lastSeen[id] = text;
                    documents[id]++;
                }
            }
        }

        rarity = [.. documents.Select(df => Rarity(texts.Count, df))];
        unseenRarity = Rarity(texts.Count, 0);
    }

    public int Count => rarity.Length;

    private static float Rarity(int texts, int containing) => 1 + MathF.Log((1f + texts) / (1f + containing));

    public TextVector Vector(List<string> tokens)
    {
        var found = new Dictionary<int, (int Count, Occurrence First)>();
        Span<float> mass = stackalloc float[4];
        Span<float> unknown = stackalloc float[4];
        foreach (var occurrence in Occurrences(tokens))
        {
            if (ids.TryGetValue(occurrence.Key, out var id))
            {
                ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(found, id, out var known);
                entry = known ? (entry.Count + 1, entry.First) : (1, occurrence);
            }
            else
            {
                unknown[(int)occurrence.Kind] += unseenRarity * unseenRarity;
            }
        }

        var (vectorIds, values, from, kinds) = (new int[found.Count], new float[found.Count], new int[found.Count], new FeatureKind[found.Count]);
        var next = 0;
        foreach (var (id, (count, first)) in found)
        {
            var value = (1 + MathF.Log(count)) * rarity[id];
            (vectorIds[next], values[next], from[next], kinds[next]) = (id, value, first.Token, first.Kind);
            mass[(int)first.Kind] += value * value;
            next++;
        }

        Scale(values, kinds, mass, unknown);
        var words = mass[0] + unknown[0];
        return new TextVector(vectorIds, values, from, words == 0 ? 1 : unknown[0] / words);
    }

    // How much each kind counts, and how much of the length its unknown features keep. Found by trial on the public sets.
    internal static float[] KindWeights = [1f, 0.6f, 1f, 0.6f];
    internal static float UnknownWeight = 0.3f;

    private static void Scale(float[] values, FeatureKind[] kinds, ReadOnlySpan<float> mass, ReadOnlySpan<float> unknown)
    {
        Span<float> scale = stackalloc float[4];
        var total = 0f;
        for (var kind = 0; kind < 4; kind++)
        {
            var length = MathF.Sqrt(mass[kind] + (UnknownWeight * unknown[kind]));
            scale[kind] = length > 0 ? KindWeights[kind] / length : 0;
            total += length > 0 ? KindWeights[kind] * KindWeights[kind] : 0;
        }

        var whole = total > 0 ? 1 / MathF.Sqrt(total) : 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= scale[(int)kinds[i]] * whole;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Occurrence(ulong Key, FeatureKind Kind, int Token);

    private static List<Occurrence> Occurrences(List<string> tokens)
    {
        var occurrences = new List<Occurrence>(tokens.Count * 12);
        for (var token = 0; token < tokens.Count; token++)
        {
            var word = tokens[token];
            occurrences.Add(new(Key(FeatureKind.Word, word), FeatureKind.Word, token));
            var next = token + 1 < tokens.Count ? tokens[token + 1] : "";
            occurrences.Add(new(Key(FeatureKind.Pair, word, next), FeatureKind.Pair, token));
            if (token == 0)
            {
                occurrences.Add(new(Key(FeatureKind.Pair, "", word), FeatureKind.Pair, token));
            }

            AddLetters(word, token, occurrences);
            if (ShopWords.Meaning(word) is { } meaning)
            {
                occurrences.Add(new(Key(FeatureKind.Meaning, meaning), FeatureKind.Meaning, token));
            }
        }

        return occurrences;
    }

    private const int LongestGroup = 5;

    private static void AddLetters(string word, int token, List<Occurrence> occurrences)
    {
        Span<char> framed = stackalloc char[word.Length + 2];
        framed[0] = framed[^1] = ' ';
        word.AsSpan().CopyTo(framed[1..]);
        for (var length = 3; length <= LongestGroup; length++)
        {
            for (var start = 0; start + length <= framed.Length; start++)
            {
                occurrences.Add(new(Key(FeatureKind.Letters, framed.Slice(start, length)), FeatureKind.Letters, token));
            }
        }
    }

    /// <summary>FNV-1a over the kind and the letters (Fowler, Noll, Vo). 64 bits: two features of one shop do not meet by chance.</summary>
    private static ulong Key(FeatureKind kind, ReadOnlySpan<char> first, ReadOnlySpan<char> second = default)
    {
        const ulong Prime = 1099511628211;
        var key = (14695981039346656037 ^ (ulong)kind) * Prime;
        foreach (var c in first)
        {
            key = (key ^ c) * Prime;
        }

        key = (key ^ '\n') * Prime;
        foreach (var c in second)
        {
            key = (key ^ c) * Prime;
        }

        return key;
    }
}
