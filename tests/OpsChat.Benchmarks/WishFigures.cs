using CsvHelper;
using OpsChat.Understanding;

namespace OpsChat.Benchmarks;

/// <summary><c>-- wishes</c>: learns the weights of the wish model from its examples, and says how well wishes are caught that it has not
/// seen.</summary>
internal static class WishFigures
{
    private const string Folder = "src/OpsChat/Understanding/Words", Examples = "wish-examples.csv", Weights = "wishes.weights";
    private const int Parts = 5;

    /// <param name="repository">Its root folder.</param>
    public static async Task RunAsync(string repository)
    {
        var examples = Read(Path.Combine(repository, Folder, Examples));
        var scores = new double[examples.Count];
        for (var part = 0; part < Parts; part++)
        {
            var model = WishModel.Train([.. examples.Where((_, i) => i % Parts != part)]);
            for (var i = part; i < examples.Count; i += Parts)
            {
                scores[i] = model.LogOdds(examples[i].Text, MoneyDetector.Kinds(examples[i].Text));
            }
        }

        Console.WriteLine($"{"language", -8} {"wishes", 7} {"caught", 7} {"others", 7} {"over", 7}");
        foreach (
            var group in examples
                .Select((example, i) => (example, score: scores[i]))
                .GroupBy(it => it.example.Language)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            Print(group.Key, [.. group]);
        }

        Print("all", [.. examples.Select((example, i) => (example, scores[i]))]);
        await File.WriteAllBytesAsync(Path.Combine(repository, Folder, Weights), WishModel.Train(examples).ToBytes());
    }

    internal static List<(string Language, bool IsWish, string Text)> Read(string file)
    {
        using var csv = CsvReader.FromFile(file);
        var examples = new List<(string Language, bool IsWish, string Text)>();
        while (csv.Read())
        {
            examples.Add((csv.GetString("lang"), csv.GetString("moves_money") == "yes", csv.GetString("text")));
        }

        return examples;
    }

    private static void Print(string name, IReadOnlyList<((string Language, bool IsWish, string Text) Example, double Score)> group)
    {
        var (wishes, others) = (group.Where(it => it.Example.IsWish).ToList(), group.Where(it => !it.Example.IsWish).ToList());
        Console.WriteLine($"{name,-8} {wishes.Count,7} {Caught(wishes),7:P1} {others.Count,7} {Caught(others),7:P1}");
    }

    private static double Caught(List<((string Language, bool IsWish, string Text) Example, double Score)> group) =>
        group.Count == 0 ? 0 : group.Average(it => it.Score >= MoneyDetector.LikelyWish ? 1.0 : 0);
}
