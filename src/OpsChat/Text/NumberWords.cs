using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>
/// Numbers that are spelled out in the shop's languages: en, ms, id, th, vi, tl, zh, with those that its customers mix in. Lower case; Vietnamese
/// with its accents, since without them half of its numbers are words of other languages.
/// </summary>
public static class NumberWords
{
    // An underscore stands for a space within a word.

    /// <summary>How much a word after a figure multiplies it by: <c>5k</c>, <c>2 juta</c>.</summary>
    public static IReadOnlyDictionary<string, decimal> Scales { get; } = Numbers(
        (100, "hundred ratus trăm ร้อย 百 佰 daan daang"), (1_000, "k thousand grand ribu rb nghìn ngàn พัน 千 仟 libo libong hazaar hazar"),
        (10_000, "หมื่น 万 萬"), (100_000, "แสน lakh lac"), (1_000_000, "mn mio million juta jt triệu tr ล้าน milyon"),
        (10_000_000, "crore"), (100_000_000, "亿 億"), (1_000_000_000, "billion bn miliar milyar tỷ"));

    private static readonly (decimal Value, string Words)[] s_rows =
    [
        (0, "zero kosong nol sifar không sero ศูนย์ 零 〇"),
        (1, "a an one satu một isang หนึ่ง เอ็ด 一 壹 ek"),
        (2, "two dua hai dalawang dalawa สอง ยี่ 二 两 兩 贰 貳"),
        (3, "three tiga ba tatlong tatlo สาม 三 叁 參"),
        (4, "four empat bốn tư apat สี่ 四 肆 chaar"),
        (5, "five lima năm lăm limang ห้า 五 伍 paanch panch"),
        (6, "six enam sáu anim หก 六 陆 陸"),
        (7, "seven tujuh bảy pitong pito เจ็ด 七 柒"),
        (8, "eight lapan delapan tám walong walo แปด 八 捌 aath"),
        (9, "nine sembilan chín siyam เก้า 九 玖 nau"),
        (10, "ten sepuluh mười sampung sampu belas puluh mươi สิบ 十 拾"),
        (11, "eleven sebelas"),
        (12, "twelve dozen"),
        (13, "thirteen"),
        (14, "fourteen"),
        (15, "fifteen"),
        (16, "sixteen"),
        (17, "seventeen"),
        (18, "eighteen"),
        (19, "nineteen"),
        (20, "twenty dalawampu dalawampung bente"),
        (30, "thirty tatlumpu tatlumpung trenta"),
        (40, "forty fourty apatnapu apatnapung kwarenta"),
        (50, "fifty limampu limampung singkwenta pachas"),
        (60, "sixty animnapu animnapung"),
        (70, "seventy pitumpu pitumpung"),
        (80, "eighty walumpu walumpung"),
        (90, "ninety siyamnapu siyamnapung"),
        (100, "hundred ratus seratus trăm sandaan sandaang daan daang ร้อย 百 佰"),
        (1_000, "thousand grand ribu seribu nghìn ngàn libo libong sanlibo sanlibong พัน 千 仟 hazaar hazar"),
        (10_000, "หมื่น 万 萬"),
        (100_000, "แสน lakh lac"),
        (1_000_000, "million juta sejuta triệu ล้าน milyon"),
        (10_000_000, "crore"),
        (100_000_000, "亿 億"),
        (1_000_000_000, "billion miliar milyar tỷ"),
    ];

    /// <summary>Number words and their values; <see cref="Multipliers"/> multiply what stands before them.</summary>
    public static IReadOnlyDictionary<string, decimal> Values { get; } = Numbers(s_rows);

    /// <summary>Those that multiply what stands before them, and mean one of their kind alone.</summary>
    public static IReadOnlySet<string> Multipliers { get; } =
        FrozenSet.Create(
            (
                "puluh mươi สิบ 十 拾 hundred ratus trăm daan daang ร้อย 百 佰 thousand grand ribu nghìn ngàn libo libong พัน 千 仟 หมื่น 万 萬 "
                    + "แสน million juta triệu ล้าน milyon "
                + "hazaar hazar lakh lac crore 亿 億 billion miliar milyar tỷ dozen"
            ).Split(' ')
        );

    private static readonly Regex s_word = new(WordPattern.Of(Values.Keys), RegexOptions.CultureInvariant | RegexOptions.Compiled);

    /// <summary>"two hundred and fifty" is 250, "seratus lima puluh" 150, 二千五百万 25 million. What is no number word is passed over.</summary>
    public static decimal Value(string words)
    {
        // Tens and hundreds multiply the digit before them, thousands and more all that stands before them and is not larger.
        var parts = new Stack<(decimal Amount, decimal Unit)>();
        decimal hundreds = 0, digit = 0;
        foreach (var word in s_word.Matches(words).Select(match => match.Value))
        {
            var value = Values[word];
            var multiplies = Multipliers.Contains(word);
            if (value >= 1000)
            {
                var group = hundreds + digit;
                while (multiplies && parts.TryPeek(out var smaller) && smaller.Unit <= value)
                {
                    group += parts.Pop().Amount;
                }

                parts.Push((multiplies ? Math.Max(group, 1) * value : group + value, value));
                (hundreds, digit) = (0, 0);
            }
            else if (multiplies)
            {
                (hundreds, digit) = (digit == 0 && hundreds > 0 && value >= 100 ? hundreds * value : hundreds + (Math.Max(digit, 1) * value), 0);
            }
            else
            {
                (hundreds, digit) = value >= 100 ? (hundreds + digit + value, 0) : (hundreds, digit + value);
            }
        }

        return parts.Sum(part => part.Amount) + hundreds + digit;
    }

    private static FrozenDictionary<string, decimal> Numbers(params (decimal Value, string Words)[] rows) =>
        rows.SelectMany(row => row.Words.Split(' ').Select(word => KeyValuePair.Create(word.Replace('_', ' '), row.Value)))
            .ToFrozenDictionary(StringComparer.Ordinal);
}
