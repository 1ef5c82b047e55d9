namespace OpsChat.Understanding;

/// <summary>
/// The words and word beginnings of a lexicon, and how a written word is recognised as one of them: as it is, by its beginning,
/// with signs for letters, stretched ("refuuund"), with one typing error, or run together with its neighbours ("cancelorder").
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>The id that every number has; a lexicon writes it as the word <c>0</c>.</summary>
    private const int NumberId = 0;

    /// <summary>Shorter words have too many honest neighbours to forgive a typing error.</summary>
    private const int ShortestForgiven = 6;

    private const int LongestWord = 24;

    private readonly Dictionary<string, int> ids = new() { ["0"] = NumberId };
    private readonly Dictionary<string, int> words = [];
    private readonly Dictionary<string, int> stems = [];
    private readonly Dictionary<string, List<(string Written, int Id, bool IsStem)>> shortened = [];
    private readonly HashSet<string> unspacedWords = [];
    private int longestUnspaced;

    public int Add(string written, bool isStem)
    {
        if (char.IsAsciiDigit(written[0]) && written == "0")
            return NumberId;
        var key = isStem ? written + "*" : written;
        if (ids.TryGetValue(key, out var known))
            return known;
        var id = ids[key] = ids.Count;
        if (PlainText.IsUnspaced(written[0]))
        {
            words[written] = id;
            unspacedWords.Add(written);
            longestUnspaced = Math.Max(longestUnspaced, written.Length);
            return id;
        }
        (isStem ? stems : words)[written] = id;
        if (written.Length >= ShortestForgiven)
            foreach (var shorter in WithoutOneLetter(written).Append(written))
                (shortened.TryGetValue(shorter, out var list) ? list : shortened[shorter] = []).Add((written, id, isStem));
        return id;
    }

    /// <summary>The word as it is known, with all its ids; several pieces when words were run together; no ids when unknown.</summary>
    public IEnumerable<(string Piece, int[] Ids)> Pieces(string word)
    {
        if (PlainText.IsUnspaced(word[0]))
            return Segments(word);
        return [(word, IdsOf(word))];
    }

    private int[] IdsOf(string word)
    {
        if (char.IsAsciiDigit(word[0]) && !word.Any(char.IsAsciiLetter))
            return words.TryGetValue(word, out var special) ? [NumberId, special] : [NumberId];
        if (word.Length > LongestWord)
            return [];
        var exact = Exact(word);
        if (exact.Count == 0 && PlainText.UndoLeet(word) is var plain && plain != word)
            exact = Exact(word = plain);
        if (exact.Count == 0)
            exact = Misspelt(word);
        return [.. exact];
    }

    private List<int> Exact(string word)
    {
        var found = new List<int>();
        if (words.TryGetValue(word, out var id))
            found.Add(id);
        for (var length = 3; length <= word.Length; length++)
            if (stems.TryGetValue(word[..length], out var stem))
                found.Add(stem);
        return found;
    }

    private List<int> Misspelt(string word)
    {
        var found = new List<int>();
        if (word.Length < ShortestForgiven - 1)
            return found;
        for (var length = ShortestForgiven - 1; length <= word.Length; length++)
        {
            var part = word[..length];
            foreach (var shorter in WithoutOneLetter(part).Append(part))
                if (shortened.TryGetValue(shorter, out var near))
                    foreach (var (written, id, isStem) in near)
                        if ((isStem || length == word.Length) && !found.Contains(id) && IsOneErrorFrom(part, written))
                            found.Add(id);
        }
        return found;
    }

    private static IEnumerable<string> WithoutOneLetter(string word) => Enumerable.Range(0, word.Length).Select(i => word.Remove(i, 1));

    /// <summary>One letter missing, added, replaced, or two neighbours swapped; the first letter must be right unless it was swapped.</summary>
    private static bool IsOneErrorFrom(string a, string b)
    {
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
            start++;
        var (restA, restB) = (a[start..], b[start..]);
        return restA.Length switch
        {
            var n when n == restB.Length => n == 0 || restA[1..] == restB[1..]
                || (n >= 2 && restA[0] == restB[1] && restA[1] == restB[0] && restA[2..] == restB[2..]),
            var n when n == restB.Length + 1 => restA[1..] == restB,
            var n when n == restB.Length - 1 => restB[1..] == restA,
            _ => false,
        };
    }

    private List<(string, int[])> Segments(string run)
    {
        var pieces = new List<(string, int[])>();
        var unknownFrom = 0;
        for (var i = 0; i < run.Length;)
        {
            var length = Math.Min(longestUnspaced, run.Length - i);
            while (length > 0 && !unspacedWords.Contains(run.Substring(i, length)))
                length--;
            if (length == 0)
            {
                i++;
                continue;
            }
            if (i > unknownFrom)
                pieces.Add((run[unknownFrom..i], []));
            pieces.Add((run.Substring(i, length), [words[run.Substring(i, length)]]));
            unknownFrom = i += length;
        }
        if (unknownFrom < run.Length)
            pieces.Add((run[unknownFrom..], []));
        return pieces;
    }
}
