using CsvHelper;

namespace OpsChat.ShopData.Tables;

/// <summary>
/// Delimited text with quotes (RFC 4180). A quote in the wrong place costs the row it stands in: reading goes on at the line after the
/// broken row's first, so that one stray quote does not swallow the file.
/// </summary>
internal static class QuotedRows
{
    /// <summary>A row that reaches over more lines than this through one open quote is a broken one.</summary>
    private const int MostLinesOfARow = 60;

    public static IEnumerable<SheetRow> Of(string text, char separator)
    {
        var starts = LineStarts(text);
        for (var line = 0; line < starts.Count;)
        {
            var next = starts.Count;
            foreach (var (row, lines) in From(text[starts[line]..], separator))
            {
                var at = row with { Line = line + row.Line };
                yield return at;
                if (row.IsMalformed && lines > 1)
                {
                    next = at.Line;
                    break;
                }
            }

            line = next;
        }
    }

    private static IEnumerable<(SheetRow Row, int Lines)> From(string text, char separator)
    {
        var isMalformed = false;
        var options = CsvReaderOptions.Default with
        {
            HasHeader = false,
            TrackLineNumbers = true,
            Separator = separator,
            // A stray quote as in 19" is text; what it may break is the number of cells.
            OnMalformedRecord = record =>
                isMalformed |= record.Reason is CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.TextAfterClosingQuote,
        };
        using var reader = CsvReader.FromText(text, options);
        while (reader.Read())
        {
            var lines = 1 + reader.RawRecord.Count((byte)'\n');
            yield return (new((int)reader.LineNumber, reader.Current.ToArray(), isMalformed || lines > MostLinesOfARow), lines);
            isMalformed = false;
        }
    }

    private static List<int> LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var end = text.IndexOf('\n', StringComparison.Ordinal); end >= 0 && end + 1 < text.Length; end = text.IndexOf('\n', end + 1))
        {
            starts.Add(end + 1);
        }

        return starts;
    }
}
