using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsChat.Approvals;

/// <summary>What a doubt is about.</summary>
public enum DoubtKind
{
    /// <summary>An edit brought in what the text before did not say; it goes when the text does.</summary>
    Edit,
    /// <summary>The customer took the wish back; it stays, whatever text the card shows.</summary>
    Withdrawal,
    /// <summary>The customer may have asked for less, or for another thing; the next draft is looked at anew.</summary>
    Scope,
}

/// <summary>What stands against an approval and is confirmed in a second step.</summary>
/// <param name="Sentence">As it is shown.</param>
[JsonConverter(typeof(DoubtJson))]
public sealed record Doubt(DoubtKind Kind, string Sentence)
{
    public override string ToString() => Sentence;
}

/// <summary>A doubt as it is stored. Those from before doubts had a kind are sentences: they are taken for the kind that stays, so that none is
/// lost.</summary>
sealed class DoubtJson : JsonConverter<Doubt>
{
    public override Doubt Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new(DoubtKind.Withdrawal, reader.GetString()!);
        }

        using var read = JsonDocument.ParseValue(ref reader);
        return new(
            Enum.Parse<DoubtKind>(read.RootElement.GetProperty("kind").GetString()!),
            read.RootElement.GetProperty("sentence").GetString()!
        );
    }

    public override void Write(Utf8JsonWriter writer, Doubt value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", value.Kind.ToString());
        writer.WriteString("sentence", value.Sentence);
        writer.WriteEndObject();
    }
}
