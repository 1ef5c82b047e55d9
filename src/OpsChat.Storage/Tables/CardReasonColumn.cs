using System.Text.Json;
using OpsChat.Decisions;

namespace OpsChat.Storage.Tables;

/// <summary>The reasons of cards as they stand in their column. Rows that older versions wrote hold the gate's names and sentences instead of
/// codes; they are read as what they meant and not rewritten, because the audit holds a digest of each.</summary>
static class CardReasonColumn
{
    public static IReadOnlyList<CardReason> Read(string json)
    {
        if (json == "[]")
        {
            return [];
        }

        using var stored = JsonDocument.Parse(json);
        return [.. stored.RootElement.EnumerateArray().Select(Of)];
    }

    private static CardReason Of(JsonElement stored) =>
        stored.ValueKind == JsonValueKind.String
            ? OfText(stored.GetString()!)
            : stored.Deserialize<CardReason>(JsonSerializerOptions.Web)
                ?? throw new StoreException("A stored reason of a card is empty. Restore a backup.");

    private static CardReason OfText(string text) =>
        Enum.TryParse<GateReason>(text, out var reason) && reason.ToString() == text ? new CardReason.OfGate(reason)
        : text == GateReasonText.Failed ? new CardReason.Failed()
        : new CardReason.Said(text);
}
