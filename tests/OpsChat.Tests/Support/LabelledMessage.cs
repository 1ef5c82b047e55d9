using CsvHelper;

namespace OpsChat.Tests.Support;

/// <summary>A row of the public test data; fields that a file lacks are empty.</summary>
internal sealed record LabelledMessage(string Text, string Financial, string Language, string Source)
{
    public static List<LabelledMessage> Read(params string[] path)
    {
        using var csv = CsvReader.FromText(File.ReadAllText(SharedData.PathOf(path)), CsvReaderOptions.Default with { HasHeader = false });
        csv.Read();
        var columns = csv.Current.ToArray();
        var rows = new List<LabelledMessage>();
        while (csv.Read())
        {
            var cells = csv.Current.ToArray();
            string Cell(string column) => Array.IndexOf(columns, column) is >= 0 and var at ? cells[at] : "";
            rows.Add(new(Cell("text"), Cell("financial"), Cell("lang"), Cell("source")));
        }
        return rows;
    }
}
