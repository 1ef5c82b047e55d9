using OpsChat.Models.Encoding;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Models;

public sealed class Vectors_on_the_disk : IDisposable
{
    private static MiniLmEncoder Encoder => SharedEncoder.One;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void are_what_was_computed()
    {
        var first = new CachedEncoder(Encoder, Kept).EncodeOwn(["where is my order", "refund please"]);

        Kept.Read(Encoder.Origin).Values.Should().BeEquivalentTo(first);
        new CachedEncoder(Encoder, Kept).EncodeOwn(["refund please", "a new one"])[0].Should().Equal(first[1]);
    }

    [Fact]
    public void hold_no_text_and_nothing_of_a_customer()
    {
        var encoder = new CachedEncoder(Encoder, Kept);
        encoder.EncodeOwn(["where is my order"]);
        encoder.Encode("my name is Mei");

        File.ReadAllText(_folder.File("vectors.bin")).Should().NotContain("where is my order");
        Kept.Read(Encoder.Origin).Should().HaveCount(1);
    }

    [Fact]
    public void of_another_model_do_not_count()
    {
        new CachedEncoder(Encoder, Kept).EncodeOwn(["where is my order"]);

        Kept.Read("another model").Should().BeEmpty();
    }

    [Fact]
    public void that_are_cut_off_do_not_count()
    {
        new CachedEncoder(Encoder, Kept).EncodeOwn(["where is my order", "refund please"]);
        using (var file = File.OpenWrite(_folder.File("vectors.bin")))
        {
            file.SetLength(file.Length - 10);
        }

        Kept.Read(Encoder.Origin).Should().BeEmpty();
        new CachedEncoder(Encoder, Kept).EncodeOwn(["where is my order"]).Should().HaveCount(1);
    }

    [Fact]
    public void of_several_lists_are_all_there_at_the_next_start()
    {
        var first = new CachedEncoder(Encoder, Kept);
        first.EncodeOwn(["where is my order"]);
        first.EncodeOwn(["refund please"]);
        var next = new CachedEncoder(Encoder, Kept);
        next.EncodeOwn(["where is my order", "edited since"]);
        next.EncodeOwn(["refund please"]);

        Kept.Read(Encoder.Origin).Should().HaveCount(3);
    }

    [Fact]
    public void that_come_along_are_neither_computed_nor_kept_again()
    {
        var shipped = new VectorFile(_folder.File("shipped.bin"));
        var marked = new float[MiniLmEncoder.Size];
        marked[0] = 1;
        shipped.Write(Encoder.Origin, new Dictionary<string, float[]> { ["where is my order"] = marked });

        var vectors = new CachedEncoder(Encoder, Kept, shipped).EncodeOwn(["where is my order", "a shop's own"]);

        vectors[0].Should().Equal(marked);
        Kept.Read(Encoder.Origin).Should().ContainSingle();
    }

    private VectorFile Kept => new(_folder.File("vectors.bin"));
}
