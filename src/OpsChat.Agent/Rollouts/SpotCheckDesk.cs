using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>A sent answer that was drawn for a look, or is in doubt, and that nobody has judged yet.</summary>
/// <param name="Answer">The decision that made it; unique within the case.</param>
/// <param name="CustomerWords">What the customer wrote and this answers; not what came later on the same matter.</param>
/// <param name="Text">What the customer received.</param>
public sealed record SpotCheck(
    string CaseId, string Answer, string Playbook, ConversationId Conversation, string CustomerWords, string Text, DateTimeOffset SentAt);

/// <summary>Where people judge sent answers that were drawn at random. Every face uses it.</summary>
public sealed class SpotCheckDesk(IStore store, TimeProvider time)
{
    /// <summary>How far back the list goes; what waited longer has lost its meaning, and the report counts it as unjudged.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(14);

    /// <summary>The oldest first. An answer that the customer has already shown to be wrong is not asked about.</summary>
    public Task<IReadOnlyList<SpotCheck>> ListAsync(int most, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - Reach;
        return store.ReadAsync<IReadOnlyList<SpotCheck>>(session => [.. Unjudged(session, since).Take(most)], cancellationToken);
    }

    /// <summary>Keeps a person's judgement; a second one corrects the first.</summary>
    /// <param name="kind">Null: it was right.</param>
    /// <returns>False when that case has no such sent answer.</returns>
    public Task<bool> JudgeAsync(string by, string caseId, string answer, ErrorKind? kind, CancellationToken cancellationToken) =>
        store.WriteAsync(session => Judge(session, by, caseId, answer, kind), cancellationToken);

    /// <param name="outboxId">The outbox id of a sent answer.</param>
    public Task<bool> JudgeAsync(Approver who, string outboxId, ErrorKind? kind, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
                session.Outbox.Find(outboxId) is { Turn: { } turn } answer
                && answer.AnsweredCases.Aggregate(false, (kept, supportCase) => Judge(session, who.Name, supportCase, turn, kind) || kept),
            cancellationToken
        );

    /// <summary>What people have said about an answer so far; null when nobody has.</summary>
    public static Judgement? JudgementOf(UnitOfWork session, OutboxMessage answer) =>
        answer.CaseId is { } supportCase ? session.Outcomes.Find(supportCase)?.Answers.FirstOrDefault(a => a.Id == answer.Turn)?.Judged : null;

    /// <summary>What the customer wrote for this decision, and what came with it.</summary>
    /// <param name="turn">Null for what no decision made.</param>
    public static string WordsAnswered(UnitOfWork session, string? turn) =>
        turn is null
            ? ""
            : string.Join(
                '\n',
                session
                    .Inbox.OfTurn(turn)
                    .SelectMany(message => message.Attachments.Select(attachment => $"[{attachment}]").Prepend(message.Text.Value))
                    .Where(line => line.Length > 0)
            );

    private bool Judge(UnitOfWork session, string by, string caseId, string answer, ErrorKind? kind)
    {
        if (session.Outcomes.Find(caseId)?.Answers.Any(a => a.Id == answer && a.WasSent) != true)
        {
            return false;
        }

        var now = time.GetUtcNow();
        session.Outcomes.Apply(caseId, new OutcomeEvent.SpotChecked(now, by, answer, kind));
        session.Audit.Append("spot-check", by, answer, new { Case = caseId, Found = kind?.ToString() ?? "Right" }, now);
        PinDesk.Judged(session, answer, isRight: kind is null, by, now);
        return true;
    }

    private static IEnumerable<SpotCheck> Unjudged(UnitOfWork session, DateTimeOffset since) =>
        Drawn(session, since).Concat(InDoubt(session, since)).OrderBy(check => check.SentAt);

    private static IEnumerable<SpotCheck> InDoubt(UnitOfWork session, DateTimeOffset since) =>
        from sent in session.Outbox.InDoubt(since)
        let outcome = sent.CaseId is { } caseId ? session.Outcomes.Find(caseId) : null
        where outcome is not null && outcome.Sent != Standing.Wrong
        from answer in outcome.Answers
        where answer.Id == sent.Turn && answer.Judged is null
        select new SpotCheck(
            outcome.Id, answer.Id, outcome.Playbook, sent.Conversation, WordsAnswered(session, answer.Id), sent.Text, answer.At);

    private static IEnumerable<SpotCheck> Drawn(UnitOfWork session, DateTimeOffset since) =>
        from outcome in session.Outcomes.ToJudge(since)
        from answer in outcome.Answers
        where answer is { Drawn: true, Judged: null }
        let sent = session.Outbox.OfTurn(answer.Id).FirstOrDefault(m => m.Kind == OutboxKind.Answer)
        where sent is not null
        select new SpotCheck(
            outcome.Id, answer.Id, outcome.Playbook, sent.Conversation, WordsAnswered(session, answer.Id), sent.Text, answer.At);
}
