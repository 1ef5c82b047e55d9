using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Approvals;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class A_hostile_or_broken_text
{
    private const int Long = 100_000;

    private static readonly Product s_shirt = new(
        "shirt",
        "Shirt",
        null,
        [new("SHIRT-M", "M", ["Blue"], null, null, null, null), new("SHIRT-L", "L", ["Blue"], null, null, null, null)],
        new("products.csv", default)
    );

    [Fact]
    public void never_makes_a_detector_fail() =>
        Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Choose(0, char.MaxValue).Select(c => (char)c)).Select(c => new string(c))), text =>
        {
            ReadAll(text);
            return true;
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

    [Theory]
    [InlineData("a")]
    [InlineData("a ")]
    [InlineData("1 ")]
    [InlineData("12345678 ")]
    [InlineData("refund ")]
    [InlineData("cancel newsletter ")]
    [InlineData("we will send ")]
    [InlineData("order number saya ")]
    [InlineData("last 4 digits ")]
    [InlineData("a@a.")]
    [InlineData("AB-")]
    [InlineData("# ")]
    [InlineData("0 ( ")]
    [InlineData("退")]
    [InlineData("เงิน")]
    [InlineData("$")]
    [InlineData("\u0301")]
    [InlineData("\ud800")]
    public void of_100_kB_is_read_in_linear_time(string piece)
    {
        ReadAll(piece);
        var clock = Stopwatch.StartNew();
        ReadAll(string.Concat(Enumerable.Repeat(piece, Long / piece.Length)));
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), "a quadratic reader would need minutes");
    }

    [Theory]
    [InlineData("my")]
    [InlineData("my e-mail address")]
    [InlineData("for")]
    [InlineData("for order no")]
    [InlineData("cvv")]
    [InlineData("account no")]
    [InlineData("size")]
    [InlineData("RM")]
    [InlineData("last 4 digits")]
    public void that_begins_like_a_detail_and_goes_on_in_100_kB_of_spaces_is_read_in_linear_time(string beginning)
    {
        ReadAll(beginning);
        var clock = Stopwatch.StartNew();
        ReadAll($"{beginning}{new string(' ', Long)}x");
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), "a quadratic reader would need minutes");
    }

    private static void ReadAll(string text)
    {
        IssueText.Of(text);
        Redaction.MaskCards(text);
        VariantChoice.Of(s_shirt, text);
        AmountAtStake.Of(text, null, "MYR");
        MoneyDetector.Read(text);
        MoneyDetector.ReadDraft(text);
        MoodDetector.Read(text);
        LanguageDetector.Detect(text);
        EntityExtractor.Read(text);
    }
}
