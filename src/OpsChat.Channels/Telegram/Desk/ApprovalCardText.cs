using OpsChat.Approvals;
using OpsChat.Facts;
using OpsChat.Messages;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>What an approval's card shows besides the approval.</summary>
/// <param name="Customer">The name that the channel shows, if any.</param>
public sealed record ApprovalContext(string? Customer)
{
    /// <summary>The playbook's rule that made the draft; null for the standard reply.</summary>
    public string? Rule { get; init; }

    /// <summary>The names of the facts that stand in the draft.</summary>
    public IReadOnlyList<string> FactsUsed { get; init; } = [];

    /// <summary>Who is asked after the reminder; null when nobody is listed.</summary>
    public Approver? Next { get; init; }

    /// <summary>What other approvals of the same order, and words of a person, have to do with it.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The message that left, or may have left, with the approved text; null when none did.</summary>
    public string? Message { get; init; }
}

/// <summary>
/// An approval as the owner sees it on a phone: the words, the exact text, the amount and what is unusual; what it rests on is folded. Pure.
/// </summary>
public static class ApprovalCardText
{
    private const int MostFacts = 8, MostSources = 4, MostDoubts = 4;

    public static DeskCard Of(Approval approval, ApprovalContext context, CardSetting setting)
    {
        var isPending = approval.State == ApprovalState.Pending;
        var html = CardText.Joined(
        [
            Head(approval, context, setting.Zone),
            CardText.Who(context.Customer, approval.Conversation),
            CardText.Quote(CardText.EscapedEnd(approval.CustomerWords.Length > 0 ? approval.CustomerWords : "(no words)", 320)),
            isPending ? "<b>The answer, word for word:</b>" : "<b>The answer:</b>",
            CardText.Quote(CardText.Escaped(approval.Text, CardText.LongestDraft)),
            .. isPending ? Doubts(approval, context, setting.Zone) : [],
            isPending || approval.State == ApprovalState.Uncertain ? CardText.Since(approval.Marks) : null,
            isPending ? CardText.Folded(Evidence(approval, context, setting.Zone)) : null,
            isPending && approval.RemindedAt is not null && context.Next is { } next ? $"⏰ {Mention(next)}, this still waits for a decision." : null,
        ]);
        // While it is approved but not sent, or nobody knows whether it was, its last word is not spoken.
        return new(CardKind.Approval, approval.Id, approval.Conversation, html, Buttons(approval, context, setting),
            approval.State is ApprovalState.Pending or ApprovalState.Approved or ApprovalState.Uncertain)
        {
            Customer = CustomerName.Of(context.Customer, approval.Conversation),
        };
    }

    private static string Head(Approval approval, ApprovalContext context, TimeZoneInfo zone)
    {
        var by = CardText.Escaped(approval.DecidedBy ?? "", 60);
        var at = approval.DecidedAt is { } decided ? CardText.Time(decided, zone) : "";
        var why = CardText.Escaped(CardText.Plain(approval.Reason ?? ""), 200);
        return approval.State switch
        {
            ApprovalState.Pending => $"💰 <b>Approve? {Amount(approval)}</b>{(approval.Revision > 1 ? $" (version {approval.Revision})" : "")}",
            ApprovalState.Approved => $"✅ <b>Approved by {by}</b> at {at}, on its way",
            ApprovalState.Sent => $"✅ <b>Approved by {by}</b> at {at}, sent",
            ApprovalState.Stopped => $"⛔ <b>Approved by {by}</b> at {at}, but <b>not sent</b>: {why}",
            ApprovalState.Uncertain => $"❔ <b>Approved by {by}</b> at {at}; it <b>may have been sent</b>: {why}",
            ApprovalState.Rejected when approval.Reason == Approval.NoLongerWanted =>
                $"☑ <b>Closed by {by}</b> at {at}: the customer no longer wants it. A person tells them so.",
            ApprovalState.Rejected => $"❌ <b>Rejected by {by}</b> at {at} ({why}). A person has to answer.",
            ApprovalState.Expired => "⌛ <b>Nobody decided in time.</b> A person has to answer.",
            ApprovalState.TakenOver => $"🙋 <b>{by} took this over</b> at {at}. Nothing was sent.",
            _ => approval.State.ToString(),
        };
    }

    private static string Amount(Approval approval) => approval.Amount is { } amount ? MessageText.EscapeHtml(amount.ToString()) : "Amount not known";

    private static IEnumerable<string?> Doubts(Approval approval, ApprovalContext context, TimeZoneInfo zone)
    {
        if (approval.Text.Length > CardText.LongestDraft)
        {
            yield return "⚠ The answer is too long to be shown here. Approve it in the web console, where it can be read whole.";
        }

        var doubts = approval.Unconfirmed.Select(doubt => doubt.Sentence).Concat(context.Remarks).Concat(approval.Unusual).Distinct().ToList();
        foreach (var doubt in doubts.Take(MostDoubts))
        {
            yield return $"⚠ {CardText.Escaped(CardText.Plain(doubt), 150)}";
        }

        if (doubts.Count > MostDoubts)
        {
            yield return $"⚠ and {doubts.Count - MostDoubts} more in the console";
        }

        yield return $"Until {CardText.Time(approval.ExpiresAt, zone)}";
    }

    /// <summary>What the text and the rule rest on, and each source once.</summary>
    private static IEnumerable<string?> Evidence(Approval approval, ApprovalContext context, TimeZoneInfo zone)
    {
        var facts = approval.Facts.Where(fact => IsUsed(fact, approval, context)).Take(MostFacts).ToList();
        yield return approval.OrderNumber is { } order ? $"Order {CardText.Escaped(order, 40)}" : null;
        foreach (var fact in facts)
        {
            yield return CardText.Escaped($"{Plain(fact.Name)}: {fact.Value}", 50);
        }

        var sources = facts
            .GroupBy(fact => fact.Source)
            .Take(MostSources)
            .Select(of => $"{of.Key}, {CardText.Time(of.Max(fact => fact.At), zone)}")
            .ToList();
        yield return sources.Count > 0 ? $"<i>From {CardText.Escaped(string.Join("; ", sources), 150)}</i>" : null;
        var rule = context.Rule is null ? "standard reply" : CardText.Escaped(CardText.Plain(context.Rule), 100);
        yield return $"Playbook {CardText.Escaped(approval.Playbook.Length > 0 ? approval.Playbook : "none", 60)}, {rule}";
        yield return CardText.Why(approval.Reasons, 200);
    }

    // The customer's own words, and the order's number.
    private static readonly string[] s_onTheCard = ["message.", "told.", "order.number"];

    /// <summary>A fact that stands in the text or decides the rule; what the message itself tells is on the card already.</summary>
    private static bool IsUsed(ShownFact fact, Approval approval, ApprovalContext context) =>
        !s_onTheCard.Any(name => fact.Name.StartsWith(name, StringComparison.Ordinal))
        && (context.FactsUsed.Contains(fact.Name) || context.Rule?.Contains(fact.Name, StringComparison.Ordinal) == true
            || (fact.Value.Length > 2 && approval.Text.Contains(fact.Value, StringComparison.OrdinalIgnoreCase)));

    /// <summary><c>shipment.tracking_url</c> as a person would say it.</summary>
    private static string Plain(string name) => name.Replace('.', ' ').Replace('_', ' ');

    /// <summary>A name that notifies its bearer.</summary>
    public static string Mention(Approver approver) => $"<a href=\"tg://user?id={approver.TelegramId}\">{CardText.Escaped(approver.Name, 60)}</a>";

    private static InlineKeyboardMarkup? Buttons(Approval approval, ApprovalContext context, CardSetting setting)
    {
        var more = new[] { Button("🙋 Take over", ButtonVerb.TakeOver), Button("⏰ Later", ButtonVerb.Later) };
        return approval.State switch
        {
            ApprovalState.Uncertain when context.Message is not null => Keyboard.Rows(
                [Button("❓ Ask the customer", ButtonVerb.AskArrival)],
                [Button("🔁 Send again", ButtonVerb.SendAgain), Button("✅ It arrived", ButtonVerb.Arrived)]),
            not ApprovalState.Pending => null,
            _ when approval.Text.Length > CardText.LongestDraft => Keyboard.Rows([Button("❌ Reject", ButtonVerb.AskReason)], more),
            _ => Keyboard.Rows(
                [Button("✅ Approve", ButtonVerb.Approve), Button("✏️ Edit", ButtonVerb.Edit), Button("❌ Reject", ButtonVerb.AskReason)], more),
        };

        InlineKeyboardButton Button(string label, ButtonVerb verb) => setting.Button(label, new(verb, approval.Id, approval.Revision), approval.Hash);
    }
}
