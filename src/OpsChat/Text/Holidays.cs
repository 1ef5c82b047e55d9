using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>
/// Reads the holiday that a text names. Its day is told only where it is the same every year; the others follow the moon, a school or a state, and
/// nobody guesses them. Pure, linear in the text.
/// </summary>
public static partial class Holidays
{
    /// <summary>The holiday in the text's own words, with month and day where they are fixed; null when none is named.</summary>
    public static (string Name, (int Month, int Day)? On)? Read(string text)
    {
        var plain = PlainText.NormaliseLower(text);
        if (Named().Match(plain) is not { Success: true } match)
        {
            return null;
        }

        (int, int)? on = null;
        foreach (var (group, month, day) in s_fixed)
        {
            if (match.Groups[group].Success)
            {
                on = (month, day);
            }
        }

        return (match.Value, on);
    }

    /// <summary>The next day, today included, on which a fixed holiday falls.</summary>
    public static DateOnly Next((int Month, int Day) on, DateOnly today)
    {
        var day = new DateOnly(today.Year, on.Month, on.Day);
        return day >= today ? day : day.AddYears(1);
    }

    /// <summary>The holiday that falls on a day every year; null when none does.</summary>
    public static string? On(DateOnly day) => (day.Month, day.Day) switch
    {
        (1, 1) => "New Year's Day",
        (5, 1) => "Labour Day",
        (8, 31) => "Merdeka",
        (9, 16) => "Malaysia Day",
        (12, 25) => "Christmas",
        _ => null,
    };

    private static readonly (string Group, int Month, int Day)[] s_fixed =
    [
        ("xmaseve", 12, 24),
        ("xmas", 12, 25),
        ("boxing", 12, 26),
        ("nye", 12, 31),
        ("labour", 5, 1),
        ("merdeka", 8, 31),
        ("malaysia", 9, 16),
    ];

    [GeneratedRegex(
        """
            (?<!\p{L})(?:
                (?<xmaseve> (?:christmas|xmas|x-mas)\ eve | malam\ krismas )
                | (?<xmas> christmas|xmas|x-mas|krismas|natal|pasko ) (?:\ day)? | (?<boxing> boxing\ day )
              | (?<nye> new\ year(?:'?s)?\ eve | malam\ tahun\ baru ) | cny | imlek | (?:chinese|lunar)\ new\ year
              | new\ year(?:'?s)?(?:\ day)? | tahun\ bah?a?ru(?:\ cina)?
              | (?<labour> la(?:b|bo)u?r\ day | hari\ (?:pekerja|buruh) ) | (?<merdeka> merdeka(?:\ day)? | hari\ (?:merdeka|kebangsaan) )
              | (?<malaysia> malaysia\ day | hari\ malaysia )
              | hari\ raya(?:\ \p{L}+)? | raya | aidil\p{L}+ | lebaran | eid(?:\ al\p{L}*)? | ramad[ah]{1,2}n | puasa | deepavali | diwali
              | thaipusam | wesak | vesak | easter | good\ friday
              | songkran | tet | tết | thanksgiving | mid-?autumn | gawai | kaamatan | nuzul\p{L}*
              | (?:public|school|bank|national|festive|federal|state)\ holidays? | holidays? | cuti(?:\ umum|\ am|\ sekolah)?
              | hari\ kelepasan | tanggal\ merah | libur(?:an)?
            )(?!\p{L}) | 圣诞节? | 春节 | 新年 | 元旦 | 过年 | 中秋节? | 国庆节? | 公共假期 | 假期 | 假日 | 节日 | สงกรานต์ | ปีใหม่ | วันหยุด | คริสต์มาส | ตรุษจีน
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex Named();
}
