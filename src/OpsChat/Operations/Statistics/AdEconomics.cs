using System.Runtime.InteropServices;

namespace OpsChat.Operations.Statistics;

/// <summary>What an order may cost in advertising (OPERATIONS F10). Amounts in one currency's units, whichever.</summary>
/// <param name="Contribution">Price − cost − fees − shipping and packing.</param>
/// <param name="AfterReturns">The same less what the returned share loses.</param>
/// <param name="Limit">The most that one conversion may cost.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AdEconomics(double Contribution, double AfterReturns, double Limit)
{
    /// <param name="returnRate">ρ, 0 to 1.</param>
    /// <param name="lostGoods">What a returned piece loses in value.</param>
    /// <param name="keep">The share of the margin that the owner keeps, 0 to 1.</param>
    public static AdEconomics Of(
        double price, double cost, double fees, double shipping, double returnRate, double lostGoods, double returnShipping, double keep)
    {
        var contribution = price - cost - fees - shipping;
        var after = (1 - returnRate) * contribution - returnRate * (shipping + fees + lostGoods + returnShipping);
        return new(contribution, after, (1 - keep) * after);
    }

    /// <summary>After so many days a day of advertising counts half.</summary>
    public const double HalfLife = 14;

    /// <summary>An ad group is judged from that many days on.</summary>
    public const int LeastDays = 3;

    /// <summary>The weight of a day so many days ago.</summary>
    public static double Weight(int age) => Math.Pow(2, -age / HalfLife);

    /// <summary>P(cost of a conversion > limit): conversions per money ~ Gamma(1.5 + k, 1.5·account + cost).</summary>
    /// <param name="accountCost">The whole account's cost of a conversion.</param>
    public static double ChanceOverLimit(double limit, double accountCost, double cost, double conversions) =>
        GammaDistribution.Below(1 / limit, 1.5 + conversions, 1.5 * accountCost + cost);

    /// <summary>How sure the group's own figures have to be, by themselves.</summary>
    public const double OwnConfidence = 0.95;

    /// <summary>The same by the group's own figures alone. What the whole account pays says nothing against an article that costs little.</summary>
    public static double OwnChanceOverLimit(double limit, double cost, double conversions) =>
        cost > 0 ? GammaDistribution.Below(1 / limit, 1 + conversions, cost) : 0;

    /// <summary>
    /// 1 and more: with the wanted confidence a conversion costs more than it may, and the group's own figures say so by themselves. An account
    /// that pays more for a sale than an article leaves would else condemn its group before it has spent anything.
    /// </summary>
    /// <param name="confidence">What the owner wants, 0 to 1.</param>
    public static double Strength(double limit, double accountCost, double cost, double conversions, double confidence) => Math.Min(
        ChanceOverLimit(limit, accountCost, cost, conversions) / confidence, OwnChanceOverLimit(limit, cost, conversions) / OwnConfidence);
}

/// <summary>
/// How much of a young day's conversions is already known: the account's conversions a money of the last three days beside those of older
/// days, drawn to "all" by five conversions, never more than all (OPERATIONS F10).
/// </summary>
public sealed class ConversionDelay
{
    private const int Young = 3;
    private const double PriorWeight = 5;
    private readonly double[] _known = [1, 1, 1];

    /// <param name="days">Age in days (1 is yesterday), the account's cost, its conversions.</param>
    public static ConversionDelay Of(IEnumerable<(int Age, double Cost, double Conversions)> days)
    {
        var (delay, all) = (new ConversionDelay(), days.ToList());
        var old = all.Where(d => d.Age > Young).ToList();
        if (old.Sum(d => d.Cost) is var cost and > 0 && old.Sum(d => d.Conversions) / cost is var rate and > 0)
        {
            foreach (var (age, spent, conversions) in all.Where(d => d.Age is >= 1 and <= Young))
            {
                delay._known[age - 1] = Math.Min(1, (conversions + PriorWeight) / (spent * rate + PriorWeight));
            }
        }

        return delay;
    }

    /// <summary>0 to 1.</summary>
    public double Known(int age) => age is >= 1 and <= Young ? _known[age - 1] : 1;
}
