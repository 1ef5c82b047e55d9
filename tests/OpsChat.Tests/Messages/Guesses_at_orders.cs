using System.Net;
using OpsChat.Agent;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public sealed class Guesses_at_orders : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private const string Mine = "where is my order #1292, amirul.hakim@example.com";

    [Fact]
    public async Task of_one_stranger_lock_the_right_customer_out_of_nothing()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        foreach (var i in Enumerable.Range(0, 5))
        {
            await shop.SayAsync("stranger", $"where is my order #1292, guess{i}@example.com");
        }

        (await shop.SayAsync("amirul", Mine)).Facts.Should().Contain(fact => fact.Name == "order.number");
    }

    [Fact]
    public async Task across_fresh_chats_are_slowed_down_and_told_to_the_owner_and_the_right_customer_still_has_two_ways()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        foreach (var i in Enumerable.Range(0, Identity.ChatsOfDetailADay))
        {
            await shop.SayAsync($"fresh-{i}", $"where is my order #77{i}01, amirul.hakim@example.com");
        }

        var guessed = await shop.SayAsync("fresh-again", Mine);
        guessed
            .Facts.Should()
            .NotContain(fact => fact.Name == "order.number", "with the e-mail known, the right number is only one more guess");
        (await NoticesAsync(shop))
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("guessing an order's number")
            .And.NotContain("amirul")
            .And.NotContain("1292");

        // One way: both details. The other: a person, who sees what was given.
        (await shop.SayAsync("fresh-again", "7788")).Facts.Should().NotContain(fact => fact.Name == "order.number");
        (await shop.SayAsync("amirul", $"{Mine}, phone ends in {PhoneEnding}")).Facts.Should().Contain(fact => fact.Name == "order.number");
        foreach (var i in Enumerable.Range(0, Identity.TriesOfChat))
        {
            await shop.SayAsync("forgetful", $"my order #1292, amirul.hakim@example.com, phone ends in 000{i}");
        }

        var handOff = (
            await shop.Store.ReadAsync(session => session.HandOffs.OpenOf(ShopUnderTest.Of("forgetful")), CancellationToken.None)
        )
            .Should()
            .ContainSingle()
            .Subject;
        handOff.CustomerWords.Should().Contain("#1292").And.Contain("amirul.hakim@example.com");
    }

    [Fact]
    public async Task with_details_of_every_kind_are_told_to_the_owner_at_each_doubling()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        foreach (var i in Enumerable.Range(0, 2 * GuessNotices.MostChats))
        {
            await shop.SayAsync($"fresh-{i}", $"where is my order #9{i:00}77, guess{i}@example.com");
        }

        (await NoticesAsync(shop)).Should().HaveCount(2).And.OnlyContain(text => text.Contains("chats today"));
    }

    [Fact]
    public async Task from_one_public_address_bind_that_address_until_its_day_is_over_and_no_proxy()
    {
        var clock = new TestClock(ShopUnderTest.Morning);
        await using var store = await SqliteStore.OpenAsync(_folder.File("opschat.db"), CancellationToken.None);
        var origins = new GuessOrigins(store, new TemporaryValues(store, clock), clock);
        Task From(int chat, string address) => origins.CameFromAsync(Chat(chat), IPAddress.Parse(address), CancellationToken.None);
        Task Guessed(int chat) => origins.GuessedAsync(Chat(chat), CancellationToken.None);
        Task<bool> IsSuspect(int chat) => origins.IsSuspectAsync(Chat(chat), CancellationToken.None);
        ConversationId Chat(int i) => new("web", $"c{i}");
        foreach (var i in Enumerable.Range(0, GuessOrigins.MostOfAddressADay))
        {
            await From(i, "203.0.113.7");
            await Guessed(i);
            await From(100 + i, "10.0.0.1");
            await Guessed(100 + i);
        }

        await From(50, "203.0.113.7");
        (await IsSuspect(50)).Should().BeTrue();
        await From(51, "203.0.113.8");
        (await IsSuspect(51)).Should().BeFalse();
        (await IsSuspect(100)).Should().BeFalse("a proxy is many customers");
        (await IsSuspect(999)).Should().BeFalse("nobody knows where it comes from");
        clock.Advance(TimeSpan.FromDays(1));
        (await IsSuspect(50)).Should().BeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private static string PhoneEnding => "9518";

    private static async Task<List<string>> NoticesAsync(ShopUnderTest shop) =>
        [
            .. (await shop.Store.ReadAsync(session => session.Notices.Unseen(), CancellationToken.None))
                .Where(n => n.Kind == "guessing")
                .Select(n => n.Text),
        ];
}
