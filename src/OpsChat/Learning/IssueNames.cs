using OpsChat.Understanding;

namespace OpsChat.Learning;

/// <summary>
/// Names groups of messages as an owner would: by one to three words that most of the group's messages have and few others, in the order in which
/// customers write them, "cancel-subscription". Words of one meaning count as one and are written as most customers write them. What people also
/// answered with comes before what only customers said: it is what the matter is about.
/// </summary>
internal sealed class IssueNames
{
    private const int MostWords = 3, ShortestWord = 3, MostLooked = 40;

    // A word must be so much more frequent in the group than anywhere.
    private const double FewestTimes = 2;

    // One more word must leave at least so many of the group's messages, and make the name so much more exact.
    private const double FewestLeft = 0.2, MuchMoreExact = 1.15, ExactEnough = 0.85;

    // What most of them say belongs to the name even where it makes it no more exact: "delete-account", not "delete".
    private const double MostSay = 0.6;

    // Found by reading the names of simulated shops: an answer's words weigh about one and a half times.
    private const double OfAnswers = 1.5, OftenAnswered = 0.3;

    /// <summary>They ask or wish, and name no matter.</summary>
    private static readonly HashSet<string> s_nameless =
    [
        .. (
            "how when where what which why who whom whose can could shall may might must any some every each more most much many very too "
                + "just only also even still "
            + "again over out off into about with from than then there here now yes need want wish like get got give know see look find "
            + "make take let help tell ask "
            + "thing something anything someone question want wanna gonna sir madam team guys kindly thank thanks sorry good bagaimana "
            + "macam mana apa bila boleh como cuando que puedo"
        ).Split(' '),
    ];

    private readonly IReadOnlyList<HashSet<string>> _everywhere;

    /// <param name="messages">All messages, those of the groups among them, masked.</param>
    public IssueNames(IReadOnlyList<string> messages) =>
        _everywhere = [.. messages.Select(message => Words(message).Select(word => word.Meaning).ToHashSet(StringComparer.Ordinal))];

    /// <param name="group">The group's messages, masked.</param>
    /// <param name="answers">What people answered to them, masked.</param>
    /// <param name="taken">Names that are not free.</param>
    public string Of(IReadOnlyList<string> group, IReadOnlyList<string> answers, IReadOnlySet<string> taken)
    {
        var messages = group.Select(message => Words(message).ToList()).ToList();
        var sets = messages.ConvertAll(words => words.Select(word => word.Meaning).ToHashSet(StringComparer.Ordinal));
        var answered = answers.SelectMany(answer => Words(answer).Select(word => word.Meaning).Distinct()).CountBy(meaning => meaning).ToDictionary();
        var candidates = sets.SelectMany(set => set).CountBy(meaning => meaning)
            .OrderByDescending(meaning => meaning.Value).ThenBy(meaning => meaning.Key, StringComparer.Ordinal)
            .Take(MostLooked).Select(meaning => meaning.Key).Where(IsTelling).ToList();
        List<string> chosen = [];
        var exact = 0d;
        while (chosen.Count < MostWords)
        {
            var next = candidates.Except(chosen).Select(meaning => (Meaning: meaning, Fit: FitOf([.. chosen, meaning])))
                .Where(it => (it.Fit.Left >= MostSay && chosen.Count < 2)
                    || (it.Fit.Left >= FewestLeft && it.Fit.Exact > MuchMoreExact * exact && exact < ExactEnough))
                .OrderByDescending(it => it.Fit.Score * (answered.GetValueOrDefault(it.Meaning) >= OftenAnswered * answers.Count ? OfAnswers : 1))
                .ThenBy(it => it.Meaning, StringComparer.Ordinal).FirstOrDefault();
            if (next.Meaning is null)
            {
                break;
            }

            chosen.Add(next.Meaning);
            exact = next.Fit.Exact;
        }

        var name = string.Join('-', Written(chosen, messages));
        name = name.Length == 0 || name == "none" ? "question" : name;
        return Enumerable.Range(1, taken.Count + 1).Select(i => i == 1 ? name : $"{name}-{i}").First(free => !taken.Contains(free));

        bool IsTelling(string meaning) =>
            (double)sets.Count(set => set.Contains(meaning)) / sets.Count
            >= FewestTimes * _everywhere.Count(set => set.Contains(meaning)) / _everywhere.Count;

        // How many of the group have all the words, how many of those that have them are of the group, and the harmonic mean.
        (double Left, double Exact, double Score) FitOf(IReadOnlyList<string> meanings)
        {
            var (here, all) = (sets.Count(meaningsOf => meanings.All(meaningsOf.Contains)), _everywhere.Count(set => meanings.All(set.Contains)));
            var (left, precise) = ((double)here / sets.Count, all == 0 ? 0 : Math.Min(1, (double)here / all));
            return (left, precise, left + precise == 0 ? 0 : 2 * left * precise / (left + precise));
        }
    }

    /// <summary>Each meaning as most customers write it, in the order in which they write them.</summary>
    private static IEnumerable<string> Written(List<string> meanings, List<List<(string Word, string Meaning)>> messages)
    {
        var together = messages.Where(words => meanings.TrueForAll(meaning => words.Exists(word => word.Meaning == meaning))).ToList();
        return meanings
            .OrderBy(meaning => together.Average(words => words.FindIndex(word => word.Meaning == meaning) / (double)words.Count))
            .Select(meaning =>
                together
                    .SelectMany(words => words)
                    .Where(word => word.Meaning == meaning)
                    .CountBy(word => word.Word)
                    .OrderByDescending(word => word.Value)
                    .ThenBy(word => word.Key.Length)
                    .ThenBy(word => word.Key, StringComparer.Ordinal)
                    .First()
                    .Key
            );
    }

    /// <summary>Only small Latin letters may stand in a file's name.</summary>
    private static IEnumerable<(string Word, string Meaning)> Words(string message) =>
        Tokens.Of(message)
            .Where(token => token.Length >= ShortestWord && token.All(char.IsAsciiLetterLower)
                && !TextFeatures.Fillers.Contains(token) && !TextFeatures.Negations.Contains(token) && !s_nameless.Contains(token))
            .Select(token => (token, SynonymGroups.Meaning(token)));
}
