using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Canary;

/// <summary>Where people say whether a sent answer was right. Every face uses it; a later word corrects an earlier one.</summary>
public sealed class SpotCheckDesk(IStore store, TimeProvider time)
{
    /// <param name="answerId">The outbox id of a sent answer.</param>
    /// <param name="kind">In which way it was wrong; null for right.</param>
    /// <returns>False when there is no such answer, or its case is not counted.</returns>
    public Task<bool> JudgeAsync(Approver who, string answerId, ErrorKind? kind, CancellationToken cancel) => store.WriteAsync(session =>
    {
        var now = time.GetUtcNow();
        if (session.Outbox.Find(answerId) is not { Kind: OutboxKind.Answer, CaseId: { } matter, Turn: { } turn }
            || !session.Outcomes.Apply(matter, new OutcomeEvent.SpotChecked(now, who.Name, turn, kind)))
        {
            return false;
        }

        session.Audit.Append("spot-check", who.Name, answerId, new { Judgement = kind?.ToString() ?? "Right" }, now);
        return true;
    }, cancel);

    /// <summary>What people have said about an answer so far; null when nobody has.</summary>
    public static Judgement? JudgementOf(StoreSession session, OutboxMessage answer) =>
        answer.CaseId is { } matter ? session.Outcomes.Find(matter)?.Answers.FirstOrDefault(a => a.Id == answer.Turn)?.Judged : null;
}
