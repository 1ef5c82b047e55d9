using System.Text;
using OpsChat.Canary;

namespace OpsChat.Tests.Canary;

public class A_canary_configuration
{
    private const string Good = """
        {
          "percentage": 10,
          "stages": [10, 25, 50, 100],
          "salt": "2026-autumn",
          "errorBudget": 0.05,
          "significance": 0.05,
          "minimumScored": 30,
          "promote": "ask",
          "rollback": "auto",
          "holdout": 0.0,
          "spotCheck": 0.1,
          "campaign": false,
          "playbooks": { "where-is-my-order": { "percentage": 25 } }
        }
        """;

    [Fact]
    public void is_read_whole()
    {
        var config = Read(Good).Config!;

        config.Salt.Should().Be("2026-autumn");
        config.PercentageOf("where-is-my-order").Should().Be(25);
        config.PercentageOf("returns").Should().Be(10);
        config.StagesOf("where-is-my-order").Should().Equal(10, 25, 50, 100);
        config.ActsAt.Should().Be(20);
    }

    [Fact]
    public void may_leave_out_what_a_model_reads_which_then_begins_at_the_first_stage()
    {
        Read(Good).Config!.PercentageOf(ModelStratum.Name).Should().Be(10);

        var own = Read(Good.Replace("\"playbooks\"", "\"readByModel\": { \"percentage\": 2.5 },\n  \"playbooks\"")).Config!;
        own.PercentageOf(ModelStratum.Name).Should().Be(2.5m);
        CanaryConfigText.Read("c", CanaryConfigText.Write(own)).Config.Should().Be(own);
        own.With(ModelStratum.Name, 25).PercentageOf(ModelStratum.Name).Should().Be(25);
        own.WithEveryoneOut().PercentageOf(ModelStratum.Name).Should().Be(0);
    }

    [Theory]
    [InlineData("where-is-my-order", 2.5)]
    [InlineData("out", 0)]
    public void answers_what_a_model_read_only_within_both_percentages(string playbook, double percentage)
    {
        var config = Read(Good).Config!.With("out", 0).With(ModelStratum.Name, 2.5m);

        ModelStratum.PercentageOf(config, playbook, ReadBy.Model).Should().Be((decimal)percentage);
        ModelStratum.PercentageOf(config, playbook, ReadBy.Classifier).Should().Be(config.PercentageOf(playbook));
        ModelStratum.ShareOf(config, playbook, ReadBy.Model).Should().BeApproximately(percentage / 100, 1e-9);
    }

    [Fact]
    public void is_written_so_that_it_reads_the_same_and_writes_the_same_bytes()
    {
        var config = Read(Good).Config!.With("sizes", 12.5m) with { Salt = "a \"quoted\" ünïcode salt", Promote = Promotion.Never };

        var bytes = CanaryConfigText.Write(config);

        CanaryConfigText.Read("c", bytes).Config.Should().Be(config);
        CanaryConfigText.Write(CanaryConfigText.Read("c", bytes).Config!).Should().Equal(bytes);
    }

    [Theory]
    [InlineData("\"percentage\": 10,", "\"precentage\": 10,", 2, 3, "no member \"precentage\"", "Did you mean `percentage`?")]
    [InlineData("\"percentage\": 10,", "\"percentage\": 101,", 2, 17, "\"percentage\" is 101", "from 0 to 100")]
    [InlineData("\"percentage\": 10,", "\"percentage\": 10.005,", 2, 17, "10.005", "at most 2 decimals")]
    [InlineData("\"percentage\": 10,", "\"percentage\": \"10\",", 2, 17, "\"percentage\" is \"10\"", "number")]
    [InlineData("\"percentage\": 10,", "\"percentage\": 10, \"percentage\": 11,", 2, 21, "a second time", "Keep one")]
    [InlineData("[10, 25, 50, 100]", "[10, 10]", 3, 13, "ascending", "[10, 25, 50, 100]")]
    [InlineData("[10, 25, 50, 100]", "[]", 3, 13, "ascending", "")]
    [InlineData("\"ask\"", "\"perhaps\"", 8, 14, "cannot be \"perhaps\"", "\"ask\" or \"auto\" or \"never\"")]
    [InlineData("\"rollback\": \"auto\"", "\"rollback\": true", 9, 15, "cannot be true", "\"auto\" or \"ask\"")]
    [InlineData("\"campaign\": false", "\"campaign\": \"no\"", 12, 15, "true or false", "")]
    [InlineData("\"minimumScored\": 30", "\"minimumScored\": 30.5", 7, 20, "30.5", "whole number")]
    [InlineData(
        "{ \"percentage\": 25 }",
        "{ \"percent\": 25 }",
        13,
        41,
        "\"where-is-my-order\" has no member \"percent\"",
        "Did you mean `percentage`?"
    )]
    [InlineData("{ \"where-is-my-order\": { \"percentage\": 25 } }", "7", 13, 16, "must be an object", "")]
    [InlineData("\"salt\": \"2026-autumn\",", "\"salt\": \"2026-autumn\"", 5, 3, "not JSON", "comma")]
    public void that_is_wrong_says_where_and_how_to_mend_it(string was, string now, int line, int column, string problem, string remedy)
    {
        var reading = Read(Good.Replace(was, now));

        reading.Config.Should().BeNull();
        reading.Findings.Should().Contain(f => f.Line == line && f.Column == column && f.Problem.Contains(problem) && f.Remedy.Contains(remedy));
    }

    [Fact]
    public void names_every_problem_at_once()
    {
        var findings = Read("""{ "percentage": -1, "stagse": [10], "promote": "no" }""").Findings;

        findings.Select(f => f.Problem).Should().Contain(p => p.Contains("-1"))
            .And.Contain(p => p.Contains("\"stagse\""))
            .And.Contain(p => p.Contains("\"no\""));
        string[] missing =
        [
            "stages",
            "salt",
            "errorBudget",
            "significance",
            "minimumScored",
            "rollback",
            "holdout",
            "spotCheck",
            "campaign",
            "playbooks",
        ];
        missing.Should().OnlyContain(name => findings.Any(f => f.Problem.EndsWith($"lacks \"{name}\".")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("{ // a comment\n }")]
    public void that_is_no_object_is_refused(string text) => Read(text).Findings.Should().NotBeEmpty();

    [Fact]
    public void may_begin_with_a_byte_order_mark() =>
        CanaryConfigText.Read("c", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Good)]).Config.Should().NotBeNull();

    [Fact]
    public void draws_at_least_three_in_ten_during_a_campaign()
    {
        var config = new CanaryConfig { SpotCheck = 0.1m };

        config.DrawShare.Should().Be(0.1m);
        (config with { Campaign = true }).DrawShare.Should().Be(0.3m);
        (config with { Campaign = true, SpotCheck = 0.5m }).DrawShare.Should().Be(0.5m);
    }

    [Fact]
    public void can_take_everyone_out_at_once()
    {
        var config = new CanaryConfig().With("sizes", 50).WithEveryoneOut();

        config.PercentageOf(null).Should().Be(0);
        config.PercentageOf("sizes").Should().Be(0);
    }

    private static CanaryConfigReading Read(string text) => CanaryConfigText.Read("canary.config.json", Encoding.UTF8.GetBytes(text));
}
