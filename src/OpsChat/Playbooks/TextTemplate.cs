using OpsChat.Facts;

namespace OpsChat.Playbooks;

/// <summary>
/// An owner's text with <c>{{name}}</c>, <c>{{date name}}</c>, <c>{{money name}}</c> and <c>{{list name}}</c> places: Scriban, restricted to
/// these. What is inserted is never read again: a customer named <c>{{order.total}}</c> stays one.
/// </summary>
/// <param name="Source">As written, without Markdown markup.</param>
public sealed record TextTemplate(string Source)
{
    private readonly IReadOnlyList<TextPiece> _pieces = TextPieces.Of(Source);

    /// <summary>The facts that the text needs, each once, in reading order.</summary>
    public IReadOnlyList<string> Names { get; } =
        [.. TextPieces.Of(Source).OfType<TextPiece.Place>().Select(place => place.Name).Distinct()];

    /// <summary>The owner's words without the places, for counting and searching.</summary>
    public string WrittenWords => string.Concat(_pieces.OfType<TextPiece.Literal>().Select(literal => literal.Text));

    /// <summary>Words of the text, every place counted as one.</summary>
    public int WordCount => string.Concat(_pieces.Select(piece => piece is TextPiece.Literal literal ? literal.Text : "x"))
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>
    /// The text with all its places filled, or the names that are missing. A fact that would come out blank is missing, and so is
    /// one of the wrong kind for <c>date</c>, <c>money</c> or <c>list</c>.
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
        TextPiece.Malformed { IsUnclosed: true } bad => new ParseError(bad.At, "`{{` is not closed.", "Close the place with `}}`."),
        TextPiece.Malformed bad => new ParseError(
            bad.At, $"`{bad.Raw}` is not a place for a fact.", "Write `{{name}}`, `{{date name}}`, `{{money name}}` or `{{list name}}`."),
        TextPiece.Place place => CheckPlace(place, vocabulary),
        _ => null,
    }).OfType<ParseError>();

    public bool Equals(TextTemplate? other) => other is not null && Source == other.Source;

    public override int GetHashCode() => Source.GetHashCode(StringComparison.Ordinal);

    private static ParseError? CheckPlace(TextPiece.Place place, FactVocabulary vocabulary)
    {
        if (!vocabulary.Knows(place.Name))
        {
            return new(place.At, $"There is no fact `{place.Name}`.", vocabulary.Remedy(place.Name));
        }

        return (place.Format, vocabulary.KindOf(place.Name)) switch
        {
            (PlaceFormat.Date, { } kind and not FactKind.Day) => new(
                place.At,
                $"`{place.Name}` is not a day ({kind}).",
                $"Write `{{{{{place.Name}}}}}`."
            ),
            (PlaceFormat.Money, { } kind and not FactKind.Amount) => new(
                place.At,
                $"`{place.Name}` is not an amount ({kind}).",
                $"Write `{{{{{place.Name}}}}}`."
            ),
            (PlaceFormat.List, { } kind and not FactKind.Words) => new(
                place.At,
                $"`{place.Name}` is not a list ({kind}).",
                $"Write `{{{{{place.Name}}}}}`."
            ),
            _ => null,
        };
    }

    private static string? Written(TextPiece piece, FactSet facts, string language)
    {
        if (piece is TextPiece.Literal literal)
        {
            return literal.Text;
        }

        var text = piece is not TextPiece.Place place ? null
            : (place.Format, facts.Find(place.Name)?.Value) switch
            {
                (PlaceFormat.Date, FactValue.Day day) => DayFormat.In(language).Date(day.Value),
                (PlaceFormat.Money, FactValue.Amount amount) => amount.Value.ToString(),
                (PlaceFormat.List, FactValue.Words words) => ListWords.Joined(words.Values, language),
                (PlaceFormat.AsItIs, { } value) => value.Shown,
                _ => null,
            };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static string NameOf(TextPiece piece) => piece switch
    {
        TextPiece.Place place => place.Name,
        TextPiece.Malformed bad => bad.Raw,
        _ => throw new InvalidOperationException("Written words are never missing."),
    };
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
