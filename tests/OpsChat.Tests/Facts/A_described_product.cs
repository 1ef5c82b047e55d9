using OpsChat.Facts;
using OpsChat.Models.Encoding;
using OpsChat.ShopData;
using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Facts;

/// <summary>In the demo shop's catalogue, in words that no title has.</summary>
public class A_described_product
{
    private static CachedEncoder Encoder => SharedEncoder.Remembering;
    private static readonly CsvShop s_shop = new(Repository.DemoShop, TimeZoneInfo.Utc, "MYR", new TestClock(ShopUnderTest.Morning));
    private static readonly FactGatherer s_gatherer = new(
        s_shop, new TestClock(ShopUnderTest.Morning), (_, _) => Task.FromResult(0), described: new DescribedProducts(() => Encoder));

    private static async Task<FactSet> GatherAsync(FactGatherer gatherer, string text) =>
        (await gatherer.GatherAsync(
            new FactQuestion(new HashSet<string> { "product.price" }, A.Reading with { Entities = EntityReading.Nothing }, text,
                await gatherer.MentionAsync(text, ProductFocus.None, default), null, 0, IdentityState.Nothing),
            A.Policy, default)).Facts;

    [Theory]
    [InlineData("how much is the thing to carry my water in", "Steel Travel Bottle 500ml")]
    [InlineData("price of the container where you put dirty clothes", "Rattan Laundry Basket")]
    [InlineData("what does the thing for hiking on my shoulders cost", "Canvas Backpack")]
    [InlineData("how much are the dangling ones for my ear lobes", "Hibiscus Silver Earrings")]
    public async Task is_offered_among_few_and_never_taken_for_named(string words, string title)
    {
        var facts = await GatherAsync(s_gatherer, words);

        facts.IsTrue("product.missing").Should().BeTrue("the customer says which one it is");
        ((FactValue.Words)facts.Find("product.candidates")!.Value).Values.Should().Contain(title).And.HaveCountLessThanOrEqualTo(3);
        facts.Find("product.price").Should().BeNull();
    }

    [Theory]
    [InlineData("how much is it")]
    [InlineData("what's the price please")]
    [InlineData("berapa harga barang tu kak")]
    [InlineData("price list pls")]
    [InlineData("can you send me the full price list")]
    public async Task is_none_where_nothing_is_described(string words)
    {
        var facts = await GatherAsync(s_gatherer, words);

        facts.IsTrue("product.missing").Should().BeTrue();
        facts.Find("product.candidates").Should().BeNull();
    }

    [Fact]
    public async Task is_not_looked_for_without_an_encoder_and_a_name_comes_first()
    {
        (
            await GatherAsync(
                new(
                    s_shop,
                    new TestClock(ShopUnderTest.Morning),
                    (_, _) => Task.FromResult(0),
                    described: new DescribedProducts(() => null)
                ),
                "what does the thing for hiking cost"
            )
        )
            .Find("product.candidates")
            .Should()
            .BeNull();
        (await GatherAsync(s_gatherer, "what does the linen tote cost")).Text("product.title").Should().Be("Linen Tote");
    }
}
