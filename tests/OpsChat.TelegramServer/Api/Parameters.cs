using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>
/// The parameters of one call, however they travelled: query, form, multipart or JSON. As on the real server all are text at first, and
/// objects inside a form are JSON.
/// </summary>
public sealed class Parameters(IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, byte[]> files)
{
    /// <summary>The names given; a file that one of the values attaches has no name of its own.</summary>
    public IEnumerable<string> Names => values.Keys.Concat(files.Keys.Where(file => !values.Values.Contains($"attach://{file}")));

    public static async Task<Parameters> Read(HttpRequest request)
    {
        var values = request.Query.ToDictionary(p => p.Key, p => p.Value.ToString());
        var files = new Dictionary<string, byte[]>();
        if (request.HasFormContentType)
        {
            await ReadForm(request, values, files);
        }
        else if (request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            await ReadJson(request, values);
        }

        return new Parameters(values, files);
    }

    public string? Text(string name) => values.GetValueOrDefault(name);

    public string Required(string name) =>
        Text(name) is { Length: > 0 } value ? value : throw BotApiException.BadRequest($"{name} is empty");

    public int? SmallNumber(string name) => Number(name) switch
    {
        null => null,
        { } number and >= int.MinValue and <= int.MaxValue => (int)number,
        _ => throw BotApiException.BadRequest($"invalid {name} specified"),
    };

    public long? Number(string name) => Text(name) switch
    {
        null or "" => null,
        { } text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw BotApiException.BadRequest($"invalid {name} specified"),
    };

    /// <summary>A file that travels along, as a part of that name or under the name that <c>attach://</c> gives; null when there is none.</summary>
    public byte[]? Upload(string name) =>
        files.GetValueOrDefault(Text(name) is { } text && text.StartsWith("attach://", StringComparison.Ordinal) ? text["attach://".Length..] : name);

    public bool Flag(string name) => Text(name) is "true" or "True" or "1";

    /// <summary>An object or array; null when the parameter is absent.</summary>
    public JsonNode? Json(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw BotApiException.BadRequest($"can't parse {name} JSON object");
        }
    }

    private static async Task ReadForm(HttpRequest request, Dictionary<string, string> values, Dictionary<string, byte[]> files)
    {
        var form = await request.ReadFormAsync();
        foreach (var field in form)
        {
            values[field.Key] = field.Value.ToString();
        }

        foreach (var file in form.Files)
        {
            using var copy = new MemoryStream();
            await file.CopyToAsync(copy);
            files[file.Name] = copy.ToArray();
        }
    }

    private static async Task ReadJson(HttpRequest request, Dictionary<string, string> values)
    {
        JsonNode? body;
        try
        {
            body = await JsonNode.ParseAsync(request.Body);
        }
        catch (JsonException)
        {
            body = null;
        }

        if (body is not JsonObject members)
        {
            throw BotApiException.BadRequest("can't parse the request body as a JSON object");
        }

        foreach (var (name, value) in members.Where(m => m.Value is not null))
        {
            values[name] = value!.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        }
    }
}
