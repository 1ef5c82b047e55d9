namespace OpsChat.Text;

/// <summary>How far apart two spellings are.</summary>
public static class EditDistance
{
    private const int MostCharacters = 64;

    /// <summary>
    /// Damerau–Levenshtein distance with adjacent transpositions ("optimal string alignment"): how many characters have to be inserted, deleted,
    /// replaced or swapped with their neighbour. Words longer than 64 characters are as far apart as they are long.
    /// </summary>
    /// <param name="most">More than this is not told apart: <paramref name="most"/> + 1 is returned.</param>
    public static int Between(string a, string b, int most = int.MaxValue - 1)
    {
        if (Math.Max(a.Length, b.Length) > MostCharacters)
        {
            return Math.Min(Math.Max(a.Length, b.Length), most + 1);
        }

        return Math.Abs(a.Length - b.Length) > most ? most + 1 : Math.Min(Aligned(a, b), most + 1);
    }

    private static int Aligned(string a, string b)
    {
        var twoBack = new int[b.Length + 1];
        int[] back = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(back[j] + 1, row[j - 1] + 1), back[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], twoBack[j - 2] + 1);
                }
            }

            (twoBack, back) = (back, row);
        }

        return back[^1];
    }
}
