using OpsChat.Models.Encoding;
using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class Texts_found_by_meaning
{
    private static CachedEncoder Encoder => SharedEncoder.Remembering;

    private static readonly string[] Products =
    [
        "Milk frother, steel, battery",
        "Coffee grinder with 12 settings",
        "Pour-over kettle, 1 l",
        "Linen apron",
        "Ceramic mug, 300 ml",
        "Bread knife",
        "Wooden chopping board",
    ];

    private static readonly SentenceIndex Index = new(Products, Encoder);

    [Theory]
    [InlineData("the thing to make foam for my cappuccino", 0)]
    [InlineData("something to grind beans with", 1)]
    [InlineData("do you sell what you wear when you cook", 3)]
    [InlineData("a cup for tea", 4)]
    public void need_not_share_a_word_with_the_description(string description, int product) =>
        Index.Nearest(description, 3).Select(found => found.Place).Should().Contain(product);

    [Fact]
    public void come_nearest_first_with_their_similarity() =>
        Index
            .Nearest("milk frother", Products.Length)
            .Select(found => found.Similarity.Cosine)
            .Should()
            .BeInDescendingOrder()
            .And.HaveCount(Products.Length);

    [Fact]
    public void are_the_same_again_from_the_record()
    {
        var first = Index.Nearest("a cup for tea", 3);
        var record = new RecordedEncoder(new([], [.. first.Select(found => found.Similarity)]));

        Index.Nearest("a cup for tea", 3, record).Should().Equal(first);
        record.Missing.Should().BeEmpty();
    }

    [Fact]
    public void are_missing_from_a_record_of_something_else()
    {
        var record = new RecordedEncoder(EncoderAnswers.None);

        Index.Nearest("a cup for tea", 3, record).Should().BeEmpty();
        record.Missing.Should().ContainSingle();
    }

    [Fact]
    public void tell_whether_a_message_says_the_same_again() =>
        SentenceIndex.Compare(Encoder, "my parcel is still not here", "where is my package, it has not come").Cosine
            .Should().BeGreaterThan(SentenceIndex.Compare(Encoder, "do you have it in red", "where is my package, it has not come").Cosine + 0.1);
}
