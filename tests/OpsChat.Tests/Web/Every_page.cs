using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsChat.Agent;
using OpsChat.Operations.Monitors;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

public class Every_page(Chromium chromium) : BrowserTest(chromium)
{
    /// <summary>Pages that need something to be about; what they are opened for is looked for in the console.</summary>
    private static readonly string[] s_ofSomething = ["/owner/conversations/{*Id}", "/owner/exceptions/{Id}", "/owner/learn/{Id}"];

    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task of_the_owner_can_be_read_by_everyone_and_stands_still_without_a_complaint(ColorScheme colours, int width)
    {
        await GiveTheConsoleSomethingToShowAsync();
        var page = await Chromium.NewOwnerPageAsync(colours, width);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [$"{page.Url}: {message.Text}"] : []);
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        page.Response += (_, response) => complaints.AddRange(response.Status >= 400 ? [$"{page.Url}: {response.Url} is {response.Status}"] : []);
        await page.AddInitScriptAsync(
            "window.moved = []; new PerformanceObserver(list => list.getEntries().filter(shift => !shift.hadRecentInput).forEach(shift => "
                + "moved.push({ by: shift.value, what: shift.sources.map(one => one.node?.outerHTML?.slice(0, 80)) })))"
                + ".observe({ type: 'layout-shift', buffered: true });"
        );
        var walked = await WalkAsync(page, async path =>
        {
            // What comes by itself has come: the stream of changes, and what stands beside an editor.
            await page.Locator("html[data-live=yes], html:not(:has(#list))").WaitForAsync();
            if (path.StartsWith("/owner/playbooks/edit", StringComparison.Ordinal))
            {
                await page.Locator("#studio[data-looked=yes]").WaitForAsync();
            }

            (await page.EvaluateAsync<double>("moved.reduce((sum, shift) => sum + shift.by, 0)")).Should()
                .BeLessThan(0.001, $"{path} moved: {await page.EvaluateAsync<string>("JSON.stringify(moved)")}");
            await OpenEverythingAsync(page);
            await ShouldHaveNoViolationsAsync(page, path);
        });

        complaints.Should().BeEmpty();
        walked.Should().HaveCountGreaterThan(ConsolePages.All.Count);
    }

    [Fact]
    public async Task of_the_owner_is_among_those_that_are_looked_at()
    {
        await using var host = await RunningHost.StartAsync();
        var pages = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}")
            .Where(path => path.StartsWith("/owner", StringComparison.Ordinal) && path != "/owner/sign-in");

        pages.Except(s_ofSomething).Except(ConsolePages.All.Select(path => path.Split('?')[0])).Should().BeEmpty("ConsolePages names each");
    }

    /// <summary>Every page there is, with what it is about.</summary>
    private async Task<IReadOnlyList<string>> WalkAsync(IPage page, Func<string, Task> look)
    {
        await page.GotoAsync("/owner");
        // One conversation of each kind that waits.
        var ofSomething = await page.Locator("#list .row").EvaluateAllAsync<string[]>(
            "rows => [...new Map(rows.map(row => [row.querySelector('.sign').className, row.querySelector('a').getAttribute('href')])).values()]"
        );
        await Host.Services.GetRequiredService<OperationsDesk>().LookAsync(MonitorSet.All, TimeProvider.System.GetUtcNow(), default);
        await page.GotoAsync("/owner/exceptions");
        var alert = await page.Locator("main tbody th a").First.GetAttributeAsync("href");
        // Whatever the menu leads to is among them, so that a new page is looked at too.
        var menu = await page.Locator(".menu .places a").EvaluateAllAsync<string[]>("links => links.map(link => new URL(link.href).pathname)");
        string[] all = [.. ConsolePages.All.Concat(menu).Concat(ofSomething).Append(alert).OfType<string>().Distinct()];
        foreach (var path in all)
        {
            await page.GotoAsync(path);
            await look(path);
        }

        return all;
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
        await page.GotoAsync("/demo/shop");
        await ShouldHaveNoViolationsAsync(page, "/demo/shop");

        await page.GotoAsync("/owner/sign-in");
        await ShouldHaveNoViolationsAsync(page, "/owner/sign-in");
        await page.GotoAsync("/owner/sign-in?failed=1&code=1");
        await ShouldHaveNoViolationsAsync(page, "/owner/sign-in?failed=1&code=1");
    }

    [BrowserTheory]
    [InlineData(390)]
    [InlineData(320)]
    public async Task of_the_owner_fits_a_phone(int width)
    {
        await GiveTheConsoleSomethingToShowAsync();
        var page = await Chromium.NewOwnerPageAsync(width: width, height: 844);
        await WalkAsync(page, async path =>
        {
            await OpenEverythingAsync(page);
            var wide = await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)"
                    + ".map(one => one.outerHTML.slice(0, 120))"
            );
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"))
                .Should().BeLessThanOrEqualTo(width, "{0} has {1}", path, string.Join('\n', wide.TakeLast(3)));
        });
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
            "do you sell elephants",
            "can you gift wrap it and put a birthday card in",
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
