using System.Globalization;
using CsvHelper;

namespace OpsChat.Host.Operations;

/// <summary>A CSV file with a header line; empty when there is no such file.</summary>
sealed class ExportTable
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    private ExportTable(string file, bool exists) => (File, Exists) = (file, exists);

    public string File { get; }

    public bool Exists { get; }

    public List<ExportRow> Rows { get; } = [];

    public static ExportTable Open(string path)
    {
        var table = new ExportTable(Path.GetFileName(path), System.IO.File.Exists(path));
        if (!table.Exists)
        {
            return table;
        }

        var text = System.IO.File.ReadAllText(path);
        var header = text.AsSpan(0, text.IndexOf('\n') is >= 0 and var end ? end : text.Length);
        var separator = header.Contains('\t') ? '\t' : header.Count(';') > header.Count(',') ? ';' : ',';
        using var reader = CsvReader.FromText(text, CsvReaderOptions.Default with { HasHeader = false, Separator = separator });
        for (var line = 1; reader.Read(); line++)
        {
            var cells = reader.Current.ToArray();
            if (line == 1)
            {
                for (var i = 0; i < cells.Length; i++)
                {
                    table._columns.TryAdd(cells[i].Trim('\uFEFF', ' ', '\r'), i);
                }
            }
            else
            {
                table.Rows.Add(new(table, cells));
            }
        }

        return table;
    }

    public int Column(string name) => _columns.GetValueOrDefault(name, -1);

    public IEnumerable<string> Columns => _columns.OrderBy(c => c.Value).Select(c => c.Key);
}

/// <summary>One line of such a file.</summary>
sealed class ExportRow(ExportTable table, string[] cells)
{
    public string this[string column] => table.Column(column) is >= 0 and var at && at < cells.Length ? cells[at].Trim() : "";

    public string this[int column] => column < cells.Length ? cells[column].Trim() : "";

    public DateOnly? Day(string column) =>
        this[column] is { Length: >= 10 } text
        && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
