using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class A_language
{
    [Theory]
    [InlineData("where is my order", "en")]
    [InlineData("nak refund", "ms")]
    [InlineData("我的邮箱是lim@gmail.com，请把我付的款都还回来", "zh")]
    [InlineData("nak cancel order", "ms")]
    [InlineData("refund my order", "en")]
    [InlineData("email saya priya.nair@example.com", "ms")]
    [InlineData("my email is joao.da.silva@example.com.my", "en")]
    [InlineData("bila barang saya nak sampai", "ms")]
    [InlineData("kapan barangnya dikirim ya kak", "id")]
    [InlineData("ของถึงเมื่อไหร่คะ", "th")]
    [InlineData("khi nào hàng của tôi tới", "vi")]
    [InlineData("khi nao giao hang vay shop", "vi")]
    [InlineData("kailan po darating ang order ko", "tl")]
    [InlineData("我的订单到哪里了", "zh")]
    [InlineData("我的訂單到哪裡了", "zh")]
    [InlineData("¿dónde está mi pedido?", "es")]
    [InlineData("ainda não recebi o meu produto", "pt")]
    [InlineData("என் பொருள் எங்கே", "ta")]
    [InlineData("mera order kab aayega bhai", "hi-Latn")]
    [InlineData("ใช้ wifi iPhone ไม่ได้", "th")]
    public void is_told_from_a_short_message(string text, string tag) => LanguageDetector.Detect(text).Tag.Should().Be(tag);

    [Theory]
    [InlineData("")]
    [InlineData("1001")]
    [InlineData("👍")]
    [InlineData("#W2611340 !!!")]
    public void is_undetermined_without_words(string text) => LanguageDetector.Detect(text).Should().Be(("und", 0.0));

    [Fact]
    public void is_surer_of_a_longer_text() =>
        LanguageDetector.Detect("could you please tell me where my parcel is").Score.Should().BeGreaterThan(LanguageDetector.Detect("status").Score);

    [Theory]
    [InlineData("login problem")]
    [InlineData("arrived damaged")]
    [InlineData("pending transfer?")]
    [InlineData("registration issues")]
    [InlineData("cancellation process")]
    [InlineData("nothing received")]
    public void of_a_few_words_about_a_shop_is_english(string text) => LanguageDetector.Detect(text).Tag.Should().Be("en");

    [Theory]
    [InlineData("id", new[] { "ms" }, "ms")]
    [InlineData("ms", new[] { "id" }, "id")]
    [InlineData("id", new[] { "ms", "id" }, "id")]
    [InlineData("id", new string[0], "id")]
    [InlineData("vi", new[] { "ms" }, "vi")]
    public void that_is_easily_taken_for_another_is_the_one_that_the_shop_writes(string read, string[] shop, string tag) =>
        LanguageDetector.Sibling(read, shop).Should().Be(tag);

    [SharedFact]
    public void is_told_rightly_from_real_sentences()
    {
        foreach (var language in LabelledMessage.Read("gate", "gate-dev.csv").GroupBy(m => m.Language.Split('-')[0]))
            language
                .Average(m => LanguageDetector.Detect(m.Text).Tag == language.Key ? 1.0 : 0)
                .Should()
                .BeGreaterThan(Floor(language.Key), language.Key);
    }

    /// <summary>Malay and Indonesian share most of the words of a short sentence.</summary>
    private static double Floor(string tag) => tag is "ms" or "id" ? 0.80 : 0.95;
}
