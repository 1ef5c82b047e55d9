using System.Text.Json;
using OpsChat.Approvals;
using OpsChat.Audit;
using OpsChat.Messages;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Monitors;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>One entry of the audit log in a plain sentence.</summary>
/// <param name="Did">What the person did, without who and when.</param>
/// <param name="About">The customer's conversation; null when it is about none, or it was forgotten.</param>
/// <param name="Details">The rest of what stands there, each as a name and a value; no hashes.</param>
sealed record AuditLine(AuditEntry Entry, string Did, ConversationId? About, IReadOnlyList<(string Name, string Value)> Details);

/// <summary>The audit log in the owner's words. The log itself, and its export, keep what was written.</summary>
static class AuditLines
{
    private static readonly string[] s_hidden = ["verb", "hash", "revision", "lines", "lane", "kind"];

    /// <summary>What one person did, the newest first.</summary>
    public static IReadOnlyList<AuditLine> Of(UnitOfWork session, string who, int most) =>
        [.. session.Audit.Of(who, most).Select(entry => Of(session, entry))];

    internal static AuditLine Of(UnitOfWork session, AuditEntry entry)
    {
        var data = Read(entry.Data);
        var approval = entry.Kind switch
        {
            "approval" => session.Approvals.Find(entry.Subject),
            "todo" => session.ToDos.Find(entry.Subject) is { } todo ? session.Approvals.Find(todo.Approval) : null,
            _ => null,
        };
        var about = approval?.Conversation
            ?? (entry.Beside is { } beside && ConversationId.TryParse(beside.Conversation, out var conversation)
                ? conversation : (ConversationId?)null)
            ?? (entry.Kind == "handoff" ? session.HandOffs.Find(entry.Subject)?.Conversation : null);
        return new(
            entry,
            Sentence(session, entry, data, approval),
            about,
            [.. data.Where(field => field.Value.Length > 0 && !s_hidden.Contains(field.Key, StringComparer.OrdinalIgnoreCase))
                .Select(field => (Words(field.Key), field.Value))]
        );
    }

    private static string Sentence(UnitOfWork session, AuditEntry entry, Dictionary<string, string> data, Approval? approval)
    {
        var verb = data.GetValueOrDefault("verb", "").ToLowerInvariant();
        return entry.Kind switch
        {
            "approval" => $"{Of(verb, s_approvals)} the answer{OfOrder(approval)}",
            "todo" => $"{(verb == "undo" ? "took back that this was done" : "ticked off what was to be done")}{OfOrder(approval)}",
            "handoff" => Of(verb, s_handOffs),
            "action" => session.ShopActions.Find(entry.Subject) is { } action ? $"{Of(verb, s_actions)}: {action.Text}"
                : $"{Of(verb, s_actions)} an action{(data.GetValueOrDefault("lane") is { Length: > 0 } lane ? $" ({LaneWords.Of(lane)})" : "")}",
            "alert" => $"{Of(verb, s_alerts)} the exception “{session.Alerts.Find(entry.Subject)?.Headline
                ?? MonitorWords.Of(data.GetValueOrDefault("monitor", "of earlier"))}”",
            "lane" => entry.Subject == "all" ? $"{verb} all lanes"
                : $"let “{LaneWords.Of(entry.Subject)}” go as far as {data.GetValueOrDefault("autonomy", verb).ToLowerInvariant()}",
            "people" => $"{Of(verb, s_people)} {entry.Subject}",
            "file" => $"saved {entry.Subject}",
            "setup" => $"put in files of the shop: {data.GetValueOrDefault("files", "")}",
            "canary" => verb is "pause" or "resume" ? (verb == "pause" ? "paused the agent" : "let the agent go on")
                : data.TryGetValue("to", out var to) ? $"changed how many customers {Playbook(entry.Subject)} answers by itself: "
                    + $"{data.GetValueOrDefault("from", "?")} % to {to} %"
                : $"decided about how far {Playbook(entry.Subject)} goes: {verb}",
            "spot-check" => $"judged an answer that was sent: {data.GetValueOrDefault("found", "").ToLowerInvariant()}",
            "learn" => $"{verb} a proposal{(data.GetValueOrDefault("playbook") is { Length: > 0 } playbook ? $" for {playbook}" : "")}",
            "translation" => $"{data.GetValueOrDefault("state", "").ToLowerInvariant()} a translation for "
                + $"{data.GetValueOrDefault("playbook", "a playbook")}",
            "pin" => verb == "unpinned" ? "took a conversation off the test cases" : "kept a conversation as a test case",
            "export" => $"exported {entry.Subject}",
            "model" => "had something translated",
            "privacy" => "had a customer forgotten",
            _ => $"{Words(entry.Kind)}{(verb.Length > 0 ? $": {verb}" : "")}",
        };
    }

    private static readonly Dictionary<string, string> s_approvals = new(StringComparer.Ordinal)
    {
        ["approve"] = "approved", ["reject"] = "rejected", ["edit"] = "changed", ["sent"] = "sent", ["expire"] = "let expire",
        ["arrived"] = "said that the customer has", ["ask"] = "asked the customer about", ["again"] = "sent again", ["confirm"] = "confirmed",
    };

    private static readonly Dictionary<string, string> s_handOffs = new(StringComparer.Ordinal)
    {
        ["reply"] = "answered a customer", ["dismiss"] = "closed a matter without an answer", ["give back"] = "gave a conversation back to the agent",
        ["take over"] = "took a conversation over", ["note"] = "left a note in a conversation", ["undo"] = "took back a step in the inbox",
        ["assign"] = "assigned a conversation", ["snooze"] = "put a conversation off", ["tag"] = "tagged a conversation",
    };

    private static readonly Dictionary<string, string> s_actions = new(StringComparer.Ordinal)
    {
        ["proposed"] = "put up for approval", ["approved"] = "approved", ["rejected"] = "rejected", ["done"] = "ticked off as done",
        ["failed"] = "said that it cannot be done", ["undone"] = "took back", ["stopped"] = "approved too late, so it was stopped",
    };

    private static readonly Dictionary<string, string> s_alerts = new(StringComparer.Ordinal)
    {
        ["seen"] = "saw", ["snooze"] = "put off", ["snoozed"] = "put off", ["assign"] = "gave away", ["assigned"] = "gave away", ["note"] =
            "left a note at", ["closed"] = "closed", ["close"] = "closed", ["end"] = "closed", ["act"] = "acted on", ["acting"] = "acted on",
        ["woken"] = "took up again",
    };

    private static readonly Dictionary<string, string> s_people = new(StringComparer.Ordinal)
    {
        ["add"] = "added", ["change"] = "changed the role of", ["remove"] = "removed", ["link"] = "made a sign-in link for",
        ["add a passkey"] = "added a passkey for", ["remove a passkey"] = "removed a passkey of",
    };

    private static string Of(string verb, Dictionary<string, string> words) => words.GetValueOrDefault(verb, verb);

    private static string OfOrder(Approval? approval) =>
        approval is null ? ""
        : $"{(approval.Amount is { } amount ? $" of {amount}" : "")}{(approval.OrderNumber is { } order ? $" for order {order}" : "")}"
            + $" ({approval.Playbook})";

    private static string Playbook(string subject) => subject == "all" ? "the agent" : $"the playbook {subject}";

    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : i == 0 ? char.ToLowerInvariant(c).ToString()
            : c.ToString())).Replace('-', ' ');

    /// <summary>The fields of an entry by their names in lower case; a list is joined by commas.</summary>
    private static Dictionary<string, string> Read(string data)
    {
        using var json = JsonDocument.Parse(data);
        return json.RootElement.ValueKind != JsonValueKind.Object ? []
            : json.RootElement.EnumerateObject().GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(field => field.Key, field => Shown(field.First().Value), StringComparer.OrdinalIgnoreCase);
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Shown)),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.ToString(),
    };
}
