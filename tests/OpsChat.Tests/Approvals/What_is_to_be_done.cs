using OpsChat.Approvals;

namespace OpsChat.Tests.Approvals;

public class What_is_to_be_done
{
    private const string ByTheText = "Do in your shop system what the approved text promises for #1300.";
    private const string Later = "Not yet: refund MYR 238.00 of #1300 in your shop system once what the approved text says has happened.";

    [Theory]
    [InlineData("We will refund MYR 238.00 to your card.", 23800L, "Refund MYR 238.00 of #1300 in your shop system.")]
    [InlineData("We can cancel it and refund MYR 238.00 to your card.", 23800L, "Cancel #1300 and refund MYR 238.00 in your shop system.")]
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
