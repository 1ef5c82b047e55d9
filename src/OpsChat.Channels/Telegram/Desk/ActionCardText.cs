using OpsChat.Operations.Actions;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>An action outside the chat, with what it rests on. Pure.</summary>
public static class ActionCardText
{
    private const int MostEvidence = 6, MostRecipients = 5;

    public static DeskCard Of(ShopAction action, CardSetting setting)
    {
        var isPending = action.State == ShopActionState.Pending;
        var html = CardText.Joined(
        [
            isPending ? $"🧾 <b>{CardText.Escaped(action.Text, 400)}</b>{(action.Amount is { } amount ? $" · {amount}" : "")}"
                : $"☑ <b>{action.State}</b>{(action.DecidedBy is { } by ? $", {CardText.Escaped(by, 60)}" : "")}: {CardText.Escaped(action.Text, 400)}",
            action.Parameters.TryGetValue("lines", out var lines) ? CardText.Quote(CardText.Escaped(lines.Replace("=", " × ", StringComparison.Ordinal), 900)) : null,
            .. action.Recipients.Take(MostRecipients).Select(r => CardText.Quote(CardText.Escaped($"{r.Order}: {r.Text}", 400))),
            action.Recipients.Count > MostRecipients ? $"and {action.Recipients.Count - MostRecipients} more in the console" : null,
            .. action.Evidence.Take(MostEvidence).Select(e => $"• {CardText.Escaped($"{e.Text} ({e.Source}{(e.Line is { } line ? $", line {line}" : "")})", 300)}"),
            action.Result is { } result ? CardText.Escaped(result, 400) : null,
            isPending ? $"Until {CardText.Time(action.ExpiresAt, setting.Zone)}" : null,
        ]);
        var buttons = !isPending ? null : Keyboard.Rows(
            [Button(setting, action.Amount is { } sum ? $"Approve {sum}" : "Approve", ButtonVerb.ApproveAction, action), Button(setting, "Reject", ButtonVerb.RejectAction, action)]);
        return new(CardKind.Action, action.Id, null, html, buttons, isPending);
    }

    private static InlineKeyboardButton Button(CardSetting setting, string label, ButtonVerb verb, ShopAction action) =>
        setting.Button(label, new(verb, action.Id, action.Revision), action.Hash);
}
