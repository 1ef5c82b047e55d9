using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>Reads what is needed to decide past turns again: their records, and what became known of them.</summary>
public static class PastTurns
{
    /// <summary>The turns since then, conversation by conversation, each in order. Greetings of no conversation are none.</summary>
    public static IEnumerable<PastTurn> Since(UnitOfWork session, DateTimeOffset since)
    {
        foreach (var conversation in session.Turns.DecidedSince(since).GroupBy(turn => turn.Row.Conversation))
        {
            var decided = conversation.ToList();
            var people = session.Outbox.OfPeople(conversation.Key, since);
            for (var i = 0; i < decided.Count; i++)
            {
                var (row, input, message) = decided[i];
                var next = i + 1 < decided.Count ? decided[i + 1].Row.At : DateTimeOffset.MaxValue;
                yield return new(
                    message,
                    conversation.Key.ToString(),
                    EndingOf(session, row),
                    new(SentBetween(people, row.At, next), RightnessOf(session, row)),
                    input
                );
            }
        }
    }

    private static string? SentBetween(IReadOnlyList<OutboxMessage> people, DateTimeOffset from, DateTimeOffset to) =>
        people.FirstOrDefault(message => message.CreatedAt >= from && message.CreatedAt < to)?.Text;

    /// <summary>A question stands in no draft, and what was sent may hold the other matters too. Records from before questions were kept have only
    /// what was sent.</summary>
    internal static ReplayedEnding EndingOf(UnitOfWork session, TurnRow row) =>
        new(
            row.Verdict,
            row.Trace.Playbook,
            row.Verdict == nameof(Verdict.AskCustomer)
                ? row.Trace.Question ?? session.Outbox.OfTurn(row.Id).FirstOrDefault(message => message.Kind == OutboxKind.Question)?.Text
                : row.Trace.Draft
        );

    /// <summary>By a person's word on this answer, or by the customer's on the matter's answers.</summary>
    internal static bool? RightnessOf(UnitOfWork session, TurnRow row)
    {
        if (row.Verdict != nameof(Verdict.Send) || row.CaseId is null || session.Outcomes.Find(row.CaseId) is not { } outcome)
        {
            return null;
        }

        return outcome.Answers.FirstOrDefault(answer => answer.Id == row.Id)?.Judged?.IsRight ?? (outcome.Sent == Standing.Wrong ? false : null);
    }
}
