namespace OpsChat.Understanding;

/// <summary>A phrase of the lexicon that was found in a text.</summary>
/// <param name="Section">The section of the lexicon file that lists the phrase.</param>
/// <param name="Positions">Places of the matched words in the text, ascending; words in a gap are not among them.</param>
internal sealed record PhraseMatch(string Section, int[] Positions)
{
    public int End => Positions[^1] + 1;

    public bool IsWithin(HashSet<int> positions) => Array.TrueForAll(Positions, positions.Contains);
}

/// <summary>All findings in one text, in the order of their first words.</summary>
internal sealed record PhraseMatches(IReadOnlyList<Word> Words, IReadOnlyList<PhraseMatch> All)
{
    public int SentenceOf(PhraseMatch finding) => Words[finding.Positions[0]].Sentence;

    public string Written(PhraseMatch finding) => string.Join(' ', finding.Positions.Select(p => Words[p].Text));

    public HashSet<int> PositionsOf(Func<PhraseMatch, bool> chosen) => PositionsOf(All, chosen);

    public static HashSet<int> PositionsOf(IEnumerable<PhraseMatch> findings, Func<PhraseMatch, bool> chosen) =>
        [.. findings.Where(chosen).SelectMany(f => f.Positions)];
}
