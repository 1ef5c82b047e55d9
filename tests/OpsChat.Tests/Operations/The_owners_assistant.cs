using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpsChat.Agent;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Models.Jobs;
using OpsChat.Models.Providers;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;
using OpsChat.Storage;
using OpsChat.Tests.Drafting;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

public sealed class The_owners_assistant(ModelServer server, The_owners_assistant.OneStore store)
    : IClassFixture<ModelServer>, IClassFixture<The_owners_assistant.OneStore>
{
    private const string Stock = "operations_stock", Sold = "operations_pieces_sold", Orders = "operations_orders", Best = "operations_best_sellers",
        Returned = "operations_returns", Why = "operations_why_returns", Refunds = "operations_refunds", RunsOut = "operations_runs_out",
        Late = "operations_late_parcels", Way = "operations_parcels_on_the_way", Spend = "operations_ad_spend", Packing = "operations_packing_errors";

    private static readonly OperationsSettings s_settings = OperationsSettings.Default("MYR");

    /// <summary>What a model that understands would look up for each of the sixty-one questions.</summary>
    private static readonly Dictionary<string, (string Function, string[] Arguments)> s_lookUps = new()
    {
        ["How many DRESS-A were sold yesterday?"] = (Sold, ["articles=DRESS-A", "days=yesterday"]),
        ["how many dress-b did we sell last week"] = (Sold, ["articles=dress-b", "days=last week"]),
        ["Units of DRESS-C in May?"] = (Sold, ["articles=DRESS-C", "days=May"]),
        ["What were the sales of DRESS-D in the last 30 days?"] = (Sold, ["articles=DRESS-D", "days=last 30 days"]),
        ["How many pieces were sold in April 2026?"] = (Sold, ["days=April 2026"]),
        ["sold since 20 May"] = (Sold, ["days=since 20 May"]),
        ["How many units did we sell between 1 March and 10 March?"] = (Sold, ["days=2026-03-01 to 2026-03-10"]),
        ["How many Dress A were sold on 2026-05-05?"] = (Sold, ["articles=Dress A", "days=2026-05-05"]),
        ["sales of DRESS-B this week"] = (Sold, ["articles=DRESS-B", "days=this week"]),
        ["units sold this month"] = (Sold, ["days=this month"]),
        ["How many orders came last week?"] = (Orders, ["days=last week"]),
        ["How many orders did we have in May and how much revenue?"] = (Orders, ["days=May 2026"]),
        ["orders yesterday?"] = (Orders, ["days=yesterday"]),
        ["What was the revenue in the past 7 days?"] = (Orders, ["days=past 7 days"]),
        ["How many orders of DRESS-A in the last 2 weeks?"] = (Orders, ["articles=DRESS-A", "days=last 2 weeks"]),
        ["average order value this month"] = ("operations_sales", ["measure=mean", "by=nothing", "days=this month"]),
        ["What sold most in May?"] = (Best, ["days=May"]),
        ["best sellers last week"] = (Best, ["days=last week"]),
        ["Which article sells best?"] = (Best, []),
        ["How many returns came in May?"] = (Returned, ["days=May"]),
        ["How many returns of DRESS-B in the last 30 days?"] = (Returned, ["articles=DRESS-B", "days=last 30 days"]),
        ["returns last week"] = (Returned, ["days=last week"]),
        ["How much of DRESS-C was sent back in April?"] = (Returned, ["articles=DRESS-C", "days=April"]),
        ["How many came back because too small in May?"] = (Returned, ["reason=too small", "days=May"]),
        ["returns of DRESS-B that were too small since 1 May"] = (Returned, ["articles=DRESS-B", "reason=too-small", "days=since 1 May"]),
        ["How many returns of articles from SUP9 last month?"] = (Returned, ["supplier=SUP9", "days=last month"]),
        ["What were the reasons for returns last month?"] = (Why, ["days=last month"]),
        ["Why do people return things? last 10 days"] = (Why, ["days=last 10 days"]),
        ["How many refunds did we approve in May and how much?"] = (Refunds, ["days=May"]),
        ["refunds this month"] = (Refunds, ["days=this month"]),
        ["How many refunds were approved yesterday?"] = (Refunds, ["days=yesterday"]),
        ["refunds since 1 April"] = (Refunds, ["days=since 1 April"]),
        ["How much did we refund in April?"] = (Refunds, ["days=April"]),
        ["How many pieces of DRESS-A are left?"] = (Stock, ["articles=DRESS-A"]),
        ["stock of dress-b"] = (Stock, ["articles=dress-b"]),
        ["how many DRESS-C do we have on hand?"] = (Stock, ["articles=DRESS-C"]),
        ["DRESS-D"] = (Stock, ["articles=DRESS-D"]),
        ["What is available of DRESS-A and DRESS-C?"] = (Stock, ["articles=DRESS-A, DRESS-C"]),
        ["How much inventory is there?"] = (Stock, []),
        ["What runs out this week?"] = (RunsOut, ["days=this week"]),
        ["which articles run out in the next 10 days"] = (RunsOut, ["days=next 10 days"]),
        ["Anything running out?"] = (RunsOut, []),
        ["How many parcels are late?"] = (Late, []),
        ["Late parcels of Laju Kurier right now"] = (Late, ["carrier=Laju Kurier"]),
        ["How many parcels by Pos Bestari were late last week?"] = (Late, ["carrier=Pos Bestari", "days=last week"]),
        ["parcels late in May"] = (Late, ["days=May"]),
        ["How many parcels are on the way?"] = (Way, []),
        ["what is in transit with Laju Kurier?"] = (Way, ["carrier=Laju Kurier"]),
        ["Which orders are stuck?"] = ("operations_stuck_orders", []),
        ["how many orders are not shipped although paid?"] = ("operations_stuck_orders", []),
        ["How long does SUP9 really take?"] = ("operations_suppliers", ["supplier=SUP9"]),
        ["lead time of SUP9"] = ("operations_suppliers", ["supplier=SUP9"]),
        ["What did we spend on ads last week?"] = (Spend, ["days=last week"]),
        ["ad spend for DRESS-B in the last 5 days"] = (Spend, ["articles=DRESS-B", "days=last 5 days"]),
        ["How much went into advertising in May?"] = (Spend, ["days=May"]),
        ["Which ads lose money?"] = ("operations_ads_that_lose", []),
        ["How many lines were packed wrong last week?"] = (Packing, ["days=last week"]),
        ["packing errors in May"] = (Packing, ["days=May"]),
        ["Which subscription charges failed in May?"] = ("operations_failed_charges", ["days=May"]),
        ["What is the margin of DRESS-A?"] = ("operations_prices", ["articles=DRESS-A"]),
        ["What needs attention?"] = ("operations_alerts", []),
    };

    /// <summary>Where the calls of all these models are counted.</summary>
    public sealed class OneStore : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        internal SqliteStore Store { get; private set; } = null!;

        public async Task InitializeAsync() => Store = await SqliteStore.OpenAsync(_folder.File("opschat.db"), default);

        public async Task DisposeAsync()
        {
            await Store.DisposeAsync();
            _folder.Dispose();
        }
    }

    [Fact]
    public async Task answers_the_sixty_one_questions_with_the_figure_that_the_rows_give()
    {
        s_lookUps.Keys.Should().BeEquivalentTo(Questions_of_the_owner.Answers.Keys);
        foreach (var (question, (function, arguments)) in s_lookUps)
        {
            CallingModel model = null!;
            // It says what the first line of the result says.
            model = new(asked => asked % 2 == 0 ? Call(function, arguments) : Saying(model.Heard.Last(h => h.Length > 0).Split('\n')[0]));

            var answer = await AskAsync(model, question);

            answer.Should().NotBeNull(question);
            answer!.Figure.Should().BeApproximately(Questions_of_the_owner.Answers[question](), 1e-6, $"{question} {answer.Title}");
            answer.Title.Should().Be(model.Heard.Last(h => h.Length > 0).Split('\n')[0]);
            answer.Sources.Should().NotBeEmpty("every figure names where it comes from");
        }
    }

    [Theory]
    [InlineData("operations_sales", "measure=profit", "by=article", "least=true", "days=May")]
    [InlineData("operations_compare_sales", "measure=revenue", "days=May")]
    [InlineData("operations_stock_value")]
    [InlineData("operations_too_much_stock")]
    [InlineData("operations_on_order", "supplier=SUP9")]
    [InlineData("operations_deliveries")]
    public async Task looks_up_sales_and_what_is_bound_in_stock_too(string function, params string[] arguments)
    {
        CallingModel model = null!;
        model = new(asked => asked % 2 == 0 ? Call(function, arguments) : Saying(model.Heard.Last(h => h.Length > 0).Split('\n')[0]));

        var answer = await AskAsync(model, "how is the shop?");

        answer.Should().NotBeNull();
        answer!.Title.Should().Be(model.Heard.Last(h => h.Length > 0).Split('\n')[0]);
        answer.Sources.Should().NotBeEmpty();
    }

    [Fact]
    public async Task words_several_results_as_one_answer_with_the_sources_of_its_figures()
    {
        using var model = new CallingModel(
            [(Stock, new() { ["articles"] = "DRESS-A, DRESS-C" }), ("operations_suppliers", new() { ["supplier"] = "SUP9" }), (Refunds, new() { ["days"] = "May" })],
            """{"answer":"DRESS-A has 900 pieces, DRESS-C has 300.\nSUP9 takes 14 days."}""");

        var answer = await AskAsync(model, "how are the dresses and SUP9?");

        answer!.Title.Should().StartWith("DRESS-A has 900");
        answer.Sources.Should().BeEquivalentTo(["inventory", "purchase orders"], "nothing was said of refunds");
    }

    [Theory]
    [InlineData("There are 901 pieces of DRESS-A.")]
    [InlineData("There are 300 pieces of DRESS-A.")]
    [InlineData("DRESS-B has 900 pieces left.")]
    [InlineData("There are nine hundred and one pieces.")]
    [InlineData("There are seven pieces.")]
    [InlineData("900 pieces, worth MYR 900.")]
    [InlineData("900 pieces, 35 % of all.")]
    [InlineData("900 pieces of DRESS-A, enough for 900 days.")]
    [InlineData("900 pieces of DRESS-A until 3 August 2027.")]
    [InlineData("900 pieces of DRESS-A; order #5555 is waiting.")]
    [InlineData("900 pieces of DRESS-A, write to boss@example.com or call +60 12-345 6789.")]
    [InlineData("900 pieces of DRESS-A. Pos Bestari brings more.")]
    [InlineData("Most of the 1,456 pieces are DRESS-A.")]
    [InlineData("")]
    public async Task says_nothing_that_no_look_up_brought_back(string lie)
    {
        using var model = new CallingModel(
            [(Stock, new() { ["articles"] = "DRESS-A" }), (Stock, new() { ["articles"] = "DRESS-C" })], JsonSerializer.Serialize(new { answer = lie }));

        (await AskAsync(model, "How many pieces of DRESS-A are left?")).Should().BeNull("the plain answer is given instead");
        (model.Asked % 2).Should().Be(0);
        model.Asked.Should().BeGreaterThan(2, "it is asked once more");
    }

    [Fact]
    public async Task says_nothing_when_nothing_was_looked_up()
    {
        using var model = new CallingModel(_ => Saying("Everything is fine."));

        (await AskAsync(model, "How many pieces of DRESS-A are left?")).Should().BeNull();
    }

    [Fact]
    public async Task shows_what_was_looked_up_when_it_was_worded_badly_and_the_question_is_not_understood_otherwise()
    {
        using var model = new CallingModel([(Stock, new() { ["articles"] = "DRESS-A" })], """{"answer":"About a thousand, I guess."}""");

        var answer = await AskAsync(model, "is the red one fine, you think?");

        answer!.Title.Should().Be("900 pieces are there of DRESS-A.");
        answer.Figure.Should().Be(900);
    }

    [Fact]
    public void never_states_a_figure_of_its_own_whatever_a_model_makes_of_a_result()
    {
        var (shop, records) = Questions_of_the_owner.Asked;
        var lookups = new OwnerLookups(shop, s_settings, records, "stock?");
        var told = lookups.Look(QuestionTopic.Stock) + lookups.Look(QuestionTopic.Sold, period: "May 2026") + lookups.Look(QuestionTopic.RunsOut);
        var grounding = new AnswerGrounding("stock?", shop, lookups.Found);
        var known = told.Split([' ', '\n', ',', '.', ':', '(', ')'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 3000; i++)
        {
            var number = random.Next(10, 5000);
            var name = MadeUpShop.Skus[random.Next(4)];
            var text = random.Next(3) switch { 0 => $"There are {number} pieces.", 1 => $"{name}: {number}.", _ => $"{name} has sold {number} pieces." };
            if (grounding.Failures(text).Count > 0)
            {
                refused++;
            }
            else
            {
                known.Should().Contain(number.ToString(CultureInfo.InvariantCulture), text);
            }
        }

        refused.Should().BeGreaterThan(2900);
    }

    [Theory]
    [InlineData("Please make the dress ads stop for DRESS-B", "DRESS-B", true)]
    [InlineData("we should pause what we do for group B", "group B", true)]
    [InlineData("What runs out this week?", "DRESS-B", false)]
    [InlineData("Why does DRESS-B sell so well?", "DRESS-B", false)]
    [InlineData("How are the refunds?", "", false)]
    public async Task puts_up_only_what_the_owner_asked_for_and_an_alert_proposes(string question, string about, bool isWish)
    {
        using var model = new CallingModel(
            [("actions_propose_action", new() { ["action"] = "pause-ad", ["about"] = about }), (Stock, new())], """{"answer":"It waits for your approval."}""");

        var answer = await AskAsync(model, question);

        (answer?.Wish is { Kind: ActionKind.PauseAd }).Should().Be(isWish);
    }

    [Theory]
    [InlineData("refund")]
    [InlineData("charge-again")]
    [InlineData("pay everybody")]
    [InlineData("none")]
    public async Task cannot_be_made_to_put_up_what_no_alert_proposes(string action)
    {
        using var model = new CallingModel(
            [("actions_propose_action", new() { ["action"] = action, ["about"] = "DRESS-B" }), (Stock, new())], """{"answer":"It is done."}""");

        var answer = await AskAsync(model, $"please {action} DRESS-B");

        (answer?.Wish).Should().BeNull();
        (answer?.Title ?? "").Should().NotContain("It is done", "its words are not said");
    }

    [Theory]
    [InlineData("operations_delete_everything")]
    [InlineData("actions_push")]
    [InlineData("shop_my_orders")]
    public async Task has_no_function_that_it_was_not_given(string function)
    {
        using var model = new CallingModel([(function, new() { ["articles"] = "DRESS-A" })], """{"answer":"Done."}""");

        (await AskAsync(model, "How many pieces of DRESS-A are left?")).Should().BeNull();
    }

    [Fact]
    public async Task stops_a_model_that_looks_up_without_end()
    {
        using var model = new CallingModel(_ => Call(Stock, []));

        (await AskAsync(model, "How many pieces of DRESS-A are left?").WaitAsync(TimeSpan.FromMinutes(2))).Should().BeNull();
    }

    [Fact]
    public async Task changes_nothing_but_the_proposal_that_the_owner_wished_for()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var now = shop.Clock.GetUtcNow();
        await shop.Store.WriteAsync(session => session.Alerts.Save(CostlyGroup(now)), default);
        using var model = new CallingModel(
            [("actions_propose_action", new() { ["action"] = "pause-ad", ["about"] = "group B" })], """{"answer":"It waits for your approval."}""");
        var desk = new AskDesk(shop.Store, shop.Get<OperationsDesk>(), shop.Get<ActionDesk>(), shop.Get<CurrentOperations>(), shop.Clock,
            shop.Get<IShop>(), new OwnerAssistant(Writers.On(model), shop.Store));
        var (asked, before) = ("could you make group B stop spending, please?", await CountsAsync(shop));

        var shown = await desk.AskAsync(asked, null, default);
        (await CountsAsync(shop)).Should().Be(before, "who is not known only gets an answer");
        shown.Wish.Should().NotBeNull();
        var answer = await desk.AskAsync(asked, "owner", default);
        await desk.AskAsync(asked, "owner", default);

        answer.Title.Should().Contain("up for approval");
        (await CountsAsync(shop)).Should().Be((before.Alerts, before.Actions + 1, before.Approvals, before.Lanes), "asked twice it is one");
        (await shop.Store.ReadAsync(session => session.ShopActions.List(null, 10), default)).Should().ContainSingle(a =>
            a.State == ShopActionState.Pending && a.Kind == ActionKind.PauseAd);
        (await shop.Store.ReadAsync(session => session.ModelUses.Since(now.AddDays(-1)), default)).Should().NotBeEmpty("the day's budget counts it");
    }

    [ModelServerTheory]
    [InlineData(ModelProvider.OpenAi)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task looks_up_and_answers_through_either_providers_own_interface(ModelProvider provider)
    {
        var options = Writers.Options with
        {
            Provider = provider,
            Endpoint = provider == ModelProvider.OpenAi ? new(server.Address, "v1") : server.Address,
            Key = new("test"),
        };
        using var client = ModelClients.Open(options, TimeProvider.System);
        var assistant = new OwnerAssistant(
            Writers.On(new ModelGateway(client, options, new ModelBudget(options, TimeProvider.System), TimeProvider.System)), store.Store);
        async Task<OwnerAnswer?> AnswerAsync(string question) =>
            await assistant.AnswerAsync(question, Questions_of_the_owner.Asked.Shop, s_settings, Questions_of_the_owner.Asked.Records, MadeUpShop.At(149, 6), default);

        var said = await AnswerAsync("case-owner-asks: how many DRESS-A are there?");
        said!.Title.Should().Be("900 pieces of DRESS-A are there.");
        said.Sources.Should().Equal("inventory");
        (await AnswerAsync("case-owner-is-lied-to: how many DRESS-A are there?"))!
            .Title.Should()
            .Be("900 pieces are there of DRESS-A.", "the hostile model's figure stands nowhere: what was looked up answers");
        (await AnswerAsync("case-owner-wishes: pause the ad of DRESS-B"))!.Wish.Should().NotBeNull();
        (await AnswerAsync("case-owner-is-pushed: how many DRESS-A are there?"))?.Wish.Should().BeNull("the hostile model's wish is nobody's");
    }

    private async Task<OwnerAnswer?> AskAsync(IChatClient model, string question)
    {
        var (shop, records) = Questions_of_the_owner.Asked;
        return await On(model).AnswerAsync(question, shop, s_settings, records, MadeUpShop.At(149, 6), default);
    }

    private OwnerAssistant On(IChatClient model) => new(Writers.On(model), store.Store);

    private static Task<(int Alerts, int Actions, int Approvals, int Lanes)> CountsAsync(ShopUnderTest shop) => shop.Store.ReadAsync(session => (
        session.Alerts.Queue().Alerts.Count, session.ShopActions.List(null, 1000).Count, session.Approvals.List(null, 1000).Count,
        session.Lanes.Latest().Count), default);

    private static ChatMessage Call(string function, string[] arguments) => CallingModel.Calls((function,
        arguments.Select(a => a.Split('=', 2)).ToDictionary(a => a[0], a => (object?)a[1])));

    private static ChatMessage Saying(string text) => new(ChatRole.Assistant, JsonSerializer.Serialize(new { answer = text }));

    private static Alert CostlyGroup(DateTimeOffset now)
    {
        var subject = SubjectKey.Of(("adGroup", "group B"));
        return new()
        {
            Key = subject.KeyFor("ad-waste"), Monitor = "ad-waste", Subject = subject, Owner = "marketing", Headline = "group B costs too much.",
            OpenedAt = now, CheckedAt = now,
            Actions = [new(ActionKind.PauseAd, "group B", new Dictionary<string, string>(), null, "Pause group B", now.AddDays(1))],
        };
    }
}
