using System.Globalization;
using System.Text;
using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.History;

/// <summary>A return beside the sale that it belongs to.</summary>
/// <param name="Sold">Day of the history on which it was sold; −1 when the order is not known.</param>
/// <param name="Returned">Day of the history on which it was asked for.</param>
/// <param name="Reason">See <see cref="ReturnFacts.ReasonKey"/>; empty when none was given.</param>
public sealed record KnownReturn(ReturnLine Line, OrderRow? Order, int Sold, int Returned, string Reason);

/// <summary>
/// The shop's returns as they were known at a moment, and what is usual (OPERATIONS F6). Of one customer's several lines of one article on one
/// day only the first counts: a person who sends twelve back is one return, not twelve.
/// </summary>
public sealed class ReturnFacts
{
    private readonly ShopMoment _shop;
    private readonly ILookup<string, KnownReturn> _bySku;
    private readonly Dictionary<string, double[]> _shares = new(StringComparer.Ordinal);
    private readonly double[] _counts;

    internal ReturnFacts(ShopMoment shop)
    {
        _shop = shop;
        Days = shop.DayIndex;
        var all = shop.ReturnsSince(DateTimeOffset.MinValue).Where(r => r.Sku.Length > 0).Select(Known).Where(r => r.Returned < Days)
            .DistinctBy(r => (r.Line.Sku, r.Order?.Customer ?? r.Line.Order, r.Returned)).ToList();
        All = all;
        _bySku = all.ToLookup(r => r.Line.Sku, StringComparer.Ordinal);
        Delays = ReturnDelays.Of(all.Where(r => r.Sold >= 0).Select(r => r.Returned - r.Sold));
        (_counts, var exposure) = (Counted(all), new double[Days]);
        foreach (var sku in shop.Skus)
        {
            foreach (var (due, day) in Delays.Exposure(Sold(sku)).Select((x, d) => (x, d)))
            {
                exposure[day] += due;
            }
        }

        ShopRates = ReturnRates.OfShop(exposure, _counts);
    }

    /// <summary>Whole days of history before today.</summary>
    public int Days { get; }

    public IReadOnlyList<KnownReturn> All { get; }

    public ReturnDelays Delays { get; }

    /// <summary>The shop's rate as known on each day; NaN until it is known.</summary>
    public IReadOnlyList<double> ShopRates { get; }

    /// <summary>Whether enough is known to say what is usual.</summary>
    public bool IsKnown => Days > 0 && !double.IsNaN(ShopRates[Days - 1]);

    public IEnumerable<KnownReturn> Of(string sku) => _bySku[sku];

    /// <summary>Sold lines by day, up to yesterday.</summary>
    public int[] Sold(string sku) => _shop.History.Items.TryGetValue(sku, out var item) ? item.Lines[..Math.Min(Days, item.Lines.Length)] : [];

    /// <summary>An article's returns beside what is usual, of one reason or of all.</summary>
    public ReturnStream Stream(string sku, string? reason)
    {
        var (sold, returns) = (Sold(sku), Of(sku));
        var share = reason is null ? null : Share(reason);
        return ReturnRates.Stream(
            Delays.Exposure(sold), Counted(reason is null ? returns : returns.Where(r => r.Reason == reason))[..sold.Length],
            day => share is null ? ShopRates[day] : ShopRates[day] * share[day]);
    }

    /// <summary>What was sold from each day on and came back.</summary>
    /// <param name="rate">b.</param>
    public ReturnCohorts Cohorts(string sku, string? reason, double rate)
    {
        var sold = Sold(sku);
        var bySale = new double[sold.Length];
        foreach (var one in Of(sku).Where(r => r.Sold >= 0 && r.Sold < sold.Length && (reason is null || r.Reason == reason)))
        {
            bySale[one.Sold]++;
        }

        return new(sold, bySale, Delays, rate);
    }

    /// <summary>The share of sold lines that is usually returned; 0 while the shop's is not known.</summary>
    public double RateOf(string sku) => !IsKnown ? 0 : Stream(sku, null).Rates is { Count: > 0 } rates ? rates[^1] : ShopRates[Days - 1];

    /// <summary><c>too-small</c> for "Too small": lower case, words joined by hyphens.</summary>
    public static string ReasonKey(string reason)
    {
        var key = new StringBuilder();
        foreach (var c in reason.Trim().Normalize(NormalizationForm.FormC).ToLower(CultureInfo.InvariantCulture))
        {
            if (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                key.Append(c);
            }
            else if (key.Length > 0 && key[^1] != '-')
            {
                key.Append('-');
            }
        }

        return key.ToString().TrimEnd('-');
    }

    private double[] Share(string reason)
    {
        if (!_shares.TryGetValue(reason, out var share))
        {
            _shares[reason] = share = ReturnRates.ShareOf(Counted(All.Where(r => r.Reason == reason)), _counts);
        }

        return share;
    }

    private KnownReturn Known(ReturnLine line)
    {
        var order = _shop.Order(line.Order);
        int Index(DateTimeOffset at) => _shop.Calendar.Day(at).DayNumber - _shop.History.FirstDay.DayNumber;
        return new(line, order, order is null ? -1 : Index(order.PlacedAt), Index(line.RequestedAt), ReasonKey(line.Reason));
    }

    private double[] Counted(IEnumerable<KnownReturn> returns)
    {
        var counts = new double[Days];
        foreach (var one in returns)
        {
            counts[one.Returned]++;
        }

        return counts;
    }
}
