using System.Globalization;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Messages;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>What cards are made with, besides what they show.</summary>
/// <param name="Zone">The shop's; times are shown in it, never as ages, because a card whose text ages would be edited all day.</param>
public sealed record CardSetting(ButtonSeal Seal, TimeZoneInfo Zone);

/// <summary>The pieces of a card, in Telegram's HTML. Everything that people wrote is cut and escaped here.</summary>
static class CardText
{
    /// <summary>The longest text that a card shows whole. A longer draft cannot be approved from here, because it cannot be read here.</summary>
    public const int LongestDraft = 1500;

    public static string Escaped(string text, int longest) => MessageText.EscapeHtml(MessageText.Cut(text.Trim(), longest));

    /// <summary>The end of a text that grew, for the newest words matter most.</summary>
    public static string EscapedEnd(string text, int longest)
    {
        var trimmed = text.Trim();
        if (trimmed.Length <= longest)
        {
            return MessageText.EscapeHtml(trimmed);
        }

        var start = trimmed.Length - longest + 1;
        return MessageText.EscapeHtml($"…{trimmed[(char.IsLowSurrogate(trimmed[start]) ? start + 1 : start)..]}");
    }

    public static string Quote(string escaped) => $"<blockquote>{escaped}</blockquote>";

    /// <summary>Folded on a phone until somebody wants to read it; null when there is nothing in it.</summary>
    public static string? Folded(IEnumerable<string?> escapedLines) =>
        Joined(escapedLines) is { Length: > 0 } lines ? $"<blockquote expandable>{lines}</blockquote>" : null;

    public static string Time(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Why a card waits, each sentence once.</summary>
    public static string Why(IReadOnlyList<CardReason> reasons, int longest) =>
        $"Why: {Escaped(string.Join(' ', reasons.Select(GateReasonText.Sentence).Distinct().Select(Plain)), longest)}";

    /// <summary>A sentence of ours without the marks of code, which a phone shows as they are.</summary>
    public static string Plain(string sentence) => sentence.Replace("`", "", StringComparison.Ordinal);

    public static string Who(string? name, ConversationId conversation) =>
        MessageText.EscapeHtml(CustomerName.Title(name is null ? null : MessageText.Cut(name.Trim(), 60), conversation));

    /// <summary>What customers and the shop's people have done since it was made; null when nothing.</summary>
    public static string? Since(IReadOnlyList<string> marks) =>
        marks.Count == 0 ? null : $"Since then: {EscapedEnd(Plain(string.Join("; ", marks.Distinct())), 180)}";

    public static string Joined(IEnumerable<string?> lines) => string.Join('\n', lines.Where(l => l is not null));

    public static InlineKeyboardButton Button(this CardSetting setting, string label, ButtonData data, string hash) =>
        InlineKeyboardButton.WithCallbackData(label, setting.Seal.Write(data, hash));

    /// <summary>In which way it was wrong; <see cref="ButtonVerb.Back"/> brings the card's own buttons back.</summary>
    public static InlineKeyboardMarkup Kinds(CardSetting setting, ButtonData subject, string hash)
    {
        var kinds = Enum.GetValues<ErrorKind>()
            .Select(kind => setting.Button(ErrorKindText.Sentence(kind), subject with { Choice = (int)kind }, hash));
        // Nobody looks for an error where the customer took the wish back.
        InlineKeyboardButton[][] notNeeded = subject.Verb == ButtonVerb.Reject
            ? [[setting.Button(ErrorKindText.NotNeeded, subject with { Verb = ButtonVerb.NotNeeded }, hash)]] : [];
        return new([.. notNeeded, .. kinds.Chunk(1), [setting.Button("↩ Back", subject with { Verb = ButtonVerb.Back, Choice = 0 }, hash)]]);
    }
}
