using System.Text.RegularExpressions;
using OpsChat.Drafting;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>
/// Whether a model's answer to an owner states only what its look-ups brought back: each figure stands in a result, and beside a name only in a
/// line about that name. Pure.
/// </summary>
public sealed partial class AnswerGrounding
{
    private static readonly string[] s_spans = ["m:day:", "m:week:", "m:month:", "m:year:"];

    private readonly List<(string Name, string[] Ids)> _names;
    private readonly HashSet<string> _subjects;
    private readonly List<Line> _lines;
    private readonly HashSet<string> _ofQuestion;
    private readonly HashSet<string> _fromQuestion;

    /// <param name="found">All that was looked up.</param>
    public AnswerGrounding(string question, ShopMoment shop, IReadOnlyList<OwnerAnswer> found)
    {
        var subjects = shop
            .Skus.SelectMany(sku => new[]
            {
                (Name: sku, Id: sku), (Name: shop.Product(sku)?.Title ?? "", Id: sku), (Name: shop.Product(sku)?.FullName ?? "", Id: sku),
                (Name: shop.NameOf(sku), Id: sku), Same(shop.Product(sku)?.Supplier ?? ""),
            })
            .Concat(shop.SupplyOrders.Select(s => Same(s.Supplier)))
            .Concat(shop.Parcels.Select(p => Same(p.Parcel.Carrier)))
            .ToList();
        _subjects = subjects.Select(s => PlainText.NormaliseLower(s.Id)).ToHashSet(StringComparer.Ordinal);
        _names =
        [
            .. subjects
                .Concat(found.SelectMany(f => f.Rows.Where(r => r.Count > 0).Select(r => Same(r[0]))))
                .Select(n => (Name: PlainText.NormaliseLower(n.Name), Id: PlainText.NormaliseLower(n.Id)))
                .Where(n => n.Name.Length > 2 && n.Name.Any(char.IsLetter))
                .GroupBy(n => n.Name, n => n.Id, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Distinct().ToArray()))
                .OrderByDescending(n => n.Key.Length),
        ];
        _ofQuestion = WithoutNames(question).Names;
        _lines = [.. found.SelectMany(LinesOf)];
        // The days that were asked about may be said again; a figure of the question's is not one of the shop's.
        _fromQuestion =
        [
            .. ClaimReader
                .Read(question)
                .Where(c => c.Kind is ClaimKind.Date or ClaimKind.Month or ClaimKind.Weekday or ClaimKind.Code || IsSpan(c))
                .SelectMany(c => c.Keys),
        ];
    }

    /// <summary>Why the answer cannot be given, a sentence each; none when it can.</summary>
    public IReadOnlyList<string> Failures(string answer) =>
        string.IsNullOrWhiteSpace(answer) ? ["The answer is empty."]
        : _lines.Count == 0 ? ["Nothing was looked up. Look up what the question needs first."]
        : [.. Sentence().Split(answer).SelectMany(s => Read(s).Where(c => !c.IsGrounded).Select(c => c.Why)).Distinct(StringComparer.Ordinal)];

    /// <summary>Where the figures of the answer come from; all that was looked at when it has none.</summary>
    public IReadOnlyList<string> SourcesOf(string answer)
    {
        var from = Sentence().Split(answer).SelectMany(s => Read(s).Select(c => c.From).OfType<OwnerAnswer>()).ToHashSet();
        return [.. _lines.Select(l => l.From).Where(f => from.Count == 0 || from.Contains(f)).SelectMany(f => f.Sources)
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The result that most of the answer's figures come from.</summary>
    public OwnerAnswer? MainOf(string answer) =>
        Sentence()
            .Split(answer)
            .SelectMany(s => Read(s).Select(c => c.From).OfType<OwnerAnswer>())
            .GroupBy(f => f)
            .OrderByDescending(g => g.Count())
            .FirstOrDefault()
            ?.Key ?? _lines.FirstOrDefault()?.From;

    private IEnumerable<(bool IsGrounded, OwnerAnswer? From, string Why)> Read(string sentence)
    {
        var (rest, names) = WithoutNames(sentence);
        foreach (var name in names.Where(n => !_ofQuestion.Contains(n) && !_lines.Exists(l => l.Names.Contains(n))))
        {
            yield return (false, null, $"“{name}” is in no result of a look-up.");
        }

        foreach (var (words, keys) in ClaimsOf(rest))
        {
            var line = _lines.Find(l =>
                keys.Any(l.Keys.Contains) && (names.Count == 0 || l.Names.Overlaps(names) || (l.Names.Count == 0 && IsOfWholeResult(l, names)))
            );
            yield return (
                line is not null || keys.Any(_fromQuestion.Contains),
                line?.From,
                $"“{words}” is in no result of a look-up{(names.Count > 0 ? $" about {string.Join(", ", names)}" : "")}."
            );
        }
    }

    /// <summary>A total without a name is about those that the question names, where the result tells of nobody apart.</summary>
    private bool IsOfWholeResult(Line line, HashSet<string> names) =>
        names.IsSubsetOf(_ofQuestion) && !_lines.Exists(other => other.From == line.From && other.Names.Count > 0);

    private IEnumerable<Line> LinesOf(OwnerAnswer found)
    {
        var (title, ofTitle) = WithoutNames(found.Title);
        yield return new(found, Sources(title), ofTitle);
        foreach (var row in found.Rows)
        {
            var cells = row.Select(WithoutNames).ToList();
            var names = cells.SelectMany(c => c.Names).ToHashSet(StringComparer.Ordinal);
            // A row that is only labelled ("revenue") is about whom the title names.
            if (!names.Overlaps(_subjects))
            {
                names.UnionWith(ofTitle);
            }

            yield return new(found, [.. cells.SelectMany(c => SourcesOfCell(c.Left))], names);
        }
    }

    private static HashSet<string> Sources(string text) =>
        [.. ClaimReader.Read(text).SelectMany(c => c.Implied()), .. SpelledOut(text).SelectMany(s => s.Keys)];

    /// <summary>"2 to 9 days, most likely 5" says that 2 and 5 are days too.</summary>
    private static IEnumerable<string> SourcesOfCell(string cell)
    {
        var claims = ClaimReader.Read(cell);
        var units = claims.Where(c => c.Kind == ClaimKind.Measure).SelectMany(c => c.Keys).Select(k => k[..(k.LastIndexOf(':') + 1)]).ToHashSet();
        return claims.SelectMany(c => c.Implied()).Concat(units.SelectMany(unit => claims.Where(c => c.Kind == ClaimKind.Number)
            .SelectMany(c => c.Keys).Select(n => unit + n[2..]))).Concat(SpelledOut(cell).SelectMany(s => s.Keys));
    }

    private static IEnumerable<(string Words, IReadOnlyList<string> Keys)> ClaimsOf(string sentence)
    {
        var claims = ClaimReader.Read(sentence);
        return claims
            .Select(c => (c.Words, c.Keys))
            .Concat(SpelledOut(sentence).Where(s => !claims.Any(c => c.Words.Contains(s.Words, StringComparison.OrdinalIgnoreCase))));
    }

    /// <summary>Numbers that are written as words and stand alone; "one" and "a" count nothing.</summary>
    private static IEnumerable<(string Words, IReadOnlyList<string> Keys)> SpelledOut(string text) =>
        Letters()
            .Matches(text.ToLowerInvariant())
            .Where(m => NumberWords.Values.GetValueOrDefault(m.Value) >= 2)
            .Select(m => (m.Value, (IReadOnlyList<string>)[ClaimKeys.Number(NumberWords.Values[m.Value])]));

    private (string Left, HashSet<string> Names) WithoutNames(string text)
    {
        var (rest, names) = (PlainText.NormaliseLower(text), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (name, ids) in _names.Where(n => rest.Contains(n.Name, StringComparison.Ordinal)))
        {
            rest = Regex.Replace(rest, Whole(name), _ =>
            {
                names.UnionWith(ids);
                return " ";
            }, RegexOptions.CultureInvariant);
        }

        return (rest, names);
    }

    private static bool IsSpan(Claim claim) => claim.Kind == ClaimKind.Measure && claim.Keys.All(key => s_spans.Any(key.StartsWith));

    private static (string Name, string Id) Same(string name) => (name, name);

    private static string Whole(string name) => $@"(?<![\p{{L}}\p{{N}}]){Regex.Escape(name)}(?![\p{{L}}\p{{N}}])";

    /// <param name="Names">Whom it is about; none when it is about all.</param>
    private sealed record Line(OwnerAnswer From, HashSet<string> Keys, HashSet<string> Names);

    // A point between digits, or one of an abbreviation, ends nothing.
    [GeneratedRegex(@"(?<=[.!?;。！？])\s+|\n+")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Letters();
}
