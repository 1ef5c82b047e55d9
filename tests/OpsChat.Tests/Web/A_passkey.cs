using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

public class A_passkey(Chromium chromium) : BrowserTest(chromium)
{
    [BrowserFact]
    public async Task signs_its_person_in_until_it_is_removed()
    {
        // A passkey belongs to a name; an address of numbers has none.
        var site = new UriBuilder(Host.Url) { Host = "localhost" }.Uri;
        string At(string path) => new Uri(site, path).ToString();
        var page = await Chromium.NewPageAsync();
        await AddDeviceAsync(page);
        await page.GotoAsync(At(new Uri(await Host.SignInLinkAsync()).PathAndQuery));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(At("/owner"));

        await page.GotoAsync(At("/owner/people"));
        await page.Locator("html[data-passkeys=ready]").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("The passkey is added.");

        await UseAsync(page, At("/owner/sign-in"));
        await Expect(page).ToHaveURLAsync(At("/owner"));

        await page.GotoAsync(At("/owner/people"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove this passkey" }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("signs nobody in any more");

        await UseAsync(page, At("/owner/sign-in"));
        await Expect(page).ToHaveURLAsync(new Regex("/owner/sign-in\\?failed=1$"));
    }

    /// <summary>Signed out, the person comes back with the device.</summary>
    private static async Task UseAsync(IPage page, string signIn)
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(signIn);
        await page.Locator("html[data-passkeys=ready]").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
    }

    private static async Task AddDeviceAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
