using CsvHelper;
using OpsChat.Benchmarks;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

/// <summary>
/// Our own 525 messages in ten languages, in <c>Fixtures/Understanding/money-wishes.csv</c>: what customers ask for when money or goods shall
/// move, by family, and questions that sound alike. Written in three rounds before the word lists were looked at; the first readings caught 84,
/// 82 and 88 in 100.
/// </summary>
public class Wishes_for_money
{
    private sealed record Message(string Language, string Family, bool MovesMoney, string Text);

    private static readonly List<Message> Written = Read();

    [Fact]
    public void are_caught_in_every_language_and_family()
    {
        foreach (
            var group in Written
                .Where(m => m.MovesMoney)
                .GroupBy(m => m.Language)
                .Concat(Written.Where(m => m.MovesMoney).GroupBy(m => m.Family))
        )
        {
            group.Average(m => Moves(m) ? 1.0 : 0).Should().BeGreaterThanOrEqualTo(0.92, group.Key);
        }
    }

    [Fact]
    public void are_rarely_seen_in_questions_that_sound_alike() =>
        Written.Where(m => !m.MovesMoney).Average(m => Moves(m) ? 1.0 : 0).Should().BeLessThanOrEqualTo(0.03);

    [Theory]
    [InlineData("cốc này bao nhiêu tiền")]
    [InlineData("ค่าส่งไปสิงคโปร์เท่าไหร่")]
    [InlineData("no need to exchange, how do I wash it?")]
    [InlineData("I DONT want a refund, I just want to know when order 1289 arrives")]
    [InlineData("what does your returns page say")]
    [InlineData("where do i put the voucher code")]
    [InlineData("boleh bayar guna kad debit?")]
    public void are_not_seen_in_longer_words_other_accents_negations_and_questions_about_what_is_written(string text) =>
        MoneyDetector.Read(text).Sense.Should().NotBe(MoneySense.Moves);

    [Theory]
    [InlineData("shop tak nak refund saya")]
    [InlineData("kenapa kedai tak nak refund saya")]
    public void are_heard_where_somebody_else_does_not_want_to_give_it(string text) =>
        MoneyDetector.Read(text).Sense.Should().Be(MoneySense.Moves);

    /// <summary>
    /// 162 more in <c>fresh-wishes.csv</c>, written before these lists were: then 67 % of the wishes were caught and 22 % of the others held.
    /// </summary>
    [Fact]
    public void are_told_from_questions_about_the_same_things()
    {
        var fresh = WishFigures.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Understanding", "fresh-wishes.csv"));

        fresh.Where(m => m.IsWish).Average(m => Moves(m.Text)).Should().BeGreaterThanOrEqualTo(0.92);
        fresh.Where(m => !m.IsWish).Average(m => Moves(m.Text)).Should().BeLessThanOrEqualTo(0.08);
    }

    /// <summary>
    /// 488 more in <c>scene-wishes.csv</c>, two rounds of the same scenes in ten languages. Written before the lists had words for them, of the first
    /// round 64 % of the wishes were caught and 9 % of the others held; of the second 57 and 0 % after the first was mended.
    /// </summary>
    [Fact]
    public void are_heard_where_only_the_scene_tells_them()
    {
        var scenes = WishFigures.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Understanding", "scene-wishes.csv"));

        scenes.Where(m => m.IsWish).Average(m => Moves(m.Text)).Should().BeGreaterThanOrEqualTo(0.92);
        scenes.Where(m => !m.IsWish).Average(m => Moves(m.Text)).Should().BeLessThanOrEqualTo(0.05);
    }

    /// <summary>90 of which nothing was mended: so much is heard in scenes that nobody thought of.</summary>
    [Fact]
    public void are_heard_less_than_half_the_time_in_scenes_that_no_list_knows_but_hardly_ever_where_there_is_none()
    {
        var unknown = WishFigures.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Understanding", "indirect-wishes.csv"));

        unknown.Where(m => m.IsWish).Average(m => Moves(m.Text)).Should().BeGreaterThanOrEqualTo(0.45);
        unknown.Where(m => !m.IsWish).Average(m => Moves(m.Text)).Should().BeLessThanOrEqualTo(0.08);
    }

    /// <summary>200 by another hand, of which nothing was mended; 32 of 100 others were held before passing words were doubted in all languages.
    /// </summary>
    [Fact]
    public void are_told_from_look_alikes_that_nobody_mended()
    {
        var unseen = WishFigures.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Understanding", "look-alike-wishes.csv"));

        unseen.Where(m => m.IsWish).Average(m => Moves(m.Text)).Should().BeGreaterThanOrEqualTo(0.92);
        unseen.Where(m => !m.IsWish).Average(m => Moves(m.Text)).Should().BeLessThanOrEqualTo(0.27);
    }

    /// <summary>450 short ones by another hand, of which nothing was mended: 83 % were caught and 6 % of the others held before the model had heard
    /// some 14,300 more examples. The aim is 92 % and 8 %.</summary>
    [Fact]
    public void are_heard_in_a_few_words_that_nobody_mended()
    {
        var terse = WishFigures.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Understanding", "terse-wishes.csv"));

        terse.Where(m => m.IsWish).Average(m => Moves(m.Text)).Should().BeGreaterThanOrEqualTo(0.88);
        terse.Where(m => !m.IsWish).Average(m => Moves(m.Text)).Should().BeLessThanOrEqualTo(0.08);
    }

    /// <summary>434 lines from the middle of chats by other hands, of which nothing was mended; three in four are harmless.</summary>
    [Fact]
    public void are_told_from_harmless_lines_of_a_chat_that_nobody_mended()
    {
        var chat = WishFigures.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Understanding", "chat-wishes.csv"));

        chat.Where(m => m.IsWish).Average(m => Moves(m.Text)).Should().BeGreaterThanOrEqualTo(0.82);
        chat.Where(m => !m.IsWish).Average(m => Moves(m.Text)).Should().BeLessThanOrEqualTo(0.07);
    }

    [Theory]
    [InlineData("love this shop, best mugs, thank you, got the parcel, all good, thanks, and put 20 back on my card, thanks so much, happy new year")]
    [InlineData("the weather is nice, my cat loves the mugs and i thought please cancel order 1291 while you are at it and say hello to everyone")]
    [InlineData("今天天气真好我很喜欢你们的店杯子也很漂亮顺便把1291的钱退给我吧祝你们生意兴隆天天开心")]
    [InlineData("cuaca elok sangat saya suka kedai ni kucing saya pun suka lepas tu tolong pulangkan duit order 1291 ya selamat hari raya semua")]
    public void are_heard_among_many_friendly_words(string text) => Moves(text).Should().Be(1);

    [Theory]
    [InlineData("请退款到原账户，谢谢")]
    [InlineData("麻烦退款到微信，感谢")]
    [InlineData("请尽快退款，钱到账告诉我，谢谢")]
    [InlineData("hoàn tiền về momo giúp em, cảm ơn shop")]
    [InlineData("tolong refund duit balik, terima kasih")]
    [InlineData("refund uang kembali ya, makasih")]
    [InlineData("llegó tarde, quiero el reembolso, gracias")]
    [InlineData("dumating na pero late, refund na lang po salamat")]
    [InlineData("please put the refund in my account, thanks")]
    [InlineData("i never got the refund, thanks")]
    [InlineData("ขอคืนเงิน ขอบคุณค่ะ")]
    [InlineData("ขอยกเลิกออเดอร์ค่ะ ขอบคุณค่ะ")]
    [InlineData("i haven't received my refund yet, thanks")]
    [InlineData("refund not in my account yet, thanks")]
    [InlineData("请退款，要几天")]
    [InlineData("refund please, how many days")]
    [InlineData("tolong refund berapa hari")]
    [InlineData("quiero un reembolso, cuanto tarda")]
    [InlineData("cho em hoàn tiền, bao lâu")]
    public void are_heard_from_the_polite_and_from_those_who_also_ask_how_long_it_takes(string text) => Moves(text).Should().Be(1);

    [Theory]
    [InlineData("退款要多久")]
    [InlineData("berapa lama refund")]
    [InlineData("ปกติคืนเงินกี่วันคะ")]
    [InlineData("gaano katagal ang refund sa inyo")]
    [InlineData("cuánto tarda un reembolso")]
    public void are_not_seen_in_the_question_how_long_a_refund_takes(string text) => MoneyDetector.Read(text).Sense.Should().Be(MoneySense.Asks);

    [Theory]
    [InlineData("我的退款还没到，要多久")]
    [InlineData("refund saya belum masuk, berapa lama lagi")]
    [InlineData("refund ko hindi pa dumating, gaano katagal")]
    [InlineData("等了多久了还不退款")]
    [InlineData("退款到底要多久")]
    [InlineData("kenapa lama sangat refund, dah berapa hari")]
    [InlineData("ทำไมยังไม่คืนเงิน กี่วันแล้ว")]
    [InlineData("por qué no llega, cuánto tarda mi reembolso")]
    public void are_seen_in_the_question_where_the_customers_own_refund_is(string text) => Moves(text).Should().Be(1);

    private static double Moves(string text) => MoneyDetector.Read(text).Sense == MoneySense.Moves ? 1 : 0;

    private static bool Moves(Message message) => MoneyDetector.Read(message.Text).Sense == MoneySense.Moves;

    private static List<Message> Read()
    {
        using var csv = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Understanding", "money-wishes.csv"));
        var messages = new List<Message>();
        while (csv.Read())
        {
            messages.Add(new(csv.GetString("language"), csv.GetString("family"), csv.GetString("moves_money") == "yes", csv.GetString("text")));
        }

        return messages;
    }
}
