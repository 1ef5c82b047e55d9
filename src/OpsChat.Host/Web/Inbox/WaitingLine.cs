using OpsChat.Messages;

namespace OpsChat.Host.Web.Inbox;

/// <summary>The page of today's sentence about customers who wait. A customer with two matters is one who waits, as in the inbox.</summary>
/// <param name="Who">How many customers: <c>2 customers wait for a person</c>.</param>
/// <param name="What">In what, and when the first of them was promised an answer.</param>
public sealed record WaitingLine(string Who, string What)
{
    /// <summary>How many.</summary>
    public int Customers { get; init; }

    /// <summary>What one of them wants and since when, after the name: <c>: refund request, MYR 151.00, for 12 min</c>.</summary>
    public static string About(InboxRow row, DateTimeOffset now)
    {
        var (_, what) = ConsoleWords.Waits(row);
        var parts = new[]
        {
            row.Playbook.Length > 0 ? ConsoleWords.Matter(row.Playbook) : what.ToLowerInvariant(),
            row.AtStake is { Minor: > 0 } money ? money.ToString() : "",
            ConsoleWords.Waited(row.Since, now) is "now" ? "just now" : $"for {ConsoleWords.Waited(row.Since, now)}",
        };
        return $": {string.Join(", ", parts.Where(part => part.Length > 0))}";
    }

    /// <returns>Null when nobody waits.</returns>
    public static WaitingLine? Of(IReadOnlyList<InboxRow> matters, DateTimeOffset now, TimeZoneInfo zone)
    {
        var customers = matters.Select(matter => matter.Conversation).Distinct().Count();
        if (customers == 0)
        {
            return null;
        }

        (WaitsFor For, string One, string Many)[] kinds =
        [
            (WaitsFor.Approval, "approval", "approvals"),
            (WaitsFor.Draft, "draft", "drafts"),
            (WaitsFor.Person, "without a draft", "without a draft"),
        ];
        var counted = kinds
            .Select(kind => (kind.One, kind.Many, Count: matters.Count(matter => matter.For == kind.For)))
            .Where(kind => kind.Count > 0)
            .Select(kind => $"{kind.Count} {(kind.Count == 1 ? kind.One : kind.Many)}");
        var first = matters.Min(matter => matter.Due) is { } due
            ? $"; the first was promised an answer by {ConsoleWords.Clock(due, now, zone)}"
            : "";
        return new(
            $"{customers} {(customers == 1 ? "customer waits" : "customers wait")} for a person",
            $"{(matters.Count > customers ? $" in {matters.Count} matters" : "")}: {string.Join(", ", counted)}{first}."
        )
        {
            Customers = customers,
        };
    }
}
