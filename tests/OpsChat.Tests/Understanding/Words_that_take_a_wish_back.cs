using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class Words_that_take_a_wish_back
{
    [Theory]
    [InlineData("no wait, dont cancel")]
    [InlineData("i dont want a refund anymore")]
    [InlineData("i want to withdraw my refund request")]
    [InlineData("i dont want a refund, i want to keep it")]
    [InlineData("never mind")]
    [InlineData("pls not cancel")]
    [InlineData("jangan batal dulu")]
    [InlineData("我要取消退款")]
    [InlineData("不用退了")]
    [InlineData("tak jadi, simpan barang")]
    [InlineData("你们不用退了")]
    [InlineData("awak tak payah refund")]
    [InlineData("不退了，我要去忙了")]
    public void do_nothing_else(string text) => WithdrawalDetector.Read(text).Should().Be(Withdrawal.Wholly);

    [Theory]
    [InlineData("I want a new one not refund")]
    [InlineData("not a refund, give me a new one, dont refund")]
    [InlineData("dont replace it, i want my money")]
    [InlineData("no need to exchange, i need a refund")]
    public void may_stand_beside_what_is_wanted_instead(string text) => WithdrawalDetector.Read(text).Should().Be(Withdrawal.Partly);

    [Theory]
    [InlineData("it is still not refunded")]
    [InlineData("why not refund me")]
    [InlineData("why dont you refund me")]
    [InlineData("you never refunded me")]
    [InlineData("my order was not cancelled")]
    [InlineData("the refund never came")]
    [InlineData("why do you always ignore me")]
    [InlineData("you forgot about my order, did you forget me")]
    [InlineData("为什么不退款")]
    [InlineData("no devuelven mi dinero")]
    [InlineData("到底退不退")]
    [InlineData("你们不退钱吗")]
    [InlineData("你退不退啊")]
    [InlineData("不退我就投诉")]
    [InlineData("老板真的不退款？")]
    [InlineData("要不要换不换一句话")]
    [InlineData("awak tak nak refund ke")]
    [InlineData("kedai memang tak nak refund")]
    [InlineData("kalau tak nak refund saya lapor")]
    [InlineData("saya tak mahu simpan barang rosak ni")]
    [InlineData("tolong simpan barang dulu, saya ambil esok")]
    public void are_not_those_that_tell_what_was_not_done(string text) => WithdrawalDetector.Read(text).Should().Be(Withdrawal.None);
}
