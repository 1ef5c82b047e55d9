using OpsChat.Facts;
using OpsChat.ShopData.Values;
using OpsChat.Text;

namespace OpsChat.ShopData.Tables;

/// <summary>One row. A filled cell that cannot be read is a finding, and its value is unknown.</summary>
internal sealed class FeedRow(FeedTable table, SheetRow row)
{
    public FeedTable Table => table;

    public string File => table.File;

    /// <summary>1-based line in the file where the row starts.</summary>
    public int Line => row.Line;

    public IReadOnlyList<string> Cells => row.Cells;

    public Source Source => new($"{File} line {Line}", table.Reading.ReadAt);

    /// <summary>The cell at a position; empty behind the row's end.</summary>
    public string Cell(int index) => index < row.Cells.Length ? row.Cells[index] : "";

    /// <summary>The trimmed cell; null when it is empty, a dash, or when there is no such column.</summary>
    public string? Text(Column column) => table.Find(column) is { } index && Cell(index) is var text && !CellNumber.IsNone(text) ? text : null;

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

    public bool Has(Column column) => table.Has(column);

    /// <summary>A moment, moved by the reading's shift. A column of times of day beside it is joined.</summary>
    public Cell<DateTimeOffset> Moment(Column column, Column? time = null) =>
        Read<DateTimeOffset>(
            column,
            (text, index) =>
                table
                    .Moment(time is not null && Text(time) is { } clock ? $"{text} {clock}" : text, index)
                    ?.AddDays(table.Reading.ShiftDays),
            "a date",
            "2026-11-20 14:03 or 20 Nov 2026"
        );

    /// <summary>A day in the shop's time zone, moved by the reading's shift.</summary>
    public Cell<DateOnly> Day(Column column) => Moment(column) switch
    {
        { Value: { } moment } => new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, table.Reading.Zone).DateTime), null),
        var other => new(null, other.Unreadable),
    };

    /// <summary>An amount with its sign, in the currency that the cell or its header names, else in <paramref name="currency"/>.</summary>
    public Cell<Money> Amount(Column column, string currency) => Read<Money>(
        column, (text, index) => CellNumber.Amount(text, CellCurrency.OfHeader(table.HeaderAt(index)) ?? currency), "an amount", "1299.00");

    /// <summary>A whole number; <c>2.0</c> and <c>2,0</c> are 2.</summary>
    public Cell<int> Count(Column column) => Read<int>(column, (text, _) => CellNumber.Count(text), "a whole number", "12");

    public Cell<decimal> Number(Column column) => Read<decimal>(column, (text, _) => CellNumber.Read(text), "a number", "12.5");

    /// <summary>A finding for a cell that says nothing where something has to be known.</summary>
    /// <param name="meaning">What follows from it, after "Until it is filled in ".</param>
    public void TellEmpty(Column column, string meaning)
    {
        if (table.Find(column) is { } index)
        {
            var text = Cell(index).Trim();
            table.Reading.Warning(
                File,
                Line,
                text.Length == 0
                    ? $"The column \"{table.HeaderAt(index)}\" is empty."
                    : $"The column \"{table.HeaderAt(index)}\" says \"{Shortened(text)}\".",
                $"Until it is filled in {meaning}",
                index + 1
            );
        }
    }

    private Cell<T> Read<T>(Column column, Func<string, int, T?> parse, string kind, string example) where T : struct
    {
        if (table.Find(column) is not { } index || Cell(index) is var text && CellNumber.IsNone(text))
        {
            return default;
        }

        if (parse(text, index) is { } value)
        {
            return new(value, null);
        }

        var problem = $"\"{Shortened(text)}\" in the column \"{table.HeaderAt(index)}\" is not {kind}.";
        table.Reading.Warning(File, Line, problem, $"What it says is unknown. Write it like {example}.", index + 1);
        return new(null, $"{File} line {Line}: {problem}");
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
