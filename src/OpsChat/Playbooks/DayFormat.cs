using System.Globalization;

namespace OpsChat.Playbooks;

/// <summary>Days as people write them, in the languages that OpsChat ships: en, ms, id, th, vi, tl (and fil), zh. Others get English.</summary>
public sealed class DayFormat
{
    private static readonly Dictionary<string, DayFormat> ByLanguage = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = new(
            "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
            "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
            "today",
            "tomorrow",
            clockFirst: true
        ),
        ["ms"] = new("Jan Feb Mac Apr Mei Jun Jul Ogo Sep Okt Nov Dis", "Ahad Isnin Selasa Rabu Khamis Jumaat Sabtu", "hari ini", "esok"),
        ["id"] = new("Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des", "Minggu Senin Selasa Rabu Kamis Jumat Sabtu", "hari ini", "besok"),
        ["th"] = new(
            "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
            "วันอาทิตย์ วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์",
            "วันนี้",
            "พรุ่งนี้"
        ),
        ["vi"] = new(
            "thg_1 thg_2 thg_3 thg_4 thg_5 thg_6 thg_7 thg_8 thg_9 thg_10 thg_11 thg_12",
            "Chủ_Nhật Thứ_Hai Thứ_Ba Thứ_Tư Thứ_Năm Thứ_Sáu Thứ_Bảy",
            "hôm nay",
            "ngày mai"
        ),
        ["tl"] = new(
            "Ene Peb Mar Abr May Hun Hul Ago Set Okt Nob Dis",
            "Linggo Lunes Martes Miyerkules Huwebes Biyernes Sabado",
            "ngayong araw",
            "bukas"
        ),
        ["zh"] = new(
            "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
            "星期日 星期一 星期二 星期三 星期四 星期五 星期六",
            "今天",
            "明天",
            yearFirst: true
        ),
    };

    private readonly string[] _months;
    private readonly string[] _weekdays;
    private readonly string _today;
    private readonly string _tomorrow;
    private readonly bool _yearFirst;
    private readonly bool _clockFirst;

    /// <summary>Names are separated by spaces; an underscore stands for a space inside one.</summary>
    private DayFormat(string months, string weekdays, string today, string tomorrow, bool yearFirst = false, bool clockFirst = false)
    {
        _months = Names(months);
        _weekdays = Names(weekdays);
        (_today, _tomorrow, _yearFirst, _clockFirst) = (today, tomorrow, yearFirst, clockFirst);
    }

    /// <summary>The words of a language tag (its primary subtag counts), or English ones.</summary>
    public static DayFormat In(string language)
    {
        var primary = language.Split('-')[0];
        return ByLanguage.GetValueOrDefault(primary is "fil" ? "tl" : primary) ?? ByLanguage["en"];
    }

    /// <summary>A day: <c>3 Dec 2026</c>, <c>2026年12月3日</c>. The year is of the Gregorian calendar in every language.</summary>
    public string Date(DateOnly day) => _yearFirst
        ? $"{day.Year}年{_months[day.Month - 1]}{day.Day}日"
        : $"{day.Day} {_months[day.Month - 1]} {day.Year}";

    /// <summary>A day seen from <paramref name="today"/>: <c>today</c>, <c>tomorrow</c>, <c>Monday</c>; the date when it is a week away or more,
    /// or past.</summary>
    public string Near(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => _today,
        1 => _tomorrow,
        > 1 and < 7 => _weekdays[(int)day.DayOfWeek],
        _ => Date(day),
    };

    /// <summary>A time of a day seen from <paramref name="today"/>, as it follows the word "by": <c>15:30 today</c>, <c>10:00 on Monday</c>; in
    /// other languages the day comes first.</summary>
    public string NearAt(DateTime at, DateOnly today)
    {
        var (day, clock) = (DateOnly.FromDateTime(at), at.ToString("HH:mm", CultureInfo.InvariantCulture));
        return !_clockFirst ? $"{Near(day, today)} {clock}"
            : day.DayNumber - today.DayNumber is 0 or 1 ? $"{clock} {Near(day, today)}"
            : $"{clock} on {Near(day, today)}";
    }

    /// <summary>Weekday with three letters, in English, for lists of opening hours: <c>Mon</c>.</summary>
    public static string Abbreviated(DayOfWeek day) => day.ToString()[..3];

    private static string[] Names(string list) => [.. list.Split(' ').Select(name => name.Replace('_', ' '))];
}
