using System.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Drafting;

/// <summary>Takes card and account numbers out of a text before anything stores, shows or sends it.</summary>
public static partial class Redaction
{
    /// <summary>
    /// Cards (of a known network, right length and check digit), IBANs, numbers named as an account's and security codes become
    /// <c>[card ending 1111]</c>, <c>[account ending 6789]</c>, <c>[security code]</c>. Nothing else changes; a second pass changes nothing.
    /// </summary>
    public static string MaskCards(string text)
    {
        var masked = Card().Replace(text, m => IsCard(Digits(m.Value)) ? $"[card ending {Digits(m.Value)[^4..]}]" : m.Value);
        masked = Iban().Replace(masked, m => WithoutIban(m.Value));
        masked = Account().Replace(masked, m => $"{m.Groups["word"].Value}[account ending {Digits(m.Groups["number"].Value)[^4..]}]");
        return SecurityCode().Replace(masked, m => $"{m.Groups["word"].Value}[security code]");
    }

    private static bool IsCard(string digits) => HasNetwork(digits) && PassesLuhn(digits);

    /// <summary>Prefixes and lengths of the networks in ISO/IEC 7812 use; other long numbers are tracking and order numbers.</summary>
    private static bool HasNetwork(string d)
    {
        var two = int.Parse(d[..2]);
        var four = int.Parse(d[..4]);
        return d.Length switch
        {
            14 => two is 36 or 38 or 39 || four is >= 3000 and <= 3059,
            15 => two is 34 or 37,
            13 => d[0] == '4',
            >= 16 => d[0] == '4' || two is >= 51 and <= 55 or 62 or 65 or 35 || four is (>= 2221 and <= 2720) or 6011 or (>= 6440 and <= 6499),
            _ => false,
        };
    }

    /// <summary>ISO/IEC 7812-1, annex B: every second digit from the right is doubled, and the sum of digits is a multiple of ten.</summary>
    private static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var value = digits[^(i + 1)] - '0';
            var doubled = i % 2 == 0 ? value : value * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /// <summary>Words after the number look like its groups; the longest run of groups that is an IBAN is taken.</summary>
    private static string WithoutIban(string text)
    {
        var groups = text.Split(' ');
        for (var count = groups.Length; count > 0; count--)
        {
            var number = string.Concat(groups.Take(count));
            if (IsIban(number))
            {
                return string.Join(' ', groups.Skip(count).Prepend($"[account ending {number[^4..]}]"));
            }
        }
        return text;
    }

    /// <summary>ISO 13616: the country and check digits go to the end, letters count from 10, and the whole is 1 modulo 97.</summary>
    private static bool IsIban(string text)
    {
        var bare = text.ToUpperInvariant();
        if (bare.Length is < 15 or > 34)
        {
            return false;
        }
        var rest = 0;
        foreach (var c in bare[4..] + bare[..4])
        {
            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }
        return rest == 1;
    }

    /// <summary>ASCII digits of the text, whatever script they are written in.</summary>
    private static string Digits(string text)
    {
        StringBuilder digits = new(text.Length);
        foreach (var c in text.Where(char.IsDigit))
        {
            digits.Append((int)char.GetNumericValue(c));
        }
        return digits.ToString();
    }

    [GeneratedRegex(@"(?<![\d\p{L}#])\d(?:[ .\u00A0\u200B\-]{0,2}\d){12,18}(?![\d\p{L}])")]
    private static partial Regex Card();

    [GeneratedRegex(@"(?<![\p{L}\d])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}(?![\p{L}\d])")]
    private static partial Regex Iban();

    [GeneratedRegex(
        @"(?<word>(?:\bacc(?:ount|t)?\b|\ba/c\b|\bakaun\b|\brekening\b|\bno ?rek\b|tài khoản|\bstk\b|บัญชี|账号|賬號|帐号|账户|卡号|\biban\b)(?:\s*"
            + @"(?:bank|no|number|num|nombor|nomor|số|is|ialah|adalah|เลขที่|[:.#]))*\s*(?:[A-Za-z]{2,12}\s+)?)(?<number>\d(?:[ \-]?\d){7,19})(?!\d)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Account();

    [GeneratedRegex(
        @"(?<word>\b(?:cvv2?|cvc2?|csc|security code|kod keselamatan)\b\s{0,9}(?:is|ialah|no|number|:|=)?\s{0,9})\d{3,4}(?!\d)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex SecurityCode();
}
