using Microsoft.Playwright;
using OpsChat.Agent;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

public class The_widget(Chromium chromium) : BrowserTest(chromium)
{
    private const string Launcher = "opschat-widget button";

    [BrowserFact]
    public async Task answers_on_a_shops_page_and_keeps_the_conversation_on_the_next_one()
    {
        var page = await Chromium.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);
        await page.GotoAsync("/demo/shop");
        await page.Locator(Launcher).ClickAsync();
        var chat = page.FrameLocator("opschat-widget iframe");
        await chat.Locator("#composer[data-ready=yes]").WaitForAsync();
        await chat.GetByLabel("Your message").FillAsync("what are your opening hours?");
        await chat.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(chat.Locator(".bubble.agent")).ToHaveCountAsync(1);

        await page.ReloadAsync();
        await Expect(page.Locator("opschat-widget .badge")).ToBeHiddenAsync();
        await page.Locator(Launcher).ClickAsync();
        await Expect(chat.Locator(".bubble.customer .said")).ToHaveTextAsync("what are your opening hours?");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("opschat-widget .panel")).ToBeHiddenAsync();
        complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task is_framed_by_nobody_else_and_shows_no_other_page_in_a_frame()
    {
        var page = await Chromium.NewPageAsync();

        (await page.GotoAsync("/widget"))!.Headers["content-security-policy"].Should().EndWith("frame-ancestors 'self'");
        (await page.GotoAsync("/"))!.Headers["content-security-policy"].Should().EndWith("frame-ancestors 'none'");
    }

    [BrowserFact]
    public async Task shows_nothing_on_a_page_of_a_site_that_is_not_named_and_tells_its_owner_which()
    {
        // The same machine by another name is another site.
        var site = $"http://localhost:{Host.Url.Port}";
        var page = await Chromium.NewPageAsync();
        var told = new TaskCompletionSource<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "warning" && message.Text.StartsWith("OpsChat: ", StringComparison.Ordinal))
            {
                told.TrySetResult(message.Text);
            }
        };
        await ShowShopAsync(page, site, "");

        (await told.Task.WaitAsync(TimeSpan.FromMinutes(2))).Should().Contain(site).And.Contain("OpsChat__Widget__Origins");
        await Expect(page.Locator("opschat-widget")).ToHaveCountAsync(0);
        var owner = await Chromium.NewOwnerPageAsync();
        await owner.GotoAsync("/owner/setup");
        await Expect(owner.GetByText($"{site} asked for the chat")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task takes_itself_away_where_a_page_says_not_who_it_is_and_may_not_hold_it()
    {
        var page = await Chromium.NewPageAsync();
        await ShowShopAsync(page, $"http://localhost:{Host.Url.Port}", "<meta name=referrer content=no-referrer>");

        await page.Locator(Launcher).ClickAsync();

        await Expect(page.Locator("opschat-widget")).ToHaveCountAsync(0);
    }

    /// <summary>A shop's page with the widget's line, on that site.</summary>
    private async Task ShowShopAsync(IPage page, string site, string head)
    {
        var html = $"<!doctype html><title>Shop</title>{head}<h1>Shop</h1><script src='{new Uri(Host.Url, "widget.js")}' async></script>";
        await page.RouteAsync($"{site}/shop", route => route.FulfillAsync(new() { ContentType = "text/html", Body = html }));
        await page.GotoAsync($"{site}/shop");
    }

    [Theory]
    [InlineData("https://shop.example", "https://shop.example")]
    [InlineData("https://shop.example; http://localhost:8080/", "https://shop.example http://localhost:8080")]
    [InlineData("http://shop.example", null)]
    [InlineData("https://shop.example/page", null)]
    [InlineData("*", null)]
    [InlineData("https://shop.example 'unsafe-inline'", null)]
    public void takes_whole_sites_alone(string written, string? allowed)
    {
        var options = new WidgetOptions { Origins = written };

        (options.Problems().Count == 0 ? string.Join(' ', options.Allowed) : null).Should().Be(allowed);
    }
}
