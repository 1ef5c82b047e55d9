using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Canary;

namespace OpsChat.Tests.Canary;

public class Evidence_over_cases
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly EvidenceRules Rules = new(0.05, Start, Start);

    [Fact]
    public void is_the_same_continued_from_a_stored_beginning_as_counted_anew() =>
        Prop.ForAll(Cases(), cases =>
        {
            var now = Start.AddDays(60);
            var ordered = InOrder(cases);
            var beginning = Stored(Evidence.Of(ordered.Take(ordered.Count / 2), Rules, now));

            return Json(beginning.Then(ordered.Skip(ordered.Count / 2).Select(EvidenceCase.Of), now)) == Json(Evidence.Of(ordered, Rules, now));
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

    [Fact]
    public void is_the_same_after_late_news_as_if_it_had_always_been_known() =>
        Prop.ForAll(Cases(), cases =>
            {
                var now = Start.AddDays(60);
                var checkpoint = new EvidenceCheckpoint(
                    Start.AddDays(2),
                    Evidence.Of(InOrder(cases).Where(c => c.OrderedAt < Start.AddDays(2)), Rules, now)
                );
                var changed = cases.Select((c, i) => i % 3 == 0 ? Scoring.After(c, new OutcomeEvent.ThumbedDown(now)) : c).ToList();
                var valid = cases
                    .Zip(changed)
                    .All(pair => EvidenceCase.Of(pair.First) == EvidenceCase.Of(pair.Second) || pair.First.OrderedAt >= checkpoint.Through);
                var fresh = Evidence.Of(InOrder(changed), Rules, now);

                return !valid
                    || Json(
                        checkpoint.Evidence.Then(
                            InOrder(changed).Where(c => c.OrderedAt >= checkpoint.Through).Select(EvidenceCase.Of),
                            now
                        )
                    ) == Json(fresh);
            })
            .Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

    [Fact]
    public void goes_on_from_a_checkpoint_when_a_stage_begins_after_it() =>
        Prop.ForAll(Cases(), cases =>
        {
            var (now, through) = (Start.AddDays(60), Start.AddDays(2));
            var checkpoint = new EvidenceCheckpoint(through, Evidence.Of(InOrder(cases).Where(c => c.OrderedAt < through), Rules, now));
            var stage = new EvidenceRules(0.02, Start.AddDays(3), Start.AddDays(3));
            var later = InOrder(cases).Where(c => c.OrderedAt >= through).Select(EvidenceCase.Of);

            return Json(checkpoint.Under(stage)!.Then(later, now)) == Json(Evidence.Of(InOrder(cases), stage, now));
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

    [Fact]
    public void cannot_go_on_from_a_checkpoint_that_a_stage_began_before() =>
        new EvidenceCheckpoint(Start.AddDays(2), Evidence.None(Rules)).Under(Rules with { StageSince = Start.AddDays(1) }).Should().BeNull();

    [Fact]
    public void never_falls_below_its_final_value_when_wrongs_are_still_to_surface() =>
        Prop.ForAll(Cases(), cases =>
        {
            var hidden = cases.Select(c => c with { Signals = [], Failures = 0 });

            return Evidence.Of(InOrder(hidden), Rules, Start).Sent.Wrong <= Evidence.Of(InOrder(cases), Rules, Start).Sent.Wrong;
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

    [Fact]
    public void counts_pending_and_quiet_cases_as_right_for_a_rollback_and_not_at_all_for_a_promotion()
    {
        var pending = Answered("c1", Start);
        var quiet = Scoring.After(Answered("c2", Start), new OutcomeEvent.WentQuiet(Start.AddDays(1)));

        var evidence = Evidence.Of([pending, quiet], Rules, Start);

        evidence.Sent.Should().Be(new Tally(2, 0));
        evidence.Judged.Should().Be(Tally.None);
    }

    [Fact]
    public void keeps_the_two_kinds_of_judged_cases_apart()
    {
        var drawn = Scoring.After(Answered("c1", Start, drawn: true), new OutcomeEvent.SpotChecked(Start, "mei", "a", null));
        var heldBack = HeldBack("c2", Start, EditJudge.Compare("It is 5.", "It is 6."));

        var evidence = Evidence.Of([drawn, heldBack], Rules, Start);

        evidence.Drawn.Should().Be(new Tally(1, 0));
        evidence.HeldBack.Should().Be(new Tally(1, 1));
        evidence.Judged.Should().Be(new Tally(2, 1));
        evidence.Sent.Should().Be(new Tally(1, 0));
    }

    [Fact]
    public void starts_anew_for_a_promotion_at_each_stage_and_never_for_a_rollback()
    {
        var before = Scoring.After(Answered("c1", Start, drawn: true), new OutcomeEvent.SpotChecked(Start, "mei", "a", ErrorKind.Incorrect));

        var evidence = Evidence.Of([before], Rules with { StageSince = Start.AddDays(1) }, Start.AddDays(1));

        evidence.Judged.Should().Be(Tally.None);
        evidence.Sent.Should().Be(new Tally(1, 1));
    }

    [Fact]
    public void counts_a_drawn_case_as_judged_when_the_customer_has_said_that_it_was_wrong() =>
        Evidence.Of([Scoring.After(Answered("c1", Start, drawn: true), new OutcomeEvent.ThumbedDown(Start))], Rules, Start)
            .Judged.Should().Be(new Tally(1, 1));

    [Fact]
    public void compares_the_arms_only_after_a_day_and_only_by_what_customers_did()
    {
        var canary = Scoring.After(Answered("c1", Start), new OutcomeEvent.CustomerWrote(Start.AddHours(1), CustomerSignal.CameBack));
        var thumb = Scoring.After(Answered("c2", Start), new OutcomeEvent.ThumbedDown(Start.AddHours(1)));
        var late = Scoring.After(Answered("c3", Start), new OutcomeEvent.CustomerWrote(Start.AddHours(30), CustomerSignal.Complained));
        var control = HeldBack("c4", Start, Edit.None);
        CaseOutcome[] cases = [canary, thumb, late, control];

        Evidence.Of(cases, Rules, Start.AddHours(23)).Relative.Cases.Should().Be(0);
        var evidence = Evidence.Of(cases, Rules, Start.AddHours(24)).Relative;

        evidence.Cases.Should().Be(4);
        evidence.Errors.Should().Be(1);
    }

    [Fact]
    public void leaves_out_of_the_comparison_what_the_agent_would_not_have_answered()
    {
        var handedOff = Scoring.Replay(Begun("c1", Arm.Canary, Start),
            [new OutcomeEvent.DraftOffered(Start, "a", WouldSend: false), new OutcomeEvent.PersonReplied(Start, "mei", "a", Edit.None)]);

        Evidence.Of([handedOff], Rules, Start.AddDays(3)).Relative.Cases.Should().Be(0);
    }

    private static CaseOutcome Begun(string id, Arm arm, DateTimeOffset at) => new(id, "sizes", "v1", "tg", id, arm, 0.25, true, at);

    private static CaseOutcome Answered(string id, DateTimeOffset at, bool drawn = false) =>
        Scoring.After(Begun(id, Arm.Canary, at), new OutcomeEvent.AnswerSent(at, "a", drawn));

    private static CaseOutcome HeldBack(string id, DateTimeOffset at, Edit edit) =>
        Scoring.Replay(
            Begun(id, Arm.Control, at),
            [new OutcomeEvent.DraftOffered(at, "a", WouldSend: true), new OutcomeEvent.PersonReplied(at, "mei", "a", edit)]
        );

    private static List<CaseOutcome> InOrder(IEnumerable<CaseOutcome> cases) =>
        [.. cases.OrderBy(c => c.OrderedAt).ThenBy(c => c.Id, StringComparer.Ordinal)];

    private static string Json(Evidence evidence) => JsonSerializer.Serialize(evidence);

    private static Evidence Stored(Evidence evidence) => JsonSerializer.Deserialize<Evidence>(Json(evidence))!;

    private static Arbitrary<List<CaseOutcome>> Cases() => Arb.From(
        from seeds in Gen.ListOf(Gen.Choose(0, 1_000_000))
        select seeds.Select((seed, i) => Case($"c{i:0000}", seed)).ToList());

    /// <summary>One of many lives of a case, chosen by the number.</summary>
    private static CaseOutcome Case(string id, int seed)
    {
        var at = Start.AddMinutes(seed % 7_000);
        var begun =
            seed % 4 == 0
                ? HeldBack(id, at, seed % 5 == 0 ? EditJudge.Compare("5", "6") : Edit.None)
                : Answered(id, at, drawn: seed % 3 == 0);
        return (seed / 7 % 6) switch
        {
            0 => Scoring.After(begun, new OutcomeEvent.CustomerWrote(at.AddHours(2), CustomerSignal.Complained)),
            1 => Scoring.After(begun, new OutcomeEvent.SpotChecked(at.AddHours(3), "mei", "a", ErrorKind.Outdated)),
            2 => Scoring.After(begun, new OutcomeEvent.SpotChecked(at.AddHours(3), "mei", "a", null)),
            3 => Scoring.After(begun, new OutcomeEvent.DeliveryFailed(at)),
            _ => Scoring.After(begun, new OutcomeEvent.WentQuiet(at.AddDays(1))),
        };
    }
}
