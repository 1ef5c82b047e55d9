using CsvHelper;
using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

/// <summary>Floors a little under what was measured on a real shop's messages, so that a change that loses ground is seen.</summary>
public class Issues_of_a_real_shop
{
    private static readonly Lazy<EvaluationReport> Report = new(() =>
    {
        var playbooks = Rows("sofmattress-train.csv").GroupBy(row => row.Issue, row => row.Text)
            .Select(issue => new IssueExamples(issue.Key, "", [.. issue.Distinct()])).ToList();
        var classifier = IssueClassifier.Train(playbooks, new ClassifierOptions());
        return Evaluation.Report([.. Rows("sofmattress-test.csv").Select(row => Evaluated(classifier, row))], 0, 0);
    });

    [SharedFact]
    public void are_told_apart() => Report.Value.InScope.Accuracy.Should().BeGreaterThanOrEqualTo(0.80);

    [SharedFact]
    public void are_known_well_enough_to_answer_a_quarter_of_all_messages_with_one_answer_in_twenty_wrong() =>
        Report.Value.Selective["0.05"].Should().BeGreaterThanOrEqualTo(0.25);

    [SharedFact]
    public void are_known_well_enough_to_answer_three_of_eight_with_one_answer_in_ten_wrong() =>
        Report.Value.Selective["0.10"].Should().BeGreaterThanOrEqualTo(0.375);

    [SharedFact]
    public void are_answered_at_the_threshold_within_the_error_budget()
    {
        var sure = Report.Value.Calibration.Where(bin => bin.From >= 0.8).ToList();

        sure.Sum(bin => bin.Right).Should().BeGreaterThanOrEqualTo((int)(0.8 * sure.Sum(bin => bin.Count)));
        Report.Value.InScope.AnsweredRight.Should().BeGreaterThanOrEqualTo((int)(0.95 * Report.Value.InScope.Answered));
    }

    [SharedFact]
    public void are_hardly_ever_small_talk() =>
        Rows("sofmattress-test.csv")
            .Where(row => row.Issue != Evaluation.None)
            .Should()
            .OnlyContain(row => SmallTalkDetector.Of(row.Text) == SmallTalk.None);

    private static EvaluatedRow Evaluated(IssueClassifier classifier, (string Text, string Issue) row)
    {
        var read = classifier.Classify(row.Text);
        var best = read.Issues.Count > 0 ? read.Issues[0] : new IssueScore("", 0);
        return new EvaluatedRow(row.Text, row.Issue, null, null, best.Issue, best.Confidence, read.Chosen, false, "", "und");
    }

    private static List<(string Text, string Issue)> Rows(string file)
    {
        using var csv = CsvReader.FromFile(SharedData.PathOf("messages", file));
        var rows = new List<(string, string)>();
        while (csv.Read())
        {
            rows.Add((csv.GetString("text"), csv.GetString("issue")));
        }

        return rows;
    }
}
