using OpsChat.Approvals;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Channels.Telegram;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Storage.Tables;
using OpsChat.Testing.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

/// <summary>Telegram refuses one thing, or the store takes nothing for a while: the rest of the owner chat goes on, and nothing stands in it
/// again and again.</summary>
public class The_owner_chat_in_trouble
{
    [Fact]
    public async Task tells_every_notice_of_a_long_outage_and_goes_on_with_the_cards()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        await shop.Store.WriteAsync(s =>
        {
            foreach (var i in Enumerable.Range(1, 5))
            {
                s.Notices.Add("delivery", $"Notice {i}: {new string('<', 3400)} end {i}.", shop.Clock.GetUtcNow());
            }

                s.Notices.Add(
                    "playbooks",
                    $"A long one: {string.Join('\n', Enumerable.Range(1, 400).Select(n => $"line {n} is not right"))}.",
                    shop.Clock.GetUtcNow()
                );
                s.HandOffs.Save(HandOff("h1"));
                return true;
            },
            default
        );

        await shop.CardAsync("words of h1");
        await shop.CardAsync("line 400 is not right");
        await shop.UntilAsync(s => s.Notices.Unseen().Count == 0);
        var all = string.Concat(shop.Group.Messages.Select(m => m.Text));
        Enumerable.Range(1, 5).Should().OnlyContain(i => all.Contains($"end {i}.", StringComparison.Ordinal));
    }

    [Fact]
    public void joins_notices_only_as_far_as_Telegram_takes_them_and_leaves_none_out()
    {
        var texts = Gen.Choose(0, 9000).Select(length => new string('&', length)).ArrayOf().Where(t => t.Length > 0);
        Prop.ForAll(texts.ToArbitrary(), lengths =>
            {
                var unseen = lengths
                    .Select((text, i) => new Notice($"n{i}", i % 3 == 0 ? "approval" : "delivery", text, DateTimeOffset.UnixEpoch))
                    .ToList();
                var told = NoticeText.Fitting(unseen);
                var parts = NoticeText.Html(told, new("Siti", null, 9001));
                return told.Count > 0
                    && told.SequenceEqual(unseen.Take(told.Count))
                    && parts.All(html => Shown(html).Length is > 0 and <= MessageText.Longest)
                    && Shown(string.Concat(parts)).Count(c => c == '&') == told.Sum(n => n.Text.Length);
            })
            .Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

        static string Shown(string html) =>
            html.Replace("<a href=\"tg://user?id=9001\">", "", StringComparison.Ordinal)
                .Replace("</a>", "", StringComparison.Ordinal)
                .Replace("&amp;", "&", StringComparison.Ordinal);
    }

    [Fact]
    public async Task leaves_a_card_out_that_Telegram_refuses_until_it_changes_and_shows_the_others()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        shop.Server.Faults.Next("sendMessage", new Fault.Refuse(400, "Bad Request: can't parse entities"));
        await SaveAsync(shop, HandOff("h1"), HandOff("h2"));

        await shop.CardAsync("words of h2");
        await shop.CardAsync("Telegram does not show a card (a hand-off of tg:h1)");
        await shop.UntilQuietAsync();
        shop.Group.Messages.Should().HaveCount(2);

        await SaveAsync(shop, HandOff("h1") with { Marks = ["The customer deleted 1 message(s)"] });
        await shop.CardAsync("words of h1");
    }

    [Fact]
    public async Task leaves_a_notice_out_that_Telegram_refuses_and_keeps_it_for_the_console()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        // Together, and then the first of the two alone.
        shop.Server.Faults.Next("sendMessage", new Fault.Refuse(400, "Bad Request: can't parse entities"), times: 2);
        await shop.Store.WriteAsync(s =>
        {
            s.Notices.Add("delivery", "One that is refused.", shop.Clock.GetUtcNow());
            s.Notices.Add("delivery", "One that is taken.", shop.Clock.GetUtcNow().AddSeconds(1));
            return true;
        }, default);
        await shop.CardAsync("One that is taken.");
        await SaveAsync(shop, HandOff("h1"));
        await shop.CardAsync("words of h1");
        (await shop.ReadAsync(s => s.Notices.Unseen())).Should().ContainSingle().Which.Text.Should().Be("One that is refused.");
    }

    [Fact]
    public async Task shows_a_card_in_the_general_part_when_Telegram_opens_no_topic()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Server.Faults.Next("createForumTopic", new Fault.Refuse(400, "Bad Request: the chat is not a forum"));
        await SaveAsync(shop, HandOff("h1"));

        (await shop.CardAsync("words of h1")).ThreadId.Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task posts_a_card_once_while_the_store_refuses_to_remember_it(bool asTopic)
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = asTopic });
        await shop.TroubleAfterAsync(
            asTopic ? "createForumTopic" : "sendMessage",
            () => SaveAsync(shop, HandOff("h1")),
            () => asTopic ? shop.Group.Topics.Count > 0 : shop.Group.Messages.Count > 0
        );

        shop.Store.IsInTrouble = false;

        await shop.UntilAsync(s => s.Desk.Open(shop.Group.Id).Count == 1);
        shop.Group.Messages.Where(m => m.Text is not null).Should().ContainSingle();
        shop.Group.Topics.Should().HaveCount(asTopic ? 1 : 0);
    }

    [Fact]
    public async Task tells_a_notice_once_while_the_store_refuses_to_remember_it()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        await shop.TroubleAfterAsync(
            "sendMessage",
            () => shop.Store.WriteAsync(s =>
            {
                s.Notices.Add("delivery", "Something is in doubt.", shop.Clock.GetUtcNow());
                return true;
            }, default),
            () => shop.Group.Messages.Count > 0
        );

        shop.Store.IsInTrouble = false;

        await shop.UntilAsync(s => s.Notices.Unseen().Count == 0);
        shop.Group.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task answers_a_command_once_while_the_store_refuses_to_remember_it()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        shop.Store.Begins = () => shop.Group.Messages.Count > 0;
        var before = shop.Store.Refused;

        shop.Siti.Write("/help");
        await shop.CardAsync("/canary – ");
        await TelegramShop.UntilAsync(() => shop.Store.Refused >= before + 2);

        shop.Store.EndTrouble();
        await shop.UntilQuietAsync();
        shop.Group.Messages.Should().ContainSingle();
    }

    private static HandOff HandOff(string id) => new()
    {
        Id = id, Conversation = new("tg", id), CaseId = "k", Turn = "t", CustomerWords = $"words of {id}", To = "support",
        CreatedAt = DateTimeOffset.UnixEpoch, At = DateTimeOffset.UnixEpoch,
    };

    private static Task<bool> SaveAsync(TelegramShop shop, params HandOff[] handOffs) => shop.Store.WriteAsync(s =>
    {
        handOffs.ToList().ForEach(s.HandOffs.Save);
        return true;
    }, default);
}
