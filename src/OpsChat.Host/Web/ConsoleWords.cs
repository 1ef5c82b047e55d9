using System.Globalization;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Host.Web;

/// <summary>Stored values in the owner's words.</summary>
public static class ConsoleWords
{
    /// <summary>Why a card waits, in a sentence.</summary>
    public static string Reason(CardReason reason) => Plain(GateReasonText.Sentence(reason));

    /// <summary>The first of some reasons, and how many more there are.</summary>
    public static string Reasons(IReadOnlyList<CardReason> reasons) => reasons switch
    {
        [] => "",
        [var one] => Reason(one),
        [var first, ..] => $"{Reason(first)} And {reasons.Count - 1} more.",
    };

    /// <summary>The sentence of a reason of the gate by the words under which the report counts it.</summary>
    public static string Counted(string words) => GateReasonText.Named(words) is { } reason ? Plain(GateReasonText.Sentence(reason)) : words;

    /// <summary>A sentence of ours without the marks around code.</summary>
    public static string Plain(string sentence) => sentence.Replace("`", "", StringComparison.Ordinal);

    /// <summary>A sentence that somebody wrote, with its full stop.</summary>
    public static string Ended(string sentence) =>
        sentence.TrimEnd() is var text && (text.Length == 0 || text[^1] is '.' or '!' or '?' or '…' or '。') ? text : $"{text}.";

    /// <summary>What a customer wants, in plain words, by the name of its playbook's file.</summary>
    public static string Matter(string playbook) => playbook.Replace('-', ' ');

    public static string Verdict(string stored) => GateReasonText.Verdict(stored);

    /// <summary>What was in the way of an answer by itself, as something that could be done about it; empty for what was sent.</summary>
    public static IReadOnlyList<string> WhatWouldAnswer(Trace trace) =>
        trace.Verdict is "Send" or "AskCustomer"
            ? []
            :
            [
                .. trace.Playbook is null && trace.Issues is [var best, ..]
                    ?
                    [
                        $"More examples like this one in {best.Issue}, the nearest playbook ({Sureness.InWords(best.Confidence)}), or a playbook "
                            + "of its own.",
                    ]
                    : Array.Empty<string>(),
                .. trace.MissingFacts.Count > 0
                    ? [$"The facts {string.Join(", ", trace.MissingFacts)}: from the shop's data, or from the customer."]
                    : Array.Empty<string>(),
                .. trace.Guardrails.Count > 0 ? [$"A text that passes: {string.Join(" ", trace.Guardrails)}"] : Array.Empty<string>(),
                .. trace.Reasons.Contains(nameof(GateReason.ControlArm))
                    ?
                    [
                        $"A larger share: this customer is let in at {trace.Bucket / 100m:0.##} %, and {trace.Percentage:0.##} % were let in.",
                    ]
                    : Array.Empty<string>(),
            ];

    /// <summary>Whether the agent may answer this customer by itself.</summary>
    public static string Share(Trace trace) => trace.Arm switch
    {
        "" => "It could not be decided, so a person got it.",
        var arm => $"The agent answered {trace.Percentage:0.##} % of customers by itself then; this one was "
            + $"{(string.Equals(arm, nameof(Arm.Canary), StringComparison.OrdinalIgnoreCase) ? "" : "not ")}among them.",
    };

    /// <summary>How the message was understood, beside what it is about.</summary>
    public static string ReadAs(Trace trace)
    {
        var money = trace.Money.Message switch
        {
            nameof(MoneySense.Moves) => "money or goods shall move",
            nameof(MoneySense.Asks) => "asks about prices or terms",
            _ => "not about money",
        };
        var words = trace.Words.Count > 0 ? $"; by the words {string.Join(", ", trace.Words.Select(word => word.Word))}" : "";
        var language = trace.Language == "und" ? "Language not known" : Inbox.ShownTranslations.NameOf(trace.Language);
        return $"{language}; {money}; tone: {trace.Mood.Tone.ToLowerInvariant()}{words}";
    }

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

    /// <summary>A time of the clock, with its day when that is another one: <c>15:30</c>, <c>30 Nov 15:30</c>.</summary>
    public static string Clock(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (there, today) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone).Date);
        return there.ToString(there.Date == today ? "HH:mm" : "d MMM HH:mm", CultureInfo.InvariantCulture);
    }

    public static string At(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Short names of channels for people.</summary>
    public static string Channel(ConversationId conversation) => CustomerName.Place(conversation);

    /// <summary>The state of an order.</summary>
    public static string State(OrderStatus status) =>
        status == OrderStatus.PartiallyRefunded ? "partly refunded" : status.ToString().ToLowerInvariant();

    /// <summary>A person's role, in words.</summary>
    public static string Role(PersonRole role) => role == PersonRole.ReadOnly ? "read-only" : role.ToString().ToLowerInvariant();

    /// <summary>What a row of the inbox waits for: a word, and a sign for the eye.</summary>
    public static (string Sign, string Word) Waits(InboxRow row) => row.For switch
    {
        WaitsFor.Approval => ("●", "Approval"),
        WaitsFor.Draft => ("✎", row.Confidence is { } sure ? $"Draft, {Sureness.InWords(sure)}" : "Draft"),
        WaitsFor.Person => ("!", "Needs a person"),
        _ => ("✓", "Done"),
    };

    /// <summary>How long since then, as short as it can be said: <c>12 min</c>, <c>3 h</c>, <c>2 d</c>.</summary>
    public static string Waited(DateTimeOffset since, DateTimeOffset now) => (now - since) switch
    {
        { TotalMinutes: < 1 } => "now",
        { TotalHours: < 1 } and var t => $"{(int)t.TotalMinutes} min",
        { TotalHours: < 48 } and var t => $"{(int)t.TotalHours} h",
        var t => $"{(int)t.TotalDays} d",
    };

    /// <summary>A customer without a name: a visitor of the web chat by the beginning of its long id, others by where they write and their
    /// id, cut so that it fits a line.</summary>
    public static string Customer(ConversationId conversation) => conversation is { Channel: "web", Customer.Length: > 10 }
        ? $"Visitor {conversation.Customer[..4]}"
        : $"{Channel(conversation)} · {(conversation.Customer.Length > 10 ? conversation.Customer[..8] + "…" : conversation.Customer)}";

    /// <summary>Where a conversation's page is. The pages' own router decodes <c>%2F</c> a second time, so slashes and percent signs of a customer's
    /// id are written without either.</summary>
    public static string PathOf(ConversationId conversation) => $"/owner/conversations/{Uri.EscapeDataString(
        conversation.ToString().Replace("~", "~7E", StringComparison.Ordinal).Replace("%", "~25", StringComparison.Ordinal)
            .Replace("/", "~2F", StringComparison.Ordinal))}";

    /// <summary>The conversation of a page's address; null when it is none.</summary>
    public static ConversationId? ConversationAt(string? path) =>
        ConversationId.TryParse(
            path?.Replace("~2F", "/", StringComparison.Ordinal)
                .Replace("~25", "%", StringComparison.Ordinal)
                .Replace("~7E", "~", StringComparison.Ordinal),
            out var id
        )
            ? id
            : null;
}
