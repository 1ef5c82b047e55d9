using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Playbooks;
using OpsChat.Tests.Facts;
using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Decisions;

public sealed class A_question_about_two_products : IDisposable
{
    private const string Asked = "how much are both candles";

    private readonly ShopFolderOnDisk _folder = new();

    public A_question_about_two_products() =>
        _folder.Write(
            "products.csv",
            "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Restock on,URL",
            "rose,Rose Candle,,,,,CAN-R,40,25.00,,https://shop.example/products/rose",
            "mint,Mint Candle,,,,,CAN-M,40,27.00,,https://shop.example/products/mint"
        );

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task keeps_what_the_encoder_says_of_the_whole_so_that_it_can_be_decided_again()
    {
        var files = Learning.SmallMugShop.Files.Select(file => new PlaybookFile($"{file.Key}.md", System.Text.Encoding.UTF8.GetBytes(file.Value)));
        var known = PlaybookSnapshot.From(
            PlaybookSet.Build([.. files], new Dictionary<string, PlaybookFile>()),
            SharedEncoder.Remembering
        );
        var lookups = new ShopOnlyLookups(_folder.Open(), known, _folder.Clock);

        var turn = await new Trial(known, lookups, _folder.Clock).SaysAsync(Asked, default);

        turn.Matters.Should().HaveCount(2);
        var recorded = new RecordedEncoder(turn.Encoder!);
        var mention = await lookups.MentionAsync(Asked, ProductFocus.None, default);
        known.Reader.Read(Asked, turn.Turn.KnownLanguage, recorded, mention.Request).Encoder.Should().NotBeNull("it is asked about such words");
        recorded.Missing.Should().BeEmpty();
    }
}
