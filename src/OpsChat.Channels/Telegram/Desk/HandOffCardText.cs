using System.Security.Cryptography;
using System.Text;
using OpsChat.Facts;
using OpsChat.Messages;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>A matter that a person answers, with the suggested reply. Pure.</summary>
public static class HandOffCardText
{
    public static DeskCard Of(HandOff handOff, string? customer, CardSetting setting)
    {
        var isOpen = handOff.State == HandOffState.Open;
        var html = CardText.Joined(
        [
            isOpen
                ? $"🙋 <b>For {CardText.Escaped(handOff.To, 40)}:</b> {CardText.Who(customer, handOff.Conversation)}"
                : $"✔ <b>{CardText.Escaped(Ending(handOff, setting.Zone), 200)}</b>\n{CardText.Who(customer, handOff.Conversation)}",
            CardText.Quote(CardText.EscapedEnd(handOff.CustomerWords.Length > 0 ? handOff.CustomerWords : "(no words)", 900)),
            isOpen && handOff.Summary is { } summary ? $"<b>So far:</b> {CardText.Escaped(summary, 700)}" : null,
            isOpen && handOff.Order is { } order ? $"{CardText.Escaped(order.Standing, 160)}\n{CardText.Escaped(FactsOf(order), 500)}" : null,
            handOff.Suggestion is null ? isOpen ? "There is no suggestion." : null : "<b>Suggested reply:</b>",
            handOff.Suggestion is null ? null : CardText.Quote(CardText.Escaped(handOff.Suggestion, CardText.LongestDraft)),
            isOpen ? $"Why: {CardText.Escaped(string.Join(' ', handOff.Reasons.Select(CardText.Reason)), 500)}" : null,
            isOpen && handOff.Marks.Count > 0 ? $"Since then: {CardText.EscapedEnd(string.Join("; ", handOff.Marks), 150)}" : null,
        ]);
        return new(CardKind.HandOff, handOff.Id, handOff.Conversation, html, isOpen ? Buttons(handOff, setting) : null, isOpen);
    }

    /// <summary>What is asked of an order first.</summary>
    private static readonly string[] s_first =
        ["order.status", "order.total", "order.refunded", "order.items", "order.placed_on", "order.promised_by", "order.delivered_on", "shipment.carrier", "shipment.tracking", "shipment.status", "shipment.last_scan_on"];

    private static string FactsOf(OrderOnCard order) => string.Join("; ", s_first
        .Select(name => order.Facts.FirstOrDefault(fact => fact.Name == name)).OfType<ShownFact>().Select(fact => $"{fact.Name.Split('.')[1].Replace('_', ' ')} {fact.Value}"));

    /// <summary>Of what the card offers to send: a button shown with another suggestion is dead.</summary>
    public static string HashOf(HandOff handOff) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{handOff.Id}\n{handOff.Suggestion}")));

    /// <summary>How it ended, by whom and when.</summary>
    public static string Ending(HandOff handOff, TimeZoneInfo zone)
    {
        var outcome = handOff.Outcome ?? "closed";
        var by = handOff.ClosedBy is { } who ? $", {who}" : "";
        return $"{char.ToUpperInvariant(outcome[0])}{outcome[1..]}{by}{(handOff.ClosedAt is { } at ? $", {CardText.Time(at, zone)}" : "")}";
    }

    private static InlineKeyboardMarkup Buttons(HandOff handOff, CardSetting setting)
    {
        var hash = HashOf(handOff);
        var others = new[] { Button("📝 Write my own", ButtonVerb.WriteOwn), Button("🚫 Not a case for us", ButtonVerb.NotACase) };
        return handOff.Suggestion is not { Length: <= CardText.LongestDraft }
            ? Keyboard.Rows(others)
            : Keyboard.Rows([Button(handOff.IsAboutMoney ? "✅ Approve and send" : "✅ Send as it is", ButtonVerb.SendAsItIs), Button("✏️ Edit", ButtonVerb.EditSuggestion)], others);

        InlineKeyboardButton Button(string label, ButtonVerb verb) => setting.Button(label, new(verb, handOff.Id), hash);
    }
}
