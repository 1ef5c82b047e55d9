using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class A_slip_of_the_fingers
{
    private static readonly Spelling Spelling = new(["mattress", "pillow", "pillows", "size", "kind"]);

    [Theory]
    [InlineData("matress", "mattress")]
    [InlineData("mattresss", "mattress")]
    [InlineData("mattrses", "mattress")]
    [InlineData("pilow", "pillow")]
    public void is_undone_when_an_examples_word_was_meant(string written, string meant) => Spelling.Of(written).Should().Be(meant);

    [Theory]
    [InlineData("pillows")]
    [InlineData("sofa")]
    [InlineData("kid")]
    [InlineData("find")]
    [InlineData("1234")]
    [InlineData("refund")]
    public void is_not_seen_in_a_word_that_is_known_short_or_not_near(string word) => Spelling.Of(word).Should().Be(word);

    [Fact]
    public void does_not_hide_what_a_message_is_about()
    {
        IssueExamples[] shop =
        [
            new("mattress-care", "", ["how do i look after my mattress", "mattress protector", "can the mattress get wet"]),
            new("curtains", "", ["do you have curtains", "curtain rod length", "curtains for a bay window"]),
        ];

        IssueClassifier.Train(shop, new ClassifierOptions()).Classify("curtian for my window").Issues[0].Issue.Should().Be("curtains");
    }
}
