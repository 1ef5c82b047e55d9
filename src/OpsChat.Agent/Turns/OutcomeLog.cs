using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Understanding;

namespace OpsChat.Agent;

/// <summary>Tells the canary what happened, in the transaction in which it happened. The rules of scoring are in <see cref="Scoring"/>.</summary>
static class OutcomeLog
{
    /// <summary>How sure the classifier must be that an unanswered message is the answered question again; below it a person is asked.</summary>
    private const double SureOfTheSame = 0.4, PerhapsTheSame = 0.15;

    /// <summary>The customer wrote: a sign against an earlier reply, perhaps. Comes before anything that this turn itself brings about.</summary>
    public static void CustomerWrote(UnitOfWork session, TurnDecision decided)
    {
        var open = decided.Turn.Cases.Select(c => session.Outcomes.Find(c.Id)).OfType<CaseOutcome>().ToList();
        var answered = open.Where(c => c.LastReplyAt is not null).MaxBy(c => c.LastReplyAt);
        var word = answered is null ? AnswerWord.Nothing : AnswerWords.Of(decided.Turn.Text);
        foreach (var outcome in open)
        {
            // Coming back is about its own issue; a complaint or a call for a person is about the reply that came last, with all that it answered.
            var sign = Scoring.SignalIn(
                outcome,
                TurnFor(session, decided.Matters.FirstOrDefault(matter => IsAbout(matter, outcome)) ?? decided, outcome, word)
            );
            var counts =
                sign == CustomerSignal.CameBack || (outcome.LastReplyAt is not null && outcome.LastReplyAt == answered?.LastReplyAt)
                    ? sign
                    : null;
            if (counts is not null || decided.Matters.Any(matter => matter.SupportCase.Id == outcome.Id))
            {
                session.Outcomes.Apply(outcome.Id, new OutcomeEvent.CustomerWrote(decided.At, counts));
            }

            if (
                outcome == answered
                && counts is null
                && outcome is { LastReplyByAgent: true, WeAskedLast: false }
                && IsDoubtful(decided, outcome, word)
            )
            {
                session.Outbox.AskAbout(outcome.Id);
            }
        }

        foreach (var matter in decided.Matters)
        {
            Begin(session, matter);
            session.Outcomes.Count(matter.SupportCase.Id, DayCounters.OfModel(matter.ModelUses), matter.At);
            if (matter.Guarded.Failures.Count > 0)
            {
                session.Outcomes.Apply(matter.SupportCase.Id, new OutcomeEvent.DraftBlocked(matter.At));
            }
        }
    }

    /// <summary>A person was offered the draft. Greetings and thanks are no answers: what becomes of them is no evidence.</summary>
    public static void DraftOffered(UnitOfWork session, TurnDecision decided, bool wouldSend)
    {
        if (decided.Draft.Text is not null && !decided.Gate.IsSmallTalk)
        {
            session.Outcomes.Apply(decided.SupportCase.Id, new OutcomeEvent.DraftOffered(decided.At, decided.Turn.Id, wouldSend));
        }
    }

    /// <summary>A matter went to a person; counted once, under the reason that decided.</summary>
    public static void HandedOff(UnitOfWork session, TurnDecision decided) =>
        session.Outcomes.Count(decided.SupportCase.Id, DayCounters.OfHandOff(GateReasonText.Words(decided.Decision.Reasons[0])), decided.At);

    public static void ApprovalAsked(UnitOfWork session, string caseId, DateTimeOffset now) =>
        session.Outcomes.Count(caseId, DayCounters.OfApprovalAsked(), now);

    public static void ApprovalDecided(UnitOfWork session, Approval approval, bool approved, DateTimeOffset now) =>
        session.Outcomes.Count(approval.CaseId, DayCounters.OfDecision(approved, now - approval.CreatedAt, approval.Amount), now);

    public static void ApprovalExpired(UnitOfWork session, Approval approval, DateTimeOffset now) =>
        session.Outcomes.Count(approval.CaseId, DayCounters.OfExpiry(), now);

    /// <summary>A message is with the customer.</summary>
    public static void Sent(UnitOfWork session, OutboxMessage message, DateTimeOffset now)
    {
        if (message is not { CaseId: { } caseId, Turn: { } turn })
        {
            return;
        }

        foreach (var also in message.AlsoCases)
        {
            Sent(session, message with { CaseId = also, AlsoCases = [] }, now);
        }

        session.Cases.Touch(caseId, now);
        switch (message.Kind)
        {
            case OutboxKind.Answer:
                var trace = session.Turns.Find(turn)?.Trace;
                var more = Waited(session, turn, byAgent: true, now);
                session.Outcomes.Apply(
                    caseId,
                    new OutcomeEvent.AnswerSent(now, turn, message.IsSpotCheck, trace?.ReadBy ?? ReadBy.Classifier),
                    trace?.ModelUses.Any(u => u.WasCalled) == true ? more + DayCounters.OfAnswerWithModel() : more
                );
                break;
            case OutboxKind.Question:
                session.Outcomes.Apply(caseId, new OutcomeEvent.QuestionSent(now));
                break;
            case OutboxKind.Approved when message.Approval is { } id && session.Approvals.Find(id) is { } approval:
                Used(session, caseId, turn, approval.Suggested, message.Text, approval.DecidedBy ?? "owner", now);
                session.Outcomes.Count(caseId, Waited(session, turn, byAgent: false, now), now);
                break;
        }
    }

    /// <summary>An answer that did not leave, or perhaps left. It is counted as failed, and is no answer that could be right or wrong.</summary>
    public static void Failed(UnitOfWork session, OutboxMessage message, DateTimeOffset now)
    {
        foreach (var id in message.AnsweredCases)
        {
            session.Outcomes.Apply(id, new OutcomeEvent.DeliveryFailed(now));
        }
    }

    /// <summary>A person sent a draft, as it was or edited, or wrote something else in its place.</summary>
    public static void Used(UnitOfWork session, string caseId, string turn, string suggested, string sent, string by, DateTimeOffset now) =>
        session.Outcomes.Apply(caseId, new OutcomeEvent.PersonReplied(now, by, turn, EditJudge.Compare(suggested, sent)));

    /// <summary>A person wrote in own words, no draft being at hand.</summary>
    public static void PersonReplied(UnitOfWork session, string caseId, string by, DateTimeOffset now) =>
        session.Outcomes.Apply(caseId, new OutcomeEvent.PersonReplied(now, by, null, null));

    /// <summary>How long the customer waited for the person who closes this hand-off.</summary>
    public static void PersonTook(UnitOfWork session, HandOff closed, DateTimeOffset now)
    {
        session.Cases.Touch(closed.CaseId, now);
        session.Outcomes.Count(closed.CaseId, DayCounters.OfAnswer(byAgent: false, now - closed.CreatedAt), now);
    }

    public static void Rejected(UnitOfWork session, string caseId, string turn, ErrorKind kind, string by, string why, DateTimeOffset now) =>
        session.Outcomes.Apply(caseId, new OutcomeEvent.DraftRejected(now, by, turn, kind, why));

    /// <summary>How long the customer waited for what this turn led to.</summary>
    private static DayCounters Waited(UnitOfWork session, string turn, bool byAgent, DateTimeOffset now) =>
        session.Inbox.OfTurn(turn) is [var first, ..] ? DayCounters.OfAnswer(byAgent, now - first.ReceivedAt) : DayCounters.Zero;

    /// <summary>Opens the outcome of the turn's case. Without a playbook there is one only when a person is needed, so that greetings are no
    /// cases.</summary>
    private static void Begin(UnitOfWork session, TurnDecision decided)
    {
        var supportCase = decided.SupportCase;
        if (supportCase.Playbook.Length > 0 || decided.Decision.Verdict is Verdict.HandOff or Verdict.AskOwner)
        {
            var conversation = supportCase.Conversation.ToString();
            session.Outcomes.Begin(
                new(
                    supportCase.Id,
                    SubjectOf(decided),
                    decided.Choice.ReadBy == ReadBy.Model ? ModelStratum.Version : supportCase.Version,
                    supportCase.Conversation.Channel,
                    conversation,
                    decided.Arm.Arm,
                    decided.Arm.Share,
                    FirstOfCustomer: !session.Outcomes.HasMet(conversation, decided.Arm.Share),
                    decided.At
                ),
                decided.PlaybookSnapshot.Policy.TimeZone
            );
        }
    }

    /// <summary>What the case is evidence about.</summary>
    private static string SubjectOf(TurnDecision decided) =>
        decided.Choice.ReadBy == ReadBy.Model ? ModelStratum.Name
        : decided.SupportCase.Playbook is { Length: > 0 } playbook ? playbook
        : CounterKey.NoPlaybook;

    private static CustomerTurn TurnFor(UnitOfWork session, TurnDecision decided, CaseOutcome outcome, AnswerWord word) =>
        new(
            decided.At,
            IsAbout(decided, outcome) || AsksAgain(decided, outcome) ? outcome.Playbook : decided.Choice.Playbook?.Issue,
            decided.Reading.SmallTalk,
            decided.Reading.Mood.WantsPerson,
            decided.Gate.IsComplaint || word == AnswerWord.Against,
            IsAbout(decided, outcome) && FactsChanged(session.Turns.LatestOf(outcome.Id, decided.Turn.Id), decided),
            IsAbout(decided, outcome) && SameQuestion.GoesOn(decided)
        );

    /// <summary>The same question in words that the playbook was not chosen for: nothing comes as near as the matter that was answered, and by more
    /// than chance.</summary>
    private static bool AsksAgain(TurnDecision decided, CaseOutcome outcome) => ComesNear(decided, outcome, SureOfTheSame);

    /// <summary>Perhaps a word against the answer, or perhaps the same question again.</summary>
    private static bool IsDoubtful(TurnDecision decided, CaseOutcome outcome, AnswerWord word) =>
        word == AnswerWord.Doubtful || ComesNear(decided, outcome, PerhapsTheSame);

    private static bool ComesNear(TurnDecision decided, CaseOutcome outcome, double confidence) =>
        decided.Choice.Playbook is null && decided.Reading.SmallTalk == SmallTalk.None && decided.Reading.Issues is [var best, ..]
        && best.Confidence >= confidence && decided.Turn.Cases.Any(c => c.Id == outcome.Id && c.Playbook == best.Issue);

    /// <summary>Whether the turn is about the matter of an earlier case, whoever chose its playbook then.</summary>
    private static bool IsAbout(TurnDecision decided, CaseOutcome outcome) =>
        decided.Choice.Playbook is { Issue: var issue } && decided.Turn.Cases.Any(c => c.Id == outcome.Id && c.Playbook == issue);

    /// <summary>
    /// Whether something that the last reply rested on is another thing now. Counted days and the shop's own facts (open now, answer by) change by
    /// themselves: asking again is no wiser for them.
    /// </summary>
    private static bool FactsChanged(TurnRow? last, TurnDecision decided)
    {
        var names = decided.Choice.Playbook?.FactNames() ?? new HashSet<string>();
        return last is not null && last.Trace.Facts.Any(f =>
            names.Contains(f.Name) && !f.Name.Contains(".days_", StringComparison.Ordinal) && !f.Name.StartsWith("store.", StringComparison.Ordinal)
            && !f.Name.StartsWith("message.", StringComparison.Ordinal)
            && decided.Facts.Text(f.Name) is { } now && now != f.Value);
    }
}
