using OpsChat.Canary;

namespace OpsChat.Tests.Canary;

public class An_edit
{
    [Theory]
    [InlineData("Your parcel wil arrive on 5 Dec.", "Your parcel will arrive on 5 Dec.")]
    [InlineData("Your order #1001 is with DHL, tracking 123456.", "Hi Sarah, your order #1001 is with DHL, tracking 123456!")]
    [InlineData("Hi Sarah, your order is with DHL.", "Hello! Your order is with DHL. Have a nice day!")]
    [InlineData("The refund takes 3 days.", "The refund takes three days.")]
    [InlineData("It costs RM 12.50.", "It costs RM12.5")]
    [InlineData("It costs RM 1,299.00.", "It costs RM1299")]
    [InlineData("It arrives by 5 Dec.", "It arrives by December 5th.")]
    [InlineData("We sent teh parcel yesterdy.", "We sent the parcel yesterday.")]
    [InlineData("We are open from 9am to 5pm.", "We are open from 9 am to 5 pm.")]
    [InlineData("It takes 3 to 5 days.", "It takes 3-5 days.")]
    [InlineData("Please send us a photo of the damage.", "Could you please send us a photo of the damage?")]
    [InlineData("We dont have it in blue.", "We don't have it in blue.")]
    [InlineData("We recieved your return.", "We received your return.")]
    [InlineData("You can return it within 14 days", "You can return it within 14 days. Let me know if you need anything else.")]
    [InlineData("Your parcel is late.", "We are so sorry for the delay. Your package is late. Thank you for your patience!")]
    [InlineData("Track it here: https://dhl.example/1", "Please track it here https://dhl.example/1.")]
    [InlineData("Order 1001 is shipped. Order 1002 waits.", "Order 1002 waits. Order 1001 is shipped.")]
    [InlineData("Pesanan anda sudah dihantar pada 5 Disember.", "Hai Puan, pesanan anda telah dihantar pada 5 Disember ya. Terima kasih!")]
    [InlineData("订单已发货,三天到。", "您好,订单已发货,三天到。谢谢!")]
    [InlineData("ของคุณส่งแล้ว", "ของคุณส่งแล้วค่ะ")]
    public void that_only_polishes_is_no_error(string draft, string sent) =>
        EditJudge.Compare(draft, sent).Should().BeEquivalentTo(Edit.None);

    [Theory]
    [InlineData("It arrives by 5 Dec.", "It arrives by 6 Dec.", ErrorKind.Incorrect)]
    [InlineData("It arrives by 5 Dec.", "It arrives by 5 Nov.", ErrorKind.Incorrect)]
    [InlineData("It arrives on Tuesday.", "It arrives on Thursday.", ErrorKind.Incorrect)]
    [InlineData("It costs RM 12.50.", "It costs RM 15.20.", ErrorKind.Incorrect)]
    [InlineData("It costs RM 12.50.", "It costs $12.50.", ErrorKind.Incorrect)]
    [InlineData("The fee is 12,50.", "The fee is 1250.", ErrorKind.Incorrect)]
    [InlineData("You can return it.", "You cannot return it.", ErrorKind.Incorrect)]
    [InlineData("The item is in stock.", "The item is out of stock.", ErrorKind.Incorrect)]
    [InlineData("Call 012-3456789.", "Call 012-3456780.", ErrorKind.Incorrect)]
    [InlineData("Returns within 14 days.", "Returns within 14 working days.", ErrorKind.Incomplete)]
    [InlineData("It is available in red.", "It is unavailable in red.", ErrorKind.Incorrect)]
    [InlineData("Your order #1001 is on its way.", "Your order #1002 is on its way.", ErrorKind.Incorrect)]
    [InlineData("Track it: https://dhl.example/1", "Track it: https://dhl.example/2", ErrorKind.Incorrect)]
    [InlineData("It should arrive on Monday.", "It will arrive on Monday.", ErrorKind.Incorrect)]
    [InlineData("Your parcel arrived.", "Your parcel arrives.", ErrorKind.Incorrect)]
    [InlineData("The shirt is cotton.", "The shirt is linen.", ErrorKind.Incorrect)]
    [InlineData("It fits size M.", "It fits size L.", ErrorKind.Incorrect)]
    [InlineData("Ask for Maria at the desk.", "Ask for Marla at the desk.", ErrorKind.Incorrect)]
    [InlineData("Order 1001 is shipped, order 1002 waits.", "Order 1002 is shipped, order 1001 waits.", ErrorKind.Incorrect)]
    [InlineData("We cannot refund it but will exchange it.", "We will refund it but cannot exchange it.", ErrorKind.Incorrect)]
    [InlineData("Your parcel is with DHL.", "Your parcel is with DHL. It was held at customs.", ErrorKind.Incomplete)]
    [InlineData("Your parcel is with DHL.", "Your parcel is with DHL. We will refund the fee.", ErrorKind.Incomplete)]
    [InlineData("Your parcel is with DHL. We will refund the fee.", "Your parcel is with DHL.", ErrorKind.Unwanted)]
    [InlineData("Barang boleh dipulangkan.", "Barang tidak boleh dipulangkan.", ErrorKind.Incorrect)]
    [InlineData("Hàng còn size M.", "Hàng không còn size M.", ErrorKind.Incorrect)]
    [InlineData("Darating ito bukas.", "Hindi darating ito bukas.", ErrorKind.Incorrect)]
    [InlineData("可以退货。", "不可以退货。", ErrorKind.Incorrect)]
    [InlineData("คืนได้ครับ", "คืนไม่ได้ครับ", ErrorKind.Incorrect)]
    public void of_a_fact_a_promise_or_the_meaning_is_an_error_however_small(string draft, string sent, ErrorKind kind)
    {
        var edit = EditJudge.Compare(draft, sent);

        edit.Kind.Should().Be(kind, edit.InWords);
        edit.Changes.Should().NotBeEmpty();
    }

    [Fact]
    public void says_what_changed_in_words() =>
        EditJudge.Compare("It arrives by 5 Dec.", "It arrives by 6 Dec.").InWords.Should().Be("\"5 Dec\" became \"6 Dec\"");
}
