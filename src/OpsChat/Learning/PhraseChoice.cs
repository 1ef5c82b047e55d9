using OpsChat.Understanding;

namespace OpsChat.Learning;

/// <summary>Chooses example phrases out of many: masked, near-duplicates joined, each as unlike the chosen ones as can be.</summary>
internal static class PhraseChoice
{
    private const float NearDuplicate = 0.85f;
    private const int MostWords = 30, MostLooked = 300;

    /// <param name="phrases">Masked. The order of equals is kept.</param>
    /// <param name="there">Phrases that the playbooks have.</param>
    /// <param name="most">From 1.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> phrases, IReadOnlyList<string> there, int most)
    {
        var seen = there.Select(Plain).ToHashSet(StringComparer.Ordinal);
        var candidates = phrases.Where(phrase => phrase.Count(c => c == ' ') < MostWords && seen.Add(Plain(phrase))).Take(MostLooked).ToList();
        if (candidates.Count == 0)
        {
            return [];
        }

        var likeness = new TextLikeness([.. candidates, .. there], null);
        var nearest = candidates
            .Select((_, i) => there.Select((_, j) => likeness.Between(i, candidates.Count + j)).DefaultIfEmpty(0).Max())
            .ToArray();
        var typical = candidates.Select((_, i) => Enumerable.Range(0, candidates.Count).Average(j => likeness.Between(i, j))).ToArray();
        List<int> chosen = [];
        while (chosen.Count < most)
        {
            // What most say comes first; then what is least like the chosen ones, the more usual of equals.
            var next = Enumerable.Range(0, candidates.Count).Where(i => nearest[i] < NearDuplicate && !chosen.Contains(i))
                .OrderBy(i => chosen.Count == 0 ? -typical[i] : nearest[i] - typical[i]).Cast<int?>().FirstOrDefault();
            if (next is not { } it)
            {
                break;
            }

            chosen.Add(it);
            for (var i = 0; i < candidates.Count; i++)
            {
                nearest[i] = Math.Max(nearest[i], likeness.Between(i, it));
            }
        }

        return [.. chosen.Select(i => candidates[i])];
    }

    private static string Plain(string phrase) => string.Join(' ', Tokens.Of(phrase));
}
