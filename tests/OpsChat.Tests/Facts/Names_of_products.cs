using CsvHelper;
using OpsChat.Facts;
using OpsChat.ShopData;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Facts;

/// <summary>Questions in Chinese and Malay about the goods of the demo shop, whose titles are English.</summary>
public class Names_of_products
{
    private static readonly Lazy<ProductSearch> s_demo = new(() =>
        new CsvShop(Repository.DemoShop, TimeZoneInfo.Utc, "MYR", new TestClock(ShopUnderTest.Morning)).CatalogueAsync("", default).Result);

    private static readonly Lazy<List<Question>> s_questions = new(Read);

    private sealed record Question(string Language, string Text, string Meant, string[] Also);

    private static ProductMention Mention(string message, params string[] before) =>
        ProductMentionReader.Read(s_demo.Value, message, new(before, new Dictionary<string, string>(), null));

    private static bool IsRight(Question question, IReadOnlyList<string> titles) => question.Meant.Length == 0
        ? titles.Count == 0
        : titles.Contains(question.Meant) && titles.All(title => title == question.Meant || question.Also.Contains(title));

    [Theory]
    [InlineData("zh", 0.95)]
    [InlineData("ms", 0.95)]
    public void are_understood_in_another_language_than_that_of_the_titles(string language, double least)
    {
        var questions = s_questions.Value.FindAll(question => question.Language == language);
        var read = questions.ConvertAll(question => (Question: question, Mention(question.Text).Titles));
        var wrong = read.FindAll(each => !IsRight(each.Question, each.Titles));
        var missed = wrong.Count(each => each.Titles.Count == 0);

        (1 - ((double)wrong.Count / questions.Count)).Should().BeGreaterThanOrEqualTo(
            least,
            $"of {questions.Count} {missed} name nothing and {wrong.Count - missed} others:\n"
                + string.Join('\n', wrong.Select(each => $"{each.Question.Text} -> {string.Join(" | ", each.Titles)}")));
    }

    private static List<Question> Read()
    {
        using var csv = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "Fixtures", "product-names.csv"));
        var questions = new List<Question>();
        while (csv.Read())
        {
            questions.Add(new(csv.GetString("language"), csv.GetString("message"), csv.GetString("meant"),
                csv.GetString("also").Split('|', StringSplitOptions.RemoveEmptyEntries)));
        }

        return questions;
    }
}
