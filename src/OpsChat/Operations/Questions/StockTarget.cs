using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>A day until which stock has to last: of a campaign, a holiday, a sale that has its day in the year, or as it is named.</summary>
/// <param name="Until">The last day, inclusive; null for a holiday whose day differs from year to year.</param>
/// <param name="Name">As it is said back.</param>
/// <param name="Campaign">The calendar's entry; null when none is meant.</param>
public sealed partial record StockTarget(DateOnly? Until, string Name, CampaignRow? Campaign)
{
    private const int ThursdayBeforeBlackFriday = 4;

    /// <summary>Null when the question names none; then its period counts.</summary>
    public static StockTarget? Of(string question, ShopMoment shop)
    {
        var text = $" {QuestionNames.Plain(question)} ";
        var campaigns = shop.Campaigns.Where(c => c.To >= shop.Today).OrderBy(c => c.From).ToList();
        if ((campaigns.Find(c => Names(text, c.Name)) ?? (AnyCampaign().IsMatch(text) ? campaigns.FirstOrDefault() : null)) is { } campaign)
        {
            return new(campaign.To, campaign.Name, campaign);
        }

        if (text.Contains(" black friday ", StringComparison.Ordinal))
        {
            return new(BlackFriday(shop.Today), "Black Friday", null);
        }

        if (DoubleDay().Match(question) is { Success: true } day
            && int.Parse(day.Groups[1].Value, CultureInfo.InvariantCulture) is var month and >= 1 and <= 12)
        {
            return new(Holidays.Next((month, month), shop.Today), day.Value, null);
        }

        return Holidays.Read(question) is not { } holiday ? null
            : new(holiday.On is { } on ? Holidays.Next(on, shop.Today) : null, CultureInfo.InvariantCulture.TextInfo.ToTitleCase(holiday.Name), null);
    }

    /// <summary>The question without the words that name it.</summary>
    public string Without(string question)
    {
        var own = QuestionNames.Plain(Name).Split(' ');
        return string.Join(' ', question.Split(' ').Where(w =>
            QuestionNames.Plain(w).Split(' ', StringSplitOptions.RemoveEmptyEntries) is not { Length: > 0 } parts || !parts.All(own.Contains)));
    }

    /// <summary>A whole name, or a word of it that is no everyday word: "christmas" for "Christmas sale 2026".</summary>
    private static bool Names(string text, string campaign) => text.Contains($" {QuestionNames.Plain(campaign)} ", StringComparison.Ordinal)
        || QuestionNames.Plain(campaign).Split(' ').Any(w => w.Length > 2 && !w.All(char.IsAsciiDigit) && !QuestionVocabulary.IsFunction(w)
            && !QuestionVocabulary.IsTalk(w) && text.Contains($" {w} ", StringComparison.Ordinal));

    private static DateOnly BlackFriday(DateOnly today)
    {
        DateOnly In(int year)
        {
            var first = new DateOnly(year, 11, 1);
            return first.AddDays((ThursdayBeforeBlackFriday - (int)first.DayOfWeek + 7) % 7 + 21 + 1);
        }

        return In(today.Year) >= today ? In(today.Year) : In(today.Year + 1);
    }

    [GeneratedRegex(" (?:campaign|promotion|promo|sale|event|launch) ")]
    private static partial Regex AnyCampaign();

    [GeneratedRegex(@"(?<![\d.])(\d{1,2})\.\1(?![\d.])")]
    private static partial Regex DoubleDay();
}
