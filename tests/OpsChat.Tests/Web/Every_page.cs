using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

public class Every_page(Chromium chromium) : BrowserTest(chromium)
{
    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task of_the_owner_can_be_read_by_everyone(ColorScheme colours)
    {
        await GiveTheConsoleSomethingToShowAsync();
        var page = await Chromium.NewOwnerPageAsync(colours);
        var conversation = await page.Locator(".row:has(.sign.approval) a").First.GetAttributeAsync("href");
        foreach (
            var path in new[]
            {
                "/owner",
                "/owner/report",
                "/owner/report?playbook=where-is-my-order",
                "/owner/conversations?show=answered",
                "/owner/tasks",
                "/owner/learn",
                "/owner/people",
                "/owner?q=refund",
                conversation!,
            }
        )
        {
            await page.GotoAsync(path);
            await OpenEverythingAsync(page);
            await ShouldHaveNoViolationsAsync(page, path);
        }
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task of_the_customer_can_be_read_by_everyone(ColorScheme colours)
    {
        var page = await Chromium.NewPageAsync(colours);
        await page.GotoAsync("/");
        await page.Locator("#composer[data-ready=yes]").WaitForAsync();
        await page.GetByLabel("Your message").FillAsync("where is my order #1293? my email is priya.nair@example.com");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".bubble.agent")).ToHaveCountAsync(1);
        await ShouldHaveNoViolationsAsync(page, "/");

        await page.GotoAsync("/owner/sign-in");
        await ShouldHaveNoViolationsAsync(page, "/owner/sign-in");
        await page.GotoAsync("/owner/sign-in?failed=1&code=1");
        await ShouldHaveNoViolationsAsync(page, "/owner/sign-in?failed=1&code=1");
    }

    [BrowserFact]
    public async Task runs_under_its_own_content_policy_without_a_complaint()
    {
        await GiveTheConsoleSomethingToShowAsync();
        var page = await Chromium.NewOwnerPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);
        foreach (var path in new[] { "/owner", "/owner/tasks", "/owner/learn", "/owner/people", "/owner/report", "/" })
        {
            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        }

        complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task of_the_owner_fits_a_narrow_phone()
    {
        await GiveTheConsoleSomethingToShowAsync();
        var page = await Chromium.NewOwnerPageAsync(width: 320, height: 700);
        foreach (var path in new[] { "/owner", "/owner/tasks", "/owner/learn", "/owner/people", "/owner/report", "/owner/conversations" })
        {
            await page.GotoAsync(path);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(320, path);
        }
    }

    private async Task GiveTheConsoleSomethingToShowAsync()
    {
        foreach (var text in new[]
        {
            "i want a refund for order #1293, my email is priya.nair@example.com",
            "where is my order #1293? my email is priya.nair@example.com",
            "I want to talk to a human",
        })
        {
            var customer = NewCustomer();
            await Host.WriteAsync(customer, text);
            await Host.AnswersAsync(customer);
        }
    }

    private static async Task OpenEverythingAsync(IPage page) =>
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");

    private static async Task ShouldHaveNoViolationsAsync(IPage page, string path)
    {
        var result = await page.RunAxe();
        result.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}").Should().BeEmpty(path);
    }
}
