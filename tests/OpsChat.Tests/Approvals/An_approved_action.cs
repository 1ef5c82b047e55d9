using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Channels.Webhook;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Approvals;

public class An_approved_action
{
    private const string WantsMoneyBack = "I want my money back for order #1292, amirul.hakim@example.com";

    [Fact]
    public async Task is_told_to_the_shops_system_once_signed_and_without_the_customers_words()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        var card = await ApproveAsync(shop);

        await LookAsync(shop);
        await LookAsync(shop);

        var call = await server.NextAsync();
        server.Waiting.Should().Be(0);
        call.Key.Should().Be(card.Id);
        WebhookSignature.Judge(ShopSystemServer.Secret, call.Timestamp, call.Signature, call.Body, shop.Clock.GetUtcNow()).Should().Be(SignatureVerdict.Right);
        call.Json.GetProperty("type").GetString().Should().Be("shop.action");
        call.Json.GetProperty("approval").GetString().Should().Be(card.Id);
        call.Json.GetProperty("hash").GetString().Should().Be(card.Hash);
        call.Json.GetProperty("action").GetString().Should().Be(card.Action);
        call.Json.GetProperty("order").GetString().Should().Be(card.OrderNumber);
        call.Json.GetProperty("amount").GetProperty("minor").GetInt64().Should().Be(card.Amount!.Value.Minor);
        call.Json.GetProperty("approvedBy").GetString().Should().Be("owner");
        call.Json.GetRawText().Should().NotContain("amirul.hakim").And.NotContain(card.Text);
        (await ToDoAsync(shop)).ToldAt.Should().Be(shop.Clock.GetUtcNow(), "it stays the owner's until it is ticked off");
    }

    [Fact]
    public async Task is_not_told_before_it_is_approved_nor_when_it_is_rejected()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        await shop.SayAsync("amirul", WantsMoneyBack);
        await LookAsync(shop);
        await shop.DecideAsync((await shop.PendingAsync()).Single(), new ApprovalVerb.Reject(ErrorKind.Incorrect, "not yet"));
        await LookAsync(shop);

        server.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task is_told_again_with_the_same_key_after_a_pause_when_the_system_was_busy()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        server.Answers.Enqueue(503);
        await ApproveAsync(shop);

        await LookAsync(shop);
        await LookAsync(shop);
        var first = await server.NextAsync();
        server.Waiting.Should().Be(0, "it is not asked again at once");
        shop.Clock.Advance(TimeSpan.FromSeconds(2));
        await LookAsync(shop);

        (await server.NextAsync()).Key.Should().Be(first.Key);
        (await ToDoAsync(shop)).ToldAt.Should().NotBeNull();
    }

    [Theory]
    [InlineData(422, 0)]
    [InlineData(503, 24)]
    public async Task that_the_system_refuses_or_cannot_take_for_a_day_becomes_the_owners_to_do_by_hand(int status, int hoursLater)
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        server.Answers.Enqueue(status);
        await ApproveAsync(shop);
        shop.Clock.Advance(TimeSpan.FromHours(hoursLater));

        await LookAsync(shop);
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await LookAsync(shop);

        await server.NextAsync();
        server.Waiting.Should().Be(0);
        (await ToDoAsync(shop)).ToldAt.Should().BeNull();
        (await shop.Store.ReadAsync(session => session.Notices.Unseen(), CancellationToken.None)).Should().ContainSingle(n => n.Text.Contains("Do it by hand") && n.Text.Contains($"{status}"));
    }

    [Fact]
    public async Task that_was_ticked_off_is_not_told_any_more()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await OpenAsync(server);
        await ApproveAsync(shop);
        var todo = await ToDoAsync(shop);
        await shop.Store.WriteAsync(session => session.ToDos.Done(todo.Id, "owner", shop.Clock.GetUtcNow()), CancellationToken.None);

        await LookAsync(shop);

        server.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task from_before_there_was_a_system_is_not_told_because_it_may_have_been_done_by_hand()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var shop = await ShopUnderTest.OpenAsync(configure: options => (options.Webhook.Url, options.Webhook.Secret) = (server.Url, ShopSystemServer.Secret));
        await ApproveAsync(shop);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));

        await LookAsync(shop);

        server.Waiting.Should().Be(0);
    }

    /// <summary>The system is there before anything is approved.</summary>
    private static async Task<ShopUnderTest> OpenAsync(ShopSystemServer server)
    {
        var shop = await ShopUnderTest.OpenAsync(configure: options => (options.Webhook.Url, options.Webhook.Secret) = (server.Url, ShopSystemServer.Secret));
        await LookAsync(shop);
        return shop;
    }

    private static Task LookAsync(ShopUnderTest shop) => shop.Get<ActionPush>().LookAsync(CancellationToken.None);

    private static async Task<Approval> ApproveAsync(ShopUnderTest shop)
    {
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        (await shop.DecideAsync(card, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Done>();
        return card;
    }

    private static async Task<ToDo> ToDoAsync(ShopUnderTest shop) => (await shop.Store.ReadAsync(session => session.ToDos.Open(), CancellationToken.None)).Single();
}
