using OpsChat.Operations.History;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>What changed when more or less is sold than before: by article, channel and place, with what is out of stock and what advertising
/// cost. Facts that stand beside each other; none of them is called a cause.</summary>
internal sealed class SalesChange
{
    private const int MostArticles = 5;
    private const int MostOthers = 3;

    private readonly AskedOfShop _asked;
    private readonly (DateOnly From, DateOnly To) _now, _before;
    private readonly List<OrderRow> _orders, _earlier;

    private SalesChange(AskedOfShop asked)
    {
        (_asked, _now, _before) = (asked, (asked.Period.From, asked.Period.To), asked.Question.Against is { } other ? (other.From, other.To)
            : asked.Period.Before());
        (_orders, _earlier) = ([.. Kept(_now)], [.. Kept(_before)]);
    }

    public static OwnerAnswer Of(AskedOfShop asked) =>
        !asked.Shop.Has(FeedKind.Orders) ? Lacks(QuestionTopic.WhySales, "No file tells of orders.")
        : asked.Period.IsAhead ? Lacks(QuestionTopic.WhySales, "Those days have not come yet.")
        : new SalesChange(asked).Answer();

    private OwnerAnswer Answer()
    {
        var (now, before) = (_asked.SumsOf("", _orders), _asked.SumsOf("", _earlier));
        var isLess = now.Revenue.Minor < before.Revenue.Minor;
        var change = before.Revenue.Minor == 0 ? "nothing before"
            : $"{Math.Abs(now.Revenue.Minor - before.Revenue.Minor) * 100.0 / before.Revenue.Minor:0} % {(isLess ? "less" : "more")} than before";
        var (isDown, isUp) = (s_down.Any(_asked.Question.Asks), s_up.Any(_asked.Question.Asks));
        var isNot = isDown && !isLess ? "Sales are not down: " : isUp && !isDown && isLess ? "Sales are not up: " : "";
        var (lines, earlier) = (LinesOf(_orders), LinesOf(_earlier));
        // What is asked about and did not happen stands behind what did.
        var articles = Changes(isLess, lines, earlier, MostArticles);
        var others = isNot.Length > 0 ? Changes(!isLess, lines, earlier, MostOthers) : [];
        var most = Changes(true, lines, earlier, 1).Concat(Changes(false, lines, earlier, 1))
            .OrderByDescending(c => Math.Abs(c.Now - c.Before)).ToList();
        var first = most.Count == 0 ? "" : $" {_asked.Shop.NameOf(most[0].Name)} changed most, by {Signed(most[0])}"
            + (others.Count == 0 || others[0].Name == most[0].Name ? "."
                : $"; of those that {(isLess ? "rose" : "fell")} most {_asked.Shop.NameOf(others[0].Name)}, by {Signed(others[0])}.");
        return new(
            true,
            $"{isNot}{now.Revenue}{now.Besides}{_asked.OfWhich(_orders)}, {change}: {_asked.Period.Words} beside "
                + $"{QuestionPeriod.Days(_before.From, _before.To, _asked.Shop.Today)}.{first} "
                + "These are facts beside each other, not causes.",
            ["", "now", "before", "change"],
            [
                ["orders", Whole(now.Orders), Whole(before.Orders), $"{now.Orders - before.Orders:+0;-0;0}"],
                ["revenue", now.Revenue.ToString(), before.Revenue.ToString(), Signed(("", now.Revenue.Minor, before.Revenue.Minor))],
                .. articles.Concat(others).Select(Row),
                .. Changes(isLess, By(_orders, o => o.Source), By(_earlier, o => o.Source), MostOthers).Select(Row),
                .. Changes(isLess, By(_orders, Region), By(_earlier, Region), MostOthers).Select(Row),
                .. Advertising(),
                .. OutOfStock(),
            ],
            [.. Sources], [])
        {
            Figure = (double)(now.Revenue.Major - before.Revenue.Major),
        };
    }

    private static readonly string[] s_down =
        ["down", "drop", "fall", "fell", "declin", "decreas", "less", "fewer", "lower", "low ", "slow", "bad", "worse", "poor", "weak"];

    private static readonly string[] s_up = ["up ", "more ", "rise", "rose", "rising", "increas", "higher", "grow", "grew", "better"];

    /// <summary>How a change of sales is asked about.</summary>
    public static IEnumerable<string> Ways => s_down.Concat(s_up);

    private IEnumerable<OrderRow> Kept((DateOnly From, DateOnly To) days) => _asked.Shop.OrdersSince(_asked.Shop.Calendar.Start(days.From))
        .Where(o => _asked.Shop.Calendar.Day(o.PlacedAt) <= days.To && !(o.CancelledAt <= _asked.Shop.Now) && _asked.IsAbout(o));

    /// <summary>What was taken for each article.</summary>
    private Dictionary<string, long> LinesOf(IEnumerable<OrderRow> orders) => orders
        .SelectMany(o => o.Lines.Where(l => _asked.IsAbout(l.Sku)).Select(l => (o, l))).GroupBy(l => l.l.Sku, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => SalesSums.OfLines(g.Key, g, _asked.Shop).Revenue.Minor, StringComparer.Ordinal);

    private Dictionary<string, long> By(IEnumerable<OrderRow> orders, Func<OrderRow, string?> name) => orders
        .Where(o => name(o) is not null).GroupBy(o => name(o)!, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => _asked.SumsOf(g.Key, g).Revenue.Minor, StringComparer.Ordinal);

    private static string? Region(OrderRow order) => order.Region is { } region ? MalaysianStates.Shown(region) : null;

    /// <summary>Those that lost most where less was sold, else those that gained most.</summary>
    private static List<(string Name, long Now, long Before)> Changes(
        bool isLess, Dictionary<string, long> now, Dictionary<string, long> before, int most) =>
        [
            .. now.Keys.Union(before.Keys, StringComparer.Ordinal)
                .Select(name => (Name: name, Now: now.GetValueOrDefault(name), Before: before.GetValueOrDefault(name)))
                .Where(c => isLess ? c.Now < c.Before : c.Now > c.Before)
                .OrderByDescending(c => Math.Abs(c.Now - c.Before)).ThenBy(c => c.Name, StringComparer.Ordinal).Take(most),
        ];

    private string[] Row((string Name, long Now, long Before) change) =>
        [change.Name, InMoney(change.Now).ToString(), InMoney(change.Before).ToString(), Signed(change)];

    private string Signed((string Name, long Now, long Before) change) =>
        $"{(change.Now < change.Before ? "-" : "+")}{InMoney(Math.Abs(change.Now - change.Before))}";

    private Money InMoney(long minor) => new(minor, _asked.Shop.Currency);

    private IEnumerable<string[]> Advertising()
    {
        if (!_asked.Shop.Has(FeedKind.Ads))
        {
            yield break;
        }

        long Spent((DateOnly From, DateOnly To) days) => _asked.Shop.AdsSince(days.From)
            .Where(ad => ad.From <= days.To && ad.Cost.Currency == _asked.Shop.Currency && (!_asked.HasArticles || _asked.IsAbout(ad.Sku)))
            .Sum(ad => ad.Cost.Minor);
        yield return Row(("spent on advertising", Spent(_now), Spent(_before)));
    }

    /// <summary>What sold before and is not there now.</summary>
    private IEnumerable<string[]> OutOfStock()
    {
        var sold = LinesOf(_earlier);
        var gone = _asked.Skus.Where(sku => _asked.Shop.Stock(sku) is { Available: <= 0 } && sold.ContainsKey(sku)).ToList();
        return gone.Count == 0 ? []
            : [["sold before and out of stock now",
                string.Join(", ", gone.OrderByDescending(sku => sold[sku]).Take(MostArticles).Select(_asked.Shop.NameOf))
                + (gone.Count > MostArticles ? $" and {gone.Count - MostArticles} more" : ""), "", ""]];
    }

    private IEnumerable<string> Sources => new (FeedKind Kind, string Source)[]
        { (FeedKind.Orders, "orders"), (FeedKind.Ads, "ads"), (FeedKind.Inventory, "inventory") }
        .Where(s => _asked.Shop.Has(s.Kind)).Select(s => s.Source);
}
