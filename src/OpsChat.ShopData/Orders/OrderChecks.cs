using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using OpsChat.Operations.History;
using OpsChat.ShopData.Tables;

namespace OpsChat.ShopData.Orders;

/// <summary>
/// What an order's addresses and the platform's own risk say, reduced to facts without the addresses themselves (OPERATIONS F11). Spelling,
/// punctuation, accents and the order of words make no difference.
/// </summary>
internal static partial class OrderChecks
{
    /// <summary>Fewer digits are no phone.</summary>
    private const int LeastPhoneDigits = 7;

    public static readonly Column Source = new("acquisition source", "Source", "Channel", "Source Name", "utm_source");
    private static readonly Column s_risk = new("risk", "Risk Level", "Risk", "Fraud risk");
    private static readonly Column s_billingCountry = new("billing country", "Billing Country", "Country (Billing)");
    private static readonly Column s_shippingCountry = new("shipping country", "Shipping Country", "Country (Shipping)");
    private static readonly Column s_billingCity = new("billing city", "Billing City", "City (Billing)");
    private static readonly Column s_shippingCity = new("shipping city", "Shipping City", "City (Shipping)");
    private static readonly Column s_billingZip = new("billing postcode", "Billing Zip", "Postcode (Billing)");
    private static readonly Column s_shippingZip = new("shipping postcode", "Shipping Zip", "Postcode (Shipping)");
    private static readonly Column s_billingName = new("billing name", "Billing Name");
    private static readonly Column s_shippingName = new("shipping name", "Shipping Name");
    private static readonly Column s_company = new("shipping company", "Shipping Company");
    private static readonly Column s_address = new("shipping address", "Shipping Address1", "Shipping Street", "Address 1 (Shipping)");
    private static readonly Column s_addressMore = new("second line of the address", "Shipping Address2");
    private static readonly Column s_phone = new("shipping phone", "Shipping Phone");

    private static readonly string[] s_throwAway =
        ["mailinator.com", "guerrillamail.com", "10minutemail.com", "temp-mail.org", "yopmail.com", "trashmail.com", "sharklasers.com", "getnada.com",
            "maildrop.cc", "dispostable.com"];

    public static IEnumerable<Column> Columns =>
    [
        Source, s_risk, s_billingCountry, s_shippingCountry, s_billingCity, s_shippingCity, s_billingZip, s_shippingZip, s_billingName,
            s_shippingName, s_company, s_address,
        s_addressMore, s_phone,
    ];

    /// <param name="text">What the order's rows say in a column.</param>
    public static OrderCheckFacts? Read(Func<Column, string?> text, string? email, FeedRow row)
    {
        if (!new[] { s_risk, s_billingCountry, s_shippingCountry, s_billingZip, s_shippingZip, s_address }.Any(row.Has))
        {
            return null;
        }

        var (billing, shipping) = (Country(text(s_billingCountry)), Country(text(s_shippingCountry)));
        // A code beside a name says nothing: no list of countries is kept.
        var differ = billing is not null && shipping is not null && billing != shipping && billing.Length == 2 == (shipping.Length == 2);
        var differences = new List<string>();
        if (differ)
        {
            differences.Add("country");
        }

        AddWhenDifferent(differences, "city", Plain(text(s_billingCity)), Plain(text(s_shippingCity)));
        AddWhenDifferent(differences, "postcode", Letters(text(s_billingZip)), Letters(text(s_shippingZip)));
        var place = string.Join(' ', new[] { text(s_shippingName), text(s_company), text(s_address), text(s_addressMore) }.OfType<string>());
        return new(
            text(s_risk)?.ToLowerInvariant(), differences, differ ? $"{billing}, {shipping}" : null, Forwarder().IsMatch(place), Faults(text, row),
            KeyOf(text(s_address), text(s_shippingZip)), email is null ? null
                : s_throwAway.Contains(email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..].ToLowerInvariant()),
            Missing(text, email));
    }

    /// <summary>The country of delivery as it is written; null when the file does not say.</summary>
    public static string? CountryOf(Func<Column, string?> text) => text(s_shippingCountry);

    /// <summary>Country, town and postcode of delivery in a plain form; null without a postcode.</summary>
    public static Destination? DestinationOf(Func<Column, string?> text) => Letters(text(s_shippingZip)) is { Length: > 0 } postcode
        ? new(Country(text(s_shippingCountry)) ?? "", Plain(text(s_shippingCity)), postcode) : null;

    private static List<string> Missing(Func<Column, string?> text, string? email)
    {
        var missing = new List<string>();
        void Say(bool isMissing, string what)
        {
            if (isMissing)
            {
                missing.Add(what);
            }
        }

        Say(text(s_risk) is null, "the platform's risk");
        Say(text(s_billingCountry) is null || text(s_shippingCountry) is null, "both countries");
        Say(text(s_address) is null, "the street");
        Say(email is null, "an e-mail");
        missing.Add("the card");
        return missing;
    }

    private static List<string> Faults(Func<Column, string?> text, FeedRow row)
    {
        var faults = new List<string>();
        if (text(s_address) is { } street && !street.Any(char.IsDigit) && text(s_addressMore)?.Any(char.IsDigit) != true)
        {
            faults.Add("no house number");
        }

        if (text(s_address) is { } line && PostBox().IsMatch(line))
        {
            faults.Add("a post box, which couriers refuse");
        }

        // A marketplace writes stars for what it does not tell.
        if (text(s_phone) is { } phone && !phone.Contains('*') && phone.Count(char.IsDigit) < LeastPhoneDigits)
        {
            faults.Add("a phone number that is too short");
        }

        if (row.Has(s_shippingZip) && text(s_shippingZip) is null && text(s_address) is not null)
        {
            faults.Add("no postcode");
        }

        return faults;
    }

    private static void AddWhenDifferent(List<string> differences, string what, string? one, string? other)
    {
        if (one is { Length: > 0 } && other is { Length: > 0 } && one != other)
        {
            differences.Add(what);
        }
    }

    /// <summary>Letters and digits, lower case, without accents, the words sorted.</summary>
    private static string Plain(string? text) => text is null ? "" : string.Concat(
        string.Concat(text.Normalize(NormalizationForm.FormKD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark))
            .ToLowerInvariant().Split([' ', ',', '.', '-', '/', '\''], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    private static string Letters(string? text) => text is null ? "" : string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>A code of two letters, or the country's name in plain letters; null when empty.</summary>
    private static string? Country(string? text) => text is null ? null : text.Trim() is { Length: 2 } code ? code.ToUpperInvariant() : Plain(text);

    private static string? KeyOf(string? street, string? postcode) => street is null ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Plain(street)}|{Letters(postcode)}")).AsSpan(0, 8));

    [GeneratedRegex(
        @"\b(freight|forward(er|ing)?|reship(per|ping)?|re-?forward\w*|parcel\s?hub|mail\s?drop|shipito|myus|stackry|planet\s?express|buyandship)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Forwarder();

    [GeneratedRegex(@"\bp\.?\s?o\.?\s?box\b|\bpeti\s+surat\b|\bpostfach\b|\bapartado\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PostBox();
}
