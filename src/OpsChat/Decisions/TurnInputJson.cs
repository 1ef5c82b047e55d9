using System.Text.Json;
using System.Text.Json.Serialization;
using OpsChat.Messages;

namespace OpsChat.Decisions;

/// <summary>A <see cref="TurnInput"/> as it is stored: JSON without what has no value.</summary>
public static class TurnInputJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new WordsConverter(), new ConversationConverter() },
    };

    public static string Write(TurnInput input) => JsonSerializer.Serialize(input, s_options);

    /// <summary>Null when the text cannot be read as an input any more: the turn is undecidable.</summary>
    public static TurnInput? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<TurnInput>(json, s_options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class WordsConverter : JsonConverter<CustomerWords>
    {
        public override CustomerWords Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, CustomerWords value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class ConversationConverter : JsonConverter<ConversationId>
    {
        public override ConversationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ConversationId.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, ConversationId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
