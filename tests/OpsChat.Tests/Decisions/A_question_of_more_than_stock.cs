using OpsChat.Decisions;
using OpsChat.Tests.Facts;

namespace OpsChat.Tests.Decisions;

/// <summary>Questions about what a product is, which the shop's data do not say: "yes, we have it" would be a yes to them.</summary>
public sealed class A_question_of_more_than_stock : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();

    public A_question_of_more_than_stock() =>
        _folder.Write(
            "products.csv",
            "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Restock on,URL",
            "clutch,Songket Clutch,Colour,Gold,SC-G,9,80.00,,https://shop.example/products/clutch",
            "clutch,,,Silver,SC-S,7,80.00,,",
            "tray,Wooden Tray,Size,Small,WT-S,3,50.00,,https://shop.example/products/tray",
            "tray,,,Large,WT-L,4,70.00,,",
            "sambal,Chilli Paste,Heat,Mild,CP-M,4,12.00,,https://shop.example/products/paste",
            "sambal,,,Hot,CP-H,6,12.00,,",
            "kaya,Coconut Jam,,,CJ,6,12.00,,https://shop.example/products/jam"
        );

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("is the songket clutch in gold real gold")]
    [InlineData("how big is the large wooden tray")]
    [InlineData("is the large wooden tray dishwasher safe")]
    [InlineData("got any organic chilli paste ah")]
    [InlineData("is the gold songket clutch waterproof?")]
    [InlineData("we need 3 wooden trays large with our logo")]
    [InlineData("can you reserve the songket clutch in gold until friday")]
    [InlineData("do you have red coconut jam")]
    public async Task is_never_answered_by_the_stock(string words) =>
        ((await Says(words))[^1].Reply ?? "").Should().NotContainAny("Yes", "in stock");

    [Theory]
    [InlineData("do you have the wooden tray in black?")]
    [InlineData("does the wooden tray come in black?")]
    [InlineData("is the wooden tray available in white")]
    public async Task is_a_persons_where_it_is_of_a_colour_that_the_catalogue_does_not_tell(string words) =>
        (await Says(words))[^1].Decision.Verdict.Should().BeOfType<Verdict.HandOff>();

    [Fact]
    public async Task is_never_answered_by_the_stock_after_one_that_was() =>
        ((await Says("is the songket clutch in gold in stock?", "is it real gold"))[^1].Reply ?? "").Should().NotContainAny("Yes", "in stock");

    [Theory]
    [InlineData("Wooden Tray 有货吗", "这个是实木做的吗")]
    [InlineData("Wooden Tray 有货吗", "可以放洗碗机吗")]
    [InlineData("Songket Clutch มีของไหม", "เป็นทองแท้หรือเปล่า")]
    public async Task is_never_answered_by_the_stock_where_no_spaces_part_the_words(string before, string words) =>
        ((await Says(before, words))[^1].Reply ?? "").Should().NotContainAny("有货", "in stock");

    [Theory]
    [InlineData("Wooden Tray 有货吗")]
    [InlineData("Coconut Jam 还有吗")]
    [InlineData("Coconut Jam ยังมีของไหม")]
    public async Task is_answered_in_any_script_where_it_is_of_stock(string words) =>
        (await Says(words))[^1].Decision.Reasons.Should().NotContain(GateReason.AsksMoreThanStock);

    [Theory]
    [InlineData("got any vegetarian chilli paste ah")]
    [InlineData("does the coconut jam contain peanuts, i am allergic")]
    [InlineData("does the chilli paste contain nuts")]
    [InlineData("is the coconut jam halal")]
    [InlineData("can my toddler eat the coconut jam? is it safe for babies")]
    public async Task of_allergies_diets_and_safety_goes_to_a_person(string words) =>
        (await Says(words))
            .Should()
            .ContainSingle()
            .Which.Decision.Should()
            .Match<Decision>(it => it.Verdict is Verdict.HandOff && it.Reasons.Contains(GateReason.AsksAboutHealth));

    [Theory]
    [InlineData("do you have the songket clutch in gold")]
    [InlineData("is the large wooden tray still available")]
    [InlineData("any chilli paste left?")]
    [InlineData("songket clutch warna emas ada stok lagi tak")]
    [InlineData("hi, i am looking for a gift for my sister, do you still have the silver songket clutch?")]
    [InlineData("can i buy 2 of the small wooden tray for my mum")]
    public async Task is_no_question_of_stock_alone_which_is_answered(string words) =>
        (await Says(words))[^1].Decision.Verdict.Should().BeOfType<Verdict.Send>();

    private Task<IReadOnlyList<TurnDecision>> Says(params string[] messages) => _folder.SaysAsync(messages);
}
