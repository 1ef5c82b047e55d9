using OpsChat.Models.Encoding;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Models;

public sealed class Vectors_on_the_disk : IDisposable
{
    private static readonly MiniLmEncoder Encoder = ((OpenedEncoder.Ready)MiniLmEncoder.Open(MiniLmEncoder.UsualFolder)).Encoder;

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

    private VectorFile Kept => new(_folder.File("vectors.bin"));
}
