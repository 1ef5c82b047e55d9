namespace OpsChat.Operations.Evaluation;

/// <summary>Units a day by item, as a table: what demand is measured on.</summary>
/// <param name="First">The day of the first column.</param>
public sealed record DailySales(DateOnly First, IReadOnlyDictionary<string, double[]> Units)
{
    public int Days => Units.Count == 0 ? 0 : Units.Values.First().Length;

    /// <summary>The whole shop's units a day.</summary>
    public double[] Shop()
    {
        var sum = new double[Days];
        foreach (var units in Units.Values)
        {
            for (var d = 0; d < sum.Length; d++)
            {
                sum[d] += units[d];
            }
        }

        return sum;
    }
}
