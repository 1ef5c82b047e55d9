using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>
/// Reads the day for which a customer wants something: "by friday", "before 3 dec", "esok". The next day of that name counts, today included. A day
/// more than a season ahead is more likely one of the past, and is none. Pure, linear in the text.
/// </summary>
public static partial class DayReader
{
    private const int DaysAhead = 120;

    /// <summary>The day that the text wants something by, else the last one that it names, or null. The day on which the customer orders or pays is
    /// no day for something to come.</summary>
    /// <param name="today">In the shop's time zone.</param>
    public static DateOnly? Read(string text, DateOnly today)
    {
        var plain = PlainText.NormaliseLower(text);
        var found = s_weekdays.Matches(plain).Select(match => (match.Index, Day: (DateOnly?)Next(today, CalendarWords.Weekdays[match.Value])))
            .Concat(s_dates.Matches(plain).Select(match => (match.Index, Day: Dated(match, today))))
            .Concat(
                Soon()
                    .Matches(plain)
                    .Select(match => (match.Index, Day: (DateOnly?)(match.Groups["next"].Success ? today.AddDays(1) : today)))
            );
        var ahead = found.Where(one => one.Day is { } day && day >= today && day <= today.AddDays(DaysAhead)).OrderBy(one => one.Index).ToList();
        return ahead.LastOrDefault(one => Limit().IsMatch(plain[..one.Index])).Day
            ?? ahead.LastOrDefault(one => !Ordering().IsMatch(plain[..one.Index])).Day;
    }

    /// <summary>Whether the text is about this very moment: "are you open now".</summary>
    public static bool SaysNow(string text) => Now().IsMatch(PlainText.NormaliseLower(text));

    [GeneratedRegex(
        @"(?<!\p{L})(?:now|right now|currently|at the moment|sekarang|skrg|skang|ngayon na|bây giờ|ahora)(?!\p{L})|现在|ตอนนี้",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Now();

    private static DateOnly Next(DateOnly today, int weekday) => today.AddDays((weekday - 1 - (int)today.DayOfWeek + 7) % 7);

    private static DateOnly? Dated(Match match, DateOnly today)
    {
        var day = int.Parse(match.Groups["d"].Value, CultureInfo.InvariantCulture);
        var month = match.Groups["mon"].Success
            ? CalendarWords.Months.GetValueOrDefault(match.Groups["mon"].Value)
            : int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture);
        return new[] { today.Year, today.Year + 1 }
            .Where(year => month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
            .Select(year => (DateOnly?)new DateOnly(year, month, day)).FirstOrDefault(named => named >= today);
    }

    private static readonly Regex s_weekdays = new(
        string.Join(
            '|',
            CalendarWords
                .Weekdays.Keys.OrderByDescending(name => name.Length)
                .Select(name => Scripts.IsUnspaced(name[0]) ? Regex.Escape(name) : $@"(?<!\p{{L}}){Regex.Escape(name)}(?!\p{{L}})")
        ),
        RegexOptions.CultureInvariant | RegexOptions.Compiled
    );

    private static readonly string s_months = string.Join('|', CalendarWords.Months.Keys.OrderByDescending(name => name.Length).Select(Regex.Escape));

    private static readonly Regex s_dates = new(
        $@"(?<![\d/.-])(?<d>\d{{1,2}})(?:st|nd|rd|th|hb)? ?(?:of )?(?<mon>{s_months})(?!\p{{L}})|(?<!\p{{L}})(?<mon>{s_months}) "
            + $@"(?<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/:.-])"
        + @"|(?<![\d/.-])(?<d>\d{1,2})/(?<m>\d{1,2})(?![\d/])|(?<m>\d{1,2})月(?<d>\d{1,2})[日号]",
        RegexOptions.CultureInvariant | RegexOptions.Compiled);

    [GeneratedRegex(
        @"(?<!\p{L})(?:(?<next>tomorrow|tmr|tmrw|tmw|esok|besok|bukas)|today|tonight|hari ini|ngayon)(?!\p{L})|(?<next>明天|พรุ่งนี้)|今天|วันนี้",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Soon();

    /// <summary>Ends in a word for the latest day: "by friday", "sebelum hari jumaat".</summary>
    [GeneratedRegex(
        @"(?:(?<!\p{L})(?:by|before|b4|until|til|till|untill|latest|no later than|in time for|sebelum|selewatnya|selewat-lewatnya|paling "
            + @"lewat|paling lambat|menjelang|sampai|untuk|utk|bago|trước|trước ngày|antes del?|antes de)(?: the| this| next| coming| hari"
            + @"| ang| mag)*\s*|(?:ก่อน|ภายใน)\s*)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Limit();

    /// <summary>Ends in what the customer does on a day: "if i order today", "kalau bayar esok".</summary>
    [GeneratedRegex(
        @"(?:(?<!\p{L})(?<!(?:my|the|an|this|your|our) )(?:order|ordered|ordering|pay|paid|paying|buy|buying|purchase|checkout|check out"
            + @"|place (?:an|my|the) order|beli|pesan|order|bayar|mag-?order|bumili|magbayad|đặt|mua|thanh toán)(?:\s+(?:it|this|that|them"
            + @"|one|now|on|here|online|hari|nya|la|lah|ini|pada|ngayong?|hàng)){0,3}\s*|(?:下单|付款|买|สั่ง|จ่าย|โอน)\s*)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Ordering();
}
