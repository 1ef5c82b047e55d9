using Dapper;
using Microsoft.Data.Sqlite;
using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Understanding;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>Money and approvals. Each check names what breaks its promise; nothing when it holds.</summary>
static class ApprovalChecks
{
    /// <summary>Whatever left without an approval or a person's own hand must not promise money. A draft of ours that a person sends is no
    /// person's own words.</summary>
    public static IEnumerable<string> Unapproved(UnitOfWork session, SqliteConnection db) => db
        .Query<string>(
            """
            select id from outbox o where kind <> 'Approved' and state in ('Sent', 'Uncertain')
                and (kind <> 'Person' or exists (select 1 from handoffs h where h.conversation = o.conversation and h.suggestion = o.text))
            """)
        .Select(id => session.Outbox.Find(id)!)
        .Where(m => MoneyDetector.ReadDraft(m.Text).Sense == MoneySense.Moves)
        .Select(m => $"{m.Id} ({m.Kind}: “{(m.Text.Length > MostQuoted ? $"{m.Text[..MostQuoted]}…" : m.Text)}”)");

    private const int MostQuoted = 160;

    public static IEnumerable<string> DecidedTwice(SqliteConnection db, IReadOnlyList<DecisionTaken> taken)
    {
        var twice = db.Query<string>(
            """
            select subject from audit where kind = 'approval' and json_extract(data, '$.verb') in ('approve', 'reject', 'take over',
                'expire') group by subject having count(*) > 1
            """);
        var toldTwice = taken.Where(t => t.Verb != "edit").GroupBy(t => t.Approval).Where(g => g.Count() > 1).Select(g => g.Key);
        var states = db.Query<(string Id, string State)>("select id, state from approvals").ToDictionary(a => a.Id, a => a.State);
        var forgotten = taken
            .Where(t => t.Verb != "edit" && !Matches(t.Verb, states.GetValueOrDefault(t.Approval)))
            .Select(t => $"{t.Approval} ({t.Verb})");
        return twice.Concat(toldTwice).Concat(forgotten);
    }

    private static bool Matches(string verb, string? state) => verb switch
    {
        "approve" => state is nameof(ApprovalState.Approved) or nameof(ApprovalState.Sent) or nameof(ApprovalState.Stopped),
        "reject" => state == nameof(ApprovalState.Rejected),
        _ => state == nameof(ApprovalState.TakenOver),
    };

    public static IEnumerable<string> SentOtherwise(UnitOfWork session, SqliteConnection db)
    {
        var messages = db.Query<string>("select id from outbox where kind = 'Approved'").Select(id => session.Outbox.Find(id)!).ToList();
        foreach (var twice in messages.GroupBy(m => m.Approval).Where(g => g.Count() > 1))
        {
            yield return $"{twice.Key} has {twice.Count()} messages";
        }

        foreach (var message in messages.Where(m => m.State is OutboxState.Sent or OutboxState.Uncertain))
        {
            var approval = message.Approval is { } id ? session.Approvals.Find(id) : null;
            var isItself =
                approval is { DecidedBy: not null }
                && approval.Hash == message.ApprovalHash
                && approval.Text == message.Text
                && approval.Sealed().Hash == approval.Hash;
            if (!isItself || (message.State == OutboxState.Sent && approval!.State != ApprovalState.Sent))
            {
                yield return $"{message.Id} ({message.State}, may have left before: {message.MayHaveLeft}; its approval "
                    + $"{approval?.Id ?? "is not there"}: "
                    + $"{approval?.State}, {approval?.Reason}, decided by {approval?.DecidedBy ?? "nobody"}, the text is "
                    + $"{(approval?.Text == message.Text ? "its own" : "another")}, the seal "
                    + $"{(approval?.Hash == message.ApprovalHash && approval?.Sealed().Hash == approval?.Hash ? "fits" : "does not fit")})";
            }
        }
    }
}
