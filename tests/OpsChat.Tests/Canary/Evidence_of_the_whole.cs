using OpsChat.Canary;

namespace OpsChat.Tests.Canary;

public class Evidence_of_the_whole
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly EvidenceRules Rules = new(0.05, Start);

    [Fact]
    public void holds_what_each_playbook_holds()
    {
        var (sizes, returns) = (Of("sizes", 40), Of("returns", 25));
        var pooled = Evidence.Of(
            Cases("sizes", 40).Concat(Cases("returns", 25)).OrderBy(c => c.OrderedAt).ThenBy(c => c.Id, StringComparer.Ordinal),
            Rules,
            Start.AddDays(9)
        );

        var whole = Evidence.Together(Rules, [sizes, returns], [sizes, returns], DriftEvidence.None);

        (whole.Sent, whole.Drawn, whole.HeldBack, whole.LogUp, whole.LogDown)
            .Should()
            .Be((pooled.Sent, pooled.Drawn, pooled.HeldBack, pooled.LogUp, pooled.LogDown));
        whole.Split.Counts.Should().Equal(pooled.Split.Counts);
        (whole.Relative.Cases, whole.Relative.Errors).Should().Be((pooled.Relative.Cases, pooled.Relative.Errors));
    }

    [Fact]
    public void lets_only_the_playbooks_speak_for_a_promotion_that_it_moves()
    {
        var (follower, own) = (Of("sizes", 40), Of("returns", 25));

        var whole = Evidence.Together(Rules, [follower, own], [follower], DriftEvidence.None);

        whole.Judged.Should().Be(follower.Judged);
        whole.Sent.Should().Be(follower.Sent + own.Sent);
    }

    private static Evidence Of(string playbook, int cases) => Evidence.Of(Cases(playbook, cases), Rules, Start.AddDays(9));

    private static IEnumerable<CaseOutcome> Cases(string playbook, int count) =>
        Enumerable
            .Range(0, count)
            .Select(i =>
            {
                var (at, arm) = (Start.AddMinutes(7 * i), i % 3 == 0 ? Arm.Control : Arm.Canary);
                var begun = new CaseOutcome($"{playbook}{i:000}", playbook, "v1", "tg", $"tg:{playbook}{i}", arm, 0.5, true, at);
                var answered =
                    arm == Arm.Canary
                        ? Scoring.After(begun, new OutcomeEvent.AnswerSent(at, "a", Drawn: i % 2 == 0))
                        : Scoring.Replay(
                            begun,
                            [
                                new OutcomeEvent.DraftOffered(at, "a", WouldSend: true),
                                new OutcomeEvent.PersonReplied(at, "mei", "a", Edit.None),
                            ]
                        );
                return i % 5 == 0
                    ? Scoring.After(answered, new OutcomeEvent.CustomerWrote(at.AddHours(1), CustomerSignal.CameBack))
                    : answered;
            });
}
