using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Messages;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

public class The_first_spot_checks
{
    [Fact]
    public async Task that_find_an_answer_right_pin_it_until_twenty_are_pinned_and_one_that_was_wrong_after_all_is_none()
    {
        await using var shop = await ShopUnderTest.OpenAsync(playbooks: Learning.SmallMugShop.Files);
        for (var i = 0; i < PinDesk.MostBySpotChecks + 3; i++)
        {
            (await shop.SayAsync($"c{i}", "what are your opening hours")).Verdict.Should().Be("Send");
            await JudgeAsync(shop, $"c{i}", null);
        }

        (await PinsAsync(shop)).Should().Be(PinDesk.MostBySpotChecks);
        (await shop.Get<PinDesk>().BrokenByAsync(shop.Get<PlaybookCatalog<OpsChat.Playbooks.PlaybookSnapshot>>().Current, default))
            .Should()
            .BeEmpty();

        await JudgeAsync(shop, "c4", ErrorKind.Outdated);
        (await PinsAsync(shop)).Should().Be(PinDesk.MostBySpotChecks - 1);
        await shop.SayAsync("late", "what are your opening hours");
        await JudgeAsync(shop, "late", null);
        (await PinsAsync(shop)).Should().Be(PinDesk.MostBySpotChecks - 1, "only the first twenty are pinned by themselves");
    }

    [Fact]
    public async Task show_the_words_that_an_answer_answered_and_not_what_came_later()
    {
        await using var shop = await ShopUnderTest.OpenAsync(playbooks: Learning.SmallMugShop.Files);
        await shop.SayAsync("c", "what are your opening hours");
        await shop.SayAsync("c", "your opening hours please");

        var shown = await shop.Store.ReadAsync(
            session => session.Turns.Of(ShopUnderTest.Of("c"), 2).Select(turn => SpotCheckDesk.WordsAnswered(session, turn.Id)).ToList(),
            default
        );
        shown.Should().BeEquivalentTo("what are your opening hours", "your opening hours please");
    }

    private static async Task JudgeAsync(ShopUnderTest shop, string customer, ErrorKind? kind)
    {
        var sent = await shop.Store.ReadAsync(
            session =>
                session
                    .Outbox.OfTurn(session.Turns.Of(ShopUnderTest.Of(customer), 1)[0].Id)
                    .First(message => message.Kind == OutboxKind.Answer),
            default
        );
        (await shop.Get<SpotCheckDesk>().JudgeAsync(shop.Owner, sent.Id, kind, default)).Should().BeTrue();
    }

    private static Task<int> PinsAsync(ShopUnderTest shop) => shop.Store.ReadAsync(session => session.Pins.All().Count, default);
}
