using OpsChat.Approvals;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>An approval as the owner sees it: the exact text, and everything that speaks for or against it. Pure.</summary>
public static class ApprovalCardText
{
    private const int MostFacts = 10;

    /// <param name="customer">The name that the channel shows, if any.</param>
    /// <param name="rule">The playbook's rule that made the draft; null for the standard reply.</param>
    /// <param name="next">Who is asked after the reminder; null when nobody is listed.</param>
    /// <param name="remarks">What other approvals of the same order have to do with it.</param>
    public static DeskCard Of(Approval approval, string? customer, string? rule, Approver? next, CardSetting setting, IReadOnlyList<string>? remarks = null)
    {
        var isPending = approval.State == ApprovalState.Pending;
        var html = CardText.Joined(
        [
            Head(approval, setting.Zone),
            CardText.Who(customer, approval.Conversation),
            CardText.Quote(CardText.EscapedEnd(approval.CustomerWords.Length > 0 ? approval.CustomerWords : "(no words)", 400)),
            isPending ? "<b>The answer, word for word:</b>" : "<b>The answer:</b>",
            CardText.Quote(CardText.Escaped(approval.Text, CardText.LongestDraft)),
            .. isPending ? Evidence(approval, remarks ?? [], rule, next, setting.Zone) : [],
        ]);
        // While it is approved but not sent, its last word is not spoken.
        return new(CardKind.Approval, approval.Id, approval.Conversation, html, isPending ? Buttons(approval, setting) : null, isPending || approval.State == ApprovalState.Approved);
    }

    private static string Head(Approval approval, TimeZoneInfo zone)
    {
        var by = CardText.Escaped(approval.DecidedBy ?? "", 60);
        var at = approval.DecidedAt is { } decided ? CardText.Time(decided, zone) : "";
        var why = CardText.Escaped(approval.Reason ?? "", 200);
        return approval.State switch
        {
            ApprovalState.Pending => $"💰 <b>Approve? {(approval.Amount is { } amount ? MessageText.EscapeHtml(amount.ToString()) : "Amount not known")}</b>{(approval.Revision > 1 ? $" (version {approval.Revision})" : "")}",
            ApprovalState.Approved => $"✅ <b>Approved by {by}</b> at {at}, on its way",
            ApprovalState.Sent => $"✅ <b>Approved by {by}</b> at {at}, sent",
            ApprovalState.Stopped => $"⛔ <b>Approved by {by}</b> at {at}, but <b>not sent</b>: {why}",
            ApprovalState.Uncertain => $"❔ <b>Approved by {by}</b> at {at}; it <b>may have been sent</b>: {why}",
            ApprovalState.Rejected => $"❌ <b>Rejected by {by}</b> at {at} ({why}). A person has to answer.",
            ApprovalState.Expired => "⌛ <b>Nobody decided in time.</b> A person has to answer.",
            ApprovalState.TakenOver => $"🙋 <b>{by} took this over</b> at {at}. Nothing was sent.",
            _ => approval.State.ToString(),
        };
    }

    private static IEnumerable<string?> Evidence(Approval approval, IReadOnlyList<string> remarks, string? rule, Approver? next, TimeZoneInfo zone)
    {
        if (approval.Text.Length > CardText.LongestDraft)
        {
            yield return "⚠ The answer is too long to be shown here. Approve it in the web console, where it can be read whole.";
        }

        if (string.Join(' ', [.. approval.Unconfirmed, .. remarks, .. approval.Unusual]) is { Length: > 0 } unusual)
        {
            yield return $"⚠ {CardText.Escaped(unusual, 350)}";
        }

        yield return approval.OrderNumber is { } order ? $"Order {CardText.Escaped(order, 40)}" : null;
        foreach (var fact in approval.Facts.Where(f => !f.Name.StartsWith("message.", StringComparison.Ordinal)).Take(MostFacts))
        {
            yield return $"• {CardText.Escaped($"{fact.Name} = {fact.Value}", 45)} <i>{CardText.Escaped($"{fact.Source}, {CardText.Time(fact.At, zone)}", 35)}</i>";
        }

        yield return $"Playbook {CardText.Escaped(approval.Playbook.Length > 0 ? approval.Playbook : "none", 60)}{(rule is null ? ", standard reply" : $", {CardText.Escaped(rule, 120)}")}";
        yield return $"Why: {CardText.Escaped(string.Join(' ', approval.Reasons.Select(CardText.Reason)), 300)}";
        yield return approval.Marks.Count > 0 ? $"Since then: {CardText.EscapedEnd(string.Join("; ", approval.Marks), 150)}" : null;
        yield return $"Until {CardText.Time(approval.ExpiresAt, zone)}";
        yield return approval.RemindedAt is not null && next is not null ? $"⏰ {Mention(next)}, this still waits for a decision." : null;
    }

    /// <summary>A name that notifies its bearer.</summary>
    public static string Mention(Approver approver) => $"<a href=\"tg://user?id={approver.TelegramId}\">{CardText.Escaped(approver.Name, 60)}</a>";

    private static InlineKeyboardMarkup Buttons(Approval approval, CardSetting setting)
    {
        var more = new[] { Button("🙋 Take over", ButtonVerb.TakeOver), Button("⏰ Later", ButtonVerb.Later) };
        return approval.Text.Length > CardText.LongestDraft
            ? Keyboard.Rows([Button("❌ Reject", ButtonVerb.AskReason)], more)
            : Keyboard.Rows([Button("✅ Approve", ButtonVerb.Approve), Button("✏️ Edit", ButtonVerb.Edit), Button("❌ Reject", ButtonVerb.AskReason)], more);

        InlineKeyboardButton Button(string label, ButtonVerb verb) => setting.Button(label, new(verb, approval.Id, approval.Revision), approval.Hash);
    }
}
