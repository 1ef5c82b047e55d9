using OpsChat.Canary;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>A question about the rollout with its one tap. Pure.</summary>
public static class RolloutCardText
{
    public static DeskCard Of(RolloutQuestion question, CardSetting setting)
    {
        var html = CardText.Joined(
        [
            question.Answer is { } answer
                ? $"☑ <b>{CardText.Escaped(answer, 600)}</b> {CardText.Time(question.AnsweredAt ?? question.At, setting.Zone)}"
                : $"📈 <b>{CardText.Escaped(question.Yes, 80)}?</b> {CardText.Escaped(question.Playbook ?? "All playbooks", 80)}",
            CardText.Quote(CardText.Escaped(question.Why, 1200)),
        ]);
        var buttons = question.Answer is not null ? null : Keyboard.Rows(
            [Button(setting, question.Yes, ButtonVerb.SayYes, question), Button(setting, "Not now", ButtonVerb.SayNo, question)]);
        return new(CardKind.Rollout, question.Id, null, html, buttons, question.Answer is null);
    }

    /// <summary>What its buttons are bound to.</summary>
    public static string HashOf(RolloutQuestion question) => $"{question.Asks} {question.Playbook} {question.Version} {question.From} {question.To}";

    private static InlineKeyboardButton Button(CardSetting setting, string label, ButtonVerb verb, RolloutQuestion question) =>
        setting.Button(label, new(verb, question.Id), HashOf(question));
}
