using System.Text.RegularExpressions;

namespace OpsChat.Drafting;

/// <summary>The words of numbers, units, currencies and the calendar in the languages of the shop: en, ms, id, th, vi, tl, zh. Folded.</summary>
internal static class ClaimWords
{
    // An underscore stands for a space within a word.

    /// <summary>Unit of measure by its words. Days of work and of the calendar are one unit: the playbook's own words tell them apart.</summary>
    public static IReadOnlyDictionary<string, string> Units { get; } = ByWord(
        ("percent", "% percent per_cent peratus persen porsyento เปอร์เซ็นต์ phần_trăm"),
        ("day", "day days hari ngày araw วัน 天 日 工作日 个工作日 個工作日"),
        ("hour", "hour hours hr hrs jam tiếng oras ชั่วโมง ชม. 小时 小時 个小时 個小時"),
        ("minute", "minute minutes min mins minit menit phút minuto นาที 分钟 分鐘"),
        ("week", "week weeks wk wks minggu tuần linggo สัปดาห์ อาทิตย์ 周 週 星期 个星期 個星期"),
        ("month", "month months bulan tháng buwan เดือน 月 个月 個月"),
        ("year", "year years yr yrs tahun năm taon ปี 年"),
        ("kg", "kg kgs kilogram kilograms kilo kilos กก. 公斤"), ("g", "g gram grams 克"), ("cm", "cm 厘米"), ("mm", "mm"),
        ("m", "m metre metres meter meters 米"), ("l", "l litre litres liter liters"), ("ml", "ml"), ("inch", "inch inches"));

    /// <summary>ISO 4217 code by sign or word. Dollars without a country, and yen or yuan signs, stay a sign of their own.</summary>
    public static IReadOnlyDictionary<string, string> Currencies { get; } = ByWord(
        ("MYR", "rm myr ringgit 令吉 马币 馬幣"), ("$", "$ dollar dollars buck bucks"), ("USD", "usd us$"), ("SGD", "sgd s$"),
        ("AUD", "aud a$"), ("HKD", "hkd hk$"), ("TWD", "twd nt$"), ("EUR", "eur € euro euros"), ("GBP", "gbp £ pound pounds quid"),
        ("IDR", "idr rp rp. rupiah"), ("THB", "thb ฿ baht บาท 泰铢"), ("VND", "vnd vnđ ₫ đ đồng dong"), ("PHP", "php ₱ peso pesos piso"),
        ("¥", "¥ cny rmb yuan 元 块 塊 人民币"), ("JPY", "jpy yen"), ("INR", "inr ₹ rupee rupees"), ("KRW", "krw ₩"),
        ("sen", "sen cent cents"));

    /// <summary>How much a word after an amount multiplies it by.</summary>
    public static IReadOnlyDictionary<string, decimal> Scales { get; } = Numbers(
        (1_000, "k thousand ribu rb nghìn ngàn พัน 千"), (10_000, "หมื่น 万 萬"), (1_000_000, "million juta jt triệu tr ล้าน"));

    /// <summary>Number words and their values; those from ten up that multiply what stands before them are in <see cref="Multipliers"/>.</summary>
    public static IReadOnlyDictionary<string, decimal> NumberWords { get; } = Numbers(
        (1, "a an one satu một isang หนึ่ง 一"), (2, "two dua hai dalawang สอง 二 两 兩"), (3, "three tiga ba tatlong สาม 三"),
        (4, "four empat bốn apat สี่ 四"), (5, "five lima năm limang ห้า 五"), (6, "six enam sáu anim หก 六"),
        (7, "seven tujuh bảy pitong เจ็ด 七"), (8, "eight lapan delapan tám walong แปด 八"), (9, "nine sembilan chín siyam เก้า 九"),
        (10, "ten sepuluh mười sampung belas puluh mươi สิบ 十"), (11, "eleven sebelas"), (12, "twelve dozen"), (13, "thirteen"), (14, "fourteen"), (15, "fifteen"),
        (16, "sixteen"), (17, "seventeen"), (18, "eighteen"), (19, "nineteen"), (20, "twenty"), (30, "thirty"), (40, "forty"),
        (50, "fifty"), (60, "sixty"), (70, "seventy"), (80, "eighty"), (90, "ninety"),
        (100, "hundred ratus seratus trăm ร้อย 百"), (1_000, "thousand ribu seribu nghìn ngàn พัน 千"), (10_000, "หมื่น 万 萬"),
        (1_000_000, "million juta triệu ล้าน"));

    public static IReadOnlySet<string> Multipliers { get; } = new HashSet<string>(
        "puluh mươi สิบ 十 hundred ratus trăm ร้อย 百 thousand ribu nghìn ngàn พัน 千 หมื่น 万 萬 million juta triệu ล้าน".Split(' '));

    public static IReadOnlyDictionary<string, int> Months { get; } = Indexed(
        "january jan januari enero มกราคม ม.ค.", "february feb februari pebruari pebrero กุมภาพันธ์ ก.พ.", "march mar mac maret marso มีนาคม มี.ค.",
        "april apr abril เมษายน เม.ย.", "may mei mayo พฤษภาคม พ.ค.", "june jun juni hunyo มิถุนายน มิ.ย.", "july jul julai juli hulyo กรกฎาคม ก.ค.",
        "august aug ogos agustus ags agosto สิงหาคม ส.ค.", "september sept sep setyembre กันยายน ก.ย.", "october oct oktober okt oktubre ตุลาคม ต.ค.",
        "november nov nobyembre พฤศจิกายน พ.ย.", "december dec disember dis desember des disyembre ธันวาคม ธ.ค.");

    /// <summary>Sunday is 1. Short forms that are words of their own (sun, sat, minggu, linggo) are left out.</summary>
    public static IReadOnlyDictionary<string, int> Weekdays { get; } = Indexed(
        "sunday ahad chủ_nhật วันอาทิตย์ 星期日 星期天 周日 週日 礼拜天", "monday mon isnin senin thứ_hai lunes วันจันทร์ 星期一 周一 週一 礼拜一",
        "tuesday tue tues selasa thứ_ba martes วันอังคาร 星期二 周二 週二 礼拜二", "wednesday wed rabu thứ_tư miyerkules วันพุธ 星期三 周三 週三 礼拜三",
        "thursday thu thur thurs khamis kamis thứ_năm huwebes วันพฤหัส วันพฤหัสบดี 星期四 周四 週四 礼拜四",
        "friday fri jumaat jumat thứ_sáu biyernes วันศุกร์ 星期五 周五 週五 礼拜五", "saturday sabtu thứ_bảy sabado วันเสาร์ 星期六 周六 週六 礼拜六");

    /// <summary>An alternation of the words, longest first, that does not cut letters out of a longer word of a spaced script.</summary>
    public static string Pattern(IEnumerable<string> words) =>
        $"(?:{string.Join('|', words.OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal).Select(Bounded))})";

    private static string Bounded(string word)
    {
        var escaped = Regex.Escape(word);
        return char.IsLetter(word[0]) && !ComparableText.IsHan(word[0]) && !ComparableText.IsThai(word[0])
            ? $"(?<!\\p{{L}}){escaped}(?!\\p{{L}})"
            : escaped;
    }

    private static Dictionary<string, string> ByWord(params (string Value, string Words)[] rows) =>
        rows.SelectMany(r => Split(r.Words).Select(w => (w, r.Value))).ToDictionary(p => p.w, p => p.Value);

    private static Dictionary<string, decimal> Numbers(params (decimal Value, string Words)[] rows) =>
        rows.SelectMany(r => Split(r.Words).Select(w => (w, r.Value))).ToDictionary(p => p.w, p => p.Value);

    private static Dictionary<string, int> Indexed(params string[] rows) =>
        rows.SelectMany((words, i) => Split(words).Select(w => (w, i + 1))).ToDictionary(p => p.w, p => p.Item2);

    private static IEnumerable<string> Split(string words) => words.Split(' ').Select(w => w.Replace('_', ' '));
}
