using OpsChat.Facts;
using OpsChat.Text;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.Playbooks.Parsing;

/// <summary>Reads the front matter of <c>_shop.md</c>. A key that is not listed becomes a fact, <c>store.&lt;key&gt;</c>.</summary>
internal static partial class ShopKeys
{
    private static readonly string[] Known =
    [
        "name", "url", "currency", "time_zone", "opening_hours", "closed_on", "answer_within",
        "return_window", "handling_days", "carriers", "shipping_fees", "vip", "dates", "stock_wording",
    ];

    /// <summary>Facts that are computed; a key of that name would contradict them.</summary>
    private static readonly string[] Computed = ["open_now", "answer_by"];

    public static ShopProfile Read(IReadOnlyList<FrontMatterEntry> entries, FindingList findings)
    {
        var profile = ShopProfile.Default;
        foreach (var entry in entries.Where(entry => !Known.Contains(entry.Key.Text)))
        {
            profile = WithExtra(profile, entry, findings);
        }

        foreach (var entry in entries.Where(entry => Known.Contains(entry.Key.Text) && HasValue(entry, findings)))
        {
            profile = With(profile, entry, findings);
        }

        return profile with { Hours = HoursOf(entries, findings) };
    }

    private static ShopProfile With(ShopProfile profile, FrontMatterEntry entry, FindingList findings) => entry.Key.Text switch
    {
        "name" => profile with { Name = Text(entry, findings) ?? profile.Name },
        "url" => profile with { Url = Url(entry, findings) },
        "currency" => profile with { Currency = Currency(entry, findings) ?? profile.Currency },
        "answer_within" => profile with { AnswerWithin = AnswerWithin(entry, findings) ?? profile.AnswerWithin },
        "return_window" => profile with { ReturnWindow = Days(entry, findings) },
        "handling_days" => profile with { HandlingDays = Days(entry, findings) },
        "carriers" => profile with { Carriers = [.. entry.Values.Select(carrier => carrier.Text)] },
        "shipping_fees" => profile with { ShippingFees = Text(entry, findings) },
        "dates" => profile with { DayFirst = DayFirst(entry, findings) },
        "stock_wording" => profile with { Stock = Stock(entry, findings) ?? profile.Stock },
        "vip" => profile with { Vip = Vip(entry, profile.Vocabulary, findings) },
        _ => profile,
    };

    private static ShopProfile WithExtra(ShopProfile profile, FrontMatterEntry entry, FindingList findings)
    {
        var key = entry.Key.Text;
        if (Computed.Contains(key))
        {
            findings.Error(entry.Key.At, $"`store.{key}` is computed from the opening hours.", "Remove the line, or name it differently.");
            return profile;
        }

        if (!ExtraKey().IsMatch(key))
        {
            findings.Error(entry.Key.At, $"`{key}` cannot name a fact.", "Use small letters, digits and underscores: `warranty_months`.");
            return profile;
        }

        if (NearNames.Of(key, Known).FirstOrDefault(near => EditDistance.Between(key, near) <= 2) is { } meant)
        {
            findings.Warn(entry.Key.At, $"`{key}` becomes the new fact `store.{key}`.", $"If you mean `{meant}`, write it so.");
        }

        var value = entry.Map is not null ? null
            : entry.List is { } list ? FactValue.Of(list.Select(item => item.Text))
            : entry.Scalar is { Text.Length: > 0 } scalar ? ValueOf(scalar.Text)
            : null;
        if (value is null)
        {
            findings.Error(entry.Key.At, $"`{key}` has no plain value.", "Write a word, a number, a date, yes or no, or a list after the colon.");
            return profile;
        }

        return profile with { Extra = new Dictionary<string, FactValue>(profile.Extra) { [$"store.{key}"] = value } };
    }

    private static FactValue ValueOf(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? FactValue.Of(number)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? FactValue.Of(day)
        : text.ToLowerInvariant() is "yes" or "true" ? FactValue.Of(true)
        : text.ToLowerInvariant() is "no" or "false" ? FactValue.Of(false)
        : FactValue.Of(text);

    private static bool HasValue(FrontMatterEntry entry, FindingList findings)
    {
        if (entry.Scalar is not { Text.Length: 0 } && entry.List is not { Count: 0 })
        {
            return true;
        }

        findings.Error(entry.Key.At, $"`{entry.Key.Text}` has no value.", "Write it after the colon, or remove the line.");
        return false;
    }

    private static string? Text(FrontMatterEntry entry, FindingList findings)
    {
        if (entry.Scalar is null)
        {
            findings.Error(entry.Key.At, $"`{entry.Key.Text}` is not one text.", "Write it on one line after the colon.");
        }

        return entry.Scalar?.Text;
    }

    private static string? Url(FrontMatterEntry entry, FindingList findings)
    {
        if (Text(entry, findings) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp))
        {
            return text;
        }

        findings.Error(entry.ValueAt, $"`{text}` is not a web address.", "Write it like https://shop.example.");
        return null;
    }

    private static bool? DayFirst(FrontMatterEntry entry, FindingList findings)
    {
        var text = Text(entry, findings)?.ToLowerInvariant();
        if (text is not (null or "day-first" or "month-first"))
        {
            findings.Error(
                entry.ValueAt,
                $"`{text}` does not say how dates are written.",
                "Write `day-first` (21/11/2026) or `month-first` (11/21/2026)."
            );
            return null;
        }

        return text is null ? null : text == "day-first";
    }

    private static StockWording? Stock(FrontMatterEntry entry, FindingList findings)
    {
        var text = Text(entry, findings)?.ToLowerInvariant();
        switch (text)
        {
            case null: return null;
            case "yes-no": return StockWording.YesNo;
            case "low": return StockWording.Low;
            case "exact": return StockWording.Exact;
            default:
                findings.Error(
                    entry.ValueAt,
                    $"`{text}` does not say how stock is told.",
                    "Write `yes-no`, `low` (how many, when there are few) or `exact`."
                );
                return null;
        }
    }

    private static string? Currency(FrontMatterEntry entry, FindingList findings)
    {
        var text = Text(entry, findings)?.ToUpperInvariant();
        if (text is not null && !CurrencyCode().IsMatch(text))
        {
            findings.Error(entry.ValueAt, $"`{text}` is not a currency.", "Write its three letters: MYR, USD, EUR.");
            return null;
        }

        return text;
    }

    private static int? Days(FrontMatterEntry entry, FindingList findings)
    {
        if (Text(entry, findings) is not { } text)
        {
            return null;
        }

        var number = text.EndsWith(" days", StringComparison.OrdinalIgnoreCase) ? text[..^5] : text;
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 3650)
        {
            return days;
        }

        findings.Error(entry.ValueAt, $"`{entry.Key.Text}` is `{text}`.", "Write a whole number of days, 0 to 3650.");
        return null;
    }

    private static TimeSpan? AnswerWithin(FrontMatterEntry entry, FindingList findings)
    {
        var text = Text(entry, findings);
        var parts = AmountOfTime().Match(text ?? "");
        if (parts.Success && double.TryParse(parts.Groups["count"].Value, CultureInfo.InvariantCulture, out var count))
        {
            var minutes = count * parts.Groups["unit"].Value switch { "minute" => 1, "hour" => 60, _ => 24 * 60 };
            if (minutes is >= 15 and <= 7 * 24 * 60)
            {
                return TimeSpan.FromMinutes(minutes);
            }
        }

        findings.Error(entry.ValueAt, $"`answer_within` is `{text}`.", "Write opening time from 15 minutes to 7 days: `4 hours`.");
        return null;
    }

    private static FactExpression? Vip(FrontMatterEntry entry, FactVocabulary vocabulary, FindingList findings)
    {
        if (Text(entry, findings) is not { } text)
        {
            return null;
        }

        var (expression, broken) = FactExpressionParser.Parse(text);
        List<ParseError> slips = expression is null ? [broken!] : [.. FactExpressionParser.Check(expression, vocabulary)];
        foreach (var slip in slips)
        {
            findings.Error(entry.ValueAt + slip.At, slip.Problem, slip.Remedy);
        }

        if (expression?.Names.Contains("customer.vip") == true)
        {
            findings.Error(entry.ValueAt, "The VIP rule asks for itself.", "Write it with other facts: customer.orders >= 5.");
        }

        return slips.Count == 0 ? expression : null;
    }

    private static OpeningHours HoursOf(IReadOnlyList<FrontMatterEntry> entries, FindingList findings)
    {
        var zone = TimeZoneInfo.Utc;
        if (
            entries.FirstOrDefault(entry => entry.Key.Text == "time_zone") is { Scalar: { Text.Length: > 0 } name }
            && !TimeZoneInfo.TryFindSystemTimeZoneById(name.Text, out zone)
        )
        {
            findings.Error(
                name.At,
                $"`{name.Text}` is not a time zone that this computer knows.",
                "Write it like Asia/Kuala_Lumpur or Europe/Berlin."
            );
            zone = TimeZoneInfo.Utc;
        }

        return OpeningHoursKeys.Read(
            zone,
            entries.FirstOrDefault(entry => entry.Key.Text == "opening_hours"),
            entries.FirstOrDefault(entry => entry.Key.Text == "closed_on"),
            findings
        );
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}$")]
    private static partial Regex ExtraKey();

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex CurrencyCode();

    [GeneratedRegex(@"^(?<count>\d{1,5}(\.\d{1,3})?)\s*(?<unit>minute|hour|day)s?$")]
    private static partial Regex AmountOfTime();
}
