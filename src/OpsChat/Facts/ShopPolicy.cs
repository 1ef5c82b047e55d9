namespace OpsChat.Facts;

/// <summary>What the shop's owner laid down and facts are computed with.</summary>
/// <param name="TimeZone">Days are days of this zone.</param>
/// <param name="Currency">ISO 4217; of amounts that name no currency.</param>
/// <param name="ReturnWindowDays">A return may be asked for up to this many days after the day of delivery; null when the shop states
/// none.</param>
/// <param name="HandlingDays">Working days from payment to dispatch; null when the shop states none.</param>
/// <param name="TransitDays">Working days from dispatch to delivery; null when the shop promises none, and then no day of delivery is
/// computed.</param>
/// <param name="IsVip">The VIP rule, asked with the order's and customer's facts; null when the shop has none.</param>
public sealed record ShopPolicy(
    TimeZoneInfo TimeZone,
    string Currency,
    int? ReturnWindowDays = null,
    int? HandlingDays = null,
    int? TransitDays = null,
    Func<FactSet, bool>? IsVip = null)
{
    /// <summary>The shop's address on the web, from which product pages follow; null when it is not known.</summary>
    public string? Url { get; init; }

    /// <summary>Whether an e-mail address is one of the shop's own, by the address of its page.</summary>
    public bool IsOwnAddress(string email)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var page) || email.LastIndexOf('@') is var at && at < 0)
        {
            return false;
        }

        var host = page.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? page.Host[4..] : page.Host;
        return email[(at + 1)..].Equals(host, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether customers are told how many pieces are left.</summary>
    public StockWording Stock { get; init; } = StockWording.Low;

    /// <summary>Whether dates such as 03/04/2026 in the shop's files put the day first; null when nobody said.</summary>
    public bool? DayFirst { get; init; }

    /// <summary>Whether the shop works on a day; Monday to Friday where nobody said.</summary>
    public Func<DateOnly, bool> IsOpenDay { get; init; } = day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The <paramref name="count"/>th open day after a day: what a shop means by "within two days".</summary>
    public DateOnly AfterOpenDays(DateOnly day, int count)
    {
        // A shop that is never open packs on any day.
        for (var looked = 0; count > 0; looked++)
        {
            day = day.AddDays(1);
            count -= IsOpenDay(day) || looked > MostClosedDays ? 1 : 0;
        }

        return day;
    }

    private const int MostClosedDays = 366;

    /// <summary>The calendar day of a moment in the shop's time zone.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, TimeZone).DateTime);
}

/// <summary>What customers are told of the pieces on hand; <c>stock_wording</c> in <c>_shop.md</c>.</summary>
public enum StockWording
{
    /// <summary>Only whether there are any.</summary>
    YesNo,

    /// <summary>How many, when they are fewer than <see cref="DerivedFacts.FewPieces"/> or than were asked for.</summary>
    Low,

    /// <summary>Always how many.</summary>
    Exact,
}
