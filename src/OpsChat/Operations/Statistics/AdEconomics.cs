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

    /// <summary>P(cost of a conversion > limit): conversions per money ~ Gamma(1.5 + k, 1.5·account + cost).</summary>
    /// <param name="accountCost">The whole account's cost of a conversion.</param>
    public static double ChanceOverLimit(double limit, double accountCost, double cost, double conversions) =>
        GammaDistribution.Below(1 / limit, 1.5 + conversions, 1.5 * accountCost + cost);
}
