using System.Runtime.InteropServices;

namespace OpsChat.Understanding;

/// <summary>The kinds of features of a text.</summary>
internal enum FeatureKind
{
    /// <summary>A word as written.</summary>
    Word,

    /// <summary>Two neighbouring words.</summary>
    Pair,

    /// <summary>What a word means (<see cref="SynonymGroups"/>).</summary>
    Meaning,

    /// <summary>Two neighbouring meanings.</summary>
    MeaningPair,

    /// <summary>Two meanings at most four apart, in any order.</summary>
    Together,

    /// <summary>Two to four letters in a row, spaces included: what misspelt words still share.</summary>
    Letters,

    /// <summary>A kind of phrase that a list knows.</summary>
    Phrase,
}

/// <summary>One feature of a text.</summary>
/// <param name="Key">A 64-bit hash of the kind and the letters: two features of one shop do not meet by chance.</param>
/// <param name="Token">The index of the word it came from, for explanations.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Feature(ulong Key, FeatureKind Kind, int Token);

/// <summary>A text cut into words and features; the same whatever was learned.</summary>
/// <param name="IsNegated">It says that something is not so ("not", "can't", "belum").</param>
internal sealed record TextFeatures(List<string> Tokens, List<Feature> Features, bool IsNegated)
{
    private const int ShortestGroup = 2, LongestGroup = 4, Near = 4;

    internal static readonly HashSet<string> Negations =
    [
        .. (
            "not no cant cannot couldnt unable never nothing dont didnt doesnt isnt wont wouldnt havent hasnt wasnt arent without none nobody "
            + "tak tidak belum bukan gak ga nggak enggak jangan tiada takde xde nahi nahin nhi hindi wala di khong chua dung nao sin nunca"
        ).Split(' '),
    ];

    /// <summary>Words that only hold a sentence together. Without them "my card has arrived" and "the card arrived" are the same two
    /// meanings.</summary>
    internal static readonly HashSet<string> Fillers =
    [
        .. (
            "a an the my our your i me we you he she they his her their its is are was were am be been being to of for in on at it this "
                + "that and so as do does did has have had "
            + "will would could should please pls plz hi hello hai h hain ka ki ke ko se me mera meri mere mujhe mujhko hum aap ye yeh wo "
            + "woh kya bhai saya aku kami yang ini itu nak mau ke di dan ang ng sa ako yung yong iyong nyo niyo el la los las de un una o os um uma"
        )
            .Split(' ')
            .SelectMany(word => new[] { word, SynonymGroups.Stem(word) }),
    ];

    /// <param name="spelling">Null: words are taken as they are written.</param>
    public static TextFeatures Of(string text, Spelling? spelling = null)
    {
        var tokens = Understanding.Tokens.Of(text);
        if (spelling is not null)
        {
            tokens = tokens.ConvertAll(spelling.Of);
        }

        var features = new List<Feature>((tokens.Count * 25) + 8);
        AddWords(tokens, features);
        AddMeanings(tokens, features);
        AddLetters(tokens, features);
        return new TextFeatures(tokens, features, tokens.Exists(Negations.Contains));
    }

    private static void AddWords(List<string> tokens, List<Feature> features)
    {
        var before = "";
        for (var token = 0; token < tokens.Count; token++)
        {
            features.Add(new(Key(FeatureKind.Word, tokens[token]), FeatureKind.Word, token));
            features.Add(new(Key(FeatureKind.Pair, before, tokens[token]), FeatureKind.Pair, token));
            before = tokens[token];
        }

        features.Add(new(Key(FeatureKind.Pair, before), FeatureKind.Pair, Math.Max(0, tokens.Count - 1)));
    }

    private static void AddMeanings(List<string> tokens, List<Feature> features)
    {
        var meanings = new List<string>(tokens.Count);
        for (var token = 0; token < tokens.Count;)
        {
            var (meaning, length) = SynonymGroups.Meaning(tokens, token);
            if (Fillers.Contains(meaning))
            {
                token += length;
                continue;
            }

            features.Add(new(Key(FeatureKind.Meaning, meaning), FeatureKind.Meaning, token));
            features.Add(new(Key(FeatureKind.MeaningPair, meanings.Count == 0 ? "" : meanings[^1], meaning), FeatureKind.MeaningPair, token));
            foreach (var earlier in CollectionsMarshal.AsSpan(meanings)[Math.Max(0, meanings.Count - Near)..])
            {
                var (first, second) = string.CompareOrdinal(earlier, meaning) < 0 ? (earlier, meaning) : (meaning, earlier);
                features.Add(new(Key(FeatureKind.Together, first, second), FeatureKind.Together, token));
            }

            meanings.Add(meaning);
            token += length;
        }
    }

    private static void AddLetters(List<string> tokens, List<Feature> features)
    {
        var text = $" {string.Join(' ', tokens)} ".AsSpan();
        for (int start = 0, token = -1; start < text.Length; start++)
        {
            token += text[start] == ' ' ? 1 : 0;
            for (var length = ShortestGroup; length <= LongestGroup && start + length <= text.Length; length++)
            {
                features.Add(new(Key(FeatureKind.Letters, text.Slice(start, length)), FeatureKind.Letters, Math.Min(token, tokens.Count - 1)));
            }
        }
    }

    /// <summary>FNV-1a (Fowler, Noll and Vo), 64 bits.</summary>
    public static ulong Key(FeatureKind kind, ReadOnlySpan<char> first, ReadOnlySpan<char> second = default)
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
