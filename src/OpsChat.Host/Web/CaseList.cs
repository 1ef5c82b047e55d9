using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>A line of a list of conversations.</summary>
/// <param name="Words">What the customer wrote.</param>
/// <param name="Stands">How it turned out, in words.</param>
public sealed record ListedCase(ConversationId Conversation, string Playbook, string Words, string Stands, DateTimeOffset At);

/// <summary>The conversations behind a number of the report, newest first.</summary>
public static class CaseList
{
    public const int Most = 200;

    public static IReadOnlyList<ListedCase> OfOutcomes(UnitOfWork session, CaseFilter filter, DateTimeOffset since, int most = Most) =>
        [
            .. session
                .Outcomes.Newest(since, filter.Column, filter.Playbook)
                .Where(filter.Matches)
                .Take(most)
                .Select(c => new ListedCase(
                    ConversationId.Parse(c.Conversation),
                    c.Playbook,
                    session.Cases.Find(c.Id)?.Words ?? "",
                    InWords(c),
                    c.LastAt
                )),
        ];

    /// <param name="reason">The gate's reason that decided, by its name or its words.</param>
    /// <param name="playbook">Null for all.</param>
    public static IReadOnlyList<ListedCase> OfHandOffs(
        UnitOfWork session,
        string reason,
        string? playbook,
        DateTimeOffset since,
        int most = Most
    ) =>
        [
            .. session
                .HandOffs.Newest(since, playbook)
                .Where(handOff => handOff.Reasons is [CardReason.OfGate decided, ..] && decided.Reason == GateReasonText.Named(reason))
                .Take(most)
                .Select(handOff => new ListedCase(
                    handOff.Conversation,
                    handOff.Playbook ?? "",
                    handOff.CustomerWords,
                    handOff.Outcome ?? "waits for a person",
                    handOff.At
                )),
        ];

    public static IReadOnlyList<ListedCase> OfApprovals(UnitOfWork session, ApprovalState? state, DateTimeOffset since, int most = Most) =>
        [
            .. session
                .Approvals.List(state, most)
                .Where(a => a.CreatedAt >= since)
                .Select(a => new ListedCase(
                    a.Conversation,
                    a.Playbook,
                    a.CustomerWords,
                    a.DecidedBy is { } by ? $"{a.State} by {by}" : a.State.ToString(),
                    a.CreatedAt
                )),
        ];

    private static string InWords(CaseOutcome @case) => @case switch
    {
        { SentErrors.IsEmpty: false } => $"answer wrong: {string.Join(", ", @case.SentErrors.Select(ConsoleWords.Kind))}",
        { Sent: Standing.Right } => "answer right",
        { Sent: Standing.Quiet } => "answered, then quiet",
        { WasSent: true } => "answered",
        { DraftErrors.IsEmpty: false } => $"draft wrong: {string.Join(", ", @case.DraftErrors.Select(ConsoleWords.Kind))}",
        { Drafted: Standing.Right } => "draft right",
        _ => "open",
    };
}
