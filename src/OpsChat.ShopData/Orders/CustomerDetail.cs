namespace OpsChat.ShopData.Orders;

/// <summary>The buyer's details as proof: what is masked proves nothing.</summary>
internal static class CustomerDetail
{
    private const int FewestDigits = 6;

    /// <summary>Lower case, without invisible characters and with a plain apostrophe; null when it is masked or no address.</summary>
    public static string? Email(string written)
    {
        var email = string.Concat(
                written.Where(c => !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)
            )
            .Replace('’', '\'')
            .Replace('‘', '\'')
            .ToLowerInvariant();
        return email.Contains('@', StringComparison.Ordinal) && !email.Contains('*', StringComparison.Ordinal) ? email : null;
    }

    /// <summary>The last four digits; null when digits are hidden or there are too few of them.</summary>
    public static string? PhoneEnding(string written)
    {
        var digits = string.Concat(written.Where(char.IsAsciiDigit));
        var isMasked = written.Any(c =>
            c is '*' or '•' or '#' or '_' || char.ToLowerInvariant(c) == 'x' && !written.Contains("ext", StringComparison.OrdinalIgnoreCase)
        );
        return isMasked || digits.Length < FewestDigits || Values.CellNumber.IsDamagedId(written) ? null : digits[^4..];
    }
}
