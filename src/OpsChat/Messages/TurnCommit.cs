using OpsChat.Approvals;
using OpsChat.Drafting;
using OpsChat.Gate;
using OpsChat.Storage;

namespace OpsChat.Messages;

/// <summary>Step 8: one transaction with the trace, the case, the outcome, and either a message, an approval or a hand-off.</summary>
static class TurnCommit
{
    /// <returns>False when the world moved on since the turn was loaded (a newer message, a person, a pause): it must be taken again.</returns>
    public static bool Apply(StoreSession session, DecidedTurn decided, OpsChatOptions options)
    {
        if (MovedOn(session, decided))
        {
            return false;
        }

        var matter = decided.Matter;
        var trace = TraceWriter.Write(decided);
        session.Turns.Add(new(decided.Turn.Id, decided.Turn.Conversation.Id, matter.Id, trace.Verdict, trace, decided.At));
        session.Inbox.Decide(decided.Turn.Conversation.Id, decided.Turn.LastSeq, decided.Turn.Id);
        session.Audit.Decided(trace, decided);
        Remember(session, decided);
        OutcomeLog.CustomerWrote(session, decided);

        session.Cases.Save(decided.Decision.Verdict switch
        {
            Verdict.Send send => Send(session, decided, matter, send),
            Verdict.AskCustomer ask => Ask(session, decided, matter, ask),
            Verdict.AskOwner => AskOwner(session, decided, matter, options),
            Verdict.HandOff handOff => HandOff(session, decided, matter, handOff.To),
            Verdict.Silent => Join(session, decided, matter),
            _ => throw new InvalidOperationException("Verdict is closed."),
        });
        return true;
    }

    /// <summary>A turn that could not be decided goes to a person as it is.</summary>
    public static bool GiveUp(StoreSession session, Turn turn, DateTimeOffset now)
    {
        session.Inbox.Decide(turn.Conversation.Id, turn.LastSeq, turn.Id);
        session.Audit.Append("decision", "opschat", turn.Id, new { Verdict = "HandOff", Reasons = new[] { "Failed" } }, now, turn.Text);
        session.HandOffs.Save(new()
        {
            Id = Ids.New('h', now),
            Conversation = turn.Conversation.Id,
            CaseId = turn.Cases.Count > 0 ? turn.Cases[0].Id : Ids.New('c', now),
            Turn = turn.Id,
            CustomerWords = turn.Text,
            Reasons = ["OpsChat failed on this message several times; the log says why."],
            To = "support",
            CreatedAt = now,
            At = now,
        });
        return true;
    }

    private static bool MovedOn(StoreSession session, DecidedTurn decided)
    {
        var before = decided.Turn.Conversation;
        // A conversation that is gone was forgotten meanwhile: its words must not come back with the decision.
        return session.Conversations.Find(before.Id) is not { } now
            || now.TakenOverUntil != before.TakenOverUntil
            || session.Inbox.HasNewerThan(before.Id, decided.Turn.LastSeq)
            || session.Settings.Get(SettingNames.Paused) is not null != decided.Turn.IsPaused;
    }

    private static void Remember(StoreSession session, DecidedTurn decided)
    {
        var conversation = decided.Turn.Conversation;
        if (decided.Reading.Language != "und" && decided.Reading.Language != conversation.Language)
        {
            session.Conversations.SetLanguage(conversation.Id, decided.Reading.Language);
        }

        if (decided.Gathered.NextIdentity != conversation.Identity)
        {
            session.Conversations.SetIdentity(conversation.Id, decided.Gathered.NextIdentity);
        }

        foreach (var order in decided.Gathered.FailedOrders)
        {
            session.Conversations.OrderTries(order, decided.Knowledge.Policy.DayOf(decided.At), 1);
        }

        if (conversation.Closed)
        {
            session.Conversations.SetClosed(conversation.Id, false);
        }
    }

    private static Case Send(StoreSession session, DecidedTurn decided, Case matter, Verdict.Send send)
    {
        var kind = decided.Input.IsSmallTalk ? OutboxKind.Acknowledgement : OutboxKind.Answer;
        session.Outbox.Add(Message(decided, kind, decided.Draft.Text!) with { IsSpotCheck = send.SpotCheck });
        return matter with { Awaiting = [] };
    }

    private static Case Ask(StoreSession session, DecidedTurn decided, Case matter, Verdict.AskCustomer ask)
    {
        session.Outbox.Add(Message(decided, OutboxKind.Question, ask.Question));
        return matter with { Asked = [.. matter.Asked.Union(ask.Items)], Awaiting = ask.Items, Questions = matter.Questions + 1 };
    }

    private static Case AskOwner(StoreSession session, DecidedTurn decided, Case matter, OpsChatOptions options)
    {
        var pending = session.Approvals.PendingOf(matter.Id);
        var approval = ApprovalCard.Make(decided, matter, options.Approvals, pending);
        if (pending is null)
        {
            session.Approvals.Add(approval);
            OutcomeLog.ApprovalAsked(session, matter.Id);
        }
        else if (!session.Approvals.Revise(approval))
        {
            throw new InvalidOperationException($"Approval {approval.Id} changed inside a transaction.");
        }

        CloseHandOffs(session, decided, matter);
        OutcomeLog.DraftOffered(session, decided, wouldSend: false);
        return Held(session, decided, matter);
    }

    /// <summary>What was handed off before and now waits for the owner's approval is one card, not two.</summary>
    private static void CloseHandOffs(StoreSession session, DecidedTurn decided, Case matter)
    {
        foreach (var open in session.HandOffs.OpenOf(matter.Conversation).Where(h => h.CaseId == matter.Id))
        {
            session.HandOffs.Save(open with { State = HandOffState.Closed, ClosedAt = decided.At, Outcome = "became an approval" });
        }
    }

    private static Case HandOff(StoreSession session, DecidedTurn decided, Case matter, string to)
    {
        var suggestion = decided.Draft.Text ?? decided.Guarded.Question ?? (decided.Choice.Playbook is null ? NotUnderstood(decided) : null);
        var open = session.HandOffs.OpenOf(matter.Conversation).FirstOrDefault(h => h.CaseId == matter.Id);
        var wouldSend = decided.Decision.Reasons is [GateReason.ControlArm];
        var reasons = decided.Decision.Reasons.Select(r => r.ToString()).Concat(decided.Draft.Note is { } note ? [$"Note: {note}"] : Array.Empty<string>()).ToList();
        session.HandOffs.Save(open is null
            ? new HandOff
            {
                Id = Ids.New('h', decided.At),
                Conversation = matter.Conversation,
                CaseId = matter.Id,
                Turn = decided.Turn.Id,
                CustomerWords = decided.Turn.Text,
                Suggestion = suggestion,
                Summary = decided.Summary?.Text,
                Reasons = reasons,
                To = to,
                Arm = decided.Arm.Arm.ToString().ToLowerInvariant(),
                WouldSend = wouldSend,
                CreatedAt = decided.At,
                At = decided.At,
            }
            : open with
            {
                Turn = decided.Turn.Id,
                CustomerWords = $"{open.CustomerWords}\n{decided.Turn.Text}",
                Suggestion = suggestion ?? open.Suggestion,
                Summary = decided.Summary?.Text ?? open.Summary,
                Reasons = [.. open.Reasons.Union(reasons)],
                WouldSend = wouldSend,
                At = decided.At,
            });
        if (open is null)
        {
            OutcomeLog.HandedOff(session, decided);
        }

        RefreshApproval(session, decided, matter);
        OutcomeLog.DraftOffered(session, decided, wouldSend);
        return Held(session, decided, matter);
    }

    /// <summary>Thanks and nudges mark the card; words for a person who has taken over open one if there is none.</summary>
    private static Case Join(StoreSession session, DecidedTurn decided, Case matter)
    {
        if (!decided.Input.IsSmallTalk)
        {
            HandOff(session, decided, matter with { HoldingSent = true }, decided.Input.HandOffTo);
            return matter;
        }

        var mark = $"{decided.Reading.SmallTalk} at {decided.At:yyyy-MM-dd HH:mm} UTC";
        if (session.Approvals.PendingOf(matter.Id) is { } approval)
        {
            session.Approvals.SetMarks(approval.Id, [.. approval.Marks, mark]);
        }

        foreach (var open in session.HandOffs.OpenOf(matter.Conversation).Where(h => h.CaseId == matter.Id))
        {
            session.HandOffs.Save(open with { Marks = [.. open.Marks, mark] });
        }

        return matter;
    }

    /// <summary>New words on a matter that waits for approval give the card a new revision, so that the owner looks again before it leaves.</summary>
    private static void RefreshApproval(StoreSession session, DecidedTurn decided, Case matter)
    {
        if (session.Approvals.PendingOf(matter.Id) is { } pending)
        {
            session.Approvals.Revise((pending with { Revision = pending.Revision + 1, CustomerWords = $"{pending.CustomerWords}\n{decided.Turn.Text}" }).Sealed());
        }
    }

    /// <summary>The holding text, at most once for a case.</summary>
    private static Case Held(StoreSession session, DecidedTurn decided, Case matter)
    {
        if (matter.HoldingSent)
        {
            return matter with { Awaiting = [] };
        }

        var texts = decided.Knowledge.Shop.Texts;
        var text = decided.Turn.Attachments.Count > 0 ? texts.Attachment
            : decided.Facts.IsTrue("store.open_now") ? texts.Holding : texts.OutOfHours;
        if (Drafter.Standing(text, decided.Facts, decided.Reading.Language).Text is { } holding)
        {
            session.Outbox.Add(Message(decided, OutboxKind.Holding, holding));
        }

        return matter with { Awaiting = [], HoldingSent = true };
    }

    private static string? NotUnderstood(DecidedTurn decided) =>
        Drafter.Standing(decided.Knowledge.Shop.Texts.NotUnderstood, decided.Facts, decided.Reading.Language).Text;

    private static OutboxMessage Message(DecidedTurn decided, OutboxKind kind, string text) => new()
    {
        Id = Ids.New('o', decided.At),
        Conversation = decided.Turn.Conversation.Id,
        From = Sender.Agent,
        Kind = kind,
        Text = text,
        Turn = decided.Turn.Id,
        CaseId = decided.Matter.Id,
        NextTryAt = decided.At,
        CreatedAt = decided.At,
    };
}
