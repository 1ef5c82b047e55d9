using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Playbooks;
using OpsChat.ShopData.Http;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class A_shop_that_does_not_answer
{
    [Fact]
    public async Task leaves_a_question_about_an_order_to_a_person_and_the_customer_hears_so()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        var trace = await SayAsync(shop, "where is my order #1292? amirul.hakim@example.com");

        trace.Verdict.Should().Be("HandOff");
        trace.Reasons.Should().Contain("ShopUnavailable");
        trace.Why.Should().Contain("The shop's data could not be read just now.");
        await shop.SendAsync();
        (await shop.ReceivedAsync("amirul")).Should().ContainSingle("the holding text");
        (await shop.HandOffsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task is_not_needed_for_what_the_playbook_says_without_it()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        (await SayAsync(shop, "when are you open?")).Verdict.Should().Be("Send");
    }

    [Fact]
    public async Task lets_an_order_be_proven_when_it_is_back()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await SayAsync(shop, "where is my order #1292? amirul.hakim@example.com");

        var trace = await shop.SayAsync("amirul", "so where is my order?");

        trace.Facts.Should().Contain(f => f.Name == "order.number" && f.Value == "#1292");
    }

    private static async Task<Trace> SayAsync(ShopUnderTest shop, string text)
    {
        // Nobody listens on the discard port of this machine.
        using var client = new HttpClient { BaseAddress = new("http://127.0.0.1:9/") };
        var pipeline = new MessagePipeline(
            shop.Get<TurnStore>(),
            shop.Get<CurrentPlaybooks>(),
            new LiveLookups(
                new FactGatherer(new HttpShop(client, shop.Clock), shop.Clock, (_, _) => Task.FromResult(0)),
                shop.Store,
                shop.Clock
            ),
            shop.Get<CurrentCanary>(),
            shop.Get<OpsChatOptions>(),
            shop.Clock
        );
        await shop.WriteAsync("amirul", text);
        var decided = await pipeline.RunAsync(ShopUnderTest.Of("amirul"), CancellationToken.None);
        return (await shop.Store.ReadAsync(session => session.Turns.Find(decided!.Turn.Id), CancellationToken.None))!.Trace;
    }
}
