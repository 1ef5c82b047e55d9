using System.Text.Json;
using OpsChat.Channels.Telegram;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Messages;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Channels.Telegram;

public class News_that_is_none
{
    private const long OwnerChat = -100500;

    [Theory]
    [InlineData("""{"message_auto_delete_timer_changed":{"message_auto_delete_time":86400}}""")]
    [InlineData("""{"pinned_message":{"message_id":4,"date":1,"chat":{"id":7,"type":"private"},"text":"x"}}""")]
    [InlineData("""{"chat_background_set":{"type":{"type":"chat_theme","theme_name":"🎄"}}}""")]
    [InlineData("""{"write_access_allowed":{}}""")]
    [InlineData("""{"forum_topic_created":{"name":"Orders","icon_color":7322096}}""")]
    [InlineData("""{"boost_added":{"boost_count":1}}""")]
    [InlineData("""{"users_shared":{"request_id":1,"users":[{"user_id":8}]}}""")]
    [InlineData("""{"paid_message_price_changed":{"paid_message_star_count":5}}""")]
    public void is_a_note_of_Telegrams_in_a_customers_chat(string note)
    {
        Read(note).Should().BeOfType<TelegramNews.Ignored>();
    }

    [Theory]
    [InlineData("""{"dice":{"emoji":"🎲","value":3}}""")]
    [InlineData("""{"hologram":{"file_id":"x"}}""")]
    public void is_not_a_message_of_a_kind_that_nobody_here_knows(string content) =>
        Read(content).Should().BeOfType<TelegramNews.FromCustomer>().Which.Message.Attachments.Should().ContainSingle();

    [Fact]
    public void is_not_a_place_that_the_customer_sent() =>
        Read(
                """{"location":{"latitude":3.14,"longitude":101.69},"venue":{"location":{"latitude":3.14,"longitude":101.69},"title":"Kedai Kopi","address":"Jalan Besar 5"}}"""
            )
            .Should()
            .BeOfType<TelegramNews.FromCustomer>()
            .Which.Message.Attachments.Should()
            .Equal("place Kedai Kopi, Jalan Besar 5", "location 3.14, 101.69");

    [Fact]
    public void is_not_money_that_moved_in_Telegram() =>
        Read(
                """{"successful_payment":{"currency":"MYR","total_amount":1250,"invoice_payload":"x","telegram_payment_charge_id":"c","provider_payment_charge_id":"p"}}"""
            )
            .Should()
            .BeOfType<TelegramNews.FromCustomer>()
            .Which.Message.Attachments.Should()
            .ContainSingle();

    [Fact]
    public async Task is_an_edit_that_changes_neither_words_nor_attachments()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var wrote = new InboundMessage(new("tg", "7"), "7/5", new("i want my money back"), [], shop.Clock.GetUtcNow());

        (await AdmitAsync(shop, wrote)).Should().BeOfType<Admission.Admitted>();
        (await AdmitAsync(shop, wrote with { ChannelMessageId = "7/5/e100", EditOf = "7/5" }))
            .Should()
            .BeOfType<Admission.Repeated>("a first reaction sends such an edit");
        (await AdmitAsync(shop, wrote with { ChannelMessageId = "7/5/e101", EditOf = "7/5", Text = new("i want my mug") }))
            .Should()
            .BeOfType<Admission.Admitted>();
        (await AdmitAsync(shop, wrote with { ChannelMessageId = "7/5/e102", EditOf = "7/5", Text = new("i want my mug") }))
            .Should()
            .BeOfType<Admission.Repeated>();
        (await AdmitAsync(shop, wrote with { ChannelMessageId = "7/5/e103", EditOf = "7/5" }))
            .Should()
            .BeOfType<Admission.Admitted>("it was changed back");
        (await AdmitAsync(shop, wrote with { ChannelMessageId = "7/51" }))
            .Should()
            .BeOfType<Admission.Admitted>("the same words in a message of its own");
    }

    [Fact]
    public void is_what_an_administrator_writes_anonymously_except_that_it_is_said_how_to_end_that()
    {
        var update = UpdateDecoder
            .Read(
                JsonElement.Parse(
                    """{"update_id":1,"message":{"message_id":5,"date":1,"chat":{"id":-100500,"type":"supergroup"},"from":{"id":1087968824,"is_bot":true,"first_name":"Group"},"text":"/report"}}"""
                )
            )!
            .Update!;

        UpdateReader.Read(update, OwnerChat, ShopUnderTest.Morning).Should().Be(new TelegramNews.WroteAnonymously(OwnerChat));
    }

    [Theory]
    [InlineData("/pause@music_bot", false)]
    [InlineData("/pause@Shop_Bot", true)]
    [InlineData("/pause", true)]
    public void is_a_command_to_another_bot(string text, bool isOurs) =>
        OwnerCommand.Parse(text, "shop_bot").Should().BeOfType(isOurs ? typeof(OwnerCommand.Pause) : typeof(OwnerCommand.NotOurs));

    private static Task<Admission> AdmitAsync(ShopUnderTest shop, InboundMessage message) =>
        shop.Store.WriteAsync(session => session.Inbox.Admit(message, Ids.New('m', shop.Clock.GetUtcNow())), CancellationToken.None);

    private static TelegramNews Read(string content) =>
        UpdateReader.Read(
            UpdateDecoder
                .Read(
                    JsonElement.Parse(
                        $$$"""{"update_id":1,"message":{"message_id":5,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7,"is_bot":false,"first_name":"Aina"},{{{content[1..^1]}}}}}"""
                    )
                )!
                .Update!,
            OwnerChat,
            ShopUnderTest.Morning
        );
}
