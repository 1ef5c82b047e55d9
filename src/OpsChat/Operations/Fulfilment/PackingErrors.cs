using OpsChat.Operations.History;
using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.Fulfilment;

/// <summary>A station and shift with its errors beside the others'.</summary>
/// <param name="Expected">What the others' share would give in the same 60 days.</param>
/// <param name="Ratio">Drawn to 1 by two of each.</param>
public sealed record StationErrors(string Station, string Shift, RateWatch Watch, int Picks, int Errors, double Expected, double Ratio,
    PickLine? Newest);

/// <summary>Two articles that are packed for one another.</summary>
/// <param name="Evidence">E; the line is the number of articles squared.</param>
public sealed record MixedPair(string One, string Other, int Times, double Expected, double Evidence, double Alike, PickLine Newest)
{
    public string Name => $"{One}~{Other}";
}

/// <summary>What packing went wrong, from what was ordered and what went into the parcel (OPERATIONS F12).</summary>
public sealed class PackingErrors
{
    /// <summary>So far back errors are looked at, today included as far as it has come; a reference is always the last 60 days before.</summary>
    public const int Days = 120;
    private const int Window = 60;
    private const int StandingDays = 14;
    private static readonly double[] s_pairRatios = [5, 10, 20, 40];

    private readonly Dictionary<(string Station, string Shift), (double[] Picks, double[] Errors)> _days = [];
    private readonly List<(PickLine Line, int Day)> _lines = [];
    private readonly ShopMoment _shop;

    private PackingErrors(ShopMoment shop)
    {
        _shop = shop;
        var first = shop.Today.AddDays(1 - Days);
        foreach (var line in shop.PicksSince(shop.Calendar.Start(first)))
        {
            var day = shop.Calendar.Day(line.PackedAt).DayNumber - first.DayNumber;
            if (day is < 0 or >= Days)
            {
                continue;
            }

            _lines.Add((line, day));
            var key = (line.Station ?? "", line.Shift ?? "");
            if (!_days.TryGetValue(key, out var counts))
            {
                _days[key] = counts = (new double[Days], new double[Days]);
            }

            counts.Picks[day]++;
            counts.Errors[day] += IsError(line) ? 1 : 0;
        }
    }

    public static PackingErrors Of(ShopMoment shop) => new(shop);

    public bool IsKnown => _lines.Count > 0;

    /// <summary>Lines of the last 60 days, and those of them that went wrong.</summary>
    public (int Lines, int Errors) Total => (_lines.Count(l => l.Day >= Days - Window), _lines.Count(l => l.Day >= Days - Window && IsError(l.Line)));

    /// <summary>Another article than ordered, or another number of pieces.</summary>
    public static bool IsError(PickLine line) =>
        (line.SkuPacked is { } packed && packed != line.SkuOrdered)
            || (line.QuantityPacked is { } got && line.QuantityOrdered is { } asked && got != asked);

    /// <param name="line">The alarm line.</param>
    public IEnumerable<StationErrors> Stations(double line)
    {
        foreach (var (key, counts) in _days.Where(d => d.Key != ("", "")).OrderBy(d => d.Key.Station, StringComparer.Ordinal).ThenBy(d => d.Key.Shift,
            StringComparer.Ordinal))
        {
            var (picks, errors) = (counts.Picks.TakeLast(Window).Sum(), counts.Errors.TakeLast(Window).Sum());
            var (all, wrong) = (_days.Values.Sum(d => d.Picks.TakeLast(Window).Sum()), _days.Values.Sum(d => d.Errors.TakeLast(Window).Sum()));
            var expected = all > picks ? CountEvidence.AgainstOthers(errors, picks, wrong, all) : (Expected: errors, Ratio: 1);
            var newest = _lines.Where(l => (l.Line.Station ?? "", l.Line.Shift ?? "") == key && IsError(l.Line)).Select(l => l.Line).LastOrDefault();
            yield return new(key.Station, key.Shift, Watch(key, line), (int)picks, (int)errors, expected.Expected, expected.Ratio, newest);
        }
    }

    /// <summary>Each day beside the others' share of their last 60 days, (k + 1) ÷ (n + 100); one that is alone is compared with itself before the
    /// last four weeks.</summary>
    private RateWatch Watch((string, string) key, double line)
    {
        var own = _days[key];
        var others = _days.Where(d => d.Key != key).Select(d => d.Value).ToList();
        var steps = new List<(double, double)>(Days);
        for (var day = 0; day < Days; day++)
        {
            var (from, to) = others.Count > 0 ? (Math.Max(0, day - Window), day) : (0, Math.Max(0, day - ReturnRates.Lag));
            var reference = others.Count > 0 ? others : [own];
            var (n, k) = (reference.Sum(r => Sum(r.Picks, from, to)), reference.Sum(r => Sum(r.Errors, from, to)));
            if (n > 0)
            {
                steps.Add((own.Errors[day], own.Picks[day] * (k + 1) / (n + 100)));
            }
        }

        return RateWatch.Of(steps, ChangeDetector.RateRatios, line, StandingDays);
    }

    /// <summary>Pairs that were mistaken for one another in the last 60 days, the plainest first.</summary>
    public IEnumerable<MixedPair> Pairs()
    {
        var recent = _lines.Where(l => l.Day >= Days - Window).Select(l => l.Line).ToList();
        var picks = recent.GroupBy(l => l.SkuOrdered, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var rate = (recent.Count(IsError) + 1.0) / (recent.Count + 100);
        return recent.Where(l => l.SkuPacked is { } packed && packed != l.SkuOrdered).GroupBy(l => Key(l.SkuOrdered, l.SkuPacked!)).Select(g =>
        {
            var (one, other) = g.Key;
            var expected = Math.Max(1e-9, rate * 2 * Math.Max(1, picks.GetValueOrDefault(one)) * Math.Max(1,
                picks.GetValueOrDefault(other)) / Math.Max(1, recent.Count));
            return new MixedPair(
                one, other, g.Count(), expected, CountEvidence.KnownChange(g.Count(), expected, s_pairRatios),
                    LookAlikes.Dice(Title(one), Title(other)), g.Last());
        }).OrderByDescending(p => p.Evidence).ThenBy(p => p.Name, StringComparer.Ordinal);
    }

    private string Title(string sku) => _shop.Product(sku)?.Title ?? sku;

    private static (string, string) Key(string one, string other) => string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);

    private static double Sum(double[] values, int from, int to)
    {
        var sum = 0.0;
        for (var i = from; i < to; i++)
        {
            sum += values[i];
        }

        return sum;
    }
}
