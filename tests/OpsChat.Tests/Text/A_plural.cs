namespace OpsChat.Tests.Text;

public class A_plural
{
    [Theory]
    [InlineData(0, "0 days")]
    [InlineData(1, "1 day")]
    [InlineData(2, "2 days")]
    public void is_there_for_any_number_but_one(int count, string words) => Plural.Of(count, "day").Should().Be(words);

    [Theory]
    [InlineData(0.96, "1 day")]
    [InlineData(1.2, "1 day")]
    [InlineData(1.6, "2 days")]
    public void goes_by_the_figure_that_is_written(double count, string words) => Plural.Of(count, "0", "day").Should().Be(words);

    [Fact]
    public void may_be_a_word_of_its_own() => Plural.Of(2, "delivery", "deliveries").Should().Be("2 deliveries");
}
