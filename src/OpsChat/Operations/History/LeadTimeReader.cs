using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.History;

/// <summary>How long a supplier really takes, as far as the moment knows.</summary>
/// <param name="Supplier">Null when nobody is named for the item.</param>
/// <param name="OwnReceived">Own deliveries in the curve.</param>
/// <param name="OwnOpen">Own orders still open, counted at their age.</param>
/// <param name="QuotedDays">What the supplier says; null when it says nothing.</param>
/// <param name="IsQuoted">Fewer than three own receipts and a quote: the curve is the supplier's word.</param>
/// <param name="IsAssumed">Nothing is known of any supplier: two weeks are assumed.</param>
public sealed record LeadTimeFacts(
    string? Supplier,
    LeadTimeCurve Curve,
    int OwnReceived,
    int OwnOpen,
    int? QuotedDays,
    bool IsQuoted,
    bool IsAssumed
)
{
    public (double Mean, double Deviation) Moments => (Curve.Mean, Curve.Deviation);

    /// <summary>"12 days (9 to 19)", as what a supplier takes; what is only said or assumed is told as that.</summary>
    public string InWords =>
        IsAssumed ? $"a time that nobody knows yet ({Curve.Quantile(0.5):0} days are assumed)"
        : IsQuoted ? $"{Plural.Of(Curve.Quantile(0.5), "0", "day")} by its own word"
        : $"{Plural.Of(Curve.Quantile(0.5), "0", "day")} ({Curve.Quantile(0.1):0} to {Curve.Quantile(0.9):0})";
}

/// <summary>Reads lead times out of the orders known at a moment.</summary>
internal sealed class LeadTimeReader(ShopHistory history, DateTimeOffset now)
{
    private const double AssumedDays = 14;
    private readonly Dictionary<string, LeadTimeFacts> _read = new(StringComparer.Ordinal);
    private Dictionary<string, List<LeadTimeSample>>? _samples;

    public LeadTimeFacts Of(string? supplier)
    {
        var name = supplier ?? "";
        return _read.TryGetValue(name, out var known) ? known : _read[name] = Read(supplier);
    }

    private LeadTimeFacts Read(string? supplier)
    {
        _samples ??= Samples();
        var own = _samples.GetValueOrDefault(supplier ?? "") ?? [];
        var others = _samples.Where(s => s.Key != (supplier ?? "")).SelectMany(s => s.Value).ToList();
        var (received, open) = (Orders(own.Where(s => s.Received)), Orders(own.Where(s => !s.Received)));
        var quoted = history.Rows.Suppliers.LastOrDefault(s => string.Equals(s.Supplier, supplier, StringComparison.OrdinalIgnoreCase))?.QuotedDays;
        if (received < 3 && quoted is { } days)
        {
            return new(supplier, LeadTimeCurve.Quoted(days), received, open, quoted, IsQuoted: true, IsAssumed: false);
        }

        var weight = others.Count == 0 ? 0 : LeadTimeCurve.PoolWeight / others.Sum(s => s.Weight);
        var curve = LeadTimeCurve.Of(own.Concat(others.Select(s => s with { Weight = weight * s.Weight })));
        return curve is { Points.Count: > 0 }
            ? new(supplier, curve, received, open, quoted, IsQuoted: false, IsAssumed: false)
            : new(supplier, LeadTimeCurve.Quoted(AssumedDays), received, open, quoted, IsQuoted: false, IsAssumed: true);
    }

    /// <summary>Each supplier's newest orders. An order of twelve lines is one delivery, not twelve: its lines share the weight of one.</summary>
    private Dictionary<string, List<LeadTimeSample>> Samples() => history.Rows.SupplyOrders
        .Where(s => s.OrderedAt <= now && (now - s.OrderedAt).TotalDays <= LeadTimeCurve.MostDays)
        .GroupBy(s => s.Supplier, StringComparer.Ordinal)
        .ToDictionary(s => s.Key, s => s.GroupBy(o => o.Whole).TakeLast(LeadTimeCurve.MostOrders).SelectMany(Lines).ToList(), StringComparer.Ordinal);

    private IEnumerable<LeadTimeSample> Lines(IEnumerable<SupplyOrder> order)
    {
        var lines = order.ToList();
        return lines.Select(line => line.CompleteAt(now) is { } complete
            ? new LeadTimeSample(Days(line.OrderedAt, complete), true, 1.0 / lines.Count)
            : new LeadTimeSample(Days(line.OrderedAt, now), false, 1.0 / lines.Count));
    }

    private static int Orders(IEnumerable<LeadTimeSample> lines) => (int)Math.Round(lines.Sum(s => s.Weight));

    private double Days(DateTimeOffset from, DateTimeOffset to) => history.Calendar.Day(to).DayNumber - history.Calendar.Day(from).DayNumber;
}
