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
        // The shop takes the message, but the customer's browser hears nothing until it is sent again: what is shown back before would end
        // the offer to do so.
        var lost = false;
        var sent = 0;
        await page.RouteAsync("**/chat/messages**", async route =>
        {
            var response = await route.FetchAsync();
            if (route.Request.Method == "POST" && ++sent == 2) lost = false;
            await (lost ? route.AbortAsync() : route.FulfillAsync(new() { Response = response }));
        });
        await page.GotoAsync("/");
        await page.Locator("#composer[data-ready=yes]").WaitForAsync();
        lost = true;
        await SayAsync(page, Question);
        await Expect(page.Locator(".bubble.customer .note")).ToContainTextAsync("Not sent.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(page.Locator(".bubble.agent")).ToHaveCountAsync(1);
        await Expect(page.Locator(".bubble.customer")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task knows_its_own_message_again_when_only_the_answer_to_sending_it_was_lost()
    {
        var page = await Chromium.NewPageAsync();
        await page.RouteAsync("**/chat/messages**", async route =>
        {
            var response = await route.FetchAsync();
            await (route.Request.Method == "POST" ? route.AbortAsync() : route.FulfillAsync(new() { Response = response }));
        });
        await page.GotoAsync("/");

        await SayAsync(page, Question);

        await Expect(page.Locator(".bubble.agent")).ToHaveCountAsync(1);
        await Expect(page.Locator(".bubble.customer")).ToHaveCountAsync(1);
        await Expect(page.Locator(".bubble.customer .note")).Not.ToContainTextAsync("Not sent.");
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

    [BrowserFact]
    public async Task takes_pictures_that_are_chosen_pasted_or_dropped_and_shows_them_to_both_sides()
    {
        var page = await OpenAsync();
        await page.Locator("#composer[data-ready=yes]").WaitForAsync();
        await page.Locator("#pictures")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "phone.jpg",
                    MimeType = "image/jpeg",
                    Buffer = PictureFiles.Photo("jpeg"),
                }
            );
        await GiveAsync(page, "paste", PictureFiles.Photo("png"), "image/png", "screen.png");
        await GiveAsync(page, "drop", PictureFiles.Photo("webp"), "image/webp", "kettle.webp");
        await GiveAsync(page, "drop", PictureFiles.Heic, "image/heic", "IMG_1.HEIC");
        await Expect(page.Locator("#refused")).ToContainTextAsync("HEIC");
        await Expect(page.Locator("#chosen img")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove picture 2" }).ClickAsync();
        await GiveAsync(page, "paste", PictureFiles.Png, "image/png", "screen.png");

        await SayAsync(page, "my kettle came broken");

        await Expect(page.Locator("#chosen")).ToBeHiddenAsync();
        await ExpectThreeAsync(page.Locator(".bubble.customer img[src^='/chat/pictures/']"));
        await page.Locator(".bubble.agent").WaitForAsync();
        await page.ReloadAsync();
        await ExpectThreeAsync(page.Locator(".bubble.customer img"));

        var owner = await Chromium.NewOwnerPageAsync();
        await owner.GotoAsync("/owner?q=kettle");
        await owner.Locator("a", new() { HasText = "my kettle came broken" }).First.ClickAsync();
        await ExpectThreeAsync(owner.Locator(".pictures").First.Locator("img"));
    }

    /// <summary>Pastes or drops a file.</summary>
    private static async Task GiveAsync(IPage page, string how, byte[] file, string type, string name) => await page.EvaluateAsync(
        """
        ([how, base64, type, name]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], name, { type }));
          const event = how === "paste" ? new ClipboardEvent(how, { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent(how, { dataTransfer: data, bubbles: true, cancelable: true });
          document.getElementById("message").dispatchEvent(event);
        }
        """, new[] { how, Convert.ToBase64String(file), type, name });

    /// <summary>Three of them, and every one a picture that the browser could decode.</summary>
    private static async Task ExpectThreeAsync(ILocator pictures)
    {
        await Expect(pictures).ToHaveCountAsync(3);
        for (var i = 0; i < 3; i++)
        {
            await pictures.Nth(i).ScrollIntoViewIfNeededAsync();
            await Expect(pictures.Nth(i)).ToHaveJSPropertyAsync("complete", true);
            (await pictures.Nth(i).EvaluateAsync<int>("image => image.naturalWidth * image.naturalHeight")).Should().Be(24 * 16);
        }
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
