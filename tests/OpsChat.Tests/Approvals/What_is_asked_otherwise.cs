using OpsChat.Approvals;

namespace OpsChat.Tests.Approvals;

public sealed class What_is_asked_otherwise
{
    private static readonly string[] s_items = ["Rattan Laundry Basket", "Batik Dress - M"];
    private static readonly Money s_whole = new(23800, "MYR");

    [Theory]
    [InlineData("actually cancel the laundry basket only", "a part only")]
    [InlineData("cancel the batik dress from order 1300", "a part only")]
    [InlineData("please refund one of them", "a part only")]
    [InlineData("i want compensation, give me 20% back", "a share only")]
    [InlineData("boleh refund separuh", "a share only")]
    [InlineData("I was charged twice for order 1294", "paid twice")]
    [InlineData("replace. size 40", "a replacement")]
    public void is_quoted_beside_a_card_about_the_whole_order(string words, string what) =>
        AskedOtherwise.Of($"order 1300, lina@example.com\n{words}", s_whole, s_items, 2)
            .Should()
            .ContainSingle()
            .Which.Should()
            .Match<Doubt>(doubt => doubt.Kind == DoubtKind.Scope && doubt.Sentence.Contains(what) && doubt.Sentence.Contains(words));

    [Theory]
    [InlineData("cancel order 1300, lina@example.com")]
    [InlineData("i want my money back for the laundry basket and the batik dress")]
    public void is_nothing_where_the_whole_is_meant(string words) => AskedOtherwise.Of(words, s_whole, s_items, 2).Should().BeEmpty();

    [Fact]
    public void is_no_part_of_an_order_of_one_piece() => AskedOtherwise.Of("just cancel it", s_whole, s_items[..1], 1).Should().BeEmpty();
}
