using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Facts;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>Which list behind a number of the report is asked for, as its address says.</summary>
/// <param name="HandOff">A reason of the gate: what was handed over because of it.</param>
/// <param name="Approvals">A state of approvals, or <c>all</c>.</param>
/// <param name="Days">Of the report, with today.</param>
public sealed record CaseQuery(string? Show, string? Playbook, string? Version, string? Kind, string? HandOff, string? Approvals, int? Days)
{
    public int LastDays => Math.Clamp(Days ?? ReportReader.DefaultDays, 1, 366);

    /// <summary>From the same midnight as the report's numbers.</summary>
    public DateTimeOffset Since(ShopPolicy policy, DateTimeOffset now)
    {
        var midnight = policy.DayOf(now).AddDays(1 - LastDays).ToDateTime(TimeOnly.MinValue);
        return new(midnight, policy.TimeZone.GetUtcOffset(midnight));
    }

    public (string Heading, IReadOnlyList<ListedCase> Cases) Read(UnitOfWork session, DateTimeOffset since, int most)
    {
        var filter = new CaseFilter(Show, Playbook, Version, Kind);
        ApprovalState? state = Enum.TryParse<ApprovalState>(Approvals, ignoreCase: true, out var wanted) ? wanted : null;
        return this switch
        {
            { HandOff: { } reason } => (
                $"Handed to people: {ConsoleWords.Counted(reason)}",
                CaseList.OfHandOffs(session, reason, Playbook, since, most)
            ),
            { Approvals: not null } => (
                state is null ? "Approvals" : $"Approvals: {state}",
                CaseList.OfApprovals(session, state, since, most)
            ),
            _ => (filter.Heading, CaseList.OfOutcomes(session, filter, since, most)),
        };
    }
}
