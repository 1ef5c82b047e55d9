using FsCheck;
using FsCheck.Fluent;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class A_money_reading_of_a_draft
{
    private static readonly string[] Promises =
    [
        "We will refund {0} to your card within 5 days.", "Your refund of {0} has been processed.", "You will get {0} back by Friday.",
        "We have credited {0} to your account.", "As a goodwill gesture we take {0} off your next order.", "Enjoy {0} off, on us!",
        "Here is a voucher worth {0}.", "We match that price, so you only pay {0}.", "We will compensate you with {0}.",
        "Your order is cancelled and {0} will be returned to you.", "We send you a replacement tomorrow.", "We will exchange it for size M.",
        "Your return is approved.", "We accept your return, no need to pay the {0}.", "The extra charge of {0} has been reversed.",
        "We have waived the delivery fee.", "We changed your payment method.", "Yes, I can give you {0} for it.", "We'll reship your parcel.",
        "Kami akan memulangkan {0} kepada anda.", "Wang anda telah dikembalikan.", "Kami beri diskaun {0}.", "Pesanan anda telah dibatalkan.",
        "Kami akan transfer {0} ke rekening Anda.", "Kami kirim ulang barangnya besok.", "Dana {0} sudah kami kembalikan.",
        "เราจะคืนเงิน {0} ให้คุณค่ะ", "ยกเลิกคำสั่งซื้อให้แล้วค่ะ", "ทางร้านจะส่งชิ้นใหม่ให้ฟรี", "รับส่วนลด {0} ได้เลยค่ะ",
        "Chúng tôi sẽ hoàn tiền {0} cho bạn.", "Shop đã hủy đơn của bạn.", "Shop giảm giá {0} cho bạn nhé.", "Shop sẽ gửi lại hàng mới.",
        "Ibabalik namin ang {0} mo.", "Na-refund na po ang bayad ninyo.", "Papalitan namin ang item.", "May discount kayo na {0}.",
        "我们会给您退款{0}。", "已为您取消订单。", "我們會補發一件新的給您。", "这次给您打八折。",
        "Your money goes back to your card today.", "We have received your payment of {0}.", "Your subscription has been ended.",
        "Wang anda akan masuk esok.", "Langganan anda telah ditamatkan.", "Uangnya sudah kami transfer balik.", "Barang pengganti sudah dikirim.",
        "เงินจะเข้าบัญชีพรุ่งนี้ค่ะ", "ลดให้ {0} ค่ะ", "Tiền sẽ về tài khoản của bạn.", "Shop bớt cho bạn {0}.", "Papasok po ang pera ninyo bukas.",
        "Wala na po kayong babayaran.", "钱三天内到账。", "便宜您{0}。",
        "Le devolveremos {0} mañana.", "Vamos reembolsar {0} hoje.",
    ];

    private static readonly string[] Amounts =
    [
        "RM50",
        "MYR 49.90",
        "$20",
        "USD 1,299.00",
        "Rp50.000",
        "500 บาท",
        "₱500",
        "200.000đ",
        "NT$300",
        "€ 15",
        "10%",
        "50 ringgit",
        "fifty ringgit",
        "twenty dollars",
        "lima puluh ringgit",
        "lima puluh ribu rupiah",
        "ห้าสิบบาท",
        "๕๐ บาท",
        "hai mươi nghìn đồng",
        "limampung piso",
        "五十元",
        "２００元",
        "500 baht",
        "RM ５０",
    ];

    private static readonly string[] KeyWords =
    [
        "refund",
        "cancelled",
        "compensate",
        "voucher",
        "replacement",
        "exchange",
        "discount",
        "diskaun",
        "return",
    ];

    private static readonly Func<string, int, string>[] Disguises =
    [
        (text, _) => text.ToUpperInvariant(),
        (text, _) => string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c - '!' + '\uFF01') : c)),
        (text, _) => string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x1D41A + c - 'a') : c.ToString())),
        (text, _) => string.Concat(text.Select(c => c switch { 'a' => 'а', 'e' => 'е', 'o' => 'о', 'c' => 'с', 'p' => 'р', _ => c })),
        (text, seed) => text.Insert(seed % text.Length, "\u200B"),
        (text, _) => string.Join('\u2060', text.Select(c => c.ToString())),
        (text, _) => string.Concat(text.Select(c => c switch { 'a' => 'α', 'i' => 'і', 'u' => 'υ', 'd' => 'ԁ', 's' => 'ѕ', _ => c })),
        (text, seed) => OnKeyWord(text, seed, word => word.Insert(4, " ")),
        (text, seed) => OnKeyWord(text, seed, word => string.Join(' ', word.ToCharArray())),
        (text, seed) => OnKeyWord(text, seed, word => string.Join('.', word.ToCharArray())),
        (text, seed) => OnKeyWord(text, seed, word => word.Replace('e', '3').Replace('a', '4').Replace('o', '0')),
        (text, seed) => OnKeyWord(text, seed, word => word[..2] + word[3] + word[2] + word[4..]),
        (text, seed) => OnKeyWord(text, seed, word => word.Remove(3, 1)),
        (text, seed) => OnKeyWord(text, seed, word => word.Insert(3, "-")),
        (text, seed) => OnKeyWord(text, seed, word => word.Insert(3, new string(word[3], 3))),
        (text, _) => $"Hi Aina, thank you for waiting! {text} Have a nice day.",
        (text, _) => $"Returns are accepted within 30 days, see https://shop.example/returns\n{text}",
    ];

    [Fact]
    public void moves_for_every_promise_in_every_language_amount_and_disguise() =>
        Prop.ForAll(
            Arb.From(Gen.Elements(Promises)), Arb.From(Gen.Elements(Amounts)),
            Arb.From(Gen.Elements(Disguises).Zip(Gen.Choose(0, 999))),
            (promise, amount, disguise) =>
            {
                var draft = disguise.Item1(promise.Replace("{0}", amount, StringComparison.Ordinal), disguise.Item2);
                return (MoneyDetector.ReadDraft(draft).Sense == MoneySense.Moves).Label(draft);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20261121, 7));

    [Fact]
    public void moves_for_every_plain_promise_with_every_amount() =>
        Promises.SelectMany(p => Amounts.Select(a => p.Replace("{0}", a, StringComparison.Ordinal)))
            .Where(draft => MoneyDetector.ReadDraft(draft).Sense != MoneySense.Moves).Should().BeEmpty();

    [Theory]
    [InlineData("Returns are accepted within 30 days, see https://shop.example/returns")]
    [InlineData("You can return unused items within 30 days of delivery.")]
    [InlineData("Refunds usually take 5 to 7 working days.")]
    [InlineData("Our return policy is at https://shop.example/refund-policy")]
    [InlineData("It costs MYR 49.90.")]
    [InlineData("Your order total is MYR 120.00.")]
    [InlineData("Shipping is RM8 to West Malaysia and free for orders over RM100.")]
    [InlineData("We accept Visa, Mastercard, FPX and cash on delivery.")]
    [InlineData("A colleague looks at this and answers by 17:00.")]
    [InlineData("A colleague looks at your refund request and answers by 17:00.")]
    [InlineData("Order #1001 is with J&T, tracking JT123. It should reach you by 3 May: https://x.example/r/refund")]
    [InlineData("Could you send me your order number and the last 4 digits of your phone, please?")]
    [InlineData("We are sorry that your parcel arrived damaged. Could you send us a photo?")]
    [InlineData("Pemulangan diterima dalam 30 hari.")]
    [InlineData("Harganya RM49.90, penghantaran RM8.")]
    [InlineData("Harga Hand Grinder Pro ialah MYR 259.00. Stok masih ada: https://shop.example/p/hand")]
    [InlineData("Harga Knock Box ialah MYR 65.00.")]
    [InlineData("รับคืนสินค้าภายใน 30 วัน")]
    [InlineData("Hàng được đổi trả trong vòng 30 ngày.")]
    [InlineData("退货请在30天内")]
    public void does_not_move_when_it_states_terms_a_price_or_what_a_person_will_do(string draft) =>
        MoneyDetector.ReadDraft(draft).Sense.Should().NotBe(MoneySense.Moves);

    [Theory]
    [InlineData("Returns are accepted within 30 days, and we have refunded yours.")]
    [InlineData("Harga istimewa yang kami offer ialah MYR 40 untuk anda.")]
    [InlineData("Your refund request was approved by our manager.")]
    [InlineData("Refunds usually take 7 days. Yours is done, the money is on its way to you.")]
    public void moves_when_a_promise_stands_beside_terms(string draft) =>
        MoneyDetector.ReadDraft(draft).Sense.Should().Be(MoneySense.Moves);

    /// <summary>The text with one of its key words disguised, or as it is when it has none.</summary>
    private static string OnKeyWord(string text, int seed, Func<string, string> disguise)
    {
        var present = KeyWords.Where(w => text.Contains(w, StringComparison.Ordinal)).ToList();
        return present.Count == 0
            ? text
            : text.Replace(present[seed % present.Count], disguise(present[seed % present.Count]), StringComparison.Ordinal);
    }
}
