namespace OpsChat.Tests.Text;

public class Places_that_a_shop_sends_to
{
    private static readonly string[] s_words = ["MYR 8.00 to West Malaysia, MYR 15.00 to Sabah and Sarawak, MYR 25.00 to Singapore"];

    [Theory]
    [InlineData("Singapore", true)]
    [InlineData("Sabah", true)]
    [InlineData("Penang", true)]
    [InlineData("Brunei", false)]
    [InlineData("Japan", false)]
    [InlineData("abroad", null)]
    public void are_those_that_its_words_name_with_the_rest_of_their_country(string place, bool? served) =>
        Places.IsServed(place, s_words).Should().Be(served);

    [Theory]
    [InlineData("Singapore", "MYR 25.00 to Singapore")]
    [InlineData("Sarawak", "MYR 15.00 to Sabah and Sarawak; free from MYR 150.00 within Malaysia")]
    [InlineData("Penang", "MYR 8.00 to West Malaysia; free from MYR 150.00 within Malaysia")]
    [InlineData("Japan", null)]
    public void are_told_apart_by_their_fees(string place, string? fees) =>
        Places.PartsAbout(place, s_words[0] + "; free from MYR 150.00 within Malaysia").Should().Be(fees);

    [Theory]
    [InlineData("Johor", "RM1,008.00 ke Semenanjung, RM15 ke Sabah, dan RM25 ke Singapura", "RM1,008.00 ke Semenanjung")]
    [InlineData("Sabah", "西马 RM8，沙巴和砂拉越 RM15；新加坡 RM25", "沙巴和砂拉越 RM15")]
    [InlineData("Sabah", "西马 RM8，沙巴和砂拉越 RM15；满 RM150 免运费", null)]
    [InlineData("Johor", "西马 RM8，沙巴 RM15；马来西亚境内满 RM150 免运费", "西马 RM8；马来西亚境内满 RM150 免运费")]
    [InlineData("Malaysia", "MYR 8 to West Malaysia, MYR 15 to Sabah; free from MYR 150 within Malaysia", null)]
    [InlineData("Singapore", "MYR 8 to Malaysia, free over 100; MYR 20 to Singapore, free over 300", null)]
    [InlineData("Singapore", "Free to Singapore, Malaysia and Brunei over MYR 100", null)]
    [InlineData("Sabah", "RM8 for all of Malaysia", null)]
    public void have_fees_in_any_language_unless_a_part_of_them_may_be_for_all(string place, string words, string? fees) =>
        Places.PartsAbout(place, words).Should().Be(fees);

    [Theory]
    [InlineData("寄去柔佛要多少", "Johor")]
    [InlineData("可以寄到山打根吗", "Sabah")]
    [InlineData("有没有送去纽约", "United States")]
    [InlineData("寄到印度尼西亚", "Indonesia")]
    public void are_read_in_Chinese(string text, string place) => Places.In(text).Should().Equal(place);

    [Theory]
    [InlineData("zh", "Japan", "日本")]
    [InlineData("zh-TW", "United States", "美国")]
    [InlineData("zh", "Nepal", "Nepal")]
    [InlineData("ms", "Japan", "Japan")]
    public void are_named_in_the_language_of_the_text(string language, string place, string name) =>
        Places.NameIn(language, place).Should().Be(name);

    [Fact]
    public void are_unknown_where_its_words_name_no_place() => Places.IsServed("Brunei", ["one fee for all orders"]).Should().BeNull();
}
