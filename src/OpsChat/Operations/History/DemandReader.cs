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
        var busy = new ShopDays(shop, moment.SoldToday());
        _series = history
            .Items.Values.Where(i => i.FirstDay < days)
            .ToDictionary(i => i.Sku, i => ItemSeries.Of(i, history, moment), StringComparer.Ordinal);
        var usual = Median(_series.Values.Where(s => s.SaleDays > 0).Select(s => s.RawPhi)) ?? 1;
        foreach (var series in _series.Values)
        {
            series.LeaveOutEvents(busy, usual, moment.SoldToday(series.Sku));
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
/// How busy the shop was on each day against its own exponential mean before: weekdays, holidays and seasons, so that a busy Saturday is no
/// event of one item. The item itself is left out, or its own rise would make the day look busy.
/// </summary>
/// <param name="units">Units of the whole shop by day of the history, up to yesterday.</param>
/// <param name="soldToday">Units of the day that is not over.</param>
internal sealed class ShopDays(double[] units, double soldToday)
{
    /// <summary>This many units of a usual day are added, so that a small shop's few orders make no day a busy one.</summary>
    private const double Steadying = 10;

    /// <summary>For each day, and for today, the weight and the sum of the days before.</summary>
    private readonly (double Weight, double Sum)[] _before = Before(units);

    public static double Decay { get; } = Math.Pow(2, -1 / DemandRate.DefaultHalfLife);

    /// <param name="day">Of the history.</param>
    /// <param name="own">What the item sold on it.</param>
    /// <param name="ownBefore">The item's own sum of the days before, each halved by <see cref="Decay"/> like the shop's.</param>
    public double Factor(int day, double own, double ownBefore)
    {
        var (weight, sum) = _before[day];
        var mean = weight > 0 ? (sum - ownBefore) / weight : units[day] - own;
        return (units[day] - own + Steadying) / (mean + Steadying);
    }

    /// <summary>The same for the day that is not over: what was sold so far against a usual whole day.</summary>
    public double TodaysFactor(double own, double ownBefore)
    {
        var (weight, sum) = _before[^1];
        return weight > 0 ? (soldToday - own + 1) / ((sum - ownBefore) / weight + 1) : 1;
    }

    private static (double, double)[] Before(double[] units)
    {
        var before = new (double Weight, double Sum)[units.Length + 1];
        for (var d = 0; d < units.Length; d++)
        {
            before[d + 1] = ((before[d].Weight + 1) * Decay, (before[d].Sum + units[d]) * Decay);
        }

        return before;
    }
}

/// <summary>One item's daily units, from the first day it was seen to yesterday, and what they show by themselves.</summary>
internal sealed class ItemSeries
{
    /// <summary>
    /// Evidence at which a rise of one item counts as an event. At most one false in that many item-days, and far fewer, since most items sell
    /// too little to be misread: in quiet made-up shops of 120 items about one in three weeks, a third of what all monitors together may cost.
    /// </summary>
    public const double SpikeLine = 120;

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
    /// <param name="shop">How busy the rest of the shop was.</param>
    /// <param name="usualPhi">The median φ of the shop's items. An item's own would be that of the very rise that is looked for.</param>
    /// <param name="soldToday">Units of the day that is not over.</param>
    public void LeaveOutEvents(ShopDays shop, double usualPhi, double soldToday)
    {
        FindSpikes(shop, Math.Max(1, usualPhi), soldToday);
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
    /// stays when it has not ended.
    /// </summary>
    private void FindSpikes(ShopDays shop, double phi, double soldToday)
    {
        var from = Math.Max(28, Raw.Length - SpikeDays);
        if (Raw.Length <= from)
        {
            return;
        }

        var detector = new RecentRise(s_spikeRatios, SpikeWithin);
        // The open days walked, since a day out of stock is no step.
        var open = new List<int>();
        var (weight, sum, sold) = Sums(from);
        for (var d = from; d < Raw.Length; d++)
        {
            if (!Closed[d])
            {
                open.Add(d);
                if (detector.Step(Units[d], shop.Factor(FirstDay + d, Raw[d], sold), new(sum + 1, weight + 1, phi)) >= SpikeLine)
                {
                    var (began, usual) = (open[^(detector.Ago + 1)], detector.Usual.Mean);
                    var end = EndOfEvent(began, usual);
                    Array.Fill(Closed, true, began, end - began);
                    Spike = end >= Raw.Length ? (FirstDay + began, usual, detector.Evidence) : null;
                    detector.Restart();
                    open.Clear();
                    for (; d < end; d++)
                    {
                        sold = (sold + Raw[d]) * ShopDays.Decay;
                    }

                    d = end - 1;
                    continue;
                }

                weight += 1;
                sum += Units[d];
            }

            (weight, sum, sold) = (weight * ShopDays.Decay, sum * ShopDays.Decay, (sold + Raw[d]) * ShopDays.Decay);
        }

        // The day that is not over may be the one that settles it: what is usual of it is reckoned by how far the rest of the shop has come,
        // so the evidence holds at any hour like that of whole days.
        if (Spike is null && detector.Step(soldToday, shop.TodaysFactor(soldToday, sold), new(sum + 1, weight + 1, phi)) >= SpikeLine)
        {
            var began = detector.Ago == 0 ? Raw.Length : open[^detector.Ago];
            Array.Fill(Closed, true, began, Raw.Length - began);
            Spike = (FirstDay + began, detector.Usual.Mean, detector.Evidence);
        }
    }

    /// <summary>Open days and their units before a day, and all units that were sold, each day counted by how long ago it is.</summary>
    private (double Weight, double Sum, double Sold) Sums(int to)
    {
        var (weight, sum, sold) = (0.0, 0.0, 0.0);
        for (var d = 0; d < to; d++)
        {
            weight = (weight + (Closed[d] ? 0 : 1)) * ShopDays.Decay;
            sum = (sum + (Closed[d] ? 0 : Units[d])) * ShopDays.Decay;
            sold = (sold + Raw[d]) * ShopDays.Decay;
        }

        return (weight, sum, sold);
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
