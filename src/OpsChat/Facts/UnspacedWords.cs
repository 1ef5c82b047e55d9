using System.Collections.Frozen;

namespace OpsChat.Facts;

/// <summary>A stretch of a text without spaces.</summary>
/// <param name="Word">Folded.</param>
/// <param name="IsKnown">A word of the catalogue or for goods; else what is between them.</param>
internal readonly record struct UnspacedWord(int Start, string Word, bool IsKnown);

/// <summary>Cuts text of scripts that put no spaces between words, Chinese first of all, into words for goods. Pure.</summary>
internal static class UnspacedWords
{
    // 这个包, 一盏灯, 买鞋: what stands before a word of one sign that is a word of its own.
    private static readonly FrozenSet<char> s_beforeASign = "个隻只条件款双把张套盏顶这那种的有卖买找块本台".ToFrozenSet();

    /// <summary>Longest words first, from left to right. A word of one sign counts beside another word or after a measure word: elsewhere it is more
    /// often a part of some other word.</summary>
    /// <param name="isTitleWord">Whether the catalogue knows the word.</param>
    /// <param name="longest">The catalogue's longest word, in signs.</param>
    public static IReadOnlyList<UnspacedWord> Cut(string run, Func<string, bool> isTitleWord, int longest)
    {
        var folded = GoodsWords.Folded(run);
        if (folded.Length != run.Length)
        {
            return [new(0, run, isTitleWord(run))];
        }

        var found = new List<(int Start, int Length, bool IsGoods)>();
        for (var at = 0; at < folded.Length;)
        {
            var length = Math.Min(Math.Max(longest, GoodsWords.LongestUnspaced), folded.Length - at);
            while (length > 0 && !IsKnown(folded.Substring(at, length), isTitleWord))
            {
                length--;
            }

            if (length > 0)
            {
                found.Add((at, length, !GoodsWords.IsOther(folded.Substring(at, length))));
            }

            at += Math.Max(1, length);
        }

        return Pieces(folded, [.. found.Where(word => word.IsGoods && (word.Length > 1 || StandsAlone(folded, word.Start, found)))]);
    }

    private static bool IsKnown(string word, Func<string, bool> isTitleWord) =>
        isTitleWord(word) || GoodsWords.IsOther(word) || GoodsWords.Of(word).Count > 0
        || OptionWords.Of(word) is { Kind: not OptionKind.Size };

    private static bool StandsAlone(string run, int at, List<(int Start, int Length, bool IsGoods)> found) =>
        run.Length == 1
        // The shirt of a "T恤", which is cut behind its letter.
        || run[at] == '恤'
        || (at > 0 && s_beforeASign.Contains(run[at - 1]))
        || found.Exists(word => word.IsGoods && (word.Start + word.Length == at || word.Start == at + 1));

    private static List<UnspacedWord> Pieces(string run, List<(int Start, int Length, bool IsGoods)> words)
    {
        var pieces = new List<UnspacedWord>();
        var at = 0;
        foreach (var (start, length, _) in words)
        {
            if (start > at)
            {
                pieces.Add(new(at, run[at..start], IsKnown: false));
            }

            pieces.Add(new(start, run.Substring(start, length), IsKnown: true));
            at = start + length;
        }

        if (at < run.Length)
        {
            pieces.Add(new(at, run[at..], IsKnown: false));
        }

        return pieces;
    }
}
