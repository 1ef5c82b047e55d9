using FsCheck;
using FsCheck.Fluent;
using OpsChat.Channels.Telegram;
using Telegram.Bot.Requests;
using Telegram.Bot.Types.Enums;

namespace OpsChat.Tests.Channels.Telegram;

public class A_long_text
{
    private static readonly Gen<string> Texts =
        Gen.Elements("word", " ", ". ", "\n", "\n\n", "ayat! ", "订单", "。", "👩‍👩‍👧", "é", new string('x', 40), "  ", "🇲🇾")
            .ArrayOf().Select(string.Concat);

    [Fact]
    public void is_split_at_paragraph_ends_first()
    {
        var first = new string('a', 60);
        var second = $"{new string('b', 20)}. {new string('c', 15)}";

        MessageText.Split($"{first}\n\n{second}", 100).Should().Equal($"{first}\n\n{second}");
        MessageText.Split($"{first}\n\n{second}", 90).Should().Equal(first, second);
    }

    [Fact]
    public void is_split_at_sentence_ends_when_a_paragraph_is_too_long() =>
        MessageText.Split("The parcel left on Monday. It is with the carrier. You will hear from us.", 60)
            .Should().Equal("The parcel left on Monday. It is with the carrier.", "You will hear from us.");

    [Fact]
    public void that_fits_exactly_stays_whole() =>
        MessageText.Split(new string('a', MessageText.Longest)).Should().ContainSingle();

    [Fact]
    public void that_is_blank_has_no_pieces() => MessageText.Split(" \n ").Should().BeEmpty();

    [Fact]
    public void keeps_every_word_and_every_character_whole_in_pieces_that_fit() =>
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            var pieces = MessageText.Split(text, 32);
            return pieces.All(p => p.Length is > 0 and <= 32 && !char.IsLowSurrogate(p[0]) && !char.IsHighSurrogate(p[^1]))
                && WithoutSpace(string.Concat(pieces)) == WithoutSpace(text);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

    [Fact]
    public void is_cut_with_an_ellipsis_between_characters()
    {
        MessageText.Cut("short", 5).Should().Be("short");
        MessageText.Cut("shorter", 5).Should().Be("shor…");
        MessageText.Cut("ab👩‍👩‍👧cd", 8).Should().Be("ab…");
    }

    [Fact]
    public void is_never_markup_when_escaped() =>
        MessageText.EscapeHtml("<b>1 & 2</b> \"x\"").Should().Be("&lt;b&gt;1 &amp; 2&lt;/b&gt; &quot;x&quot;");

    [Fact]
    public async Task of_any_characters_arrives_as_it_was_written()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        const string words = "<script>a & b</script> &lt; &amp;lt; </b> <3 \"q\" 1<2>0";

        await telegram.Bot.CallAsync(
            new SendMessageRequest
            {
                ChatId = customer.Id,
                Text = $"<b>They wrote:</b> {MessageText.EscapeHtml(words)}",
                ParseMode = ParseMode.Html,
            },
            default
        );
        await telegram.SendAsync(customer.Id, words);

        customer.Messages.Select(m => m.Text).Should().Equal($"They wrote: {words}", words);
        customer.Messages[0].Entities.Single().Type.Should().Be("bold");
        customer.Messages[1].Entities.Should().BeEmpty();
    }

    private static string WithoutSpace(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
