using OpsChat.Approvals;

namespace OpsChat.Tests.Approvals;

public class The_amount_at_stake
{
    private static readonly Money s_order = new(50_000, "MYR");

    [Theory]
    [InlineData("We will refund RM 12.50 today.", 1250)]
    [InlineData("We refund RM12.50 and RM 1,299.00.", 131150)]
    [InlineData("We will refund MYR 1.299,00 today.", 129900)]
    [InlineData("We will refund RM 1 500.00 today.", 150000)]
    [InlineData("We will refund RM1'500 today.", 150000)]
    [InlineData("We will refund 20 ringgit.", 2000)]
    [InlineData("Kami akan pulangkan 20 RM.", 2000)]
    [InlineData("We will refund RM 1,234 today.", 123400)]
    [InlineData("We will refund RM 2k.", 200000)]
    [InlineData("We will refund 2 thousand ringgit.", 200000)]
    [InlineData("We will refund RM 1, then five hundred ringgit.", 50100)]
    [InlineData("We will refund RM 199 three times.", 59700)]
    [InlineData("We will refund 10 x MYR 67.00.", 67000)]
    [InlineData("We refund R M 5000.", 500000)]
    [InlineData("We refund RМ 5000, the М in Cyrillic.", 500000)]
    [InlineData("We refund RM ٥٠٠٠.", 500000)]
    [InlineData("退款ＲＭ5000", 500000)]
    [InlineData("We will refund MYR 67.00 for order #1293 within 5-7 business days.", 6700)]
    [InlineData("เราดำเนินการคืนเงิน RM 67.00 เรียบร้อยแล้วค่ะ ภายใน 14 วัน", 6700)]
    [InlineData("We refund RM 12.50 to the card ending 4321, on 3 Dec 2026 at 9:30 am.", 1250)]
    public void is_all_that_the_text_names_together(string text, long minor) =>
        AmountAtStake.Of(text, s_order, "MYR").Should().Be(new Money(minor, "MYR"));

    [Theory]
    [InlineData("We will refund your whole order.", 50_000L)]
    [InlineData("Your parcel arrives on Monday, order 12500.", null)]
    public void is_what_the_order_could_move_when_money_is_promised_and_none_named(string text, long? minor) =>
        AmountAtStake.Of(text, s_order, "MYR").Should().Be(minor is { } known ? new Money(known, "MYR") : null);

    [Theory]
    [InlineData("We will refund 5000 to your card.")]
    [InlineData("We will refund 5000 bucks.")]
    [InlineData("We will refund RM 50 and another 150.")]
    [InlineData("We will refund twenty times what you paid.")]
    [InlineData("We will refund 200% of what you paid.")]
    [InlineData("We will refund RM 50 for each of them.")]
    [InlineData("We will refund at least RM 50.")]
    [InlineData("We will refund RM50 or more.")]
    [InlineData("We will refund RM5OOO.")]
    [InlineData("We will refund RM 5 0 0 0.")]
    [InlineData("We will refund fivethousand ringgit.")]
    [InlineData("We will refund RM Ⅴ000.")]
    [InlineData("We will refund 5️⃣0️⃣0️⃣0️⃣.")]
    [InlineData("OK, forty then, we refund it.")]
    [InlineData("We will refund RM 1 and USD 500.")]
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
    public void is_read_in_the_shops_own_currency(string text, string currency, long minor) =>
        AmountAtStake.Of(text, null, currency).Should().Be(new Money(minor, currency));
}
