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
    [InlineData("still there?", SmallTalk.Nudge)]
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

    [Theory]
    [InlineData("refund received, thanks")]
    [InlineData("got my refund, thank you so much!")]
    [InlineData("hi, the money has come back to my account, thank you")]
    [InlineData("My parcel arrived safely today. Thank you!")]
    [InlineData("Refund of RM268 received with thanks!")]
    [InlineData("thanks for the refund!")]
    [InlineData("thanks for refunding me so fast")]
    [InlineData("it came today, everything perfect, thank you so much! love it")]
    [InlineData("order #1293 received, tq")]
    [InlineData("refund dah masuk, terima kasih")]
    [InlineData("barang saya dah sampai dengan selamat, terima kasih banyak")]
    [InlineData("paket sudah diterima kak, makasih")]
    [InlineData("退款收到了，谢谢")]
    [InlineData("包裹已经收到了，谢谢老板")]
    [InlineData("我收到货了，谢谢")]
    [InlineData("ได้รับเงินคืนแล้วค่ะ ขอบคุณค่ะ")]
    [InlineData("shop ơi mình đã nhận được tiền hoàn rồi, cảm ơn shop")]
    [InlineData("natanggap ko na po yung parcel, salamat po")]
    [InlineData("ya me llegó el paquete, gracias")]
    public void is_thanks_for_what_has_come_and_wants_no_money(string message)
    {
        SmallTalkDetector.Of(message).Should().Be(SmallTalk.Thanks);
        MoneyDetector.Read(message).Sense.Should().Be(MoneySense.None);
    }

    [Theory]
    [InlineData("refund received?")]
    [InlineData("has my refund arrived, thanks")]
    [InlineData("did you get my return parcel, thanks")]
    [InlineData("refund not received, thanks")]
    [InlineData("refund received but only half, thanks")]
    [InlineData("parcel arrived broken, thanks")]
    [InlineData("got my parcel thanks, now i want my money back")]
    [InlineData("i want my money back in my account today, thanks")]
    [InlineData("please refund into my bank account, thanks")]
    [InlineData("money back to my account now thanks")]
    [InlineData("Got it. Refund my money now, thanks")]
    [InlineData("thanks for the refund but where is the rest")]
    [InlineData("thanks for the refund, now send me the replacement")]
    [InlineData("it came today, everything broken, thanks")]
    [InlineData("Parcel arrived. Full refund today, thanks")]
    [InlineData("I received it, exchange it, thank you")]
    [InlineData("I received it exchange it thank you")]
    [InlineData("received, refund now, thanks")]
    [InlineData("Parcel came today. Replacement now, thanks")]
    [InlineData("return label received, my refund now, thanks")]
    [InlineData("barang dah sampai, refund semua duit ya, terima kasih")]
    [InlineData("barang dah sampai refund ya terima kasih")]
    [InlineData("收到货了，退款，谢谢")]
    [InlineData("货收到了退款谢谢")]
    [InlineData("đã nhận hàng rồi, hoàn tiền nhé, cảm ơn")]
    [InlineData("ya llegó el paquete, reembolso hoy, gracias")]
    [InlineData("refund belum masuk, terima kasih")]
    [InlineData("nak refund masuk akaun, terima kasih")]
    [InlineData("bila refund masuk, terima kasih")]
    [InlineData("refund saya dah masuk ke, terima kasih")]
    [InlineData("saya dah masuk duit, terima kasih")]
    [InlineData("duit saya dah masuk, terima kasih")]
    [InlineData("shop received my parcel, thanks")]
    [InlineData("ทางร้านได้รับของแล้วคะ ขอบคุณค่ะ")]
    [InlineData("shop đã nhận hàng rồi à, cảm ơn")]
    [InlineData("老板收到货了，谢谢")]
    [InlineData("请退款到原账户，谢谢")]
    [InlineData("退款还没收到，谢谢")]
    [InlineData("收到退款了吗，谢谢")]
    [InlineData("ขอคืนเงิน ขอบคุณค่ะ")]
    [InlineData("ยังไม่ได้รับเงินคืน ขอบคุณค่ะ")]
    [InlineData("chưa nhận được tiền hoàn, cảm ơn shop")]
    [InlineData("no me llegó el paquete, gracias")]
    public void is_no_message_that_tells_of_what_has_not_come_or_wants_more(string message) =>
        SmallTalkDetector.Of(message).Should().Be(SmallTalk.None);
}
