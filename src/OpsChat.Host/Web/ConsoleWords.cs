using System.Globalization;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Messages;

namespace OpsChat.Host.Web;

/// <summary>Stored values in the owner's words.</summary>
public static class ConsoleWords
{
    /// <summary>The plain sentence of a stored reason; reasons that are sentences already stay as they are, without the marks around code.</summary>
    public static string Reason(string stored) => (GateReasonOf(stored) is { } reason ? GateReasonText.Sentence(reason) : stored).Replace("`", "");

    /// <summary>The gate's reason behind its name, as cards keep it, or its words, as the report counts it; null for any other text.</summary>
    public static GateReason? GateReasonOf(string stored) =>
        Enum.GetValues<GateReason>().Where(r => r.ToString() == stored || GateReasonText.Words(r) == stored).Select(r => (GateReason?)r).FirstOrDefault();

    public static string Verdict(string stored) => stored switch
    {
        "Send" => "Sent by itself",
        "AskCustomer" => "Asked the customer",
        "AskOwner" => "Asked for your approval",
        "HandOff" => "Handed to a person",
        "Silent" => "Stayed silent",
        _ => stored,
    };

    public static string Sender(Sender from) => from switch
    {
        Messages.Sender.Customer => "Customer",
        Messages.Sender.Agent => "Agent",
        _ => "Person",
    };

    public static string Kind(ErrorKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>How long ago, roughly: <c>3 min ago</c>; <c>just now</c> under a minute.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } and var t => $"{(int)t.TotalMinutes} min ago",
        { TotalHours: < 48 } and var t => $"{(int)t.TotalHours} h ago",
        var t => $"{(int)t.TotalDays} days ago",
    };

    /// <summary>How long until then: <c>in 2 h 05 min</c>; or that it is overdue.</summary>
    public static string Until(DateTimeOffset at, DateTimeOffset now) => (at - now) switch
    {
        { Ticks: <= 0 } => "now, it is overdue",
        { TotalHours: < 1 } and var t => $"in {Math.Max(1, (int)t.TotalMinutes)} min",
        { TotalHours: < 48 } and var t => $"in {(int)t.TotalHours} h {t.Minutes:00} min",
        var t => $"in {(int)t.TotalDays} days",
    };

    public static string At(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Short names of channels for people.</summary>
    public static string Channel(ConversationId conversation) => conversation.Channel switch
    {
        "tg" => "Telegram",
        "web" => "Web chat",
        "api" => "Other software",
        "shop" => "Shop's system",
        "terminal" => "Terminal",
        var other => other,
    };

    /// <summary>A customer's id, cut so that it fits a line.</summary>
    public static string Customer(ConversationId conversation) =>
        $"{Channel(conversation)} · {(conversation.Customer.Length > 10 ? conversation.Customer[..8] + "…" : conversation.Customer)}";

    /// <summary>Where a conversation's page is.</summary>
    public static string PathOf(ConversationId conversation) => $"/owner/conversations/{Uri.EscapeDataString(conversation.ToString())}";
}
