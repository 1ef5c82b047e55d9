using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsChat.Text;

/// <summary>A value of a JSON text that is looked at or changed in place.</summary>
/// <param name="Kind">Its first token.</param>
/// <param name="Text">A string's content, or a number, true, false or null as written; empty for an object or a list.</param>
/// <param name="Names">An object's members, in order; else empty.</param>
/// <param name="Count">How many items a list has; else 0.</param>
/// <param name="Line">Where it begins, from 1; so for <paramref name="Column"/>.</param>
public sealed record JsonPlace(JsonTokenType Kind, string Text, IReadOnlyList<string> Names, int Count, int Line, int Column);

/// <summary>
/// Changes single values of a JSON text and leaves every other character as it is: order, spaces and line ends are the owner's. Places are JSON
/// pointers (RFC 6901): <c>/handOffs/0/trigger</c>. Pure.
/// </summary>
public static class JsonEdit
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether the text is JSON whose whole is an object; only such a text can be changed.</summary>
    public static bool IsObject(string json)
    {
        try
        {
            return Parse(Encoding.UTF8.GetBytes(json)).Kind == JsonTokenType.StartObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A name as a part of a pointer.</summary>
    public static string Part(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>A text as a JSON string.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, s_plain);

    /// <summary>What stands at that place; null when nothing does.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonPlace? Find(string json, string place)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        if (Walk(Parse(utf8), Parts(place)) is not ({ } node, []))
        {
            return null;
        }

        var before = Encoding.UTF8.GetString(utf8, 0, node.From);
        return new(
            node.Kind,
            node.Text,
            [.. node.Members.Select(member => member.Name)],
            node.Items.Count,
            before.Count(c => c == '\n') + 1,
            before.Length - (before.LastIndexOf('\n') + 1) + 1
        );
    }

    /// <summary>The same text with another value there. Objects on the way that are missing are made; an index at a list's end adds an
    /// item.</summary>
    /// <param name="value">JSON; null takes the member or item away, and changes nothing where there is none.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static string Set(string json, string place, string? value)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        var root = Parse(utf8);
        var (node, left) = Walk(root, Parts(place));
        return (left, value) switch
        {
            ([], null) => Without(utf8, root, node),
            ([], _) => Spliced(utf8, node.From, node.To, value),
            (_, null) => json,
            _ => With(utf8, node, left, value),
        };
    }

    private static string With(byte[] utf8, Node parent, string[] left, string value)
    {
        for (var i = left.Length - 1; i > 0; i--)
        {
            value = $"{{ {Quoted(left[i])}: {value} }}";
        }

        if (parent.Kind is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            // A value where the owner's file should have an object gives way to one.
            return Spliced(utf8, parent.From, parent.To, $"{{ {Quoted(left[0])}: {value} }}");
        }

        var entry = parent.Kind == JsonTokenType.StartArray ? value : $"{Quoted(left[0])}: {value}";
        var starts = parent.Starts;
        if (starts.Count == 0)
        {
            // Between the two brackets, whatever stands there now.
            var gap = Encoding.UTF8.GetString(utf8, parent.From + 1, parent.To - parent.From - 2);
            return Spliced(utf8, parent.From + 1, parent.To - 1, gap.Contains('\n', StringComparison.Ordinal) ? $"\n  {entry}\n" : $" {entry} ");
        }

        // As the entries before it stand: each on its own line with their indent, or all on one.
        var lastStart = starts[^1];
        var lineStart = Array.LastIndexOf(utf8, (byte)'\n', lastStart - 1) + 1;
        var indent = Encoding.UTF8.GetString(utf8, lineStart, lastStart - lineStart);
        var separator = lineStart > parent.From && indent.All(char.IsWhiteSpace) ? $",\n{indent}" : ", ";
        return Spliced(utf8, parent.Ends[^1], parent.Ends[^1], separator + entry);
    }

    private static string Without(byte[] utf8, Node root, Node node)
    {
        var parent = ParentOf(root, node);
        if (parent is null)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var at = parent.Ends.IndexOf(node.To);
        var (from, to) =
            at + 1 < parent.Starts.Count ? (parent.Starts[at], parent.Starts[at + 1])
            : at > 0 ? (parent.Ends[at - 1], node.To)
            : (parent.Starts[at], node.To);
        return Spliced(utf8, from, to, "");
    }

    private static Node? ParentOf(Node above, Node node) =>
        above.Children.Contains(node) ? above : above.Children.Select(child => ParentOf(child, node)).FirstOrDefault(found => found is not null);

    private static string Spliced(byte[] utf8, int from, int to, string with) =>
        Encoding.UTF8.GetString(utf8, 0, from) + with + Encoding.UTF8.GetString(utf8, to, utf8.Length - to);

    private static string[] Parts(string place) =>
        [
            .. place.Split('/').Skip(1)
                .Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)),
        ];

    /// <summary>As far along the way as there is something, and what is left of the way.</summary>
    private static (Node Node, string[] Left) Walk(Node from, string[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            var next = from.Kind == JsonTokenType.StartArray
                ? int.TryParse(parts[i], out var index) && index >= 0 && index < from.Items.Count ? from.Items[index] : null
                : from.Members.FirstOrDefault(member => member.Name == parts[i]).Value;
            if (next is null)
            {
                return (from, parts[i..]);
            }

            from = next;
        }

        return (from, []);
    }

    private static Node Parse(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        var root = Value(ref reader);
        // Anything after the root is an error that only another read reveals.
        reader.Read();
        return root;
    }

    private static Node Value(ref Utf8JsonReader reader)
    {
        var (from, kind) = ((int)reader.TokenStartIndex, reader.TokenType);
        var node = new Node(from, kind, kind == JsonTokenType.String ? reader.GetString()! : "");
        switch (kind)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var (name, start) = (reader.GetString()!, (int)reader.TokenStartIndex);
                    reader.Read();
                    node.Members.Add((name, Value(ref reader)));
                    node.Starts.Add(start);
                }

                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    node.Starts.Add((int)reader.TokenStartIndex);
                    node.Items.Add(Value(ref reader));
                }

                break;
            case JsonTokenType.String:
                break;
            default:
                node = node with { Text = Encoding.UTF8.GetString(reader.ValueSpan) };
                break;
        }

        return node with { To = (int)reader.BytesConsumed };
    }

    /// <summary>A value with the bytes that it takes.</summary>
    private sealed record Node(int From, JsonTokenType Kind, string Text)
    {
        public int To { get; init; }
        public List<(string Name, Node Value)> Members { get; } = [];
        public List<Node> Items { get; } = [];

        /// <summary>Where each entry begins: a member with its name.</summary>
        public List<int> Starts { get; } = [];
        public IEnumerable<Node> Children => Kind == JsonTokenType.StartArray ? Items : Members.Select(member => member.Value);
        public List<int> Ends => [.. Children.Select(child => child.To)];

        /// <summary>The same value at the same place, and no other that is written alike.</summary>
        public bool Equals(Node? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => From;
    }
}
