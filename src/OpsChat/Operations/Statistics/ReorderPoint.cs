using System.Runtime.InteropServices;

namespace OpsChat.Operations.Statistics;

/// <summary>
/// When to order and how much: the least level whose expected shortfall in a lead time keeps the fill rate (OPERATIONS F3; the loss
/// function of inventory theory, with negative-binomial demand).
/// </summary>
/// <param name="Demand">Demand in lead time plus review time.</param>
/// <param name="Quantity">Q: what one order covers, in units, at least 1.</param>
/// <param name="Level">s: order when position is at or below it, in units.</param>
public sealed record ReorderPoint(NegativeBinomial Demand, double Quantity, int Level)
{
    /// <param name="rate">r, units a day.</param>
    /// <param name="lead">m and s of the lead time, in days.</param>
    /// <param name="dispersion">φ.</param>
    /// <param name="review">R: days between two looks at the order list.</param>
    /// <param name="fill">The share of asked units that should be served, 0 to 1.</param>
    /// <param name="cover">Days that one order should last.</param>
    public static ReorderPoint Of(double rate, (double Mean, double Deviation) lead, double dispersion, double review, double fill, double cover)
    {
        var demand = NegativeBinomial.OfLeadTime(rate, lead.Mean + review, lead.Deviation, dispersion);
        var quantity = Math.Max(1, rate * cover);
        return new(demand, quantity, demand.LeastWithLoss((1 - fill) * quantity));
    }

    /// <summary>
    /// What to order: s + Q − position up to whole packs and at least the minimum; 0 while position is above s. What is already on
    /// order counts as position, so a second look orders nothing.
    /// </summary>
    public static OrderQuantity Order(double position, int level, double quantity, int pack = 1, int minimum = 0)
    {
        if (position > level)
        {
            return new(0, 0);
        }

        var need = (int)Math.Ceiling(level + quantity - position - 1e-9);
        var packs = (Math.Max(need, minimum) + pack - 1) / pack;
        return new(need, packs * pack);
    }

    /// <summary>
    /// The owner's simple table (OPERATIONS F3b): sold in 7 days ÷ 7 × (lead + 7) − available − incoming, not below 0.
    /// </summary>
    /// <param name="lead">q90 of the lead time, days.</param>
    public static int SimpleTable(double soldIn7Days, double lead, double available, double incoming) =>
        Math.Max(0, (int)Math.Ceiling(soldIn7Days / 7 * (lead + 7) - available - incoming - 1e-9));
}

/// <summary>Units needed, and units to order after pack size and minimum.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct OrderQuantity(int Need, int Order);
