using System.Text.RegularExpressions;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Approvals;

/// <summary>
/// What in a customer's words speaks for less, or for another thing, than a card gives that moves all that is left of an order: a part, a share, a
/// replacement, a payment made twice. An approver confirms it in a second step. Pure.
/// </summary>
static partial class AskedOtherwise
{
    private const int MostQuoted = 120, MostDoubts = 3;

    /// <param name="words">The customer's, a message a line.</param>
    /// <param name="whole">What the card moves: all that is left of the order.</param>
    /// <param name="items">Names of the order's lines.</param>
    /// <param name="pieces">Pieces in the order; null when that is not known.</param>
    public static IReadOnlyList<Doubt> Of(string words, Money whole, IReadOnlyList<string> items, decimal? pieces)
    {
        var lines = words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return
        [
            .. lines
                .Select(line => (line, what: What(line, items, pieces)))
                .Where(found => found.what is not null)
                .DistinctBy(found => found.what)
                .Take(MostDoubts)
                .Select(found => new Doubt(
                    DoubtKind.Scope,
                    $"The customer may {found.what}: “{Quoted(found.line)}” This card is about all of {whole}."
                )),
        ];
    }

    private static string? What(string line, IReadOnlyList<string> items, decimal? pieces) =>
        Share().IsMatch(line) ? "want a share only"
        : Twice().IsMatch(line) ? "have paid twice"
        : Replacement().IsMatch(line) ? "want a replacement"
        : pieces is not 1 && (Part().IsMatch(line) || NamesSome(line, items)) ? "mean a part only"
        : null;

    /// <summary>Some of the order's lines are named by a word that the others do not have, and others are not.</summary>
    private static bool NamesSome(string line, IReadOnlyList<string> items)
    {
        var said = Tokens.Of(line).Select(SynonymGroups.Stem).ToHashSet(StringComparer.Ordinal);
        var named = items.Count(item => Own(item, items).Any(said.Contains));
        return named > 0 && named < items.Count;
    }

    private static IEnumerable<string> Own(string item, IReadOnlyList<string> items) =>
        Stems(item).Except(items.Where(other => other != item).SelectMany(Stems));

    private static IEnumerable<string> Stems(string item) =>
        Tokens.Of(item).Where(word => word.Length >= FewestLetters && char.IsLetter(word[0])).Select(SynonymGroups.Stem);

    private const int FewestLetters = 3;

    private static string Quoted(string line) => line.Length <= MostQuoted ? line : $"{line[..MostQuoted]}…";

    [GeneratedRegex(
        @"\b[0-9]{1,3} ?%|\b(?:half|percent|per cent|separuh|setengah|sebahagian|partial(?:ly)?)\b|一半|部分",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Share();

    [GeneratedRegex(
        @"\b(?:twice|double|duplicate[ds]?|two times|2 ?x|2 times|dua kali|2 kali|dua ?x)\b|两次|重复|兩次|重複",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Twice();

    [GeneratedRegex(
        @"\b(?:replac\w{0,8}|exchang\w{0,4}|swap\w{0,4}|tukar\w{0,4}|ganti\w{0,4}|new one|another one)\b|换|換|补发|補發",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Replacement();

    [GeneratedRegex(
        @"\b(?:only|just|one of|keep|rest|except|saja|sahaja|je|satu|kecuali|simpan)\b|只|其中|留",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Part();
}
