using OpsChat.Canary;
using OpsChat.Understanding;

namespace OpsChat.Tests.Canary;

public class An_answer
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void is_pending_then_quiet_and_never_right_by_silence()
    {
        Sent().Sent.Should().Be(Standing.Pending);
        Scoring.After(Sent(), new OutcomeEvent.WentQuiet(Noon.AddHours(24))).Sent.Should().Be(Standing.Quiet);
    }

    [Theory]
    [InlineData(null, Standing.Right)]
    [InlineData(ErrorKind.Outdated, Standing.Wrong)]
    public void is_right_or_wrong_by_a_spot_check(ErrorKind? kind, Standing standing) =>
        Scoring.After(Sent(drawn: true), new OutcomeEvent.SpotChecked(Noon.AddHours(1), "mei", "a1", kind)).Sent.Should().Be(standing);

    [Fact]
    public void turns_wrong_by_late_evidence_and_keeps_the_kind()
    {
        var judged = Scoring.After(Sent(drawn: true), new OutcomeEvent.SpotChecked(Noon.AddHours(1), "mei", "a1", null));

        var later = Scoring.After(judged, new OutcomeEvent.ThumbedDown(Noon.AddDays(2)));

        later.Sent.Should().Be(Standing.Wrong);
        later.SentErrors.Should().Equal(ErrorKind.Incorrect);
        later.JudgedRight.Should().BeFalse();
    }

    [Fact]
    public void is_evidence_for_a_promotion_once_every_drawn_one_of_its_case_was_found_right()
    {
        var two = Scoring.After(Sent(drawn: true), new OutcomeEvent.AnswerSent(Noon.AddMinutes(5), "a2", Drawn: true));
        var half = Scoring.After(two, new OutcomeEvent.SpotChecked(Noon.AddHours(1), "mei", "a1", null));

        half.JudgedRight.Should().BeNull("the other one may still be wrong");
        Scoring.After(half, new OutcomeEvent.SpotChecked(Noon.AddHours(1), "mei", "a2", null)).JudgedRight.Should().BeTrue();
    }

    [Fact]
    public void is_right_again_when_the_person_corrects_a_slip()
    {
        var slip = Scoring.After(Sent(drawn: true), new OutcomeEvent.SpotChecked(Noon, "mei", "a1", ErrorKind.Incorrect));

        Scoring.After(slip, new OutcomeEvent.SpotChecked(Noon, "mei", "a1", null)).Sent.Should().Be(Standing.Right);
    }

    [Fact]
    public void whose_sending_failed_is_counted_as_failed_and_not_as_wrong()
    {
        var failed = Scoring.After(Begun(Arm.Canary), new OutcomeEvent.DeliveryFailed(Noon));

        failed.Failures.Should().Be(1);
        failed.SentErrors.Should().BeEmpty();
        EvidenceCase.Of(failed).WasSent.Should().BeFalse();
        EvidenceCase.Of(Scoring.After(Sent(), new OutcomeEvent.DeliveryFailed(Noon))).Wrong.Should().BeFalse();
    }

    [Fact]
    public void that_a_guardrail_stopped_is_blocked_and_not_wrong()
    {
        var blocked = Scoring.After(Begun(Arm.Canary), new OutcomeEvent.DraftBlocked(Noon));

        blocked.Blocked.Should().Be(1);
        blocked.Sent.Should().Be(Standing.Pending);
        blocked.WasSent.Should().BeFalse();
    }

    [Theory]
    [InlineData("sizes", SmallTalk.None, false, false, false, 1, CustomerSignal.CameBack)]
    [InlineData("sizes", SmallTalk.None, false, false, false, 25, null)]
    [InlineData("sizes", SmallTalk.None, false, false, true, 1, null)]
    [InlineData("sizes", SmallTalk.Thanks, false, false, false, 1, null)]
    [InlineData("returns", SmallTalk.None, false, false, false, 1, null)]
    [InlineData(null, SmallTalk.None, false, false, false, 1, null)]
    [InlineData(null, SmallTalk.None, true, false, false, 1, CustomerSignal.AskedForPerson)]
    [InlineData(null, SmallTalk.None, false, true, false, 1, CustomerSignal.Complained)]
    public void is_spoken_against_only_by_what_the_customer_does_about_it(
        string? issue, SmallTalk talk, bool wantsPerson, bool complains, bool factsChanged, int hours, CustomerSignal? signal) =>
        Scoring.SignalIn(Sent(), new(Noon.AddHours(hours), issue, talk, wantsPerson, complains, factsChanged)).Should().Be(signal);

    [Fact]
    public void is_not_spoken_against_by_a_follow_up() =>
        Scoring.SignalIn(Sent(), new(Noon.AddHours(1), "sizes", SmallTalk.None, false, false, false, GoesOn: true)).Should().BeNull();

    [Fact]
    public void is_not_spoken_against_by_replying_to_our_question()
    {
        var asked = Scoring.After(Sent(), new OutcomeEvent.QuestionSent(Noon.AddHours(1)));

        Scoring.SignalIn(asked, new(Noon.AddHours(2), "sizes", SmallTalk.None, false, false, false)).Should().BeNull();
    }

    [Fact]
    public void counts_once_for_a_customer_who_complains_eight_times()
    {
        var @case = Enumerable.Range(1, 8).Aggregate(Sent(), (c, i) =>
            Scoring.After(c, new OutcomeEvent.CustomerWrote(Noon.AddMinutes(i), CustomerSignal.Complained)));

        @case.SentErrors.Should().ContainSingle();
    }

    [Fact]
    public void of_a_person_is_not_blamed_on_the_agent()
    {
        var @case = Scoring.Replay(Begun(Arm.Control),
        [
            new OutcomeEvent.DraftOffered(Noon, "d1", WouldSend: true),
            new OutcomeEvent.PersonReplied(Noon.AddMinutes(5), "mei", "d1", Edit.None),
            new OutcomeEvent.CustomerWrote(Noon.AddHours(1), CustomerSignal.Complained),
        ]);

        @case.SentErrors.Should().BeEmpty();
        @case.CustomerUnhappy.Should().BeTrue();
        @case.Drafted.Should().Be(Standing.Right);
        @case.JudgedRight.Should().BeTrue();
    }

    [Fact]
    public void held_back_by_the_arm_is_judged_by_what_the_owner_did_with_it()
    {
        var offered = Scoring.After(Begun(Arm.Control), new OutcomeEvent.DraftOffered(Noon, "d1", WouldSend: true));
        var edit = EditJudge.Compare("It arrives by 5 Dec.", "It arrives by 6 Dec.");

        offered.JudgedRight.Should().BeNull();
        Scoring.After(offered, new OutcomeEvent.PersonReplied(Noon, "mei", "d1", edit)).JudgedRight.Should().BeFalse();
        Scoring.After(offered, new OutcomeEvent.DraftRejected(Noon, "mei", "d1", ErrorKind.Unwanted)).JudgedRight.Should().BeFalse();
    }

    [Fact]
    public void that_would_not_have_been_sent_anyway_is_no_evidence_for_a_promotion()
    {
        var offered = Scoring.After(Begun(Arm.Control), new OutcomeEvent.DraftOffered(Noon, "d1", WouldSend: false));

        Scoring.After(offered, new OutcomeEvent.PersonReplied(Noon, "mei", "d1", Edit.None)).JudgedRight.Should().BeNull();
    }

    [Fact]
    public void that_was_not_drawn_is_no_evidence_for_a_promotion_however_happy_the_judge() =>
        Scoring.After(Sent(), new OutcomeEvent.SpotChecked(Noon, "mei", "a1", null)).JudgedRight.Should().BeNull();

    private static CaseOutcome Begun(Arm arm) => new("c1", "sizes", "v1", "tg", "k1", arm, 0.25, true, Noon);

    private static CaseOutcome Sent(bool drawn = false) => Scoring.After(Begun(Arm.Canary), new OutcomeEvent.AnswerSent(Noon, "a1", drawn));
}
