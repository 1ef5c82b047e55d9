namespace OpsChat.Understanding;

/// <summary>A phrase of the lexicon that was found in a text.</summary>
/// <param name="Section">The section of the lexicon file that lists the phrase.</param>
/// <param name="Positions">Places of the matched words in the text, ascending; words in a gap are not among them.</param>
internal sealed record Finding(string Section, int[] Positions)
{
    public int End => Positions[^1] + 1;

    public bool IsWithin(HashSet<int> positions) => Array.TrueForAll(Positions, positions.Contains);
}

/// <summary>All findings in one text, in the order of their first words.</summary>
internal sealed record Findings(IReadOnlyList<Word> Words, IReadOnlyList<Finding> All)
{
    public int SentenceOf(Finding finding) => Words[finding.Positions[0]].Sentence;

    public string Written(Finding finding) => string.Join(' ', finding.Positions.Select(p => Words[p].Text));

    public HashSet<int> PositionsOf(Func<Finding, bool> chosen) => PositionsOf(All, chosen);

    public static HashSet<int> PositionsOf(IEnumerable<Finding> findings, Func<Finding, bool> chosen) =>
        [.. findings.Where(chosen).SelectMany(f => f.Positions)];
}
