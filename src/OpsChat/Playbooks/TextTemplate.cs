using System.Text.RegularExpressions;
using OpsChat.Facts;

namespace OpsChat.Playbooks;

/// <summary>How a place in a text is written out.</summary>
public enum PlaceFormat { AsItIs, Date, Money }

/// <summary>
/// An owner's text with <c>{{name}}</c>, <c>{{date name}}</c> and <c>{{money name}}</c> places. Nothing else is special in it,
/// and what is inserted is never read again: a customer named <c>{{order.total}}</c> stays one.
/// </summary>
/// <param name="Source">As written, without Markdown markup.</param>
public sealed partial record TextTemplate(string Source)
{
    private readonly IReadOnlyList<Piece> _pieces = Split(Source);

    private abstract record Piece
    {
        public sealed record Literal(string Text) : Piece;
        public sealed record Place(PlaceFormat Format, string Name, int At) : Piece;
        /// <summary>Braces that are no place. Never rendered: a customer must not see <c>{{</c>.</summary>
        public sealed record Malformed(string Raw, int At, bool IsUnclosed) : Piece;
    }

    /// <summary>The facts that the text needs, each once, in reading order.</summary>
    public IReadOnlyList<string> Names => [.. _pieces.OfType<Piece.Place>().Select(place => place.Name).Distinct()];

    /// <summary>The owner's words without the places, for counting and searching.</summary>
    public string WrittenWords => string.Concat(_pieces.OfType<Piece.Literal>().Select(literal => literal.Text));

    /// <summary>Words of the text, every place counted as one.</summary>
    public int WordCount => AnyPlace().Replace(Source, "x").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>
    /// The text with all its places filled, or the names that are missing. A fact that would come out blank is missing, and so is
    /// one of the wrong kind for <c>date</c> or <c>money</c>.
    /// </summary>
    /// <param name="language">Tag of the language whose month names <c>{{date}}</c> uses: <c>ms</c>. Unknown tags get English ones.</param>
    public TextResult Render(FactSet facts, string language = "en")
    {
        var written = _pieces.Select(piece => (Piece: piece, Text: Written(piece, facts, language))).ToList();
        var missing = written.Where(part => part.Text is null).Select(part => NameOf(part.Piece)).Distinct().ToList();
        return missing.Count > 0
            ? new TextResult.Missing(missing)
            : new TextResult.Rendered(string.Concat(written.Select(part => part.Text)), Names);
    }

    /// <summary>Unknown names, unclosed braces and formats that do not fit, each at its offset in <see cref="Source"/>.</summary>
    public IEnumerable<ParseError> Check(FactVocabulary vocabulary) => _pieces.Select(piece => piece switch
    {
        Piece.Malformed { IsUnclosed: true } bad => new ParseError(bad.At, "`{{` is not closed.", "Close the place with `}}`."),
        Piece.Malformed bad => new ParseError(bad.At, $"`{bad.Raw}` is not a place for a fact.", "Write `{{name}}`, `{{date name}}` or `{{money name}}`."),
        Piece.Place place => CheckPlace(place, vocabulary),
        _ => null,
    }).OfType<ParseError>();

    public bool Equals(TextTemplate? other) => other is not null && Source == other.Source;

    public override int GetHashCode() => Source.GetHashCode(StringComparison.Ordinal);

    private static ParseError? CheckPlace(Piece.Place place, FactVocabulary vocabulary)
    {
        if (!vocabulary.Knows(place.Name))
        {
            return new(place.At, $"There is no fact `{place.Name}`.", vocabulary.Remedy(place.Name));
        }

        return (place.Format, vocabulary.KindOf(place.Name)) switch
        {
            (PlaceFormat.Date, { } kind and not FactKind.Day) => new(place.At, $"`{place.Name}` is not a day ({kind}).", $"Write `{{{{{place.Name}}}}}`."),
            (PlaceFormat.Money, { } kind and not FactKind.Amount) => new(place.At, $"`{place.Name}` is not an amount ({kind}).", $"Write `{{{{{place.Name}}}}}`."),
            _ => null,
        };
    }

    private static string? Written(Piece piece, FactSet facts, string language)
    {
        if (piece is Piece.Literal literal)
        {
            return literal.Text;
        }

        var text = piece is not Piece.Place place ? null
            : (place.Format, facts.Find(place.Name)?.Value) switch
            {
                (PlaceFormat.Date, FactValue.Day day) => CalendarWords.In(language).Date(day.Value),
                (PlaceFormat.Money, FactValue.Amount amount) => amount.Value.ToString(),
                (PlaceFormat.AsItIs, { } value) => value.Shown,
                _ => null,
            };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static string NameOf(Piece piece) => piece switch
    {
        Piece.Place place => place.Name,
        Piece.Malformed bad => bad.Raw,
        _ => throw new InvalidOperationException("Written words are never missing."),
    };

    private static List<Piece> Split(string source)
    {
        List<Piece> pieces = [];
        var from = 0;
        foreach (Match braces in AnyPlace().Matches(source))
        {
            AddLiteral(from, braces.Index);
            pieces.Add(PlaceIn(braces));
            from = braces.Index + braces.Length;
        }

        AddLiteral(from, source.Length);
        return pieces;

        void AddLiteral(int start, int end)
        {
            if (end > start)
            {
                pieces.Add(new Piece.Literal(source[start..end]));
            }
        }
    }

    private static Piece PlaceIn(Match braces)
    {
        var place = PlaceParts().Match(braces.Value);
        return place.Success
            ? new Piece.Place(place.Groups["format"].Value switch { "date" => PlaceFormat.Date, "money" => PlaceFormat.Money, _ => PlaceFormat.AsItIs },
                place.Groups["name"].Value, braces.Index)
            : new Piece.Malformed(braces.Value, braces.Index, !braces.Value.EndsWith("}}", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\{\{[^{}]*(\}\})?|\}\}")]
    private static partial Regex AnyPlace();

    [GeneratedRegex(@"^\{\{\s*((?<format>date|money)\s+)?(?<name>[a-z][a-z0-9_]*(\.[a-z0-9_]+)+)\s*\}\}$")]
    private static partial Regex PlaceParts();
}

/// <summary>What became of a text. Closed.</summary>
public abstract record TextResult
{
    private TextResult() { }

    /// <param name="FactsUsed">Names of the facts that were inserted, each once.</param>
    public sealed record Rendered(string Text, IReadOnlyList<string> FactsUsed) : TextResult;

    /// <param name="Names">Names without a value, each once. Nothing was rendered.</param>
    public sealed record Missing(IReadOnlyList<string> Names) : TextResult;
}
