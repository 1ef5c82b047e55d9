using FsCheck;
using FsCheck.Fluent;
using OpsChat.Drafting;

namespace OpsChat.Tests.Drafting;

public class A_private_detail
{
    private static readonly KnownDetail[] Known = [new(DetailKind.Name, "Nur Aisyah Binti Ali"), new(DetailKind.Address, "88 Ocean View")];

    [Theory]
    [InlineData("Hi, Aisyah here", "Hi, [NAME_1] here")]
    [InlineData("my name is Sarah Lim, ok?", "my name is [NAME_1], ok?")]
    [InlineData("nama saya Ahmad", "nama saya [NAME_1]")]
    [InlineData("我叫王小明，你好", "我叫[NAME_1]，你好")]
    [InlineData("mail a.b+c@d.example please", "mail [EMAIL_1] please")]
    [InlineData("call +60 12-345 6789 or (03) 2141 8000", "call [PHONE_1] or [PHONE_2]")]
    [InlineData("I live at 88 ocean view", "I live at [ADDRESS_1]")]
    [InlineData("send to 12, Jalan Ampang 50450 Kuala Lumpur", "send to [ADDRESS_1]")]
    [InlineData("send to 221b Baker Street, London", "send to [ADDRESS_1]")]
    [InlineData("a@b.example A@B.example", "[EMAIL_1] [EMAIL_1]")]
    public void becomes_a_placeholder_and_comes_back(string text, string hidden)
    {
        var placeholders = new Placeholders(Known);
        placeholders.Hide(text).Should().Be(hidden);
        placeholders.Restore(placeholders.Hide(text)).Should().BeEquivalentTo(text);
    }

    [Theory]
    [InlineData("order #1001 of 2026-12-03, RM 1,299.00, 30 days")]
    [InlineData("tracking JT600123456MY at https://track.example/12345678901")]
    [InlineData("size 38, 2 pieces, 03/12/2026 10:00")]
    public void is_not_seen_where_there_is_none(string text) => new Placeholders(Known).Hide(text).Should().Be(text);

    [Fact]
    public void of_another_cannot_be_asked_for_by_writing_a_placeholder()
    {
        var placeholders = new Placeholders(Known);
        placeholders.Hide("Aisyah").Should().Be("[NAME_1]");
        placeholders.Hide("who is [NAME_1]?").Should().Be("who is (NAME 1)?");
        placeholders.Restore("[NAME_2]").Should().Be("[NAME_2]");
    }

    [Theory]
    [InlineData("my card 4111 1111 1111 1111 exp 12/28", "my card [card ending 1111] exp 12/28")]
    [InlineData("5500-0055-5555-5559", "[card ending 5559]")]
    [InlineData("378282246310005", "[card ending 0005]")]
    [InlineData("４１１１１１１１１１１１１１１１", "[card ending 1111]")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00 ok", "IBAN [account ending 3000] ok")]
    [InlineData("akaun maybank 1234 5678 9012", "akaun maybank [account ending 9012]")]
    [InlineData("account number: 00123456789", "account number: [account ending 6789]")]
    [InlineData("cvv 123", "cvv [security code]")]
    public void like_a_card_or_account_number_is_masked_for_good(string text, string masked)
    {
        Redaction.MaskCards(text).Should().Be(masked);
        Redaction.MaskCards(masked).Should().Be(masked);
        new Placeholders([]).Restore(new Placeholders([]).Hide(text)).Should().NotContain("4111 1111");
    }

    [Theory]
    [InlineData("tracking 4111111111111112")]
    [InlineData("tracking 620012345678")]
    [InlineData("order #4111111111111111")]
    [InlineData("call 0123456789")]
    [InlineData("my account is locked, order #1001")]
    public void like_a_card_is_more_than_many_digits(string text) => Redaction.MaskCards(text).Should().Be(text);

    [Fact]
    public void hidden_and_restored_leaves_every_text_as_it_was() =>
        Prop.ForAll(
                Gen.Elements(
                        "Aisyah",
                        "a@b.example",
                        "+60 12-345 6789",
                        "order #1001",
                        "[NAME",
                        "12 Jalan Ampang",
                        ",",
                        "RM 5",
                        "hello",
                        "]",
                        "_1"
                    )
                    .ListOf()
                    .Select(l => string.Join(' ', l))
                    .ToArbitrary(),
                text =>
                {
                    var placeholders = new Placeholders(Known);
                    return placeholders.Restore(placeholders.Hide(text)) == text;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20261130, 7));
}
