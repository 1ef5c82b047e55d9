using System.Runtime.InteropServices;
using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.Evaluation;

/// <summary>A returned line of the past.</summary>
/// <param name="Sold">Null when nobody knows which sale it was.</param>
public sealed record PastReturn(string Sku, DateOnly? Sold, DateOnly Returned);

/// <summary>What one alarm line gives.</summary>
/// <param name="Line">Of an article alone; a reason of an article has 2.5 times as much.</param>
/// <param name="FalsePer100SkuYears">Alarms on the untouched data, 28 quiet days after each.</param>
/// <param name="Detected">Share of injected rises found at all.</param>
/// <param name="Within45">Share found in 45 days.</param>
/// <param name="MedianDays">Of those found; null when none was.</param>
public sealed record ReturnLineReport(
    double Line, bool ByReason, double FalsePer100SkuYears, double Detected, double Within45, double? MedianDays);

/// <summary>How a recorded change is watched: found in 30 days, in 45, ever; and how often it is said of a change that changed nothing.</summary>
public sealed record KnownChangeReport(double Within30, double Within45, double Ever, double FalsePerChange);

/// <summary>How well the begin is dated and the cause named on the day of the alarm, beside three changes at random days.</summary>
/// <param name="MedianError">Days between the true begin and the one found.</param>
/// <param name="FirstRight">Share in which the true change is ranked first.</param>
/// <param name="CauseSaid">Share in which the word cause was used.</param>
/// <param name="CauseRight">Share of those in which it was the true one.</param>
/// <param name="CauseSaidFalsely">Share in which the word was used although the true change was not recorded.</param>
public sealed record ReturnCauseReport(
    int Alarms, double? MedianError, double Within14, double FirstRight, double CauseSaid, double CauseRight, double CauseSaidFalsely);

/// <param name="Line">The alarm line in the settings; the four figures are those of it, reasons included.</param>
public sealed record ReturnsReport(
    int Skus, double Line, double FalsePer100SkuYears, double Detected, double Within45, double? MedianDays, IReadOnlyList<ReturnLineReport> Lines,
    KnownChangeReport KnownChange, ReturnCauseReport Causes);

/// <summary>
/// F6 on past sales and returns (OPERATIONS section 11): false alarms are counted on the data as they are; rises are put in one article at a
/// time, each line sold from a random day on returning with a chance more, after a delay drawn from the shop's own. The data name no reasons,
/// so they are drawn: natural ones by fixed shares, of the injected ones four in five are one reason.
/// </summary>
public sealed class ReturnsEvaluation
{
    private const double LeastLines = 0.4;
    private const int FirstDay = 60;
    private const int LastDay = 250;
    private const int Quiet = 28;
    private const double ReasonFactor = 2.5;
    private const double InjectedReason = 0.8;
    private static readonly double[] s_reasonShares = [0.15, 0.25, 0.1, 0.2, 0.3];

    private readonly int _days;
    private readonly List<int[]> _sold = [];
    private readonly List<List<PlacedReturn>> _returned = [];
    private readonly ReturnDelays _delays;
    private readonly double[] _shopRates;
    private readonly double[][] _reasonShares;

    /// <summary>A return with its days as indices; sold −1 when unknown; reason 0 is the one that rises.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct PlacedReturn(int Sold, int Returned, int Reason);

    private ReturnsEvaluation(DailySales sales, IReadOnlyList<PastReturn> returns, int seed)
    {
        var random = new Random(seed);
        var until = Math.Min(sales.Days, Math.Min(LastDay + 1, returns.Max(r => r.Returned.DayNumber) - sales.First.DayNumber + 1));
        _days = until;
        int Index(DateOnly day) => day.DayNumber - sales.First.DayNumber;
        var bySku = returns.Where(r => Index(r.Returned) is var at && at >= 0 && at < until).ToLookup(r => r.Sku, StringComparer.Ordinal);
        _delays = ReturnDelays.Of(bySku.SelectMany(g => g).Where(r => r.Sold is not null).Select(r =>
            r.Returned.DayNumber - r.Sold!.Value.DayNumber));
        var (exposure, counts) = (new double[until], new double[until]);
        var ofReason = s_reasonShares.Select(_ => new double[until]).ToArray();
        foreach (var (sku, units) in sales.Units.OrderBy(u => u.Key, StringComparer.Ordinal))
        {
            var sold = units.Take(until).Select(u => (int)u).ToArray();
            var placed = bySku[sku].Select(r => new PlacedReturn(r.Sold is { } day ? Index(day) : -1, Index(r.Returned),
                Reason(random.NextDouble()))).ToList();
            var due = _delays.Exposure(sold);
            for (var day = 0; day < until; day++)
            {
                exposure[day] += due[day];
            }

            foreach (var one in placed)
            {
                counts[one.Returned]++;
                ofReason[one.Reason][one.Returned]++;
            }

            if (sold.Sum() >= LeastLines * until)
            {
                _sold.Add(sold);
                _returned.Add(placed);
            }
        }

        _shopRates = ReturnRates.OfShop(exposure, counts);
        _reasonShares = [.. ofReason.Select(one => ReturnRates.ShareOf(one, counts))];
    }

    /// <param name="chance">What an injected rise adds to the chance of a return, 0 to 1.</param>
    /// <param name="injections">How many rises are put in.</param>
    /// <param name="line">The line whose figures come first.</param>
    public static ReturnsReport Run(DailySales sales, IReadOnlyList<PastReturn> returns, int seed, double chance, int injections, double line)
    {
        var shop = new ReturnsEvaluation(sales, returns, seed);
        var rises = shop.Rises(seed, chance, injections);
        var lines = new[] { 1000.0, 2000, 5000, 8000, 12_500, 20_000 }.Append(line).Distinct().Order()
            .SelectMany(l => new[] { shop.Judge(rises, l, false), shop.Judge(rises, l, true) }).ToList();
        var own = lines.First(l => l.Line == line && l.ByReason);
        return new(
            shop._sold.Count, line, own.FalsePer100SkuYears, own.Detected, own.Within45, own.MedianDays, lines, shop.KnownChange(rises, seed),
                shop.Causes(rises, line, seed));
    }

    private static int Reason(double chance)
    {
        for (var reason = 0; reason < s_reasonShares.Length - 1; reason++)
        {
            if ((chance -= s_reasonShares[reason]) < 0)
            {
                return reason;
            }
        }

        return s_reasonShares.Length - 1;
    }

    private sealed record Rise(int Sku, int Day, List<PlacedReturn> Returned);

    private List<Rise> Rises(int seed, double chance, int count)
    {
        var random = new Random(seed + 1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (sku, day) = (random.Next(_sold.Count), random.Next(FirstDay, Math.Max(FirstDay + 1, _days - 45)));
            return new Rise(sku, day, Injected(random, sku, day, chance));
        })];
    }

    private List<PlacedReturn> Injected(Random random, int sku, int from, double chance)
    {
        var returned = new List<PlacedReturn>(_returned[sku]);
        for (var day = from; day < _days; day++)
        {
            for (var line = 0; line < _sold[sku][day]; line++)
            {
                var at = random.NextDouble() < chance ? day + _delays.Draw(random.NextDouble()) : _days;
                if (at < _days)
                {
                    returned.Add(new(day, at, random.NextDouble() < InjectedReason ? 0 : Reason(random.NextDouble())));
                }
            }
        }

        return returned;
    }

    private ReturnLineReport Judge(List<Rise> rises, double line, bool byReason)
    {
        var wrong = Enumerable.Range(0, _sold.Count).Sum(sku => WithQuiet(Alarms(sku, _returned[sku], line, byReason)));
        var years = _sold.Count * (_days - FirstDay) / 365.0;
        var days = rises.Select(r => FirstAlarm(r, line, byReason)).ToList();
        var found = days.Where(d => d is not null).Select(d => (double)d!.Value).Order().ToList();
        return new(
            line, byReason, Math.Round(wrong / years * 100, 2), Share(found.Count, days.Count), Share(found.Count(d => d <= 45), days.Count),
                Median(found));
    }

    private int? FirstAlarm(Rise rise, double line, bool byReason) =>
        Alarms(rise.Sku, rise.Returned, line, byReason).Where(a => a >= rise.Day).Select(a => (int?)(a - rise.Day)).FirstOrDefault();

    /// <summary>The days of alarms, ascending: each stream starts over after its own.</summary>
    private List<int> Alarms(int sku, List<PlacedReturn> returned, double line, bool byReason)
    {
        var exposure = _delays.Exposure(_sold[sku]);
        var all = Of(exposure, returned, line, day => _shopRates[day]);
        if (byReason)
        {
            for (var reason = 0; reason < s_reasonShares.Length; reason++)
            {
                var (one, shares) = (reason, _reasonShares[reason]);
                all.AddRange(Of(exposure, [.. returned.Where(r => r.Reason == one)], line * ReasonFactor, day => _shopRates[day] * shares[day]));
            }
        }

        all.Sort();
        return all;
    }

    private List<int> Of(double[] exposure, List<PlacedReturn> returned, double line, Func<int, double> prior)
    {
        var alarms = new List<int>();
        if (returned.Count == 0)
        {
            return alarms;
        }

        var (stream, detector) = (ReturnRates.Stream(exposure, Counted(returned), prior), new ChangeDetector(ChangeDetector.ReturnRatios));
        for (var i = 0; i < stream.Steps.Count; i++)
        {
            if (detector.Step(stream.Steps[i].Count, stream.Steps[i].Expected) >= line)
            {
                detector.Restart();
                if (stream.First + i >= FirstDay)
                {
                    alarms.Add(stream.First + i);
                }
            }
        }

        return alarms;
    }

    private double[] Counted(IEnumerable<PlacedReturn> returned)
    {
        var counts = new double[_days];
        foreach (var one in returned)
        {
            counts[one.Returned]++;
        }

        return counts;
    }

    private static int WithQuiet(List<int> alarms)
    {
        var (count, last) = (0, int.MinValue / 2);
        foreach (var day in alarms.Where(day => day - last > Quiet))
        {
            (count, last) = (count + 1, day);
        }

        return count;
    }

    private KnownChangeReport KnownChange(List<Rise> rises, int seed)
    {
        var random = new Random(seed + 2);
        var found = rises.Select(r => ChangeAlarm(r.Sku, r.Returned, r.Day)).ToList();
        var falsely = rises.Count(_ => random.Next(_sold.Count) is var sku
            && ChangeAlarm(sku, _returned[sku], random.Next(FirstDay, Math.Max(FirstDay + 1, _days - 45))) is not null);
        double By(int days) => Share(found.Count(d => d <= days), found.Count);
        return new(By(30), By(45), Share(found.Count(d => d is not null), found.Count), Share(falsely, rises.Count));
    }

    private int? ChangeAlarm(int sku, List<PlacedReturn> returned, int day)
    {
        var watch = ReturnChangeWatch.Of(_sold[sku], [.. returned.Select(r => (r.Sold, r.Returned))], day, _delays, _shopRates[day]);
        return watch.FirstAt(20);
    }

    private ReturnCauseReport Causes(List<Rise> rises, double line, int seed)
    {
        var random = new Random(seed + 3);
        var (errors, first, said, right, falsely) = (new List<double>(), 0, 0, 0, 0);
        foreach (var rise in rises)
        {
            if (FirstAlarm(rise, line, true) is not { } days)
            {
                continue;
            }

            var today = rise.Day + days;
            var (sold, returned) = (_sold[rise.Sku][..(today + 1)], rise.Returned.Where(r => r.Returned <= today).ToList());
            var bySale = new double[sold.Length];
            foreach (var one in returned.Where(r => r.Sold >= 0))
            {
                bySale[one.Sold]++;
            }

            var stream = ReturnRates.Stream(_delays.Exposure(sold), Counted(returned)[..sold.Length], day => _shopRates[day]);
            var cohorts = new ReturnCohorts(sold, bySale, _delays, stream.Rates[^1]);
            if (cohorts.Begin() is { } begin)
            {
                errors.Add(Math.Abs(begin - rise.Day));
            }

            var decoys = Enumerable.Range(0, 4).Select(_ => (random.Next(Math.Max(0, today - ReturnCohorts.Window), today + 1), true)).ToList();
            var ranked = CauseShare.Rank([(rise.Day, true), .. decoys.Take(3)], cohorts);
            first += ranked[0].Index == 0 ? 1 : 0;
            said += ranked[0].Share >= CauseShare.CauseFrom ? 1 : 0;
            right += ranked[0].Share >= CauseShare.CauseFrom && ranked[0].Index == 0 ? 1 : 0;
            falsely += CauseShare.Rank(decoys, cohorts)[0].Share >= CauseShare.CauseFrom ? 1 : 0;
        }

        return new(
            errors.Count, Median([.. errors.Order()]), Share(errors.Count(e => e <= 14), errors.Count), Share(first, errors.Count),
                Share(said, errors.Count), Share(right, said),
            Share(falsely, errors.Count));
    }

    private static double Share(int some, int all) => all == 0 ? 0 : Math.Round(some / (double)all, 4);

    private static double? Median(List<double> sorted) => sorted.Count == 0 ? null : sorted[(sorted.Count - 1) / 2];
}
