using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Tests.Support;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Channels.Webhook;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Storage;

namespace OpsChat.Tests.Operations;

public sealed class An_action_outside_the_chat : IAsyncDisposable
{
    private static readonly DateOnly s_yesterday = new(2026, 11, 17);

    private readonly TemporaryFolder _folder = new();
    private ShopUnderTest? _shop;

    [Fact]
    public async Task is_one_action_however_often_it_is_asked_for()
    {
        var first = await ProposedAsync();
        var second = await ProposedAsync();

        second.Id.Should().Be(first.Id);
        first.State.Should().Be(ShopActionState.Pending, "an order to a supplier always waits for a person");
        first.Amount.Should().NotBeNull();
    }

    [Fact]
    public async Task of_a_purchase_list_is_one_action_however_often_it_is_put_up()
    {
        await LookAsync();
        var pieces = new Dictionary<string, int> { ["MUG"] = (await MugsToOrderAsync()).Order };

        var first = (await ListedAsync(pieces)).Should().BeOfType<ActionAnswer.Done>().Subject.Now;
        var second = (await ListedAsync(pieces)).Should().BeOfType<ActionAnswer.Done>().Subject.Now;

        second.Id.Should().Be(first.Id);
        (await ListedAsync(new() { ["MUG"] = 1 })).Should().BeOfType<ActionAnswer.Refused>()
            .Which.Why.Should().StartWith("Up for approval already: ");
        var alert = (await LookAsync()).Queue.Ranked.First(a => a.Monitor == "stock-runout");
        (await _shop!.Get<ActionDesk>().ProposeAsync(alert.Id, ActionKind.PurchaseOrder, "owner", default)).Should()
            .BeOfType<ActionAnswer.Refused>("the list orders these mugs already");
    }

    [Fact]
    public async Task of_many_times_what_the_plan_proposes_is_approved_only_once_that_is_confirmed()
    {
        await LookAsync();
        var pieces = new Dictionary<string, int> { ["MUG"] = 50 * (await MugsToOrderAsync()).Order };
        var action = (await ListedAsync(pieces)).Should().BeOfType<ActionAnswer.Done>().Subject.Now;

        (await DecideAsync(action)).Should().BeOfType<ActionAnswer.Confirm>().Which.Sentences.Should().ContainSingle(s => s.Contains("50 times"));
        (await StoredAsync(action)).State.Should().Be(ShopActionState.Pending);
        var confirmed = await _shop!.Get<ActionDesk>().DecideAsync(_shop.Owner, action.Id, action.Hash, true, null, default, confirmed: true);

        confirmed.Should().BeOfType<ActionAnswer.Done>().Which.Now.State.Should().Be(ShopActionState.Approved);
    }

    [Fact]
    public async Task is_approved_only_by_the_hash_of_its_content()
    {
        var action = await ProposedAsync();

        (await DecideAsync(action, hash: new string('0', 64))).Should().BeOfType<ActionAnswer.Late>();
        (await DecideAsync(action)).Should().BeOfType<ActionAnswer.Done>().Which.Now.State.Should().Be(ShopActionState.Approved);
        (await DecideAsync(action)).Should().BeOfType<ActionAnswer.Late>("a second tap decides nothing");
    }

    [Fact]
    public async Task above_somebodys_limit_is_not_approved_by_them()
    {
        var action = await ProposedAsync();

        (await DecideAsync(action, new Approver("staff", 1, 0))).Should().BeOfType<ActionAnswer.NotAllowed>();
        (await StoredAsync(action)).State.Should().Be(ShopActionState.Pending);
    }

    [Fact]
    public async Task whose_price_has_changed_since_is_stopped()
    {
        var action = await ProposedAsync();
        MugShop.WriteOrders(_folder.Path, s_yesterday, cost: 13);

        (await DecideAsync(action)).Should().BeOfType<ActionAnswer.Done>().Which.Now.State.Should().Be(ShopActionState.Stopped);
        (await StoredAsync(action)).Result.Should().Contain("price has changed");
    }

    [Fact]
    public async Task whose_goods_are_on_order_meanwhile_is_stopped()
    {
        var action = await ProposedAsync();
        MugShop.WriteOrders(_folder.Path, s_yesterday, cost: 12, arrived: true);

        await DecideAsync(action);

        (await StoredAsync(action)).Should().Match<ShopAction>(a => a.State == ShopActionState.Stopped && a.Result!.Contains("on order"));
    }

    [Fact]
    public async Task that_orders_from_a_supplier_is_told_once_it_is_approved_though_its_pieces_count_as_on_order()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await WatchedAndToldAsync(server);
        var action = await ProposedAsync();
        await DecideAsync(action);

        await PushAsync();
        await PushAsync();

        (await StoredAsync(action)).State.Should().Be(ShopActionState.Told);
        (await server.NextAsync()).Key.Should().Be(action.Id);
        server.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task names_who_approved_what_where_it_is_told_and_logged_and_no_customer()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await WatchedAndToldAsync(server);
        var action = await ProposedAsync();
        await DecideAsync(action);
        var log = new CapturedLog();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var push = new ActionPush(
            _shop!.Store,
            _shop.Get<OperationsDesk>(),
            _shop.Get<CurrentOperations>(),
            _shop.Get<ShopSystem>(),
            _shop.Get<ChangeFeed>(),
            _shop.Clock,
            logs.CreateLogger<ActionPush>()
        );

        await push.LookAsync(default);

        var call = await server.NextAsync();
        call.Json.GetProperty("kind").GetString().Should().Be("purchase-order");
        call.Json.GetProperty("subject").GetString().Should().Be("MUG");
        call.Json.GetProperty("hash").GetString().Should().Be(action.Hash);
        call.Json.GetProperty("approvedBy").GetString().Should().Be(_shop.Owner.Name);
        var rows = await _shop.Store.ReadAsync(session => session.Audit.All().Where(row => row.Kind == "action").ToList(), default);
        rows.Select(row => (row.Who, row.Subject)).Should().Equal(
            ("owner", action.Id), (_shop.Owner.Name, action.Id), (OperationsDesk.Who, action.Id));
        var words = string.Join('\n', rows.Select(row => row.Data).Concat(log.Lines).Append(Encoding.UTF8.GetString(call.Body)));
        words.Should().NotContain("@example.com").And.NotContain("Email");
    }

    [Fact]
    public async Task whose_price_changes_between_its_approval_and_its_telling_is_not_told()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await WatchedAndToldAsync(server);
        var action = await ProposedAsync();
        (await DecideAsync(action)).Should().BeOfType<ActionAnswer.Done>().Which.Now.State.Should().Be(ShopActionState.Approved);
        MugShop.WriteOrders(_folder.Path, s_yesterday, cost: 13);

        await PushAsync();

        (await StoredAsync(action)).Should().Match<ShopAction>(a => a.State == ShopActionState.Stopped && a.Result!.Contains("price has changed"));
        server.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task counts_as_on_order_once_it_is_approved_so_that_nothing_is_ordered_twice()
    {
        var action = await ProposedAsync();
        await DecideAsync(action);

        var look = await LookAsync();

        var shop = (await _shop!.Get<OperationsDesk>().ViewAsync(_shop.Clock.GetUtcNow(), default)).Moment(_shop.Clock.GetUtcNow());
        shop.Requested("MUG").Should().Be(int.Parse(action.Parameters["quantity"]));
        OpsChat.Operations.Stock.PurchaseList.Of(shop, OpsChat.Operations.Settings.OperationsSettings.Default("MYR")).Should().BeEmpty();
        look.Queue.Ranked.Should().NotContain(a => a.Monitor == "reorder" && a.ClearLooks == 0);
    }

    [Fact]
    public async Task is_coming_only_once_it_was_sent_and_is_not_ordered_again_before()
    {
        var action = await ProposedAsync();
        var pieces = int.Parse(action.Parameters["quantity"]);
        await DecideAsync(action);

        var approved = await MugsAsync();
        await _shop!.Get<ActionDesk>().ReportAsync(action.Id, ShopActionState.Done, "owner", null, default);
        var sent = await MugsAsync();

        (approved.Incoming, approved.NotSentYet, approved.Order).Should().Be((0, pieces, 0), "nobody has sent it to the supplier");
        approved.StockInWords.Should().EndWith($"0 coming, {pieces} approved, not sent yet");
        (sent.Incoming, sent.NotSentYet, sent.Order).Should().Be((pieces, 0, 0));
    }

    [Fact]
    public async Task names_each_article_with_its_pieces_and_price_and_says_first_what_is_not_known()
    {
        var action = await ProposedAsync();
        var unpriced = (action with
        {
            Amount = null,
            Parameters = action.Parameters.Where(p => p.Key != "prices").ToDictionary(p => p.Key, p => p.Value),
        });

        var article = PurchaseProposal.Articles(action).Should().ContainSingle().Subject;
        article.Sku.Should().Be("MUG");
        article.ToString().Should().StartWith($"{action.Parameters["quantity"]} × MUG").And.MatchRegex(", MYR [0-9.]+ each$");
        action.Text.Should().Contain("MUG");
        PurchaseProposal.LookFirst(action).Should().BeEmpty();
        PurchaseProposal.LookFirst(unpriced).Should().ContainSingle(look => look.StartsWith("The price is not known: MUG."));
    }

    [Fact]
    public async Task that_nobody_decides_expires_and_is_not_done()
    {
        var action = await ProposedAsync();
        _shop!.Clock.Advance(TimeSpan.FromDays(8));

        await _shop.Get<ActionDesk>().ExpireAsync(_shop.Clock.GetUtcNow(), default);

        (await StoredAsync(action)).State.Should().Be(ShopActionState.Expired);
        (await DecideAsync(action)).Should().BeOfType<ActionAnswer.Late>();
    }

    [Fact]
    public async Task is_told_of_in_the_audit_chain_by_its_hash()
    {
        var action = await ProposedAsync();
        await DecideAsync(action);

        var rows = await _shop!.Store.ReadAsync(session => session.Audit.All().Where(row => row.Kind == "action").ToList(), default);
        rows.Select(row => row.Data).Should().HaveCount(2).And.OnlyContain(data => data.Contains(action.Hash));
    }

    [Fact]
    public async Task is_marked_before_it_is_told_and_never_told_again_by_itself_when_nobody_knows()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await TakesActionsAsync(server);
        var action = await ApprovedAsync(ActionKind.PauseAd);
        var during = ShopActionState.Pending;
        server.WhenCalled = async () => during = (await StoredAsync(action)).State;
        await PushAsync();
        during.Should().Be(ShopActionState.Telling);
        (await StoredAsync(action)).State.Should().Be(ShopActionState.Told);

        // The host ends while another one is being told.
        var other = await ApprovedAsync(ActionKind.LowerBudget);
        await _shop!.Store.WriteAsync(session => session.ShopActions.StartTelling(other.Id, other.Hash), default);
        (await _shop.Get<ActionDesk>().UndoAsync(other.Id, "owner", default))
            .Should()
            .BeOfType<ActionAnswer.Late>()
            .Which.Why.Should()
            .Contain("being told");
        await _shop.Get<ActionPush>().SettleLeftoversAsync(default);
        await PushAsync();

        (await StoredAsync(other)).State.Should().Be(ShopActionState.Unknown);
        (await _shop.Store.ReadAsync(session => session.Notices.Unseen(), default)).Should().ContainSingle(n => n.Text.Contains("unknown"));
        (await server.NextAsync()).Key.Should().Be(action.Id);
        server.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task marked_in_a_commit_whose_answer_was_lost_is_told_once()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await TakesActionsAsync(server);
        var action = await ApprovedAsync(ActionKind.PauseAd);
        using var push = PushOn(new StoreInTrouble(_shop!.Store) { LosesNextAnswer = true });

        await FluentActions.Awaiting(() => push.LookAsync(default)).Should().ThrowAsync<StoreException>();
        (await StoredAsync(action)).State.Should().Be(ShopActionState.Telling);
        await push.LookAsync(default);

        (await StoredAsync(action)).State.Should().Be(ShopActionState.Told);
        (await server.NextAsync()).Key.Should().Be(action.Id);
        server.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task is_told_by_no_host_that_was_paused_until_another_one_may_have_taken_over()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await TakesActionsAsync(server);
        var undone = await ApprovedAsync(ActionKind.LowerBudget);
        await PushAsync();
        (await server.NextAsync()).Key.Should().Be(undone.Id);
        await _shop!.Get<ActionDesk>().UndoAsync(undone.Id, "owner", default);
        var action = await ApprovedAsync(ActionKind.PauseAd);
        var store = new StoreInTrouble(_shop.Store) { HasTurn = false };
        using var push = PushOn(store);

        await push.LookAsync(default);

        server.Waiting.Should().Be(0);
        (await StoredAsync(action)).State.Should().Be(ShopActionState.Approved, "nobody took over, and it is due again");
        store.HasTurn = true;
        _shop.Clock.Advance(TimeSpan.FromSeconds(3));
        await push.LookAsync(default);
        new[] { (await server.NextAsync()).Key, (await server.NextAsync()).Key }.Should().BeEquivalentTo(action.Id, $"{undone.Id}.undo");
    }

    [Fact]
    public async Task that_is_taken_back_after_it_was_told_is_told_so_with_one_key_until_it_is_taken()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await TakesActionsAsync(server);
        var action = await ApprovedAsync(ActionKind.PauseAd);
        var withdrawn = await ApprovedAsync(ActionKind.LowerBudget);
        await _shop!.Get<ActionDesk>().UndoAsync(withdrawn.Id, "owner", default);
        await PushAsync();
        (await server.NextAsync()).Json.GetProperty("type").GetString().Should().Be("shop.action");

        (await _shop.Get<ActionDesk>().UndoAsync(action.Id, "owner", default)).Should().BeOfType<ActionAnswer.Done>();
        server.Answers.Enqueue(500);
        await PushAsync();
        _shop.Clock.Advance(TimeSpan.FromSeconds(3));
        await PushAsync();
        await PushAsync();

        var (first, second) = (await server.NextAsync(), await server.NextAsync());
        (first.Key, second.Key).Should().Be(($"{action.Id}.undo", $"{action.Id}.undo"));
        second.Json.GetProperty("type").GetString().Should().Be("shop.action.undone");
        second.Json.GetProperty("action").GetString().Should().Be(action.Id);
        server.Waiting.Should().Be(0, "what was never told is only withdrawn");
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<LookReport> LookAsync()
    {
        if (_shop is null)
        {
            MugShop.Write(_folder.Path, s_yesterday);
            _shop = await ShopUnderTest.OpenAsync(configure: options => options.Shop = _folder.Path);
        }

        return await _shop.Get<OperationsDesk>().LookAsync(MonitorSet.All, _shop.Clock.GetUtcNow(), default);
    }

    private async Task TakesActionsAsync(ShopSystemServer server) =>
        _shop = await ShopUnderTest.OpenAsync(configure: options =>
            (options.Webhook.Url, options.Webhook.Secret) = (server.Url, ShopSystemServer.Secret)
        );

    private async Task WatchedAndToldAsync(ShopSystemServer server)
    {
        MugShop.Write(_folder.Path, s_yesterday);
        _shop = await ShopUnderTest.OpenAsync(configure: options =>
            (options.Shop, options.Webhook.Url, options.Webhook.Secret) = (_folder.Path, server.Url, ShopSystemServer.Secret)
        );
    }

    private ActionPush PushOn(IStore store) =>
        new(
            store,
            _shop!.Get<OperationsDesk>(),
            _shop.Get<CurrentOperations>(),
            _shop.Get<ShopSystem>(),
            _shop.Get<ChangeFeed>(),
            _shop.Clock,
            NullLogger<ActionPush>.Instance
        );

    private Task PushAsync() => _shop!.Get<ActionPush>().LookAsync(default);

    private async Task<ShopAction> ApprovedAsync(ActionKind kind)
    {
        var now = _shop!.Clock.GetUtcNow();
        var action = ShopAction.Of(
            $"x-{kind}", "", "ads", new(kind, "AD-1", new Dictionary<string, string>(), null, $"{kind.Word()} AD-1", now.AddDays(1)), [], now);
        await _shop.Store.WriteAsync(session => session.ShopActions.Add(action), default);
        return (await DecideAsync(action)).Should().BeOfType<ActionAnswer.Done>().Subject.Now;
    }

    private async Task<OpsChat.Operations.Stock.StockLine> MugsAsync()
    {
        var now = _shop!.Clock.GetUtcNow();
        var moment = (await _shop.Get<OperationsDesk>().ViewAsync(now, default)).Moment(now);
        return OpsChat.Operations.Stock.StockTable.Of(moment, OperationsSettings.Default("MYR"), "MUG").Single();
    }

    private Task<ActionAnswer> ListedAsync(Dictionary<string, int> pieces) =>
        _shop!.Get<ActionDesk>().ProposeListAsync("Tembikar", pieces, "owner", default);

    private async Task<OpsChat.Operations.Stock.PurchaseLine> MugsToOrderAsync()
    {
        var now = _shop!.Clock.GetUtcNow();
        var moment = (await _shop.Get<OperationsDesk>().ViewAsync(now, default)).Moment(now);
        return OpsChat.Operations.Stock.PurchaseList.Of(moment, OperationsSettings.Default("MYR")).Single().Lines.Single();
    }

    private async Task<ShopAction> ProposedAsync()
    {
        var alert = (await LookAsync()).Queue.Ranked.First(a => a.Monitor == "stock-runout");
        var answer = await _shop!.Get<ActionDesk>().ProposeAsync(alert.Id, ActionKind.PurchaseOrder, "owner", default);
        return answer.Should().BeOfType<ActionAnswer.Done>().Subject.Now;
    }

    private Task<ActionAnswer> DecideAsync(ShopAction action, Approver? who = null, string? hash = null) =>
        _shop!.Get<ActionDesk>().DecideAsync(who ?? _shop.Owner, action.Id, hash ?? action.Hash, true, null, default);

    private Task<ShopAction> StoredAsync(ShopAction action) => _shop!.Store.ReadAsync(session => session.ShopActions.Find(action.Id)!, default);
}
