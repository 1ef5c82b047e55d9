using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class A_hostile_or_broken_text
{
    private const int Long = 100_000;

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

    private static void ReadAll(string text)
    {
        MoneyDetector.Read(text);
        MoneyDetector.ReadDraft(text);
        MoodDetector.Read(text);
        LanguageDetector.Detect(text);
        EntityExtractor.Read(text);
    }
}
