using OpsChat.Drafting;

namespace OpsChat.Tests.Drafting;

/// <summary>Why an order is looked at is told to a person of the shop, never to its customer.</summary>
public class A_suspicion
{
    private const string Standing = "We are checking the details of your order, and write again tomorrow.";

    private static readonly (string[] Frames, string[] Words)[] s_phrases =
    [
        (
            [
                "Your order waits: {0}.",
                "Our system says {0}, sorry.",
                "We must rule out {0} first.",
                "It was held for {0} and will be looked at.",
                "{0} - that is the reason.",
            ],
            [
                "fraud",
                "suspected fraud",
                "a scam",
                "suspicious details",
                "a suspicious address",
                "suspicion",
                "a blacklist",
                "a chargeback before",
                "a red flag",
                "a flagged payment",
                "a high risk",
                "its risk score",
                "the risk level",
                "a risky pattern",
                "a stolen card",
                "identity theft",
                "a fake order",
                "an address mismatch",
                "addresses that do not match",
                "a freight forwarder",
                "a disposable email",
                "unusual activity",
            ]
        ),
        (
            ["Pesanan anda ditahan kerana {0}.", "Sistem kami mengesan {0}.", "Maaf, ini tentang {0}."],
            ["penipuan", "alamat mencurigakan", "senarai hitam", "risiko tinggi", "alamat tidak sepadan", "kartu curian", "daftar hitam"]
        ),
        (
            ["Đơn hàng của bạn bị giữ vì {0}.", "Hệ thống thấy {0}.", "Xin lỗi, do {0}."],
            ["gian lận", "lừa đảo", "nghi ngờ", "địa chỉ đáng ngờ", "rủi ro cao", "địa chỉ không khớp"]
        ),
        (["คำสั่งซื้อของคุณ{0}", "ระบบพบ{0}", "เพราะ{0}ค่ะ"], ["ฉ้อโกง", "น่าสงสัย", "ต้องสงสัย", "มิจฉาชีพ", "บัญชีดำ", "ความเสี่ยงสูง"]),
        (
            ["Na-hold ang order mo dahil {0}.", "May {0} po.", "Pasensya na, {0} ito."],
            ["panloloko", "kahina-hinala", "nakaw na card", "address na hindi tugma"]
        ),
        (
            ["您的订单因{0}暂停。", "系统显示{0}。", "由于{0}，我们需要时间。"],
            ["欺诈", "可疑", "嫌疑", "黑名单", "高风险", "盗刷", "地址不一致"]
        ),
    ];

    [Fact]
    public void never_stands_in_a_draft()
    {
        var phrases = s_phrases
            .SelectMany(p => p.Frames.SelectMany(frame => p.Words.Select(word => frame.Replace("{0}", word, StringComparison.Ordinal))))
            .ToList();

        var through = phrases.Where(phrase => !IsStopped(phrase, Standing)).ToList();

        phrases.Should().HaveCountGreaterThanOrEqualTo(200);
        through.Should().BeEmpty();
    }

    [Theory]
    [InlineData("We are checking the details of your order and come back to you.")]
    [InlineData("Your parcel is on its way; there is no risk that it is sent twice.")]
    [InlineData("The blue mug matches the plates.")]
    [InlineData("Kami sedang menyemak butiran pesanan anda.")]
    [InlineData("Chúng tôi đang kiểm tra thông tin đơn hàng của bạn.")]
    [InlineData("เรากำลังตรวจสอบรายละเอียดคำสั่งซื้อของคุณ")]
    [InlineData("我们正在核对您的订单信息。")]
    public void is_not_heard_in_what_says_nothing_of_it(string draft) => IsStopped(draft, Standing).Should().BeFalse();

    [Fact]
    public void may_be_spoken_of_in_the_owners_own_words() =>
        IsStopped("Please know that scammers use our name.", "Beware: scammers use our name on other pages.").Should().BeFalse();

    private static bool IsStopped(string draft, string owners) =>
        Guardrails.Check(new GuardInput { Draft = draft, OwnersTexts = [owners] }).Any(failure => failure.Guardrail == Guardrail.Suspicion);
}
