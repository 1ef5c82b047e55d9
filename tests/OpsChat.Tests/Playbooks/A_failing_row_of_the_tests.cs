using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Tests.Learning;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

public class A_failing_row_of_the_tests
{
    [Fact]
    public async Task whose_words_are_missing_shows_them_and_what_is_said_instead()
    {
        var failed = await FailAsync("Send, opening-hours \"until 18:00\"");

        failed.Problem.Should().Be("“when do you open” ends in Send, opening-hours, as it should, but it says “The shop is open from nine to six on "
            + "weekdays and closed on Sundays.” and not “until 18:00”.");
        failed.Remedy.Should().Be("Write “until 18:00” into the text that answers, or into the test what that text says.");
    }

    [Theory]
    [InlineData("HandOff", "should end in HandOff, and ends in Send, opening-hours", "Change the rule or setting that leads to Send, or write Send")]
    [InlineData("Send, damaged-mug", "should end in Send, damaged-mug, and ends in Send, opening-hours", "Give damaged-mug examples like this")]
    [InlineData("Send, none", "should end in Send, none, and ends in Send, opening-hours", "Take the examples away that make opening-hours fit")]
    public async Task says_what_was_expected_what_came_and_what_to_do(string expect, string problem, string remedy)
    {
        var failed = await FailAsync(expect);

        failed.Problem.Should().StartWith($"“when do you open” {problem}").And.Contain("it says “The shop is open from nine to six");
        failed.Remedy.Should().StartWith(remedy);
    }

    private static async Task<PlaybookTestResult> FailAsync(string expect)
    {
        var files = SmallMugShop.Files.ToDictionary(file => file.Key, file => file.Value);
        files["opening-hours"] += $"\n## Tests\n| Customer says | Expect |\n|---|---|\n| when do you open | {expect} |\n";
        await using var shop = await ShopUnderTest.OpenAsync(playbooks: files);
        var known = shop.Catalog.Current;
        var lookups = new ShopOnlyLookups(shop.Get<IShop>(), known, shop.Clock);
        var results = await PlaybookTestRun.RunAsync(known, known.Playbooks.Find("opening-hours")!, lookups, shop.Clock, default);
        return results.Should().ContainSingle(result => !result.Passed).Subject;
    }
}
