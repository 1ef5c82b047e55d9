using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsChat.Storage;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

public class The_owners_console(Chromium chromium) : BrowserTest(chromium)
{
    [BrowserFact]
    public async Task opens_by_its_sign_in_link_once()
    {
        var link = await Host.SignInLinkAsync();
        var page = await Chromium.NewPageAsync();
        await page.GotoAsync(link);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Uri(Host.Url, "/owner").ToString());

        var thief = await Chromium.NewPageAsync();
        await thief.GotoAsync(link);
        await thief.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(thief.GetByRole(AriaRole.Alert)).ToContainTextAsync("used already");
        await thief.GotoAsync("/owner");
        await Expect(thief).ToHaveURLAsync(new Regex("/owner/sign-in"));
    }

    [BrowserFact]
    public async Task does_not_use_a_link_up_by_only_looking_at_it()
    {
        var link = await Host.SignInLinkAsync();
        using var robot = new HttpClient();
        (await robot.GetAsync(new Uri(link))).StatusCode.Should().Be(HttpStatusCode.OK);

        var page = await Chromium.NewPageAsync();
        await page.GotoAsync(link);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Uri(Host.Url, "/owner").ToString());
    }

    [BrowserFact]
    public async Task opens_by_the_owners_token()
    {
        var page = await Chromium.NewPageAsync();
        await page.GotoAsync("/owner/sign-in");
        await page.GetByLabel("Your token").FillAsync(RunningHost.OwnerToken);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Inbox" })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task sends_exactly_the_text_that_was_approved()
    {
        var (customer, card, _) = await AskForMoneyAsync();
        var shown = await card.Locator(":scope > .exact").InnerTextAsync();

        await card.GetByRole(AriaRole.Button, new() { Name = "Approve and send" }).ClickAsync();
        await Expect(card.Page.Locator(".flash")).ToContainTextAsync(new Regex("Approved|Not approved yet"));
        if (await card.Page.Locator(".flash", new() { HasText = "Not approved yet" }).CountAsync() > 0)
        {
            // Other tests of this shop are paid back for the same order.
            await ConfirmAsync(card);
        }

        await Expect(card.Page.Locator(".flash")).ToContainTextAsync("Approved");
        (await AnswerOfAPersonAsync(customer)).Should().Be(shown);
        await card.Page.GotoAsync("/owner/tasks");
        var todo = card.Page.Locator(".todo", new() { HasText = "#1293" }).First;
        await Expect(todo).ToContainTextAsync("in your shop system");
        await Expect(todo).ToContainTextAsync("Approved text:");
        await Expect(todo.Locator("code")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task sends_no_text_as_it_was_while_it_is_edited()
    {
        var (_, card, _) = await AskForMoneyAsync(isLive: false);
        var send = card.GetByRole(AriaRole.Button, new() { Name = "Approve and send" });
        var edit = card.Locator("summary", new() { HasText = "Edit" });

        await edit.ClickAsync();
        await Expect(send).ToBeHiddenAsync();
        await edit.ClickAsync();
        await Expect(send).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task kills_the_old_button_by_an_edit()
    {
        var (customer, card, owner) = await AskForMoneyAsync(isLive: false);
        var other = await owner.Context.NewPageAsync();
        await other.GotoAsync(PageOf(customer));
        var edited = other.Locator(CardOf(customer));
        await edited.Locator("summary", new() { HasText = "Edit" }).ClickAsync();
        await edited.GetByLabel("New text").FillAsync("We will refund MYR 20.00 for order #1293.");
        await edited.GetByRole(AriaRole.Button, new() { Name = "Save the new text" }).ClickAsync();
        await Expect(other.Locator(".flash[data-done=yes]")).ToContainTextAsync("The new text is saved");

        await card.GetByRole(AriaRole.Button, new() { Name = "Approve and send" }).ClickAsync();

        await Expect(owner.Locator(".flash[data-done=no]")).ToContainTextAsync("The text has changed since you saw it.");
        await Expect(card.Locator(":scope > .exact")).ToHaveTextAsync("We will refund MYR 20.00 for order #1293.");
        await Expect(card.GetByLabel("I have looked at this")).ToHaveCountAsync(0, new() { Timeout = 5000 });
        await card.GetByRole(AriaRole.Button, new() { Name = "Approve and send" }).ClickAsync();
        await Expect(owner.Locator(".flash[data-done=no]")).ToContainTextAsync("Not approved yet");
        await ConfirmAsync(card);
        (await AnswerOfAPersonAsync(customer)).Should().Be("We will refund MYR 20.00 for order #1293.");
    }

    [BrowserFact]
    public async Task says_who_decided_when_a_second_answer_comes_late()
    {
        var (customer, card, owner) = await AskForMoneyAsync(isLive: false);
        var other = await owner.Context.NewPageAsync();
        await other.GotoAsync(PageOf(customer));
        var same = other.Locator(CardOf(customer));
        await same.Locator("summary", new() { HasText = "Reject" }).ClickAsync();
        await same.GetByLabel("What is wrong").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await same.GetByLabel("Reason, in your words").FillAsync("The order is fine.");
        await same.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await Expect(other.Locator(".flash")).ToContainTextAsync("Rejected.");

        await card.GetByRole(AriaRole.Button, new() { Name = "Approve and send" }).ClickAsync();

        await Expect(owner.Locator(".flash")).ToContainTextAsync("Nothing was done. owner decided this at");
        (await Host.AnswersAsync(customer)).Should().OnlyContain(line => line.From == "agent");
    }

    [BrowserFact]
    public async Task sends_a_suggestion_as_it_is()
    {
        var (customer, card, owner) = await NeedAPersonAsync();
        var suggested = await card.Locator(":scope > .exact").InnerTextAsync();

        await card.GetByRole(AriaRole.Button, new() { Name = "Send as it is" }).ClickAsync();

        await Expect(owner.Locator(".flash")).ToContainTextAsync("on its way");
        (await AnswerOfAPersonAsync(customer)).Should().Be(suggested);
        await Expect(owner.Locator(CardOf(customer))).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task sends_a_persons_own_words()
    {
        var (customer, card, owner) = await NeedAPersonAsync();

        await card.Locator("summary", new() { HasText = "Edit, or own words" }).ClickAsync();
        await card.GetByLabel("Your reply").FillAsync("Hello, this is Mei.\nHow can I help?");
        await card.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(owner.Locator(".flash")).ToContainTextAsync("on its way");
        (await AnswerOfAPersonAsync(customer)).Should().Be("Hello, this is Mei.\nHow can I help?");
    }

    [BrowserFact]
    public async Task names_a_new_amount_of_an_edited_draft_and_sends_it_once_that_is_ticked()
    {
        var (customer, card, owner) = await NeedAPersonAsync();
        await card.Locator("summary", new() { HasText = "Edit, or own words" }).ClickAsync();
        await card.GetByLabel("Your reply").FillAsync("Hello, the ribbon is RM5.");
        await Expect(card.Locator(".edited li")).ToHaveTextAsync("The amount MYR 5.00 is new.");
        var send = card.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true });
        await send.ClickAsync();

        await Expect(owner.Locator(".flash[data-done=no]")).ToContainTextAsync("Nothing was sent yet. The amount MYR 5.00 is new.");
        await Expect(card.GetByLabel("I have looked at this")).ToHaveCountAsync(1);
        var box = (await card.GetByLabel("I have looked at this").BoundingBoxAsync())!;
        var text = (await card.Locator(".confirm label").BoundingBoxAsync())!;
        (box.Width, box.X < text.X, Math.Abs(box.Y - text.Y) < box.Height).Should().Match<(float Width, bool Left, bool Beside)>(
            it => it.Width < 30 && it.Left && it.Beside, "a box stands beside its text");
        await card.GetByLabel("I have looked at this").CheckAsync();
        await Expect(card.GetByLabel("Your reply")).ToHaveValueAsync("Hello, the ribbon is RM5.");
        await send.ClickAsync();

        await Expect(owner.Locator(".flash[data-done=yes]")).ToContainTextAsync("on its way");
        (await AnswerOfAPersonAsync(customer)).Should().Be("Hello, the ribbon is RM5.");
    }

    [BrowserFact]
    public async Task sends_nothing_for_a_card_that_somebody_answered_already()
    {
        var (customer, card, owner) = await NeedAPersonAsync(isLive: false);
        var other = await owner.Context.NewPageAsync();
        await other.GotoAsync(PageOf(customer));
        await other.Locator(CardOf(customer)).GetByRole(AriaRole.Button, new() { Name = "Not a case for us" }).ClickAsync();
        await Expect(other.Locator(".flash")).ToContainTextAsync("Closed");

        await card.GetByRole(AriaRole.Button, new() { Name = "Send as it is" }).ClickAsync();

        await Expect(owner.Locator(".flash")).ToContainTextAsync("Nothing was sent: owner answered this already.");
    }

    [BrowserFact]
    public async Task leaves_what_is_being_typed_alone_while_the_conversation_goes_on()
    {
        var (customer, card, owner) = await NeedAPersonAsync();
        await card.Locator("summary", new() { HasText = "Edit, or own words" }).ClickAsync();
        await card.GetByLabel("Your reply").FillAsync("half a thought");

        await Host.WriteAsync(customer, "it is a green one by the way");

        await Expect(owner.Locator(".transcript .said", new() { HasText = "it is a green one by the way" })).ToBeVisibleAsync();
        await Expect(card.GetByLabel("Your reply")).ToHaveValueAsync("half a thought");
        await Expect(card.GetByLabel("Your reply")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task keeps_what_was_typed_when_the_store_refuses_it_and_forgets_it_when_it_is_done()
    {
        var (_, card, owner) = await AskForMoneyAsync();
        await card.Locator("summary", new() { HasText = "Reject" }).ClickAsync();
        await card.GetByLabel("What is wrong").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await card.GetByLabel("Reason, in your words").FillAsync("agreed on an exchange");
        var store = Host.Services.GetRequiredService<IStore>();

        RunningHost.SetWritable(store, false);
        await card.GetByRole(AriaRole.Button, new() { Name = "Reject", Exact = true }).ClickAsync();
        await Expect(owner.Locator(".flash")).ToContainTextAsync("Nothing was done: ");
        RunningHost.SetWritable(store, true);

        await Expect(card.GetByLabel("Reason, in your words")).ToHaveValueAsync("agreed on an exchange");
        await card.GetByRole(AriaRole.Button, new() { Name = "Reject", Exact = true }).ClickAsync();
        await Expect(owner.Locator(".flash")).ToContainTextAsync("Rejected.");
        (await owner.EvaluateAsync<bool>("Object.values(sessionStorage).includes('agreed on an exchange')")).Should().BeFalse();
    }

    [BrowserFact]
    public async Task judges_a_spot_check_with_one_key()
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "what are your opening hours?");
        await Host.AnswersAsync(customer);
        var owner = await TasksAsync();
        var waiting = int.Parse(await owner.Locator("#spot-title .count").InnerTextAsync());
        waiting.Should().BePositive("every sent answer is drawn here");

        await owner.Locator(".spot").First.FocusAsync();
        await owner.Keyboard.PressAsync("r");

        await Expect(owner.Locator("#spot-title .count")).ToHaveTextAsync($"{waiting - 1}");
        await owner.ReloadAsync();
        await Expect(owner.Locator("#spot-title .count")).ToHaveTextAsync($"{waiting - 1}");
    }

    [BrowserFact]
    public async Task links_a_wrong_answer_in_the_report_to_its_conversation()
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "what are your opening hours?");
        await Host.AnswersAsync(customer);
        var owner = await TasksAsync();
        // Behind the oldest the others are folded.
        await owner.EvaluateAsync("document.querySelectorAll('#spot-checks > details').forEach(folded => folded.open = true)");
        await owner.Locator($".spot:has(a[href*='{customer}'])").FocusAsync();
        await owner.Keyboard.PressAsync("w");
        await owner.Keyboard.PressAsync("4");
        await Expect(owner.Locator($".spot:has(a[href*='{customer}'])")).ToHaveCountAsync(0);

        await owner.GotoAsync("/owner/report");
        await owner.GetByLabel(new Regex("^Wrong: ")).ClickAsync();

        await Expect(owner.Locator($".list li:has(a[href*='{customer}'])")).ToContainTextAsync("answer wrong: outdated");
    }

    [BrowserFact]
    public async Task compares_two_playbooks_and_leads_from_each_step_to_its_conversations()
    {
        var (parcel, stock) = (NewCustomer(), NewCustomer());
        await Host.WriteAsync(parcel, "where is my order #1293? my email is priya.nair@example.com");
        await Host.WriteAsync(stock, "is the linen tote in stock");
        await Host.AnswersAsync(parcel);
        await Host.AnswersAsync(stock);
        var page = await Chromium.NewOwnerPageAsync();

        await page.GotoAsync("/owner/report");
        await page.Locator(".funnel tr", new() { HasText = "Answered by the agent" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator("main .card", new() { HasText = "where is my order #1293" }).First).ToBeVisibleAsync();

        await page.GotoAsync("/owner/report");
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
        await page.GetByLabel("One").SelectOptionAsync("where-is-my-order");
        await page.GetByLabel("Other").SelectOptionAsync("is-it-in-stock");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Expect(page.Locator(".compared thead")).ToContainTextAsync("where-is-my-order");
        await Expect(page.Locator(".compared thead")).ToContainTextAsync("is-it-in-stock");
        await Expect(page.Locator(".advice")).ToContainTextAsync("Nobody can tell yet which is wrong less often");
        await page.Locator(".compared tr", new() { HasText = "Answered by the agent" }).GetByRole(AriaRole.Link).Nth(1).ClickAsync();
        await Expect(page.Locator("main .card", new() { HasText = "is the linen tote in stock" }).First).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task links_a_reason_for_handing_over_to_its_conversations()
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "do you have the porcelain rice bowl in stock? let me talk to a human");
        await Host.AnswersAsync(customer);
        var owner = await Chromium.NewOwnerPageAsync();

        await owner.GotoAsync("/owner/report");
        await owner.Locator(".bars tr", new() { HasText = "The customer asks for a person." }).GetByRole(AriaRole.Link).ClickAsync();

        await Expect(owner.Locator($".list li:has(a[href*='{customer}'])")).ToContainTextAsync("waits for a person");
    }

    [BrowserFact]
    public async Task pauses_the_agent_and_lets_it_go_on()
    {
        var owner = await Chromium.NewOwnerPageAsync();
        await owner.GotoAsync("/owner/stock");
        await owner.Locator(".pause summary").ClickAsync();
        await owner.GetByLabel("Reason").SelectOptionAsync("I want to look first");
        await owner.GetByLabel("More, if you like").FillAsync("stocktaking");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Pause now" }).ClickAsync();
        await Expect(owner.Locator(".unusual")).ToContainTextAsync("owner: I want to look first: stocktaking");
        await Expect(owner).ToHaveURLAsync(new Regex("/owner/stock$"));

        await owner.Locator(".pause summary").ClickAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Let the agent go on" }).ClickAsync();

        await Expect(owner.Locator(".flash")).ToHaveTextAsync("Resumed at 100 %.");
    }

    [BrowserFact]
    public async Task says_no_reason_for_a_pause_that_nobody_gave_and_resumes_from_the_banner()
    {
        var owner = await Chromium.NewOwnerPageAsync();
        await owner.GotoAsync("/owner/stock");
        await owner.Locator(".pause summary").ClickAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Pause now" }).ClickAsync();
        await Expect(owner.Locator(".unusual.bar")).ToContainTextAsync("Paused. owner paused it. Every message goes to a person until you resume.");

        await owner.Locator(".unusual.bar").GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();

        await Expect(owner.Locator(".flash")).ToHaveTextAsync("Resumed at 100 %.");
        await Expect(owner.Locator(".unusual.bar")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task rejects_nothing_before_somebody_said_what_is_wrong()
    {
        var (_, card, owner) = await AskForMoneyAsync();
        await card.Locator("summary", new() { HasText = "Reject" }).ClickAsync();

        await Expect(card.GetByLabel("What is wrong")).ToHaveValueAsync("");
        await card.GetByRole(AriaRole.Button, new() { Name = "Reject", Exact = true }).ClickAsync();

        await Expect(card).ToBeVisibleAsync();
        (await card.GetByLabel("What is wrong").EvaluateAsync<bool>("field => field.validity.valueMissing")).Should().BeTrue();
        (await card.GetByLabel("What is wrong").EvaluateAsync<string>("field => field.validationMessage"))
            .Should().Be("Nothing is rejected yet: choose what is wrong.");
        await card.GetByLabel("What is wrong").SelectOptionAsync(new SelectOptionValue { Label = "The text is fine, but we do not do this" });
        (await card.GetByLabel("What is wrong").EvaluateAsync<bool>("field => field.validity.valid && field.value === 'unwanted'")).Should().BeTrue();
        await Expect(owner.Locator(".flash")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task refuses_a_form_of_another_site()
    {
        var owner = await Chromium.NewOwnerPageAsync();

        var answer = await owner.Context.APIRequest.PostAsync(
            "/owner/rollout",
            new() { Form = owner.Context.APIRequest.CreateFormData().Append("Verb", "pause") }
        );

        answer.Status.Should().Be(400, "the form has no anti-forgery token");
        (await answer.TextAsync()).Should().StartWith("This page was out of date");
    }

    private static string CardOf(string customer) => $"article:has(header a[href*='{customer}'])";

    private static string PageOf(string customer) => $"/owner/conversations/{Uri.EscapeDataString($"api:{customer}")}";

    private async Task<IPage> TasksAsync()
    {
        var owner = await Chromium.NewOwnerPageAsync();
        await owner.GotoAsync("/owner/tasks");
        return owner;
    }

    /// <summary>A new console in which that customer's conversation is open.</summary>
    /// <param name="isLive">False when the page hears of nothing, as on a line that broke.</param>
    private async Task<IPage> OpenAsync(string customer, bool isLive = true)
    {
        var owner = await Chromium.NewOwnerPageAsync();
        if (!isLive)
        {
            await owner.RouteAsync("**/owner/events", route => route.AbortAsync());
        }

        await owner.GotoAsync(PageOf(customer));
        await owner.Locator("html[data-ready=yes]").WaitForAsync();
        return owner;
    }

    /// <summary>A new customer who proved an order and wants money; the card of it, open in a console.</summary>
    private async Task<(string Customer, ILocator Card, IPage Owner)> AskForMoneyAsync(bool isLive = true)
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "i want a refund for order #1293, my email is priya.nair@example.com");
        await Host.AnswersAsync(customer);
        var owner = await OpenAsync(customer, isLive);
        var card = owner.Locator($"{CardOf(customer)}.approval");
        await Expect(card).ToHaveCountAsync(1);
        return (customer, card, owner);
    }

    /// <summary>The second step: the box stands beside what was said.</summary>
    private static async Task ConfirmAsync(ILocator card)
    {
        await card.GetByLabel("I have looked at this").CheckAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Approve and send" }).ClickAsync();
    }

    /// <summary>A new customer whose question no playbook fits; the card of it, open in a console.</summary>
    private async Task<(string Customer, ILocator Card, IPage Owner)> NeedAPersonAsync(bool isLive = true)
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "can you gift wrap it and put a birthday card in");
        await Host.AnswersAsync(customer);
        var owner = await OpenAsync(customer, isLive);
        return (customer, owner.Locator(CardOf(customer)), owner);
    }

    /// <summary>The first message that a person sent to that customer.</summary>
    private async Task<string> AnswerOfAPersonAsync(string customer)
    {
        for (var after = 0L; ;)
        {
            var lines = await Host.AnswersAsync(customer, after);
            if (lines.FirstOrDefault(l => l.From == "person") is { } answer)
            {
                return answer.Text;
            }

            after = lines[^1].Seq;
        }
    }
}
