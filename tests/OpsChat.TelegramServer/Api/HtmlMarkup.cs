using System.Globalization;
using System.Text;

namespace OpsChat.Testing.Telegram;

/// <summary>A stretch of formatted text; offset and length in UTF-16 units.</summary>
public sealed record Entity(string Type, int Offset, int Length, string? Url = null);

/// <summary>Telegram's HTML: a handful of tags, strictly nested, and refused as a whole when anything is wrong.</summary>
public sealed class HtmlMarkup
{
    private static readonly Dictionary<string, string> EntityOfTag = new()
    {
        ["b"] = "bold", ["strong"] = "bold", ["i"] = "italic", ["em"] = "italic", ["u"] = "underline", ["ins"] = "underline",
        ["s"] = "strikethrough", ["strike"] = "strikethrough", ["del"] = "strikethrough", ["tg-spoiler"] = "spoiler",
        ["a"] = "text_link", ["code"] = "code", ["pre"] = "pre", ["blockquote"] = "blockquote",
    };

    private static readonly Dictionary<string, string> Named = new() { ["lt"] = "<", ["gt"] = ">", ["amp"] = "&", ["quot"] = "\"" };

    private readonly string _html;
    private readonly StringBuilder _text = new();
    private readonly List<Entity> _entities = [];
    private readonly Stack<(string Tag, int Start, string? Url)> _open = new();
    private int _at;

    private HtmlMarkup(string html) => _html = html;

    public static (string Text, IReadOnlyList<Entity> Entities) Parse(string html) => new HtmlMarkup(html).Parse();

    private (string Text, IReadOnlyList<Entity> Entities) Parse()
    {
        while (_at < _html.Length)
        {
            switch (_html[_at])
            {
                case '<': ReadTag(); break;
                case '&': ReadCharacter(); break;
                default: _text.Append(_html[_at++]); break;
            }
        }

        return _open.TryPeek(out var left)
            ? throw Wrong($"Can't find end tag corresponding to start tag \"{left.Tag}\"")
            : (_text.ToString(), _entities);
    }

    private void ReadTag()
    {
        var start = _at;
        var end = _html.IndexOf('>', start);
        if (end < 0)
        {
            throw Wrong($"Unclosed start tag at byte offset {Bytes(start)}");
        }

        _at = end + 1;
        var inside = _html[(start + 1)..end].Trim();
        if (inside.StartsWith('/'))
        {
            Close(inside[1..].Trim(), start);
        }
        else
        {
            Open(inside, start);
        }
    }

    private void Open(string inside, int start)
    {
        var name = inside.Split(' ')[0].ToLowerInvariant();
        if (name == "blockquote" && inside.EndsWith(" expandable", StringComparison.Ordinal))
        {
            _open.Push((name, _text.Length, "expandable"));
            return;
        }

        if (!EntityOfTag.ContainsKey(name) && inside is not "span class=\"tg-spoiler\"")
        {
            throw Wrong($"Unsupported start tag \"{name}\" at byte offset {Bytes(start)}");
        }

        var quoted = inside.Split('"');
        _open.Push((name, _text.Length, name == "a" && quoted.Length > 1 ? quoted[1] : null));
    }

    private void Close(string name, int start)
    {
        if (!_open.TryPop(out var open))
        {
            throw Wrong($"Unexpected end tag at byte offset {Bytes(start)}");
        }

        if (!open.Tag.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong($"Unmatched end tag at byte offset {Bytes(start)}, expected \"</{open.Tag}>\", found \"</{name}>\"");
        }

        if (_text.Length > open.Start)
        {
            var isFolded = open is { Tag: "blockquote", Url: not null };
            _entities.Add(
                new Entity(
                    isFolded ? "expandable_blockquote" : EntityOfTag.GetValueOrDefault(open.Tag, "spoiler"),
                    open.Start,
                    _text.Length - open.Start,
                    isFolded ? null : open.Url
                )
            );
        }
    }

    // What is no known character stays as it is written, as on the real server.
    private void ReadCharacter()
    {
        var end = _html.IndexOf(';', _at);
        var name = end > _at && end - _at <= 10 ? _html[(_at + 1)..end] : "";
        if (Named.TryGetValue(name, out var character) || (character = Numbered(name)) is not null)
        {
            _text.Append(character);
            _at = end + 1;
        }
        else
        {
            _text.Append(_html[_at++]);
        }
    }

    private static string? Numbered(string name)
    {
        var isHex = name.StartsWith("#x", StringComparison.Ordinal);
        var digits = isHex ? name[2..] : name.StartsWith('#') ? name[1..] : "";
        return int.TryParse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && Rune.IsValid(code) ? new Rune(code).ToString() : null;
    }

    private int Bytes(int offset) => Encoding.UTF8.GetByteCount(_html.AsSpan(0, offset));

    private static BotApiException Wrong(string why) => BotApiException.BadRequest($"can't parse entities: {why}");
}
