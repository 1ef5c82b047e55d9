using OpsChat.Agent;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

public class A_notice_to_customers
{
    [Fact]
    public async Task goes_after_one_approval_to_those_who_proved_the_order_and_to_nobody_twice_in_two_days()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var alert = await LateAsync(shop);
        var order = alert.Children.Select(c => c.Subject["order"]!).First();
        await shop.SayAsync("aina", $"where is my order {order}? my e-mail is {EmailOf(order)}");
        var before = (await shop.ReceivedAsync("aina")).Count;

        var notice = await ProposedAsync(shop, alert);

        notice.Recipients.Should().ContainSingle().Which.Text.Should().Contain(order);
        (await shop.ReceivedAsync("aina")).Should().HaveCount(before, "nothing leaves before the approval");

        await shop.Get<ActionDesk>().DecideAsync(shop.Owner, notice.Id, notice.Hash, true, null, default);
        await shop.SendAsync();

        (await shop.ReceivedAsync("aina")).Skip(before).Should().ContainSingle().Which.Should().Be(notice.Recipients[0].Text);
        (await ProposedAsync(shop, alert)).Recipients.Should().BeEmpty("two notices within 48 hours are one too many");
    }

    [Fact]
    public async Task goes_once_to_a_buyer_with_two_chats_and_counts_every_customer_once()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var alert = await LateAsync(shop);
        var order = alert.Children.Select(c => c.Subject["order"]!).First();
        await shop.SayAsync("aina", $"where is my order {order}? my e-mail is {EmailOf(order)}");
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await shop.SayAsync("aina-at-work", $"where is my order {order}? my e-mail is {EmailOf(order)}");
        var customers = Count(alert.Actions.Single(p => p.Kind == ActionKind.CustomerNotice).Text);

        var notice = await ProposedAsync(shop, alert);

        notice.Recipients.Should().ContainSingle().Which.Conversation.Should().Be(ShopUnderTest.Of("aina-at-work"), "that chat is the latest");
        notice.Text.Should().StartWith("Tell 1 customer here").And.Contain($"; {customers - 1} more ");
    }

    [Fact]
    public async Task is_looked_at_again_when_it_leaves_and_the_owner_hears_of_what_did_not()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var alert = await LateAsync(shop);
        var order = alert.Children.Select(c => c.Subject["order"]!).First();
        await shop.SayAsync("aina", $"where is my order {order}? my e-mail is {EmailOf(order)}");
        var before = (await shop.ReceivedAsync("aina")).Count;
        var notice = await ProposedAsync(shop, alert);
        await shop.Get<ActionDesk>().DecideAsync(shop.Owner, notice.Id, notice.Hash, true, null, default);

        await shop.Store.WriteAsync(
            session => session.Conversations.SetTakeOver(ShopUnderTest.Of("aina"), shop.Clock.GetUtcNow().AddHours(1), "Mei"),
            default
        );
        await shop.SendAsync();

        (await shop.ReceivedAsync("aina")).Should().HaveCount(before);
        (await shop.Store.ReadAsync(session => session.Notices.Unseen(), default))
            .Should()
            .ContainSingle(n => n.Text.Contains("not sent") && n.Text.Contains("Mei has this conversation"));
    }

    [Fact]
    public async Task keeps_the_next_one_away_for_two_days_from_its_approval()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var alert = await LateAsync(shop);
        var order = alert.Children.Select(c => c.Subject["order"]!).First();
        await shop.SayAsync("aina", $"where is my order {order}? my e-mail is {EmailOf(order)}");
        var notice = await ProposedAsync(shop, alert);
        shop.Clock.Advance(TimeSpan.FromHours(3));
        await shop.Get<ActionDesk>().DecideAsync(shop.Owner, notice.Id, notice.Hash, true, null, default);
        await shop.SendAsync();

        shop.Clock.Advance(TimeSpan.FromHours(46));

        (await ProposedAsync(shop, alert)).Recipients.Should().BeEmpty("it was approved 46 hours ago, and proposed 49 hours ago");
    }

    [Fact]
    public async Task goes_to_no_chat_that_has_not_proved_the_order()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var alert = await LateAsync(shop);
        await shop.SayAsync("stranger", $"where is my order {alert.Children[0].Subject["order"]}? my e-mail is somebody.else@example.com");

        var notice = await ProposedAsync(shop, alert);

        notice.Recipients.Should().BeEmpty();
        notice.Text.Should().Contain("by e-mail");
    }

    private static async Task<Alert> LateAsync(ShopUnderTest shop) =>
        (await shop.Get<OperationsDesk>().LookAsync(MonitorSet.All, shop.Clock.GetUtcNow(), default)).Queue.Ranked
            .First(a => a.Monitor == "parcel-late" && a.Actions.Any(p => p.Kind == ActionKind.CustomerNotice));

    private static async Task<ShopAction> ProposedAsync(ShopUnderTest shop, Alert alert) =>
        (await shop.Get<ActionDesk>().ProposeAsync(alert.Id, ActionKind.CustomerNotice, "owner", default))
            .Should()
            .BeOfType<ActionAnswer.Done>()
            .Subject.Now;

    private static int Count(string text) =>
        int.Parse(text.Split(' ').First(word => word.All(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);

    private static string EmailOf(string order) =>
        File.ReadLines(Path.Combine(Repository.DemoShop, "orders_export_1.csv"))
            .First(line => line.StartsWith(order + ",", StringComparison.Ordinal))
            .Split(',')[1];
}
