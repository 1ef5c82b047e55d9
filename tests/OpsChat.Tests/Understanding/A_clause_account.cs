using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class A_clause_account
{
    private static readonly HashSet<string> s_hours = ["opening-hours"];

    // Knows one issue by one word, as a classifier that is sure of nothing else.
    private static readonly ClauseAccount s_account = new(clause =>
        clause.Contains("open", StringComparison.Ordinal) || clause.Contains("buka", StringComparison.Ordinal)
            ? [new IssueScore("opening-hours", 0.8)]
            : [new IssueScore("where-is-my-order", 0.1)]
    );

    [Theory]
    [InlineData("what time do you open tomorrow? plz credit back my card for last weeks order", "plz credit back my card for last weeks order")]
    [InlineData("kedai buka pukul berapa? btlkan pesanan #1293", "btlkan pesanan #1293")]
    [InlineData("when do you open? ya no quiero el pedido", "ya no quiero el pedido")]
    [InlineData("when do you open, and is the blue mug in stock", "is the blue mug in stock")]
    [InlineData("do you open on Sunday. refund", "refund")]
    public void keeps_what_no_answer_explains(string text, string rest) => s_account.Rest(text, s_hours).Should().Equal(rest);

    [Theory]
    [InlineData("when do you open?")]
    [InlineData("hi! when do you open? thanks")]
    [InlineData("hello, do you open on Sunday, or do you only open on weekdays?")]
    [InlineData("when do you open? #1293")]
    [InlineData("I am new in town. When do you open?")]
    public void leaves_no_rest_where_all_is_explained(string text) => s_account.Rest(text, s_hours).Should().BeEmpty();

    [Fact]
    public void leaves_out_nothing_of_a_message_of_many_clauses() =>
        s_account
            .Rest(string.Join(". ", Enumerable.Repeat("we open late", 20)) + ". refund me", s_hours)
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith("refund me");
}
