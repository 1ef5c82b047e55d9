using FsCheck;
using FsCheck.Fluent;
using OpsChat.Facts;

namespace OpsChat.Tests.Facts;

public class Product_search
{
    private static readonly ProductSearch s_search = new(
    [
        A.Product("Batik Shirt", A.Variant("BTK-S", "S"), A.Variant("BTK-M", "M"), A.Variant("BTK-XL", "XL")),
        A.Product("Linen Shirt", A.Variant("LIN-M", "M")),
        A.Product("Batik Scarf", A.Variant("SCF-I", colour: "Indigo"), A.Variant("SCF-M", colour: "Maroon")),
        A.Product("Stoneware Mug", A.Variant("MUG-B", colour: "Blue"), A.Variant("MUG-W", colour: "White")),
        A.Product("Leather Sandals", A.Variant("SAN-38", "38"), A.Variant("SAN-39", "39")),
        A.Product("Gift Box"),
        A.Product("Gift Box Ribbon"),
        A.Product("Coconut Soap"),
        A.Product("Sambal Ikan Bilis"),
        A.Product("Black Pepper"),
        A.Product("Linen Tote", A.Variant("TOTE-B", colour: "Black")),
    ]);

    private static ProductMatch.Found Found(string message) => s_search.Find(message).Should().BeOfType<ProductMatch.Found>().Subject;

    [Theory]
    [InlineData("is the batik shirt in stock?", "Batik Shirt")]
    [InlineData("Stok baju STONEWARE MUG masih ada?", "Stoneware Mug")]
    [InlineData("do you still have mugs", "Stoneware Mug")]
    [InlineData("got any sandals left", "Leather Sandals")]
    [InlineData("leather sandles available?", "Leather Sandals")]
    [InlineData("the black tote", "Linen Tote")]
    [InlineData("the stonware mgu pls", "Stoneware Mug")]
    [InlineData("how much is LIN-M", "Linen Shirt")]
    [InlineData("a gift box please", "Gift Box")]
    [InlineData("ribbon for the gift box", "Gift Box Ribbon")]
    public void finds_the_product_that_the_words_mean(string message, string title) => Found(message).Product.Title.Should().Be(title);

    [Theory]
    [InlineData("is it leather?", "Batik Shirt")]
    [InlineData("they're made of stoneware?", "Batik Shirt")]
    [InlineData("is it real leather", "Batik Shirt")]
    [InlineData("is it the leather sandals that you sell", "Leather Sandals")]
    [InlineData("do you have the sandals, is it leather", "Leather Sandals")]
    [InlineData("the leather sandals?", "Leather Sandals")]
    [InlineData("how many sandals is it", "Batik Shirt")]
    [InlineData("are sandals back in stock soon", "Leather Sandals")]
    public void leaves_it_with_the_product_of_before_when_a_word_of_another_is_only_said_of_it(string message, string title) =>
        ProductMentionReader
            .Read(s_search, message, new(["Batik Shirt"], new Dictionary<string, string>(), null))
            .Titles.Should()
            .Equal(title);

    [Fact]
    public void does_not_choose_between_products_that_fit_equally() =>
        s_search.Find("is the shirt available").Should().BeOfType<ProductMatch.Ambiguous>()
            .Which.Candidates.Select(c => c.Title).Should().Equal("Batik Shirt", "Linen Shirt");

    [Theory]
    [InlineData("hello, is anybody there?")]
    [InlineData("where is my order")]
    [InlineData("i would like to swap it")]
    [InlineData("can you send the bill")]
    [InlineData("")]
    [InlineData("👍👍")]
    public void finds_nothing_where_nothing_is_named(string message) => s_search.Find(message).Should().BeOfType<ProductMatch.None>();

    [Theory]
    [InlineData("batik shirt size m", "BTK-M")]
    [InlineData("batik shirt saiz XL ada?", "BTK-XL")]
    [InlineData("batik shirt in M?", "BTK-M")]
    [InlineData("batik shirt, extra large", "BTK-XL")]
    [InlineData("leather sandals 39", "SAN-39")]
    [InlineData("the blue stoneware mug", "MUG-B")]
    public void tells_the_size_or_colour_that_is_meant(string message, string sku) =>
        Found(message).Variants.Should().ContainSingle().Which.Sku.Should().Be(sku);

    [Fact]
    public void knows_a_size_that_is_not_made()
    {
        var found = Found("batik shirt size XXL");

        found.Size.Should().Be("XXL");
        found.Variants.Should().BeEmpty();
    }

    [Theory]
    [InlineData("I'm looking for the batik shirt")]
    [InlineData("it's the batik shirt, isn't it")]
    [InlineData("which size of the batik shirt fits me")]
    public void takes_no_stray_letter_or_word_for_a_size(string message) => Found(message).Size.Should().BeNull();

    [Fact]
    public void answers_any_text_without_failing() =>
        Prop.ForAll<string>(text => s_search.Find(text ?? "") is not null).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));
}
