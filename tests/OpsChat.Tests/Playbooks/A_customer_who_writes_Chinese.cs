using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Tests.Support;
using OpsChat.Understanding;
using System.Text.RegularExpressions;

namespace OpsChat.Tests.Playbooks;

/// <summary>The shipped shop, asked in Chinese: what goes out is in Chinese too, and no more is promised than in English.</summary>
public class A_customer_who_writes_Chinese
{
    [Theory]
    [InlineData("你好，运费多少？", "shipping-fee", "西马 MYR 8.00")]
    [InlineData("老板，寄到新加坡要几钱", "shipping-fee", "新加坡 MYR 25.00。")]
    [InlineData("寄到日本运费多少", "shipping-fee", "日本")]
    [InlineData("可以用微信支付吗？", "payment-methods", "电子钱包")]
    [InlineData("老板有没有 cod", "payment-methods", "货到付款")]
    [InlineData("寄去槟城要几天", "delivery-time", "工作日")]
    [InlineData("你们星期六有开门吗", "opening-hours", "星期六早上10点至下午4点")]
    [InlineData("请问保修多久", "warranty", "12 个月")]
    [InlineData("Linen Shirt 有 M 码吗", "is-it-in-stock", "Linen Shirt")]
    [InlineData("请问 Linen Shirt 多少钱", "product-price", "价格")]
    [InlineData("你是真人吗", "who-answers", "自动客服")]
    public async Task gets_the_answer_in_Chinese(string words, string playbook, string phrase)
    {
        var done = await Says(words);

        done.Decision.Verdict.Name.Should().Be("Send", string.Join(' ', done.Decision.Reasons));
        done.Choice.Playbook?.Issue.Should().Be(playbook);
        done.Reply.Should().Contain(phrase);
    }

    [Theory]
    [InlineData("老板在吗，我要找老板")]
    [InlineData("我要人工客服")]
    [InlineData("叫老板来跟我说")]
    public async Task gets_a_person_who_asks_for_one(string words) => (await Says(words)).Decision.Verdict.Name.Should().Be("HandOff");

    [Theory]
    [InlineData("我要退款")]
    [InlineData("可以取消我的订单吗")]
    [InlineData("杯子破了，把钱退给我")]
    [InlineData("能不能用我的信用卡退钱")]
    [InlineData("请问可以退货吗，买了三天了")]
    [InlineData("可以退换吗，我穿不下")]
    [InlineData("可以免运费吗")]
    [InlineData("免费送货给我吧")]
    [InlineData("我用信用卡付款了两次")]
    public void still_wants_money_moved_who_says_so(string words) => MoneyDetector.Read(words).Sense.Should().Be(MoneySense.Moves);

    [Fact]
    public void finds_every_reply_in_Chinese() =>
        Replies().Where(reply => !reply.Text.ByLanguage.ContainsKey("zh")).Should().BeEmpty();

    [Fact]
    public void is_promised_no_more_than_the_text_in_English_promises() =>
        Replies()
            .Where(reply => !reply.IsApproved && Moves(reply.Text.ByLanguage["zh"], "_zh") && !Moves(reply.Text.Default, ""))
            .Select(reply => reply.Issue + ": " + reply.Text.ByLanguage["zh"].Source)
            .Should()
            .BeEmpty();

    private static IEnumerable<(string Issue, bool IsApproved, ReplyText Text)> Replies() =>
        from playbook in PlaybookFolder.Load(Repository.Playbooks).Playbooks
        from text in playbook.Rules.Where(rule => rule.Action != RuleAction.HandOff).Select(rule => rule.Reply).Append(playbook.StandardReply)
        select (playbook.Issue, playbook.Settings.Financial == FinancialUse.Action, text);

    private static bool Moves(TextTemplate text, string suffix) =>
        MoneyDetector.ReadDraft(Regex.Replace(text.Source, @"\{\{\s*(?:\w+ )?([\w.]+)\s*\}\}", place => Sample(place.Groups[1].Value, suffix))).Sense
        == MoneySense.Moves;

    private static string Sample(string name, string suffix) =>
        name.EndsWith("shipping_fees" + suffix, StringComparison.Ordinal) ? Shop.Extra.GetValueOrDefault("store.shipping_fees" + suffix)?.Shown
                ?? Shop.ShippingFees!
        : Shop.Facts(ShopUnderTest.Morning, suffix.Trim('_')).FirstOrDefault(fact => fact.Name == name)?.Value.Shown ?? "X";

    private static ShopProfile Shop => LearnedPlaybooks.Shipped.Shop;

    private static async Task<TurnDecision> Says(string words)
    {
        var (knowledge, clock) = (LearnedPlaybooks.Shipped, new TestClock(ShopUnderTest.Morning));
        var shop = new CsvShop(Repository.DemoShop, knowledge.Policy.TimeZone, knowledge.Policy.Currency, clock);
        return await new Trial(knowledge, new ShopOnlyLookups(shop, knowledge, clock), clock).SaysAsync(words, CancellationToken.None);
    }
}
