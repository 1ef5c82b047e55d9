using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsChat.Approvals;
using OpsChat.Facts;
using OpsChat.Host.Web;
using OpsChat.Host.Web.Inbox;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

[Collection(BrowserTests.Name)]
public sealed partial class A_conversation_in_the_console(ConsoleWithAModel console, Chromium chromium) : IClassFixture<ConsoleWithAModel>
{
    private const string Foreign = "boleh tak awak lukis naga pada kapal angkasa untuk anak saya";

    private IStore Store => console.Host.Services.GetRequiredService<IStore>();

    [Fact]
    public async Task is_translated_beside_the_words_for_its_reader()
    {
        var customer = await WriteAsync("aina", Foreign);
        var line = (await Store.ReadAsync(session => session.Conversations.LastLines(customer, 10), default)).First(one => one.Text == Foreign);
        (await PageAsync(customer)).Should().NotContain(ConsoleWithAModel.Translation);

        await PostAsync("conversations/translate", customer, new("Id", customer.ToString()), new("Line", line.Id));

        var page = await PageAsync(customer);
        page.Should().Contain(Foreign).And.Contain(ConsoleWithAModel.Translation);
        (await Store.ReadAsync(session => session.Conversations.LastLines(customer, 10), default)).Should()
            .NotContain(one => one.Text == ConsoleWithAModel.Translation, "it is shown, and takes no word's place");
        (await Store.ReadAsync(session => session.ModelUses.Since(DateTimeOffset.UnixEpoch), default)).Should()
            .Contain(use => use.Job == "translate" && use.Tokens > 0, "the day's budget counts it after a restart too");
    }

    [BrowserFact]
    public async Task is_translated_by_a_press_and_answered_in_the_customers_language()
    {
        var customer = await WriteAsync("azlan", Foreign);
        var page = await chromium.NewOwnerPageAsync(host: console.Host);
        await page.GotoAsync(PathOf(customer));
        await page.Locator("html[data-ready=yes]").WaitForAsync();

        await page.Locator(".line.customer").GetByRole(AriaRole.Button, new() { Name = "Translate" }).ClickAsync();
        await Expect(page.Locator(".line.customer .translated")).ToContainTextAsync(ConsoleWithAModel.Translation);
        // Beside a draft the box is folded.
        await page.Locator("details.reply").EvaluateAsync("it => { it.open = true; }");
        await page.Locator("#reply").FillAsync("Yes, we paint dragons.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Translate into Malay" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it into the reply" }).ClickAsync();

        await Expect(page.Locator("#reply")).ToHaveValueAsync(ConsoleWithAModel.IntoMalay);
        await chromium.CloseAllAsync();
    }

    [Fact]
    public async Task keeps_the_own_words_in_the_box_when_they_are_translated()
    {
        var customer = await WriteAsync("aisyah", Foreign);

        await PostAsync("conversations/translate", customer, new("Id", customer.ToString()), new("Text", "Yes, we paint dragons."));

        var page = await PageAsync(customer);
        page.Should().Contain("Nothing was sent").And.Contain(">Yes, we paint dragons.</textarea>").And.Contain(ConsoleWithAModel.IntoMalay);
    }

    [Fact]
    public async Task says_what_an_edit_has_to_be_looked_at_for_while_it_is_typed()
    {
        var customer = await WriteAsync("priya", "i want a refund for order #1293, my email is priya.nair@example.com");
        var card = (await Store.ReadAsync(session => session.Approvals.PendingIn(customer), default)).Should().ContainSingle().Subject;

        async Task<string> LookAsync(string text)
        {
            using var told = await console.Browser.PostAsync("/owner/edits/look", [new("Id", card.Id), new("Text", text)]);
            return await told.Content.ReadAsStringAsync();
        }

        (await LookAsync(card.Text)).Should().Be("{\"doubts\":[]}");
        (await LookAsync(card.Text + " And MYR 12.34 more.")).Should().Contain("The amount MYR 12.34 is new.");
        (await PageAsync(customer)).Should().Contain($"data-edits=\"{card.Id}\"");
        (await StateAsync(card)).Should().Be(ApprovalState.Pending);
    }

    [Fact]
    public async Task takes_back_what_was_just_done_to_it_once()
    {
        var customer = await WriteAsync("ben", "can you gift wrap it and put a birthday card in");
        await PostAsync("inbox/handle", customer, new("Which", customer.ToString()), new("Verb", "priority:high"));
        var undo = Undo().Match(await PageAsync(customer)).Groups[1].Value;
        (await HandlingAsync(customer)).Priority.Should().Be(Priority.High);

        await PostAsync("undo", customer, new KeyValuePair<string, string>("Id", undo));

        (await PageAsync(customer)).Should().Contain("1 conversation is as before.");
        (await HandlingAsync(customer)).Priority.Should().Be(Priority.Normal);
        await PostAsync("undo", customer, new KeyValuePair<string, string>("Id", undo));
        (await PageAsync(customer)).Should().Contain("Nothing was undone");
    }

    [Fact]
    public async Task does_not_take_back_what_somebody_changed_since()
    {
        var customer = await WriteAsync("chen", "can you gift wrap it and put a birthday card in");
        await PostAsync("inbox/handle", customer, new("Which", customer.ToString()), new("Verb", "tag"), new("Tag", "painter"));
        var undo = Undo().Match(await PageAsync(customer)).Groups[1].Value;
        await PostAsync("inbox/handle", customer, new("Which", customer.ToString()), new("Verb", "tag"), new("Tag", "dragon"));

        await PostAsync("undo", customer, new KeyValuePair<string, string>("Id", undo));

        (await HandlingAsync(customer)).Tags.Should().Equal("painter", "dragon");
    }

    [Fact]
    public async Task offers_the_three_ways_on_for_a_reply_that_may_have_been_sent()
    {
        const string Text = "We refund MYR 20.00 today.";
        var customer = await WriteAsync("dewi", "what are your opening hours");
        var card = await Store.WriteAsync(session =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var approval = new Approval
            {
                Id = Ids.New('a', now),
                Revision = 1,
                Conversation = customer,
                CaseId = "c",
                Turn = "t",
                CustomerWords = "refund",
                Text = Text,
                Suggested = Text,
                Playbook = "refund-request",
                Version = "1",
                Action = "refund-request",
                SeenSeq = 100,
                CreatedAt = now,
                ExpiresAt = now.AddHours(12),
            }.Sealed();
            session.Approvals.Add(approval);
            session.Approvals.Decide(approval.Id, 1, approval.Hash, ApprovalState.Approved, "owner", null, now);
            session.Approvals.Finish(approval.Id, ApprovalState.Uncertain, "The connection broke.");
            session.Outbox.Add(
                OutboxMessage.New(customer, Sender.Person, OutboxKind.Approved, Text, now) with
                {
                    Approval = approval.Id,
                    ApprovalHash = approval.Hash,
                    State = OutboxState.Uncertain,
                }
            );
            return approval;
        }, default);
        (await PageAsync(customer)).Should().Contain("It arrived").And.Contain("Ask the customer").And.Contain("Send again");

        await ArriveAsync(card with { Hash = "old" }, "arrived");
        (await StateAsync(card)).Should().Be(ApprovalState.Uncertain, "a page that shows an old text decides nothing");
        await ArriveAsync(card, "ask");
        (await PageAsync(customer)).Should().Contain("owner asked the customer whether it arrived");
        var place = await Store.ReadAsync(session => session.Outbox.OfApproval(card.Id)!.Seq, default);
        await ArriveAsync(card, "arrived");

        (await Store.ReadAsync(session => session.Outbox.OfApproval(card.Id)!.Seq, default))
            .Should().BeGreaterThan(place, "whoever read on meanwhile is past the old place");
        (await PageAsync(customer)).Should().Contain("Noted: the customer has it.").And.NotContain("May have been sent");
        (await StateAsync(card)).Should().Be(ApprovalState.Sent);
    }

    [Fact]
    public async Task shows_at_each_card_which_words_it_answers_and_what_moves_money_open_and_first()
    {
        const string First = "i want a refund for order #1293, my email is priya.nair@example.com", Then = "blue elephants sing quietly";
        var customer = await WriteAsync("fatimah", First);
        await console.Host.WriteAsync("fatimah", Then);
        await UntilItWaitsAsync(customer);

        var page = await PageAsync(customer);

        var decide = page[page.IndexOf("class=\"decide\"", StringComparison.Ordinal)..];
        Words().Matches(decide).Select(words => words.Groups[1].Value).Should().Equal(First, Then);
        decide.Should().NotContain("Earlier, still open", "an approval of money is never folded away");
        decide.Should().Contain($"Written since: <span dir=\"auto\">“{Then}”");
    }

    [Fact]
    public async Task folds_away_what_moves_no_money_once_the_customer_wrote_of_something_else()
    {
        const string First = "purple tigers hum at dawn", Then = "blue elephants sing quietly";
        var customer = await WriteAsync("farid", First);
        await UntilItWaitsAsync(customer);
        await console.Host.WriteAsync("farid", "i want a refund for order #1293, my email is priya.nair@example.com");
        for (var tries = 0; tries < 60 && (await Store.ReadAsync(session => session.Approvals.PendingIn(customer), default)).Count == 0; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }

        var cards = await Store.ReadAsync(
            session => WaitingCard.Of(session, customer, OpeningHours.Always(TimeZoneInfo.Utc), session.Conversations.LastLines(customer, 20)),
            default
        );

        cards.Select(card => (card.MovesMoney, card.IsEarlier)).Should().StartWith((true, false)).And.EndWith((false, true));
        (await PageAsync(customer)).Should().Contain("Earlier, still open").And.NotContain(Then);
    }

    [Fact]
    public async Task is_named_on_the_page_of_today_with_what_its_customer_wants()
    {
        var customer = await WriteAsync("tara", "i want a refund for order #1293, my email is priya.nair@example.com");
        var link = $"<a href=\"{PathOf(customer)}\">Priya Nair</a>: refund request, MYR ";

        // A page does not wait long for the shop's data, and knows the name the next time.
        var today = "";
        for (var tries = 0; tries < 20 && !today.Contains(link, StringComparison.Ordinal); tries++)
        {
            today = WebUtility.HtmlDecode(await console.Browser.Http.GetStringAsync(new Uri("/owner/today", UriKind.Relative)));
        }

        today.Should().Contain(link);
    }

    [Fact]
    public async Task is_headed_by_the_proven_name()
    {
        // The clock stands still, so that nobody's patience ends before the shop's data answer.
        var names = new ProvenNames(console.Host.Services.GetRequiredService<IShop>(), new TestClock(ShopUnderTest.Morning));
        var known = new Conversation { Id = new("api", "elle"), Identity = IdentityState.Nothing with { Proven = ["1293"] } };

        (await names.OfAsync(known)).Should().Be("Priya Nair");
        (await names.OfAsync(known with { Name = "Elle" })).Should().Be("Elle", "a name that was given comes first, as in the inbox");
        (await names.OfAsync(known with { Identity = IdentityState.Nothing })).Should().Be("Other software · elle");
        ConsoleWords.Customer(new("web", "bdd924db5f0e4c1f")).Should().Be("Visitor bdd9", "a long id of a browser says nothing");
    }

    private async Task<ConversationId> WriteAsync(string customer, string text)
    {
        await console.Host.WriteAsync(customer, text);
        await console.Host.AnswersAsync(customer);
        return new("api", customer);
    }

    /// <summary>Until a card waits that is no approval: the shop need not answer what it has told already.</summary>
    private async Task UntilItWaitsAsync(ConversationId customer)
    {
        for (var tries = 0; tries < 60 && (await Store.ReadAsync(session => session.HandOffs.OpenOf(customer), default)).Count == 0; tries++)
        {
            using var asked = await console.Host.Customer.GetAsync(
                new Uri($"/api/chat/{customer.Customer}/messages?after=1000&wait=1", UriKind.Relative)
            );
        }
    }

    private static string PathOf(ConversationId customer) => $"/owner/conversations/{Uri.EscapeDataString(customer.ToString())}";

    private async Task<string> PageAsync(ConversationId customer) =>
        WebUtility.HtmlDecode(await console.Browser.Http.GetStringAsync(new Uri(PathOf(customer), UriKind.Relative)));

    private async Task PostAsync(string path, ConversationId customer, params KeyValuePair<string, string>[] fields)
    {
        using var posted = await console.Browser.PostAsync($"/owner/{path}", [.. fields, new("Return", PathOf(customer))]);
        posted.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    private Task ArriveAsync(Approval card, string verb) =>
        PostAsync("approvals/arrival", card.Conversation, new("Id", card.Id), new("Hash", card.Hash), new("Verb", verb));

    private async Task<ApprovalState> StateAsync(Approval card) =>
        (await Store.ReadAsync(session => session.Approvals.Find(card.Id), default))!.State;

    private Task<Handling> HandlingAsync(ConversationId customer) => Store.ReadAsync(session => session.Handling.Of(customer), default);

    [GeneratedRegex("<blockquote class=\"words\" dir=\"auto\">(.*?)</blockquote>", RegexOptions.Singleline)]
    private static partial Regex Words();

    [GeneratedRegex("action=\"/owner/undo\".*?name=\"Id\" value=\"([0-9a-f]{32})\"", RegexOptions.Singleline)]
    private static partial Regex Undo();
}

/// <summary>A host whose model only translates, and the owner's browser.</summary>
public sealed class ConsoleWithAModel : IAsyncLifetime
{
    public const string Translation = "Can I change the colour of the dragon? I want it red for my child.";
    public const string IntoMalay = "Ya, kami boleh melukis naga itu untuk awak dengan warna yang awak suka.";

    private readonly ScriptedModel _model = new(prompt =>
        !prompt.Contains("You translate", StringComparison.Ordinal) ? "{}"
        : prompt.Contains("into this language: ms", StringComparison.Ordinal) ? $$"""{"translation":"{{IntoMalay}}","language":"ms"}"""
        : $$"""{"translation":"{{Translation}}","language":"en"}"""
    );

    public RunningHost Host { get; private set; } = null!;
    public SignedInBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host = await RunningHost.StartAsync(
            settings: new Dictionary<string, string?>
            {
                ["OpsChat:Model:Provider"] = "OpenAi",
                ["OpsChat:Model:Name"] = "scripted",
                ["OpsChat:Model:Key"] = "of-no-use",
                ["OpsChat:Prompts"] = Repository.Prompts,
            },
            more: services => services.AddSingleton<IChatClient>(_model)
        );
        Browser = await SignedInBrowser.OpenAsync(Host);
    }

    public async Task DisposeAsync()
    {
        Browser.Dispose();
        await Host.DisposeAsync();
        _model.Dispose();
    }
}
