using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

public class The_inbox(Chromium chromium) : BrowserTest(chromium)
{
    [BrowserFact]
    public async Task shows_who_newly_waits_without_reloading_and_opens_them_beside_the_list()
    {
        var owner = await OpenAsync();
        await owner.EvaluateAsync("window.sameDocument = true");
        var customer = await NeedAPersonAsync();

        var row = owner.Locator(RowOf(customer));
        await row.Locator("a").ClickAsync();

        await Expect(owner.Locator("#conversation h2").First).ToContainTextAsync(customer);
        await Expect(owner).ToHaveURLAsync(new Regex($"/owner/conversations/api%3A{customer}$"));
        await Expect(row).ToHaveClassAsync(new Regex("open"));
        (await owner.EvaluateAsync<bool>("window.sameDocument === true")).Should().BeTrue("nothing was loaded anew");
        await owner.GoBackAsync();
        await Expect(owner.Locator("#conversation")).ToHaveAttributeAsync("data-id", "");
    }

    [BrowserFact]
    public async Task has_its_number_in_the_menu_of_other_pages_too_and_it_follows_without_a_reload()
    {
        var owner = await OpenAsync("/owner/stock");
        await owner.EvaluateAsync("window.sameDocument = true");
        var count = owner.Locator(".rail [data-count=inbox]");
        var before = int.Parse(await count.InnerTextAsync(), CultureInfo.InvariantCulture);

        await NeedAPersonAsync();

        await Expect(count).Not.ToHaveTextAsync($"{before}");
        (await owner.EvaluateAsync<bool>("window.sameDocument === true")).Should().BeTrue("nothing was loaded anew");
    }

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    public async Task shows_in_each_row_what_the_customer_said(int width, bool withAConversation)
    {
        const string words = "i want a refund for order #1293, my email is priya.nair@example.com";
        var customer = NewCustomer();
        await Host.WriteAsync(customer, words);
        await Host.AnswersAsync(customer);
        var owner = await Chromium.NewOwnerPageAsync(width: width, height: 844);
        await owner.GotoAsync(
            withAConversation ? $"/owner/conversations/{Uri.EscapeDataString($"api:{customer}")}?q={customer}" : $"/owner?q={customer}"
        );

        var said = owner.Locator($"{RowOf(customer)} .words-of");
        await Expect(said).ToHaveTextAsync(words);
        // So much of it can be read that one knows what it is about.
        var share = await said.EvaluateAsync<double>("line => line.clientWidth / line.scrollWidth");
        (share * words.Length).Should().BeGreaterThan(25, $"at {width} px");
    }

    [BrowserFact]
    public async Task snoozes_until_a_time_that_one_chooses_and_takes_a_tag_off()
    {
        var customer = await NeedAPersonAsync();
        var owner = await OpenAsync($"/owner/conversations/{Uri.EscapeDataString($"api:{customer}")}");
        await Expect(owner.Locator("#handle-until")).ToBeHiddenAsync();
        await owner.Locator("#handle").SelectOptionAsync("snooze:until");
        await owner.Locator("#handle-until").FillAsync("2020-01-01T09:00");
        var go = owner.Locator(".quick").GetByRole(AriaRole.Button, new() { Name = "Do it" });
        await go.ClickAsync();
        await Expect(owner.Locator(".flash")).ToHaveTextAsync(new Regex("Nothing was done: choose a time within a year"));

        var day = TimeProvider.System.GetUtcNow().AddDays(9);
        await owner.Locator("#handle").SelectOptionAsync("snooze:until");
        await owner.Locator("#handle-until").FillAsync($"{day:yyyy-MM-dd}T15:30");
        await go.ClickAsync();
        var until = string.Create(CultureInfo.InvariantCulture, $"snoozed until {day:d MMM yyyy}, 15:30");
        await Expect(owner.Locator(".flash")).ToContainTextAsync(until);
        await Expect(owner.Locator(".about .badge", new() { HasText = "15:30" })).ToBeVisibleAsync();

        await owner.Locator("#handle").SelectOptionAsync("tag");
        await owner.Locator("#handle-tag").FillAsync("gift");
        await go.ClickAsync();
        await Expect(owner.Locator(".about .badge", new() { HasText = "gift" })).ToBeVisibleAsync();
        await owner.Locator("#handle").SelectOptionAsync("untag:gift");
        await go.ClickAsync();
        await Expect(owner.Locator(".about .badge", new() { HasText = "gift" })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task keeps_what_is_typed_while_a_form_is_on_its_way()
    {
        var customer = await NeedAPersonAsync();
        var owner = await OpenAsync($"/owner/conversations/{Uri.EscapeDataString($"api:{customer}")}");
        var mayGo = new TaskCompletionSource();
        await owner.RouteAsync("**/owner/conversations/note", async route =>
        {
            await mayGo.Task;
            await route.ContinueAsync();
        });

        await owner.Locator("#note").FillAsync("She called this morning.");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Keep the note" }).ClickAsync();
        await owner.Locator("#note").FillAsync("And again at noon.");
        await owner.Locator(".reply > summary").ClickAsync();
        await owner.Locator("#reply").FillAsync("Dear Priya");
        mayGo.SetResult();

        await Expect(owner.Locator(".line.note")).ToContainTextAsync("She called this morning.");
        await Expect(owner.Locator("#note")).ToHaveValueAsync("And again at noon.");
        await Expect(owner.Locator("#reply")).ToHaveValueAsync("Dear Priya");
        await owner.ReloadAsync();
        await Expect(owner.Locator("#note")).ToHaveValueAsync("And again at noon.");
        // What was done is not offered again.
        await owner.GetByRole(AriaRole.Button, new() { Name = "Keep the note" }).ClickAsync();
        await Expect(owner.Locator(".line.note")).ToHaveCountAsync(2);
        await Expect(owner.Locator("#note")).ToHaveValueAsync("");
    }

    [BrowserFact]
    public async Task leads_on_a_phone_to_an_approval_and_its_decision_by_two_taps_and_shows_all_that_is_to_be_read()
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "i want a refund for order #1264, my email is priya.nair@example.com");
        await Host.AnswersAsync(customer);
        var owner = await Chromium.NewOwnerPageAsync(width: 390, height: 844);
        await owner.GotoAsync($"/owner?view=approvals&q={customer}");

        var row = owner.Locator($"{RowOf(customer)} a");
        await Expect(row).ToBeInViewportAsync(new() { Ratio = 1 });
        await row.ClickAsync();
        await owner.Locator("html[data-ready=yes]").WaitForAsync();
        var approve = owner.GetByRole(AriaRole.Button, new() { Name = "Approve and send" });
        await Expect(approve).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(owner.Locator("article.approval h3")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(owner.Locator("article.approval .answers .words")).ToBeInViewportAsync(new() { Ratio = 1 });
        var (text, bar) = (
            (await owner.Locator("article.approval > .exact").BoundingBoxAsync())!,
            (await owner.Locator("article.approval > .actions").BoundingBoxAsync())!
        );
        (text.Y + text.Height).Should().BeLessThanOrEqualTo(bar.Y, "nothing lies over what would be sent");
        await approve.ClickAsync();
        await Expect(owner.Locator(".flash")).ToHaveTextAsync(new Regex("Approved|Not approved yet"));
    }

    [BrowserFact]
    public async Task has_a_menu_on_a_phone_that_scrolls_to_its_last_line()
    {
        var owner = await Chromium.NewOwnerPageAsync(width: 390, height: 844);
        await owner.GotoAsync("/owner/tasks");
        await owner.Locator("html[data-ready=yes]").WaitForAsync();
        await owner.Locator(".menu > summary").ClickAsync();
        var pop = owner.Locator(".menu .pop");

        var box = (await pop.BoundingBoxAsync())!;
        (box.Y + box.Height).Should().BeLessThanOrEqualTo(844);
        await pop.EvaluateAsync("menu => menu.scrollTop = menu.scrollHeight");
        await Expect(pop.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [BrowserFact]
    public async Task has_long_pages_beside_it_that_begin_folded_on_a_phone_and_open_on_a_desk()
    {
        foreach (var (width, isOpen) in new[] { (390, false), (1280, true) })
        {
            var owner = await Chromium.NewOwnerPageAsync(width: width, height: 844);
            await owner.GotoAsync("/owner/playbooks");
            await owner.Locator("html[data-ready=yes]").WaitForAsync();

            (await owner.Locator("details[data-fold]").First.EvaluateAsync<bool>("details => details.open")).Should().Be(isOpen);
        }
    }

    [BrowserFact]
    public async Task does_not_search_for_what_the_assistant_is_asked()
    {
        var owner = await Chromium.NewOwnerPageAsync();
        await owner.GotoAsync("/owner/kpi?q=what+runs+out+this+week");

        await Expect(owner.Locator("#find")).ToHaveValueAsync("");
        await Expect(owner.Locator("#q")).ToHaveValueAsync("what runs out this week");
    }

    [BrowserFact]
    public async Task clips_no_badge_of_a_row_on_a_phone()
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "i want a refund for order #1293, my email is priya.nair@example.com, this is unacceptable");
        await Host.AnswersAsync(customer);
        using var staff = await SignedInBrowser.OpenAsync(Host);
        foreach (var (verb, tag) in new[] { ("priority:high", ""), ("tag", "call back on Friday"), ("tag", "wholesale"), ("assign:owner", "") })
        {
            using var done = await staff.PostAsync("/owner/inbox/handle", [new("Which", $"api:{customer}"), new("Verb", verb), new("Tag", tag)]);
        }

        var owner = await Chromium.NewOwnerPageAsync(width: 390, height: 844);
        await owner.GotoAsync($"/owner?q={customer}");

        await Expect(owner.Locator($"{RowOf(customer)} .badge")).ToHaveCountAsync(4);
        var cut = await owner.Locator(RowOf(customer)).EvaluateAsync<string[]>(
            "row => [...row.querySelectorAll('.first > *, .third > *')].filter(part => { const [a, b] = [part, row].map(one => "
            + "one.getBoundingClientRect()); return a.right > b.right || a.bottom > b.bottom + 1 || part.scrollWidth > part.clientWidth + 1; })"
            + ".map(part => part.textContent)"
        );
        cut.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task moves_nothing_under_the_pointer()
    {
        var first = await NeedAPersonAsync();
        var owner = await OpenAsync();
        await owner.Locator(RowOf(first)).HoverAsync();
        var before = await owner.Locator("#list .row").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.id)");

        var second = await NeedAPersonAsync();

        await Expect(owner.Locator("#news button")).ToHaveTextAsync(new Regex("^\\d+ new: show$"));
        (await owner.Locator("#list .row").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.id)")).Should().Equal(before);
        await owner.Locator("#news button").ClickAsync();
        await Expect(owner.Locator(RowOf(second))).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task is_used_with_the_keyboard_alone()
    {
        var customer = await NeedAPersonAsync();
        var owner = await OpenAsync($"/owner?q={customer}");

        await owner.Keyboard.PressAsync("j");
        await owner.Keyboard.PressAsync("Enter");
        await Expect(owner.Locator("#conversation h2").First).ToContainTextAsync(customer);
        await owner.Keyboard.PressAsync("e");
        await Expect(owner.Locator("#conversation").GetByLabel("Your reply").First).ToBeFocusedAsync();
        await owner.Keyboard.PressAsync("ControlOrMeta+a");
        await owner.Keyboard.TypeAsync("Hello, this is Mei.");
        await owner.Keyboard.PressAsync("Tab");
        await owner.Keyboard.PressAsync("Enter");

        await Expect(owner.Locator(".flash")).ToContainTextAsync("on its way");
        await Expect(owner.Locator(".transcript .person .said")).ToHaveTextAsync("Hello, this is Mei.");
        await owner.Keyboard.PressAsync("Escape");
        await owner.Locator("#main").FocusAsync();
        await owner.Keyboard.PressAsync("?");
        await Expect(owner.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task leads_on_a_phone_from_the_list_to_a_decision_and_back()
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "i want a refund for order #1293, my email is priya.nair@example.com");
        await Host.AnswersAsync(customer);
        var owner = await Chromium.NewOwnerPageAsync(ColorScheme.Dark, width: 390, height: 844);
        await owner.GotoAsync($"/owner?q={customer}");

        await owner.Locator($"{RowOf(customer)} a").ClickAsync();
        await Expect(owner.Locator(".inbox")).ToBeHiddenAsync();
        var approve = owner.GetByRole(AriaRole.Button, new() { Name = "Approve and send" });
        await approve.ClickAsync();
        await Expect(owner.Locator(".flash")).ToBeVisibleAsync();
        if ((await owner.Locator(".flash").InnerTextAsync()).StartsWith("Not approved yet", StringComparison.Ordinal))
        {
            // Other tests of this shop are paid back for the same order.
            await owner.GetByLabel("I have looked at this").First.CheckAsync();
            await approve.ClickAsync();
        }

        await Expect(owner.Locator(".flash")).ToContainTextAsync("Approved");
        await owner.Mouse.WheelAsync(0, 4000);
        await Expect(owner.Locator(".flash")).ToBeInViewportAsync(new() { Ratio = 1 });
        var back = owner.GetByRole(AriaRole.Link, new() { Name = "Back to the inbox" });
        await Expect(back).ToBeInViewportAsync(new() { Ratio = 1 });

        await back.ClickAsync();
        await Expect(owner.Locator(".inbox")).ToBeVisibleAsync();
        await owner.Locator(".pause summary").ClickAsync();
        await Expect(owner.GetByRole(AriaRole.Button, new() { Name = "Pause now" })).ToBeInViewportAsync();
        (await owner.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(390);
    }

    [BrowserFact]
    public async Task says_who_else_is_on_a_conversation_and_keeps_notes_and_tags()
    {
        var customer = await NeedAPersonAsync();
        var path = $"/owner/conversations/{Uri.EscapeDataString($"api:{customer}")}";
        using var other = await SignedInBrowser.OpenAsync(Host);
        await other.PostAsync("/owner/people/save", [new("Name", "Siti"), new("Role", "Owner")]);
        await other.PostAsync("/owner/people/link", [new("Name", "Siti")]);
        var code = Regex.Match(await other.Http.GetStringAsync(new Uri("/owner/people", UriKind.Relative)), "code=([0-9a-f]{32})").Groups[1].Value;
        using var siti = await SignedInBrowser.OpenByLinkAsync(Host, code);
        var owner = await OpenAsync(path);

        await siti.PostAsync("/owner/presence", [new("Id", $"api:{customer}")]);
        // Whoever begins to type says so, and is told who else is there.
        await owner.Locator(".reply summary").ClickAsync();
        await owner.Locator("#reply").PressSequentiallyAsync("Hello");

        await Expect(owner.Locator("#others")).ToHaveTextAsync("Siti is here too");
        await owner.Locator("#note").FillAsync("She called this morning.");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Keep the note" }).ClickAsync();
        await Expect(owner.Locator(".line.note")).ToContainTextAsync("She called this morning.");
        await owner.Locator("#handle").SelectOptionAsync("tag");
        await owner.Locator("#handle-tag").FillAsync("call-back");
        await owner.Locator("#handle-tag").BlurAsync();
        // What was chosen stays chosen while the page goes on around it.
        await siti.PostAsync("/owner/conversations/note", [new("Id", $"api:{customer}"), new("Text", "She prefers the afternoon.")]);
        await Expect(owner.Locator(".line.note", new() { HasText = "afternoon" })).ToBeVisibleAsync();
        await Expect(owner.Locator("#handle")).ToHaveValueAsync("tag");
        await owner.Locator(".quick").GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Expect(owner.Locator(".about .badge", new() { HasText = "call-back" })).ToBeVisibleAsync();
        await Expect(owner.Locator($"{RowOf(customer)} .badge", new() { HasText = "call-back" })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task parts_several_messages_of_a_row_and_offers_nobody_what_they_have_already()
    {
        var customer = await NeedAPersonAsync();
        await Host.WriteAsync(customer, "hello? is anybody there");
        await Host.AnswersAsync(customer);
        var owner = await OpenAsync($"/owner/conversations/{Uri.EscapeDataString($"api:{customer}")}");

        await Expect(owner.Locator($"{RowOf(customer)} .words-of")).ToContainTextAsync(" · hello? is anybody there");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Take over" }).First.ClickAsync();
        await Expect(owner.GetByRole(AriaRole.Button, new() { Name = "Give it back to the agent" })).ToBeVisibleAsync();
        await Expect(owner.Locator(".quick").GetByRole(AriaRole.Button, new() { Name = "Take over" })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task is_due_when_the_customer_was_told_and_counts_what_it_says()
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "can you gift wrap it and put a birthday card in");
        var told = Regex.Match((await Host.AnswersAsync(customer))[0].Text, @"\d\d:\d\d").Value;
        told.Should().NotBeEmpty("the customer is told by when a person answers");
        var owner = await OpenAsync($"/owner?q={customer}");

        await Expect(owner.Locator($"{RowOf(customer)} .due")).ToHaveTextAsync(new Regex($"^due .*{told}$"));
        await owner.GotoAsync("/owner");
        var counted = await owner.Locator("#inbox-count").InnerTextAsync();
        await Expect(owner.Locator(".rail [data-count=inbox]")).ToHaveTextAsync(counted);
        await Expect(owner.Locator("#inbox-what")).ToHaveTextAsync(new Regex($"^{counted} conversations?(, \\d+ matters in (it|them))?$"));
    }

    [BrowserFact]
    public async Task keeps_views_under_their_names_and_handles_many_at_once_and_takes_it_back()
    {
        var (first, second) = (await NeedAPersonAsync(), await NeedAPersonAsync());
        var tag = NewCustomer();
        using (var boss = await SignedInBrowser.OpenAsync(Host))
        {
            await boss.PostAsync("/owner/inbox/handle",
                [new("Which", $"api:{first}"), new("Which", $"api:{second}"), new("Verb", "tag"), new("Tag", tag)]);
        }

        // A view of just these, kept, left and opened again by its name.
        var owner = await OpenAsync($"/owner?tag={tag}");
        await Expect(owner.Locator("#list .row")).ToHaveCountAsync(2);
        await owner.Locator(".more > summary").ClickAsync();
        await owner.GetByLabel("Keep this view as").FillAsync($"view {tag}");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Keep", Exact = true }).ClickAsync();
        await Expect(owner.Locator(".flash")).ToContainTextAsync($"The view view {tag} is saved.");
        await owner.GotoAsync("/owner");
        await owner.GetByRole(AriaRole.Link, new() { Name = $"view {tag}" }).ClickAsync();
        await Expect(owner).ToHaveURLAsync(new Regex($"tag={tag}"));
        await Expect(owner.Locator("#list .row")).ToHaveCountAsync(2);

        // Both are put off at once, and that is taken back.
        await owner.Locator("html[data-ready=yes]").WaitForAsync();
        await owner.Locator($"{RowOf(first)} .pick").CheckAsync();
        await owner.Locator($"{RowOf(second)} .pick").CheckAsync();
        await Expect(owner.Locator("#picked")).ToHaveTextAsync(new Regex("2"));
        await owner.Locator("#bulk-verb").SelectOptionAsync("snooze:4");
        await owner.Locator(".bulk").GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Expect(owner.Locator(".flash")).ToContainTextAsync("2 conversations are snoozed");
        await Expect(owner.Locator("#list .row:not(.gone)")).ToHaveCountAsync(0);
        await owner.Locator(".flash").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(owner.Locator(".flash")).ToContainTextAsync("2 conversations are as before.");
        await Expect(owner.Locator("#list .row:not(.gone)")).ToHaveCountAsync(2);
    }

    [BrowserFact]
    public async Task shows_transcript_decision_and_customer_at_once_on_a_laptop()
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "i want a refund for order #1264, my email is priya.nair@example.com");
        await Host.AnswersAsync(customer);
        var owner = await OpenAsync($"/owner/conversations/{Uri.EscapeDataString($"api:{customer}")}");

        (await owner.EvaluateAsync<int>("document.documentElement.scrollHeight")).Should()
            .BeLessThanOrEqualTo(900, "the page itself does not scroll");
        await Expect(owner.GetByRole(AriaRole.Button, new() { Name = "Approve and send" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(owner.Locator("article.approval > .exact")).ToBeInViewportAsync();
        await Expect(owner.Locator(".reply > summary")).ToBeInViewportAsync();
        await Expect(owner.GetByRole(AriaRole.Heading, new() { Name = "Orders" })).ToBeInViewportAsync();
        var (talk, about) = ((await owner.Locator(".talk").BoundingBoxAsync())!, (await owner.Locator(".about").BoundingBoxAsync())!);
        talk.Height.Should().BeGreaterThanOrEqualTo(180);
        talk.Width.Should().BeGreaterThanOrEqualTo(480);
        about.X.Should().BeGreaterThanOrEqualTo(talk.X + talk.Width, "the customer stands beside the talk");
    }

    [BrowserFact]
    public async Task begins_a_reply_from_a_playbooks_own_words()
    {
        var customer = await NeedAPersonAsync();
        var owner = await OpenAsync($"/owner/conversations/{Uri.EscapeDataString($"api:{customer}")}");
        await owner.Locator(".reply > summary").ClickAsync();

        var title = await owner.Locator("#canned option").Nth(1).InnerTextAsync();
        await owner.GetByLabel("Start from a playbook").SelectOptionAsync(new SelectOptionValue { Label = title });
        var words = await owner.Locator("#reply").InputValueAsync();
        words.Should().NotBeEmpty().And.NotContain("{{", "only texts without places to fill are offered");
        await owner.Locator(".reply").GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(owner.Locator(".transcript .person .said")).ToHaveTextAsync(words);
    }

    [BrowserFact]
    public async Task shows_two_people_each_other_and_tells_the_second_who_was_first()
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "i want a refund for order #1293, my email is priya.nair@example.com");
        await Host.AnswersAsync(customer);
        var path = $"/owner/conversations/{Uri.EscapeDataString($"api:{customer}")}";
        using var boss = await SignedInBrowser.OpenAsync(Host);
        var name = $"Siti {customer}";
        await boss.PostAsync("/owner/people/save", [new("Name", name), new("Role", "Owner")]);
        await boss.PostAsync("/owner/people/link", [new("Name", name)]);
        var link = Regex.Match(await boss.Http.GetStringAsync(new Uri("/owner/people", UriKind.Relative)),
            "/owner/sign-in\\?code=[0-9a-f]{32}").Value;
        var siti = await Chromium.NewPageAsync();
        await siti.GotoAsync(link);
        await siti.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await siti.WaitForURLAsync("**/owner");
        await siti.GotoAsync(path);
        await siti.Locator("html[data-ready=yes]").WaitForAsync();
        var owner = await OpenAsync(path);

        // Whoever types is seen to, and sees who else is there.
        await siti.Locator(".reply > summary").ClickAsync();
        await siti.Locator("#reply").PressSequentiallyAsync("Dear customer");
        await Expect(siti.Locator("#others")).ToHaveTextAsync("owner is here too");
        await owner.Locator(".reply > summary").ClickAsync();
        await owner.Locator("#reply").PressSequentiallyAsync("Hello");
        await Expect(owner.Locator("#others")).ToHaveTextAsync(new Regex($"^{name} is (here too|writing…)$"));

        // The one decides; the other's page, which heard nothing of it yet, is told who was first.
        await owner.RouteAsync("**/owner/events", route => route.AbortAsync());
        await owner.ReloadAsync();
        await siti.Locator("article.approval summary", new() { HasText = "Reject" }).ClickAsync();
        await siti.GetByLabel("What is wrong").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await siti.GetByLabel("Reason, in your words").FillAsync("agreed on an exchange");
        await siti.GetByRole(AriaRole.Button, new() { Name = "Reject", Exact = true }).ClickAsync();
        await Expect(siti.Locator(".flash")).ToContainTextAsync("Rejected.");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Approve and send" }).ClickAsync();
        await Expect(owner.Locator(".flash")).ToContainTextAsync($"Nothing was done. {name} decided this at");
    }

    private static string RowOf(string customer) => $".row[data-id='api:{customer}']";

    private async Task<IPage> OpenAsync(string path = "/owner")
    {
        var owner = await Chromium.NewOwnerPageAsync();
        await owner.GotoAsync(path);
        await owner.Locator("html[data-ready=yes][data-live=yes]").WaitForAsync();
        return owner;
    }

    private async Task<string> NeedAPersonAsync()
    {
        var customer = NewCustomer();
        await Host.WriteAsync(customer, "can you gift wrap it and put a birthday card in");
        await Host.AnswersAsync(customer);
        return customer;
    }
}
