using CsvHelper;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

/// <summary>
/// Our own sentences as customers and shops of the region write them, in <c>Fixtures/Understanding/sentences.csv</c>. Most were written
/// before the word lists were looked at, so the shares are what to hold when the lists change.
/// </summary>
public class Sentences_of_many_languages
{
    private static readonly ILookup<string, (string Language, string Text)> Written = Read();

    [Fact]
    public void that_move_money_are_caught() =>
        Share("moves", s => MoneyDetector.Read(s.Text).Sense == MoneySense.Moves).Should().BeGreaterThanOrEqualTo(0.99);

    [Fact]
    public void that_move_nothing_are_rarely_caught() =>
        Share("nothing-moves", s => MoneyDetector.Read(s.Text).Sense == MoneySense.Moves).Should().BeLessThanOrEqualTo(0.03);

    [Fact]
    public void that_promise_money_in_a_draft_are_caught_all() =>
        Written["promises"].Where(s => MoneyDetector.ReadDraft(s.Text).Sense != MoneySense.Moves).Should().BeEmpty();

    [Fact]
    public void that_promise_nothing_in_a_draft_mostly_pass() =>
        Share("promises-nothing", s => MoneyDetector.ReadDraft(s.Text).Sense == MoneySense.Moves).Should().BeLessThanOrEqualTo(0.03);

    [Theory]
    [InlineData("legal", Threat.Legal)]
    [InlineData("press", Threat.Press)]
    [InlineData("chargeback", Threat.Chargeback)]
    [InlineData("violence", Threat.Violence)]
    public void that_threaten_are_read_as_that_threat(string kind, Threat threat) =>
        Share(kind, s => MoodDetector.Read(s.Text).Threat == threat).Should().BeGreaterThanOrEqualTo(0.9);

    [Fact]
    public void that_are_angry_are_not_calm() =>
        Share("angry", s => MoodDetector.Read(s.Text).Tone != Tone.Calm).Should().BeGreaterThanOrEqualTo(0.95);

    [Fact]
    public void that_ask_for_a_person_are_heard() =>
        Share("person", s => MoodDetector.Read(s.Text).WantsPerson).Should().BeGreaterThanOrEqualTo(0.95);

    [Fact]
    public void that_are_calm_stay_calm() =>
        Share("calm", s => MoodDetector.Read(s.Text) is { Tone: Tone.Calm, Threat: Threat.None, WantsPerson: false, IsComplaint: false })
            .Should()
            .BeGreaterThanOrEqualTo(0.95);

    [Fact]
    public void are_told_by_their_language() =>
        Share("language", s => LanguageDetector.Detect(s.Text).Tag == s.Language).Should().BeGreaterThanOrEqualTo(0.93);

    private static double Share(string kind, Func<(string Language, string Text), bool> holds) => Written[kind].Average(s => holds(s) ? 1.0 : 0);

    private static ILookup<string, (string Language, string Text)> Read()
    {
        using var csv = CsvReader.FromText(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Understanding", "sentences.csv")),
            CsvReaderOptions.Default with
            {
                HasHeader = false,
            }
        );
        csv.Read();
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add([.. csv.Current.ToArray()]);
        return rows.ToLookup(r => r[0], r => (r[1], r[2]));
    }
}
