using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class The_part_of_a_message_that_says_what_it_is_about
{
    [Theory]
    [InlineData("where is my order #1293? my e-mail is priya@example.com", "where is my order ?")]
    [InlineData("refund for order 1293 please", "refund please")]
    [InlineData("change the address on #1293", "change the address")]
    [InlineData("batalkan untuk pesanan no. 1293", "batalkan")]
    [InlineData("what about a receipt for 1293", "what about a receipt")]
    public void leaves_out_who_asks(string message, string about) => IssueText.Of(message).Should().Be(about);

    [Theory]
    [InlineData("I asked for 100 but only got 20.")]
    [InlineData("there is a withdrawal for 5000£ that I did not make")]
    [InlineData("call me on 0123456789")]
    [InlineData("what is on 3 december")]
    public void keeps_amounts_telephones_and_dates(string message) => IssueText.Of(message).Should().Be(message);

    [Theory]
    [InlineData("#1293", "#1293")]
    [InlineData("123456", "123456")]
    [InlineData("1293?", "1293?")]
    [InlineData("hi 1293", "1293")]
    [InlineData("4047 1234", "4047 1234")]
    [InlineData("Status of 4047? priya@example.com", "Status of order?")]
    public void is_the_number_where_nothing_else_would_be_left(string message, string about) => IssueText.Of(message).Should().Be(about);
}
