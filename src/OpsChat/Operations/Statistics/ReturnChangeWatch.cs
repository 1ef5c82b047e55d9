namespace OpsChat.Operations.Statistics;

/// <summary>
/// Watches what was sold from the day of a recorded change on (OPERATIONS F6, Known change): day by day k returns beside the e that are usual
/// so far. E of 20 is reached by chance in at most one of twenty changes that changed nothing, whenever it is looked at.
/// </summary>
/// <param name="ByDay">E after each day from the day of the change on.</param>
/// <param name="Returned">k by now.</param>
/// <param name="Expected">e by now.</param>
/// <param name="Rate">The usual share that comes back, from what was sold before.</param>
public sealed record ReturnChangeWatch(IReadOnlyList<double> ByDay, double Returned, double Expected, double Rate)
{
    /// <summary>A change is watched that long.</summary>
    public const int Days = 120;

    /// <param name="sold">Lines by day, up to the last whole day.</param>
    /// <param name="returns">Days of sale (−1 when unknown) and return.</param>
    /// <param name="change">The day from which on it is sold changed.</param>
    /// <param name="shopRate">The shop's own rate as it was known then.</param>
    public static ReturnChangeWatch Of(
        IReadOnlyList<int> sold, IReadOnlyList<(int Sold, int Returned)> returns, int change, ReturnDelays delays, double shopRate)
    {
        var (last, exposure) = (sold.Count - 1, 0.0);
        for (var day = 0; day < Math.Min(change, sold.Count); day++)
        {
            exposure += sold[day] > 0 ? sold[day] * delays.By(last - day) : 0;
        }

        var before = returns.Count(r => r.Sold >= 0 && r.Sold < change && r.Returned <= last);
        var rate = ReturnRates.Before(before, exposure, double.IsNaN(shopRate) ? 0 : shopRate);
        var after = returns.Where(r => r.Sold >= change && r.Returned <= last).ToLookup(r => r.Returned);
        var (values, k, e) = (new List<double>(), 0.0, 0.0);
        for (var day = change; day <= Math.Min(last, change + Days); day++)
        {
            k += after[day].Count();
            for (var sale = change; sale <= day; sale++)
            {
                e += sold[sale] > 0 ? rate * sold[sale] * delays.On(day - sale) : 0;
            }

            values.Add(CountEvidence.KnownChange(k, e, ChangeDetector.ReturnRatios.AsSpan()));
        }

        return new(values, k, e, rate);
    }

    /// <summary>After how many days E first reached the line; null when it never has.</summary>
    public int? FirstAt(double line)
    {
        for (var day = 0; day < ByDay.Count; day++)
        {
            if (ByDay[day] >= line)
            {
                return day;
            }
        }

        return null;
    }
}
