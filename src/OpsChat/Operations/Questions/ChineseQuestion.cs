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
        原因 | 为什么 | 為什麼 = reason
        库存 | 庫存 = stock
        快卖完 | 快没货 | 快要卖完 | 快賣完 = running out
        缺货 | 没货 | 缺貨 = out of stock
        还剩 | 剩下 | 剩 | 還剩 = left
        供应商 | 供應商 = supplier
        总是 | 经常 | 老是 | 總是 | 經常 = always
        迟到 | 延迟 | 晚到 | 逾期 | 遲到 | 延遲 = late
        包裹 = parcels
        顾客 | 客户 | 客人 | 顧客 | 客戶 = customers
        在等 | 等待 | 等着 | 等回复 = waiting
        最好的 = best
        广告 | 廣告 = ads
        花了 | 花费 | 花費 = spent
        取消 = cancelled
        产品 | 商品 | 產品 = product
        哪个 | 哪些 | 哪家 | 哪個 = which
        什么 | 什麼 = what
        谁 | 誰 = who
        应该 | 需要 | 應該 = should we
        订货 | 进货 | 补货 | 訂貨 | 進貨 | 補貨 = reorder
        和 = and
        请问 | 我们 | 我 | 的 | 了 | 吗 | 呢 | 是 | 有 | 几 | 個 | 个 | 請問 | 我們 | 嗎 =
        """;

    private static readonly Dictionary<string, string> s_english =
        QuestionGlossary.Read(Glossary).ToDictionary(w => w.Word, w => w.English, StringComparer.Ordinal);

    public static string InEnglish(string question, ShopMoment shop)
    {
        if (!Han().IsMatch(question))
        {
            return question;
        }

        var names = NamesOf(shop).Where(name => Han().IsMatch(name) && question.Contains(name, StringComparison.OrdinalIgnoreCase)).ToHashSet();
        var phrases = names.OrderByDescending(n => n.Length).Concat(s_english.Keys.OrderByDescending(w => w.Length)).Select(Regex.Escape);
        // One pass, so that no phrase is found across a name's end.
        return Regex.Replace(InMonths(question), string.Join('|', phrases), match =>
            names.Contains(match.Value) || !s_english.TryGetValue(match.Value, out var english) ? $" {match.Value} " : $" {english} ",
            RegexOptions.CultureInvariant);
    }

    private static string InMonths(string question) => Month().Replace(question, match =>
        int.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var month
            ? $" {(match.Groups[2].Success ? match.Groups[2].Value : "in")} {CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month)} "
            : match.Value);

    private static IEnumerable<string> NamesOf(ShopMoment shop) =>
        shop.Skus.SelectMany(sku => new[] { shop.Product(sku)?.Title }.Concat(shop.Product(sku)?.Options ?? [])).OfType<string>()
            .Concat(QuestionNames.Suppliers(shop)).Concat(QuestionNames.Carriers(shop));

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex Han();

    [GeneratedRegex(@"(\d{1,2})月(?:份)?(?:(\d{1,2})[日号號])?")]
    private static partial Regex Month();
}
