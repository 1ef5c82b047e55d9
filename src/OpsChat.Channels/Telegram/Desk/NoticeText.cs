using System.Text.RegularExpressions;
using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>What the owner should know, several in one message. Pure.</summary>
public static partial class NoticeText
{
    /// <summary>The most UTF-16 units of notices in one message; Telegram's limit leaves room for a name behind them.</summary>
    public const int Longest = 3900;

    private const string Between = "\n\n";

    /// <summary>The first of the notices, as many as fit into one message; at least one.</summary>
    public static IReadOnlyList<Notice> Fitting(IReadOnlyList<Notice> unseen)
    {
        var length = -Between.Length;
        return [.. unseen.TakeWhile((notice, i) => (length += Between.Length + Line(notice).Length) <= Longest || i == 0)];
    }

    /// <summary>One message, or several when a single notice is too long for one.</summary>
    /// <param name="next">Who is named when one of them is about an approval; null when nobody is listed.</param>
    public static IReadOnlyList<string> Html(IReadOnlyList<Notice> told, Approver? next)
    {
        var parts = MessageText.Split(string.Join(Between, told.Select(Line)), Longest).Select(MessageText.EscapeHtml).ToList();
        // A reminder that nobody's phone announces is none.
        return next is not null && told.Any(n => n.Kind == "approval") ? [.. parts[..^1], $"{parts[^1]}\n{ApprovalCardText.Mention(next)}"] : parts;
    }

    /// <summary>With a customer's name in place of each conversation's id.</summary>
    /// <param name="nameOf">Null for what is no conversation.</param>
    public static string Named(string text, Func<ConversationId, string?> nameOf) => Id().Replace(
        text, found => ConversationId.TryParse(found.Value, out var id) ? nameOf(id) ?? found.Value : found.Value);

    // As it stands in sentences: followed by a space, or by a mark and then a space.
    [GeneratedRegex(@"(?<![\w:/])[a-z]+:[^\s:]+?(?=[.,;:!?)”]*(?:\s|$))")]
    private static partial Regex Id();

    private static string Line(Notice notice) => $"ℹ {notice.Text.Trim()}";
}
