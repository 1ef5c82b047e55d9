using System.Collections.Frozen;
using System.Globalization;

namespace OpsChat.Text;

/// <summary>Names of months and weekdays in the shop's languages. Lower case, as <see cref="PlainText.Normalise"/> leaves them.</summary>
public static class CalendarWords
{
    // An underscore stands for a space within a word.

    /// <summary>1 to 12 by name and short form.</summary>
    public static IReadOnlyDictionary<string, int> Months { get; } = Indexed(
        "january jan jan. januari january enero มกราคม ม.ค.", "february feb feb. februari pebruari pebrero febrero กุมภาพันธ์ ก.พ.",
        "march mar mar. mac maret marso marzo มีนาคม มี.ค.", "april apr apr. abril abr เมษายน เม.ย.", "may mei mayo พฤษภาคม พ.ค.",
        "june jun jun. juni hunyo junio มิถุนายน มิ.ย.", "july jul jul. julai juli hulyo julio กรกฎาคม ก.ค.",
        "august aug aug. ogos agustus ogo ags agu agosto สิงหาคม ส.ค.", "september sept sep sept. sep. setyembre septiembre กันยายน ก.ย.",
        "october oct oct. oktober okt oktubre octubre ตุลาคม ต.ค.", "november nov nov. nobyembre noviembre พฤศจิกายน พ.ย.",
        "december dec dec. disember dis desember des disyembre diciembre ธันวาคม ธ.ค.");

    /// <summary>Sunday is 1. Short forms that are words of their own (sun, sat, minggu, linggo) are left out.</summary>
    public static IReadOnlyDictionary<string, int> Weekdays { get; } = Indexed(
        "sunday ahad chủ_nhật วันอาทิตย์ 星期日 星期天 周日 週日 礼拜天", "monday mon isnin senin thứ_hai lunes วันจันทร์ 星期一 周一 週一 礼拜一",
        "tuesday tue tues selasa thứ_ba martes วันอังคาร 星期二 周二 週二 礼拜二", "wednesday wed rabu thứ_tư miyerkules วันพุธ 星期三 周三 週三 礼拜三",
        "thursday thu thur thurs khamis kamis thứ_năm huwebes วันพฤหัส วันพฤหัสบดี 星期四 周四 週四 礼拜四",
        "friday fri jumaat jumat thứ_sáu biyernes วันศุกร์ 星期五 周五 週五 礼拜五", "saturday sabtu thứ_bảy sabado วันเสาร์ 星期六 周六 週六 礼拜六");

    /// <summary>Of two or four digits. Two are of this century; a year over 2400 is of the Buddhist calendar.</summary>
    public static int Year(string digits) =>
        int.Parse(digits, CultureInfo.InvariantCulture) switch
        {
            < 100 and var year => 2000 + year,
            > 2400 and var year => year - 543,
            var year => year,
        };

    private static FrozenDictionary<string, int> Indexed(params string[] rows) =>
        rows.SelectMany((words, i) => words.Split(' ').Distinct().Select(word => KeyValuePair.Create(word.Replace('_', ' '), i + 1)))
            .ToFrozenDictionary(StringComparer.Ordinal);
}
