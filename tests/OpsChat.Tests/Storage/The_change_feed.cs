using OpsChat.Agent;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Storage;

public class The_change_feed
{
    [Fact]
    public async Task tells_after_the_commit_what_a_turn_changed_in_order_and_nothing_of_what_it_held()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        using var feed = new ChangeFeed(shop.Store);

        await shop.SayAsync("aina", "when are you open? my card is 4111 1111 1111 1111");

        var changes = await feed.AfterAsync(0, 100, TimeSpan.Zero, shop.Clock, default);
        changes.Select(change => change.Number).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        changes.Select(change => change.Kind).Should().StartWith("message")
            .And.Contain(["decision", "outbox"]).And.ContainInOrder("outbox", "message");
        changes.Where(change => change.Kind is "message" or "decision").Should().OnlyContain(change => change.Conversation == "api:aina");
        System.Text.Json.JsonSerializer.Serialize(changes).Should().NotContain("4111").And.NotContain("open");
    }

    [Fact]
    public async Task wakes_a_listener_at_the_next_commit_that_changes_something()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        using var feed = new ChangeFeed(shop.Store);
        var next = feed.Next;
        await shop.Store.WriteAsync(session => session.Settings.Set("a", "b"), default);
        // What a commit changed is told before the next one begins.
        await shop.Store.WriteAsync(session => session.Settings.Set("a", "c"), default);
        next.IsCompleted.Should().BeFalse("a setting is no news");

        await shop.Store.WriteAsync(session => session.Notices.Add("test", "Something happened.", shop.Clock.GetUtcNow()), default);

        await next.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task wakes_who_listens_to_one_kind_only_by_news_of_that_kind()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        using var feed = new ChangeFeed(shop.Store);
        var (messages, notices) = (feed.Of("action", "message").Next, feed.Of("notice").Next);

        await shop.Store.WriteAsync(session => session.Notices.Add("test", "Something happened.", shop.Clock.GetUtcNow()), default);
        await notices.WaitAsync(TimeSpan.FromMinutes(1));

        messages.IsCompleted.Should().BeFalse("a notice is no message");
        await shop.WriteAsync("aina", "hello");
        await messages.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task forgets_a_customer_and_keeps_a_bounded_past()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("aina", "hello");
        await new Forgetting(shop.Store, shop.Clock).ForgetAsync("api:aina", "owner", default);
        await shop.Store.WriteAsync(
            session =>
                Enumerable.Range(0, ChangeTable.Kept + 10).ToList().ForEach(_ => session.Notices.Add("test", "", shop.Clock.GetUtcNow())),
            default
        );
        await shop.Store.WriteAsync(session => session.Changes.Prune(), default);

        var (all, latest) = await shop.Store.ReadAsync(session => (session.Changes.After(0, int.MaxValue), session.Changes.Latest()), default);
        all.Should().HaveCount(ChangeTable.Kept);
        (
            await shop.Store.ReadAsync(
                session =>
                    (
                        session.Changes.IsTooOld(latest - ChangeTable.Kept - 1),
                        session.Changes.IsTooOld(latest - ChangeTable.Kept),
                        session.Changes.IsTooOld(latest)
                    ),
                default
            )
        )
            .Should()
            .Be((true, false, false), "who was away for longer has to read everything anew");
        (await shop.Store.ReadAsync(session => session.Changes.After(0, 1000), default))
            .Should()
            .NotContain(change => change.Conversation == "api:aina");
    }
}
