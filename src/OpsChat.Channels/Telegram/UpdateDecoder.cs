using System.Text.Json;
using System.Text.Json.Nodes;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace OpsChat.Channels.Telegram;

/// <summary>One update as it came.</summary>
/// <param name="Id">Usually rising, but after a quiet week the next one may be any number, and one may come twice.</param>
/// <param name="Update">What of it can be read; null when nothing can.</param>
/// <param name="Unreadable">Where it cannot be read, as <c>message.voice.duration</c>; empty when all of it can be.</param>
public sealed record DecodedUpdate(int Id, Update? Update, IReadOnlyList<string> Unreadable, string Raw)
{
    /// <summary>Without what the customer wrote.</summary>
    public override string ToString() => $"update {Id}";
}

/// <summary>
/// Reads updates one by one with the package's own rules. A member that cannot be read is taken out and named, and the rest is read without it: a
/// message whose voice note has an odd length still has its customer, who must get an answer or a person. Pure.
/// </summary>
public static class UpdateDecoder
{
    private const int MostTakenOut = 20;

    /// <returns>Null for what has no number: nothing can be confirmed by it.</returns>
    public static DecodedUpdate? Read(JsonElement raw)
    {
        if (
            raw.ValueKind != JsonValueKind.Object
            || !raw.TryGetProperty("update_id", out var number)
            || number.ValueKind != JsonValueKind.Number
            || !number.TryGetInt32(out var id)
        )
        {
            return null;
        }

        var (text, unreadable) = (raw.GetRawText(), new List<string>());
        JsonNode? rest = null;
        while (true)
        {
            try
            {
                var update = rest is null ? raw.Deserialize<Update>(JsonBotAPI.Options) : rest.Deserialize<Update>(JsonBotAPI.Options);
                return new(id, update, unreadable, text);
            }
            catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
            {
                var path = PathOf(e);
                unreadable.Add(string.Join('.', path));
                rest ??= JsonNode.Parse(text)!;
                if (unreadable.Count > MostTakenOut || !TakeOut(rest, path))
                {
                    return new(id, null, unreadable, text);
                }
            }
        }
    }

    private static string[] PathOf(Exception failure) =>
        ((failure as JsonException)?.Path ?? "").TrimStart('$').Split(['.', '[', ']', '\''], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Removes the member at the path, or the nearest one above it that is there.</summary>
    private static bool TakeOut(JsonNode root, string[] path)
    {
        var (at, holders) = ((JsonNode?)root, new List<(JsonNode Holder, string Name)>());
        foreach (var name in path)
        {
            var next = at switch
            {
                JsonObject members when members.ContainsKey(name) => members[name],
                JsonArray items when int.TryParse(name, out var index) && index < items.Count => items[index],
                _ => null,
            };
            if (at is JsonObject known && known.ContainsKey(name) || next is not null)
            {
                holders.Add((at!, name));
            }

            at = next;
            if (at is null)
            {
                break;
            }
        }

        if (holders is not [.., var (holder, last)])
        {
            return false;
        }

        if (holder is JsonArray list)
        {
            list.RemoveAt(int.Parse(last));
            return true;
        }

        return ((JsonObject)holder).Remove(last);
    }
}
