using System.Collections.Frozen;

namespace OpsChat.Text;

/// <summary>Units of measure in the shop's languages: en, ms, id, th, vi, tl, zh. Lower case, as <see cref="PlainText.Normalise"/> leaves
/// them.</summary>
public static class UnitWords
{
    // An underscore stands for a space within a word.
    private static readonly (string Unit, string Words)[] s_rows =
    [
        ("percent", "% percent per_cent peratus persen porsyento เปอร์เซ็นต์ phần_trăm"),
        ("day", "day days hari ngày araw วัน 天 日 工作日 个工作日 個工作日"),
        ("hour", "hour hours hr hrs jam tiếng oras ชั่วโมง ชม. 小时 小時 个小时 個小時"),
        ("minute", "minute minutes min mins minit menit phút minuto นาที 分钟 分鐘"),
        ("week", "week weeks wk wks minggu tuần linggo สัปดาห์ อาทิตย์ 周 週 星期 个星期 個星期"),
        ("month", "month months bulan tháng buwan เดือน 月 个月 個月"),
        ("year", "year years yr yrs tahun năm taon ปี 年"),
        ("kg", "kg kgs kilogram kilograms kilo kilos กก. 公斤"), ("g", "g gram grams 克"), ("cm", "cm 厘米"), ("mm", "mm"),
        ("m", "m metre metres meter meters 米"), ("l", "l litre litres liter liters"), ("ml", "ml"), ("inch", "inch inches"),
    ];

    /// <summary>Unit of measure by its words. Days of work and of the calendar are one unit: the playbook's own words tell them apart.</summary>
    public static IReadOnlyDictionary<string, string> Units { get; } =
        s_rows
            .SelectMany(row => row.Words.Split(' ').Select(word => KeyValuePair.Create(word.Replace('_', ' '), row.Unit)))
            .ToFrozenDictionary(StringComparer.Ordinal);
}
