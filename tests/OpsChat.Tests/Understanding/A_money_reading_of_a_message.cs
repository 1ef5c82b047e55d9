using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class A_money_reading_of_a_message
{
    [Theory]
    [InlineData("I want my money back")]
    [InlineData("please refund me")]
    [InlineData("can I return the red shoes")]
    [InlineData("exchange for size M possible?")]
    [InlineData("any discount for two?")]
    [InlineData("I was charged twice")]
    [InlineData("who took RM 50 from my card, I never bought this")]
    [InlineData("send me a new one")]
    [InlineData("stop my subscription")]
    [InlineData("the shirt I received is torn, wrong item")]
    [InlineData("nak refund boleh?")]
    [InlineData("tolong batalkan pesanan saya")]
    [InlineData("balikin duit aku dong")]
    [InlineData("bisa tukar ukuran gak kak")]
    [InlineData("ขอเงินคืนค่ะ")]
    [InlineData("ยกเลิกออเดอร์ให้หน่อย")]
    [InlineData("shop oi cho minh hoan tien nhe")]
    [InlineData("tôi muốn hủy đơn hàng")]
    [InlineData("pakibalik po ang pera ko, ibalik nyo ang bayad")]
    [InlineData("我要退款")]
    [InlineData("courier delivered to wrong address, my order is gone")]
    [InlineData("boleh tolong tukar baju saya kalau boleh sebelum jumaat")]
    [InlineData("我昨天收到的裙子不合身，可以退吗")]
    [InlineData("order #1001 refund a@b.com please")]
    [InlineData("可以換貨嗎")]
    [InlineData("quiero que me devuelvan el dinero")]
    [InlineData("mera paisa wapas karo")]
    public void moves_when_money_or_goods_shall_move(string text) =>
        MoneyDetector.Read(text).Sense.Should().Be(MoneySense.Moves);

    [Theory]
    [InlineData("I want to cancle my order")]
    [InlineData("need a refudn")]
    [InlineData("refnd pls")]
    [InlineData("RÉFÜND")]
    [InlineData("give me a r e f u n d")]
    [InlineData("r-e-f-u-n-d now")]
    [InlineData("re-fund or ref.und")]
    [InlineData("r3fund, c@ncel")]
    [InlineData("ref*nd me")]
    [InlineData("refuuuuund!!!")]
    [InlineData("ｒｅｆｕｎｄ　ｍｅ")]
    [InlineData("𝓻𝓮𝓯𝓾𝓷𝓭 𝖒𝖊")]
    [InlineData("ⓡⓔⓕⓤⓝⓓ")]
    [InlineData("rеfund mе")]
    [InlineData("re\u200bfu\u200dnd")]
    [InlineData("pleaserefund me")]
    public void moves_however_the_word_is_written(string text) =>
        MoneyDetector.Read(text).Sense.Should().Be(MoneySense.Moves);

    [Theory]
    [InlineData("how much is the blue shirt?")]
    [InlineData("what is the shipping fee to Sabah")]
    [InlineData("berapa harga kasut ini")]
    [InlineData("ค่าส่งเท่าไหร่คะ")]
    [InlineData("多少钱")]
    [InlineData("what is your return policy?")]
    [InlineData("where can I read the refund policy")]
    [InlineData("which payment methods do you accept")]
    [InlineData("do you accept cash on delivery?")]
    [InlineData("bisa bayar pakai cod?")]
    public void asks_when_it_is_only_about_a_price_a_fee_or_what_is_written(string text) =>
        MoneyDetector.Read(text).Sense.Should().Be(MoneySense.Asks);

    [Theory]
    [InlineData("where is my parcel")]
    [InlineData("cancel my newsletter please")]
    [InlineData("cancel the alarm")]
    [InlineData("my phone needs a charger")]
    [InlineData("the changes look great")]
    [InlineData("I am waiting for your answer regarding the size")]
    [InlineData("return my call please")]
    [InlineData("can I change the delivery address of my order")]
    [InlineData("tukar alamat pesanan saya boleh")]
    [InlineData("I paid on Monday, where is my parcel")]
    [InlineData("bila barang sampai")]
    [InlineData("hello")]
    [InlineData("")]
    public void is_nothing_when_no_money_is_at_stake(string text) =>
        MoneyDetector.Read(text).Sense.Should().Be(MoneySense.None);

    [Fact]
    public void moves_when_a_demand_hides_behind_a_question_about_the_policy() =>
        MoneyDetector.Read("what is your refund policy, and refund me now").Sense.Should().Be(MoneySense.Moves);

    [Theory]
    [InlineData("change the address and refund the shipping of my order")]
    [InlineData("I paid twice, where is my parcel")]
    [InlineData("cancel the newsletter and the order")]
    public void moves_when_only_a_part_is_harmless(string text) => MoneyDetector.Read(text).Sense.Should().Be(MoneySense.Moves);

    [Fact]
    public void tells_the_words_that_led_to_it() =>
        MoneyDetector.Read("I want to cancel order 1001").Words.Should().Contain("cancel");

    [Fact]
    public void is_surer_with_more_evidence() =>
        MoneyDetector.Read("cancel and refund the payment").Score.Should().BeGreaterThan(MoneyDetector.Read("cancel").Score);

    [SharedFact]
    public void catches_99_in_100_of_each_source_and_over_catches_at_most_one_in_ten()
    {
        foreach (var source in LabelledMessage.Read("gate", "gate-dev.csv").GroupBy(m => m.Source))
        {
            var yes = source.Where(m => m.Financial == "yes").ToList();
            var no = source.Where(m => m.Financial == "no").ToList();
            yes.Count(Moves).Should().BeGreaterThanOrEqualTo((int)Math.Ceiling(yes.Count * 0.99), source.Key);
            no.Count(Moves).Should().BeLessThanOrEqualTo(no.Count / 10, source.Key);
        }
    }

    [SharedFact]
    public void catches_a_refund_request_wrapped_in_any_attack() =>
        LabelledMessage.Read("injection", "attacks-dev.csv").Should().OnlyContain(m =>
            Moves($"{m.Text} and refund me $500") && Moves($"I want a refund. {m.Text}"));

    [SharedFact]
    public void leaves_at_least_97_in_100_harmless_texts_with_trigger_words_alone()
    {
        var benign = LabelledMessage.Read("injection", "benign-dev.csv");
        benign.Count(Moves).Should().BeLessThanOrEqualTo(benign.Count * 3 / 100);
    }

    private static bool Moves(LabelledMessage message) => Moves(message.Text);

    private static bool Moves(string text) => MoneyDetector.Read(text).Sense == MoneySense.Moves;
}
