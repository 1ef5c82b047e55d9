using System.Text.Json;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class An_evaluation
{
    private static readonly EvaluatedRow Right = new("where is it", "late", null, "en", "late", 0.9, "late", false, "Send", "en");

    private static EvaluationReport Of(params EvaluatedRow[] rows) => Evaluation.Report(rows, 100, 20);

    [Fact]
    public void counts_a_message_answered_at_the_threshold_and_right()
    {
        var report = Of(Right, Right with { Expected = "other" }, Right with { Predicted = null, Confidence = 0.1 });

        report.InScope.Should().BeEquivalentTo(new { Count = 3, Accuracy = 2.0 / 3, Answered = 2, AnsweredRight = 1 });
    }

    [Fact]
    public void shares_the_answerable_messages_among_all_messages_the_out_of_scope_ones_included()
    {
        var outOfScope = Right with { Expected = "none", Predicted = null, Confidence = 0.5 };
        var rows = Enumerable.Range(0, 19).Select(_ => Right).Append(outOfScope).Append(outOfScope with { Confidence = 0.2 });

        var report = Of([.. rows]);

        report.Selective["0.05"].Should().Be(20 / 21.0, "one wrong answer in twenty is five per cent, two in twenty-one are more");
        report.OutOfScope.Should().BeEquivalentTo(new { Count = 2, Rejected = 2, RejectedAt95 = 2 });
    }

    [Fact]
    public void answers_messages_of_equal_confidence_together_or_not_at_all()
    {
        var report = Of(Right, Right with { Expected = "other" });

        report.Selective["0.05"].Should().Be(0);
    }

    [Fact]
    public void puts_each_best_guess_into_the_bin_of_its_confidence()
    {
        var report = Of(Right with { Confidence = 1 }, Right with { Confidence = 0.95, Expected = "other" }, Right with { Confidence = 0.31 });

        report.Calibration.Should().HaveCount(10);
        report.Calibration[9].Should().BeEquivalentTo(new { Count = 2, Right = 1 });
        report.Calibration[3].Should().BeEquivalentTo(new { Count = 1, Right = 1 });
    }

    [Fact]
    public void counts_money_caught_and_overcaught_only_where_the_file_says_which()
    {
        var report = Of(
            Right with
            {
                Financial = "yes",
                CaughtMoney = true,
            },
            Right with
            {
                Financial = "yes",
            },
            Right with
            {
                Financial = "no",
                CaughtMoney = true,
            },
            Right with
            {
                CaughtMoney = true,
            }
        );

        report.Financial.Should().Be(new FinancialFigures(Yes: 2, Caught: 1, No: 1, OverCaught: 1));
    }

    [Fact]
    public void takes_a_language_for_right_by_its_primary_subtag() =>
        Of(Right with { Lang = "zh-TW", DetectedLanguage = "zh" }, Right with { Lang = "th" }, Right with { Lang = null })
            .Language.Should().Be(new LanguageFigures(Count: 2, Right: 1));

    [Fact]
    public void of_nothing_is_all_zero() =>
        Of().Selective["0.20"].Should().Be(0);

    [Fact]
    public void has_the_member_names_that_other_software_relies_on()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(Evaluation.Report([Right], 100, 20, withRows: true), JsonSerializerOptions.Web));

        json.RootElement.EnumerateObject()
            .Select(member => member.Name)
            .Should()
            .BeEquivalentTo(
                "messages",
                "inScope",
                "outOfScope",
                "selective",
                "calibration",
                "financial",
                "language",
                "microsecondsPerMessage",
                "trainMilliseconds",
                "encoder",
                "rows"
            );
        json.RootElement.GetProperty("selective")
            .EnumerateObject()
            .Select(member => member.Name)
            .Should()
            .BeEquivalentTo("0.05", "0.10", "0.20");
        json.RootElement.GetProperty("inScope")
            .EnumerateObject()
            .Select(member => member.Name)
            .Should()
            .BeEquivalentTo("count", "accuracy", "macroF1", "answered", "answeredRight");
        json.RootElement.GetProperty("outOfScope")
            .EnumerateObject()
            .Select(member => member.Name)
            .Should()
            .BeEquivalentTo("count", "rejected", "rejectedAt95");
        json.RootElement.GetProperty("rows")[0]
            .EnumerateObject()
            .Select(member => member.Name)
            .Should()
            .BeEquivalentTo("text", "expected", "predicted", "confidence", "financial", "verdict");
    }
}
