using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.History;

/// <summary>What an item sells, as far as the moment knows.</summary>
/// <param name="Rate">Units a day now: season and a running event included.</param>
/// <param name="BaseRate">Units a day without season and event.</param>
/// <param name="Season">g of the whole shop.</param>
/// <param name="Phi">φ, at least 1.</param>
/// <param name="SoldIn7">Units of the last seven whole days.</param>
/// <param name="ClosedIn7">How many of those seven were days out of stock.</param>
/// <param name="ClosedDays">Days out of stock in the last 56.</param>
/// <param name="BulkOrders">Order lines that were counted smaller than they are.</param>
/// <param name="Event">A rise that runs now; null when none.</param>
/// <param name="OpenDays">Whole days on which it could be bought.</param>
public sealed record DemandFacts(
    double Rate, double BaseRate, double Season, double Phi, double SoldIn7, int ClosedIn7, int ClosedDays, IReadOnlyList<int> BulkOrders,
    RunningEvent? Event, int OpenDays)
{
    public static DemandFacts None { get; } = new(0, 0, 1, 1, 0, 0, 0, [], null, 0);
}

/// <summary>A rise of demand that runs.</summary>
/// <param name="Since">Its first day.</param>
/// <param name="Base">Units a day before it.</param>
/// <param name="Evidence">The detector's value when it was noticed.</param>
/// <param name="Campaign">The calendar's entry; null when it was only seen in the sales.</param>
/// <param name="Times">How many times the base is expected now.</param>
public sealed record RunningEvent(DateOnly Since, double Base, double Evidence, string? Campaign, double Times);

/// <summary>Reads demand out of the sales known at a moment: F1, F2 and F7 over all items.</summary>
internal sealed class DemandReader(ShopHistory history, ShopMoment moment)
{
    private readonly Dictionary<string, DemandFacts> _read = new(StringComparer.Ordinal);
    private Dictionary<string, ItemSeries>? _series;
    private Dictionary<string, double> _typeRates = [];
    private double _shopRate;
    private double _pool = 1;
    private double _season = 1;

    public DemandFacts Of(string sku)
    {
        Prepare();
        return _read.TryGetValue(sku, out var known) ? known
            : _series!.TryGetValue(sku, out var series) ? _read[sku] = Read(series) : DemandFacts.None;
    }

    private void Prepare()
    {
        if (_series is not null)
        {
            return;
        }

        var days = moment.DayIndex;
        var shop = new double[days];
        foreach (var item in history.Items.Values)
        {
            for (var d = 0; d < days && d < item.Units.Length; d++)
            {
                shop[d] += item.Units[d];
            }
        }

        _season = DemandRate.Season(shop);
        var factors = DayFactors.Of(shop);
        var today = DayFactors.Last(shop, moment.SoldToday());
        _series = history
            .Items.Values.Where(i => i.FirstDay < days)
            .ToDictionary(i => i.Sku, i => ItemSeries.Of(i, history, moment), StringComparer.Ordinal);
        var usual = Median(_series.Values.Where(s => s.SaleDays > 0).Select(s => s.RawPhi)) ?? 1;
        foreach (var series in _series.Values)
        {
            series.LeaveOutEvents(factors, usual, moment.SoldToday(series.Sku), today);
        }

        _pool = Median(_series.Values.Where(s => s.SaleDays > 0).Select(s => s.RawPhi)) ?? 1;
        _shopRate = Median(_series.Values.Select(s => s.OwnRate)) ?? 0;
        _typeRates = _series
            .Values.GroupBy(s => s.Type, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Median(g.Select(s => s.OwnRate)) ?? _shopRate, StringComparer.Ordinal);
    }

    private DemandFacts Read(ItemSeries series)
    {
        var prior = series.Type.Length > 0 ? _typeRates[series.Type] : _shopRate;
        var weight = DemandRate.PriorWeight(series.OpenDays);
        var rate = DemandRate.Of(series.Units, series.Closed, DemandRate.DefaultHalfLife, weight, prior).PerDay;
        var phi = Math.Max(1, (series.SaleDays * series.RawPhi + 10 * _pool) / (series.SaleDays + 10));
        var running = EventOf(series, rate);
        var now = running is null ? rate * _season : running.Base * running.Times;
        var lastWeek = Math.Max(0, series.Units.Length - 7);
        return new(
            now, rate, _season, phi, series.Raw.Skip(lastWeek).Sum(), series.StockOut.Skip(lastWeek).Count(c => c),
            series.StockOut.TakeLast(56).Count(c => c), series.Bulk, running, series.OpenDays);
    }

    /// <summary>The calendar's campaign of today, or the rise that the sales show and that is not over.</summary>
    private RunningEvent? EventOf(ItemSeries series, double rate)
    {
        var campaign = moment.Campaigns.FirstOrDefault(c =>
            c.From <= moment.Today && moment.Today <= c.To && (c.Skus.Count == 0 || c.Skus.Contains(series.Sku, StringComparer.OrdinalIgnoreCase)));
        if (campaign is not null)
        {
            return new(campaign.From, rate, 0, campaign.Name, Times(series, campaign.From, rate, campaign.Times ?? EventDemand.DefaultTimes));
        }

        if (series.Spike is not { } spike)
        {
            return null;
        }

        var since = history.FirstDay.AddDays(spike.Day);
        return new(since, spike.Base, spike.Evidence, null, Times(series, since, spike.Base, EventDemand.DefaultTimes));
    }

    private double Times(ItemSeries series, DateOnly since, double rate, double first)
    {
        var days = moment.Today.DayNumber - since.DayNumber;
        if (days < EventDemand.FirstDays)
        {
            return first;
        }

        var after = series.Raw.Skip(since.DayNumber - history.FirstDay.DayNumber - series.FirstDay + EventDemand.FirstDays).ToList();
        return EventDemand.After(rate, after.Count, after.Sum()).Factor;
    }

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

/// <summary>
/// How busy the whole shop was on each day against its own exponential mean before: weekdays, holidays and seasons, so that a busy Saturday
/// is no event of one item.
/// </summary>
internal static class DayFactors
{
    /// <summary>The same for a day that is not over: what was sold so far against a usual whole day.</summary>
    public static double Last(double[] shopUnits, double soldSoFar)
    {
        var decay = Math.Pow(2, -1 / DemandRate.DefaultHalfLife);
        var (weight, sum) = (0.0, 0.0);
        foreach (var units in shopUnits)
        {
            (weight, sum) = (weight * decay + 1, sum * decay + units);
        }

        return weight > 0 ? (soldSoFar + 1) / (sum / weight + 1) : 1;
    }

    public static double[] Of(double[] shopUnits)
    {
        var factors = new double[shopUnits.Length];
        var (weight, sum) = (0.0, 0.0);
        var decay = Math.Pow(2, -1 / DemandRate.DefaultHalfLife);
        for (var d = 0; d < factors.Length; d++)
        {
            var mean = weight > 0 ? sum / weight : shopUnits[d];
            factors[d] = (shopUnits[d] + 10) / (mean + 10);
            weight = weight * decay + 1;
            sum = sum * decay + shopUnits[d];
        }

        return factors;
    }
}

/// <summary>One item's daily units, from the first day it was seen to yesterday, and what they show by themselves.</summary>
internal sealed class ItemSeries
{
    /// <summary>Evidence at which a rise of one item counts as an event. At most one false in that many item-days; in quiet made-up shops of 120
    /// items about one in five weeks, since most items sell too little to be misread.</summary>
    public const double SpikeLine = 150;

    /// <summary>A launch or a sale shows within these days, or is none: looking further back finds what has slowly grown.</summary>
    private const int SpikeWithin = 5;
    private static readonly System.Collections.Immutable.ImmutableArray<double> s_spikeRatios = [2, 3];

    /// <summary>How far back a rise is looked for.</summary>
    private const int SpikeDays = 90;

    private ItemSeries(ItemHistory item, int firstDay, double[] raw, bool[] stockOut) =>
        (Sku, Type, FirstDay, Raw, StockOut, Units, Closed) = (
            item.Sku,
            item.Product?.Type ?? "",
            firstDay,
            raw,
            stockOut,
            raw,
            (bool[])stockOut.Clone()
        );

    public string Sku { get; }
    public string Type { get; }
    public int FirstDay { get; }

    /// <summary>Units as they were sold.</summary>
    public double[] Raw { get; }
    public bool[] StockOut { get; }

    /// <summary>Units with bulk orders cut, and the days that say nothing about usual demand.</summary>
    public double[] Units { get; private set; }
    public bool[] Closed { get; }

    public IReadOnlyList<int> Bulk { get; private set; } = [];
    public int OpenDays { get; private set; }
    public double RawPhi { get; private set; }
    public int SaleDays { get; private set; }
    public double OwnRate { get; private set; }

    /// <summary>A rise that runs: its first day in the history, the base before, the evidence.</summary>
    public (int Day, double Base, double Evidence)? Spike { get; private set; }

    public static ItemSeries Of(ItemHistory item, ShopHistory history, ShopMoment moment)
    {
        var length = Math.Max(0, moment.DayIndex - item.FirstDay);
        var raw = new double[length];
        Array.Copy(item.Units, item.FirstDay, raw, 0, Math.Min(length, item.Units.Length - item.FirstDay));
        var series = new ItemSeries(item, item.FirstDay, raw, StockOuts(item, history, moment, raw));
        series.CutBulk(item);
        (series.RawPhi, series.SaleDays) = DemandDispersion.RawOf(series.Units, series.Closed);
        return series;
    }

    /// <summary>Finds rises and leaves their days out of what is usual.</summary>
    /// <param name="usualPhi">The median φ of the shop's items. An item's own would be that of the very rise that is looked for.</param>
    /// <param name="soldToday">Units of the day that is not over.</param>
    /// <param name="todaysFactor">How busy the whole shop has been on it so far, against a whole usual day.</param>
    public void LeaveOutEvents(double[] dayFactors, double usualPhi, double soldToday, double todaysFactor)
    {
        FindSpikes(dayFactors, Math.Max(1, usualPhi), soldToday, todaysFactor);
        OpenDays = Closed.Count(c => !c);
        (RawPhi, SaleDays) = DemandDispersion.RawOf(Units, Closed);
        OwnRate = DemandRate.Of(Units, Closed, DemandRate.DefaultHalfLife, 0, 0).PerDay;
    }

    /// <summary>Days on which every count was 0, as the one before, and nothing was sold.</summary>
    private static bool[] StockOuts(ItemHistory item, ShopHistory history, ShopMoment moment, double[] raw)
    {
        var closed = new bool[raw.Length];
        if (item.Stock.Length == 0)
        {
            return closed;
        }

        var most = new int?[raw.Length];
        var known = ItemHistory.Known(item.Stock, moment.Now);
        for (var i = 0; i < known; i++)
        {
            var day = history.Calendar.Day(item.Stock[i].At).DayNumber - history.FirstDay.DayNumber - item.FirstDay;
            if (day >= 0 && day < most.Length)
            {
                most[day] = Math.Max(most[day] ?? int.MinValue, item.Stock[i].Available);
            }
        }

        for (var d = 0; d < closed.Length; d++)
        {
            closed[d] = most[d] <= 0 && raw[d] == 0;
        }

        return closed;
    }

    /// <summary>A line of more than max(10, 8 × the usual line) counts 8 × the usual line.</summary>
    private void CutBulk(ItemHistory item)
    {
        if (item.LargeLines.Length == 0)
        {
            return;
        }

        var usual = MedianLine(item.LineSizes);
        var (line, kept) = (Math.Max(10, 8 * usual), 8 * usual);
        var bulk = item.LargeLines.Where(l => l.Quantity > line && l.Day - FirstDay < Raw.Length).ToList();
        Bulk = [.. bulk.Where(l => l.Day - FirstDay >= Raw.Length - 56).Select(l => l.Quantity)];
        Units = (double[])Raw.Clone();
        foreach (var (day, quantity) in bulk)
        {
            Units[day - FirstDay] -= quantity - kept;
        }
    }

    private static int MedianLine(SortedDictionary<int, int> sizes)
    {
        var (half, seen) = ((sizes.Values.Sum() + 1) / 2, 0);
        foreach (var (size, count) in sizes)
        {
            seen += count;
            if (seen >= half)
            {
                return size;
            }
        }

        return 1;
    }

    /// <summary>
    /// Walks the last days with the detector. Days of a rise are left out of the usual rate, up to its end (F7) or sixty days; the last one
    /// stays when it has not ended. Counts are divided by φ, as overdispersed counts are (quasi-Poisson).
    /// </summary>
    private void FindSpikes(double[] dayFactors, double phi, double soldToday, double todaysFactor)
    {
        var from = Math.Max(28, Raw.Length - SpikeDays);
        if (Raw.Length <= from)
        {
            return;
        }

        var detector = new RecentRise(s_spikeRatios, SpikeWithin);
        // The open days walked, since a day out of stock is no step.
        var open = new List<int>();
        var decay = Math.Pow(2, -1 / DemandRate.DefaultHalfLife);
        var (weight, sum) = Sums(from, decay);
        for (var d = from; d < Raw.Length; d++)
        {
            var (before, factor) = ((sum + 1) / (weight + 1), dayFactors[FirstDay + d]);
            if (!Closed[d])
            {
                open.Add(d);
                if (detector.Step(Units[d] / phi, before * factor / phi) >= SpikeLine)
                {
                    var began = open[^(detector.Ago + 1)];
                    var end = EndOfEvent(began, before);
                    Array.Fill(Closed, true, began, end - began);
                    Spike = end >= Raw.Length ? (FirstDay + began, before, detector.Evidence) : null;
                    detector.Restart();
                    open.Clear();
                    d = end - 1;
                    continue;
                }

                weight += 1;
                sum += Units[d];
            }

            (weight, sum) = (weight * decay, sum * decay);
        }

        // The day that is not over may be the one that settles it: what is usual of it is reckoned by how far the whole shop has come,
        // so the evidence holds at any hour like that of whole days.
        var usual = (sum + 1) / (weight + 1);
        if (Spike is null && detector.Step(soldToday / phi, usual * todaysFactor / phi) >= SpikeLine)
        {
            var began = detector.Ago == 0 ? Raw.Length : open[^detector.Ago];
            Array.Fill(Closed, true, began, Raw.Length - began);
            Spike = (FirstDay + began, usual, detector.Evidence);
        }
    }

    private (double Weight, double Sum) Sums(int to, double decay)
    {
        var (weight, sum) = (0.0, 0.0);
        for (var d = 0; d < to; d++)
        {
            weight = (weight + (Closed[d] ? 0 : 1)) * decay;
            sum = (sum + (Closed[d] ? 0 : Units[d])) * decay;
        }

        return (weight, sum);
    }

    /// <summary>The first day after which the factor may be 1 again, at the latest sixty days on; the series' length when that is not yet.</summary>
    private int EndOfEvent(int began, double before)
    {
        var units = 0.0;
        for (var d = began + EventDemand.FirstDays; d < Raw.Length; d++)
        {
            units += Raw[d];
            var days = d - began - EventDemand.FirstDays + 1;
            if (days >= EventDemand.MostDays || (days >= 7 && EventDemand.After(before, days, units).MayBeOver))
            {
                return d + 1;
            }
        }

        return Raw.Length;
    }
}
