using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsChat.Agent;
using OpsChat.Operations.Monitors;
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

    [BrowserTheory]
    [InlineData(390)]
    [InlineData(320)]
    public async Task of_the_owner_fits_a_phone(int width)
    {
        await GiveTheConsoleSomethingToShowAsync();
        var page = await Chromium.NewOwnerPageAsync(width: width, height: 844);
        string?[] ofCustomers =
        [
            await page.Locator(".row:has(.sign.approval) a").First.GetAttributeAsync("href"),
            await page.Locator(".row:has(.sign.draft) a").First.GetAttributeAsync("href"),
        ];
        await Host.Services.GetRequiredService<OperationsDesk>().LookAsync(MonitorSet.All, TimeProvider.System.GetUtcNow(), default);
        await page.GotoAsync("/owner/exceptions");
        var alert = await page.Locator("main tbody th a").First.GetAttributeAsync("href");
        // Whatever the menu leads to is among them, so that a new page is looked at too.
        var menu = await page.Locator(".menu .places a").EvaluateAllAsync<string[]>("links => links.map(link => new URL(link.href).pathname)");
        foreach (var path in ConsolePages.All.Concat(menu).Concat(ofCustomers).Append(alert).OfType<string>().Distinct())
        {
            await page.GotoAsync(path);
            await OpenEverythingAsync(page);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, path);
        }
    }

    [BrowserFact]
    public async Task shows_a_table_on_a_phone_without_cutting_it()
    {
        await GiveTheConsoleSomethingToShowAsync();
        var page = await Chromium.NewOwnerPageAsync(width: 390, height: 844);
        foreach (var path in new[] { "/owner/exceptions", "/owner/playbooks", "/owner/stock", "/owner/report", "/owner/lanes" })
        {
            await page.GotoAsync(path);
            var cut = await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('main table, main .chart > svg')].filter(one => one.getClientRects().length > 0)"
                    + ".filter(one => one.getBoundingClientRect().right > innerWidth + 1 || one.closest('.wide')?.scrollWidth > innerWidth)"
                    + ".map(one => one.outerHTML.slice(0, 120))"
            );
            cut.Should().BeEmpty(path);
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
