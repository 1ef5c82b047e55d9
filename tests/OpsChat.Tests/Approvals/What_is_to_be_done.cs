using OpsChat.Approvals;

namespace OpsChat.Tests.Approvals;

public class What_is_to_be_done
{
    private const string ByTheText = "Do in your shop system what the approved text promises for #1300.";
    private const string AtOnce = "Refund MYR 238.00 of #1300 in your shop system.";
    private const string AndCancelled = "Cancel #1300 and refund MYR 238.00 in your shop system.";
    private const string Told = "Make sure that the refund of #1300 was made: the approved text tells the customer so.";
    private const string Later = "Not yet: refund MYR 238.00 of #1300 in your shop system once what the approved text says has happened.";

    [Theory]
    [InlineData("We will refund MYR 238.00 to your card.", 23800L, AtOnce)]
    [InlineData("We can cancel it and refund MYR 238.00 to your card.", 23800L, AndCancelled)]
    [InlineData("We will refund MYR 238.00 to your card as soon as we can.", 23800L, AtOnce)]
    [InlineData("We will send the money back to you and refund MYR 238.00 to your card.", 23800L, AtOnce)]
    [InlineData("We will refund MYR 238.00. The kebaya is back in stock in March.", 23800L, AtOnce)]
    [InlineData("Order #1300 has been refunded: MYR 238.00 went to your original payment method.", 23800L, Told)]
    [InlineData("For order #1300 we have paid back MYR 38.00; MYR 200.00 of it has not been paid back.", 23800L, Told)]
    [InlineData("Bayaran untuk pesanan #1300 sudah dikembalikan: MYR 238.00 melalui kaedah bayaran asal.", 23800L, Told)]
    [InlineData("订单 #1300 已经退款：MYR 238.00 已退回您的原付款方式。", 23800L, Told)]
    [InlineData("MYR 38.00 has been refunded, and we will refund MYR 200.00 to your card.", 23800L, ByTheText)]
    [InlineData("Order #1300 was cancelled, and it has not been paid back yet. We will refund MYR 238.00.", 23800L, AndCancelled)]
    [InlineData("MYR 38.00 has been refunded, and the remaining MYR 200.00 follows next week.", 23800L, ByTheText)]
    [InlineData("我们已退款 MYR 38.00，其余 MYR 200.00 会在三天内退给您。", 23800L, ByTheText)]
    [InlineData("#1300 was cancelled and MYR 238.00 has been refunded.", 23800L, ByTheText)]
    [InlineData("订单 1300 已经全额退款：MYR 238.00 已退回您的原付款方式。如果我们有遗漏，请告诉我们。", 23800L, Told)]
    [InlineData("MYR 238.00 has been refunded to your card, and will show after 3 to 5 days.", 23800L, Told)]
    [InlineData("After the parcel is back and we have refunded MYR 238.00, we email you.", 23800L, Later)]
    [InlineData("The fee has been refunded, and we will send you a replacement.", 23800L, ByTheText)]
    [InlineData("After we checked your parcel, MYR 238.00 has been refunded to your card.", 23800L, Told)]
    [InlineData("As agreed before, MYR 238.00 has been refunded.", 23800L, Told)]
    [InlineData("Selepas diterima, MYR 238.00 telah dikembalikan.", 23800L, Told)]
    [InlineData("Once the parcel is back, and we have refunded MYR 238.00, we email you.", 23800L, Later)]
    [InlineData("Once we have refunded MYR 238.00 to your card, you will get an e-mail.", 23800L, Later)]
    [InlineData("We will refund MYR 238.00 to your card as soon as we possibly can.", 23800L, AtOnce)]
    [InlineData("We will send you a replacement.", 23800L, ByTheText)]
    [InlineData("We cannot refund MYR 238.00, because the window is over.", 23800L, ByTheText)]
    [InlineData("We will refund your order.", null, ByTheText)]
    [InlineData("We will refund MYR 238.00 when the parcel is back with us.", 23800L, Later)]
    [InlineData("Please send the kebaya back to us. We will refund MYR 238.00 to your card.", 23800L, Later)]
    [InlineData("We will refund MYR 238.00 as soon as your parcel has arrived here.", 23800L, Later)]
    public void is_named_with_its_amount_where_the_text_promises_one_and_never_guessed(string text, long? minor, string sentence) =>
        ToDoText.Of(text, "#1300", minor is { } known ? new Money(known, "MYR") : null, "MYR").Should().Be(sentence);

    [Theory]
    [InlineData(
        "We will refund MYR 238.00 to your card.",
        23800L,
        "Refund MYR 238.00 of #1300 in your shop system. Its customer was forgotten."
    )]
    [InlineData(
        "We will send you a replacement.",
        23800L,
        "Look at order #1300 in your shop system: MYR 238.00 was promised to a customer who was forgotten."
    )]
    [InlineData(
        "We will send you a replacement.",
        null,
        "Look at order #1300 in your shop system: something was promised to a customer who was forgotten."
    )]
    public void is_still_named_when_the_text_goes_with_its_customer(string text, long? minor, string sentence) =>
        ToDoText.OfForgotten(text, "#1300", minor is { } known ? new Money(known, "MYR") : null).Should().Be(sentence);
}
