using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class A_supposition
{
    [Theory]
    [InlineData("if I don't like it can I return it")]
    [InlineData("if the size is wrong can i exchange it")]
    [InlineData("if i change my mind can i get a refund")]
    [InlineData("if that one doesn't fit can i exchange it?")]
    [InlineData("kalau tak suka boleh refund tak")]
    [InlineData("kalau saiz kecil boleh tukar tak")]
    [InlineData("如果不合适可以换吗")]
    public void asks_what_may_be_done_if_something_happens(string text) => Asks(text).Should().BeTrue();

    [Theory]
    [InlineData("if that's the case can I return it?")]
    [InlineData("if that is really so can i return it?")]
    [InlineData("if it's like that can i return it?")]
    [InlineData("if this is so can I get a refund")]
    [InlineData("if that can I return it?")]
    [InlineData("kalau macam tu boleh pulangkan tak?")]
    [InlineData("kalau begitu boleh refund?")]
    [InlineData("kalau gitu bisa refund gak?")]
    [InlineData("jika demikian boleh pulang?")]
    [InlineData("如果这样我退货可以吗？")]
    [InlineData("要是真的那样可以退吗？")]
    public void is_none_where_it_points_to_what_was_told(string text) => Asks(text).Should().BeFalse();

    [Theory]
    [InlineData("if item is faulty can I have my money back")]
    [InlineData("if you don't refund me i will report you")]
    [InlineData("if it arrived broken can i get a refund")]
    [InlineData("if the shirt has a hole can u refund")]
    public void is_none_where_the_words_surely_want_something(string text) => Asks(text).Should().BeFalse();

    [Theory]
    [InlineData("if the pan gets scratched does it affect the coating?")]
    [InlineData("if the lid is closed will it stay warm?")]
    [InlineData("kalau basuh selalu boleh luntur ke?")]
    [InlineData("如果放冰箱会裂吗？")]
    public void is_none_where_it_asks_about_the_goods(string text)
    {
        Asks(text).Should().BeFalse();
        SuppositionDetector.SupposesTrouble(text, MoneyDetector.Read(text)).Should().BeFalse();
    }

    private static bool Asks(string text) => SuppositionDetector.AsksWhatIf(text, MoneyDetector.Read(text));
}
