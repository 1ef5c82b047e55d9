using OpsChat.Playbooks;

namespace OpsChat.Tests.Playbooks;

public class A_tests_row
{
    [Theory]
    [InlineData("Send", "Send", null, null)]
    [InlineData("ask owner", "AskOwner", null, null)]
    [InlineData("hand-off, where-is-my-order", "HandOff", "where-is-my-order", null)]
    [InlineData("Send \"until 18:00, daily\"", "Send", null, "until 18:00, daily")]
    [InlineData("AskCustomer, refund, “order number”", "AskCustomer", "refund", "order number")]
    [InlineData("HandOff, none", "HandOff", "none", null)]
    [InlineData("colleague, wholesale", "HandOff", "wholesale", null)]
    [InlineData("Answer \"RM 35\"", "Send", null, "RM 35")]
    [InlineData("approval", "AskOwner", null, null)]
    public void names_a_verdict_and_perhaps_issue_and_phrase(string written, string verdict, string? issue, string? phrase) =>
        PlaybookTestExpectation.Parse(written).Expectation.Should().Be(new PlaybookTestExpectation(verdict, issue, phrase));

    [Theory]
    [InlineData("")]
    [InlineData("Sned")]
    [InlineData("Send, Where Is")]
    [InlineData("Send \"open")]
    public void that_says_something_else_is_refused(string written) =>
        PlaybookTestExpectation
            .Parse(written)
            .Should()
            .Match<(PlaybookTestExpectation?, ParseError?)>(parsed => parsed.Item1 == null && parsed.Item2 != null);

    [Fact]
    public void matches_what_it_names_and_nothing_else()
    {
        var expected = new PlaybookTestExpectation("Send", "opening-hours", "18:00");

        expected.Matches("Send", "opening-hours", "Open until 18:00.").Should().BeTrue();
        expected.Matches("HandOff", "opening-hours", "Open until 18:00.").Should().BeFalse();
        expected.Matches("Send", null, "Open until 18:00.").Should().BeFalse();
        expected.Matches("Send", "opening-hours", null).Should().BeFalse();
        new PlaybookTestExpectation("HandOff", "none", null).Matches("HandOff", null, null).Should().BeTrue();
    }
}
