using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace OpsChat.Canary;

/// <summary>
/// The words by which <see cref="EditJudge"/> tells substance from polish, in the shop's languages: English, Malay and Indonesian, Vietnamese,
/// Filipino, Chinese (single characters) and Thai.
/// </summary>
internal static partial class EditLexicon
{
    /// <summary>
    /// Words that matter. A line gives a kind and words; before an equals sign stands what they all mean, otherwise each means itself.
    /// </summary>
    private const string Words = """
        negation not = not no never out without neither nor none nothing unable
        negation not = dont doesnt didnt cant wont isnt arent wasnt hasnt havent
        negation not = tidak tak bukan belum jangan tanpa tiada không chưa chẳng hindi wala huwag 不 没 沒 无 無 未 别 非
        promise will = will akan sẽ 会 會
        promise shall should may might must guarantee guaranteed guarantees promise promised definitely certainly surely
        promise probably perhaps maybe usually normally possibly expect expected estimate estimated approximately
        promise only all every up least most free refund refunds refunded replace replacement exchange cancel cancelled
        promise return returned discount voucher
        promise pasti dijamin mungkin biasanya hanya percuma gratis boleh bisa pulangan hoàn 退 换 賠 赔
        time monday tuesday wednesday thursday friday saturday sunday today tonight yesterday tomorrow
        time before after within until since minute minutes hour hours day days week weeks month months year years
        time isnin selasa rabu khamis kamis jumaat jumat sabtu ahad minggu senin esok besok semalam kemarin lusa
        time sebelum selepas sesudah hingga dalam jam hari bulan tahun
        time mai trước sau trong giờ ngày tuần tháng bukas kahapon ngayon araw oras 今 明 昨 天 日 周 月 年 时
        figure 2 = two dua dalawa
        figure 3 = three tiga tatlo
        figure 4 = four empat bốn apat
        figure 5 = five lima năm
        figure 6 = six enam sáu anim
        figure 7 = seven tujuh bảy pito
        figure 8 = eight lapan delapan tám walo
        figure 9 = nine sembilan chín siyam
        figure 10 = ten sepuluh mười sampu
        figure MYR = rm myr ringgit
        figure IDR = rp idr rupiah
        figure VND = ₫ vnd
        figure THB = ฿ thb baht
        figure PHP = ₱ php
        figure $ € £ ¥ % usd sgd eur 元
        content parcel = parcel parcels package packages bungkusan
        content help = help assist support assistance
        content get = get receive
        content send = send sent ship shipped dispatched
        content item = item items product products barang
        content buy = buy purchase
        """;

    /// <summary>Words that change no meaning when they come or go.</summary>
    private const string LittleWords = """
        a an the this that these those it its he she they them we us our you your yours i me my mine is are was were be been being am
        has have had do does did of to in on at by with as and or so then than too also just very really quite currently kindly please
        hi hello hey dear good morning afternoon evening thank thanks ok okay sure yes great well here there which who what can could
        would sorry apologies apologize apologise unfortunately about into if when while
        saya kami kita anda awak kamu encik puan kak bang sis bro boss ini itu yang dan atau di ke dengan pada adalah ialah telah sudah
        sedang juga lah ya hai halo helo salam selamat pagi petang siang sore malam terima kasih makasih tolong sila silakan mohon maaf
        nya pun bạn mình em anh chị ạ nhé dạ vâng xin chào cảm ơn và của là thì đã đang cho với ở này đó
        po opo ang ng sa mga na ay ko mo ka kayo namin natin ito iyan salamat kumusta magandang umaga hapon gabi paki
        的 了 吗 呢 啊 吧 哦 呀 嗯 您 你 好 请 谢 感 亲 我 们 是 在 和
        """;

    private static readonly FrozenDictionary<string, KnownWord> Known =
        Words.Split('\n').SelectMany(Line)
            .Concat(Split(LittleWords).Select(word => KeyValuePair.Create(word, new KnownWord(EditWordKind.Little, word))))
            .DistinctBy(entry => entry.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Endings of politeness, taken off Thai runs; longer ones first.</summary>
    public static readonly string[] ThaiParticles = ["สวัสดี", "ขอบคุณ", "ครับ", "ค่ะ", "คะ", "นะ", "จ้า"];

    /// <summary>Phrases of courtesy that say nothing about the matter, greetings with a name among them.</summary>
    public static readonly Regex[] Courtesy =
    [
        Greeting(), LetMeKnow(), FeelFree(), NiceDay(), Apology(), Gratitude(), Signature(), MalayCourtesy(), VietnameseCourtesy(), ChineseCourtesy(),
    ];

    /// <summary>A word that is known to matter or known not to; null for any other.</summary>
    public static KnownWord? Look(string word) => Known.GetValueOrDefault(word);

    private static IEnumerable<KeyValuePair<string, KnownWord>> Line(string line)
    {
        var words = Split(line);
        var kind = Enum.Parse<EditWordKind>(words[0], ignoreCase: true);
        return words.Length > 2 && words[2] == "="
            ? words.Skip(3).Select(word => KeyValuePair.Create(word, new KnownWord(kind, words[1])))
            : words.Skip(1).Select(word => KeyValuePair.Create(word, new KnownWord(kind, word)));
    }

    private static string[] Split(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(
        @"^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hai|halo|helo|selamat \w+|salam|chào|xin chào|kumusta|magandang "
            + @"\w+)\b(?:\s+[\p{L}'-]+\.?){0,2}\s*[,!\n]",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Greeting();

    [GeneratedRegex(
        @"(?:just |please |do )?(?:let (?:me|us) know|reach out|contact us|message us|write to us|tell us)(?: again)? (?:if|should|when"
            + @"|with|for)[^.!?\n#\d]*(?:help|anything|question|questions|need|assist|assistance|else)\b[^.!?\n\d]{0,30}[.!?]?|(?:is there "
            + @")?anything else (?:i|we) can (?:help|do)[^.!?\n\d]*[.!?]?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex LetMeKnow();

    [GeneratedRegex(
        @"(?:please )?feel free to (?:ask|write|message|contact|reach)[^.!?\n\d]*[.!?]?|(?:i am|i'm|we are|we're) (?:always )?(?:here|happy"
            + @"|glad) to (?:help|assist)[^.!?\n\d]*[.!?]?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex FeelFree();

    [GeneratedRegex(
        @"(?:have|enjoy) (?:a |your |the )?(?:very )?(?:nice|great|good|lovely|wonderful|pleasant)? ?(?:day|evening|weekend|week|rest of "
            + @"your day)(?: ahead)?[.!]*|take care[.!]+|happy shopping[.!]*|you(?:'re| are) (?:most )?welcome[.!]*",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex NiceDay();

    [GeneratedRegex(
        @"(?:(?:we|i)(?: are|'re| am|'m)? )?(?:so |very |really |truly )?(?:sorry|apologi[sz]e|apologies|our apologies)(?: (?:for|about|to "
            + @"hear)(?: (?:the|this|that|any|your))*(?: (?:inconvenience|delay|trouble|wait|confusion|mistake|that|caused))*)?[.!,]*",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Apology();

    [GeneratedRegex(
        @"(?:many )?(?:thanks|thank you)(?: (?:so|very) much| a lot)?(?: (?:for (?:your |the )?(?:patience|understanding|message|order"
            + @"|reaching out|waiting|contacting us|writing|asking|shopping with us|question|support)|again|and)(?: and (?:patience"
            + @"|understanding))?)?[.!,]*|(?:we |i )?(?:really )?appreciate (?:your|the) (?:patience|understanding)[.!]*",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Gratitude();

    [GeneratedRegex(
        @"(?:best|kind|warm)(?: regards| wishes)?,?\s*\n?[^.!?\n\d]{0,30}$|(?:regards|cheers|sincerely),?\s*\n?[^.!?\n\d]{0,30}$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Signature();

    [GeneratedRegex(
        @"(?:mohon |minta )?maaf(?: (?:atas|untuk))?(?: (?:segala|sebarang))?(?: (?:kesulitan|ketidaknyamanan|kelewatan|keterlambatan)"
            + @"(?:nya)?(?: ini)?)?|terima kasih(?: (?:atas|kerana|karena) (?:kesabaran|menunggu|menghubungi kami|pengertian(?:nya)?)(?: "
            + @"anda)?)?|(?:beritahu|hubungi) kami (?:jika|kalau)[^.!?\n\d]*(?:bantuan|pertanyaan|soalan|lain)[^.!?\n\d]{0,20}",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex MalayCourtesy();

    [GeneratedRegex(
        @"xin lỗi(?: (?:bạn|anh|chị|quý khách))?(?: vì (?:sự )?(?:bất tiện|chậm trễ)(?: này)?)?|cảm ơn(?: (?:bạn|anh|chị|quý khách))?(?: "
            + @"đã (?:chờ|liên hệ|kiên nhẫn))?|chúc (?:bạn|anh|chị|quý khách)? ?(?:một )?ngày (?:tốt lành|vui vẻ)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex VietnameseCourtesy();

    [GeneratedRegex(
        "(?:非常)?(?:抱歉|对不起|不好意思)|(?:非常)?(?:谢谢|感谢)(?:您|你)?(?:的)?(?:耐心|理解|支持|等待)*|祝(?:您|你)?(?:生活愉快|购物愉快|愉快)|有(?:任何|其他)?问题(?:请)?(?:随时)?联系(?:我们"
            + "|我)|您好|你好|亲爱的"
    )]
    private static partial Regex ChineseCourtesy();
}

/// <summary>What the lexicon says of a word.</summary>
internal sealed record KnownWord(EditWordKind Kind, string Meaning);
