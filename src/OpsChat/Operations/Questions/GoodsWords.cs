using System.Text.RegularExpressions;
using OpsChat.Operations.History;

namespace OpsChat.Operations.Questions;

/// <summary>Ordinary words for goods, which owners write where their catalogue has another one: "baju" for what it files under clothing.</summary>
internal static partial class GoodsWords
{
    /// <summary>A kind of goods a line: how people call it, and the words by which catalogues may, the widest first.</summary>
    private const string Kinds =
        """
        baju | pakaian | 衣服 | 衫 | clothes | apparel | garment | garments | outfit | outfits = clothing clothes shirt dress blouse
        kemeja | 衬衫 | 襯衫 = shirt
        gaun | 裙子 | 裙 | 连衣裙 = dress skirt
        kasut | 鞋子 | 鞋 | footwear = shoes shoe sandal slipper sneaker
        selipar | 拖鞋 = slipper sandal
        beg | 包包 | 袋子 | 手提包 = bags bag tote
        selendang | tudung | 围巾 | 圍巾 = scarf shawl
        cawan | kole | 杯子 | 马克杯 = mug cup
        mangkuk | 碗 = bowl
        pinggan | 盘子 | 盤子 = plate dish
        gelas | 玻璃杯 = glass
        teko | 茶壶 | 茶壺 = teapot
        lilin | 蜡烛 | 蠟燭 = candle
        sabun | 肥皂 = soap
        teh | 茶叶 | 茶 = tea
        kopi | 咖啡 = coffee
        lada | lada hitam | 黑胡椒 | 胡椒 = pepper
        lampu | 灯 | 燈 = lamp
        botol | 瓶子 = bottle
        bakul | 篮子 | 籃子 = basket
        dulang | 托盘 | 托盤 = tray
        tikar | 地垫 | 垫子 = mat
        gelang | 手链 | 手鍊 = bracelet
        anting-anting | anting | subang | 耳环 | 耳環 = earrings earring
        poskad | 明信片 = postcard
        layang-layang | wau | 风筝 | 風箏 = kite
        makanan | 食品 | 食物 = food
        barang kemas | 首饰 | 首飾 = jewellery jewelry
        """;

    private static readonly Dictionary<string, string[]> s_kinds = QuestionGlossary.Read(Kinds)
        .ToDictionary(k => k.Word, k => k.English.Split(' '), StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<(string Word, string English)> Glossed => s_kinds.Select(k => (k.Key, string.Join(' ', k.Value)));

    /// <summary>Whether it says no more than what kind of goods is meant.</summary>
    public static bool Has(string word) => s_kinds.ContainsKey(word);

    /// <summary>The question with the shop's own word in place of another one for the same goods. A word that the shop has itself stays.</summary>
    public static string InShopWords(string question, ShopMoment shop)
    {
        var written = s_kinds.Keys.Where(word => question.Contains(word, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(w => w.Length).ToList();
        if (written.Count == 0)
        {
            return question;
        }

        var known = shop.Skus.SelectMany(sku => QuestionScopeReader.WordsOf(shop, sku)).ToHashSet(StringComparer.Ordinal);
        foreach (var word in written.Where(word => !IsOfName(word, shop)))
        {
            if (s_kinds[word].FirstOrDefault(own => known.Contains(QuestionVocabulary.Base(own))) is { } named)
            {
                question = Regex.Replace(question, Whole(word), $" {named} ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            }
        }

        return question;
    }

    private static bool IsOfName(string word, ShopMoment shop) =>
        shop.Skus.Any(sku => shop.Product(sku) is { } product && Regex.IsMatch(
            $"{product.FullName} {product.Type}", Whole(word), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));

    /// <summary>There are no spaces between words of Chinese.</summary>
    private static string Whole(string word) => Han().IsMatch(word) ? Regex.Escape(word) : $@"\b{Regex.Escape(word)}\b";

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex Han();
}
