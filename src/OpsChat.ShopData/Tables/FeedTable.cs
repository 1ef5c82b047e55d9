using OpsChat.ShopData.Values;

namespace OpsChat.ShopData.Tables;

/// <summary>
/// A sheet whose header line is known: rows with named cells. Lines that are no rows (descriptions below the header, repeated headers,
/// totals and notes after the data) are dropped by their shape; a row that is broken is a finding and is left out.
/// </summary>
internal sealed class FeedTable
{
    /// <summary>The header stands within the first lines: reports put titles before it.</summary>
    private const int MostLinesBeforeHeader = 20;

    private const int MostMoments = 2000;

    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bracketed = new(StringComparer.Ordinal);
    private readonly Dictionary<int, bool> _bareNumbers = [];
    private readonly string[] _header;
    private readonly Dictionary<Column, int?> _found = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, DateTimeOffset?> _moments = new(StringComparer.Ordinal);
    private readonly Sheet _sheet;
    private readonly SheetRow _headerRow;
    private readonly DateReading _plainDates;
    private List<FeedRow>? _rows;
    private DateReading? _dates;

    private FeedTable(Sheet sheet, SheetRow header, ShopReading reading)
    {
        (_sheet, _headerRow, File, Reading, _header, HeaderLine) = (sheet, header, sheet.File, reading, header.Cells, header.Line);
        _plainDates = new(reading.Zone, DateOrder.Unknown);
        foreach (var (index, name) in _header.Index())
        {
            AddHeader(index, name);
        }
    }

    public string File { get; }

    public int HeaderLine { get; }

    public ShopReading Reading { get; }

    public List<FeedRow> Rows => _rows ??= [.. Pass()];

    /// <summary>The rows one after the other, none of them kept: for files of millions. What is wrong in them is told.</summary>
    public IEnumerable<FeedRow> Pass()
    {
        RowCount = 0;
        foreach (var row in DataRows(isTold: true))
        {
            RowCount++;
            yield return row;
        }
    }

    /// <summary>Rows that were read.</summary>
    public int RowCount { get; private set; }

    private IEnumerable<FeedRow> Looked => _rows ?? DataRows(isTold: false);

    private IEnumerable<FeedRow> DataRows(bool isTold) =>
        _sheet.Rows.Where(row => row.Line > HeaderLine && IsData(row, _headerRow, isTold)).Select(row => new FeedRow(this, row));

    /// <summary>Rows that were left out because they are broken.</summary>
    public int BrokenRows { get; private set; }

    /// <summary>A row that lacks one of the cells without which it says nothing.</summary>
    public void LeaveOut(FeedRow row, params ReadOnlySpan<Column> needed)
    {
        BrokenRows++;
        foreach (var column in needed)
        {
            if (row.Text(column) is null)
            {
                Reading.Warning(File, row.Line, $"The row has no {column.Name}.", "The row is left out.", (Find(column) ?? 0) + 1);
                return;
            }
        }
    }

    public IReadOnlyList<string> Headers => _header;

    /// <summary>The order of day and month that the platform always writes; overrides nothing that the file itself shows.</summary>
    public DateOrder PlatformDates { get; set; }

    /// <summary>The table behind the line that has most of the known headers; null when no line has at least two.</summary>
    /// <param name="known">Header keys of all feeds.</param>
    public static FeedTable? Of(Sheet sheet, IReadOnlySet<string> known, ShopReading reading)
    {
        var best = sheet
            .Rows.Take(MostLinesBeforeHeader)
            .Index()
            .Select(row =>
                (row.Item, Known: row.Item.Cells.Count(cell => known.Contains(Column.Key(cell)) || known.Contains(Column.Key(Bare(cell)))))
            )
            .DefaultIfEmpty()
            .MaxBy(row => row.Known);
        return best.Known >= 2 ? new(sheet, best.Item, reading) : null;
    }

    /// <summary>The cell position of a column, or null when the file has none of its headers. An exact header comes before one with a remark in
    /// brackets.</summary>
    public int? Find(Column column) => _found.TryGetValue(column, out var index) ? index : _found[column] = Search(column);

    /// <summary>The moment that a cell names; null when it names none. Files of counts say the same few days again and again.</summary>
    public DateTimeOffset? Moment(string text, int column)
    {
        if (_moments.TryGetValue(text, out var known))
        {
            return known;
        }

        var moment = CellDate.Read(text, DatesFor(text), HasBareNumbers(column));
        if (_moments.Count < MostMoments && !CellDate.IsBareNumber(text))
        {
            _moments[text] = moment;
        }

        return moment;
    }

    /// <summary>A file that is not kept is not looked through for what only a date that can be read both ways needs.</summary>
    private DateReading DatesFor(string text) => _rows is null && _dates is null && !CellDate.IsAmbiguous(text) ? _plainDates : Dates;

    private int? Search(Column column)
    {
        foreach (var headers in new[] { _exact, _bracketed })
        {
            foreach (var key in column.Keys)
            {
                if (headers.TryGetValue(key, out var index))
                {
                    return index;
                }
            }
        }

        return null;
    }

    public bool Has(Column column) => Find(column) is not null;

    /// <summary>Whether all of these stand in the header, as <see cref="Column.Key"/> spells them.</summary>
    public bool HasAll(IEnumerable<string> keys) => keys.All(key => _exact.ContainsKey(key) || _bracketed.ContainsKey(key));

    public string HeaderAt(int index) => _header[index];

    /// <summary>How the dates of this file are read: what a date in it proves, else the platform's way, else the owner's setting.</summary>
    public DateReading Dates => _dates ??= new(Reading.Zone, OrderOfDates());

    /// <summary>Whether a column of dates holds nothing but day counts or seconds since 1970.</summary>
    public bool HasBareNumbers(int column)
    {
        if (!_bareNumbers.TryGetValue(column, out var bare))
        {
            var filled = Looked.Select(row => row.Cell(column)).Where(cell => !CellNumber.IsNone(cell));
            _bareNumbers[column] = bare = filled.Any() && filled.All(CellDate.IsBareNumber);
        }

        return bare;
    }

    private void AddHeader(int index, string name)
    {
        var key = Column.Key(name);
        if (key.Length > 0 && !_exact.TryAdd(key, index))
        {
            Reading.Warning(
                File,
                HeaderLine,
                $"The header \"{name}\" stands there twice.",
                "The first one counts. Export the file again if that is the wrong one.",
                index + 1
            );
        }

        if (Bare(name) is { Length: > 0 } bare && bare != name)
        {
            _bracketed.TryAdd(Column.Key(bare), index);
        }
    }

    /// <summary>Without units, currencies and remarks in brackets: "Deal Price (MYR)".</summary>
    private static string Bare(string header) => header.Split('(')[0].TrimEnd('*', ' ');

    private bool IsData(SheetRow row, SheetRow header, bool isTold)
    {
        if (IsHeaderAgain(row, header) || IsDescription(row, header))
        {
            return false;
        }

        var surplus = row.Cells.Length > _header.Length && Array.Exists(row.Cells[_header.Length..], cell => cell.Length > 0);
        var isShort = row.Cells.Length < _header.Length;
        if (!surplus && !isShort && !row.IsMalformed)
        {
            return !IsTotal(row);
        }

        // A line of one cell in a wide table is a title or a note, not a broken row.
        if (row.Filled <= 1 && _header.Length >= 5 && !row.IsMalformed)
        {
            return false;
        }

        if (isShort && !row.IsMalformed && IsTotal(row))
        {
            return false;
        }

        if (!isTold)
        {
            return false;
        }

        BrokenRows++;
        Reading.Warning(
            File,
            row.Line,
            row.IsMalformed
                ? "A quote is opened or closed in the wrong place."
                : $"The row has {row.Cells.Length} cells, the header {_header.Length}.",
            "The row is left out. Quote cells that hold a separator, a quote or a line break, and double the quotes inside them."
        );
        return false;
    }

    // Asked of every row of files with millions, so the first cell says no.
    private static bool IsHeaderAgain(SheetRow row, SheetRow header) =>
        row.Cells.Length == header.Cells.Length
        && row.Cells[0].Equals(header.Cells[0], StringComparison.OrdinalIgnoreCase)
        && row.Cells.SequenceEqual(header.Cells, StringComparer.OrdinalIgnoreCase);

    /// <summary>TikTok explains every column in the line below the header: sentences where the rows have ids, numbers and dates.</summary>
    private static bool IsDescription(SheetRow row, SheetRow header)
    {
        if (row.Line > header.Line + 2)
        {
            return false;
        }

        var filled = row.Cells.Where(cell => cell.Length > 0).ToList();
        return filled.Count >= 4
            && filled.TrueForAll(cell => cell.Any(char.IsLetter) && !char.IsAsciiDigit(cell[0]))
            && filled.Count(cell => cell.EndsWith('.') || cell.Split(' ').Length >= 3) * 2 > filled.Count;
    }

    /// <summary><c>Total: Campaigns</c>, <c>Grand total</c>, <c>3 record(s) downloaded</c>: never a name that merely begins with the word.</summary>
    private static bool IsTotal(SheetRow row)
    {
        var first = Array.Find(row.Cells, cell => cell.Length > 0) ?? "";
        return first.StartsWith("Total:", StringComparison.OrdinalIgnoreCase)
            || first.ToLowerInvariant() is "total" or "totals" or "grand total" or "subtotal" or "sum" or "summe" or "jumlah" or "gesamt"
            || row.Cells.Any(cell => cell.StartsWith("record(s) downloaded", StringComparison.OrdinalIgnoreCase))
            || first.StartsWith("Seller ID :", StringComparison.OrdinalIgnoreCase);
    }

    private DateOrder OrderOfDates()
    {
        var cells = Looked.SelectMany(row => row.Cells).Where(cell => cell.Length is >= 6 and <= 40).ToHashSet(StringComparer.Ordinal);
        var shown = cells.Select(CellDate.OrderShownBy)
            .Where(order => order != DateOrder.Unknown).Distinct().ToList();
        if (shown.Count == 1)
        {
            return shown[0];
        }

        if (shown.Count > 1)
        {
            Reading.Warning(
                File,
                HeaderLine,
                "Some dates of this file put the day first, others the month.",
                "Dates that can be read both ways are unknown. Export again with one date format."
            );
            return DateOrder.Unknown;
        }

        var order = PlatformDates != DateOrder.Unknown ? PlatformDates : Reading.Dates;
        if (PlatformDates == DateOrder.Unknown && cells.Any(CellDate.IsAmbiguous))
        {
            Reading.Warning(
                File,
                HeaderLine,
                order == DateOrder.Unknown
                    ? "Nothing in this file tells whether 03/04 is 3 April or 4 March."
                    : $"Dates such as 03/04 are read {(order == DateOrder.DayFirst ? "day" : "month")} first, as you set it.",
                order == DateOrder.Unknown
                    ? "Such dates are unknown. Write `dates: day-first` or `dates: month-first` into _shop.md."
                    : "Change `dates` in _shop.md if that is wrong."
            );
        }

        return order;
    }
}
