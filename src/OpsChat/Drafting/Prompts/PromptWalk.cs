using Scriban.Syntax;

namespace OpsChat.Drafting.Prompts;

/// <summary>A name in a prompt.</summary>
/// <param name="IsKnown">It is given, or stands for the item of a surrounding <c>for</c>.</param>
/// <param name="IsWritten">Its value becomes part of the prompt; false where it is only asked about.</param>
internal sealed record PromptName(string Path, bool IsKnown, bool IsWritten, int Line, int Column, int Offset);

/// <summary>Something of the template language that prompts do not use.</summary>
internal sealed record ForeignNode(string What, int Line, int Column);

/// <summary>Walks a prompt's syntax tree and collects its names and whatever is not one of the few things that a prompt may hold.</summary>
internal sealed class PromptWalk
{
    private readonly Dictionary<string, IReadOnlyList<string>> _items = [];
    private readonly List<PromptName> _names = [];
    private readonly List<ForeignNode> _foreign = [];

    public IReadOnlyList<PromptName> Names => _names;

    public IReadOnlyList<ForeignNode> Foreign => _foreign;

    public void Visit(ScriptNode? node)
    {
        switch (node)
        {
            case null
            or ScriptRawStatement
            or ScriptEscapeStatement
            or ScriptEndStatement
            or ScriptNopStatement
            or ScriptKeyword
            or ScriptToken
            or ScriptLiteral:
                break;
            case ScriptExpressionStatement { Expression: { } expression }:
                Say(expression, isWritten: true);
                break;
            case ScriptForStatement loop:
                Loop(loop);
                break;
            case ScriptIfStatement or ScriptElseStatement or ScriptBlockStatement or ScriptPage or ScriptList:
                VisitChildren(node);
                break;
            case ScriptExpression expression:
                Say(expression, isWritten: false);
                break;
            default:
                Add(node);
                break;
        }
    }

    private void VisitChildren(ScriptNode node)
    {
        for (var i = 0; i < node.ChildrenCount; i++)
        {
            Visit(node.GetChildren(i));
        }
    }

    private void Say(ScriptExpression? expression, bool isWritten)
    {
        switch (expression)
        {
            case ScriptVariableGlobal or ScriptMemberExpression when PathOf(expression) is { Length: > 0 } path:
                _names.Add(
                    new(
                        path,
                        Knows(path),
                        isWritten,
                        expression.Span.Start.Line + 1,
                        expression.Span.Start.Column + 1,
                        expression.Span.Start.Offset
                    )
                );
                break;
            case ScriptUnaryExpression { Operator: ScriptUnaryOperator.Not } not when !isWritten:
                Say(not.Right, isWritten);
                break;
            case ScriptBinaryExpression { Operator: ScriptBinaryOperator.And or ScriptBinaryOperator.Or } both when !isWritten:
                Say(both.Left, isWritten);
                Say(both.Right, isWritten);
                break;
            case ScriptNestedExpression nested when !isWritten:
                Say(nested.Expression, isWritten);
                break;
            case not null:
                Add(expression);
                break;
        }
    }

    private void Loop(ScriptForStatement loop)
    {
        Say(loop.Iterator, isWritten: false);
        if (
            loop.Variable is not ScriptVariableGlobal { Name: var item }
            || !PromptVocabulary.Lists.TryGetValue(PathOf(loop.Iterator), out var members)
        )
        {
            Add(loop);
            return;
        }

        var outer = _items.GetValueOrDefault(item);
        _items[item] = members;
        Visit(loop.Body);
        if (outer is null)
        {
            _items.Remove(item);
        }
        else
        {
            _items[item] = outer;
        }
    }

    private bool Knows(string path) => path.Split('.') switch
    {
        [var item] when _items.TryGetValue(item, out var members) => members.Count == 0,
        [var item, var member] when _items.TryGetValue(item, out var members) => members.Contains(member),
        _ => PromptVocabulary.Knows(path),
    };

    private static string PathOf(ScriptNode? expression) => expression switch
    {
        ScriptVariableGlobal { Name: var name } => name,
        ScriptMemberExpression { Target: var target, Member.Name: var member } when PathOf(target) is { Length: > 0 } path => $"{path}.{member}",
        _ => "",
    };

    private void Add(ScriptNode node) =>
        _foreign.Add(new($"`{node.ToString()?.Split('\n')[0].Trim()}`", node.Span.Start.Line + 1, node.Span.Start.Column + 1));
}
