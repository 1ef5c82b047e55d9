using System.Runtime.InteropServices;

namespace OpsChat.Operations.Statistics;

/// <summary>How long the stock lasts, as an interval: runs out within P10, P50, P90 days with chance 0.1, 0.5, 0.9 (OPERATIONS F5).</summary>
/// <param name="P10">Days; null when longer than <see cref="Horizon"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DaysOfCover(int? P10, int? P50, int? P90)
{
    /// <summary>How far ahead is looked, in days.</summary>
    public const int Horizon = 730;

    public static DaysOfCover Of(int available, double rate, double dispersion) => new(
        Least(available, rate, dispersion, 0.1), Least(available, rate, dispersion, 0.5), Least(available, rate, dispersion, 0.9));

    /// <summary>The least whole number of days h with P(demand in h days ≥ available) ≥ chance.</summary>
    private static int? Least(int available, double rate, double dispersion, double chance)
    {
        if (available <= 0)
        {
            return 0;
        }

        bool Reached(int days) => NegativeBinomial.OfDays(rate, days, dispersion).AtLeast(available) >= chance;
        if (rate <= 0 || !Reached(Horizon))
        {
            return null;
        }

        var (low, high) = (0, Horizon);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Reached(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}
