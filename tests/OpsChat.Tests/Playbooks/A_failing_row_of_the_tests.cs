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

    [Fact]
    public async Task is_no_row_that_passes_without_its_playbook_but_that_is_said()
    {
        var passed = (await RunAsync("what is your favourite colour", "HandOff")).Should().ContainSingle().Subject;

        passed.Passed.Should().BeTrue();
        passed.Aside.Should().Be("It ends so because no playbook fits, not because of this playbook. "
            + "Write “HandOff, opening-hours” to test that this one is chosen.");
        (await RunAsync("what is your favourite colour", "HandOff, none")).Should().ContainSingle(row => row.Passed && row.Aside == null);
        (await RunAsync("when do you open", "Send")).Should().ContainSingle(row => row.Passed && row.Aside == null);
    }

    private static async Task<PlaybookTestResult> FailAsync(string expect) =>
        (await RunAsync("when do you open", expect)).Should().ContainSingle(result => !result.Passed).Subject;

    private static async Task<IReadOnlyList<PlaybookTestResult>> RunAsync(string says, string expect)
    {
        var files = SmallMugShop.Files.ToDictionary(file => file.Key, file => file.Value);
        files["opening-hours"] += $"\n## Tests\n| Customer says | Expect |\n|---|---|\n| {says} | {expect} |\n";
        await using var shop = await ShopUnderTest.OpenAsync(playbooks: files);
        var known = shop.Catalog.Current;
        var lookups = new ShopOnlyLookups(shop.Get<IShop>(), known, shop.Clock);
        return await PlaybookTestRun.RunAsync(known, known.Playbooks.Find("opening-hours")!, lookups, shop.Clock, default);
    }
}
