using OpsChat.Canary;
using System.Runtime.InteropServices;

namespace OpsChat.Operations.Statistics;

/// <summary>One customer's past, days counted from the first purchase.</summary>
/// <param name="Repeats">x: days with a purchase after the first.</param>
/// <param name="Last">t_x: when the last one was; 0 without repeats.</param>
/// <param name="Age">T: up to the day of looking.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CustomerPast(int Repeats, double Last, double Age);

/// <summary>
/// Fits BG/NBD to a shop's customers by maximum likelihood (Fader, Hardie, Lee 2005, equation 6), with the simplex search of Nelder and Mead
/// (1965) over the logarithms of the four parameters.
/// </summary>
public static class RepeatPurchaseFit
{
    /// <summary>More customers than these tell the four parameters no better; every so manyth is taken then.</summary>
    private const int MostCustomers = 3_000;

    private const int MostSteps = 600;
    private const double Tolerance = 1e-7;

    // Natural logarithms. Drop-out is often not to be seen in a few months, and the likelihood is flat there.
    private const double Least = -9, Most = 9;

    /// <param name="customers">Ages in days. At least one.</param>
    public static RepeatPurchaseModel Of(IReadOnlyList<CustomerPast> customers)
    {
        var step = Math.Max(1, customers.Count / MostCustomers);
        var some = customers.Where((_, i) => i % step == 0).ToArray();
        var best = Simplex(p => -LogLikelihood(Model(p), some), [-0.5, 4, -0.5, 1]);
        return Model(best);
    }

    /// <summary>ln L of these customers' pasts.</summary>
    public static double LogLikelihood(RepeatPurchaseModel model, IReadOnlyList<CustomerPast> customers)
    {
        var (r, alpha, a, b) = (model.R, model.Alpha, model.A, model.B);
        var shared = r * Math.Log(alpha) - EValues.LogGamma(r) + EValues.LogGamma(a + b) - EValues.LogGamma(b);
        var sum = 0.0;
        foreach (var (x, last, age) in customers)
        {
            var alive = -(r + x) * Math.Log(alpha + age);
            var gone = x > 0 ? Math.Log(a) - Math.Log(b + x - 1) - (r + x) * Math.Log(alpha + last) : double.NegativeInfinity;
            var most = Math.Max(alive, gone);
            sum += shared + EValues.LogGamma(r + x) + EValues.LogGamma(b + x) - EValues.LogGamma(a + b + x)
                + most + Math.Log(Math.Exp(alive - most) + Math.Exp(gone - most));
        }

        return sum;
    }

    private static RepeatPurchaseModel Model(double[] p) => new(Bounded(p[0]), Bounded(p[1]), Bounded(p[2]), Bounded(p[3]));

    private static double Bounded(double log) => Math.Exp(Math.Clamp(log, Least, Most));

    private static double[] Simplex(Func<double[], double> cost, double[] start)
    {
        var points = Enumerable.Range(0, start.Length + 1)
            .Select(i => start.Select((value, j) => value + (j == i - 1 ? 0.7 : 0)).ToArray())
            .Select(p => (At: p, Cost: cost(p))).OrderBy(p => p.Cost).ToList();
        for (var n = 0; n < MostSteps && points[^1].Cost - points[0].Cost > Tolerance * Math.Abs(points[0].Cost); n++)
        {
            var centre = start.Select((_, j) => points.SkipLast(1).Average(p => p.At[j])).ToArray();
            var worst = points[^1];
            (double[] At, double Cost) Along(double by)
            {
                var at = centre.Select((c, j) => c + by * (worst.At[j] - c)).ToArray();
                return (at, cost(at));
            }

            var turned = Along(-1);
            var next = turned.Cost < points[0].Cost ? Along(-2) is var further && further.Cost < turned.Cost ? further : turned
                : turned.Cost < points[^2].Cost ? turned
                : Along(turned.Cost < worst.Cost ? -0.5 : 0.5);
            if (next.Cost < worst.Cost)
            {
                points[^1] = next;
            }
            else
            {
                var middle = points[0].At;
                points = [points[0], .. points.Skip(1).Select(p => p.At.Select((v, j) => (v + middle[j]) / 2).ToArray()).Select(p => (p, cost(p)))];
            }

            points = [.. points.OrderBy(p => p.Cost)];
        }

        return points[0].At;
    }
}
