using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OpsChat.Playbooks.Parsing;

/// <summary>A stretch of plain text that stood in a code span.</summary>
internal sealed record CodeStretch(int Start, int End);

/// <summary>
/// What a person reads of a piece of Markdown: no emphasis, escapes resolved, addresses as written. A line break inside a
/// paragraph is a space (two spaces or a backslash before it keep it), paragraphs are parted by an empty line.
/// </summary>
internal sealed class MarkdownText
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Plain, int Source)> _origins = [];
    private readonly List<CodeStretch> _code = [];

    public string Text => _text.ToString();

    public IReadOnlyList<CodeStretch> Code => _code;

    /// <summary>Where the character at a plain offset stands in the file.</summary>
    public int SourceOffset(int plain)
    {
        if (_origins.Count == 0)
        {
            return 0;
        }

        var found = _origins.BinarySearch((plain, int.MaxValue));
        var (before, source) = _origins[Math.Max(0, (found >= 0 ? found : ~found) - 1)];
        return source + plain - before;
    }

    public static MarkdownText Of(IEnumerable<Block> blocks, FindingList findings)
    {
        var plain = new MarkdownText();
        plain.AddBlocks(blocks, findings, "");
        return plain;
    }

    public static MarkdownText Of(HeadingBlock heading)
    {
        var plain = new MarkdownText();
        plain.AddInlines(heading.Inline, heading.Span.Start);
        return plain;
    }

    private void AddBlocks(IEnumerable<Block> blocks, FindingList findings, string indent)
    {
        var isFirst = true;
        foreach (var block in blocks.Where(block => block is not LinkReferenceDefinitionGroup))
        {
            if (!isFirst)
            {
                _text.Append("\n\n").Append(indent);
            }

            AddBlock(block, findings, indent);
            isFirst = false;
        }
    }

    private void AddBlock(Block block, FindingList findings, string indent)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                AddInlines(paragraph.Inline, block.Span.Start);
                break;
            case ListBlock list:
                AddList(list, findings, indent);
                break;
            case QuoteBlock quote:
                AddBlocks(quote, findings, indent);
                break;
            case CodeBlock code:
                AddText(code.Lines.ToString(), block.Span.Start);
                break;
            default:
                findings.Error(block.Span.Start, $"{Named(block)} cannot be shown in a chat.", "Write plain paragraphs and lists.");
                break;
        }
    }

    private void AddList(ListBlock list, FindingList findings, string indent)
    {
        var number = int.TryParse(list.OrderedStart, out var first) ? first : 1;
        var isFirst = true;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var mark = list.IsOrdered ? $"{number++}. " : "- ";
            _text.Append(isFirst ? "" : "\n" + indent);
            AddText(mark, item.Span.Start);
            AddBlocks(item, findings, indent + "  ");
            isFirst = false;
        }
    }

    /// <summary>Walks without recursion: a line of ten thousand opening brackets nests as deep.</summary>
    private void AddInlines(ContainerInline? root, int fallback)
    {
        for (var inline = root?.FirstChild; inline is not null;)
        {
            Enter(inline, fallback);
            if (inline is ContainerInline { FirstChild: { } child } && inline is not LinkInline { IsAutoLink: true })
            {
                inline = child;
                continue;
            }

            while (inline is not null && inline != root && inline.NextSibling is null)
            {
                Leave(inline);
                inline = inline.Parent;
            }

            if (inline is null || inline == root)
            {
                break;
            }

            Leave(inline);
            inline = inline.NextSibling;
        }
    }

    private void Enter(Inline inline, int fallback)
    {
        var source = inline.Span.IsEmpty ? fallback : inline.Span.Start;
        switch (inline)
        {
            case LiteralInline literal:
                AddText(literal.Content.ToString(), source);
                break;
            case CodeInline code:
                var start = _text.Length;
                AddText(code.Content, source + code.DelimiterCount);
                _code.Add(new(start, _text.Length));
                break;
            case AutolinkInline link:
                AddText(link.Url, source + 1);
                break;
            case HtmlEntityInline entity:
                AddText(entity.Transcoded.ToString(), source);
                break;
            case HtmlInline html:
                AddText(html.Tag, source);
                break;
            case LineBreakInline lineBreak:
                AddText(lineBreak.IsHard ? "\n" : " ", source);
                break;
            case DelimiterInline delimiter:
                AddText(delimiter.ToLiteral(), source);
                break;
        }
    }

    /// <summary><c>[our page](https://…)</c> reads "our page: https://…"; an address that is its own text is written once.</summary>
    private void Leave(Inline inline)
    {
        if (inline is LinkInline { Url: { Length: > 0 } url } link && !_text.ToString().EndsWith(url, StringComparison.Ordinal))
        {
            AddText(link.FirstChild is null ? url : ": " + url, link.UrlSpan.IsEmpty ? link.Span.Start : link.UrlSpan.Start);
        }
    }

    private void AddText(string text, int source)
    {
        _origins.Add((_text.Length, source));
        _text.Append(text);
    }

    private static string Named(Block block) => block switch
    {
        HeadingBlock => "A heading",
        ThematicBreakBlock => "A line across",
        Markdig.Extensions.Tables.Table => "A table",
        _ => "This",
    };
}
