using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

public class The_playbooks_in_the_browser(Chromium chromium) : BrowserTest(chromium)
{
    private const string Edit = "/owner/playbooks/edit?file=";

    private string Path(string file) => System.IO.Path.Combine(Host.PlaybooksFolder, file);

    private async Task<(IPage Page, List<string> Complaints)> OpenAsync(
        string path,
        ColorScheme colours = ColorScheme.Light,
        int width = 1280,
        int height = 900
    )
    {
        var page = await Chromium.NewOwnerPageAsync(colours, width, height);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);
        await page.GotoAsync(path);
        if (path.StartsWith(Edit, StringComparison.Ordinal))
        {
            await page.Locator("#studio[data-checked]").WaitForAsync();
        }

        return (page, complaints);
    }

    private static async Task ReplaceAsync(IPage page, string text)
    {
        await page.Locator(".editor .cm-content").ClickAsync();
        await page.Keyboard.PressAsync("Control+a");
        // As from the clipboard: a long text is inserted whole.
        await page.Locator(".editor .cm-content").EvaluateAsync(
            "(content, text) => { const data = new DataTransfer(); data.setData('text/plain', text); "
            + "content.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }", text);
    }

    [BrowserFact]
    public async Task are_written_from_nothing_to_a_live_answer()
    {
        var shipped = await File.ReadAllTextAsync(Path("gift-wrapping.md"));
        var (page, complaints) = await OpenAsync("/owner/playbooks");
        await page.GetByLabel("A new playbook").FillAsync("gift wrapping");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await page.Locator("#studio[data-checked]").WaitForAsync();

        await ReplaceAsync(page, Text("We wrap {{order.nonsense}}"));
        await Expect(page.Locator("#findings .error").Filter(new() { HasText = "order.nonsense" })).ToBeVisibleAsync();
        await Expect(page.Locator("#tests")).ToContainTextAsync("The text has errors");
        await ReplaceAsync(page, Text("Yes, {{store.name}} wraps gifts in green paper."));
        await Expect(page.Locator("#findings")).ToContainTextAsync("Nothing to mend");
        await Expect(page.Locator("#previews .said")).ToContainTextAsync("Kedai Kunang-Kunang wraps gifts");
        await Expect(page.Locator("#tests")).ToContainTextAsync("do you wrap gifts in green paper");
        await Expect(page.Locator("#tests .passed")).ToHaveCountAsync(1);
        await page.GetByLabel("You, as a customer").FillAsync("do you wrap gifts in green paper");
        await page.GetByRole(AriaRole.Button, new() { Name = "Say it" }).ClickAsync();
        await Expect(page.Locator("#tried .agent .said")).ToContainTextAsync("wraps gifts in green paper");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await Expect(page.Locator(".flash")).ToContainTextAsync("gift-wrapping.md is saved and in force");
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "do you wrap gifts in green paper");
        (await Host.AnswersAsync(customer))[0].Text.Should().Contain("wraps gifts in green paper");
        complaints.Should().BeEmpty();
        // Other tests of this shop ask for the shipped one.
        await File.WriteAllTextAsync(Path("gift-wrapping.md"), shipped);
        Host.Services.GetRequiredService<PlaybookCatalog<PlaybookSnapshot>>().Look();
    }

    [BrowserFact]
    public async Task take_every_letter_also_those_that_are_keys_of_the_console()
    {
        var (page, _) = await OpenAsync(Edit + "warranty.md");
        await page.Locator(".editor .cm-content").PressAsync("Control+End");

        await page.Keyboard.TypeAsync("jukebox / kz? gitane x 12 art");

        await Expect(page.Locator("#text")).ToHaveValueAsync(new Regex(@"jukebox / kz\? gitane x 12 art"));
        page.Url.Should().EndWith("warranty.md");
    }

    [BrowserFact]
    public async Task are_typed_over_as_a_whole_without_a_complaint_of_the_browser()
    {
        var (page, complaints) = await OpenAsync(Edit + "warranty.md");
        await page.Locator(".editor .cm-content").PressAsync("Control+a");

        await page.Keyboard.TypeAsync("# Anew");

        await Expect(page.Locator("#text")).ToHaveValueAsync("# Anew");
        complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task tell_of_the_latest_try_alone()
    {
        var begun = await File.ReadAllTextAsync(Path("warranty.md"));
        var (page, _) = await OpenAsync(Edit + "warranty.md");
        await ReplaceAsync(page, begun.Replace("- got warranty?\n", "- got warranty?\n- and the warranty then\n", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("warranty.md is saved");
        await page.Locator("#studio[data-checked]").WaitForAsync();

        await ReplaceAsync(page, begun.Replace("{{store.warranty_months}}", "{{store.nonsense}}", StringComparison.Ordinal));

        await Expect(page.Locator("#saving")).ToContainTextAsync("Not saved");
        await Expect(page.Locator(".flash")).ToHaveCountAsync(0);
        await File.WriteAllTextAsync(Path("warranty.md"), begun);
        Host.Services.GetRequiredService<PlaybookCatalog<PlaybookSnapshot>>().Look();
    }

    [BrowserFact]
    public async Task keep_what_is_written_while_they_are_saved()
    {
        var begun = await File.ReadAllTextAsync(Path("warranty.md"));
        var (page, _) = await OpenAsync(Edit + "warranty.md");
        var mayGo = new TaskCompletionSource();
        await page.RouteAsync("**/owner/playbooks/save", async route =>
        {
            await mayGo.Task;
            await route.ContinueAsync();
        });
        await page.Locator(".editor .cm-content").PressAsync("Control+End");
        await page.Keyboard.InsertTextAsync("| first, is there a warranty | Send, warranty |\n");

        await page.Locator("#studio[data-state=checked]").WaitForAsync();

        // The answer is long in coming, and the writer goes on.
        await page.EvaluateAsync("document.querySelector('button[value=save]').click()");
        await page.Keyboard.InsertTextAsync("| second, is there a warranty | Send, warranty |\n");
        mayGo.SetResult();

        await Expect(page.Locator(".flash")).ToContainTextAsync("warranty.md is saved");
        await Expect(page.Locator("#text")).ToHaveValueAsync(new Regex("first, is there.*\n.*second, is there"));
        await Expect(page.Locator("#saving")).ToContainTextAsync("what you wrote during the save stands here");
        (await File.ReadAllTextAsync(Path("warranty.md"))).Should().Contain("first, is").And.NotContain("second, is");
        await File.WriteAllTextAsync(Path("warranty.md"), begun);
        Host.Services.GetRequiredService<PlaybookCatalog<PlaybookSnapshot>>().Look();
    }

    [BrowserFact]
    public async Task show_at_once_that_a_changed_text_is_looked_at_and_a_save_waits_for_what_comes_of_it()
    {
        var begun = await File.ReadAllTextAsync(Path("warranty.md"));
        var (page, _) = await OpenAsync(Edit + "warranty.md");
        await page.Locator("#studio[data-state=checked]").WaitForAsync();
        var mayGo = new TaskCompletionSource();
        await page.RouteAsync("**/owner/playbooks/test", async route =>
        {
            await mayGo.Task;
            await route.ContinueAsync();
        });

        await page.Locator(".editor .cm-content").PressAsync("Control+End");
        await page.Keyboard.InsertTextAsync("| what are your opening hours | Send, warranty |\n");
        await Expect(page.Locator("#tests.outdated")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator("#saving")).ToContainTextAsync("Checking what you wrote");
        mayGo.SetResult();

        await Expect(page.Locator("#saving")).ToContainTextAsync("Not saved: one of its tests ends otherwise");
        await Expect(page.Locator("#tests.outdated")).ToHaveCountAsync(0);
        (await File.ReadAllTextAsync(Path("warranty.md"))).Should().Be(begun);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("warranty.md is saved");
        await File.WriteAllTextAsync(Path("warranty.md"), begun);
        Host.Services.GetRequiredService<PlaybookCatalog<PlaybookSnapshot>>().Look();
    }

    [BrowserFact]
    public async Task edited_in_two_places_show_both_and_lose_neither()
    {
        var (page, _) = await OpenAsync(Edit + "warranty.md");
        var begun = await File.ReadAllTextAsync(Path("warranty.md"));
        await page.Locator(".editor .cm-content").PressAsync("Control+End");
        await page.Keyboard.InsertTextAsync("| mine, is there a warranty | Send, warranty |\n");
        await File.WriteAllTextAsync(Path("warranty.md"), begun + "| theirs, is there a warranty | Send, warranty |\n");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Edited in two places" })).ToBeVisibleAsync();
        await Expect(page.Locator(".diff .added").First).ToContainTextAsync("theirs, is there a warranty");
        (await page.Locator("#text").InputValueAsync()).Should().Contain("mine, is there a warranty");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save mine over theirs" }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("is saved");
        (await File.ReadAllTextAsync(Path("warranty.md"))).Should().Contain("mine, is").And.NotContain("theirs, is");

        await page.GetByRole(AriaRole.Link, new() { Name = "Versions" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Version 1", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore version 1" }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("says again what it said in version 1");
        (await File.ReadAllTextAsync(Path("warranty.md"))).Should().Be(begun);
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task can_be_read_by_everyone_and_fit(ColorScheme colours, int width)
    {
        var (page, complaints) = await OpenAsync("/owner/playbooks", colours, width);
        foreach (
            var path in new[]
            {
                "/owner/playbooks",
                Edit + "refund-request.md",
                Edit + "_shop.md",
                Edit + "canary.config.json",
                "/owner/playbooks/history?file=refund-request.md",
            }
        )
        {
            await page.GotoAsync(path);
            if (path.StartsWith(Edit, StringComparison.Ordinal))
            {
                await page.Locator("#studio[data-checked]").WaitForAsync();
            }

            var result = await page.RunAxe();
            result.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}").Should().BeEmpty(path);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, path);
        }

        complaints.Should().BeEmpty();
    }

    private static string Text(string reply) => $"""
        ---
        module: pre-sales
        autonomy: canary
        ---
        # Do you wrap gifts?

        ## Issue Type
        The customer asks whether we wrap an order as a gift.

        - do you wrap gifts in green paper
        - do you wrap gifts in red paper
        - gifts in green paper
        - wrap gifts in green paper please
        - green paper for gifts

        ## Standard Reply
        {reply}

        ## Exception Handling
        - When the customer is angry, hand off: Please answer this one yourself.

        ## Tests
        | Customer says | Expect |
        |---|---|
        | do you wrap gifts in green paper | Send, gift-wrapping |

        """;
}
