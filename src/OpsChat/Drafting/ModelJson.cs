using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace OpsChat.Drafting;

/// <summary>The shapes that the model answers in: the schema that it is given, and the strict reading of what comes back.</summary>
internal static class ModelJson
{
    public sealed record Wording(string Reply, string Language);

    public sealed record Ruling(string Verdict, string Quote, string Reason);

    public sealed record Translated(string Translation, string Language);

    public sealed record Note(string Summary);

    public sealed record Composition(IReadOnlyList<string> Before, IReadOnlyList<string> Also, IReadOnlyList<string> After);

    public sealed record Reading(string Playbook, string Quote, IReadOnlyList<ReadSlot> Values);

    public sealed record ReadSlot(string Slot, string Value);

    public sealed record Suggested(string Suggestion, string Language);

    public sealed record Answered(string Answer);

    public static JsonElement WordingSchema { get; } = Schema("""{"reply":{"type":"string"},"language":{"type":"string"}}""");

    public static JsonElement RulingSchema { get; } =
        Schema("""{"verdict":{"type":"string","enum":["yes","no","unsure"]},"quote":{"type":"string"},"reason":{"type":"string"}}""");

    public static JsonElement TranslatedSchema { get; } = Schema("""{"translation":{"type":"string"},"language":{"type":"string"}}""");

    public static JsonElement NoteSchema { get; } = Schema("""{"summary":{"type":"string"}}""");

    public static JsonElement CompositionSchema { get; } = Schema($$"""{"before":{{Ids}},"also":{{Ids}},"after":{{Ids}}}""");

    public static JsonElement ReadingSchema { get; } =
        Schema(
            """
            {"playbook":{"type":"string"},"quote":{"type":"string"},"values":{"type":"array","items":{"type":"object",
            "properties":{"slot":{"type":"string"},"value":{"type":"string"}},
            "required":["slot","value"],"additionalProperties":false}}}
            """
        );

    public static JsonElement SuggestedSchema { get; } = Schema("""{"suggestion":{"type":"string"},"language":{"type":"string"}}""");

    public static JsonElement AnsweredSchema { get; } = Schema("""{"answer":{"type":"string"}}""");

    private const string Ids = """{"type":"array","items":{"type":"string"}}""";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The answer, or false when it is not exactly one such object: nothing missing, doubled, null, of another type or beside it.</summary>
    public static bool TryRead<T>(string json, [NotNullWhen(true)] out T? value) where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize<T>(json, Strict);
        }
        // The reader has no other way to say that a text is not JSON.
        catch (JsonException)
        {
            value = null;
        }
        return value is not null;
    }

    private static JsonElement Schema(string properties)
    {
        using var members = JsonDocument.Parse(properties);
        return JsonSerializer.SerializeToElement(new
        {
            type = "object",
            properties = members.RootElement,
            required = members.RootElement.EnumerateObject().Select(p => p.Name).ToArray(),
            additionalProperties = false,
        });
    }
}
