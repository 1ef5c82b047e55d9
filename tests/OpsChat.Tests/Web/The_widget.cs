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
