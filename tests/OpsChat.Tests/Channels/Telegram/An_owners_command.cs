using OpsChat.Channels.Telegram.Desk;

namespace OpsChat.Tests.Channels.Telegram;

public class An_owners_command
{
    [Fact]
    public void is_read_with_its_words()
    {
        OwnerCommand.Parse("/report").Should().Be(new OwnerCommand.Report(30));
        OwnerCommand.Parse("/report@shop_bot 7d").Should().Be(new OwnerCommand.Report(7));
        OwnerCommand.Parse("/canary").Should().Be(new OwnerCommand.CanaryStatus());
        OwnerCommand.Parse("/canary 25").Should().Be(new OwnerCommand.CanarySet(25, null));
        OwnerCommand.Parse("/canary 2.5%  where-is-my-order").Should().Be(new OwnerCommand.CanarySet(2.5m, "where-is-my-order"));
        OwnerCommand.Parse("/PAUSE").Should().Be(new OwnerCommand.Pause());
        OwnerCommand.Parse("/resume").Should().Be(new OwnerCommand.Resume());
        OwnerCommand.Parse("/why").Should().Be(new OwnerCommand.Why());
        OwnerCommand.Parse("/find #1001").Should().Be(new OwnerCommand.Find("#1001"));
        OwnerCommand.Parse("/help").Should().Be(new OwnerCommand.Help());
    }

    [Theory]
    [InlineData("/report x")]
    [InlineData("/report 0")]
    [InlineData("/canary 101")]
    [InlineData("/canary -5")]
    [InlineData("/canary much")]
    [InlineData("/find")]
    [InlineData("/notices two")]
    [InlineData("/refund 5")]
    [InlineData("/")]
    public void that_is_unclear_says_what_to_write(string text) =>
        OwnerCommand.Parse(text).Should().BeOfType<OwnerCommand.Unclear>().Which.Remedy.Should().Contain("/");

    [Theory]
    [InlineData("")]
    [InlineData("Your parcel left today.")]
    [InlineData("1/2 of it")]
    public void is_not_in_other_words(string text) => OwnerCommand.Parse(text).Should().BeNull();
}
