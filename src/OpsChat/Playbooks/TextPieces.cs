using System.Text.RegularExpressions;
using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace OpsChat.Playbooks;

/// <summary>How a place in a text is written out.</summary>
public enum PlaceFormat { AsItIs, Date, Money, List }

/// <summary>A stretch of an owner's text.</summary>
internal abstract record TextPiece
{
    private TextPiece() { }

    public sealed record Literal(string Text) : TextPiece;

    /// <param name="At">0-based offset of its <c>{{</c>.</param>
    public sealed record Place(PlaceFormat Format, string Name, int At) : TextPiece;

    /// <summary>What is no place. Never rendered: a customer must not see <c>{{</c>, and nothing but a fact is looked up.</summary>
    public sealed record Malformed(string Raw, int At, bool IsUnclosed) : TextPiece;
}

/// <summary>
/// Reads an owner's text with Scriban's parser and takes of the language only names, member access and the functions <c>date</c>, <c>money</c> and
/// <c>list</c>. The pieces are filled one by one and no script is ever run, so a value cannot be read as a template.
/// </summary>
internal static partial class TextPieces
{
    private const string Opening = "{{", Closing = "}}";

    private static readonly ParserOptions s_limits = new() { ExpressionDepthLimit = 20 };

    /// <summary>The pieces in reading order.</summary>
    public static IReadOnlyList<TextPiece> Of(string source)
    {
        if (!source.Contains(Opening, StringComparison.Ordinal) && !source.Contains(Closing, StringComparison.Ordinal)
            && !source.Contains("{%", StringComparison.Ordinal))
        {
            return source.Length == 0 ? [] : [new TextPiece.Literal(source)];
        }

        var parsed = Template.Parse(source, parserOptions: s_limits);
        return parsed.HasErrors || parsed.Page is null ? [.. Faults(parsed, source)] : [.. Pieces(parsed.Page.Body!.Statements, source)];
    }

    /// <summary>Each error of the parser, told of the braces that it stands in.</summary>
    private static IEnumerable<TextPiece> Faults(Template parsed, string source) =>
        parsed
            .Messages.Where(message => message.Type == ParserMessageType.Error)
            .Select(message =>
                Math.Max(
                    0,
                    source.LastIndexOf(Opening, Math.Clamp(message.Span.Start.Offset, 0, source.Length - 1), StringComparison.Ordinal)
                )
            )
            .Select(at => at > 0 && source[at - 1] == '{' ? at - 1 : at)
            .Distinct().Order().Select(at => Malformed(source, at));

    private static IEnumerable<TextPiece> Pieces(IEnumerable<ScriptStatement> statements, string source)
    {
        ScriptEscapeStatement? opened = null;
        List<ScriptStatement> inside = [];
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case ScriptRawStatement raw when opened is null:
                    foreach (var piece in Words(source[raw.Span.Start.Offset..(raw.Span.End.Offset + 1)], raw.Span.Start.Offset))
                    {
                        yield return piece;
                    }

                    break;
                case ScriptEscapeStatement brace when opened is null:
                    opened = brace;
                    break;
                case ScriptEscapeStatement brace:
                    yield return Place(opened, inside, brace, source);
                    (opened, inside) = (null, []);
                    break;
                default:
                    inside.Add(statement);
                    break;
            }
        }

        if (opened is not null)
        {
            yield return Malformed(source, opened.Span.Start.Offset);
        }
    }

    /// <summary>The owner's words; closing braces among them close nothing.</summary>
    private static IEnumerable<TextPiece> Words(string words, int start)
    {
        var at = words.IndexOf(Closing, StringComparison.Ordinal);
        if (at < 0)
        {
            return [new TextPiece.Literal(words)];
        }

        var after = at + Closing.Length;
        return
        [
            new TextPiece.Literal(words[..at]),
            new TextPiece.Malformed(Closing, start + at, IsUnclosed: false),
            .. Words(words[after..], start + after),
        ];
    }

    private static TextPiece Place(ScriptEscapeStatement opening, List<ScriptStatement> inside, ScriptEscapeStatement closing, string source)
    {
        var at = opening.Span.Start.Offset;
        var (format, name) = inside is [ScriptExpressionStatement { Expression: { } expression }] ? Named(expression) : default;
        if (string.IsNullOrEmpty(name))
        {
            return Malformed(source, at);
        }

        // White-space marks, comments and the like are in no node: what is written must be the place and nothing beside it.
        var written = Spaces().Split(source[at..(closing.Span.End.Offset + 1)][Opening.Length..^Closing.Length].Trim());
        string[] expected = format == PlaceFormat.AsItIs ? [name] : [format.ToString().ToLowerInvariant(), name];
        return written.SequenceEqual(expected) ? new TextPiece.Place(format, name, at) : Malformed(source, at);
    }

    /// <summary>The fact that an expression names and its format; an empty name when it is any other expression.</summary>
    private static (PlaceFormat Format, string Name) Named(ScriptExpression expression) => expression switch
    {
        ScriptFunctionCall { Target: ScriptVariableGlobal { Name: var function }, Arguments: [var argument] } when FormatOf(function) is { } format =>
            (format, PathOf(argument)),
        _ => (PlaceFormat.AsItIs, PathOf(expression)),
    };

    private static PlaceFormat? FormatOf(string function) => function switch
    {
        "date" => PlaceFormat.Date,
        "money" => PlaceFormat.Money,
        "list" => PlaceFormat.List,
        _ => null,
    };

    /// <summary><c>order.number</c> of a chain of members; empty for anything else.</summary>
    private static string PathOf(ScriptNode? expression) => expression switch
    {
        ScriptVariableGlobal { Name: var name } => name,
        ScriptMemberExpression { Target: var target, Member.Name: var member } when PathOf(target) is { Length: > 0 } path => $"{path}.{member}",
        _ => "",
    };

    private static TextPiece.Malformed Malformed(string source, int at)
    {
        var end = source.IndexOf(Closing, at, StringComparison.Ordinal);
        var next = source.IndexOf(Opening, Math.Min(at + Opening.Length + 1, source.Length), StringComparison.Ordinal);
        var isUnclosed = end < 0 || (next >= 0 && next < end);
        var after = isUnclosed ? (next >= 0 ? next : source.Length) : end + Closing.Length;
        return new(source[at..(after < source.Length && source[after] == '}' ? after + 1 : after)], at, isUnclosed);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
