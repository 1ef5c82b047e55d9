using OpsChat.Approvals;
using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>What the owner should know, several in one message. Pure.</summary>
public static class NoticeText
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

    private static string Line(Notice notice) => $"ℹ {notice.Text.Trim()}";
}
