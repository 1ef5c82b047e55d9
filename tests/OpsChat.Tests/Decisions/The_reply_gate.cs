using FsCheck;
using FsCheck.Fluent;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Tests.Decisions;

public class The_reply_gate
{
    [Fact]
    public void sends_when_nothing_stands_against_it()
    {
        ReplyGate.Decide(Clear).Verdict.Should().Be(new Verdict.Send(SpotCheck: false));
    }

    [Fact]
    public void marks_a_drawn_answer_for_a_spot_check()
    {
        ReplyGate.Decide(Clear with { IsDrawn = true }).Verdict.Should().Be(new Verdict.Send(SpotCheck: true));
    }

    [Fact]
    public void never_sends_what_moves_money_and_never_becomes_less_careful_when_money_is_added()
    {
        Prop.ForAll(Inputs.ToArbitrary(), input =>
        {
            var (before, after) = (ReplyGate.Decide(input), ReplyGate.Decide(WithMoney(input)));
            return after.Verdict is not Verdict.Send && Care(after.Verdict, input) >= Care(before.Verdict, input);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));
    }

    [Fact]
    public void sends_no_input_that_moves_money_anywhere()
    {
        Prop.ForAll(Inputs.ToArbitrary(), input =>
                ReplyGate.Decide(input).Verdict is not Verdict.Send
                || (
                    input.MessageMoney != MoneySense.Moves
                    && input.DraftMoney != MoneySense.Moves
                    && input.Financial != FinancialUse.Action
                    && !input.CaseMovesMoney
                )
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));
    }

    [Fact]
    public void sends_nothing_by_itself_outside_the_canary_while_paused_or_after_a_person_took_over()
    {
        Prop.ForAll(Inputs.ToArbitrary(), input =>
        {
            var automatic = ReplyGate.Decide(input).Verdict is Verdict.Send or Verdict.AskCustomer;
            return !automatic || (input.InCanary && !input.Paused && !input.PersonHasTakenOver);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));
    }

    [Fact]
    public void keeps_every_reason_that_holds_the_decisive_one_first()
    {
        var decision = ReplyGate.Decide(Clear with { MessageMoney = MoneySense.Moves, IsComplaint = true, WantsPerson = true, InCanary = false });

        decision.Verdict.Should().BeOfType<Verdict.AskOwner>();
        decision.Reasons.Should().Equal(GateReason.MessageMovesMoney, GateReason.Complaint, GateReason.WantsPerson, GateReason.ControlArm);
    }

    [Fact]
    public void answers_a_question_about_money_only_with_the_owners_written_terms()
    {
        var asks = Clear with { MessageMoney = MoneySense.Asks };

        ReplyGate.Decide(asks).Verdict.Should().BeOfType<Verdict.HandOff>();
        ReplyGate.Decide(asks with { Financial = FinancialUse.Information, DraftIsWrittenTerms = true }).Verdict.Should().BeOfType<Verdict.Send>();
    }

    [Fact]
    public void asks_who_the_customer_is_before_a_financial_approval_but_only_inside_the_canary()
    {
        var refund = Clear with
        {
            Financial = FinancialUse.Action, CustomerCanTell = ["order number"], Question = "Which order?", QuestionProvesIdentity = true,
        };

        ReplyGate.Decide(refund).Verdict.Should().BeOfType<Verdict.AskCustomer>();
        ReplyGate.Decide(refund with { InCanary = false }).Verdict.Should().BeOfType<Verdict.AskOwner>();
        ReplyGate.Decide(refund with { AlreadyAsked = ["order number"] }).Verdict.Should().BeOfType<Verdict.AskOwner>();
    }

    [Fact]
    public void hands_off_marked_financial_when_there_is_nothing_to_approve()
    {
        var decision = ReplyGate.Decide(Clear with { MessageMoney = MoneySense.Moves, HasDraft = false });

        decision.Verdict.Should().BeOfType<Verdict.HandOff>();
        decision.IsFinancial.Should().BeTrue();
        decision.Reasons.Should().Contain(GateReason.NothingToApprove);
    }

    [Fact]
    public void hands_off_what_needs_approval_when_the_customer_has_too_many_pending()
    {
        var decision = ReplyGate.Decide(Clear with { MessageMoney = MoneySense.Moves, TooManyApprovals = true });

        decision.Verdict.Should().BeOfType<Verdict.HandOff>();
        decision.IsFinancial.Should().BeTrue();
        decision.Reasons.Should().Contain(GateReason.TooManyApprovals);
        ReplyGate.Decide(Clear with { TooManyApprovals = true }).Verdict.Should().BeOfType<Verdict.Send>("what needs no approval is none");
    }

    [Fact]
    public void lays_no_text_before_the_owner_that_was_rejected_for_this_customer()
    {
        foreach (var input in new[] { Clear, WithMoney(Clear) })
        {
            var decision = ReplyGate.Decide(input with { DraftWasRejected = true });

            decision.Verdict.Should().BeOfType<Verdict.HandOff>();
            decision.Reasons.Should().Contain(GateReason.TextWasRejected);
        }
    }

    private static GateInput Clear => new() { HasPlaybook = true, HasDraft = true, InCanary = true };

    /// <summary>How much stands between a draft and the customer. Asking who the customer is, the design's one exception, gives nothing
    /// away.</summary>
    private static int Care(Verdict verdict, GateInput input) => verdict switch
    {
        Verdict.Send => 0,
        Verdict.AskCustomer => input.QuestionProvesIdentity ? 2 : 1,
        _ => 2,
    };

    private static GateInput WithMoney(GateInput input) => input with { MessageMoney = MoneySense.Moves };

    private static Gen<GateInput> Inputs =>
        from flags in Gen.Choose(0, int.MaxValue)
        from more in Gen.Choose(0, int.MaxValue)
        from message in Gen.Elements(Enum.GetValues<MoneySense>())
        from draft in Gen.Elements(Enum.GetValues<MoneySense>())
        from financial in Gen.Elements(Enum.GetValues<FinancialUse>())
        from autonomy in Gen.Elements(Enum.GetValues<Autonomy>())
        from threat in Gen.Frequency((9, Gen.Constant(Threat.None)), (1, Gen.Elements(Enum.GetValues<Threat>())))
        from questions in Gen.Choose(0, 4)
        select new GateInput
        {
            MessageMoney = message, DraftMoney = draft, Financial = financial, Autonomy = autonomy, Threat = threat, QuestionsSoFar = questions,
            // Rare things are rare, so that every path is walked.
            PersonHasTakenOver = Bits(flags, 0, 4),
            Paused = Bits(flags, 4, 4),
            IsComplaint = Bits(flags, 8, 3),
            IsVip = Bits(flags, 11, 3),
            HasSeveralIssues = Bits(flags, 14, 3),
            WantsPerson = Bits(flags, 17, 3),
            HasAttachment = Bits(flags, 20, 3),
            GuardrailFailed = Bits(flags, 23, 3),
            RuleHandsOff = Bits(flags, 26, 3),
            RuleInDoubt = Bits(more, 0, 3),
            RuleNeedsApproval = Bits(more, 3, 3),
            CaseMovesMoney = Bits(more, 6, 3),
            CardIsOpen = Bits(more, 9, 3),
            IsSmallTalk = Bits(more, 12, 2),
            HasPlaybook = !Bits(more, 14, 2),
            InCanary = !Bits(more, 16, 2),
            HasDraft = !Bits(more, 18, 2),
            DraftIsWrittenTerms = Bits(more, 20, 1),
            QuestionProvesIdentity = Bits(more, 21, 1),
            Question = Bits(more, 22, 1) ? "Which order?" : null,
            CustomerCanTell = Bits(more, 23, 1) ? ["order number"] : [],
            AlreadyAsked = Bits(more, 24, 2) ? ["order number"] : [],
            IsDrawn = Bits(more, 26, 1),
            TooManyApprovals = Bits(more, 27, 2),
            DraftWasRejected = Bits(more, 29, 2),
        };

    /// <summary>True when all of <paramref name="count"/> bits from <paramref name="at"/> on are set.</summary>
    private static bool Bits(int source, int at, int count) => ((source >> at) & ((1 << count) - 1)) == (1 << count) - 1;
}
