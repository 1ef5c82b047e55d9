using System.Globalization;
using OpsChat.Decisions;

namespace OpsChat.Tests.Decisions;

public class How_sure_a_draft_is
{
    [Theory]
    [InlineData(0, "a far guess")]
    [InlineData(0.02, "a far guess")]
    [InlineData(0.3, "a guess")]
    [InlineData(0.6, "not quite sure")]
    [InlineData(0.8, "fairly sure")]
    [InlineData(1, "very sure")]
    public void is_said_in_words(double confidence, string words) => Sureness.InWords(confidence).Should().Be(words);

    [Fact]
    public void is_no_number_where_it_is_a_guess()
    {
        for (var percent = 0; percent < 50; percent++)
        {
            Sureness.AsAdvice(percent / 100.0).Should().Contain("guess").And.NotContain("%", $"at {percent.ToString(CultureInfo.InvariantCulture)}");
        }

        Sureness.AsAdvice(0.82).Should().Be("fairly sure that this is meant (82 %)");
    }
}
