using OpsChat.Operations.Actions;
using OpsChat.Operations.Monitors;
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
                : $"☑ <b>{action.State}</b>{(action.DecidedBy is { } by ? $", {CardText.Escaped(by, 60)}" : "")}: "
                    + $"{CardText.Escaped(action.Text, 400)}",
            .. (isPending ? PurchaseProposal.LookFirst(action) : []).Select(look => $"⚠ {CardText.Escaped(look, 400)}"),
            string.Join('\n', PurchaseProposal.Articles(action)) is { Length: > 0 } articles ? CardText.Quote(CardText.Escaped(articles, 900)) : null,
            .. action.Recipients.Take(MostRecipients).Select(r => CardText.Quote(CardText.Escaped($"{r.Order}: {r.Text}", 400))),
            action.Recipients.Count > MostRecipients ? $"and {action.Recipients.Count - MostRecipients} more in the console" : null,
            isPending ? CardText.Folded(Evidence(action, setting.Zone)) : null,
            action.Result is { } result ? CardText.Escaped(result, 400) : null,
            isPending ? $"Until {CardText.Time(action.ExpiresAt, setting.Zone)}" : null,
        ]);
        var buttons = !isPending
            ? null
            : Keyboard.Rows([
                Button(setting, action.Amount is { } sum ? $"Approve {sum}" : "Approve", ButtonVerb.ApproveAction, action),
                Button(setting, "Reject", ButtonVerb.RejectAction, action),
            ]);
        return new(CardKind.Action, action.Id, null, html, buttons, isPending);
    }

    /// <summary>What it rests on, and each source once.</summary>
    private static IEnumerable<string?> Evidence(ShopAction action, TimeZoneInfo zone)
    {
        var shown = action.Evidence.Take(MostEvidence).ToList();
        foreach (var row in shown)
        {
            yield return $"• {CardText.Escaped(CardText.Plain(row.Text), 220)}";
        }

        var sources = shown.GroupBy(row => row.Source).Select(of => $"{of.Key}{Lines(of)}, {CardText.Time(of.Max(row => row.At), zone)}");
        yield return shown.Count > 0 ? $"<i>From {CardText.Escaped(string.Join("; ", sources), 240)}</i>" : null;
        yield return action.Evidence.Count > shown.Count ? $"and {action.Evidence.Count - shown.Count} more in the console" : null;
    }

    private static string Lines(IEnumerable<EvidenceRow> rows)
    {
        var lines = rows.Select(row => row.Line).OfType<int>().Distinct().Order().ToList();
        return lines.Count > 0 ? $" line {string.Join(", ", lines)}" : "";
    }

    private static InlineKeyboardButton Button(CardSetting setting, string label, ButtonVerb verb, ShopAction action) =>
        setting.Button(label, new(verb, action.Id, action.Revision), action.Hash);
}
