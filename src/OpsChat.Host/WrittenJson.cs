using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsChat.Host;

/// <summary>How JSON is written for people and programs, by commands and over HTTP alike: words of any script as they are.</summary>
static class WrittenJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
