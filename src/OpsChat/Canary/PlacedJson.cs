using System.Text;
using System.Text.Json;

namespace OpsChat.Canary;

/// <summary>A JSON value that knows where it stands, so that a complaint about it can point there.</summary>
/// <param name="At">Where the value (or its member's name) begins.</param>
/// <param name="Kind">The value's first token.</param>
/// <param name="Text">A string's content, or a number as it is written; else empty.</param>
/// <param name="Members">The members of an object, in order and with repetitions; else empty.</param>
/// <param name="Items">The items of an array; else empty.</param>
internal sealed record PlacedJson(
    TextPlace At,
    JsonTokenType Kind,
    string Text,
    IReadOnlyList<(string Name, TextPlace At, PlacedJson Value)> Members,
    IReadOnlyList<PlacedJson> Items
)
{
    /// <summary>Reads strict JSON: no comments, no trailing commas.</summary>
    /// <exception cref="JsonException">The text is not JSON; line and byte position (both from 0) are on the exception.</exception>
    public static PlacedJson Parse(byte[] utf8)
    {
        var start = utf8.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var reader = new Utf8JsonReader(utf8.AsSpan(start));
        reader.Read();
        var root = Value(ref reader, utf8, start);
        // Anything after the root is an error that only another read reveals.
        reader.Read();
        return root;
    }

    private static PlacedJson Value(ref Utf8JsonReader reader, byte[] utf8, int start)
    {
        var at = TextPlace.Of(utf8, start, (int)reader.TokenStartIndex);
        var kind = reader.TokenType;
        return kind switch
        {
            JsonTokenType.StartObject => new(at, kind, "", ReadMembers(ref reader, utf8, start), []),
            JsonTokenType.StartArray => new(at, kind, "", [], ReadItems(ref reader, utf8, start)),
            JsonTokenType.String => new(at, kind, reader.GetString()!, [], []),
            _ => new(at, kind, Encoding.UTF8.GetString(reader.ValueSpan), [], []),
        };
    }

    private static List<(string, TextPlace, PlacedJson)> ReadMembers(ref Utf8JsonReader reader, byte[] utf8, int start)
    {
        var members = new List<(string, TextPlace, PlacedJson)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var at = TextPlace.Of(utf8, start, (int)reader.TokenStartIndex);
            reader.Read();
            members.Add((name, at, Value(ref reader, utf8, start)));
        }
        return members;
    }

    private static List<PlacedJson> ReadItems(ref Utf8JsonReader reader, byte[] utf8, int start)
    {
        var items = new List<PlacedJson>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, utf8, start));
        }
        return items;
    }
}

/// <summary>A place in a text: line and column, both from 1; the column counts characters, as editors do.</summary>
internal sealed record TextPlace(int Line, int Column)
{
    public static TextPlace Of(byte[] utf8, int start, int offset)
    {
        var before = utf8.AsSpan(start, offset);
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}
