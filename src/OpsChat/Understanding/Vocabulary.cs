using OpsChat.Text;
namespace OpsChat.Understanding;

/// <summary>
/// The words and word beginnings of a lexicon, and how a written word is recognised as one of them: as it is, by its beginning,
/// with signs for letters ("r3fund"), stretched ("refuuund"), and, for words that forgive it, with one typing error ("cancle") or
/// run together with the word before ("pleaserefund").
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>Every number means this word; a lexicon writes it as <c>0</c>.</summary>
    private const string AnyNumber = "0";

    /// <summary>Shorter words have too many honest neighbours to forgive a typing error.</summary>
    private const int ShortestForgiven = 5;

    private const int LongestForgiving = 14;
    private const int ShortestStem = 3;
    private const int LongestWord = 40;
    private const int ShortestRoot = 4;
    private const int ShortestHalf = 2;

    private static readonly string[] Enclitics = ["nya", "kah", "lah", "ku", "mu"];

    private readonly Dictionary<string, int> ids = new() { [AnyNumber] = 0 };
    private readonly Dictionary<string, int> words = [];
    private readonly Dictionary<string, int> stems = [];
    private readonly Dictionary<string, int> forgiving = [];
    private readonly Dictionary<string, List<string>> forgivingWithoutOneLetter = [];
    private int longestUnspaced;

    /// <summary>The id of a word, or of all words that begin so.</summary>
    public int Add(string written, bool isStem, bool isForgiving)
    {
        var key = isStem ? written + "*" : written;
        if (!ids.TryGetValue(key, out var id))
            id = ids[key] = ids.Count;
        if (isStem && written.Length < ShortestStem)
            throw new ArgumentException(
                $"'{written}*' is too short a beginning: give it {ShortestStem} letters, or list the words.",
                nameof(written)
            );
        (isStem ? stems : words)[written] = id;
        if (Scripts.IsUnspaced(written[0]))
            longestUnspaced = Math.Max(longestUnspaced, written.Length);
        if (isForgiving && forgiving.TryAdd(written, id))
            foreach (var shorter in WithoutOneLetter(written).Append(written))
                (forgivingWithoutOneLetter.TryGetValue(shorter, out var list) ? list : forgivingWithoutOneLetter[shorter] = []).Add(written);
        return id;
    }

    /// <summary>The word with the ids it answers to; several pieces when the script puts no spaces; no ids when unknown.</summary>
    public IReadOnlyList<(string Piece, int[] Ids)> Pieces(string word) =>
        Scripts.IsUnspaced(word[0]) ? Segments(word) : [(word, IdsOf(word))];

    /// <summary>Whether a word of some length is listed, or begins as listed.</summary>
    public bool Knows(string word) => word.Length is >= ShortestForgiven and <= LongestWord && Exact(word).Length > 0;

    /// <summary>Whether a space has cut a forgiving word in two ("refu nd"): the cut lies inside it, and one of the halves is no word at
    /// all.</summary>
    public bool IsCutInTwo(string first, string second) =>
        first.Length >= ShortestHalf && second.Length >= ShortestHalf && first.Length + second.Length <= LongestForgiving
        && BeginsForgiving(first + second, first.Length + 1) && (Exact(first).Length == 0 || Exact(second).Length == 0);

    private bool BeginsForgiving(string word, int shortest)
    {
        var lookup = forgiving.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Max(shortest, ShortestForgiven); length <= word.Length; length++)
            if (
                lookup.TryGetValue(word.AsSpan(0, length), out _)
                && (length == word.Length || stems.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(word.AsSpan(0, length)))
            )
                return true;
        return false;
    }

    private int[] IdsOf(string word)
    {
        if (char.IsAsciiDigit(word[0]) && !word.Any(char.IsAsciiLetter))
            return words.TryGetValue(word, out var listed) ? [ids[AnyNumber], listed] : [ids[AnyNumber]];
        if (word.Length > LongestWord)
            return RunTogether(word) is { } within ? [within] : [];
        return Exact(word).Concat(WithoutEnclitic(word) is { } root ? Exact(root) : []).Distinct().ToArray() is { Length: > 0 } exact ? exact
            : PlainText.UndoLeet(word) is var plain && plain != word && Exact(plain) is { Length: > 0 } decoded ? decoded
            : Unstretched(plain) is var single && single != plain && Exact(single) is { Length: > 0 } unstretched ? unstretched
            : Misspelt(single) is { } near ? [near]
            : RunTogether(single) is { } end ? [end]
            : [];
    }

    private int[] Exact(string word)
    {
        var found = new List<int>();
        if (words.TryGetValue(word, out var id))
            found.Add(id);
        var beginnings = stems.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = ShortestStem; length <= word.Length; length++)
            if (beginnings.TryGetValue(word.AsSpan(0, length), out var stem))
                found.Add(stem);
        return [.. found];
    }

    /// <summary>The word without the Malay or Indonesian ending that says whose it is or asks: "uangnya" is "uang".</summary>
    private static string? WithoutEnclitic(string word) =>
        Array.Find(Enclitics, e => word.Length >= ShortestRoot + e.Length && word.EndsWith(e, StringComparison.Ordinal)) is { } ending
            ? word[..^ending.Length]
            : null;

    /// <summary>Letters written three times and more, once.</summary>
    private static string Unstretched(string word)
    {
        var letters = new List<char>(word.Length);
        for (var i = 0; i < word.Length; i++)
            if (!(i >= 1 && word[i] == word[i - 1] && ((i >= 2 && word[i] == word[i - 2]) || (i + 1 < word.Length && word[i] == word[i + 1]))))
                letters.Add(word[i]);
        return letters.Count == word.Length ? word : string.Concat(letters);
    }

    /// <summary>The forgiving word from which the beginning of this one is a typing error away.</summary>
    private int? Misspelt(string word)
    {
        var lookup = forgivingWithoutOneLetter.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> shorter = stackalloc char[LongestWord];
        for (var length = ShortestForgiven; length <= word.Length; length++)
        {
            var part = word.AsSpan(0, length);
            for (var left = -1; left < length; left++)
            {
                var candidate = left < 0 ? part : Without(part, left, shorter);
                if (!lookup.TryGetValue(candidate, out var near))
                    continue;
                foreach (var written in near)
                    if ((length == word.Length || stems.ContainsKey(written)) && TypingError.IsBetween(part, written))
                        return forgiving[written];
            }
        }
        return null;
    }

    private static ReadOnlySpan<char> Without(ReadOnlySpan<char> word, int left, Span<char> shorter)
    {
        word[..left].CopyTo(shorter);
        word[(left + 1)..].CopyTo(shorter[left..]);
        return shorter[..(word.Length - 1)];
    }

    private static IEnumerable<string> WithoutOneLetter(string word) => Enumerable.Range(0, word.Length).Select(i => word.Remove(i, 1));

    /// <summary>The first forgiving word inside this one.</summary>
    private int? RunTogether(string word)
    {
        var lookup = forgiving.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 1; start <= word.Length - ShortestForgiven; start++)
            for (var length = ShortestForgiven; start + length <= word.Length && length <= LongestForgiving; length++)
                if (lookup.TryGetValue(word.AsSpan(start, length), out var id))
                    return id;
        return null;
    }

    /// <summary>Longest known word first, from the left; what is between known words is one unknown piece.</summary>
    private List<(string, int[])> Segments(string run)
    {
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        var pieces = new List<(string, int[])>();
        var unknownFrom = 0;
        for (var i = 0; i < run.Length;)
        {
            var length = Math.Min(longestUnspaced, run.Length - i);
            var id = 0;
            while (length > 0 && !lookup.TryGetValue(run.AsSpan(i, length), out id))
                length--;
            if (length == 0)
            {
                i++;
                continue;
            }
            if (i > unknownFrom)
                pieces.Add((run[unknownFrom..i], []));
            pieces.Add((run.Substring(i, length), [id]));
            unknownFrom = i += length;
        }
        if (unknownFrom < run.Length)
            pieces.Add((run[unknownFrom..], []));
        return pieces;
    }
}
