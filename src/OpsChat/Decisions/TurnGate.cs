using OpsChat.Canary;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Puts what the earlier steps found into the gate's terms. Pure.</summary>
public static class TurnGate
{
    public static GateInput Input(
        TurnInput input,
        PlaybookChoice choice,
        ToldSlots told,
        DraftBrief brief,
        GuardedDraft guarded,
        ArmOfTurn arm,
        SpotCheckDraw draw
    )
    {
        var (turn, draft, playbook) = (input.Turn, guarded.Draft, choice.Playbook);
        var (reading, supportCase, gathered) = (brief.Reading, brief.SupportCase, brief.Gathered);
        var smallTalk = reading.SmallTalk != SmallTalk.None && playbook is null;
        var tellable = Tellable(draft, gathered, playbook, reading, supportCase);
        return new()
        {
            PersonHasTakenOver = turn.Conversation.TakenOverUntil > input.At,
            Paused = turn.IsPaused,
            MessageMoney = reading.Money.Sense,
            // Where a person answers anyway, the draft proposes nothing; what they send is looked at then.
            DraftMoney = draft.HandsOff ? MoneySense.None : guarded.DraftMoney.Sense,
            CaseMovesMoney = choice.Case is { MovesMoney: true } && !smallTalk,
            HasPlaybook = playbook is not null,
            Financial = playbook?.Settings.Financial ?? FinancialUse.No,
            Autonomy = playbook?.Settings.Autonomy ?? Autonomy.Canary,
            InCanary = arm.Arm == Arm.Canary,
            IsComplaint = reading.Mood.IsComplaint || reading.Mood.Tone == Tone.Angry,
            Threat = reading.Mood.Threat,
            IsVip = gathered.Facts.IsTrue("customer.vip"),
            HasSeveralIssues = (input.Schema < TurnInput.SeveralMatters && reading.SeveralIssues.Count > 1) || gathered.SeveralOrders,
            WantsPerson = reading.Mood.WantsPerson,
            OwnersTableHolds = input.HandOffs.Any(row => row.Holds(playbook, brief.Facts)),
            AsksAboutHealth = HealthDetector.IsIn(told.Product.Request ?? brief.Text),
            AsksMoreThanStock = IsAnsweredBesideTheStock(brief, told, draft),
            HasAttachment = turn.Attachments.Count > 0 || turn.IsTooLong,
            IsSmallTalk = smallTalk,
            CardIsOpen = turn.CasesWithCard.Contains(supportCase.Id),
            SaidAlready = draft.Text is { } text
                && turn.Said.Contains(Turn.DigestOf(text))
                && (SameQuestion.InSameWords(choice.Case, turn.Text) || SameQuestion.IsStillSo(brief.Text) || OnlyTells(brief.Text, told)),
            HasDraft = draft is { Text: not null, Asks: false },
            DraftIsWrittenTerms = draft.IsWrittenTerms,
            RuleHandsOff = draft.HandsOff,
            RuleNeedsApproval = draft.NeedsApproval,
            ShopUnavailable = gathered.ShopUnavailable,
            RuleInDoubt = draft.InDoubt is not null,
            GuardrailFailed = guarded.Failures.Count > 0,
            DraftWasRejected = draft.Text is { } offered && turn.WasRejected(offered),
            CustomerCanTell = tellable,
            Question = guarded.Question,
            QuestionProvesIdentity = input.AsksWhoFirst && tellable.Count > 0 && tellable.All(DraftWriter.IsIdentity),
            AlreadyAsked = supportCase.Asked,
            BroughtDetail = told.HasOrderDetail || told.Product.NamesAnything,
            QuestionsSoFar = supportCase.Questions,
            HandOffTo = draft.HandOffTo ?? playbook?.Settings.Owner ?? "support",
            IsDrawn = draw.IsDrawn,
            TooManyApprovals = turn.CasesWithApproval.Count >= input.MostPendingApprovals && !turn.CasesWithApproval.Contains(supportCase.Id),
        };
    }

    /// <summary>"That's too long", "my kid's feet are 15 cm": who asks nothing and names nothing is not helped by the same words once more. "Ok, 3
    /// days is fine" wants no person either.</summary>
    private static bool OnlyTells(string text, ToldSlots told) =>
        Tokens.Of(text) is [var first, ..]
        && SmallTalkDetector.Of(first) == SmallTalk.None
        && !RequestDetector.MayAsk(text) && ContextReading.TellsNothing(told) && QuestionDetector.AskedFor(text).Count == 0;

    /// <summary>
    /// What to ask the customer for: what the text cannot be rendered without, what a rule asks for, or, in a financial matter, who
    /// they are, so that the owner's card carries the order.
    /// </summary>
    private static IReadOnlyList<string> Tellable(Draft draft, GatheredFacts gathered, Playbook? playbook, Reading reading, Case supportCase)
    {
        if (draft.Asks)
        {
            var items = gathered.ItemsFor(draft.Rule?.Condition.FactNames ?? []);
            return items.Count > 0 ? items : [$"question of line {draft.Rule?.Line}"];
        }

        if (draft.Text is null)
        {
            return gathered.ItemsFor(draft.MissingFacts);
        }

        var financial = playbook?.Settings.Financial == FinancialUse.Action || supportCase.MovesMoney || reading.Money.Sense == MoneySense.Moves;
        return financial ? [.. gathered.ItemsFor(playbook?.FactNames() ?? new HashSet<string>()).Where(DraftWriter.IsIdentity)] : [];
    }

    private static bool IsAnsweredBesideTheStock(DraftBrief brief, ToldSlots told, Draft draft) =>
        draft is { Text: not null, Asks: false }
        && brief.Playbook is { } playbook
        && StockWords.IsAnswer(playbook, draft, brief.PlaybookSnapshot)
        && StockWords
            .Of(brief.PlaybookSnapshot)
            .Unexplained(brief.Text, told.Product, (brief.Gathered.Product as ProductMatch.Found)?.Product)
            is not null;
}
