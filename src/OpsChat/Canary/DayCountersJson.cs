using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsChat.Canary;

/// <summary>Counters as one flat object, <c>{"Cases":12,"HandOffs/Wants a person.":2}</c>: short to store and quick to read.</summary>
internal sealed class DayCountersJson : JsonConverter<DayCounters>
{
    private const int LongestName = 256;

    /// <summary>There are few names and they come again in every row; one string for each makes rows small, and equal names quick to see.</summary>
    private static readonly ConcurrentDictionary<string, string> s_names = new();

    public override DayCounters Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var sums = new List<NamedSum>(24);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Name(ref reader);
            reader.Read();
            sums.Add(new(name, reader.GetInt64()));
        }

        return new(SparseSums.Of(sums));
    }

    public override void Write(Utf8JsonWriter writer, DayCounters value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, sum) in value.Sums.All)
        {
            writer.WriteNumber(name, sum);
        }

        writer.WriteEndObject();
    }

    private static string Name(ref Utf8JsonReader reader)
    {
        Span<char> letters = stackalloc char[LongestName];
        if (reader.ValueSpan.Length > LongestName)
        {
            return reader.GetString()!;
        }

        var name = letters[..reader.CopyString(letters)];
        return s_names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known) ? known : s_names.GetOrAdd(name.ToString(), n => n);
    }
}
