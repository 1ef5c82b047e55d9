using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Facts;

namespace OpsChat.Playbooks;

/// <summary>
/// Reads a condition on facts. Grammar, loosest first: <c>a or b</c>; <c>a and b</c>; <c>not a</c>; <c>( a )</c>, a bare flag, or
/// <c>name op value</c> with <c>= != &lt; &lt;= &gt; &gt;=</c>. A value is a number, a duration (<c>3 days</c>), a date (<c>2026-12-03</c>),
/// words (bare or in quotes) or another fact's name. At most 500 characters, 20 levels deep.
/// </summary>
public sealed partial class FactExpressionParser
{
    private const int LongestSource = 500;
    private const int DeepestNesting = 20;
    private const int MinutesInADay = 24 * 60;
    private const string Example = "Write it like `order.total > 50`, `order.status = shipped` or `not order.late`.";

    private readonly record struct Token(string Text, int At, bool Quoted);

    private readonly List<Token> _tokens;
    private readonly int _end;
    private int _next;
    private int _depth;
    private ParseError? _slip;

    private FactExpressionParser(string source, List<Token> tokens)
    {
        _tokens = tokens;
        _end = source.Length;
    }

    /// <summary>The tree, or the first thing that cannot be read.</summary>
    public static (FactExpression? Expression, ParseError? ParseError) Parse(string source)
    {
        if (source.Length > LongestSource)
        {
            return (null, new(0, $"The condition is longer than {LongestSource} characters.", "Split it into several rules."));
        }

        var tokens = Pieces()
            .Matches(source)
            .Select(m => new Token(m.Value.Trim('"', '\'', '“', '”'), m.Index, m.Value[0] is '"' or '\'' or '“'))
            .ToList();
        var parser = new FactExpressionParser(source, tokens);
        var expression = parser.Either();
        if (expression is not null && parser.Peek is { } rest)
        {
            return (null, new(rest.At, $"`{rest.Text}` is not expected here.", $"Join comparisons with `and` or `or`. {Example}"));
        }

        return (expression, parser._slip);
    }

    /// <summary>Unknown names and comparisons of kinds that do not fit, each at its offset.</summary>
    public static IEnumerable<ParseError> Check(FactExpression expression, FactVocabulary vocabulary) => expression switch
    {
        FactExpression.Flag flag => CheckFlag(flag, vocabulary),
        FactExpression.Compare compare => CheckCompare(compare, vocabulary),
        FactExpression.Not not => Check(not.Inner, vocabulary),
        FactExpression.And and => Check(and.Left, vocabulary).Concat(Check(and.Right, vocabulary)),
        FactExpression.Or or => Check(or.Left, vocabulary).Concat(Check(or.Right, vocabulary)),
        _ => throw new InvalidOperationException("FactExpression is closed."),
    };

    private static IEnumerable<ParseError> CheckFlag(FactExpression.Flag flag, FactVocabulary vocabulary)
    {
        if (!vocabulary.Knows(flag.Name))
        {
            yield return Unknown(flag.Name, flag.At, vocabulary);
        }
        else if (vocabulary.KindOf(flag.Name) is { } kind and not FactKind.Flag)
        {
            yield return new(
                flag.At,
                $"`{flag.Name}` is not yes or no, so it cannot stand by itself.",
                $"Compare it with something. {Example} (Its kind: {kind}.)"
            );
        }
    }

    private static IEnumerable<ParseError> CheckCompare(FactExpression.Compare compare, FactVocabulary vocabulary)
    {
        if (!vocabulary.Knows(compare.Name))
        {
            yield return Unknown(compare.Name, compare.At, vocabulary);
        }

        if (compare.With is FactExpression.Operand.OtherFact other && !vocabulary.Knows(other.Name))
        {
            yield return Unknown(other.Name, other.At, vocabulary);
        }

        if (
            vocabulary.KindOf(compare.Name) is { } kind
            && FactComparison.Misfit(compare.Name, kind, compare.With, compare.How, vocabulary.KindOf) is { } misfit
        )
        {
            yield return new(compare.At, misfit, Example);
        }
    }

    private static ParseError Unknown(string name, int at, FactVocabulary vocabulary) =>
        new(at, $"There is no fact `{name}`.", vocabulary.Remedy(name));

    private Token? Peek => _next < _tokens.Count ? _tokens[_next] : null;

    private FactExpression? Either() => Chain("or", Both, (a, b) => new FactExpression.Or(a, b));

    private FactExpression? Both() => Chain("and", Negated, (a, b) => new FactExpression.And(a, b));

    private FactExpression? Chain(string word, Func<FactExpression?> part, Func<FactExpression, FactExpression, FactExpression> join)
    {
        var left = part();
        while (left is not null && Take(word))
        {
            left = part() is { } right ? join(left, right) : null;
        }

        return left;
    }

    private FactExpression? Negated()
    {
        if (++_depth > DeepestNesting)
        {
            return Fail(Peek?.At ?? _end, $"The condition is nested more than {DeepestNesting} levels deep.", "Split it into several rules.");
        }

        var result = Take("not") ? Negated() is { } inner ? new FactExpression.Not(inner) : null
            : Take("(") ? Bracketed()
            : NamedFact();
        _depth--;
        return result;
    }

    private FactExpression? Bracketed()
    {
        var inner = Either();
        return inner is null ? null : Take(")") ? inner
            : Fail(Peek?.At ?? _end, "A bracket is not closed.", "Add `)`.");
    }

    private FactExpression? NamedFact()
    {
        if (Peek is not { } name)
        {
            return Fail(_end, "The condition stops too early.", Example);
        }

        if (name.Quoted || !FactName().IsMatch(name.Text))
        {
            return Fail(name.At, $"`{name.Text}` is not the name of a fact.", Example);
        }

        _next++;
        return TakeComparison() is not { } how ? new FactExpression.Flag(name.Text, name.At)
            : Value() is { } value ? new FactExpression.Compare(name.Text, how, value, name.At)
            : null;
    }

    private Comparison? TakeComparison()
    {
        Comparison? how = Peek is { Quoted: false } token ? token.Text switch
        {
            "=" or "==" or "is" => Comparison.Equal,
            "!=" or "≠" => Comparison.NotEqual,
            "<" => Comparison.Less,
            "<=" or "≤" => Comparison.LessOrEqual,
            ">" => Comparison.Greater,
            ">=" or "≥" => Comparison.GreaterOrEqual,
            _ => null,
        } : null;
        _next += how is null ? 0 : 1;
        return how;
    }

    private FactExpression.Operand? Value()
    {
        if (Peek is not { } first || IsPunctuation(first))
        {
            Fail(Peek?.At ?? _end, "The comparison has nothing to compare with.", Example);
            return null;
        }

        _next++;
        if (first.Quoted)
        {
            return new FactExpression.Operand.Written(first.Text);
        }

        if (Peek is { Quoted: false } unit && MinutesIn(unit.Text) is { } minutes
            && decimal.TryParse(first.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count < 100_000)
        {
            _next++;
            return new FactExpression.Operand.Days(count * minutes / MinutesInADay);
        }

        return FactName().IsMatch(first.Text) ? new FactExpression.Operand.OtherFact(first.Text, first.At)
            : new FactExpression.Operand.Written(BareWords(first.Text));
    }

    /// <summary>Further words belong to the value: <c>order.status = partially refunded</c>.</summary>
    private string BareWords(string first)
    {
        var words = first;
        while (Peek is { Quoted: false } more && !IsPunctuation(more) && !IsKeyword(more.Text))
        {
            words += " " + more.Text;
            _next++;
        }

        return words;
    }

    private static int? MinutesIn(string unit) => unit.ToLowerInvariant() switch
    {
        "minute" or "minutes" => 1,
        "hour" or "hours" => 60,
        "day" or "days" => MinutesInADay,
        "week" or "weeks" => 7 * MinutesInADay,
        _ => null,
    };

    private bool Take(string text)
    {
        var taken = Peek is { Quoted: false } token && token.Text.Equals(text, StringComparison.OrdinalIgnoreCase);
        _next += taken ? 1 : 0;
        return taken;
    }

    private FactExpression? Fail(int at, string problem, string remedy)
    {
        _slip ??= new(at, problem, remedy);
        return null;
    }

    private static bool IsPunctuation(Token token) =>
        !token.Quoted && token.Text is "(" or ")" or "=" or "==" or "!=" or "<" or "<=" or ">" or ">=" or "≠" or "≤" or "≥";

    private static bool IsKeyword(string text) => text.ToLowerInvariant() is "and" or "or" or "not";

    [GeneratedRegex("""<=|>=|!=|==|[=<>≤≥≠()]|"[^"]*"|“[^”]*”|'[^']*'|[^\s=<>!≤≥≠()"“]+|\S""")]
    private static partial Regex Pieces();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")]
    private static partial Regex FactName();
}
