namespace OpsChat.Operations.Statistics;

/// <summary>
/// Whether a supplier has become slower: Shiryaev and Roberts' sum over the orders of a window, in the order in which they were placed. A
/// received order counts by the ratio of densities, an open one by the ratio of survivals at its age, so that an order speaks before it
/// comes. Times are log-logistic around the usual one: heavy tails, so that a single straggler convinces nobody.
/// </summary>
public static class SupplierSlowing
{
    private static readonly double[] Factors = [1.5, 2, 3];

    /// <summary>No supplier counts as more punctual than this, in natural logarithms of the time.</summary>
    public const double LeastDeviation = 0.15;

    /// <param name="orders">Orders of the window, first placed first; <see cref="LeadTimeSample.Days"/> in days.</param>
    /// <param name="usual">The usual lead time, days.</param>
    /// <param name="deviation">Standard deviation of the logarithm of lead times.</param>
    /// <returns>Evidence: when nothing has changed it is at least A with chance at most (orders ÷ A).</returns>
    public static double Evidence(IEnumerable<LeadTimeSample> orders, double usual, double deviation)
    {
        var scale = Math.Max(LeastDeviation, deviation) * Math.Sqrt(3) / Math.PI;
        var values = new double[Factors.Length];
        foreach (var order in orders)
        {
            for (var i = 0; i < Factors.Length; i++)
            {
                var ratio = Ratio(order, usual, scale, Factors[i]);
                values[i] = Math.Min((values[i] + 1) * ratio, 1e200);
            }
        }

        return values.Sum() / values.Length;
    }

    private static double Ratio(LeadTimeSample order, double usual, double scale, double factor)
    {
        if (order.Days <= 0)
        {
            return order.Received ? Math.Exp(-Math.Log(factor) / scale) : 1;
        }

        var (now, slower) = (Math.Log(order.Days / usual) / scale, Math.Log(order.Days / usual / factor) / scale);
        return order.Received ? Math.Exp(LogDensity(slower) - LogDensity(now)) : Survival(slower) / Survival(now);
    }

    private static double Survival(double z) => 1 / (1 + Math.Exp(z));

    private static double LogDensity(double z) => z - 2 * Math.Log(1 + Math.Exp(z));
}
