using OpsChat.Text;
namespace OpsChat.Understanding;

/// <summary>
/// Reads a word with one slip of the fingers as the word of the shop's own examples that was meant: "matress" as "mattress". Candidates are found by
/// what is left when one letter is struck out of both (Garbe's symmetric delete method).
/// </summary>
internal sealed class Spelling
{
    private const int ShortestMisspelt = 4;

    private readonly HashSet<string> known = [];
    private readonly Dictionary<string, List<string>> withoutOneLetter = [];

    private readonly IReadOnlySet<string> correct;

    /// <param name="known">Tokens of all examples.</param>
    /// <param name="correct">Words that are no slip although no example has them: a shop's peach is not <c>pecah</c>, broken.</param>
    public Spelling(IEnumerable<string> known, IReadOnlySet<string>? correct = null)
    {
        this.correct = correct ?? new HashSet<string>();
        foreach (
            var word in known
                .Where(this.known.Add)
                .Where(word => word.Length >= ShortestMisspelt && char.IsLetter(word[0]))
                .Order(StringComparer.Ordinal)
        )
        {
            foreach (var shorter in Shorter(word).Append(word))
            {
                (withoutOneLetter.TryGetValue(shorter, out var words) ? words : withoutOneLetter[shorter] = []).Add(word);
            }
        }
    }

    /// <summary>The word meant; the word as it is when it is known, short, or not near to any.</summary>
    public string Of(string word)
    {
        if (word.Length < ShortestMisspelt || !char.IsLetter(word[0]) || known.Contains(word) || correct.Contains(word)
            || SynonymGroups.Knows(word))
        {
            return word;
        }

        foreach (var shorter in Shorter(word).Prepend(word))
        {
            if (
                withoutOneLetter.TryGetValue(shorter, out var candidates)
                && candidates.Find(candidate => TypingError.IsBetween(word, candidate)) is { } meant
            )
            {
                return meant;
            }
        }

        return word;
    }

    private static IEnumerable<string> Shorter(string word) => Enumerable.Range(1, word.Length - 1).Select(at => word.Remove(at, 1));
}
