using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class An_order_on_a_hand_off
{
    private const string Email = "priya.nair@example.com";

    [Fact]
    public async Task is_shown_to_people_with_its_facts_and_that_it_was_only_named()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        await shop.SayAsync("priya", "i want to talk to a real person about order #1293 please");

        var order = (await CardAsync(shop, "priya")).Order!;
        order.Number.Should().Be("#1293");
        order.IsProven.Should().BeFalse();
        order.Facts.Should().Contain(fact => fact.Name == "order.status" && fact.Source.Length > 0);
        order.Standing.Should().Contain("not proven");
        (await SaidAsync(shop, "priya"))
            .Should()
            .NotContain(said => said.Contains(order.Facts.First(fact => fact.Name == "order.total").Value), "the customer proved nothing");
    }

    [Fact]
    public async Task is_shown_as_proven_after_the_chat_proved_it_whatever_the_matter()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("priya", $"where is my order #1293? {Email}");

        await shop.SayAsync("priya", "your service is terrible, worst shop ever!!! i am very angry");

        (await CardAsync(shop, "priya")).Order.Should().BeEquivalentTo(new { Number = "#1293", IsProven = true });
    }

    [Fact]
    public async Task that_the_shop_does_not_have_is_none_and_neither_is_any_without_a_number()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        await shop.SayAsync("one", "let me talk to a human about order #999999");
        await shop.SayAsync("two", "let me talk to a human");

        (await CardAsync(shop, "one")).Order.Should().BeNull();
        (await CardAsync(shop, "two")).Order.Should().BeNull();
    }

    [Fact]
    public async Task is_forgotten_with_its_customer()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("priya", "i want to talk to a real person about order #1293 please");
        var card = await CardAsync(shop, "priya");

        await new Forgetting(shop.Store, shop.Clock).ForgetAsync("api:priya", "owner", CancellationToken.None);

        (await shop.Store.ReadAsync(session => session.HandOffs.Find(card.Id), CancellationToken.None))!.Order.Should().BeNull();
    }

    private static async Task<HandOff> CardAsync(ShopUnderTest shop, string customer) =>
        (await shop.Store.ReadAsync(session => session.HandOffs.OpenOf(ShopUnderTest.Of(customer)), CancellationToken.None))
            .Should()
            .ContainSingle()
            .Subject;

    private static async Task<IEnumerable<string>> SaidAsync(ShopUnderTest shop, string customer) =>
        (await shop.Store.ReadAsync(session => session.Conversations.Transcript(ShopUnderTest.Of(customer), 0, 50), CancellationToken.None))
            .Where(line => line.From == Sender.Agent).Select(line => line.Text);
}
