using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.Evaluation;

/// <summary>A day of an ad group.</summary>
public sealed record PastAdDay(string Group, DateOnly Day, double Cost, double Conversions);

/// <summary>What a rule for pausing would have done.</summary>
/// <param name="WasteAvoided">Share of the money that was spent above the limit and would not have been.</param>
/// <param name="ProfitLost">Share of the profit of good groups that would have been lost.</param>
/// <param name="PausesRight">Share of pauses that hit a group above the limit.</param>
/// <param name="Net">(waste avoided − profit lost) ÷ all waste, both in money.</param>
public sealed record AdRuleReport(string Rule, int Groups, int Paused, double WasteAvoided, double ProfitLost, double PausesRight, double Net);

/// <summary>
/// Rules for pausing ad groups on past or made-up days (OPERATIONS section 10): every morning each running group is judged by what was known;
/// a paused one spends nothing any more. Whether a group is good is what it really is where that is known (made up), else what all its days say.
/// </summary>
public static class AdsEvaluation
{
    /// <param name="limit">The most that a conversion may cost.</param>
    /// <param name="trueCost">What a conversion of each group really costs; null takes it from the days.</param>
    public static IReadOnlyList<AdRuleReport> Run(IReadOnlyList<PastAdDay> days, double limit, IReadOnlyDictionary<string, double>? trueCost = null,
        double confidence = 0.9)
    {
        var first = days.Min(d => d.Day).DayNumber;
        var length = days.Max(d => d.Day).DayNumber - first + 1;
        var groups = days.GroupBy(d => d.Group, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            Group.Of(g.Key, g, first, length, trueCost)).ToList();
        var account = Enumerable.Range(0, length).Select(day => Account(groups, day)).ToList();
        var delays = Enumerable.Range(0, length).Select(day => Delay(groups, day)).ToList();
        AdRuleReport Judge(string name, Func<Group, int, bool> pauses) => Of(name, groups, length, limit, pauses);
        return
        [
            Judge("7-day cost over the limit", (g, day) => day - g.First >= 7 && g.Sum(day, 7) is var (cost, conversions)
                && cost > limit * conversions && cost > 0),
            Judge("1.2 × the limit in 30 days", (g, day) => g.Sum(day, 30) is var (cost, conversions) && cost >= 1.2 * limit
                && cost > 1.2 * limit * conversions),
            Judge("3 × the limit in 60 days", (g, day) => day - g.First > 6 && g.Sum(day, 60) is var (cost, conversions) && cost >= 3 * limit
                && cost > 3 * limit * conversions),
            Judge("F10", (g, day) => day - g.First >= AdEconomics.LeastDays && g.Weighted(day, delays[day]) is var (cost, conversions)
                && AdEconomics.Strength(limit, account[day], cost, conversions, confidence) >= 1),
        ];
    }

    private static AdRuleReport Of(string name, List<Group> groups, int length, double limit, Func<Group, int, bool> pauses)
    {
        var (waste, avoided, profit, lost, paused, right) = (0.0, 0.0, 0.0, 0.0, 0, 0);
        foreach (var group in groups)
        {
            var perMoney = limit / group.TrueCost - 1;
            var total = group.Cost.Sum();
            var day = Enumerable.Range(1, length - 1).Where(d => d > group.First && pauses(group, d)).Select(d => (int?)d).FirstOrDefault();
            var saved = day is { } from ? group.Cost[from..].Sum() : 0;
            (paused, right) = (paused + (day is null ? 0 : 1), right + (day is not null && perMoney < 0 ? 1 : 0));
            if (perMoney < 0)
            {
                (waste, avoided) = (waste - perMoney * total, avoided - perMoney * saved);
            }
            else
            {
                (profit, lost) = (profit + perMoney * total, lost + perMoney * saved);
            }
        }

        double Share(double some, double all) => all > 0 ? Math.Round(some / all, 4) : 0;
        return new(name, groups.Count, paused, Share(avoided, waste), Share(lost, profit), Share(right, paused), Share(avoided - lost, waste));
    }

    private static double Account(List<Group> groups, int day)
    {
        var (cost, conversions) = (0.0, 0.0);
        foreach (var group in groups)
        {
            var (spent, sold) = group.Sum(day, 28);
            (cost, conversions) = (cost + spent, conversions + sold);
        }

        return cost / Math.Max(1, conversions);
    }

    private static ConversionDelay Delay(List<Group> groups, int day) => ConversionDelay.Of(Enumerable.Range(1, Math.Min(28, day)).Select(age =>
        (age, groups.Sum(g => g.Cost[day - age]), groups.Sum(g => g.Sum(day - age + 1, 1).Conversions))));

    /// <summary>A group by day; a day is known the next morning.</summary>
    private sealed class Group(double[] cost, double[] conversions, double trueCost)
    {
        public double[] Cost => cost;

        public double TrueCost => trueCost;

        public int First { get; } = Math.Max(0, Array.FindIndex(cost, c => c > 0));

        public static Group Of(string name, IEnumerable<PastAdDay> days, int first, int length, IReadOnlyDictionary<string, double>? trueCost)
        {
            var (cost, conversions) = (new double[length], new double[length]);
            foreach (var day in days)
            {
                cost[day.Day.DayNumber - first] += day.Cost;
                conversions[day.Day.DayNumber - first] += day.Conversions;
            }

            return new(cost, conversions, trueCost?.GetValueOrDefault(name) ?? cost.Sum() / Math.Max(0.5, conversions.Sum()));
        }

        public (double Cost, double Conversions) Sum(int now, int days)
        {
            var (spent, sold) = (0.0, 0.0);
            for (var day = Math.Max(0, now - days); day < now; day++)
            {
                (spent, sold) = (spent + cost[day], sold + conversions[day]);
            }

            return (spent, sold);
        }

        public (double Cost, double Conversions) Weighted(int now, ConversionDelay delay)
        {
            var (spent, sold) = (0.0, 0.0);
            for (var day = First; day < now; day++)
            {
                var weight = AdEconomics.Weight(now - day - 1);
                (spent, sold) = (spent + weight * cost[day] * delay.Known(now - day), sold + weight * conversions[day]);
            }

            return (spent, sold);
        }
    }
}

/// <summary>
/// Made-up ad groups for <see cref="AdsEvaluation"/>: spend and the true cost of a conversion are lognormal over groups, days of a group differ
/// by a quarter, conversions are Poisson. About five times as much profit is made as is wasted, as in an account that is looked after.
/// </summary>
public static class AdsSimulation
{
    private const double MedianSpend = 50;
    private const double SpendSpread = 0.8;
    private const double MedianCost = 25;
    private const double CostSpread = 0.5;
    private const double DaySpread = 0.25;

    public static (IReadOnlyList<PastAdDay> Days, IReadOnlyDictionary<string, double> TrueCost) Of(int seed, int groups, int days)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var (rows, costs, first) = (new List<PastAdDay>(), new Dictionary<string, double>(StringComparer.Ordinal), new DateOnly(2026, 1, 1));
        for (var group = 0; group < groups; group++)
        {
            var name = $"group {group:000}";
            var (spend, cost) = (MedianSpend * Math.Exp(SpendSpread * Normal()), MedianCost * Math.Exp(CostSpread * Normal()));
            costs[name] = cost;
            for (var day = 0; day < days; day++)
            {
                var today = spend * Math.Exp(DaySpread * Normal());
                rows.Add(new(name, first.AddDays(day), Math.Round(today, 2), Poisson(random, today / cost)));
            }
        }

        return (rows, costs);
    }

    private static int Poisson(Random random, double mean)
    {
        var (count, left) = (0, Math.Exp(-mean));
        for (var product = random.NextDouble(); product > left; product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
