using System.Text.Json;
using System.Text.Json.Serialization;
using OpsChat.Operations.Monitors;

namespace OpsChat.Operations.Queue;

/// <summary>An alert with all that it knows, as the store keeps it: read again it is the same.</summary>
public static class AlertText
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(), new SubjectConverter() },
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public static string Write(Alert alert) => JsonSerializer.Serialize(alert, s_options);

    public static Alert Read(string text) => JsonSerializer.Deserialize<Alert>(text, s_options)!;

    private sealed class SubjectConverter : JsonConverter<SubjectKey>
    {
        public override SubjectKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            SubjectKey.Of([.. JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader)!.Select(p => (p.Key, p.Value))]);

        public override void Write(Utf8JsonWriter writer, SubjectKey value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Parts.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal));
    }
}
