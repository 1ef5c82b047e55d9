using OpsChat.Models.Encoding;
using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Models;

public class A_sentence_encoder
{
    private static MiniLmEncoder Encoder => SharedEncoder.One;

    [Theory]
    [InlineData("where is my parcel", "my package still has not come", "how do i change the colour")]
    [InlineData("the thing to froth milk", "Milk frother, steel, 240 V", "Coffee grinder with 12 settings")]
    [InlineData("I WANT MY MONEY BACK", "please refund me", "what time do you open")]
    public void brings_texts_of_one_meaning_nearer_than_others(string text, string same, string other) =>
        Alike(text, same).Should().BeGreaterThan(Alike(text, other) + 0.2f);

    [Theory]
    [InlineData("Wie viel kostet der Café-Löffel?", "wie viel kostet der cafe-loffel?")]
    [InlineData("where  is\tmy ORDER", "where is my order")]
    public void does_not_mind_case_accents_and_spaces(string text, string plain) => Alike(text, plain).Should().BeGreaterThan(0.999f);

    [Theory]
    [InlineData("")]
    [InlineData("😳")]
    [InlineData("ขอเงินคืน")]
    public void has_a_vector_of_length_1_for_whatever_is_written(string text) =>
        Encoder.Encode(text).Sum(number => number * number).Should().BeApproximately(1, 0.001f);

    [Fact]
    public void reads_a_long_text_up_to_a_point_and_in_bounded_time() =>
        Encoder.Encode(string.Join(' ', Enumerable.Repeat("parcel", 5000))).Should().HaveCount(MiniLmEncoder.Size);

    [Fact]
    public void gives_the_same_vector_again_also_from_many_threads_at_once()
    {
        var once = Encoder.Encode("where is my order");

        Enumerable
            .Range(0, 16)
            .AsParallel()
            .Select(_ => Encoder.Encode("where is my order"))
            .Should()
            .AllSatisfy(again => again.Should().Equal(once));
    }

    [Fact]
    public void says_what_is_missing_where_its_files_are_not() =>
        MiniLmEncoder.Open("/nowhere").Should().BeOfType<OpenedEncoder.Unavailable>().Which.Sentence.Should().Contain("onnx").And.Contain("/nowhere");

    [Fact]
    public void says_so_when_its_model_cannot_be_read()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(MiniLmEncoder.UsualFolder))
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
        }

        File.WriteAllText(Directory.GetFiles(folder.Path, "*.onnx").Single(), "no model");

        MiniLmEncoder.Open(folder.Path).Should().BeOfType<OpenedEncoder.Unavailable>().Which.Sentence.Should().Contain("cannot be read");
    }

    private static float Alike(string left, string right) => SentenceModel.Cosine(Encoder.Encode(left), Encoder.Encode(right));
}
