using OpsChat.Canary;
using OpsChat.Storage;

namespace OpsChat.Messages;

/// <summary>Tells the canary what happened, in the transaction in which it happened. The rules of scoring are in <see cref="Scoring"/>.</summary>
static class OutcomeLog
{
    /// <summary>The customer wrote: a sign against the last reply, perhaps. Also opens the outcome of the case that the turn belongs to.</summary>
    public static void CustomerWrote(StoreSession session, DecidedTurn decided)
    {
        var turn = new CustomerTurn(
            decided.At, decided.Choice.Playbook?.Issue, decided.Reading.SmallTalk, decided.Reading.Mood.WantsPerson,
            decided.Input.IsComplaint, FactsChanged: false);
        foreach (var open in decided.Turn.Cases)
        {
            if (session.Outcomes.Find(open.Id) is { } outcome && (open.Id == decided.Matter.Id || Scoring.SignalIn(outcome, turn) is not null))
            {
                session.Outcomes.Apply(open.Id, new OutcomeEvent.CustomerWrote(decided.At, Scoring.SignalIn(outcome, turn)));
            }
        }

        if (decided.Matter.Playbook.Length > 0)
        {
            session.Outcomes.Begin(Begun(decided), decided.Knowledge.Policy.TimeZone);
        }

        if (decided.Guarded.Failures.Count > 0)
        {
            session.Outcomes.Apply(decided.Matter.Id, new OutcomeEvent.DraftBlocked(decided.At));
        }
    }

    public static void DraftOffered(StoreSession session, DecidedTurn decided, bool wouldSend)
    {
        if (decided.Draft.Text is not null)
        {
            session.Outcomes.Apply(decided.Matter.Id, new OutcomeEvent.DraftOffered(decided.At, decided.Turn.Id, wouldSend));
        }
    }

    /// <summary>A message is with the customer.</summary>
    public static void Sent(StoreSession session, OutboxMessage message, DateTimeOffset now)
    {
        OutcomeEvent? news = message switch
        {
            { CaseId: null } or { Turn: null } => null,
            { Kind: OutboxKind.Answer } => new OutcomeEvent.AnswerSent(now, message.Turn, message.IsSpotCheck),
            { Kind: OutboxKind.Question } => new OutcomeEvent.QuestionSent(now),
            _ => null,
        };
        if (news is not null)
        {
            session.Outcomes.Apply(message.CaseId!, news);
        }
    }

    public static void Failed(StoreSession session, OutboxMessage message, DateTimeOffset now)
    {
        if (message is { CaseId: { } id, Kind: OutboxKind.Answer })
        {
            session.Outcomes.Apply(id, new OutcomeEvent.DeliveryFailed(now));
        }
    }

    /// <summary>A person sent a draft, as it was or edited.</summary>
    public static void Used(StoreSession session, string caseId, string turn, string suggested, string sent, string by, DateTimeOffset now) =>
        session.Outcomes.Apply(caseId, new OutcomeEvent.PersonReplied(now, by, turn, EditJudge.Compare(suggested, sent)));

    /// <summary>A person wrote in own words, no draft being at hand.</summary>
    public static void PersonReplied(StoreSession session, string caseId, string by, DateTimeOffset now) =>
        session.Outcomes.Apply(caseId, new OutcomeEvent.PersonReplied(now, by, null, null));

    public static void Rejected(StoreSession session, string caseId, string turn, ErrorKind kind, string by, string why, DateTimeOffset now) =>
        session.Outcomes.Apply(caseId, new OutcomeEvent.DraftRejected(now, by, turn, kind, why));

    private static CaseOutcome Begun(DecidedTurn decided) => new(
        decided.Matter.Id, decided.Matter.Playbook, decided.Matter.Version, decided.Matter.Conversation.Channel, decided.Matter.Conversation.ToString(),
        decided.Arm.Arm, decided.Arm.Share, FirstOfCustomer: decided.Turn.Cases.Count == 0, decided.At);
}
