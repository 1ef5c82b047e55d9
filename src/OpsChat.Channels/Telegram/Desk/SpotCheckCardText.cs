using OpsChat.Canary;
using OpsChat.Messages;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>A sent answer that was drawn for a check.</summary>
/// <param name="CustomerWords">What it answered.</param>
/// <param name="Judged">What people have said about it; null while nobody has.</param>
public sealed record AnswerToCheck(OutboxMessage Answer, string CustomerWords, string? Customer, Judgement? Judged);

/// <summary>Sent answers to look at: one a card, or during a campaign in one list. Pure.</summary>
public static class SpotCheckCardText
{
    /// <summary>Answers of one list; more wait until some are judged.</summary>
    public const int MostInList = 8;

    private const string ListId = "list";

    public static DeskCard Of(AnswerToCheck check, CardSetting setting)
    {
        var answer = check.Answer;
        var html = CardText.Joined(
        [
            check.Judged is { } judged
                ? $"{(judged.IsRight ? "👍" : "👎")} <b>{CardText.Escaped(judged.Kind?.ToString() ?? "Right", 40)}</b>, "
                    + $"{CardText.Escaped(judged.By, 60)}, {CardText.Time(judged.At, setting.Zone)}"
                : "🔎 <b>Was this answer right?</b> It was sent automatically.",
            CardText.Who(check.Customer, answer.Conversation),
            CardText.Quote(CardText.EscapedEnd(check.CustomerWords.Length > 0 ? check.CustomerWords : "(no words)", 900)),
            CardText.Quote(CardText.Escaped(answer.Text, CardText.LongestDraft)),
        ]);
        var buttons = check.Judged is not null ? null : Keyboard.Rows(
            [Button(setting, "👍 Right", ButtonVerb.Right, answer), Button(setting, "👎 Wrong", ButtonVerb.AskWrong, answer)]);
        // In the general part: an answer that went well needs no topic of its own.
        return new(CardKind.SpotCheck, answer.Id, null, html, buttons, check.Judged is null);
    }

    /// <param name="unjudged">Oldest first.</param>
    public static DeskCard List(IReadOnlyList<AnswerToCheck> unjudged, CardSetting setting)
    {
        var shown = unjudged.Take(MostInList).ToList();
        var html = CardText.Joined(
        [
            unjudged.Count == 0 ? "🔎 <b>All drawn answers are checked.</b>" : $"🔎 <b>{unjudged.Count} sent answers to check</b>",
            .. shown.Select(
                (check, i) =>
                    $"<b>{i + 1}.</b> {CardText.EscapedEnd(check.CustomerWords, 120)}\n→ {CardText.Escaped(check.Answer.Text, 300)}"
            ),
            unjudged.Count > shown.Count ? $"and {unjudged.Count - shown.Count} more" : null,
        ]);
        var rows = shown.Select((check, i) => (IReadOnlyList<InlineKeyboardButton>)
            [Button(setting, $"{i + 1} 👍", ButtonVerb.Right, check.Answer), Button(setting, $"{i + 1} 👎", ButtonVerb.AskWrong, check.Answer)]);
        return new(CardKind.SpotCheckList, ListId, null, html, shown.Count == 0 ? null : new([.. rows]), unjudged.Count > 0);
    }

    private static InlineKeyboardButton Button(CardSetting setting, string label, ButtonVerb verb, OutboxMessage answer) =>
        setting.Button(label, new(verb, answer.Id), answer.Conversation.ToString());
}
