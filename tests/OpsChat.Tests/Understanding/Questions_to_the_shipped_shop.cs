using CsvHelper;
using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

/// <summary>
/// Questions as customers put them, in English and Malay with slang and slips, to the playbooks that OpsChat comes with. <c>a|b</c> names two
/// playbooks that both answer; <c>none</c> is a message that no playbook is for. Floors a little under what was measured.
/// </summary>
public class Questions_to_the_shipped_shop
{
    private static readonly Lazy<List<(string Expected, string? Best, string? Chosen)>> Answers = new(Ask);

    private static readonly Lazy<int> Plain = new(() => Answers.Value.Count(answer => answer.Expected != Evaluation.None));

    [Fact]
    public void are_understood() => Share(answer => Fits(answer.Expected, answer.Best)).Should().BeGreaterThanOrEqualTo(0.95);

    [Fact]
    public void are_mostly_answered_and_rightly() => Share(answer => Fits(answer.Expected, answer.Chosen)).Should().BeGreaterThanOrEqualTo(0.73);

    [Fact]
    public void are_seldom_answered_from_the_wrong_playbook()
    {
        var chosen = Answers.Value.Where(answer => answer.Chosen is not null).ToList();

        chosen.Count(answer => !Fits(answer.Expected, answer.Chosen)).Should().BeLessThanOrEqualTo(chosen.Count / 20);
    }

    private static double Share(Func<(string Expected, string? Best, string? Chosen), bool> isRight) =>
        Answers.Value.Count(answer => answer.Expected != Evaluation.None && isRight(answer)) / (double)Plain.Value;

    private static bool Fits(string expected, string? issue) => issue is not null && expected.Split('|').Contains(issue);

    private static List<(string Expected, string? Best, string? Chosen)> Ask()
    {
        var reader = LearnedPlaybooks.ShippedWithEncoder.Reader;
        using var csv = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "Fixtures", "shop-questions.csv"));
        var answers = new List<(string Expected, string? Best, string? Chosen)>();
        while (csv.Read())
        {
            var reading = reader.Read(csv.GetString("text"));
            answers.Add((csv.GetString("issue"), reading.Issues.Select(score => score.Issue).FirstOrDefault(), reader.Choose(reading)));
        }

        return answers;
    }
}
