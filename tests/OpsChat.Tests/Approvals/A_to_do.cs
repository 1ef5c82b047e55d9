using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Channels.Webhook;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Approvals;

public class A_to_do
{
    private const string WantsMoneyBack = "I want my money back for order #1292, amirul.hakim@example.com";

    [Fact]
    public async Task is_told_to_the_shops_system_once_and_signed_with_the_text_that_was_approved()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        var card = await ApproveAsync(shop, "amirul");
        var todo = (await ToDosAsync(shop)).Single();

        await LookAsync(shop);
        await LookAsync(shop);

        var call = await server.NextAsync();
        server.Waiting.Should().Be(0);
        call.Key.Should().Be(todo.Id);
        WebhookSignature
            .Judge(ShopSystemServer.Secret, call.Timestamp, call.Signature, call.Body, shop.Clock.GetUtcNow())
            .Should()
            .Be(SignatureVerdict.Right);
        call.Json.GetProperty("type").GetString().Should().Be("shop.todo");
        call.Json.GetProperty("approval").GetString().Should().Be(card.Id);
        call.Json.GetProperty("hash").GetString().Should().Be(card.Hash);
        call.Json.GetProperty("playbook").GetString().Should().Be(card.Action);
        call.Json.GetProperty("order").GetString().Should().Be(card.OrderNumber);
        call.Json.GetProperty("text").GetString().Should().Be(card.Text, "only its reader knows what it promises");
        call.Json.GetProperty("largestAmountNamed").GetProperty("minor").GetInt64().Should().Be(card.Amount!.Value.Minor);
        call.Json.GetProperty("approvedBy").GetString().Should().Be("owner");
        call.Json.TryGetProperty("action", out _).Should().BeFalse("nothing in it is an order to pay");
        (await ToDosAsync(shop)).Single().ToldAt.Should().Be(shop.Clock.GetUtcNow(), "it stays the owner's until it is ticked off");
    }

    [Fact]
    public async Task is_not_there_to_be_told_before_the_text_is_approved_nor_when_it_is_rejected()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        await shop.SayAsync("amirul", WantsMoneyBack);
        await LookAsync(shop);
        await shop.DecideAsync((await shop.PendingAsync()).Single(), new ApprovalVerb.Reject(ErrorKind.Incorrect, "not yet"));
        await LookAsync(shop);

        server.Waiting.Should().Be(0);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    public async Task is_told_again_with_the_same_key_after_a_pause_when_the_system_was_in_trouble(int status)
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        server.Answers.Enqueue(status);
        await ApproveAsync(shop, "amirul");

        await LookAsync(shop);
        await LookAsync(shop);
        var first = await server.NextAsync();
        server.Waiting.Should().Be(0, "it is not asked again at once");
        shop.Clock.Advance(TimeSpan.FromSeconds(2));
        await LookAsync(shop);

        (await server.NextAsync()).Key.Should().Be(first.Key);
        (await ToDosAsync(shop)).Single().ToldAt.Should().NotBeNull();
    }

    [Theory]
    [InlineData(422, 1)]
    [InlineData(503, ShopSystem.MostTries)]
    public async Task that_the_system_refuses_or_cannot_take_for_a_day_is_the_owners_alone_and_the_owner_hears_of_it(int status, int tries)
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        Enumerable.Repeat(status, tries).ToList().ForEach(server.Answers.Enqueue);
        await ApproveAsync(shop, "amirul");

        for (var i = 0; i < tries + 5; i++)
        {
            await LookAsync(shop);
            shop.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        server.Waiting.Should().Be(tries);
        (await ToDosAsync(shop)).Single().ToldAt.Should().BeNull();
        (await shop.Store.ReadAsync(session => session.Notices.Unseen(), CancellationToken.None))
            .Should()
            .ContainSingle(n => n.Text.Contains("missing in the shop's system") && n.Text.Contains($"{status}"));
    }

    [Fact]
    public async Task that_is_ticked_off_while_another_is_on_its_way_is_not_told_any_more()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        await ApproveAsync(shop, "amirul");
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await ApproveAsync(shop, "amirul's other telephone");
        var later = (await ToDosAsync(shop))[^1];
        server.WhenCalled = () =>
            shop.Store.WriteAsync(session => session.ToDos.Done(later.Id, "owner", shop.Clock.GetUtcNow()), CancellationToken.None);

        await LookAsync(shop);

        (await server.NextAsync()).Key.Should().NotBe(later.Id);
        server.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task is_told_as_soon_as_there_is_one_and_not_at_the_next_look()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        await shop.Get<ToDoPush>().StartAsync(CancellationToken.None);
        // Its first look is over, and the clock of this shop stands still: only news can wake it.
        await shop.Clock.WaitForTimer(ShopSystem.LookEvery).WaitAsync(TimeSpan.FromMinutes(1));

        await ApproveAsync(shop, "amirul");

        (await server.NextAsync()).Key.Should().Be((await ToDosAsync(shop)).Single().Id);
        await shop.Get<ToDoPush>().StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task is_told_by_no_host_that_was_paused_until_another_one_may_have_taken_over()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        await ApproveAsync(shop, "amirul");
        using var push = new ToDoPush(
            new StoreInTrouble(shop.Store) { HasTurn = false },
            shop.Get<ShopSystem>(),
            shop.Get<CurrentPlaybooks>(),
            shop.Get<ChangeFeed>(),
            shop.Clock,
            NullLogger<ToDoPush>.Instance
        );

        await push.LookAsync(CancellationToken.None);

        server.Waiting.Should().Be(0);
        (await ToDosAsync(shop)).Single().ToldAt.Should().BeNull();
    }

    private static Task<ShopUnderTest> OpenAsync(ShopSystemServer server) =>
        ShopUnderTest.OpenAsync(configure: options => (options.Webhook.Url, options.Webhook.Secret) = (server.Url, ShopSystemServer.Secret));

    private static Task LookAsync(ShopUnderTest shop) => shop.Get<ToDoPush>().LookAsync(CancellationToken.None);

    private static async Task<Approval> ApproveAsync(ShopUnderTest shop, string customer)
    {
        await shop.SayAsync(customer, WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        (await shop.ApproveAsync(card)).Should().BeOfType<DeskAnswer.Done>();
        return card;
    }

    private static Task<IReadOnlyList<ToDo>> ToDosAsync(ShopUnderTest shop) =>
        shop.Store.ReadAsync(session => session.ToDos.Open(), CancellationToken.None);
}
