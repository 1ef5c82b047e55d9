using System.Security.Cryptography;
using System.Text;
using OpsChat.Storage.Tables;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>A model's translation of a playbook's text, with its one tap. Pure.</summary>
public static class TranslationCardText
{
    private const int LongestOriginal = 1200;

    public static DeskCard Of(TranslationRow row, CardSetting setting)
    {
        var (it, isOpen, fits) = (
            row.It,
            row.State is TranslationState.Proposed or TranslationState.Taking,
            row.It.Text.Length <= CardText.LongestDraft
        );
        var html = CardText.Joined([
            isOpen ? $"🌐 <b>May this text be used?</b> {Which(row)}" : Ending(row, setting.Zone),
            "<b>A model's translation:</b>",
            CardText.Quote(CardText.Escaped(it.Text, CardText.LongestDraft)),
            isOpen ? "<b>Your text:</b>" : null,
            isOpen ? CardText.Folded([CardText.Escaped(it.Original, LongestOriginal)]) : null,
            isOpen && !fits ? "⚠ The translation is too long to be shown here. Look at it in the web console." : null,
        ]);
        var reject = Button("❌ Not this one", ButtonVerb.RejectTranslation);
        var buttons = !isOpen ? null : Keyboard.Rows(fits ? [Button("✅ Use it", ButtonVerb.TakeTranslation), reject] : [reject]);
        return new(CardKind.Translation, row.Id, null, html, buttons, isOpen);

        InlineKeyboardButton Button(string label, ButtonVerb verb) => setting.Button(label, new(verb, row.Id), HashOf(row));
    }

    /// <summary>What its buttons are bound to: the text as the card shows it, and the one that it stands for.</summary>
    public static string HashOf(TranslationRow row) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\u001e', row.It.Playbook, row.It.Version, row.It.Language, row.It.Original, row.It.Text))));

    private static string Ending(TranslationRow row, TimeZoneInfo zone)
    {
        var (what, when) = (row.State == TranslationState.Taken ? "Used" : "Not used", row.DecidedAt is { } at ? $", {CardText.Time(at, zone)}" : "");
        return $"☑ <b>{what}</b>, {CardText.Escaped(row.DecidedBy ?? "", 60)}{when}: {Which(row)}";
    }

    private static string Which(TranslationRow row) => $"{CardText.Escaped(row.It.Playbook, 60)}, in {CardText.Escaped(row.It.Language, 20)}";
}
