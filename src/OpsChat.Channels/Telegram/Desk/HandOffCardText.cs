using System.Security.Cryptography;
using System.Text;
using OpsChat.Approvals;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Messages;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>A matter that a person answers, with the suggested reply and what else could be meant. Pure.</summary>
public static class HandOffCardText
{
    // Together with the suggestion they must fit into one message.
    private const int LongestOther = 300;

    public static DeskCard Of(HandOff handOff, string? customer, CardSetting setting)
    {
        var isOpen = handOff.State == HandOffState.Open;
        var html = CardText.Joined(
        [
            isOpen
                ? $"🙋 <b>For {CardText.Escaped(handOff.To, 40)}:</b> {CardText.Who(customer, handOff.Conversation)}"
                : $"✔ <b>{CardText.Escaped(Ending(handOff, setting.Zone), 200)}</b>\n{CardText.Who(customer, handOff.Conversation)}",
            CardText.Quote(CardText.EscapedEnd(handOff.CustomerWords.Length > 0 ? handOff.CustomerWords : "(no words)", 400)),
            isOpen && handOff.Summary is { } summary ? $"<b>So far:</b> {CardText.Escaped(summary, 320)}" : null,
            isOpen && handOff.Order is { } order ? $"{CardText.Escaped(order.Standing, 160)}\n{CardText.Escaped(FactsOf(order), 300)}" : null,
            handOff.Suggestion is null ? null : $"<b>Suggested reply{(isOpen ? HowSure(handOff.Confidence) : "")}:</b>",
            handOff.Suggestion is null ? null : CardText.Quote(CardText.Escaped(handOff.Suggestion, isOpen ? CardText.LongestDraft : 700)),
            .. isOpen ? Others(handOff).Select(other => OtherReply(other.Number, other.Draft)) : [],
            isOpen ? CardText.Why(handOff.Reasons, 250) : null,
            isOpen ? CardText.Since(handOff.Marks) : null,
        ]);
        return new(CardKind.HandOff, handOff.Id, handOff.Conversation, html, isOpen ? Buttons(handOff, setting) : null, isOpen)
        {
            Customer = CustomerName.Of(customer, handOff.Conversation),
        };
    }

    /// <summary>What is asked of an order first.</summary>
    private static readonly string[] s_first =
    [
        "order.status",
        "order.total",
        "order.refunded",
        "order.items",
        "order.placed_on",
        "order.promised_by",
        "order.delivered_on",
        "shipment.carrier",
        "shipment.tracking",
        "shipment.status",
        "shipment.last_scan_on",
    ];

    private static string FactsOf(OrderOnCard order) =>
        string.Join(
            "; ",
            s_first
                .Select(name => order.Facts.FirstOrDefault(fact => fact.Name == name))
                .OfType<ShownFact>()
                .Select(fact => $"{fact.Name.Split('.')[1].Replace('_', ' ')} {fact.Value}")
        );

    /// <summary>Of what the card offers to send: a button shown with another suggestion is dead.</summary>
    public static string HashOf(HandOff handOff) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', handOff.Alternatives.Select(other => other.Text).Prepend($"{handOff.Id}\n{handOff.Suggestion}")))));

    /// <summary>How it ended, by whom and when.</summary>
    public static string Ending(HandOff handOff, TimeZoneInfo zone)
    {
        var outcome = handOff.Outcome ?? "closed";
        var by = handOff.ClosedBy is { } who ? $", {who}" : "";
        return $"{char.ToUpperInvariant(outcome[0])}{outcome[1..]}{by}{(handOff.ClosedAt is { } at ? $", {CardText.Time(at, zone)}" : "")}";
    }

    /// <summary>Other replies that can be read whole on the card, and so sent from it.</summary>
    private static IEnumerable<(int Number, AlternativeDraft Draft)> Others(HandOff handOff) =>
        handOff.Alternatives.Select((draft, at) => (at + 1, draft)).Where(other => other.draft.Text.Length <= LongestOther);

    private static string OtherReply(int number, AlternativeDraft draft) =>
        $"<b>{number}. {CardText.Escaped(draft.Playbook, 40)}{HowSure(draft.Confidence)}:</b>\n"
            + $"{CardText.Folded([CardText.Escaped(draft.Text, LongestOther)])}";

    private static string HowSure(double? confidence) => confidence is { } sure ? $" ({Sureness.InWords(sure)})" : "";

    private static InlineKeyboardMarkup Buttons(HandOff handOff, CardSetting setting)
    {
        var hash = HashOf(handOff);
        var suggested = handOff.Suggestion is { Length: <= CardText.LongestDraft }
            ? new[]
            {
                Button(handOff.IsAboutMoney ? "✅ Approve and send" : "✅ Send as it is", ButtonVerb.SendAsItIs),
                Button("✏️ Edit", ButtonVerb.EditSuggestion),
            }
            : [];
        var others = Others(handOff)
            .Select(other =>
                Button($"✅ Send {other.Number}. {MessageText.Cut(other.Draft.Playbook, 24)}", ButtonVerb.SendOther, other.Number)
            )
            .ToList();
        var own = new[] { Button("📝 Write my own", ButtonVerb.WriteOwn), Button("🚫 Not a case for us", ButtonVerb.NotACase) };
        return new(new[] { suggested, [.. others], own }.Where(row => row.Length > 0));

        InlineKeyboardButton Button(string label, ButtonVerb verb, int choice = 0) =>
            setting.Button(label, new(verb, handOff.Id, Choice: choice), hash);
    }
}
