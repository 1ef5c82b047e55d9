using OpsChat.Approvals;
using OpsChat.Facts;

namespace OpsChat.Tests.Approvals;

public class The_amount_at_stake
{
    private static readonly Money s_order = new(50_000, "MYR");

    [Theory]
    [InlineData("We will refund RM 12.50 today.", 1250)]
    [InlineData("We refund RM12.50, of RM 1,299.00 in all.", 129900)]
    [InlineData("We will refund MYR 1.299,00 today.", 129900)]
    [InlineData("We will refund RM 1 500.00 today.", 150000)]
    [InlineData("We will refund RM1'500 today.", 150000)]
    [InlineData("We will refund 20 ringgit.", 2000)]
    [InlineData("Kami akan pulangkan 20 RM.", 2000)]
    [InlineData("We will refund RM 1,234 today.", 123400)]
    public void is_the_largest_that_the_text_names(string text, long minor) => AmountAtStake.Of(text, s_order, "MYR").Should().Be(new Money(minor, "MYR"));

    [Theory]
    [InlineData("We will refund your whole order.", 50_000L)]
    [InlineData("Your parcel arrives on Monday, order 12 500.", null)]
    public void is_what_the_order_could_move_when_money_is_promised_and_none_named(string text, long? minor) =>
        AmountAtStake.Of(text, s_order, "MYR").Should().Be(minor is { } known ? new Money(known, "MYR") : null);

    [Theory]
    [InlineData("We will refund RM 2k.")]
    [InlineData("We will refund RM 1 and USD 500.")]
    [InlineData("We will refund 2 thousand ringgit.")]
    [InlineData("We will refund RM 1, then five hundred ringgit.")]
    [InlineData("We will refund $500.")]
    [InlineData("We will refund RM 99999999999999999999999999999999999.")]
    [InlineData("We will refund RM 9999999999999999999.")]
    public void is_unknown_when_one_amount_cannot_be_read_with_certainty(string text) => AmountAtStake.Of(text, s_order, "MYR").Should().BeNull();

    [Theory]
    [InlineData("We refund $20.", "USD", 2000)]
    [InlineData("We refund S$20.", "SGD", 2000)]
    [InlineData("Kami kembalikan Rp. 150.000.", "IDR", 15000000)]
    [InlineData("Chúng tôi hoàn 150.000đ.", "VND", 150000)]
    [InlineData("เราจะคืนเงิน ฿1,200", "THB", 120000)]
    [InlineData("We refund INR 500", "INR", 50000)]
    public void is_read_in_the_shops_own_currency(string text, string currency, long minor) => AmountAtStake.Of(text, null, currency).Should().Be(new Money(minor, currency));
}
