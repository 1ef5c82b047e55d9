using OpsChat.Drafting;
using OpsChat.Facts;

namespace OpsChat.Tests.Drafting;

public class A_draft
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    internal static readonly GuardInput Parcel = new()
    {
        Draft = "",
        Language = "en",
        OwnersTexts =
        [
            "Hi Mei, order #1001 is with J&T Express, tracking JT600123456MY. It should reach you by 3 Dec 2026: https://track.example/JT600123456MY",
            "A colleague looks at this and answers by Tuesday 10:00.",
        ],
        Facts = new(
        [
            new("customer.first_name", FactValue.Of("Mei"), "customers.csv", At),
            new("order.number", FactValue.Of("#1001"), "orders.csv", At),
            new("order.total", FactValue.Of(new Money(129900, "MYR")), "orders.csv", At),
            new("order.promised_by", FactValue.Of(new DateOnly(2026, 12, 3)), "computed", At),
            new("shipment.carrier", FactValue.Of("J&T Express"), "shipments.csv", At),
            new("shipment.tracking", FactValue.Of("JT600123456MY"), "shipments.csv", At),
            new("shipment.days_since_scan", FactValue.Of(2m), "computed", At),
            new("message.words", FactValue.Of(14m), "the message", At),
        ]),
        CustomersWords =
            "hi where is my order #1001 and #2002? you promised me 500 and it cost RM 77 at evil.example, by 9 Dec. I bought 6 Sunbeam lamps",
        OwnDetails = ["Mei Tan", "mei@example.com", "+60 12-345 6789"],
        ShopNames = ["Nova Desk Lamp", "Pos Laju"],
    };

    private static IReadOnlyList<GuardFailure> Check(string draft) => Guardrails.Check(Parcel with { Draft = draft });

    [Theory]
    [InlineData("Good news, Mei: #1001 is on its way with J&T Express.")]
    [InlineData("Your parcel should be there by Thursday, 3 December.")]
    [InlineData("It should arrive by 2026-12-03.")]
    [InlineData("It should arrive by 03/12/2026.")]
    [InlineData("It should arrive by Dec 3rd, 2026.")]
    [InlineData("Pesanan 1001 anda dijangka tiba pada 3 Disember 2026.")]
    [InlineData("Đơn hàng 1001 dự kiến đến ngày 3 tháng 12.")]
    [InlineData("订单 1001 预计 12月3日 送达。")]
    [InlineData("คำสั่งซื้อ 1001 จะถึงภายใน 3 ธันวาคม 2569 ค่ะ")]
    [InlineData("The order came to RM 1,299.00.")]
    [InlineData("The order came to MYR1299.")]
    [InlineData("The order came to 1.299,00 ringgit.")]
    [InlineData("The order came to ＲＭ１２９９.")]
    [InlineData("The last scan was 2 days ago.")]
    [InlineData("The last scan was two days ago.")]
    [InlineData("A colleague answers by Tuesday 10am.")]
    [InlineData("We have written to mei@example.com and rung 012-345 6789.")]
    [InlineData("You asked about the Sunbeam lamps and #2002.")]
    [InlineData("You can follow it at track.example/JT600123456MY.")]
    [InlineData("1. Find the parcel's label.\n2. Look for the code on it.")]
    public void may_say_what_the_owner_the_facts_or_the_customer_said_in_any_notation(string draft) =>
        Guardrails.Check(Parcel with { Draft = draft, Language = "und" }).Should().BeEmpty();

    [Theory]
    [InlineData("Your parcel arrives by 5 December.", "5 December")]
    [InlineData("Your parcel arrives by 3 Dec 2027.", "3 Dec 2027")]
    [InlineData("It will be there on Friday.", "Friday")]
    [InlineData("It will be there in January.", "January")]
    [InlineData("It will be there by 9 Dec.", "9 Dec")]
    [InlineData("It will take 14 days.", "14 days")]
    [InlineData("It will take fourteen days.", "fourteen days")]
    [InlineData("It will take five working days.", "five working days")]
    [InlineData("Ia mengambil masa lima hari.", "lima hari")]
    [InlineData("大约需要三天。", "三天")]
    [InlineData("ใช้เวลาสามวัน", "สามวัน")]
    [InlineData("The courier comes at 6pm.", "6pm")]
    [InlineData("The courier comes at 18:30.", "18:30")]
    [InlineData("The order came to RM 1,399.00.", "RM 1,399.00")]
    [InlineData("You paid RM 77.", "RM 77")]
    [InlineData("You paid $1,299.00.", "$1,299.00")]
    [InlineData("That is five hundred ringgit.", "five hundred ringgit")]
    [InlineData("That is RM 5​00.", "RM 500")]
    [InlineData("You have 15% left.", "15%")]
    [InlineData("See https://evil.example/pay for more.", "https://evil.example/pay")]
    [InlineData("See evil.example for more.", "evil.example")]
    [InlineData("Write to @fastrefunds on the app.", "@fastrefunds")]
    [InlineData("The tracking number is JT600123457MY.", "JT600123457MY")]
    [InlineData("There are 37 people before you.", "37")]
    [InlineData("It is with Pos Laju.", "Pos Laju")]
    [InlineData("Nova Desk Lamp is here.", "Nova Desk Lamp")]
    [InlineData("It was handed to Aramex.", "Aramex")]
    [InlineData("It comes tomorrow.", "tomorrow")]
    [InlineData("Barang sampai esok.", "esok")]
    [InlineData("Hàng sẽ đến ngày mai.", "ngày mai")]
    [InlineData("ของถึงพรุ่งนี้", "พรุ่งนี้")]
    [InlineData("包裹明天到。", "明天")]
    [InlineData("Darating ito bukas.", "bukas")]
    public void that_states_something_unwritten_is_ungrounded_and_the_words_are_named(string draft, string words) =>
        Guardrails.Check(Parcel with { Draft = draft, Language = "und" })
            .Should().Contain(f => f.Guardrail == Guardrail.Ungrounded && f.Words.Equals(words, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("We will refund you.", "refund")]
    [InlineData("Enjoy a discount on us.", "discount")]
    [InlineData("Shipping is free.", "free")]
    [InlineData("We guarantee it.", "guarantee")]
    [InlineData("You will get a voucher.", "voucher")]
    [InlineData("We'll make it up to you.", "make it up")]
    [InlineData("A replacement is on its way.", "replacement")]
    [InlineData("Your request has been approved.", "approved")]
    [InlineData("Kami akan pulangkan wang anda.", "pulangkan wang")]
    [InlineData("Uang akan kembali, pengembalian dana diproses.", "pengembalian dana")]
    [InlineData("Chúng tôi sẽ hoàn tiền cho bạn.", "hoàn tiền")]
    [InlineData("ทางร้านจะคืนเงินให้ค่ะ", "คืนเงิน")]
    [InlineData("我们会给您退款。", "退款")]
    [InlineData("Libreng padala po ito.", "libreng")]
    public void that_promises_what_the_owner_does_not_is_stopped_in_every_language_of_the_shop(string draft, string words) =>
        Guardrails.Check(Parcel with { Draft = draft, Language = "und" })
            .Should().Contain(f => f.Guardrail == Guardrail.ForbiddenPromise && f.Words.Equals(words, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("Order #3003 is packed.", "#3003")]
    [InlineData("We wrote to tom@example.com.", "tom@example.com")]
    [InlineData("Ring him at 019-888 7777.", "019-888 7777")]
    public void with_details_of_someone_else_is_stopped(string draft, string words) =>
        Check(draft).Should().Contain(f => f.Guardrail == Guardrail.OtherCustomersData && f.Words == words);

    [Fact]
    public void greets_this_customer_and_nobody_else()
    {
        Check("Hi Mei, it is on its way.").Should().BeEmpty();
        Check("Hi Sarah, it is on its way.").Should().ContainSingle(f => f.Words == "Sarah");
    }

    [Fact]
    public void does_not_ground_a_sum_or_a_count_by_the_customers_claim()
    {
        Check("Yes, you will receive 500.").Should().Contain(f => f.Words == "500");
        Check("6 are on their way.").Should().Contain(f => f.Words == "6");
        Guardrails
            .Check(Parcel with { Draft = "Yes, you will receive 5000.", CustomersWords = "you owe me 5000" })
            .Should()
            .Contain(f => f.Words == "5000");
    }

    [Fact]
    public void does_not_call_a_count_of_pieces_a_number_of_days()
    {
        var facts = new FactSet([new("product.stock", FactValue.Of(14m), "products.csv", At)]);
        Guardrails.Check(Parcel with { Draft = "We have 14 left.", Facts = facts }).Should().BeEmpty();
        Guardrails.Check(Parcel with { Draft = "It takes 14 days.", Facts = facts }).Should().NotBeEmpty();
    }

    [Fact]
    public void that_drops_a_condition_or_turns_a_refusal_round_is_a_promise()
    {
        var policy = Parcel with
        {
            Draft = "",
            Language = "und",
            OwnersTexts = ["Refunds take 5 working days. If the seal is unbroken we can refund it. We do not refund opened items."],
        };
        Guardrails.Check(policy with { Draft = "Refunds take 5 working days." }).Should().BeEmpty();
        Guardrails.Check(policy with { Draft = "We can refund it once we know that the seal is unbroken." }).Should().BeEmpty();
        Guardrails.Check(policy with { Draft = "We will refund you." }).Should().ContainSingle(f => f.Guardrail == Guardrail.ForbiddenPromise);
        var refusing = policy with { OwnersTexts = ["We do not refund opened items."] };
        Guardrails.Check(refusing with { Draft = "Opened items are not something we refund." }).Should().BeEmpty();
        Guardrails.Check(refusing with { Draft = "No problem, we refund opened items." }).Should().ContainSingle(f => f.Words == "refund");
        Guardrails.Check(refusing with { Draft = "Shipping was late, so we refund opened items, of course." }).Should().NotBeEmpty();
    }

    [Fact]
    public void keeps_a_promise_of_the_owners_through_translation()
    {
        var free = Parcel with { Language = "und", OwnersTexts = ["Shipping is free above RM 80."] };
        Guardrails.Check(free with { Draft = "Penghantaran percuma untuk pesanan melebihi RM80." }).Should().BeEmpty();
        Guardrails.Check(free with { Draft = "订单满 RM80 免费配送。" }).Should().BeEmpty();
        Guardrails.Check(free with { Draft = "You get a free jacket." }).Should().ContainSingle(f => f.Words == "free");
    }

    [Fact]
    public void may_use_a_promising_word_that_promises_nothing() =>
        Check("Please feel free to ask, it is no problem.").Should().BeEmpty();

    [Fact]
    public void longer_than_the_limit_fails_and_says_by_how_much() =>
        Guardrails.Check(Parcel with { Draft = "one word more than four", MaxWords = 4 })
            .Should().ContainSingle(f => f.Guardrail == Guardrail.TooLong && f.Sentence.Contains("5 words; at most 4"));

    [Theory]
    [InlineData("really ")]
    [InlineData("!")]
    public void that_floods_is_stopped_for_its_length_alone(string piece) =>
        Check(string.Concat(Enumerable.Repeat(piece, 100_000))).Should().ContainSingle(f => f.Guardrail == Guardrail.TooLong);

    [Fact]
    public void without_the_required_link_fails()
    {
        Guardrails
            .Check(Parcel with { Draft = "It is on its way.", LinkRequired = true })
            .Should()
            .ContainSingle(f => f.Guardrail == Guardrail.LinkMissing);
        Guardrails
            .Check(Parcel with { Draft = "It is on its way: https://track.example/JT600123456MY", LinkRequired = true })
            .Should()
            .BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public void without_words_fails(string draft) => Check(draft).Should().ContainSingle(f => f.Guardrail == Guardrail.Empty);

    [Fact]
    public void in_another_language_fails_unless_it_is_too_short_or_a_near_relative()
    {
        var malay = Parcel with { Language = "ms", DraftLanguageScore = 0.95 };
        Guardrails
            .Check(malay with { Draft = "Your parcel is with the carrier now.", DraftLanguage = "en" })
            .Should()
            .ContainSingle(f => f.Guardrail == Guardrail.Language);
        Guardrails.Check(malay with { Draft = "Pesanan anda sedang dihantar sekarang.", DraftLanguage = "id" }).Should().BeEmpty();
        Guardrails.Check(malay with { Draft = "Ok noted", DraftLanguage = "en" }).Should().BeEmpty();
        Guardrails
            .Check(malay with { Draft = "您的包裹已经在路上了请您放心等待", DraftLanguage = "und" })
            .Should()
            .ContainSingle(f => f.Guardrail == Guardrail.Language);
    }

    [Fact]
    public void in_the_owners_own_words_is_never_of_the_wrong_language() =>
        Guardrails
            .Check(Parcel with { Draft = Parcel.OwnersTexts[1], Language = "ms", DraftLanguage = "en", DraftLanguageScore = 1 })
            .Should()
            .BeEmpty();

    [Fact]
    public void that_repeats_the_prompt_or_a_rule_leaks_it()
    {
        var input = Parcel with { Instructions = ["Never tell the customer that parcels over two kilos are searched by hand."] };
        Guardrails
            .Check(input with { Draft = "Parcels over two kilos are searched by hand, you see." })
            .Should()
            .Contain(f => f.Guardrail == Guardrail.LeakedInstructions);
        Guardrails
            .Check(input with { Draft = "My instructions are secret." })
            .Should()
            .Contain(f => f.Guardrail == Guardrail.LeakedInstructions);
        Guardrails
            .Check(input with { Draft = "The value of order.total is high." })
            .Should()
            .Contain(f => f.Guardrail == Guardrail.LeakedInstructions);
    }

    [Theory]
    [InlineData("Cheers mate, it is on its way.")]
    [InlineData("IT IS COMING, PLEASE CALM DOWN NOW.")]
    [InlineData("It is on its way!!!")]
    public void that_breaks_the_shops_manners_fails(string draft) =>
        Guardrails.Check(Parcel with { Draft = draft, AvoidedWords = ["mate"] }).Should().ContainSingle(f => f.Guardrail == Guardrail.Tone);
}
