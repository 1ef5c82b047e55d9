namespace OpsChat.Understanding;

/// <summary>
/// Says whether a text is about money that moves. It reads words only, never which playbook was chosen, so that it stays a
/// second opinion. The vocabulary, with the rule in its head, is <c>Words/money.txt</c>. Pure, thread-safe, linear in the text.
/// </summary>
public static class MoneyDetector
{
    private const int WordsShown = 12;

    private static readonly Lexicon Messages = Lexicon.Load("money.txt");

    /// <summary>Reads a customer's message.</summary>
    public static MoneyReading Read(string text)
    {
        var findings = Messages.Find(text);
        var explained = Explained(findings, f => f.Section == "harmless" || f.Section.StartsWith("asks", StringComparison.Ordinal));
        var moves = findings.All.Where(f => f.Section.StartsWith("moves", StringComparison.Ordinal) && !f.Positions.All(explained.Contains)).ToList();
        if (moves.Count > 0)
            return new(MoneySense.Moves, Math.Min(0.99, 0.8 + 0.05 * moves.Count), WordsOf(findings, moves));
        var asks = findings.All.Where(f => f.Section.StartsWith("asks", StringComparison.Ordinal)).ToList();
        return asks.Count > 0 ? new(MoneySense.Asks, 0.9, WordsOf(findings, asks)) : MoneyReading.Nothing;
    }

    /// <summary>Reads a text that the shop would send.</summary>
    public static MoneyReading ReadDraft(string text) => Read(text);

    private static HashSet<int> Explained(Findings findings, Func<Finding, bool> explains) =>
        [.. findings.All.Where(explains).SelectMany(f => f.Positions)];

    private static List<string> WordsOf(Findings findings, List<Finding> found) =>
        [.. found.Select(findings.Written).Distinct().Take(WordsShown)];
}
