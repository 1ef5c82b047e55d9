namespace OpsChat.Text;

/// <summary>The slips of one finger: a letter too many or too few, two letters swapped, a neighbouring key, a wrong vowel.</summary>
internal static class TypingError
{
    private const string Vowels = "aeiouy";

    private static readonly string[] KeyRows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    /// <summary>Whether exactly one slip, or none, turns one word into the other. The first letter counts as known.</summary>
    public static bool IsBetween(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var same = a.CommonPrefixLength(b);
        if (same == 0)
            return IsSwap(a, b);
        var restA = a[same..];
        var restB = b[same..];
        return (restA.Length - restB.Length) switch
        {
            0 => restA.IsEmpty || (restA[1..].SequenceEqual(restB[1..]) && AreConfused(restA[0], restB[0])) || IsSwap(restA, restB),
            1 => restA[1..].SequenceEqual(restB),
            -1 => restB[1..].SequenceEqual(restA),
            _ => false,
        };
    }

    private static bool IsSwap(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        a.Length == b.Length && a.Length >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..].SequenceEqual(b[2..]);

    /// <summary>A sign hides any letter ("ref*nd"). Any other letter is more often another word: "changed" is not "charged".</summary>
    private static bool AreConfused(char a, char b) =>
        !char.IsLetter(a) || !char.IsLetter(b) || (Vowels.Contains(a) && Vowels.Contains(b)) || AreNeighbours(a, b);

    private static bool AreNeighbours(char a, char b)
    {
        var (rowA, columnA) = Key(a);
        var (rowB, columnB) = Key(b);
        return rowA >= 0 && rowB >= 0 && Math.Abs(rowA - rowB) <= 1 && Math.Abs(columnA - columnB) <= 1;
    }

    private static (int Row, int Column) Key(char c)
    {
        for (var row = 0; row < KeyRows.Length; row++)
            if (KeyRows[row].IndexOf(c, StringComparison.Ordinal) is >= 0 and var column)
                return (row, column);
        return (-1, -1);
    }
}
