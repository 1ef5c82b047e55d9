using System.Text.RegularExpressions;

namespace OpsChat.Learning;

/// <summary>
/// Finds where in a text a person's name or address stands, by what stands around it and not by what it says: behind "my name is", behind the
/// greeting, at the end behind the thanks, beside a house number or a postcode. So a name that many customers have is found too, written in small
/// letters or in a script that has none.
/// </summary>
internal static partial class PersonalPlaces
{
    // A name has up to so many words, a street and its town up to so many beside a number.
    private const int MostOfName = 4, MostOfSignature = 2, MostBehindNumber = 4, MostBeforeNumber = 2;

    /// <param name="text">Normalised. What has a digit, an @ or a link in it may be masked already.</param>
    /// <param name="words">The text's words in order, without those that have a digit.</param>
    /// <param name="isGeneral">Words of the language or the shop, which end a name.</param>
    /// <param name="withAddresses">Also what stands beside numbers.</param>
    /// <returns>Which of the words stand where a name or an address stands, by index.</returns>
    public static IReadOnlySet<int> In(string text, IReadOnlyList<Match> words, Func<string, bool> isGeneral, bool withAddresses)
    {
        HashSet<int> found = [];
        foreach (Match frame in Introduction().Matches(text))
        {
            Follow(words.TakeWhile(word => word.Index < frame.Index + frame.Length).Count(), MostOfName, frame.Index + frame.Length);
        }

        if (GreetedName().Match(text) is { Success: true } greeted)
        {
            Inside(greeted.Groups["name"]);
        }

        if (Signature().Match(text) is { Success: true } signed)
        {
            Inside(signed.Groups["name"]);
        }

        for (var i = 0; withAddresses && i < words.Count; i++)
        {
            if (IsNumber(Gap(i)))
            {
                Follow(i, MostBehindNumber, words[i].Index);
            }

            for (var back = i; IsNumber(Gap(i + 1)) && back > i - MostBeforeNumber && back >= 0 && !isGeneral(words[back].Value); back--)
            {
                found.Add(back);
                if (!IsJoint(Gap(back)))
                {
                    break;
                }
            }
        }

        return found;

        // What stands before a word, up to the word before it.
        string Gap(int word)
        {
            var (from, to) = (word == 0 ? 0 : words[word - 1].Index + words[word - 1].Length, word == words.Count ? text.Length : words[word].Index);
            return text[from..to];
        }

        void Follow(int from, int most, int start)
        {
            for (var i = from; i < words.Count && i < from + most && !isGeneral(words[i].Value); i++)
            {
                if (i == from ? !IsJoint(text[start..words[i].Index]) : !IsJoint(Gap(i)))
                {
                    break;
                }

                found.Add(i);
            }
        }

        void Inside(Group place)
        {
            var here = Enumerable.Range(0, words.Count)
                .Where(i => words[i].Index >= place.Index && words[i].Index < place.Index + place.Length).ToList();
            // "Thanks for your help": where a word of the language stands, it is a sentence.
            if (here.Count <= MostOfSignature && !here.Exists(i => isGeneral(words[i].Value)))
            {
                found.UnionWith(here);
            }
        }
    }

    private static bool IsNumber(string gap) => gap.Contains(CommonWords.Mask, StringComparison.Ordinal) || gap.Any(char.IsDigit);

    private static bool IsJoint(string gap) => gap.All(c => " ,.:'’-".Contains(c, StringComparison.Ordinal) || c == CommonWords.Mask[0]);

    // "I am" comes before many words; before one or two and then a comma, an "and" or a "here", it is a name.
    [GeneratedRegex(
        @"(?<![\p{L}\p{M}])(?:(?:(?:my|the|customer|full) name(?:'s| is|:)|(?:name|nama|nombre|nome|nom|naam|imię|tên|pangalan|имя|नाम"
            + @"|பெயர்|الاسم)\s*:|"
            + @"nama (?:saya|aku|penuh)(?: ialah| adalah)?|saya bernama|ich heiße|ich heisse|mein name ist|me llamo|mi nombre es|je "
            + @"m'appelle|mon nom est|"
            + @"mi chiamo|(?:o )?meu nome [ée]|me chamo|mijn naam is|ik heet|jag heter|jeg heter|mera naam|mera nam|tên (?:tôi|mình|em|anh|chị) là|"
            + @"(?:tôi|mình|em) tên(?: là)?|(?:ang )?pangalan ko(?: po)?(?: ay)?|ako (?:po )?(?:ay )?si|nazywam się|mam na imię|jmenuji se"
            + @"|меня зовут|"
            + @"моё имя|benim adım|adım|मेरा नाम|என் பெயர்|اسمي)(?![\p{L}\p{M}])|"
            + @"(?:this is|it's|its|i am|i'm|saya|aku|soy|ich bin|je suis|io sono|eu sou|ako|main|я|ini|ben) (?=[\p{L}\p{M}'-]+(?: "
            + @"[\p{L}\p{M}'-]+){0,2}?"
            + @"(?:\s*[,.]| (?:here|speaking|calling|and|from|nak|mau|mahu|ingin|boleh|dan|dari|y|de|und|aus|et|e|aur|и|ve)(?![\p{L}\p{M}]))))|"
            + @"ผมชื่อ|ดิฉันชื่อ|หนูชื่อ|ฉันชื่อ|ชื่อ|我叫|我是|我姓|我的名字是|名字[是:]|姓名[是:]?|收件人[是:]?|私の名前は|名前は|제 이름은",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Introduction();

    [GeneratedRegex(
        @"^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hai|halo|helo|hallo|selamat \p{L}+|salam|chào|xin chào|kumusta"
            + @"|magandang \p{L}+|"
            + @"hola|bonjour|ciao|olá|привет|namaste|नमस्ते)\s+(?:(?:mr|mrs|ms|miss|encik|cik|puan|kak|bang|pak|bu|mas|mbak|anh|chị|em|po"
            + @"|sir)\.?\s+)?"
            + @"(?<name>[\p{L}\p{M}'-]+(?: [\p{L}\p{M}'-]+)?)\s*[,!:\n]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex GreetedName();

    [GeneratedRegex(
        @"(?:(?<![\p{L}\p{M}])(?:thanks|thank you|thx|tq|tqvm|regards|cheers|sincerely|yours|love|terima kasih|makasih|trims|gracias"
            + @"|saludos|danke|grüße|gruß|"
            + @"merci|cordialement|grazie|obrigad[oa]|dank|salamat(?: po)?|cảm ơn|dhanyavaad?|shukriya|спасибо|teşekkürler|dziękuję|धन्यवाद"
            + @"|நன்றி|شكرا)"
            + @"[\s,.!-]+|[\n]\s*-?\s*|\s-\s?)(?<name>[\p{L}\p{M}'-]+(?:[ .]+[\p{L}\p{M}'-]+)?)[\s.!]*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Signature();
}
