using FsCheck;
using FsCheck.Fluent;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class Confidence
{
    [Fact]
    public void has_a_threshold_at_which_the_expected_errors_stay_within_the_budget() =>
        Prop.ForAll<NormalFloat[], byte>((numbers, share) =>
        {
            var budget = (share % 50 + 1) / 100.0;
            var guesses = numbers.Select(n => 1 / (1 + Math.Exp(-n.Get))).Select(c => new ThresholdGuess(c, c, Weight: 1)).ToList();
            var threshold = ConfidenceThreshold.Within(budget, guesses);
            var answered = guesses.Where(guess => guess.Usual >= threshold).ToList();

            return threshold is >= 0.5 and <= 0.95
                && (threshold is 0.5 or 0.95 || answered.Average(guess => 1 - guess.Usual) <= budget + 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

    [Fact]
    public void has_a_lower_threshold_where_messages_that_no_playbook_is_for_are_rare()
    {
        ThresholdGuess[] Guesses(double inThisShop) => [.. Enumerable.Range(0, 400).Select(i =>
            new ThresholdGuess(Math.Min(1, (i / 400.0) + inThisShop), i / 400.0, Weight: 1))];

        ConfidenceThreshold.Within(0.05, Guesses(0.3)).Should().BeLessThan(ConfidenceThreshold.Within(0.05, Guesses(0)));
    }

    [Fact]
    public void grows_with_evidence_and_without_guesses_follows_the_prior()
    {
        var prior = ConfidenceModel.Fit([]);
        var weak = new IssueEvidence(0, [1, -0.5, -2, 0, 0.5, 0.2, 0, 1.5, 0.1, 0.1]);
        var strong = new IssueEvidence(0, [1, 0.8, -0.1, 0.6, 0, 1, 0, 1.5, 1.2, 1.2]);

        prior.Confidence(strong).Should().BeGreaterThan(0.8);
        prior.Confidence(weak).Should().BeLessThan(0.2);
    }

    [Fact]
    public void moves_to_what_the_shops_own_examples_teach()
    {
        var evidence = new IssueEvidence(0, [1, 0.8, -0.1, 0.6, 0, 1, 0, 1.5, 1.2, 1.2]);
        var alwaysWrong = Enumerable.Repeat(new JudgedGuess(evidence, IsRight: false, Weight: 1), 2000).ToList();

        ConfidenceModel.Fit(alwaysWrong).Confidence(evidence).Should().BeLessThan(0.05);
    }
}
