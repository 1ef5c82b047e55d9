using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class An_issue_classifier
{
    private static readonly IssueClassifier Shop = IssueClassifier.Train(SmallShop.Issues, new ClassifierOptions());

    [Theory]
    [InlineData("where is my order", "where-is-my-order")]
    [InlineData("Hi, where is my order?", "where-is-my-order")]
    [InlineData("my parcel still has not arrived", "where-is-my-order")]
    [InlineData("i want to change my delivery address", "change-address")]
    [InlineData("ｗｈｅｎ ｄｏ ｙｏｕ ｏｐｅｎ", "opening-hours")]
    [InlineData("my box arrived broken", "damaged-item")]
    public void puts_the_right_issue_first(string message, string issue) =>
        Shop.Classify(message).Issues[0].Issue.Should().Be(issue);

    [Theory]
    [InlineData("what is the capital of france")]
    [InlineData("tell me a joke")]
    [InlineData("123456")]
    [InlineData("xqzzt vrrm")]
    public void chooses_nothing_for_a_message_about_something_else(string message) =>
        Shop.Classify(message).Chosen.Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("?!")]
    [InlineData("😳")]
    public void says_nothing_about_a_message_without_words(string message) =>
        Shop.Classify(message).Issues.Should().BeEmpty();

    [Fact]
    public void without_examples_never_finds_an_issue()
    {
        var empty = IssueClassifier.Train([], new ClassifierOptions());

        empty.Classify("where is my order").Issues.Should().BeEmpty();
        empty.Classify("where is my order").Chosen.Should().BeNull();
        empty.Confusions.Should().BeEmpty();
    }

    [Fact]
    public void works_with_a_single_playbook_of_a_single_phrase()
    {
        var one = IssueClassifier.Train([new("opening-hours", "", ["when do you open"])], new ClassifierOptions());

        one.Classify("when do you open").Issues.Should().ContainSingle().Which.Issue.Should().Be("opening-hours");
        one.Classify("my parcel is broken").Chosen.Should().BeNull();
    }

    [Fact]
    public void learns_the_same_from_the_same_examples()
    {
        var again = IssueClassifier.Train(SmallShop.Issues, new ClassifierOptions());

        again.Threshold.Should().Be(Shop.Threshold);
        again.Classify("parcel late??").Should().BeEquivalentTo(Shop.Classify("parcel late??"), options => options.WithStrictOrdering());
    }

    [Fact]
    public void forgives_a_slip_of_the_fingers() =>
        Shop.Classify("trcak my pacrel").Issues[0].Issue.Should().Be("where-is-my-order");

    [Fact]
    public void gives_confidences_from_0_to_1_best_first()
    {
        var scores = Shop.Classify("i moved, where is my order going?").Issues.Select(score => score.Confidence).ToList();

        scores.Should().BeInDescendingOrder().And.OnlyContain(score => score >= 0 && score <= 1).And.HaveCountLessOrEqualTo(5);
    }

    [Fact]
    public void explains_itself_by_the_nearest_example_and_the_words_that_counted()
    {
        var read = Shop.Classify("your opening hours please");

        read.NearExamples[0].Should().BeEquivalentTo(new { Issue = "opening-hours", Phrase = "opening hours" });
        read.Words[0].Word.Should().BeOneOf("opening", "hours");
        read.Words[0].Weight.Should().BePositive();
    }

    [Fact]
    public void is_the_less_sure_the_more_unknown_words_a_message_has()
    {
        double Confidence(string message) => Shop.Classify(message).Issues[0].Confidence;

        Confidence("track my order").Should().BeGreaterThan(Confidence("track my order zimbrel quonk flarvish dwint"));
    }

    [Fact]
    public void tells_which_playbooks_are_taken_for_each_other_with_the_phrases()
    {
        IssueExamples[] twins =
        [
            new(
                "late",
                "",
                [
                    "my parcel is late",
                    "parcel is so late",
                    "late parcel again",
                    "the parcel is very late",
                    "why is my parcel late",
                    "parcel late",
                ]
            ),
            new(
                "slow",
                "",
                [
                    "parcel is late today",
                    "my parcel late again",
                    "is the parcel late",
                    "late late parcel",
                    "so late the parcel is",
                    "parcel very late",
                ]
            ),
            new("hours", "", ["when do you open", "opening hours", "are you open on sunday", "what time do you close", "open today?"]),
        ];

        var confusions = IssueClassifier.Train(twins, new ClassifierOptions()).Confusions;

        confusions.Should().NotBeEmpty();
        confusions.Should().OnlyContain(confusion => confusion.Issue != "hours" && confusion.TakenFor != "hours");
        confusions[0].Phrases.Should().NotBeEmpty().And.OnlyContain(phrase => phrase.Contains("late"));
    }

    [Fact]
    public void asks_for_more_confidence_the_smaller_the_error_budget()
    {
        var careful = IssueClassifier.Train(SmallShop.Issues, new ClassifierOptions(ErrorBudget: 0.01));
        var bold = IssueClassifier.Train(SmallShop.Issues, new ClassifierOptions(ErrorBudget: 0.2));

        careful.Threshold.Should().BeGreaterThanOrEqualTo(Shop.Threshold);
        bold.Threshold.Should().BeLessThanOrEqualTo(Shop.Threshold);
    }

    [Fact]
    public void reads_a_very_long_message_in_bounded_pieces() =>
        Shop.Classify(string.Concat(Enumerable.Repeat("where is my order ", 5000))).Issues[0].Issue.Should().Be("where-is-my-order");
}
