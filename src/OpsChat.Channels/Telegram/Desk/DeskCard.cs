using System.Security.Cryptography;
using System.Text;
using OpsChat.Messages;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>One thing as it should stand in the owner chat.</summary>
/// <param name="Kind">See <see cref="CardKind"/>; with <paramref name="Id"/> unique.</param>
/// <param name="Conversation">In whose topic it belongs; null for the general part.</param>
/// <param name="IsOpen">It may still change; false for its last form.</param>
public sealed record DeskCard(string Kind, string Id, ConversationId? Conversation, string Html, InlineKeyboardMarkup? Buttons, bool IsOpen)
{
    /// <summary>Whose matter it is, in words; null for nobody's.</summary>
    public string? Customer { get; init; }

    /// <summary>Equal for cards that look the same.</summary>
    public string Digest { get; } = DigestOf(Html, Buttons);

    private static string DigestOf(string html, InlineKeyboardMarkup? buttons)
    {
        var labels = buttons?.InlineKeyboard.SelectMany(row => row).Select(b => $"{b.Text}\u001f{b.CallbackData}") ?? [];
        var whole = string.Join('\u001e', labels.Prepend(html));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)).AsSpan(0, 12));
    }
}

public static class CardKind
{
    public const string Approval = "approval";
    public const string HandOff = "handoff";
    public const string SpotCheck = "spot-check";

    /// <summary>An action outside the chat that waits for its approval.</summary>
    public const string Action = "action";

    /// <summary>A question about the rollout, with its yes.</summary>
    public const string Rollout = "rollout";

    /// <summary>A model's translation of a playbook's text, with its one tap.</summary>
    public const string Translation = "translation";

    /// <summary>During a campaign: the answers to check, in one list.</summary>
    public const string SpotCheckList = "spot-check-list";

    /// <summary>What does not fit into the group's minute, in one list.</summary>
    public const string Waiting = "waiting";

    /// <summary>What the owner calls it.</summary>
    public static string Words(string kind) => kind switch
    {
        Approval => "an approval",
        HandOff => "a hand-off",
        SpotCheck => "an answer to check",
        SpotCheckList => "answers to check",
        Action => "an action",
        Rollout => "a question about the rollout",
        Translation => "a translation",
        _ => kind,
    };
}
