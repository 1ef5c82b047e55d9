namespace OpsChat.Facts.Csv;

/// <summary>One row. A cell that cannot be read is a finding and counts as empty, so that the rest of the row still does its work.</summary>
/// <param name="line">1-based line in the file where the row starts.</param>
internal sealed class CsvRow(CsvTable table, CsvReading reading, string[] cells, int line)
{
    public string File => table.File;
    public int Line => line;

    /// <summary>The trimmed cell; null when empty or when there is no such column.</summary>
    public string? Text(Column column) =>
        table.Find(column) is { } index && cells[index].Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The file has this column, whether or not the cell is filled.</summary>
    public bool Has(Column column) => table.Find(column) is not null;

    /// <summary>The first of the columns that holds something.</summary>
    public string? Text(params ReadOnlySpan<Column> columns)
    {
        foreach (var column in columns)
        {
            if (Text(column) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>A moment, moved by the reading's shift.</summary>
    public DateTimeOffset? Moment(Column column) =>
        Read(column, text => CellValues.Moment(text, reading.TimeZone)?.AddDays(reading.ShiftDays), "a date", "2026-11-20 14:03:22 +0800 or 2026-11-20");

    /// <summary>A day in the shop's time zone, moved by the reading's shift.</summary>
    public DateOnly? Day(Column column) => Moment(column) is { } moment
        ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, reading.TimeZone).DateTime)
        : null;

    public Money? Amount(Column column, string currency) =>
        Read(column, text => CellValues.Amount(text, currency), "an amount", "1299.00");

    /// <summary>A whole number; "2.0" is 2.</summary>
    public int? Count(Column column) => Read(column, CellValues.Count, "a whole number", "12");

    private T? Read<T>(Column column, Func<string, T?> parse, string kind, string example) where T : struct
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            reading.Warning(
                File, line, $"\"{Shortened(text)}\" in the column for the {column.Name} is not {kind}.",
                $"Write it like {example}. The cell is read as empty.", table.Find(column)!.Value + 1);
        }

        return value;
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
