using OpsChat.Canary;

namespace OpsChat.Operations.Statistics;

/// <summary>The gamma distribution by shape and rate. The regularised incomplete gamma function follows the usual series and continued
/// fraction.</summary>
public static class GammaDistribution
{
    /// <summary>P(X ≤ x) for X ~ Gamma(shape, rate).</summary>
    public static double Below(double x, double shape, double rate) => Regularised(shape, x * rate);

    /// <summary>The x with P(X ≤ x) = share, by bisection to 1e-10 relative.</summary>
    public static double Quantile(double share, double shape, double rate)
    {
        var (low, high) = (0.0, (shape + 10) * 2);
        while (Regularised(shape, high) < share)
        {
            high *= 2;
        }

        for (var i = 0; i < 200 && high - low > 1e-10 * high; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Regularised(shape, middle) < share ? (middle, high) : (low, middle);
        }

        return (low + high) / 2 / rate;
    }

    private static double Regularised(double a, double x) =>
        x <= 0 ? 0 : x < a + 1 ? Series(a, x) : 1 - Fraction(a, x);

    private static double Series(double a, double x)
    {
        var (term, sum) = (1 / a, 1 / a);
        for (var n = 1; n < 10_000 && term > sum * 1e-16; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum * Math.Exp(a * Math.Log(x) - x - EValues.LogGamma(a));
    }

    /// <summary>Q(a, x) by Lentz's method.</summary>
    private static double Fraction(double a, double x)
    {
        const double tiny = 1e-300;
        var b = x + 1 - a;
        var (c, d) = (1 / tiny, 1 / b);
        var value = d;
        for (var i = 1; i < 10_000; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = 1 / NotZero(an * d + b);
            c = NotZero(b + an / c);
            var step = d * c;
            value *= step;
            if (Math.Abs(step - 1) < 1e-15)
            {
                break;
            }
        }

        return value * Math.Exp(a * Math.Log(x) - x - EValues.LogGamma(a));

        static double NotZero(double number) => Math.Abs(number) < tiny ? tiny : number;
    }
}
