using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class Chat_shorthand
{
    [Theory]
    [InlineData("this isn't it", "this is not it")]
    [InlineData("Whats ur address", "what is your address")]
    [InlineData("brg x sampai lg", "barang tak sampai lg")]
    public void is_written_out(string shortened, string whole) => Tokens.Of(shortened).Should().Equal(whole.Split(' '));

    [Theory]
    [InlineData("no thank you")]
    [InlineData("y de color rojo")]
    public void is_not_seen_in_whole_words(string text) => Tokens.Of(text).Should().Equal(text.Split(' '));
}
