using OpsChat.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Drafting;

/// <summary>Finds the links, addresses, amounts, dates, times, measures, codes and numbers that a text states.</summary>
internal static partial class ClaimReader
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Compiled;
    private const string Digits = @"\d+(?:[.,']\d{3})*(?:[.,]\d+)?";

    private static readonly string Currency = WordPattern.Of(Currencies.Marks);
    private static readonly string Scale = $@"(?:\s?(?<scale>{WordPattern.Of(NumberWords.Scales.Keys)}))?";
    private static readonly string Unit = WordPattern.Of(UnitWords.Units.Keys);
    private static readonly string Month = WordPattern.Of(CalendarWords.Months.Keys);
    private static readonly string Said =
        $@"(?<said>{WordPattern.Of(NumberWords.Values.Keys)}(?:[\s-]?(?:and\s)?{WordPattern.Of(NumberWords.Values.Keys)})*)";
    private static readonly string Counted = $@"(?:(?<![\d.,])(?<n>{Digits})|{Said})";

    /// <summary>A kind's notation and how a match becomes normal forms; no forms means that the match is not a claim after all.</summary>
    private sealed record Notation(ClaimKind Kind, Regex Regex, Func<Match, IReadOnlyList<string>> Keys);

    // In this order: what an earlier notation has claimed, a later one does not see.
    private static readonly Notation[] Notations =
    [
        new(ClaimKind.Email, EmailNotation(), m => [$"e:{m.Value}"]),
        new(ClaimKind.Link, LinkNotation(), m => [$"l:{ClaimForms.Link(m.Value)}"]),
        new(
            ClaimKind.Date,
            new($@"(?<![\d.,-])(?<d>\d{{1,2}})(?:st|nd|rd|th)?\s?(?:of\s)?(?<mon>{Month})\.?,?(?:\s?(?<y>\d{{4}}))?(?!\d)", Options),
            ClaimForms.Date
        ),
        new(
            ClaimKind.Date,
            new($@"(?<mon>{Month})\.?\s(?<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s(?<y>\d{{4}}))?(?!\d)", Options),
            ClaimForms.Date
        ),
        new(ClaimKind.Date, DateNotation(), ClaimForms.Date),
        new(ClaimKind.Amount, new($@"(?<cur>{Currency})\s?(?<n>{Digits}){Scale}", Options), ClaimForms.Amount),
        new(ClaimKind.Amount, new($@"{Counted}{Scale}\s?(?<cur>{Currency})", Options), ClaimForms.Amount),
        new(ClaimKind.Time, TimeNotation(), ClaimForms.Time),
        new(ClaimKind.Weekday, new(WordPattern.Of(CalendarWords.Weekdays.Keys), Options), m =>
            [ClaimKeys.Weekday((DayOfWeek)(CalendarWords.Weekdays[m.Value] - 1))]
        ),
        new(
            ClaimKind.Measure,
            new($@"{Counted}[\s-]?(?:(?:working|business|calendar|full|whole|more)[\s-])?(?<unit>{Unit})", Options),
            ClaimForms.Measure
        ),
        new(ClaimKind.Measure, new(@"百分之\s?(?<n>\d+(?:\.\d+)?)(?<unit>)", Options), ClaimForms.Measure),
        new(ClaimKind.Month, new($@"{Month}", Options), ClaimForms.Month),
        new(ClaimKind.Phone, PhoneNotation(), m => [ClaimForms.Phone(m.Value)]),
        new(ClaimKind.Code, CodeNotation(), ClaimForms.Code),
        new(ClaimKind.Number, NumberNotation(), m => ClaimForms.Numbers(m.Value)),
    ];

    /// <summary>Everything stated in <paramref name="text"/> that the notations know, with the words as they are in the text.</summary>
    public static IReadOnlyList<Claim> Read(string text)
    {
        var shown = PlainText.Normalise(text);
        var left = shown.ToLowerInvariant();
        var claims = new List<Claim>();
        foreach (var notation in Notations)
        {
            left = notation.Regex.Replace(left, match =>
            {
                var keys = notation.Keys(match);
                if (keys.Count == 0)
                {
                    return match.Value;
                }
                claims.Add(new(notation.Kind, shown.Substring(match.Index, match.Length).Trim(' ', '\n', '.', ','), keys));
                return new string('\0', match.Length);
            });
        }
        return claims;
    }

    public static bool HasLink(string text) => LinkNotation().IsMatch(PlainText.NormaliseLower(text));

    [GeneratedRegex(EmailAddress.Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex EmailNotation();

    // With a scheme or www; or a name under a common top level or with a path; or an @handle.
    [GeneratedRegex(
        @"(?:[a-z]{2,10}://|www\.)[^\s\0<>""]+"
            + @"|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:(?:com|net|org|my|sg|id|th|vn|ph|cn|io|shop|store|co|me|app|link|ly|xyz|info|biz|online"
            + @"|site|page|example|test|gg)(?![\w-])(?:/[^\s\0<>""]*)?|[a-z]{2,12}/[^\s\0<>""]+)"
            + @"|(?<![\w@])@[a-z0-9_]{3,}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex LinkNotation();

    [GeneratedRegex(
        @"(?<![\d.,/-])(?:(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?![\d/-])"
        + @"|(?<a>\d{1,2})(?<sep>[/.-])(?<b>\d{1,2})\k<sep>(?<y>\d{4}|\d{2})(?![\d/-])|(?<a>\d{1,2})/(?<b>\d{1,2})(?![\d/-])"
        + @"|(?:(?<y>\d{4})\s?年\s?)?(?<m>\d{1,2})\s?月\s?(?<d>\d{1,2})\s?[日号號]"
        + @"|(?<d>\d{1,2})\s(?:tháng|thg)\s(?<m>\d{1,2})(?:,?\snăm\s(?<y>\d{4}))?(?!\d))", RegexOptions.CultureInvariant)]
    private static partial Regex DateNotation();

    [GeneratedRegex(
        @"(?<![\d.,:])(?<h>\d{1,2})(?:[:.](?<min>\d{2}))?\s?(?<half>am|pm|a\.m\.|p\.m\.|pagi|petang|malam|tengah hari|siang|sore)(?!\p{L})"
        + @"|(?<![\d.,:])(?<h>\d{1,2}):(?<min>\d{2})(?::\d{2})?(?![\d:])"
        + @"|(?<!\p{L})(?:jam|pukul|lúc|alas)\s(?<h>\d{1,2})(?:[.:](?<min>\d{2}))?(?!\d)"
        + @"|(?<![\d.,:])(?<h>\d{1,2})\s?(?:giờ|点半?|點半?|โมง|น\.|นาฬิกา|o'?clock)", RegexOptions.CultureInvariant)]
    private static partial Regex TimeNotation();

    [GeneratedRegex(@"(?<![\w#])\+?\(?\d(?:[\s().-]{0,2}\d){7,14}(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex PhoneNotation();

    [GeneratedRegex(
        @"#\s?[a-z0-9]+(?:[-_][a-z0-9]+)*"
        + @"|(?<![\p{L}\d])(?=[a-z0-9_-]*\d)(?=[a-z0-9_-]*[a-z])[a-z0-9]+(?:[-_][a-z0-9]+)*(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex CodeNotation();

    // A digit that numbers a line ("1. Send a photo") states nothing.
    [GeneratedRegex(@"(?<!(?:^|\n)\s*)\d[\d.,']*\d|(?<!(?:^|\n)\s*)\d|\d+(?![.)]\s)(?:[\d.,']*\d)?", RegexOptions.CultureInvariant)]
    private static partial Regex NumberNotation();
}
