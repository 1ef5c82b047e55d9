using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.Playbooks.Parsing;

/// <summary>
/// Reads <c>opening_hours</c>: a line for each weekday or run of weekdays, <c>mon-fri: 09:00-18:00</c>, <c>sat: 10:00-13:00, 14:00-16:00</c>,
/// <c>sun: closed</c>; or the one word <c>always</c>. A stretch may go past midnight (<c>20:00-02:00</c>). And <c>closed_on</c>: dates.
/// </summary>
internal static partial class OpeningHoursKeys
{
    private const string Form =
        "Write lines like `mon-fri: 09:00-18:00` and `sat: 10:00-13:00, 14:00-16:00` below it; days that are left out are closed.";

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static OpeningHours Read(TimeZoneInfo zone, FrontMatterEntry? week, FrontMatterEntry? closedOn, FindingList findings)
    {
        var daysOff = (closedOn?.Values ?? []).Select(value => DayOff(value, findings)).OfType<DateOnly>().ToList();
        List<(DayOfWeek, OpenStretch)> stretches = [];
        foreach (var (key, value) in week is null ? [] : Lines(week))
        {
            stretches.AddRange(Stretches(key, value, findings));
        }

        if (stretches.Count > 0)
        {
            return new(zone, stretches, daysOff);
        }

        if (week is not null)
        {
            findings.Error(week.Key.At, "The opening hours have no open time.", Form);
        }

        return OpeningHours.Always(zone);
    }

    /// <summary>The nested lines, or those of one text: <c>mon-fri: 09:00-18:00; sat: 10:00-14:00</c>.</summary>
    private static IEnumerable<(YamlText Days, YamlText Hours)> Lines(FrontMatterEntry week)
    {
        if (week.Map is { } map)
        {
            return map;
        }

        var texts = week.List
            ?? (week.Scalar is { Text.Length: > 0 } one ? [.. one.Text.Split(';').Select(part => new YamlText(part.Trim(), one.At))] : []);
        return texts.Select(text =>
            text.Text.Equals("always", StringComparison.OrdinalIgnoreCase)
                ? (text with { Text = "mon-sun" }, text with { Text = "00:00-24:00" })
                : (
                    text with
                    {
                        Text = DaysPart().Match(text.Text).Value.Trim(' ', ':'),
                    },
                    text with
                    {
                        Text = DaysPart().Replace(text.Text, "", 1),
                    }
                )
        );
    }

    private static List<(DayOfWeek, OpenStretch)> Stretches(YamlText days, YamlText hours, FindingList findings)
    {
        var run = Run(days.Text);
        if (run is null)
        {
            findings.Error(days.At, $"`{days.Text}` is not a weekday or a run of weekdays.", Form);
            return [];
        }

        if (hours.Text.Trim().Equals("closed", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        List<(DayOfWeek, OpenStretch)> stretches = [];
        foreach (var written in hours.Text.Split([",", " and "], StringSplitOptions.TrimEntries))
        {
            if (FromTo(written) is not { } times)
            {
                findings.Error(hours.At, $"`{written}` is not a stretch of hours.", Form);
                continue;
            }

            stretches.AddRange(run.SelectMany(day => OnDay(day, times.From, times.To)));
        }

        return stretches;
    }

    private static List<DayOfWeek>? Run(string text)
    {
        var ends = text.Split('-', '–').Select(end => Array.FindIndex(Days, day => IsDay(end.Trim(), day))).ToList();
        return ends.Count > 2 || ends.Contains(-1) ? null
            : [.. Enumerable.Range(0, (ends[^1] - ends[0] + 7) % 7 + 1).Select(step => (DayOfWeek)((ends[0] + step + 1) % 7))];
    }

    private static bool IsDay(string written, string day) =>
        written.Length >= 3 && written.StartsWith(day, StringComparison.OrdinalIgnoreCase)
        && (written.Length <= 4 || written.EndsWith("day", StringComparison.OrdinalIgnoreCase));

    private static (int From, int To)? FromTo(string text)
    {
        var parts = Hours().Match(text);
        if (!parts.Success)
        {
            return null;
        }

        var from = Minutes("h1", "m1");
        var to = Minutes("h2", "m2");
        return from < 1440 && to <= 1440 && from != to ? (from, to) : null;

        int Minutes(string hour, string minute) => int.Parse(parts.Groups[hour].Value) * 60 + int.Parse(parts.Groups[minute].Value);
    }

    private static IEnumerable<(DayOfWeek, OpenStretch)> OnDay(DayOfWeek day, int from, int to)
    {
        if (to > from)
        {
            return [(day, new(from, to))];
        }

        var evening = (day, new OpenStretch(from, 1440));
        return to == 0 ? [evening] : [evening, ((DayOfWeek)(((int)day + 1) % 7), new OpenStretch(0, to))];
    }

    private static DateOnly? DayOff(YamlText value, FindingList findings)
    {
        if (DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        findings.Error(value.At, $"`{value.Text}` is not a date.", "Write days off like [2026-12-25, 2027-01-01].");
        return null;
    }

    [GeneratedRegex(@"^(?<h1>\d{1,2})[:.](?<m1>[0-5]\d)\s*[-–]\s*(?<h2>\d{1,2})[:.](?<m2>[0-5]\d)$")]
    private static partial Regex Hours();

    [GeneratedRegex(@"^[A-Za-z]+(\s*[-–]\s*[A-Za-z]+)?\s*:?\s*")]
    private static partial Regex DaysPart();
}
