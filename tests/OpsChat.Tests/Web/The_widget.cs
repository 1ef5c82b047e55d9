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
        var owner = await Chromium.NewOwnerPageAsync();

        (await ScriptForAsync(owner, "https://not-named.example/")).Should()
            .StartWith("console.warn(\"OpsChat: https://not-named.example is not named");
        (await ScriptForAsync(owner, new Uri(Host.Url, "demo/shop").ToString())).Should().Contain("opschat-widget");
        (await ScriptForAsync(owner, "https://a.example\");alert(1)//")).Should().NotContain("alert(1)");

        await owner.GotoAsync("/owner/setup");
        await Expect(owner.GetByText("https://not-named.example")).ToBeVisibleAsync();
    }

    private static async Task<string> ScriptForAsync(IPage page, string referer)
    {
        var answer = await page.APIRequest.GetAsync("/widget.js", new() { Headers = new Dictionary<string, string> { ["Referer"] = referer } });
        return await answer.TextAsync();
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
