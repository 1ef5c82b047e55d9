namespace OpsChat.Text;

/// <summary>What became of a line.</summary>
public enum LineChange { Kept, Removed, Added }

/// <summary>A line of one text or of both.</summary>
/// <param name="Before">1-based in the old text; null for an added line.</param>
/// <param name="After">1-based in the new text; null for a removed line.</param>
public sealed record DiffLine(LineChange Change, string Text, int? Before, int? After);

/// <summary>Two texts, line by line: the fewest removed and added lines that turn one into the other.</summary>
public static class LineDiff
{
    /// <summary>Beyond this many differing lines on both sides together the middle is shown as removed and added whole.</summary>
    private const int MostCells = 4_000_000;

    /// <summary>All lines in order; a removed line stands before the one added in its place.</summary>
    public static IReadOnlyList<DiffLine> Between(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var (start, oldEnd, nowEnd) = (0, old.Length, now.Length);
        while (start < oldEnd && start < nowEnd && old[start] == now[start])
        {
            start++;
        }

        while (oldEnd > start && nowEnd > start && old[oldEnd - 1] == now[nowEnd - 1])
        {
            (oldEnd, nowEnd) = (oldEnd - 1, nowEnd - 1);
        }

        return
        [
            .. Enumerable.Range(0, start).Select(i => new DiffLine(LineChange.Kept, old[i], i + 1, i + 1)),
            .. Middle(old, now, start, oldEnd, nowEnd),
            .. Enumerable.Range(0, old.Length - oldEnd).Select(i => new DiffLine(LineChange.Kept, old[oldEnd + i], oldEnd + i + 1, nowEnd + i + 1)),
        ];
    }

    /// <summary>The changed lines with up to <paramref name="around"/> kept lines on each side of them.</summary>
    public static IReadOnlyList<DiffLine> Near(IReadOnlyList<DiffLine> lines, int around)
    {
        var shown = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Change != LineChange.Kept)
            {
                var from = Math.Max(0, i - around);
                Array.Fill(shown, true, from, Math.Min(lines.Count - 1, i + around) - from + 1);
            }
        }

        return [.. lines.Where((_, i) => shown[i])];
    }

    private static List<DiffLine> Middle(string[] old, string[] now, int start, int oldEnd, int nowEnd)
    {
        var (height, width) = (oldEnd - start, nowEnd - start);
        if ((long)height * width > MostCells)
        {
            return
            [
                .. Enumerable.Range(start, height).Select(i => new DiffLine(LineChange.Removed, old[i], i + 1, null)),
                .. Enumerable.Range(start, width).Select(i => new DiffLine(LineChange.Added, now[i], null, i + 1)),
            ];
        }

        // The longest common subsequence of what follows each pair of lines.
        var common = new int[height + 1, width + 1];
        for (var i = height - 1; i >= 0; i--)
        {
            for (var j = width - 1; j >= 0; j--)
            {
                common[i, j] = old[start + i] == now[start + j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        List<DiffLine> lines = [];
        for (int i = 0, j = 0; i < height || j < width;)
        {
            if (i < height && j < width && old[start + i] == now[start + j])
            {
                lines.Add(new(LineChange.Kept, old[start + i], start + ++i, start + ++j));
            }
            else if (j == width || (i < height && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(new(LineChange.Removed, old[start + i], start + ++i, null));
            }
            else
            {
                lines.Add(new(LineChange.Added, now[start + j], null, start + ++j));
            }
        }

        return lines;
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
