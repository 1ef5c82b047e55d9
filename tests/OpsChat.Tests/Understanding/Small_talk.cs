using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class Small_talk
{
    [Theory]
    [InlineData("hi", SmallTalk.Greeting)]
    [InlineData("Hellooooo!!", SmallTalk.Greeting)]
    [InlineData("hello??", SmallTalk.Greeting)]
    [InlineData("Selamat pagi kak", SmallTalk.Greeting)]
    [InlineData("你好", SmallTalk.Greeting)]
    [InlineData("สวัสดีครับ", SmallTalk.Greeting)]
    [InlineData("thank you so much!", SmallTalk.Thanks)]
    [InlineData("ok tq", SmallTalk.Thanks)]
    [InlineData("terima kasih bang", SmallTalk.Thanks)]
    [InlineData("cảm ơn shop", SmallTalk.Thanks)]
    [InlineData("thanks, bye", SmallTalk.Goodbye)]
    [InlineData("hi, anyone there?", SmallTalk.Nudge)]
    [InlineData("???", SmallTalk.Nudge)]
    [InlineData("ok", SmallTalk.Acknowledgement)]
    [InlineData("ok noted", SmallTalk.Acknowledgement)]
    public void is_a_message_of_nothing_else(string message, SmallTalk expected) =>
        SmallTalkDetector.Of(message).Should().Be(expected);

    [Theory]
    [InlineData("hi where is my order")]
    [InlineData("thanks but it is still broken")]
    [InlineData("good morning, do you ship to Penang")]
    [InlineData("ok cancel it")]
    [InlineData("#1001")]
    [InlineData("")]
    public void is_not_a_message_that_also_says_something(string message) =>
        SmallTalkDetector.Of(message).Should().Be(SmallTalk.None);
}
