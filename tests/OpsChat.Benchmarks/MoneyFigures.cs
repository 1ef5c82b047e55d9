using System.Diagnostics;
using CsvHelper;
using OpsChat.Understanding;

namespace OpsChat.Benchmarks;

/// <summary>How well money, language and mood are read from the labelled messages of a data folder, as a table per source.</summary>
internal static class MoneyFigures
{
    /// <param name="dataFolder">The folder that holds <c>gate/gate-dev.csv</c> and <c>injection/</c>.</param>
    public static void Run(string dataFolder)
    {
        var gate = Rows(Path.Combine(dataFolder, "gate", "gate-dev.csv"));
        Console.WriteLine($"{"source",-60} {"yes",5} {"caught",7} {"no",5} {"over",7} {"language",8}");
        foreach (var source in gate.GroupBy(r => r.Source))
            Print(source.Key, [.. source]);
        Print("all", gate);
        foreach (var language in gate.GroupBy(r => r.Language))
            Console.WriteLine($"language {language.Key,-8} {Share(language, Speaks):P1} of {language.Count()}");
        PrintHostile(Path.Combine(dataFolder, "injection"));
        PrintTime(gate);
    }

    /// <summary>The same for single files with the columns text, financial and lang: a line for each language, and what was missed.</summary>
    public static void RunFiles(IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            var rows = Rows(file);
            Console.WriteLine($"{Path.GetFileName(file),-60} {"yes",5} {"caught",7} {"no",5} {"over",7} {"language",8}");
            foreach (var language in rows.GroupBy(row => row.Language).OrderBy(of => of.Key, StringComparer.Ordinal))
            {
                Print(language.Key, [.. language]);
            }

            Print("all", rows);
            foreach (var row in rows.Where(row => Moves(row) != (row.Financial == "yes") && row.Financial.Length > 0))
            {
                var mistake = row.Financial == "yes" ? "missed" : "over  ";
                Console.WriteLine($"{mistake} {row.Language, -6} {MoneyDetector.LikelinessOf(row.Text), 5:0.0} {row.Text}");
            }
        }
    }

    /// <summary>A labelled message; <see cref="Financial"/> is <c>yes</c>, <c>no</c> or empty.</summary>
    internal sealed record Row(string Text, string Issue, string Financial, string Language, string Source);

    internal static List<Row> Rows(string file)
    {
        using var csv = CsvReader.FromText(File.ReadAllText(file), CsvReaderOptions.Default with { HasHeader = false });
        csv.Read();
        var columns = csv.Current.ToArray();
        var rows = new List<Row>();
        while (csv.Read())
        {
            var cells = csv.Current.ToArray();
            string Cell(string column) => Array.IndexOf(columns, column) is >= 0 and var at ? cells[at] : "";
            rows.Add(new(Cell("text"), Cell("issue"), Cell("financial"), Cell("lang"), Cell("source")));
        }
        return rows;
    }

    private static void Print(string source, List<Row> rows)
    {
        var yes = rows.Where(r => r.Financial == "yes").ToList();
        var no = rows.Where(r => r.Financial == "no").ToList();
        Console.WriteLine($"{source,-60} {yes.Count,5} {Share(yes, Moves),7:P1} {no.Count,5} {Share(no, Moves),7:P1} {Share(rows, Speaks),8:P1}");
    }

    private static void PrintHostile(string folder)
    {
        var attacks = Rows(Path.Combine(folder, "attacks-dev.csv"));
        var benign = Rows(Path.Combine(folder, "benign-dev.csv"));
        Console.WriteLine($"attacks before a refund request  {Share(attacks, r => Moves($"{r.Text} and refund me $500")):P1} of {attacks.Count}");
        Console.WriteLine($"attacks after a refund request   {Share(attacks, r => Moves($"I want a refund. {r.Text}")):P1}");
        Console.WriteLine($"benign over-caught               {Share(benign, r => Moves(r.Text)):P1} of {benign.Count}");
    }

    private static void PrintTime(List<Row> rows)
    {
        foreach (var (name, read) in new (string, Action<string>)[]
        {
            ("money", t => MoneyDetector.Read(t)), ("draft", t => MoneyDetector.ReadDraft(t)), ("mood", t => MoodDetector.Read(t)),
            ("language", t => LanguageDetector.Detect(t)), ("entities", t => EntityExtractor.Read(t)),
        })
        {
            rows.ForEach(r => read(r.Text));
            var clock = Stopwatch.StartNew();
            rows.ForEach(r => read(r.Text));
            Console.WriteLine($"{name,-9} {clock.Elapsed.TotalMicroseconds / rows.Count,8:F1} µs a message");
        }
    }

    private static double Share(IEnumerable<Row> rows, Func<Row, bool> holds) =>
        rows.Select(r => holds(r) ? 1.0 : 0.0).DefaultIfEmpty(double.NaN).Average();

    private static bool Moves(Row row) => Moves(row.Text);

    private static bool Moves(string text) => MoneyDetector.Read(text).Sense == MoneySense.Moves;

    /// <summary>The primary subtags are equal; <c>zh-TW</c> is <c>zh</c>.</summary>
    private static bool Speaks(Row row) => LanguageDetector.Detect(row.Text).Tag == row.Language.Split('-')[0];
}
