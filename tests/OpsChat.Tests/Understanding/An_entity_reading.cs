using FsCheck;
using FsCheck.Fluent;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class An_entity_reading
{
    [Theory]
    [InlineData("1293 me@example.com 6451 where is it")]
    [InlineData("any news? 1293, 6451, me@example.com")]
    [InlineData("me@example.com 1293 6451 when will it come")]
    [InlineData("#1293 me@example.com 6451 where is it")]
    public void finds_all_three_details_in_a_row(string text) =>
        EntityExtractor
            .Read(text)
            .Should()
            .BeEquivalentTo(new { OrderNumbers = new[] { "#1293" }, Emails = new[] { "me@example.com" }, PhoneEndings = new[] { "6451" } });

    [Theory]
    [InlineData("where is #1001", "#1001")]
    [InlineData("# 1001 please", "#1001")]
    [InlineData("order 1001", "#1001")]
    [InlineData("my order no. 1001 is late", "#1001")]
    [InlineData("order number is: 1001", "#1001")]
    [InlineData("pesanan saya 1001", "#1001")]
    [InlineData("pesanan no 1001 belum sampai", "#1001")]
    [InlineData("nombor tempahan saya 1001? tempahan 1001", "#1001")]
    [InlineData("คำสั่งซื้อ 1001", "#1001")]
    [InlineData("đơn hàng 1001", "#1001")]
    [InlineData("订单号1001", "#1001")]
    [InlineData("1001的订单里有什么", "#1001")]
    [InlineData("关于1001订单，我要退款", "#1001")]
    [InlineData("我收到1001的订单少了一件", "#1001")]
    [InlineData("where is my order? 1001", "#1001")]
    [InlineData("#W2611340", "#W2611340")]
    [InlineData("order w2611340", "#W2611340")]
    [InlineData("order ＃１００１", "#1001")]
    [InlineData("1001", "#1001")]
    [InlineData("it's 1001.", "#1001")]
    [InlineData("track purchase 123456789012345", "#123456789012345")]
    public void finds_an_order_number(string text, string number) => EntityExtractor.Read(text).OrderNumbers.Should().Equal(number);

    [Theory]
    [InlineData("I paid RM100")]
    [InlineData("it was 1500 ringgit")]
    [InlineData("I ordered in 2024")]
    [InlineData("order by 12/05/2025")]
    [InlineData("my order of 500 pcs")]
    [InlineData("call me at 012-345 6789")]
    [InlineData("I am your #1 fan")]
    [InlineData("满1000的订单包邮吗")]
    [InlineData("free gift with my order? rm150 total")]
    [InlineData("can i still place an order? 500 mugs for an event")]
    [InlineData("where is my order? my number is 0123456789")]
    [InlineData("超过2000的订单有优惠吗")]
    [InlineData("last 4 digits 1001")]
    public void takes_no_other_number_for_an_order(string text) => EntityExtractor.Read(text).OrderNumbers.Should().BeEmpty();

    [Theory]
    [InlineData("orders #1001 and #1002, also #1001")]
    [InlineData("I have two orders: 1001, 1002")]
    [InlineData("orders 1001 and 1002 are late")]
    public void finds_several_order_numbers_in_their_order(string text) =>
        EntityExtractor.Read(text).OrderNumbers.Should().Equal("#1001", "#1002");

    [Theory]
    [InlineData("mail me at Aina.B+shop@Example.com.", "aina.b+shop@example.com")]
    [InlineData("(name@example.co.uk)", "name@example.co.uk")]
    [InlineData("email: name@example.com, thanks", "name@example.com")]
    public void finds_an_email_without_its_punctuation(string text, string email) => EntityExtractor.Read(text).Emails.Should().Equal(email);

    [Theory]
    [InlineData("my phone is +60 12-345 4321", "4321")]
    [InlineData("0123454321", "4321")]
    [InlineData("phone ends with 4321", "4321")]
    [InlineData("last 4 digits are 4321", "4321")]
    [InlineData("4 digit terakhir hp saya 4321", "4321")]
    [InlineData("hujung 4321", "4321")]
    [InlineData("เบอร์ลงท้าย 4321", "4321")]
    [InlineData("尾号4321", "4321")]
    public void finds_a_phones_last_four_digits(string text, string ending) => EntityExtractor.Read(text).PhoneEndings.Should().Equal(ending);

    [Theory]
    [InlineData("i paid already but it says pending, order 1298")]
    [InlineData("what is in my last order 1298")]
    [InlineData("is the hotel delivery of order 1298 done")]
    public void takes_no_order_for_a_phones_ending(string text)
    {
        var entities = EntityExtractor.Read(text);
        entities.PhoneEndings.Should().BeEmpty();
        entities.OrderNumbers.Should().BeSubsetOf(["#1298"]);
    }

    [Fact]
    public void takes_no_cards_ending_for_a_phones() => EntityExtractor.Read("my card ends with 4321").PhoneEndings.Should().BeEmpty();

    [Theory]
    [InlineData("order 1001, last four digits 4321")]
    [InlineData("#1001 4321")]
    [InlineData("1001, 4321")]
    [InlineData("1001 phone 4321")]
    [InlineData("order 1001 and 4321")]
    public void tells_the_order_from_the_phone_when_both_are_given(string text)
    {
        var entities = EntityExtractor.Read(text);
        entities.OrderNumbers.Should().Equal("#1001");
        entities.PhoneEndings.Should().Equal("4321");
    }

    [Theory]
    [InlineData("is TSH-BLK-M in stock", "TSH-BLK-M")]
    [InlineData("tsh-blk-m", "TSH-BLK-M")]
    [InlineData("SKU MUG-01?", "MUG-01")]
    public void finds_a_sku(string text, string sku) => EntityExtractor.Read(text).Skus.Should().Equal(sku);

    [Theory]
    [InlineData("a step-by-step e-mail on 2024-05-01")]
    [InlineData("T-SHIRT and WELL-KNOWN")]
    [InlineData("ORD-1001")]
    public void takes_no_ordinary_word_for_a_sku(string text) => EntityExtractor.Read(text).Skus.Should().BeEmpty();

    [Fact]
    public void finds_any_order_number_that_is_written_with_its_sign() =>
        Prop.ForAll(Arb.From(Gen.Choose(100, 99_999_999)), number =>
                EntityExtractor.Read($"hi, where is #{number}?").OrderNumbers is [var found] && found == $"#{number}"
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));
}
