using Microsoft.Playwright;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

public class The_store_chat(Chromium chromium) : BrowserTest(chromium)
{
    private const string Question = "where is my order #1293? my email is priya.nair@example.com";

    [BrowserFact]
    public async Task answers_a_customer_and_says_who_answers()
    {
        var page = await OpenAsync();

        await SayAsync(page, Question);

        var answer = page.Locator(".bubble.agent").Last;
        await Expect(answer).ToContainTextAsync("#1293");
        await Expect(answer).ToContainTextAsync("Assistant of");
        await Expect(page.Locator(".bubble.customer .said")).ToHaveTextAsync(Question);
        await Expect(page.Locator("#typing")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task shows_a_persons_words_as_a_persons()
    {
        var page = await OpenAsync();
        await SayAsync(page, Question);
        await Expect(page.Locator(".bubble.agent")).ToHaveCountAsync(1);

        var owner = await Chromium.NewOwnerPageAsync();
        await owner.GotoAsync("/owner/conversations?days=1");
        await owner.Locator(".list a").First.ClickAsync();
        await owner.GetByLabel("Your reply").FillAsync("Hello, this is Mei.");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(page.Locator(".bubble.person")).ToContainTextAsync("A person at");
        await Expect(page.Locator(".bubble.person .said")).ToHaveTextAsync("Hello, this is Mei.");
    }

    [BrowserFact]
    public async Task is_still_there_after_the_page_is_loaded_again_and_for_nobody_else()
    {
        var page = await OpenAsync();
        await SayAsync(page, Question);
        await Expect(page.Locator(".bubble.agent")).ToHaveCountAsync(1);

        await page.ReloadAsync();
        await Expect(page.Locator(".bubble.customer .said")).ToHaveTextAsync(Question);

        var stranger = await OpenAsync();
        await Expect(stranger.Locator(".bubble")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task sends_a_message_once_when_it_is_tried_again_after_a_lost_answer()
    {
        var page = await Chromium.NewPageAsync();
        // The shop takes the message, but the customer's browser hears nothing for a while.
        var lost = false;
        await page.RouteAsync("**/chat/messages**", async route =>
        {
            var response = await route.FetchAsync();
            await (lost ? route.AbortAsync() : route.FulfillAsync(new() { Response = response }));
        });
        await page.GotoAsync("/");
        await page.Locator("#composer[data-ready=yes]").WaitForAsync();
        lost = true;
        await SayAsync(page, Question);
        await Expect(page.Locator(".bubble.customer .note")).ToContainTextAsync("Not sent.");

        lost = false;
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(page.Locator(".bubble.agent")).ToHaveCountAsync(1);
        await Expect(page.Locator(".bubble.customer")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task shows_markup_as_the_text_that_it_is()
    {
        var page = await OpenAsync();

        await SayAsync(page, "<img src=x onerror=alert(1)> is this <b>in stock</b>?");

        await Expect(page.Locator(".bubble.customer .said")).ToHaveTextAsync("<img src=x onerror=alert(1)> is this <b>in stock</b>?");
        await Expect(page.Locator(".bubble img")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task fits_a_narrow_phone()
    {
        var page = await Chromium.NewPageAsync(width: 320, height: 560);
        await page.GotoAsync("/");
        await SayAsync(page, Question);
        await Expect(page.Locator(".bubble.agent")).ToHaveCountAsync(1);

        var widest = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");

        widest.Should().BeLessThanOrEqualTo(320);
    }

    [BrowserFact]
    public async Task takes_one_word_on_an_automatic_answer_and_scores_it()
    {
        var page = await OpenAsync();
        await SayAsync(page, Question);
        var thumbs = page.GetByRole(AriaRole.Group, new() { Name = "Your word on this answer" });
        var down = thumbs.GetByRole(AriaRole.Button, new() { Name = "This did not help" });

        await down.ClickAsync();

        await Expect(down).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(thumbs.GetByRole(AriaRole.Button, new() { Name = "This helped" })).ToBeDisabledAsync();
        await page.ReloadAsync();
        await Expect(down).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.GetByRole(AriaRole.Group)).ToHaveCountAsync(1);

        var owner = await Chromium.NewOwnerPageAsync();
        await owner.GotoAsync("/owner/conversations?show=wrong&kind=incorrect&days=1");
        await Expect(owner.Locator(".list")).ToContainTextAsync("#1293");
    }

    [BrowserFact]
    public async Task brings_a_person_with_one_tap()
    {
        var page = await OpenAsync();
        await SayAsync(page, Question);

        await page.GetByRole(AriaRole.Button, new() { Name = "Talk to a person" }).ClickAsync();

        await Expect(page.Locator(".bubble.agent")).ToHaveCountAsync(2);
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await Chromium.NewPageAsync();
        await page.GotoAsync("/");
        return page;
    }

    private static async Task SayAsync(IPage page, string text)
    {
        await page.Locator("#composer[data-ready=yes]").WaitForAsync();
        await page.GetByLabel("Your message").FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }
}
