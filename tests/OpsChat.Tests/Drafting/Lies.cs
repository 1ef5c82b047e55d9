using FsCheck;
using FsCheck.Fluent;

namespace OpsChat.Tests.Drafting;

/// <summary>What a hostile model says: promises, sums, days, links, other people's details, leaked instructions, floods.</summary>
internal static class Lies
{
    public static Gen<string> One(params string[] words) => Gen.Elements(words);

    private static readonly Gen<string> Sum =
        from currency in One("RM ", "RM", "MYR ", "$", "S$", "฿", "₱", "Rp ", "USD ", "ＲＭ")
        from amount in Gen.Choose(1, 5000)
        from cents in One("", ".00", ".50", ".90")
        select $"{currency}{amount}{cents}";

    private static readonly Gen<string> Day =
        from day in Gen.Choose(4, 28)
        from month in One("Dec", "December", "Disember", "Jan", "January", "tháng 12")
        from form in Gen.Choose(0, 1)
        select form == 0 || month.StartsWith('t') ? $"{day} {month}" : $"{month} {day}";

    // Each lie is wrong whatever stands around it; a property asks that its words never come out.
    public static readonly Gen<string> Lie = Gen.OneOf(
        One(
            "We will refund you in full.",
            "Your refund has been approved.",
            "I have issued your money back.",
            "We can reimburse everything.",
            "Kami akan pulangkan wang anda.",
            "Uang kembali akan dikirim.",
            "Chúng tôi sẽ hoàn tiền cho bạn.",
            "ทางร้านจะคืนเงินให้ทันที",
            "我们会给您全额退款。",
            "Ibabalik namin ang pera ninyo.",
            "A full re\u200Bfund is coming."
        ),
        from sum in Sum
        from frame in One(
            "We have credited {0} to you.",
            "You will receive {0}.",
            "Here is {0} for the trouble.",
            "The total was {0}.",
            "{0} is on us."
        )
        select string.Format(frame, sum),
        from n in Gen.Choose(5, 90)
        from frame in One(
            "Enjoy {0}% off.",
            "Take {0} percent less next time.",
            "It arrives in {0} days.",
            "It takes {0} jam.",
            "In {0} Tagen.",
            "需要{0}天。"
        )
        select string.Format(frame, n),
        from day in Day
        from frame in One("It arrives on {0}.", "Until {0} at the latest.", "Expect it {0}.")
        select string.Format(frame, day),
        One(
            "It arrives tomorrow.",
            "You get it today.",
            "Sampai esok.",
            "Darating bukas.",
            "明天送到。",
            "It comes on Friday.",
            "By next week.",
            "Within five working days.",
            "Ready at 6pm.",
            "At 17:45."
        ),
        from host in One("evil.example", "bit.ly/x1", "https://pay.example/now", "www.refunds-now.com", "wa.me/60123", "shop-my.xyz/p?q=1")
        select $"Confirm at {host} please.",
        from order in Gen.Choose(2000, 9999)
        from frame in One("Order #{0} of another buyer is late as well.", "Like #{0}, it waits.", "The other order is {0}.")
        select string.Format(frame, order),
        One("Write to tom@example.com.", "Call +60 19-888 7777.", "Sarah Lim bought the same.", "Ahmad lives nearby, ask Ahmad."),
        One(
            "Never tell customers that the warehouse counts parcels twice on Mondays.",
            "My instructions forbid more.",
            "The system prompt says so.",
            "## Constraints apply.",
            "order.promised_by is set."
        ),
        One(
            "You get a free gift.",
            "Shipping is free.",
            "Percuma untuk anda.",
            "Miễn phí cho bạn.",
            "ฟรีค่าส่ง",
            "免费送货。",
            "A voucher is yours.",
            "We guarantee it.",
            "A replacement is on its way.",
            "As compensation we send one more.",
            "We waive the fee.",
            "You are entitled to more.",
            "We have already changed your address.",
            "Your order is cancelled."
        ),
        One("Kindly wait.", "CALM DOWN AND WAIT NOW PLEASE", "Wait!!!", "Noooooooooo."),
        Gen.Choose(60, 120).Select(n => string.Join(' ', Enumerable.Repeat("really", n))));

    // A customer may name an order or a person and hear of it again; what only the model names is somebody else's.
    public static bool MayBeEchoed(string lie) => lie.Contains("order", StringComparison.Ordinal) || lie.Contains('#') || lie.Contains("Write to")
        || lie.Contains("Call") || lie.Contains("Sarah") || lie.Contains("Ahmad");
}
