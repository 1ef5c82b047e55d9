using CsvHelper;
using OpsChat.Facts;
using OpsChat.ShopData;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Facts;

/// <summary>Questions in Chinese and Malay about the goods of the demo shop, whose titles are English.</summary>
public class Names_of_products
{
    private static readonly Lazy<ProductSearch> s_demo = new(() =>
        new CsvShop(Repository.DemoShop, TimeZoneInfo.Utc, "MYR", new TestClock(ShopUnderTest.Morning)).CatalogueAsync("", default).Result);

    private sealed record Question(string Language, string Text, string Meant, string[] Also);

    private static ProductMention Mention(string message, params string[] before) =>
        ProductMentionReader.Read(s_demo.Value, message, new(before, new Dictionary<string, string>(), null));

    private static bool IsRight(Question question, IReadOnlyList<string> titles) => question.Meant.Length == 0
        ? titles.Count == 0
        : titles.Contains(question.Meant) && titles.All(title => title == question.Meant || question.Also.Contains(title));

    [Theory]
    [InlineData("product-names.csv", "zh", 0.95)]
    [InlineData("product-names.csv", "ms", 0.95)]
    [InlineData("product-names-held-out.csv", "zh", 0.95)]
    [InlineData("product-names-held-out.csv", "ms", 0.95)]
    public void are_understood_in_another_language_than_that_of_the_titles(string file, string language, double least)
    {
        var questions = Read(file).FindAll(question => question.Language == language);
        var read = questions.ConvertAll(question => (Question: question, Mention(question.Text).Titles));
        var wrong = read.FindAll(each => !IsRight(each.Question, each.Titles));
        var missed = wrong.Count(each => each.Titles.Count == 0);

        (1 - ((double)wrong.Count / questions.Count)).Should().BeGreaterThanOrEqualTo(
            least,
            $"of {questions.Count} {missed} name nothing and {wrong.Count - missed} others:\n"
                + string.Join('\n', wrong.Select(each => $"{each.Question.Text} -> {string.Join(" | ", each.Titles)}")));
    }

    [Theory]
    [InlineData("https://shop.example/products/tea-pot how much?", "Clay Teapot")]
    [InlineData("https://shop.example/products/rattan-basket", "Rattan Laundry Basket")]
    [InlineData("mug https://shop.example/products/stoneware-mug ada stok", "Stoneware Mug")]
    [InlineData("is this in stock: www.shop.example/collections/bags/products/pouch-set?variant=12#top", "Zip Pouch, set of 3")]
    [InlineData("https://market.example/Kids-Batik-Dress-i.55.1234", "Kids Batik Dress")]
    public void are_read_in_links_by_page_by_handle_or_by_words(string message, string title)
    {
        var mention = Mention(message);

        mention.Titles.Should().Equal(title);
        mention.IsNamed.Should().BeTrue();
    }

    [Theory]
    [InlineData("https://track.example/parcels/LK8812345MY where is it")]
    [InlineData("see https://shop.example/pages/size-guide")]
    [InlineData("https://shop.example/products/garden-hose")]
    [InlineData("https://shop.example")]
    public void are_not_seen_in_links_to_something_else(string message) => Mention(message).Titles.Should().BeEmpty();

    private static readonly ProductSearch s_mixed = new(
    [
        A.Product("Dark Chocolate 70%"), A.Product("Tote Bag"), A.Product("Kids T-Shirt"), A.Product("Linen Shirt"), A.Product("Batik Shirt"),
        A.Product("Oolong Tea"), A.Product("Jasmine Tea"), A.Product("Green Tea"), A.Product("Blue Mug"), A.Product("Travel Mug"),
        A.Product("Wooden Tray"), A.Product("Beach Towel"),
    ]);

    [Theory]
    [InlineData("ada baju warna coklat?", "Dark Chocolate 70%")]
    [InlineData("两包茶多少钱", "Tote Bag")]
    [InlineData("berapa harga mug untuk anak saya", "Kids T-Shirt")]
    public void make_no_other_thing_sure_than_the_one_that_was_named(string message, string other) =>
        (s_mixed.Find(message) is ProductMatch.Found found ? found.Product.Title : "").Should().NotBe(other);

    [Fact]
    public void may_stand_beside_an_option_that_is_another_thing_elsewhere() =>
        new ProductSearch(
            [
                A.Product("Coffee Canister", A.Variant("CC-G", colour: "Glass"), A.Variant("CC-S", colour: "Steel")),
                A.Product("Glass Server"), A.Product("Linen Tote"),
            ])
            .Find("canister glass berapa").Should().BeOfType<ProductMatch.Found>().Which.Product.Title.Should().Be("Coffee Canister");

    [Theory]
    [InlineData("T恤多少钱")]
    [InlineData("纯棉T恤多少钱")]
    public void are_found_behind_a_Latin_letter(string message) =>
        new ProductSearch([A.Product("纯棉T恤"), A.Product("纯棉毛巾")]).Find(message)
            .Should().BeOfType<ProductMatch.Found>().Which.Product.Title.Should().Be("纯棉T恤");

    [Theory]
    [InlineData("berapa ni https://shop.my/index.php?route=product/product&product_id=42", "Second Thing")]
    [InlineData("https://shop.my/index.php?route=product/product&product_id=99 ?", null)]
    [InlineData("https://shop.my/index.php", null)]
    public void are_told_apart_by_the_query_where_only_that_tells_them(string message, string? title)
    {
        var search = new ProductSearch(
        [
            A.Product("First Thing") with { Url = "https://shop.my/index.php?route=product/product&product_id=41" },
            A.Product("Second Thing") with { Url = "https://shop.my/index.php?route=product/product&product_id=42" },
        ]);
        var titles = ProductMentionReader.Read(search, message, new([], new Dictionary<string, string>(), null)).Titles;
        titles.Should().Equal(title is null ? [] : [title]);
    }

    [Theory]
    [InlineData("what is the difference between pandan and lemongrass candle", "Pandan Candle", "Lemongrass Candle",
        "what is the difference between pandan candle and lemongrass candle")]
    [InlineData("batik or linen shirt, which is thinner", "Batik Shirt", "Linen Shirt", "batik shirt or linen shirt, which is thinner")]
    [InlineData("lilin pandan dan serai ada stok?", "Pandan Candle", "Lemongrass Candle", "lilin pandan dan lilin serai ada stok?")]
    [InlineData("香兰和香茅蜡烛多少钱", "Pandan Candle", "Lemongrass Candle", "香兰蜡烛和香茅蜡烛多少钱")]
    public void may_share_a_noun(string message, string first, string second, string writtenOut)
    {
        var mention = Mention(message);

        mention.Titles.Should().Equal(first, second);
        mention.WrittenOut.Should().Be(writtenOut);
    }

    [Theory]
    [InlineData("a mug and a linen tote please")]
    [InlineData("pandan candle and lemongrass candle")]
    [InlineData("batik scarf and leather sandals")]
    public void share_no_noun_where_each_has_its_own(string message) => Mention(message).WrittenOut.Should().BeNull();

    [Theory]
    [InlineData("do you sell bags", "Canvas Backpack", "Linen Tote", "Songket Clutch", "Zip Pouch, set of 3")]
    [InlineData("what shoes do you have", "Beaded Slippers", "Leather Sandals")]
    [InlineData("ada jual kasut?", "Beaded Slippers", "Leather Sandals")]
    [InlineData("what does the rucksack cost", "Canvas Backpack")]
    public void are_found_by_a_general_or_another_word_for_them(string message, params string[] titles) =>
        Mention(message).Titles.Should().BeEquivalentTo(titles);

    [Theory]
    [InlineData("do you have leather chairs")]
    [InlineData("songket curtains?")]
    [InlineData("皮沙发多少钱")]
    [InlineData("有藤椅子吗")]
    [InlineData("payung buluh ada?")]
    [InlineData("我的包裹怎么还没到")]
    [InlineData("包装可以换吗")]
    public void are_not_those_of_another_thing_of_the_same_material(string message) => Mention(message).Titles.Should().BeEmpty();

    [Theory]
    [InlineData("how much is the linen scarf", "Batik Scarf", "Linen Shirt", "Linen Tote")]
    [InlineData("亚麻围巾多少钱", "Batik Scarf", "Linen Shirt", "Linen Tote")]
    [InlineData("bamboo bottle price", "Steel Travel Bottle 500ml", "Bamboo Straws, set of 6")]
    public void are_asked_for_where_another_kind_of_the_thing_is_named(string message, params string[] titles) =>
        Mention(message).Titles.Should().BeEquivalentTo(titles);

    [Theory]
    [InlineData("how much is the silk scarf", true)]
    [InlineData("selendang sutera berapa", true)]
    [InlineData("真丝围巾多少钱", true)]
    [InlineData("how much is the batik scarf, is it silk", false)]
    [InlineData("陶瓷马克杯还有吗", false)]
    [InlineData("the black scarf", false)]
    public void are_in_doubt_where_nothing_of_that_kind_is_sold(string message, bool isDoubtful) =>
        Mention(message).IsDoubtful.Should().Be(isDoubtful);

    [Theory]
    [InlineData("这件是纯棉的吗")]
    [InlineData("是真皮的吗")]
    [InlineData("bahan dia kapas ke")]
    public void are_not_named_by_what_something_is_made_of(string message) => Mention(message).Titles.Should().BeEmpty();

    [Theory]
    [InlineData("lada hitam ada stok?", "Sarawak Black Pepper 150g")]
    [InlineData("黑胡椒有货吗", "Sarawak Black Pepper 150g")]
    [InlineData("anting-anting perak ada?", "Hibiscus Silver Earrings")]
    public void hold_no_colour_that_is_not_made(string message, string title)
    {
        var mention = Mention(message);

        mention.Titles.Should().Equal(title);
        mention.NotMade.Should().BeEmpty();
    }

    [Theory]
    [InlineData("蜡染衬衫L码有吗", "Batik Shirt", "size", "L")]
    [InlineData("珠绣拖鞋38码有吗", "Beaded Slippers", "size", "38")]
    [InlineData("藍色馬克杯還有貨嗎", "Stoneware Mug", "colour", "Blue")]
    [InlineData("selendang batik warna maroon", "Batik Scarf", "colour", "Maroon")]
    public void stand_beside_their_options(string message, string title, string option, string value)
    {
        var mention = Mention(message);

        mention.Titles.Should().Equal(title);
        mention.Options.Should().Contain(option, value);
    }

    [Theory]
    [InlineData("马克杯呢")]
    [InlineData("teko tanah liat")]
    [InlineData("https://shop.example/products/wau-kite")]
    public void may_be_all_that_is_said(string message) => Mention(message).IsAllThatIsSaid.Should().BeTrue();

    [Theory]
    [InlineData("藤灯", null, "zh")]
    [InlineData("藤灯", "en", "en")]
    public void tell_the_language_of_a_first_message_where_their_script_does(string message, string? before, string language) =>
        OpsChat.Understanding.MessageReader.Train(
                [new("is-it-in-stock", "", ["is it in stock"]), new("opening-hours", "", ["when do you open"])], [])
            .Read(message, before, asked: Mention(message).Request).Language.Should().Be(language);

    [Fact]
    public void leave_the_question_as_it_is_without_them() => Mention("蓝色杯子还有货吗").Request.Should().Be("蓝色 it 还有货吗");

    [Theory]
    [InlineData("how much is the cangkung pot", "Clay Teapot")]
    [InlineData("万用壶多少钱", "Clay Teapot")]
    [InlineData("does the brewmaster come in red", "Clay Teapot")]
    [InlineData("how much is the wooden tray", "Wooden Serving Tray")]
    public void may_be_those_that_the_owner_gave(string message, string title)
    {
        var search = new ProductSearch(
        [
            A.Product("Clay Teapot") with { OtherNames = ["Cangkung Pot", "万用壶", "brewmaster"] },
            A.Product("Wooden Serving Tray"),
            A.Product("Steel Pot"),
        ]);

        ProductMentionReader.Read(search, message, ProductFocus.None).Titles.Should().Equal(title);
    }

    [Theory]
    [InlineData("do you have scarves", "Selendang Sutera")]
    [InlineData("silk scarf price", "Selendang Sutera")]
    [InlineData("围巾有货吗", "Selendang Sutera")]
    [InlineData("blue cups?", "青花茶杯")]
    [InlineData("青花的还有吗", "青花茶杯")]
    [InlineData("teko ada?", "龙泉茶壶")]
    public void are_found_where_the_titles_are_not_English(string message, string title)
    {
        var search = new ProductSearch([A.Product("Selendang Sutera"), A.Product("青花茶杯"), A.Product("龙泉茶壶"), A.Product("Kain Pelikat")]);

        ProductMentionReader.Read(search, message, ProductFocus.None).Titles.Should().Equal(title);
    }

    private static List<Question> Read(string file)
    {
        using var csv = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "Fixtures", file));
        var questions = new List<Question>();
        while (csv.Read())
        {
            questions.Add(new(csv.GetString("language"), csv.GetString("message"), csv.GetString("meant"),
                csv.GetString("also").Split('|', StringSplitOptions.RemoveEmptyEntries)));
        }

        return questions;
    }
}
