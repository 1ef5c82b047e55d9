using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Channels.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

public class A_button
{
    private static readonly ButtonSeal Seal = new(Encoding.UTF8.GetBytes("the shop's own key"));
    private static readonly string Id = Ids.New('a', DateTimeOffset.UnixEpoch);

    [Fact]
    public void fits_into_64_bytes_and_reads_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), number =>
            {
                var data = new ButtonData(
                    Enum.GetValues<ButtonVerb>()[Math.Abs(number % 17)],
                    Id,
                    Math.Abs(number % 1_000_000),
                    (1 << 28) - 1 - Math.Abs(number % 6)
                );
                var text = Seal.Write(data, "hash");
                return Encoding.UTF8.GetByteCount(text) <= 64 && ButtonSeal.Read(text) == data && Seal.IsOurs(text, data, "hash");
            })
            .Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

    [Fact]
    public void is_not_ours_with_any_character_changed()
    {
        var text = Seal.Write(new(ButtonVerb.Approve, Id, 1), "hash");
        for (var i = 0; i < text.Length - 1; i++)
        {
            var forged = text[..i] + (text[i] == 'b' ? 'c' : 'b') + text[(i + 1)..];
            (ButtonSeal.Read(forged) is { } data && Seal.IsOurs(forged, data, "hash")).Should().BeFalse($"character {i} is another");
        }
    }

    [Fact]
    public void is_not_ours_for_other_content_or_by_another_shop()
    {
        var data = new ButtonData(ButtonVerb.Approve, Id, 1);
        var text = Seal.Write(data, "hash");

        Seal.IsOurs(text, data, "another hash").Should().BeFalse();
        new ButtonSeal("another key"u8.ToArray()).IsOurs(text, data, "hash").Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("....")]
    [InlineData("0.a.1.0")]
    [InlineData("99.a.1.0.mac")]
    [InlineData("-1.a.1.0.mac")]
    [InlineData("0.a.1.99999999999.mac")]
    public void of_another_form_is_none(string text) => ButtonSeal.Read(text).Should().BeNull();
}
