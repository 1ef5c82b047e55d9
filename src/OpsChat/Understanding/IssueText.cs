using System.Text.RegularExpressions;

namespace OpsChat.Understanding;

/// <summary>
/// The part of a message that tells what it is about. Order numbers and addresses say who asks, not what: left in, they make a plain
/// request look unlike every example.
/// </summary>
static partial class IssueText
{
    /// <summary>The text without such details; as it is when nothing else would be left.</summary>
    public static string Of(string text)
    {
        // Single spaces first: a run of them that several parts of a pattern could share would be tried in every split.
        var plain = Spaces().Replace(text, " ");
        var rest = Spaces()
            .Replace(Telephone().Replace(OrderNumber().Replace(ForOrder().Replace(Email().Replace(plain, " "), " "), " "), " "), " ")
            .Trim(' ', ',', ';', '-', '(', ')');
        rest = WithoutNumbers(rest, EntityExtractor.Read(text).OrderNumbers);
        var said = Courtesy().Replace(Greeting().Replace(rest, ""), "");
        return said.Length > 0 ? said : rest.Length > 0 ? rest : text;
    }

    /// <summary>A bare number that is read as an order's ("Status of 4047?") says no more than the word would.</summary>
    private static string WithoutNumbers(string text, IReadOnlyList<string> numbers)
    {
        // "Order" alone would be near to a playbook; a number alone may also be a postcode, and asks for nothing.
        if (numbers.Count == 0 || !numbers.Aggregate(Greeting().Replace(text, ""), WithoutNumber).Any(char.IsLetter))
        {
            return text;
        }

        foreach (var number in numbers)
        {
            text = Regex.Replace(
                text,
                $@"(?:\border )?(?<!\w){Regex.Escape(number.TrimStart('#'))}(?!\w)",
                "order",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
            );
        }

        return text;
    }

    private static string WithoutNumber(string text, string number) => text.Replace(number.TrimStart('#'), "", StringComparison.OrdinalIgnoreCase);

    // With the words that lead up to it: "(my e-mail is a@b.com)", ", email a@b.com".
    [GeneratedRegex(
        @"[ ,;(]{0,8}\b(?:and |dan )?(?:my )?(?:(?:e-?mail|emel|mel)(?: (?:address|saya))?)? ?(?:is|ialah|:|=)? ?[^\s@(]{1,64}@[^\s@)]{1,190}\)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Email();

    // A bare number must look like an order's: "for 100" is an amount, and ten digits are a telephone.
    [GeneratedRegex(
        @"\b(?:for|on|untuk|bagi) (?:my |the )?(?:(?:(?:order|pesanan) (?:(?:no\.?|number|nombor) ?)?#?|(?:no\.?|number|nombor) ?#?|#) "
            + @"?[a-z]{0,3}\d{3,12}|[a-z]{0,3}\d{4,9})\b(?!\s?[£$€₹%])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex ForOrder();

    [GeneratedRegex(@"#\s?[a-z]{0,3}\d{3,12}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OrderNumber();

    // "phone ends 8722", "hp 0185357274", "last 4 digits of my phone: 7903".
    [GeneratedRegex(
        @"[ ,;(]{0,4}\b(?:and |dan )?(?:my |no |nombor )?(?:phone|telephone|mobile|hp|ph|tel|telefon|telepon|last (?:4|four)(?: digits?)?"
            + @"|akhir telefon)\b[^\d\n]{0,30}\d[\d -]{3,14}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Telephone();

    // "Salam, order saya", "ok how do i order": what leads up to a question is near to words that it only looks like.
    [GeneratedRegex(
        @"^(?:(?:ok|okay|okey|oke|oh|alright|hi|hai|hello|helo|hey|salam|assalamualaikum|selamat (?:pagi|petang|malam|tengah ?hari)"
            + @"|good (?:morning|afternoon|evening|day))"
            + @"(?: there| all| team| kak| bos| boss| sis| bro| admin| sir| madam| semua| sejahtera)?[\s,.!~]+)+(?=\S)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Greeting();

    // "老板，请问…呢": what Chinese puts before and after a question out of politeness. Without spaces it would be read with the words beside it.
    [GeneratedRegex(@"^(?:(?:请问一下|请问|請問|你好|您好|老板娘|老板|老闆|麻烦您|麻烦你|麻烦|不好意思|哈喽|嗨)[\s,，.。!！~～]*)+(?=\S)|(?<=\S)[呢啊呀哦喔啦咯哈][?？!！~～。.\s]*$")]
    private static partial Regex Courtesy();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
