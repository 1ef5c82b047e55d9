using OpsChat.Benchmarks;
using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

/// <summary>
/// Wishes in words that no list has, learned from examples. The 500 messages of <c>unseen-wishes.csv</c> were written by somebody who saw neither the
/// lists nor the examples, half of them indirect, their harmless ones meant to sound alike: a fresh set to judge by, never to learn from.
/// </summary>
public class A_wish_model
{
    private static readonly string s_words = Path.Combine(Repository.Root, "src", "OpsChat", "Understanding", "Words");
    private static readonly List<(string Language, bool IsWish, string Text)> s_unseen =
        WishFigures.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Understanding", "unseen-wishes.csv"));

    [Fact]
    public void is_the_one_that_its_examples_give()
    {
        var learned = WishModel.Train(WishFigures.Read(Path.Combine(s_words, "wish-examples.csv")));

        s_unseen
            .Should()
            .AllSatisfy(message =>
                learned
                    .LogOdds(message.Text, MoneyDetector.Kinds(message.Text))
                    .Should()
                    .BeApproximately(MoneyDetector.LikelinessOf(message.Text), 0.05)
            );
    }

    [Fact]
    public void rarely_takes_a_question_that_sounds_alike_for_one() =>
        s_unseen.Where(m => !m.IsWish).Average(m => Likely(m.Text)).Should().BeLessThanOrEqualTo(0.05);

    [Fact]
    public void makes_the_detector_catch_four_of_five_where_the_lists_alone_caught_two_of_three() =>
        s_unseen
            .Where(m => m.IsWish)
            .Average(m => MoneyDetector.Read(m.Text).Sense == MoneySense.Moves ? 1.0 : 0)
            .Should()
            .BeGreaterThanOrEqualTo(0.8);

    /// <summary>Written last, in ten languages, by somebody who knew nothing of the others; more than half of the harmless ones use the words of
    /// wishes. Nothing was mended for it.</summary>
    [Fact]
    public void makes_the_detector_catch_nine_of_ten_in_wordings_that_nobody_learned_from()
    {
        var fresh = WishFigures.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Understanding", "everyday-wishes.csv"));

        Moves(fresh, isWish: true).Should().BeGreaterThanOrEqualTo(0.9);
        Moves(fresh, isWish: false).Should().BeLessThanOrEqualTo(0.31);
    }

    [Theory]
    [InlineData("no need to exchange the bedsheet, it is fine, please keep the order as it is")]
    [InlineData("how long do people usually have to send things back, just asking before i buy")]
    public void makes_the_detector_doubt_the_words_of_a_wish_that_is_none(string text) =>
        MoneyDetector.Read(text).Sense.Should().NotBe(MoneySense.Moves);

    [Theory]
    [InlineData("what is your refund policy, and refund me now")]
    [InlineData("cancel the newsletter and the order")]
    [InlineData("thank you for the refund of the lamp, now i want to cancel the other order as well")]
    public void does_not_talk_the_detector_out_of_a_wish_beside_something_harmless(string text) =>
        MoneyDetector.Read(text).Sense.Should().Be(MoneySense.Moves);

    [Theory]
    [InlineData("can i pay by grabpay?")]
    [InlineData("do you have the mug in blue")]
    [InlineData("the small one leh")]
    [InlineData("my order is #1234, email a.b@example.com")]
    [InlineData("i want to buy two of the lamps")]
    [InlineData("kos pos ke sabah berapa")]
    public void leaves_everyday_questions_and_follow_ups_alone(string text) => MoneyDetector.Read(text).Sense.Should().NotBe(MoneySense.Moves);

    private static double Moves(List<(string Language, bool IsWish, string Text)> messages, bool isWish) =>
        messages.Where(m => m.IsWish == isWish).Average(m => MoneyDetector.Read(m.Text).Sense == MoneySense.Moves ? 1.0 : 0);

    private static double Likely(string text) => MoneyDetector.LikelinessOf(text) >= MoneyDetector.LikelyWish ? 1 : 0;
}
