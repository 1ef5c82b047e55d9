using CsvHelper;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

/// <summary>
/// Questions that say what is meant without the words that owners and most customers have for it. The encoder finds the playbook among the best
/// guesses, which a person is offered; by such words alone hardly anything is answered. Floors a little under what was measured.
/// </summary>
public class Questions_that_describe_their_matter
{
    private const int MostOffered = 3;

    private static readonly Lazy<List<(string Text, string Issue)>> s_questions = new(Read);

    private static readonly Lazy<List<(string Expected, Reading Reading, string? Chosen)>> s_withEncoder = new(() =>
        Ask(LearnedPlaybooks.ShippedWithEncoder)
    );

    private static readonly Lazy<List<(string Expected, Reading Reading, string? Chosen)>> s_byWords = new(() => Ask(LearnedPlaybooks.Shipped));

    [Fact]
    public void are_understood_far_more_often_with_the_sentence_encoder() =>
        Share(s_withEncoder.Value, 1).Should().BeGreaterThan(Share(s_byWords.Value, 1) + 0.1);

    [Fact]
    public void have_their_playbook_among_the_drafts_that_a_person_is_offered() =>
        Share(s_withEncoder.Value, MostOffered).Should().BeGreaterThanOrEqualTo(0.6);

    [Fact]
    public void are_seldom_answered_from_the_wrong_playbook() =>
        s_withEncoder.Value.Count(it => it.Chosen is { } chosen && chosen != it.Expected).Should().BeLessThanOrEqualTo(s_questions.Value.Count / 20);

    private static double Share(List<(string Expected, Reading Reading, string? Chosen)> answers, int guesses) =>
        answers.Count(it => it.Reading.Issues.Take(guesses).Any(guess => guess.Issue == it.Expected)) / (double)answers.Count;

    private static List<(string Expected, Reading Reading, string? Chosen)> Ask(PlaybookSnapshot known) =>
        s_questions.Value.ConvertAll(question =>
        {
            var reading = known.Reader.Read(question.Text);
            return (question.Issue, reading, known.Reader.Choose(reading));
        });

    private static List<(string, string)> Read()
    {
        using var csv = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "Fixtures", "described-questions.csv"));
        var questions = new List<(string, string)>();
        while (csv.Read())
        {
            questions.Add((csv.GetString("text"), csv.GetString("issue")));
        }

        return questions;
    }
}
