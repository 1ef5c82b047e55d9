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

    [Fact]
    public void are_unknown_where_its_words_name_no_place() => Places.IsServed("Brunei", ["one fee for all orders"]).Should().BeNull();
}
