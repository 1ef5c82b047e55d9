using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Learning;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>Reads what people did about past turns: the one place that knows where it stands.</summary>
public static class LessonReader
{
    private const int MostApprovals = 5000;

    /// <summary>The lessons of the turns since then. Turns of small talk, and those whose input was not kept, teach nothing.</summary>
    public static IReadOnlyList<Lesson> Since(UnitOfWork session, DateTimeOffset since)
    {
        var approvals = session
            .Approvals.List(null, MostApprovals)
            .Where(approval => approval.CreatedAt >= since)
            .ToLookup(approval => approval.Turn, StringComparer.Ordinal);
        List<Lesson> lessons = [];
        foreach (var turns in ByConversation(session.Turns.DecidedSince(since)))
        {
            var conversation = turns[0].Row.Conversation;
            // Whoever was forgotten teaches nothing.
            if (conversation.Channel == PrivacyTable.Forgotten)
            {
                continue;
            }

            var (people, thread) = (session.Outbox.OfPeople(conversation, since), session.Conversations.Find(conversation));
            for (var i = 0; i < turns.Count; i++)
            {
                var (row, input, _) = turns[i];
                var next = i + 1 < turns.Count ? turns[i + 1].Row.At : DateTimeOffset.MaxValue;
                if (input is not null && row.Trace.SmallTalk == "None")
                {
                    lessons.Add(
                        LessonOf(
                            session,
                            row,
                            input,
                            thread,
                            people.FirstOrDefault(message => message.CreatedAt >= row.At && message.CreatedAt < next),
                            approvals[row.Id].MaxBy(a => a.CreatedAt)
                        )
                    );
                }
            }
        }

        return lessons;
    }

    /// <summary>One conversation in memory at a time; a month of turns with all that they started from is too much at once.</summary>
    private static IEnumerable<IReadOnlyList<(TurnRow Row, TurnInput? Input, string Message)>> ByConversation(
        IEnumerable<(TurnRow Row, TurnInput? Input, string Message)> turns
    )
    {
        List<(TurnRow Row, TurnInput? Input, string Message)> one = [];
        foreach (var turn in turns)
        {
            if (one.Count > 0 && one[0].Row.Conversation != turn.Row.Conversation)
            {
                yield return one;
                one = [];
            }

            one.Add(turn);
        }

        if (one.Count > 0)
        {
            yield return one;
        }
    }

    private static Lesson LessonOf(UnitOfWork session, TurnRow row, TurnInput input, Conversation? thread, OutboxMessage? person, Approval? approval)
    {
        var facts = input.Lookups.Facts.SelectMany(recorded => recorded.Facts).DistinctBy(fact => fact.Name).ToList();
        return new()
        {
            Turn = row.Id,
            Conversation = row.Conversation.ToString(),
            At = row.At,
            Words = input.Turn.Text,
            Language = row.Trace.Language,
            Playbook = row.Trace.Playbook,
            Verdict = row.Verdict,
            Suggested = approval?.Suggested ?? row.Trace.Draft,
            Sent = person?.Text,
            WasRight = PastTurns.RightnessOf(session, row),
            Refused = approval is { State: ApprovalState.Rejected, Reason: not Approval.NoLongerWanted } ? RefusalOf(session, approval) : null,
            WasApproved = approval is { State: ApprovalState.Approved or ApprovalState.Sent or ApprovalState.Uncertain },
            Waited = person?.CreatedAt - input.Turn.Messages[0].ReceivedAt,
            Facts = facts,
            Private = [.. PrivateOf(facts, input.Turn.Conversation, thread)],
        };
    }

    /// <summary>What the person said of the draft. Who was forgotten meanwhile, or has no outcome, leaves only that it was refused.</summary>
    private static Refusal RefusalOf(UnitOfWork session, Approval approval) =>
        session.Outcomes.EventsOf(approval.CaseId).OfType<OutcomeEvent.DraftRejected>().LastOrDefault(it => it.Answer == approval.Turn)
            is { } rejected
            ? new(rejected.Kind.ToString(), rejected.Why)
            : new(nameof(ErrorKind.Unwanted), "");

    private static IEnumerable<string> PrivateOf(IReadOnlyList<Fact> facts, params Conversation?[] threads)
    {
        foreach (var fact in facts.Where(fact => fact.Name is "customer.name" or "customer.first_name"))
        {
            yield return fact.Value.Shown;
        }

        foreach (var thread in threads.OfType<Conversation>())
        {
            foreach (
                var known in thread
                    .Identity.Emails.Concat(thread.Identity.OrderNumbers)
                    .Concat(thread.Identity.Proven)
                    .Concat(thread.Identity.PhoneEndings)
                    .Append(thread.Name ?? "")
                    .Append(thread.Identity.VouchedEmail ?? "")
            )
            {
                yield return known;
            }
        }
    }
}
