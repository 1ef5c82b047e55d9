using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>
/// Reads the holiday that a text names. Its day is told only where it is the same every year; the others follow the moon, a school or a state, and
/// nobody guesses them. Pure, linear in the text.
/// </summary>
public static class Holidays
{
    /// <summary>The holidays that fall on a day every year, each with the words that name it: those of an eve before those of its day.</summary>
    private static readonly (string Name, int Month, int Day, string Words)[] s_fixed =
    [
        ("Christmas Eve", 12, 24, @"(?:christmas|xmas|x-mas)\ eve | malam\ krismas"),
        ("Christmas", 12, 25, @"(?:christmas|xmas|x-mas|krismas|natal|pasko)(?:\ day)?"),
        ("Boxing Day", 12, 26, @"boxing\ day"),
        ("New Year's Eve", 12, 31, @"new\ year(?:'?s)?\ eve | malam\ tahun\ baru"),
        ("New Year's Day", 1, 1, @"new\ year(?:'?s)?\ day"),
        ("Labour Day", 5, 1, @"la(?:b|bo)u?r\ day | hari\ (?:pekerja|buruh)"),
        ("Merdeka", 8, 31, @"merdeka(?:\ day)? | hari\ (?:merdeka|kebangsaan)"),
        ("Malaysia Day", 9, 16, @"malaysia\ day | hari\ malaysia"),
    ];

    private static readonly Regex s_named = new(
        $$"""
            (?<!\p{L})(?:
                {{string.Join(" | ", s_fixed.Select((holiday, i) => $"(?<{GroupOf(i)}> {holiday.Words} )"))}}
              | cny | imlek | (?:chinese|lunar)\ new\ year | new\ year(?:'?s)? | tahun\ bah?a?ru(?:\ cina)?
              | hari\ raya(?:\ \p{L}+)? | raya | aidil\p{L}+ | lebaran | eid(?:\ al\p{L}*)? | ramad[ah]{1,2}n | puasa | deepavali | diwali
              | thaipusam | wesak | vesak | easter | good\ friday
              | songkran | tet | tết | thanksgiving | mid-?autumn | gawai | kaamatan | nuzul\p{L}*
              | (?:public|school|bank|national|festive|federal|state)\ holidays? | holidays? | cuti(?:\ umum|\ am|\ sekolah)?
              | hari\ kelepasan | tanggal\ merah | libur(?:an)?
            )(?!\p{L}) | 圣诞节? | 春节 | 新年 | 元旦 | 过年 | 中秋节? | 国庆节? | 公共假期 | 假期 | 假日 | 节日 | สงกรานต์ | ปีใหม่ | วันหยุด | คริสต์มาส | ตรุษจีน
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    );

    /// <summary>The holiday in the text's own words, with month and day where they are fixed; null when none is named.</summary>
    public static (string Name, (int Month, int Day)? On)? Read(string text)
    {
        if (s_named.Match(PlainText.NormaliseLower(text)) is not { Success: true } match)
        {
            return null;
        }

        return (match.Value, s_fixed.Where((_, i) => match.Groups[GroupOf(i)].Success)
            .Select(holiday => ((int, int)?)(holiday.Month, holiday.Day)).FirstOrDefault());
    }

    /// <summary>The next day, today included, on which a fixed holiday falls.</summary>
    public static DateOnly Next((int Month, int Day) on, DateOnly today)
    {
        var day = new DateOnly(today.Year, on.Month, on.Day);
        return day >= today ? day : day.AddYears(1);
    }

    /// <summary>The holiday that falls on a day every year; null when none does.</summary>
    public static string? On(DateOnly day) => Array.Find(s_fixed, holiday => (holiday.Month, holiday.Day) == (day.Month, day.Day)).Name;

    private static string GroupOf(int index) => $"h{index}";
}
