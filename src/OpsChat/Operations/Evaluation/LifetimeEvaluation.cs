using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.Evaluation;

/// <summary>A day on which a customer bought.</summary>
public sealed record PurchaseDay(string Customer, DateOnly Day);

/// <summary>How well it is foretold who buys again.</summary>
/// <param name="N">Customers who had bought by the day of looking.</param>
/// <param name="Again">Share of them who bought in the time after.</param>
/// <param name="Auroc">How well the expected visits rank those who did; 0.5 is chance.</param>
/// <param name="AurocOfOwnRate">The same for a customer's own purchases ÷ its age.</param>
/// <param name="VisitsMae">Mean absolute error of the visits expected.</param>
/// <param name="VisitsMaeOfOwnRate">The same when everybody goes on at the own rate.</param>
public sealed record LifetimeReport(
    int N, double Again, double Auroc, double AurocOfOwnRate, double VisitsMae, double VisitsMaeOfOwnRate, RepeatPurchaseModel Model);

/// <summary>Fits the model to what was known on one day, and compares what it expects with what came (F13).</summary>
public static class LifetimeEvaluation
{
    /// <param name="until">The last day that is known.</param>
    /// <param name="ahead">Days foretold.</param>
    public static LifetimeReport Run(IEnumerable<PurchaseDay> purchases, DateOnly until, int ahead)
    {
        var customers = purchases.GroupBy(p => p.Customer, StringComparer.Ordinal)
            .Select(g => g.Select(p => p.Day).Distinct().Order().ToList())
            .Where(days => days[0] <= until)
            .Select(days => (Past: Past([.. days.TakeWhile(d => d <= until)], until), Came: days.Count(d => d > until && d <= until.AddDays(ahead))))
            .ToList();
        var model = RepeatPurchaseFit.Of([.. customers.Select(c => c.Past)]);
        var looks = customers.Select(c => (
            Expected: model.Expected(c.Past.Repeats, c.Past.Last, c.Past.Age, ahead),
            OwnRate: (c.Past.Repeats + 1) / Math.Max(1, c.Past.Age) * ahead,
            c.Came)).ToList();
        return new(
            looks.Count, looks.Average(l => l.Came > 0 ? 1.0 : 0),
            Auroc(looks.Select(l => (l.Expected, l.Came > 0))), Auroc(looks.Select(l => (l.OwnRate, l.Came > 0))),
            looks.Average(l => Math.Abs(l.Expected - l.Came)), looks.Average(l => Math.Abs(l.OwnRate - l.Came)), model);
    }

    /// <param name="days">Ascending, each once.</param>
    public static CustomerPast Past(IReadOnlyList<DateOnly> days, DateOnly until) =>
        new(days.Count - 1, days[^1].DayNumber - days[0].DayNumber, until.DayNumber - days[0].DayNumber);

    /// <summary>The chance that one who came stands above one who did not, ties counting half (Mann and Whitney 1947).</summary>
    private static double Auroc(IEnumerable<(double Score, bool Came)> scored)
    {
        var (ranks, came, seen) = (0.0, 0, 0);
        foreach (var tie in scored.GroupBy(s => s.Score).OrderBy(g => g.Key))
        {
            var (count, those) = (tie.Count(), tie.Count(s => s.Came));
            ranks += those * (seen + (count + 1) / 2.0);
            (came, seen) = (came + those, seen + count);
        }

        var others = seen - came;
        return came == 0 || others == 0 ? 0.5 : (ranks - came * (came + 1) / 2.0) / ((double)came * others);
    }
}
