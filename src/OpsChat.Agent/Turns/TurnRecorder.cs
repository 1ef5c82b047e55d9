using OpsChat.Approvals;
using OpsChat.Decisions;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>Step 8: one transaction with the trace, the case, the outcome, and either a message, an approval or a hand-off.</summary>
static class TurnRecorder
{
    /// <returns>False when the world moved on since the turn was loaded (a newer message, a person, a pause): it must be taken again.</returns>
    public static bool Apply(UnitOfWork session, WrittenTurn written, OpsChatOptions options)
    {
        var decided = written.Decided;
        if (MovedOn(session, decided))
        {
            return false;
        }

        var handOffs = session.HandOffs.OpenOf(decided.Turn.Conversation.Id);
        session.Turns.Add(written.Row, written.Input, written.Trace);
        session.Inbox.Decide(decided.Turn.Conversation.Id, decided.Turn.LastSeq, decided.Turn.Id);
        session.Audit.Decided(written.Row.Trace, decided);
        Remember(session, decided);
        OutcomeLog.CustomerWrote(session, decided);
        ProposeTranslation(session, decided);
        if (decided.Others.Count == 0)
        {
            session.Cases.Save(Commit(session, decided, options, said: null));
        }
        else
        {
            CommitMatters(session, decided, options);
        }

        OpenCards.Show(session, decided, handOffs);
        return true;
    }

    /// <summary>Several matters: what is said of them is one message, which also tells that the rest is with a colleague.</summary>
    private static void CommitMatters(UnitOfWork session, TurnDecision decided, OpsChatOptions options)
    {
        var said = new List<SaidText>();
        foreach (var matter in decided.Matters)
        {
            session.Cases.Save(Commit(session, matter, options, said));
        }

        if (SaidText.Joined(said) is { } message)
        {
            session.Outbox.Add(message);
        }
    }

    /// <param name="said">Takes what the customer is to hear, when it is a part of a message; null: each text leaves as its own message.</param>
    private static Case Commit(UnitOfWork session, TurnDecision decided, OpsChatOptions options, List<SaidText>? said)
    {
        var outbox = new Sayings(session, said);
        return decided.Decision.Verdict switch
        {
            Verdict.Send send => Send(session, outbox, decided, send),
            Verdict.AskCustomer ask => Ask(outbox, decided, ask),
            Verdict.AskOwner => AskOwner(session, outbox, decided, decided.SupportCase, options),
            Verdict.HandOff handOff => HandOff(session, outbox, decided, decided.SupportCase, handOff.To, options),
            Verdict.Silent => Join(session, outbox, decided, decided.SupportCase, options),
            _ => throw new InvalidOperationException("Verdict is closed."),
        };
    }

    /// <summary>A turn that could not be decided goes to a person as it is. Whatever waits for approval there has to be looked at again: nobody
    /// knows what the words are about.</summary>
    public static bool GiveUp(UnitOfWork session, Turn turn, PlaybookSnapshot known, DateTimeOffset now)
    {
        var id = turn.Conversation.Id;
        var supportCase =
            turn.Cases.Count > 0
                ? turn.Cases[0]
                : new()
                {
                    Id = Ids.New('c', now),
                    Conversation = id,
                    Playbook = "",
                    Version = "",
                    OpenedAt = now,
                };
        session.Inbox.Decide(id, turn.LastSeq, turn.Id);
        session.Turns.Add(new(turn.Id, id, supportCase.Id, "HandOff", TraceWriter.OfFailure(turn, supportCase, now), now));
        session.Audit.Append("decision", "opschat", turn.Id, new { Verdict = "HandOff", Reasons = new[] { "Failed" } }, now, turn.Text);

        var open = session.HandOffs.OpenOf(id).FirstOrDefault(h => h.CaseId == supportCase.Id);
        session.HandOffs.Save(
            (
                open
                ?? new()
                {
                    Id = Ids.New('h', now),
                    Conversation = id,
                    CaseId = supportCase.Id,
                    Turn = turn.Id,
                    CustomerWords = "",
                    To = "support",
                    CreatedAt = now,
                }
            ) with
            {
                Turn = turn.Id,
                CustomerWords = Case.Joined(open?.CustomerWords, turn.Shown(turn.Text)),
                Reasons = [.. (open?.Reasons ?? []).Union([new CardReason.Failed()])],
                At = now,
            }
        );
        foreach (var pending in session.Approvals.PendingIn(id))
        {
            OpenCards.Refresh(session, pending, turn);
        }

        var (language, later) = (turn.Conversation.Language, supportCase with { LastAt = now });
        session.Cases.Save(
            turn.Conversation.TakenOverUntil > now
                ? later
                : Held(new Sayings(session, null), turn, known, new(known.Shop.Facts(now, language)), language, later, now)
        );
        return true;
    }

    private static bool MovedOn(UnitOfWork session, TurnDecision decided)
    {
        var before = decided.Turn.Conversation;
        // A conversation that is gone was forgotten meanwhile: its words must not come back with the decision.
        return session.Conversations.Find(before.Id) is not { } now
            || now.TakenOverUntil != before.TakenOverUntil
            || session.Inbox.HasNewerThan(before.Id, decided.Turn.LastSeq)
            // Forgotten, and begun anew by another message since.
            || !session.Inbox.AreUndecided([.. decided.Turn.Messages.Select(message => message.Id)])
            || !session.Approvals.RejectedTexts(before.Id).SequenceEqual(decided.Turn.RejectedTexts)
            || session.Settings.Get(SettingNames.Paused) is not null != decided.Turn.IsPaused;
    }

    private static void Remember(UnitOfWork session, TurnDecision decided)
    {
        var conversation = decided.Turn.Conversation;
        var isNew = decided.Reading.Language != "und" && decided.Reading.Language != conversation.Language;
        // A few words are answered in their language, and the conversation keeps its own.
        if (isNew && (conversation.Language is null || !decided.Reading.IsLanguageOfOneMessage))
        {
            session.Conversations.SetLanguage(conversation.Id, decided.Reading.Language);
        }

        if (decided.NextIdentity != conversation.Identity)
        {
            session.Conversations.SetIdentity(conversation.Id, decided.NextIdentity);
        }

        foreach (var key in decided.TriedKeys)
        {
            var tries = session.Conversations.OrderTries(key, decided.PlaybookSnapshot.Policy.DayOf(decided.At), 1);
            if (GuessNotices.For(key, tries, conversation.Id) is { } notice)
            {
                session.Notices.Add("guessing", notice, decided.At);
            }
        }

        if (conversation.Closed)
        {
            session.Conversations.SetClosed(conversation.Id, false);
        }
    }

    private static Case Send(UnitOfWork session, Sayings outbox, TurnDecision decided, Verdict.Send send)
    {
        var kind = decided.Gate.IsSmallTalk ? OutboxKind.Acknowledgement : OutboxKind.Answer;
        OpenCards.Mark(session, decided);
        outbox.Add(Message(decided, kind, decided.Draft.Text!) with { IsSpotCheck = send.SpotCheck });
        return decided.CaseAfter();
    }

    private static Case Ask(Sayings outbox, TurnDecision decided, Verdict.AskCustomer ask)
    {
        outbox.Add(Message(decided, OutboxKind.Question, ask.Question));
        return decided.CaseAfter();
    }

    private static Case AskOwner(UnitOfWork session, Sayings outbox, TurnDecision decided, Case supportCase, OpsChatOptions options)
    {
        var pending = session.Approvals.PendingOf(supportCase.Id);
        var approval = ApprovalCard.Make(decided, supportCase, options.Approvals, pending);
        if (pending is null)
        {
            session.Approvals.Add(approval);
            OutcomeLog.ApprovalAsked(session, supportCase.Id, decided.At);
        }
        else if (!session.Approvals.Revise(approval))
        {
            throw new InvalidOperationException($"Approval {approval.Id} changed inside a transaction.");
        }

        CloseHandOffs(session, decided, supportCase);
        OutcomeLog.DraftOffered(session, decided, wouldSend: false);
        return Held(outbox, decided.Turn, decided.PlaybookSnapshot, decided.Facts, decided.Reading.Language, supportCase, decided.At);
    }

    /// <summary>What was handed off before and now waits for the owner's approval is one card, not two.</summary>
    private static void CloseHandOffs(UnitOfWork session, TurnDecision decided, Case supportCase)
    {
        foreach (var open in session.HandOffs.OpenOf(supportCase.Conversation).Where(h => h.CaseId == supportCase.Id))
        {
            session.HandOffs.Save(open with { State = HandOffState.Closed, ClosedAt = decided.At, Outcome = "became an approval" });
        }
    }

    private static Case HandOff(UnitOfWork session, Sayings outbox, TurnDecision decided, Case supportCase, string to, OpsChatOptions options)
    {
        var suggestion = decided.Suggestion;
        var open = session.HandOffs.OpenOf(supportCase.Conversation).FirstOrDefault(h => h.CaseId == supportCase.Id);
        var wouldSend = decided.Decision.Reasons is [GateReason.ControlArm];
        List<CardReason> reasons = [.. CardReason.Of(decided), .. Notes(decided)];
        session.HandOffs.Save(open is null
            ? new HandOff
            {
                Id = Ids.New('h', decided.At),
                Conversation = supportCase.Conversation,
                CaseId = supportCase.Id,
                Turn = decided.Turn.Id,
                CustomerWords = decided.Turn.Shown(decided.Matter.Text),
                Suggestion = suggestion,
                Confidence = decided.Confidence,
                Alternatives = decided.Alternatives,
                Summary = decided.Summary?.Text,
                Reasons = reasons,
                Order = decided.Order,
                To = to,
                Arm = decided.Arm.Arm.ToString().ToLowerInvariant(),
                WouldSend = wouldSend,
                CreatedAt = decided.At,
                At = decided.At,
            }
            : open with
            {
                Turn = decided.Turn.Id,
                CustomerWords = Case.Joined(open.CustomerWords, decided.Turn.Shown(decided.Matter.Text)),
                Suggestion = suggestion ?? open.Suggestion,
                Confidence = suggestion is null ? open.Confidence : decided.Confidence,
                Alternatives = suggestion is null ? open.Alternatives : decided.Alternatives,
                Summary = decided.Summary?.Text ?? open.Summary,
                Reasons = [.. open.Reasons.Union(reasons)],
                Order = decided.Order ?? open.Order,
                WouldSend = wouldSend,
                At = decided.At,
            });
        if (open is null)
        {
            OutcomeLog.HandedOff(session, decided);
        }

        Propose(session, decided, supportCase, options);
        OutcomeLog.DraftOffered(session, decided, wouldSend);
        return Held(outbox, decided.Turn, decided.PlaybookSnapshot, decided.Facts, decided.Reading.Language, supportCase, decided.At);
    }

    private static void ProposeTranslation(UnitOfWork session, TurnDecision decided)
    {
        if (decided.Guarded.Translation is { } translation && session.Translations.Propose(Ids.New('l', decided.At), translation, decided.At))
        {
            var why = $"A customer wrote in {translation.Language}, and {translation.Playbook} has no reply in it.";
            session.Notices.Add("translation", $"{why} A translation waits for you.", decided.At);
        }
    }

    /// <summary>What the person should know of the suggestion: the rule's own note, and whether a model had a hand in the words.</summary>
    private static IEnumerable<CardReason> Notes(TurnDecision decided)
    {
        if (decided.Draft.Note is { } note)
        {
            yield return new CardReason.RuleNote(note);
        }

        if (decided.Draft.Origin == DraftOrigin.Model)
        {
            yield return new CardReason.ModelWorded();
        }
        else if (decided.Draft.Text is null && decided.Guarded.Suggestion?.Text is not null)
        {
            yield return new CardReason.ModelWrote();
        }
    }

    /// <summary>An action that a model asked for becomes a card of its own, which moves nothing until the owner says so. A card that waits
    /// already stays as it is, and the bounds of any other card hold: no rejected text, and not more at once than a customer may have.</summary>
    private static void Propose(UnitOfWork session, TurnDecision decided, Case supportCase, OpsChatOptions options)
    {
        if (decided.Guarded.Suggestion is { Proposals: [var proposal, ..] } suggestion && session.Approvals.PendingOf(supportCase.Id) is null
            && session.Approvals.PendingCount(supportCase.Conversation) < decided.Input.MostPendingApprovals
            && (
                suggestion.Text
                ?? Drafter.Standing(decided.PlaybookSnapshot.Shop.Texts.Holding, decided.Facts, decided.Reading.Language).Text
            )
                is { } text
            && !decided.Turn.WasRejected(text)
        )
        {
            session.Approvals.Add(ApprovalCard.OfProposal(decided, supportCase, proposal, text, options.Approvals));
            OutcomeLog.ApprovalAsked(session, supportCase.Id, decided.At);
        }
    }

    /// <summary>Thanks and nudges mark the card; words for a person who has taken over open one if there is none.</summary>
    private static Case Join(UnitOfWork session, Sayings outbox, TurnDecision decided, Case supportCase, OpsChatOptions options)
    {
        if (!decided.Gate.IsSmallTalk)
        {
            HandOff(session, outbox, decided, supportCase with { HoldingSent = true }, decided.Gate.HandOffTo, options);
            return supportCase;
        }

        OpenCards.Mark(session, decided);
        return supportCase;
    }

    /// <summary>What the customer hears while the matter waits.</summary>
    private static Case Held(Sayings outbox, Turn turn, PlaybookSnapshot known, FactSet facts, string language, Case supportCase, DateTimeOffset now)
    {
        var words = WaitingWords.For(turn, supportCase, known.Shop, facts, language, now);
        if (words is { Text: var text })
        {
            var promised = known.Shop.PromisedBy(text, facts, language);
            outbox.Add(Message(turn, supportCase.Id, OutboxKind.Holding, text, now) with { PromisedBy = promised });
        }

        return supportCase with { Awaiting = [], HoldingSent = true, RemindedAt = words is { IsReminder: true } ? now : supportCase.RemindedAt };
    }

    private static OutboxMessage Message(TurnDecision decided, OutboxKind kind, string text) =>
        Message(decided.Turn, decided.SupportCase.Id, kind, text, decided.At) with
        {
            PromisedBy = decided.PlaybookSnapshot.Shop.PromisedBy(text, decided.Facts, decided.Reading.Language),
        };

    private static OutboxMessage Message(Turn turn, string caseId, OutboxKind kind, string text, DateTimeOffset now) =>
        OutboxMessage.New(turn.Conversation.Id, Sender.Agent, kind, text, now) with { Turn = turn.Id, CaseId = caseId };
}

/// <summary>A decision with its texts as they are stored. They are written before the store's one writing thread takes it, for which everybody
/// waits.</summary>
sealed record WrittenTurn(TurnDecision Decided, TurnRow Row, string Trace, string Input)
{
    public static WrittenTurn Of(TurnDecision decided)
    {
        var trace = TraceWriter.Write(decided);
        return new(
            decided,
            new(decided.Turn.Id, decided.Turn.Conversation.Id, decided.SupportCase.Id, trace.Verdict, trace, decided.At),
            TurnTable.Written(trace),
            TurnInputJson.Write(decided.Input)
        );
    }
}
