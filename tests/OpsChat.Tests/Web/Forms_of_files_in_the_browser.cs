using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

public class Forms_of_files_in_the_browser(Chromium chromium) : BrowserTest(chromium)
{
    private const string Edit = "/owner/playbooks/edit?file=";

    [BrowserFact]
    public async Task write_into_the_text_beside_them_and_are_checked_while_one_types()
    {
        var page = await OpenAsync("operations.config.json");
        var trigger = page.GetByLabel("A person is called when").First;
        var about = page.Locator($"#{await trigger.GetAttributeAsync("id")}-about");
        var functions = page.GetByLabel("Function");
        var before = await functions.CountAsync();

        await trigger.FillAsync("message.matters >");
        await Expect(page.Locator("#text")).ToHaveValueAsync(new Regex("\"message\\.matters >\""));
        await Expect(about).ToContainTextAsync("cannot be read");
        await trigger.FillAsync("message.matters > 7");
        await Expect(about).ToHaveTextAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to Hand-offs" }).ClickAsync();
        await Expect(functions).ToHaveCountAsync(before + 1);
        await functions.Last.FillAsync("damaged goods");
        await functions.Last.PressAsync("Enter");
        await page.GetByLabel("What the agent does").Last.FillAsync("tells the steps");
        await page.GetByLabel("What a person does").Last.FillAsync("looks at damaged goods");
        await page.GetByLabel("A person is called when").Last.FillAsync("order.total > 90");
        await Expect(page.Locator("#text")).ToHaveValueAsync(new Regex("order\\.total > 90"));
        await Expect(page.Locator("#findings")).ToContainTextAsync("Nothing to mend");
        await Expect(functions).ToHaveCountAsync(before + 1, new() { Timeout = 120_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await Expect(page.Locator(".flash")).ToContainTextAsync("operations.config.json is saved");
        (await File.ReadAllTextAsync(Host.OperationsFile)).Should().Contain("\"message.matters > 7\"").And.Contain("\"order.total > 90\"")
            .And.Contain("\"quiet\": { \"from\": \"22:00\", \"to\": \"07:00\" }", "what was not touched stays as it was written");
    }

    [BrowserFact]
    public async Task lose_nothing_that_is_typed_right_before_a_save_or_while_it_runs()
    {
        var begun = await File.ReadAllTextAsync(Host.CanaryFile);
        var page = await OpenAsync("canary.config.json");
        var (runs, mayGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/owner/playbooks/save", async route =>
        {
            runs.SetResult();
            await mayGo.Task;
            await route.ContinueAsync();
        });

        await page.GetByLabel("Stages to climb through").FillAsync("10, 30, 100");
        await page.GetByLabel("Share that always stays with people").FocusAsync();
        await page.EvaluateAsync("document.querySelector('button[value=save]').click()");
        await runs.Task;
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.InsertTextAsync("0.2");
        mayGo.SetResult();

        await Expect(page.Locator(".flash")).ToContainTextAsync("canary.config.json is saved");
        await Expect(page.GetByLabel("Share that always stays with people")).ToHaveValueAsync("0.2");
        await Expect(page.Locator("#text")).ToHaveValueAsync(new Regex("\"holdout\": 0.2"));
        await Expect(page.Locator("#saving")).ToContainTextAsync("Not saved");
        (await File.ReadAllTextAsync(Host.CanaryFile)).Should().Contain("30, 100]").And.NotContain("0.2,");
        await File.WriteAllTextAsync(Host.CanaryFile, begun);
    }

    [BrowserFact]
    public async Task follow_what_is_written_in_the_text_and_keep_both_when_the_file_changed_on_the_disk()
    {
        var page = await OpenAsync("_shop.md");
        await page.GetByLabel("Handling days").FillAsync("3");
        await Expect(page.Locator("#text")).ToHaveValueAsync(new Regex("\nhandling_days: 3\n"));
        var written = (await page.Locator("#text").InputValueAsync()).Replace("handling_days: 3", "handling_days: 4", StringComparison.Ordinal);
        await page.Locator(".editor .cm-content").ClickAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Locator(".editor .cm-content").EvaluateAsync(
            "(content, text) => { const data = new DataTransfer(); data.setData('text/plain', text); "
                + "content.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }",
            written
        );
        await Expect(page.GetByLabel("Handling days")).ToHaveValueAsync("4");
        var shop = Path.Combine(Host.PlaybooksFolder, "_shop.md");
        var begun = await File.ReadAllTextAsync(shop);
        await File.WriteAllTextAsync(shop, begun.Replace("refund_days: 5-7", "refund_days: 6-8", StringComparison.Ordinal));

        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Edited in two places" })).ToBeVisibleAsync();
        await Expect(page.Locator(".diff .added").First).ToContainTextAsync("refund_days: 6-8");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take theirs, give mine up" }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("given up");
        await Expect(page.GetByLabel("Refund days")).ToHaveValueAsync("6-8");
        await File.WriteAllTextAsync(shop, begun);
        Host.Services.GetRequiredService<PlaybookCatalog<PlaybookSnapshot>>().Look();
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task can_be_read_by_everyone(ColorScheme colours, int width)
    {
        foreach (var file in new[] { "operations.config.json", "canary.config.json", "_shop.md", "prompts/draft.scriban" })
        {
            var page = await OpenAsync(file, colours, width);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            var result = await page.RunAxe();
            result.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}").Should().BeEmpty(file);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, file);
        }
    }

    [BrowserFact]
    public async Task of_broken_files_say_sentence_file_and_line_wherever_an_owner_looks()
    {
        var file = Path.Combine(Host.PlaybooksFolder, "warranty.md");
        var good = await File.ReadAllTextAsync(file);
        var catalog = Host.Services.GetRequiredService<PlaybookCatalog<PlaybookSnapshot>>();
        await File.WriteAllTextAsync(file, good.Replace("## Standard Reply\n", "## Standard Reply\n{{order.nonsense}} ", StringComparison.Ordinal));
        catalog.Look();
        var error = catalog.Set.Findings.First(finding => finding is { File: "warranty.md", IsError: true });
        using var owner = await SignedInBrowser.OpenAsync(Host);
        foreach (var path in new[] { "/owner/playbooks", Edit + "warranty.md", "/owner/today", "/owner/setup" })
        {
            System.Net.WebUtility.HtmlDecode(await owner.Http.GetStringAsync(new Uri(path, UriKind.Relative))).Should()
                .Contain($"warranty.md, line {error.Line}</a>: {error.Problem} {error.Remedy}", path);
        }

        await File.WriteAllTextAsync(file, good);
        catalog.Look();
        (await owner.Http.GetStringAsync(new Uri("/owner/playbooks", UriKind.Relative))).Should().NotContain("Not in force as written");
    }

    [BrowserFact]
    public async Task are_named_where_an_owner_looks_when_a_translation_tells_other_figures_than_its_line()
    {
        var (file, catalog) = (
            Path.Combine(Host.PlaybooksFolder, "_shop.md"),
            Host.Services.GetRequiredService<PlaybookCatalog<PlaybookSnapshot>>()
        );
        var good = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, good.Replace("\nshipping_fees: \"MYR 8.00", "\nshipping_fees: \"MYR 9.00", StringComparison.Ordinal));
        catalog.Look();
        using var owner = await SignedInBrowser.OpenAsync(Host);
        foreach (var path in new[] { "/owner/playbooks", "/owner/today", "/owner/setup" })
        {
            System.Net.WebUtility.HtmlDecode(await owner.Http.GetStringAsync(new Uri(path, UriKind.Relative))).Should()
                .MatchRegex("_shop.md, line [0-9]+</a>: shipping_fees_ms does not tell the figures of shipping_fees", path);
        }

        await File.WriteAllTextAsync(file, good);
        catalog.Look();
        (await owner.Http.GetStringAsync(new Uri("/owner/today", UriKind.Relative))).Should().NotContain("does not tell the figures");
    }

    private async Task<IPage> OpenAsync(string file, ColorScheme colours = ColorScheme.Light, int width = 1280)
    {
        var page = await Chromium.NewOwnerPageAsync(colours, width);
        await page.GotoAsync(Edit + Uri.EscapeDataString(file));
        await page.Locator("#studio[data-checked]").WaitForAsync();
        return page;
    }
}
