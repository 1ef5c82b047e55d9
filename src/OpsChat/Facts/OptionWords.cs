using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>What kind of option a word names.</summary>
internal enum OptionKind { Colour, Size, Material }

/// <summary>
/// Words for colours, sizes and materials in the shop's languages (en, ms, id, zh, th, vi, tl), grouped by what they mean, so that "zaitun" finds
/// the olive one and "pink" is known as a colour where there is none. A "+" joins the words of a phrase. Folded as <see cref="PlainText.Fold"/>
/// does.
/// </summary>
internal static partial class OptionWords
{
    /// <summary>The longest phrase, in words.</summary>
    public const int LongestPhrase = 3;

    private static readonly (OptionKind Kind, string[] Groups)[] s_rows =
    [
        (
            OptionKind.Colour,
            [
                "black hitam itim den màu+đen 黑 黑色 ดำ สีดำ",
                "white putih puti màu+trắng 白 白色 ขาว สีขาว",
                "red merah pula màu+đỏ 红色 แดง สีแดง",
                "blue biru asul 蓝 蓝色 ฟ้า สีฟ้า น้ำเงิน",
                "navy navy+blue biru+tua biru+gelap dark+blue 深蓝 深蓝色 海军蓝 藏青 藏青色",
                "green hijau ijo berde 绿 绿色 เขียว สีเขียว",
                "olive olive+green zaitun hijau+zaitun 橄榄 橄榄色 橄榄绿",
                "yellow kuning dilaw màu+vàng 黄 黄色 เหลือง สีเหลือง",
                "pink merah+jambu merah+muda rosas màu+hồng 粉 粉色 粉红 粉红色 ชมพู สีชมพู",
                "purple violet ungu màu+tím 紫 紫色 ม่วง สีม่วง",
                "lilac lavender",
                "orange oren jingga oranye kahel 橙色 橘色 ส้ม สีส้ม",
                "brown coklat cokelat tsokolate màu+nâu 棕 棕色 咖啡色 น้ำตาล สีน้ำตาล",
                "grey gray kelabu abu abu-abu abuhin màu+xám 灰 灰色 เทา สีเทา",
                "beige 米色 เบจ",
                "cream krim krem 奶油色 ครีม สีครีม",
                "gold golden emas ginto 金 金色 ทอง สีทอง",
                "silver perak pilak màu+bạc 银 银色 สีเงิน",
                "maroon burgundy merah+hati merah+tua 酒红 酒红色 栗色 褐红色",
                "turquoise firus tosca 绿松石 松石绿",
                "teal",
                "mint hijau+pudina 薄荷绿",
                "peach pic persik 桃色 蜜桃色",
                "sage",
                "rose",
                "mustard",
                "emerald zamrud",
                "terracotta terakota 赤陶 赤陶色",
                "copper tembaga 铜",
                "ivory gading 象牙白 象牙色",
                "khaki 卡其 卡其色",
                "coral karang 珊瑚 珊瑚色",
                "indigo nila 靛蓝 靛蓝色 靛青",
                "cyan",
                "magenta",
                "charcoal 炭灰 炭灰色",
                "transparent lutsinar bening 透明",
            ]
        ),
        (
            OptionKind.Material,
            [
                "wood wooden kayu kahoy bằng+gỗ 木 木头 木质 木制 实木 ไม้",
                "walnut",
                "steel stainless stainless+steel keluli keluli+tahan+karat baja 不锈钢 钢",
                "metal logam besi 金属 铁 เหล็ก",
                "glass kaca 玻璃 แก้ว",
                "bamboo buluh bambu 竹 竹子 竹制",
                "leather kulit 皮 皮革 真皮 皮制 หนัง",
                "cotton kapas katun 棉 棉质 纯棉 全棉 ผ้าฝ้าย",
                "linen kain+linen 亚麻 麻布",
                "silk sutera sutra 丝绸 真丝 丝",
                "wool woollen woolen bulu bulu+biri-biri 羊毛",
                "plastic plastik 塑料 พลาสติก",
                "ceramic seramik keramik 陶瓷 陶 瓷",
                "stoneware batu+tembikar 炻瓷 粗陶 石陶",
                "porcelain porselin porselen 瓷 瓷器 骨瓷",
                "clay earthenware tanah+liat tembikar 黏土 粘土 陶土 紫砂 泥",
                "enamel enamelled 搪瓷 珐琅",
                "canvas kanvas 帆布",
                "jute guni 黄麻",
                "denim jean 牛仔",
                "velvet baldu beludru 丝绒 天鹅绒",
                "lace renda 蕾丝",
                "brass loyang kuningan 黄铜",
                "pearl mutiara 珍珠",
                "jade jed 玉 翡翠",
                "marble marmar marmer 大理石",
                "paper kertas 纸 纸质",
                "rattan rotan 藤 藤编 藤制",
                "polyester poliester",
                "nylon",
            ]
        ),
        (
            OptionKind.Size,
            [
                "xs extra+small",
                "s small kecil maliit 小 小号 小码",
                "m medium sederhana sedang 中 中号 中码",
                "l large big besar malaki 大 大号 大码",
                "xl extra+large",
                "xxl 2xl double+xl",
                "xxxl 3xl",
                "4xl",
                "5xl",
            ]
        ),
    ];

    private static readonly FrozenDictionary<string, (OptionKind Kind, string Meaning)> s_known = s_rows
        .SelectMany(row => row.Groups.Select(group => (row.Kind, Words: group.Split(' '))))
        .SelectMany(group => group.Words.Select(word => (Word: PlainText.Fold(word.Replace('+', ' ')), group.Kind, Meaning: group.Words[0])))
        .DistinctBy(entry => entry.Word).ToFrozenDictionary(entry => entry.Word, entry => (entry.Kind, entry.Meaning), StringComparer.Ordinal);

    private static readonly ILookup<string, string> s_words = s_known.ToLookup(word => word.Value.Meaning, word => word.Key);

    private static readonly FrozenSet<string> s_names = FrozenSet.Create(
        StringComparer.Ordinal,
        "size",
        "sizes",
        "saiz",
        "ukuran",
        "sz",
        "colour",
        "color",
        "colours",
        "colors",
        "warna",
        "kaler",
        "kulay",
        "design",
        "pattern",
        "corak",
        "motif",
        "material",
        "bahan",
        "style",
        "version"
    );

    /// <summary>All words and phrases, folded.</summary>
    public static IReadOnlySet<string> All { get; } = s_known.Keys.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The kind and the meaning of a folded word or phrase; null when it names no option.</summary>
    public static (OptionKind Kind, string Meaning)? Of(string phrase) => s_known.TryGetValue(phrase, out var known) ? known : null;

    // What is made of the one is made of the other too: who asks for wood may have the walnut one.
    private static readonly FrozenDictionary<string, string> s_kinds = new Dictionary<string, string>
    {
        ["walnut"] = "wood",
        ["bamboo"] = "wood",
        ["rattan"] = "wood",
        ["steel"] = "metal",
        ["copper"] = "metal",
        ["brass"] = "metal",
        ["silver"] = "metal",
        ["gold"] = "metal",
        ["stoneware"] = "ceramic",
        ["porcelain"] = "ceramic",
        ["clay"] = "ceramic",
        ["navy"] = "blue",
        ["olive"] = "green",
        ["sage"] = "green",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a value's meaning is what was asked for, or a kind of it.</summary>
    public static bool IsKindOf(string? meaning, string asked) =>
        meaning is not null && (meaning == asked || (s_kinds.TryGetValue(meaning, out var kind) && kind == asked));

    /// <summary>The words of a meaning, folded.</summary>
    public static IEnumerable<string> SameAs(string meaning) => s_words[meaning];

    /// <summary>The meanings that are a kind of this one.</summary>
    public static IEnumerable<string> KindsOf(string meaning) => s_kinds.Where(kind => kind.Value == meaning).Select(kind => kind.Key);

    /// <summary>Words of unspaced scripts that stand somewhere in a run of letters, the longest first.</summary>
    public static IEnumerable<string> Within(string run) =>
        s_known
            .Keys.Where(word => Scripts.IsUnspaced(word[0]) && run.Contains(word, StringComparison.Ordinal))
            .OrderByDescending(word => word.Length);

    /// <summary>A word that says which option comes next: "size", "warna".</summary>
    public static bool IsOptionName(string word) => s_names.Contains(word);

    private static readonly FrozenSet<string>
        s_asksWhich = "what which other another any ano anong".Split(' ').ToFrozenSet(StringComparer.Ordinal),
        s_whichBehind = "apa lain mana".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>"What colours does it come in", "saiz lain": it asks for the values of an option, and does not mean the one that was talked
    /// about.</summary>
    /// <param name="option">The option's name, folded.</param>
    public static bool AsksWhich(string message, string option)
    {
        if (NamedKind(option) is not { } kind)
        {
            return false;
        }

        var words = Words.Of(message, MostWords).Select(PlainText.Fold).ToList();
        return Enumerable.Range(0, words.Count).Any(at =>
                NamedKind(words[at]) == kind
                && (words[at].EndsWith('s')
                    || (at > 0 && s_asksWhich.Contains(words[at - 1]))
                    || (at + 1 < words.Count && s_whichBehind.Contains(words[at + 1]))))
            || (kind == OptionKind.Colour && ColoursInChinese().IsMatch(message))
            || (kind == OptionKind.Size && SizesInChinese().IsMatch(message));
    }

    private const int MostWords = 80;

    private static OptionKind? NamedKind(string word) => word switch
    {
        "size" or "sizes" or "sz" or "saiz" or "ukuran" => OptionKind.Size,
        "colour" or "color" or "colours" or "colors" or "warna" or "kaler" or "kulay" => OptionKind.Colour,
        "material" or "materials" or "bahan" => OptionKind.Material,
        _ => null,
    };

    [GeneratedRegex("(?:什么|哪些|哪几|几种|其他|别的)[个种款的]?颜?色")]
    private static partial Regex ColoursInChinese();

    [GeneratedRegex("(?:什么|哪些|哪几|几种|其他|别的)[个种款的]?(?:尺码|尺寸|码)")]
    private static partial Regex SizesInChinese();

    /// <summary>The kind of a product's option, by its name or by its values; null when neither tells.</summary>
    public static OptionKind? KindOf(ProductOption option) =>
        NamedKind(option.Name) ?? option.Values.Select(value => Of(PlainText.Fold(value))?.Kind).FirstOrDefault(kind => kind is not null);
}
