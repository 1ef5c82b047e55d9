using OpsChat.Canary;
using OpsChat.Storage.Tables;

namespace OpsChat.Host.Web;

/// <summary>Which cases a number of the report stands for.</summary>
/// <param name="Show">One of <see cref="Shown"/>; null for every case.</param>
/// <param name="Kind">A kind of error, of sent answers or (with <c>drafts-wrong</c>) of drafts.</param>
public sealed record CaseFilter(string? Show, string? Playbook, string? Version, string? Kind)
{
    /// <summary>What can be asked for, with its heading.</summary>
    public static IReadOnlyDictionary<string, string> Shown { get; } = new Dictionary<string, string>
    {
        ["answered"] = "Answered by the agent",
        ["wrong"] = "Answered wrong",
        ["right"] = "Answered right",
        ["quiet"] = "Answered, then quiet",
        ["pending"] = "Answered, still open",
        ["drafts"] = "Drafts that people judged",
        ["drafts-wrong"] = "Drafts that were wrong",
        ["drawn"] = "Drawn for a spot-check",
        ["unjudged"] = "Spot-checks not judged yet",
        ["blocked"] = "Stopped by a guardrail",
        ["unhappy"] = "Unhappy customers",
    };

    public string Heading => Show is not null && Shown.TryGetValue(Show, out var heading) ? heading : "All cases";

    /// <summary>What all matching cases have in common, so that the store leaves the others out.</summary>
    public CaseColumn Column => Show switch
    {
        "answered" or "right" or "quiet" or "pending" => CaseColumn.Sent,
        "wrong" => CaseColumn.Wrong,
        "drawn" => CaseColumn.Drawn,
        "unjudged" => CaseColumn.Unjudged,
        "unhappy" => CaseColumn.Unhappy,
        _ => CaseColumn.Any,
    };

    public bool Matches(CaseOutcome @case) =>
        (Playbook is null || @case.Playbook == Playbook)
        && (Version is null || @case.Version == Version)
        && (Kind is null || (Show == "drafts-wrong" ? @case.DraftErrors : @case.SentErrors).Any(k => ConsoleWords.Kind(k) == Kind))
        && Stands(@case);

    private bool Stands(CaseOutcome @case) => Show switch
    {
        "answered" => @case.WasSent,
        "wrong" => @case.Sent == Standing.Wrong,
        "right" => @case.Sent == Standing.Right,
        "quiet" => @case.Sent == Standing.Quiet,
        "pending" => @case.WasSent && @case.Sent == Standing.Pending,
        "drafts" => @case.Drafted != Standing.Pending,
        "drafts-wrong" => @case.Drafted == Standing.Wrong,
        "drawn" => @case.Drawn,
        "unjudged" => @case.Drawn && @case.DrawnRight is null,
        "blocked" => @case.Blocked > 0,
        "unhappy" => @case.CustomerUnhappy,
        _ => true,
    };

    /// <summary>The address of the list behind a number.</summary>
    /// <param name="days">How many days back.</param>
    public static string Path(string? show, int days, string? playbook = null, string? kind = null, string? version = null)
    {
        (string Name, string? Value)[] all =
        [
            ("show", show),
            ("playbook", playbook),
            ("version", version),
            ("kind", kind),
            ("days", days.ToString()),
        ];
        return "/owner/conversations?"
            + string.Join('&', all.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
    }
}
