using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Operations.History;

namespace OpsChat.Operations.Questions;

/// <summary>
/// Plain Chinese of a shop's owner in the words of the English grammar, phrase by phrase: there are no spaces between words. The shop's own names
/// stay as they are, and so does what is not among these phrases: it is not understood, and said so.
/// </summary>
internal static partial class ChineseQuestion
{
    /// <summary>What each is in English, a line each; phrases apart by a bar mean the same. Those that mean nothing here have none.</summary>
    private const string Glossary =
        """
        今天 = today
        昨天 = yesterday
        前天 = the day before yesterday
        这周 | 本周 | 这个星期 | 这星期 | 這週 | 本週 | 這個星期 = this week
        上周 | 上个星期 | 上星期 | 上週 | 上個星期 = last week
        下周 | 下个星期 | 下週 | 下個星期 = next week
        这个月 | 本月 | 這個月 = this month
        上个月 | 上月 | 上個月 = last month
        今年 = this year
        去年 = last year
        周末 | 週末 = weekend
        上季度 | 上个季度 | 上一季度 | 上季 | 上個季度 = last quarter
        本季度 | 这个季度 | 这季度 | 這個季度 = this quarter
        第一季度 | 一季度 = first quarter
        第二季度 | 二季度 = second quarter
        第三季度 | 三季度 = third quarter
        第四季度 | 四季度 = fourth quarter
        有什么要做 | 要处理什么 | 什么要处理 | 我要做什么 | 要做什么 | 该做什么 | 应该做什么 | 需要做什么 | 做什么 | 要做什麼 | 該做什麼 = should i do
        卖得最少 | 卖最少 | 卖得最差 | 最难卖 | 卖不动 = sold least
        卖 | 卖掉 | 賣 = sold
        卖了多少钱 | 卖多少钱 | 卖出多少钱 | 賣了多少錢 = how much did we sell
        最赚钱 | 赚钱最多 | 赚得最多 | 赚最多 | 最賺錢 = most profit
        赚钱 | 賺錢 = making money
        值得 | 划算 | 值不值 | 劃算 = worth it
        浪费 | 浪費 = wasting money
        亏钱 | 亏本 | 亏 | 虧 = losing money
        有效 | 有用 = working
        退货率 = return
        退了多少钱 | 退了多少 = how much refund
        哪一天 | 哪天 = which day
        还有多少 = how many left
        在哪里 | 在哪儿 | 在哪 | 哪里 | 哪儿 = where
        州 | 州属 = state
        没 | 没有 | 不 = not
        最多 = most
        最少 = least
        最差 | 最糟 | 最烂 = worst
        最慢 = slowest
        最快 = fastest
        最可靠 | 最靠谱 | 最准时 = most reliable
        最高 = highest
        最低 = lowest
        最大 = biggest
        最好 = best
        买得 | 买了 | 购买 | 买 | 買 = bought
        花得 | 花 = spent
        下降 | 下跌 | 减少 | 变少 | 变差 | 跌 | 減少 = down
        上升 | 上涨 | 增加 | 涨 | 漲 = up
        生意 = business
        快递公司 | 快递 | 物流公司 | 物流 | 快遞 = courier
        超过 | 多于 | 大于 | 高于 | 超過 = more than
        低于 | 少于 | 小于 = less than
        不少于 | 不低于 = at least
        不超过 | 不超過 | 不多于 = at most
        沙巴 = Sabah
        砂拉越 | 沙捞越 | 砂勞越 = Sarawak
        槟城 | 檳城 = Penang
        吉隆坡 = Kuala Lumpur
        雪兰莪 | 雪蘭莪 = Selangor
        柔佛 = Johor
        霹雳 | 霹靂 = Perak
        吉打 = Kedah
        吉兰丹 = Kelantan
        登嘉楼 = Terengganu
        彭亨 = Pahang
        马六甲 | 馬六甲 = Melaka
        森美兰 = Negeri Sembilan
        卖得最好 | 最畅销 | 最好卖 | 卖得最多 | 最受欢迎 | 賣得最好 | 最暢銷 | 最好賣 = best seller
        卖了多少 | 卖出多少 | 卖了几个 | 賣了多少 = how many sold
        销售额 | 营业额 | 收入 | 銷售額 | 營業額 = revenue
        销量 | 销售 | 銷量 | 銷售 = sales
        生意怎么样 | 生意如何 | 生意怎麼樣 = how is business
        总结 | 總結 = summary
        赚了多少 | 利润 | 赚 | 賺了多少 | 利潤 | 賺 = profit
        订单 | 訂單 = orders
        多少钱 | 多少錢 = how much
        多少 | 几个 | 几件 | 幾個 | 幾件 = how many
        退款 = refund
        退货 | 退貨 = returns
        按原因 = by reason
        原因 = reason
        为什么 | 為什麼 | 为何 | 怎么会 = why
        库存 | 庫存 = stock
        快卖完 | 快没货 | 快要卖完 | 快賣完 = running out
        缺货 | 没货 | 缺貨 = out of stock
        还剩 | 剩下 | 剩 | 還剩 = left
        供应商 | 供應商 = supplier
        总是 | 经常 | 老是 | 總是 | 經常 = always
        迟到 | 延迟 | 晚到 | 逾期 | 遲到 | 延遲 = late
        包裹 = parcels
        顾客 | 客户 | 客人 | 顧客 | 客戶 = customers
        令吉 | 马币 | 馬幣 | 块钱 | 元 | 块 = ringgit
        少 = less
        钱 | 錢 = money
        在等 | 等待 | 等着 | 等回复 = waiting
        最好的 = best
        广告 | 廣告 = ads
        花了 | 花费 | 花費 = spent
        取消 = cancelled
        产品 | 商品 | 货品 | 东西 | 產品 = product
        哪个 | 哪些 | 哪家 | 哪個 = which
        什么 | 什麼 = what
        谁 | 誰 = who
        应该 | 需要 | 應該 = should we
        订货 | 进货 | 补货 | 訂貨 | 進貨 | 補貨 = reorder
        和 = and
        有没有 | 有无 | 这个 | 那个 | 这 | 那 | 到 | 都 | 得 | 该 | 要 | 单 | 家 =
        送到 | 送往 | 在 | 多 | 做 | 件 | 请问 | 我们 | 我 | 的 | 了 | 吗 | 呢 | 是 | 有 | 几 | 個 | 个 | 請問 | 我們 | 嗎 =
        """;

    private static readonly Dictionary<string, string> s_english =
        QuestionGlossary.Read(Glossary).ToDictionary(w => w.Word, w => w.English, StringComparer.Ordinal);

    public static IEnumerable<(string Word, string English)> Glossed => s_english.Select(w => (w.Key, w.Value));

    public static string InEnglish(string question, ShopMoment shop)
    {
        if (!Han().IsMatch(question))
        {
            return question;
        }

        var names = NamesOf(shop).Where(name => Han().IsMatch(name) && question.Contains(name, StringComparison.OrdinalIgnoreCase)).ToHashSet();
        var phrases = names.OrderByDescending(n => n.Length).Concat(s_english.Keys.OrderByDescending(w => w.Length)).Select(Regex.Escape);
        // One pass, so that no phrase is found across a name's end.
        return Regex.Replace(InMonths(WithSides(question)), string.Join('|', phrases), match =>
            names.Contains(match.Value) || !s_english.TryGetValue(match.Value, out var english) ? $" {match.Value} " : $" {english} ",
            RegexOptions.CultureInvariant);
    }

    /// <summary>"200元以上" counts 200 too, as "at least 200" does.</summary>
    private static string WithSides(string question) => OfOrders().Replace(
        Side().Replace(question, match => $"{(match.Groups[3].Value == "以上" ? "不少于" : "不超过")}{match.Groups[1].Value}令吉"), "$1令吉");

    private static string InMonths(string question) => Month().Replace(question, match =>
        int.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var month
            ? $" {(match.Groups[2].Success ? match.Groups[2].Value : "in")} {CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month)} "
            : match.Value);

    private static IEnumerable<string> NamesOf(ShopMoment shop) =>
        shop.Skus.SelectMany(sku => new[] { shop.Product(sku)?.Title }.Concat(shop.Product(sku)?.Options ?? [])).OfType<string>()
            .Concat(QuestionNames.Suppliers(shop)).Concat(QuestionNames.Carriers(shop));

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex Han();

    [GeneratedRegex(@"(\d[\d,]*(?:\.\d+)?)\s*(元|块|令吉|马币)?\s*(以上|以下)")]
    private static partial Regex Side();

    /// <summary>"大于200的订单" has no currency, and is about what orders come to.</summary>
    [GeneratedRegex(@"((?:不少于|不低于|不超过|不超過|不多于|超过|超過|大于|多于|高于|低于|少于|小于)\s*\d[\d,]*(?:\.\d+)?)(?=的(?:订单|訂單|单))")]
    private static partial Regex OfOrders();

    [GeneratedRegex(@"(\d{1,2})月(?:份)?(?:(\d{1,2})[日号號])?")]
    private static partial Regex Month();
}
