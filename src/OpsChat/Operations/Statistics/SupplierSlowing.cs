using System.Runtime.InteropServices;

namespace OpsChat.Operations.Statistics;

/// <summary>What a supplier usually takes, as far as its past tells.</summary>
/// <param name="Days">The usual lead time in days.</param>
/// <param name="Deviation">Standard deviation of the logarithm of lead times.</param>
/// <param name="Uncertainty">Standard error of the logarithm of <paramref name="Days"/>: few past orders say little of what is usual.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UsualLeadTime(double Days, double Deviation, double Uncertainty);

/// <summary>
/// Whether a supplier has become slower: Shiryaev and Roberts' sum over the orders of a window, in the order in which they were placed. A
/// received order counts by the ratio of densities, an open one by the ratio of survivals at its age, so that an order speaks before it
/// comes. Times are log-logistic around the usual one: heavy tails, so that a single straggler convinces nobody. What is usual is itself
/// estimated: the sum is averaged over what it may be, each possibility weighted by how well it explains the window without any change. Four
/// past orders that happened to be quick thus make no thirty later ones slow.
/// </summary>
/// <remarks>
/// Lines of one order come together. Each counts by the root of its ratio (<see cref="LeadTimeSample.Weight"/>: one part in so many lines),
/// and by Hölder's inequality their product stays a fair bet however much they depend on one another.
/// </remarks>
public static class SupplierSlowing
{
    private static readonly double[] s_factors = [1.5, 2, 3];

    /// <summary>Where the usual time may lie, in standard errors: from −2.5 to 2.5.</summary>
    private static readonly double[] s_places = [.. Enumerable.Range(-5, 11).Select(i => i / 2.0)];

    /// <summary>
    /// One order in so many is lost or forgotten whoever the supplier is, so a single one, however late, is never worth more evidence than this
    /// (Huber's censored likelihood ratio, 1965).
    /// </summary>
    private const double LostOrders = 400;

    /// <summary>No supplier counts as more punctual than this, in natural logarithms of the time.</summary>
    public const double LeastDeviation = 0.15;

    /// <param name="orders">Orders of the window, first placed first; <see cref="LeadTimeSample.Days"/> in days.</param>
    /// <param name="usual">What is usual for the supplier.</param>
    /// <returns>Evidence: when nothing has changed it is at least A with chance at most (orders ÷ A).</returns>
    public static double Evidence(IReadOnlyList<LeadTimeSample> orders, UsualLeadTime usual)
    {
        var scale = Math.Max(LeastDeviation, usual.Deviation) * Math.Sqrt(3) / Math.PI;
        var (logLikelihoods, evidences) = (new double[s_places.Length], new double[s_places.Length]);
        for (var i = 0; i < s_places.Length; i++)
        {
            var centre = Math.Log(usual.Days) + s_places[i] * usual.Uncertainty;
            var (logLikelihood, evidence) = At(orders, centre, scale);
            (logLikelihoods[i], evidences[i]) = (logLikelihood - s_places[i] * s_places[i] / 2, evidence);
        }

        var most = logLikelihoods.Max();
        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i < s_places.Length; i++)
        {
            var weight = Math.Exp(logLikelihoods[i] - most);
            (sum, weights) = (sum + weight * evidences[i], weights + weight);
        }

        return sum / weights;
    }

    /// <summary>How likely the window is without a change, and the sum for one, when the usual time is e^<paramref name="centre"/> days.</summary>
    private static (double LogLikelihood, double Evidence) At(IReadOnlyList<LeadTimeSample> orders, double centre, double scale)
    {
        var (logLikelihood, values) = (0.0, new double[s_factors.Length]);
        foreach (var order in orders)
        {
            // Received on its own day is no time at all to take a logarithm of: half a day.
            var z = (Math.Log(Math.Max(order.Days, 0.5)) - centre) / scale;
            var usual = LogLikelihood(order, z);
            logLikelihood += order.Weight * usual;
            for (var i = 0; i < s_factors.Length; i++)
            {
                var slower = LogLikelihood(order, z - Math.Log(s_factors[i]) / scale);
                values[i] = Math.Min((values[i] + order.Weight) * Math.Exp(order.Weight * Censored(slower - usual)), 1e200);
            }
        }

        return (logLikelihood, values.Sum() / values.Length);
    }

    /// <summary>The logarithm of a ratio to a supplier who is as usual, but loses one order in <see cref="LostOrders"/>.</summary>
    private static double Censored(double logRatio) => -Math.Log(1 / LostOrders + (1 - 1 / LostOrders) * Math.Exp(-logRatio));

    private static double LogLikelihood(LeadTimeSample order, double z) => order.Received ? z - 2 * LogOnePlusExp(z) : -LogOnePlusExp(z);

    private static double LogOnePlusExp(double z) => z > 30 ? z : Math.Log(1 + Math.Exp(z));
}
