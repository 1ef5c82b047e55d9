using Microsoft.Playwright;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

/// <summary>
/// The pictures of README and <c>docs</c>, taken from a shop in which something waits. They go to a folder that is thrown away, or to the one that
/// <c>OPSCHAT_PICTURES</c> names: that is how they are renewed.
/// </summary>
public class The_pictures_of_the_documentation(Chromium chromium) : BrowserTest(chromium)
{
    private const int Width = 1280, Height = 800, PhoneWidth = 390, PhoneHeight = 844;

    private static readonly (string Customer, string Says)[] s_said =
    [
        ("anna", "can you engrave a name on the wooden box"),
        ("lukas", "do you sell elephants"),
        ("farid", "my order is #1270, farid.hamzah@example.com, it says delivered and I have nothing"),
        ("ben", "this is the third time I ask, I want to talk to a person"),
        ("priya", "where is my order #1293? my e-mail is priya.nair@example.com"),
        ("priya", "it is late, i want my money back please"),
        ("joanne", "please cancel my order #1300, joanne.pereira@example.com"),
    ];

    [BrowserFact]
    public async Task are_taken_anew_as_the_pages_are()
    {
        using var thrownAway = new TemporaryFolder();
        var folder = Environment.GetEnvironmentVariable("OPSCHAT_PICTURES") ?? thrownAway.Path;
        await using var host = await RunningHost.StartAsync();
        var seen = new Dictionary<string, long>();
        foreach (var (customer, says) in s_said)
        {
            await host.WriteAsync(customer, says);
            seen[customer] = (await host.AnswersAsync(customer, seen.GetValueOrDefault(customer)))[^1].Seq;
        }

        var page = await Chromium.NewOwnerPageAsync(width: Width, height: Height, host: host);
        await Expect(page.Locator("[data-id='api:priya']").First).ToBeVisibleAsync();
        await page.GotoAsync("/owner/conversations/api:priya");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve and send" }).First).ToBeVisibleAsync();
        await TakeAsync(page, folder, "console");

        await page.GotoAsync("/owner/playbooks/edit?file=operations.config.json");
        await Expect(page.GetByText("Nothing to mend")).ToBeVisibleAsync();
        await TakeAsync(page, folder, "console-form");

        var phone = await Chromium.NewOwnerPageAsync(width: PhoneWidth, height: PhoneHeight, host: host);
        await phone.Locator("[data-pause] > summary").ClickAsync();
        await Expect(phone.GetByRole(AriaRole.Button, new() { Name = "Pause now" })).ToBeVisibleAsync();
        await TakeAsync(phone, folder, "console-phone");

        var dark = await Chromium.NewOwnerPageAsync(ColorScheme.Dark, PhoneWidth, PhoneHeight, host);
        await Expect(dark.Locator("[data-id='api:priya']").First).ToBeVisibleAsync();
        await TakeAsync(dark, folder, "console-dark");
    }

    private static async Task TakeAsync(IPage page, string folder, string name)
    {
        await Expect(page.Locator("body")).ToHaveJSPropertyAsync("scrollWidth", page.ViewportSize!.Width);
        var file = Path.Combine(folder, $"{name}.png");
        await page.ScreenshotAsync(new() { Path = file, Animations = ScreenshotAnimations.Disabled });
        new FileInfo(file).Length.Should().BePositive();
    }
}
