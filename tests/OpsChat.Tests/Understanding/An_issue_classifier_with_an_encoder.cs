using OpsChat.Models.Encoding;
using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class An_issue_classifier_with_an_encoder
{
    private static CachedEncoder Encoder => SharedEncoder.Remembering;
    private static readonly IssueClassifier Shop = IssueClassifier.Train(SmallShop.Issues, new ClassifierOptions(), Encoder);
    private static readonly IssueClassifier WordsOnly = IssueClassifier.Train(SmallShop.Issues, new ClassifierOptions());

    [Theory]
    [InlineData("nothing has turned up at my door yet", "where-is-my-order")]
    [InlineData("the cup has a hole in it", "damaged-item")]
    [InlineData("i live somewhere else now", "change-address")]
    [InlineData("until what hour can i come to the shop", "opening-hours")]
    public void understands_other_words_for_the_same(string message, string issue) =>
        Shop.Classify(message).Issues[0].Issue.Should().Be(issue);

    [Theory]
    [InlineData("what is the capital of france")]
    [InlineData("my dog ate the newspaper")]
    [InlineData("can you recommend a film for tonight")]
    public void chooses_nothing_for_a_message_about_something_else(string message) => Shop.Classify(message).Chosen.Should().BeNull();

    [Theory]
    [InlineData("barang saya dah rosak teruk")]
    [InlineData("พัสดุของฉันอยู่ที่ไหน")]
    [InlineData("mera parcel kahan hai bhai")]
    public void leaves_languages_that_the_encoder_never_learned_to_words(string message)
    {
        var read = Shop.Classify(message);

        read.Encoder.Should().BeNull();
        read.Should().BeEquivalentTo(WordsOnly.Classify(message));
    }

    [Fact]
    public void does_not_ask_the_encoder_when_words_are_sure()
    {
        const string Nonsense = "no asdf qwer zxcv uiop hjkl vbnm tyui ghjk";

        WordsOnly.Classify(Nonsense).Issues[0].Confidence.Should().BeLessThan(0.01);
        Shop.Classify(Nonsense).Encoder.Should().BeNull();
    }

    [Theory]
    [InlineData("nothing has turned up at my door yet")]
    [InlineData("the cup has a hole in it")]
    [InlineData("what is the capital of france")]
    [InlineData("barang saya dah rosak teruk")]
    public void decides_the_same_again_from_the_record_without_an_encoder(string message)
    {
        var first = Shop.Classify(message);
        var record = new RecordedEncoder(new(first.Encoder is { } asked ? [asked] : [], []));

        WordsOnly.Classify(message, record).Should().BeEquivalentTo(first, options => options.WithStrictOrdering());
        record.Missing.Should().BeEmpty();
    }

    [Fact]
    public void notes_what_the_record_does_not_hold()
    {
        var record = new RecordedEncoder(EncoderAnswers.None);

        var again = Shop.Classify("the cup has a hole in it", record);

        again.Encoder.Should().BeNull();
        record.Missing.Should().Equal(TextKey.Of("the cup has a hole in it"));
    }

    [Fact]
    public void does_not_take_answers_about_other_examples_for_its_own()
    {
        var first = Shop.Classify("the cup has a hole in it");
        var record = new RecordedEncoder(new([first.Encoder!], []));

        IssueClassifier.Train([.. SmallShop.Issues.Skip(1)], new ClassifierOptions()).Classify("the cup has a hole in it", record);

        record.Missing.Should().ContainSingle();
    }

    [Fact]
    public void misses_nothing_where_no_encoder_took_part()
    {
        var record = new RecordedEncoder(null);

        Shop.Classify("the cup has a hole in it", record).Should().BeEquivalentTo(WordsOnly.Classify("the cup has a hole in it"));
        record.Missing.Should().BeEmpty();
    }

    [Fact]
    public void explains_a_confidence_by_what_adds_up_to_it()
    {
        var read = Shop.Classify("the cup has a hole in it");

        read.NearExamples[0].Issue.Should().Be("damaged-item");
        read.Evidence.Should().Contain(evidence => evidence.Name == "nearness" && evidence.Value > 0.3);
        (1 / (1 + Math.Exp(-read.Evidence.Sum(evidence => evidence.Weight)))).Should().BeApproximately(read.Issues[0].Confidence, 0.01);
    }
}
