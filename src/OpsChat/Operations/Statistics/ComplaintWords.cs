using System.Text.RegularExpressions;

namespace OpsChat.Operations.Statistics;

/// <summary>A word that an article's complaints have more often than others'.</summary>
/// <param name="Score">z of the log-odds.</param>
/// <param name="Texts">In how many of its complaints it stands.</param>
public sealed record ComplaintWord(string Word, double Score, int Texts);

/// <summary>
/// Log-odds of words with an informative Dirichlet prior of 0.01 × their counts in all texts (Monroe, Colaresi, Quinn 2008; OPERATIONS F9).
/// A word counts once a text, from z of 3 and three texts on.
/// </summary>
public static partial class ComplaintWords
{
    private const double PriorWeight = 0.01;
    private const double LeastScore = 3;
    private const int LeastTexts = 3;

    /// <param name="own">The article's complaints.</param>
    /// <param name="others">Those of all other articles.</param>
    public static IReadOnlyList<ComplaintWord> Of(IReadOnlyList<string> own, IReadOnlyList<string> others)
    {
        var (mine, rest) = (Counts(own), Counts(others));
        double prior(string word) => PriorWeight * (mine.GetValueOrDefault(word) + rest.GetValueOrDefault(word));
        var (nMine, nRest) = (mine.Values.Sum(), rest.Values.Sum());
        var whole = PriorWeight * (nMine + nRest);
        return [.. mine.Where(w => w.Value >= LeastTexts).Select(w =>
        {
            var (alpha, theirs) = (prior(w.Key), rest.GetValueOrDefault(w.Key));
            var delta = Math.Log((w.Value + alpha) / (nMine + whole - w.Value - alpha)) - Math.Log((theirs + alpha) / (nRest
                + whole - theirs - alpha));
            return new ComplaintWord(w.Key, delta / Math.Sqrt(1 / (w.Value + alpha) + 1 / (theirs + alpha)), w.Value);
        }).Where(w => w.Score >= LeastScore).OrderByDescending(w => w.Score).ThenBy(w => w.Word, StringComparer.Ordinal)];
    }

    /// <summary>In how many texts each word stands.</summary>
    private static Dictionary<string, int> Counts(IReadOnlyList<string> texts)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in texts.SelectMany(t => Word().Matches(t.ToLowerInvariant()).Select(m => m.Value).Distinct(StringComparer.Ordinal)))
        {
            counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        return counts;
    }

    [GeneratedRegex(@"[\p{L}\p{M}']{3,}")]
    private static partial Regex Word();
}
