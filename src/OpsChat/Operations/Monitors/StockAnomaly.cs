using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>Stock changed by more than what was sold, received and returned explains, beyond max(2, 5 %).</summary>
internal sealed class StockAnomaly() : ShopMonitor("stock-anomaly", TimeSpan.FromHours(6), AlertLines.Half(1), StockFindings.Needs)
{
    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var returned = shop.ReturnsSince(shop.Now.AddDays(-60)).ToLookup(r => r.Sku, StringComparer.Ordinal);
        var cancelled = shop.OrdersSince(shop.Now.AddDays(-60)).Where(o => o.CancelledAt <= shop.Now)
            .SelectMany(o => o.Lines.Select(l => (l.Sku, l.Quantity, At: o.CancelledAt!.Value))).ToLookup(l => l.Sku, StringComparer.Ordinal);
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var sku in shop.Skus)
        {
            if (LastTwoDays(shop, sku) is not { } pair)
            {
                continue;
            }

            looked.Add(StockFindings.Subject(sku));
            var back = returned[sku].Where(r => (r.ReceivedAt ?? r.RequestedAt.AddDays(3)) > pair.Before.At).Sum(r => r.Quantity)
                + cancelled[sku].Where(c => c.At > pair.Before.At).Sum(c => c.Quantity);
            var unexplained = Unexplained(shop, sku, pair.Before, pair.After, back);
            var bound = Math.Max(2, 0.05 * Math.Abs(pair.Before.Available));
            if (Math.Abs(unexplained) > bound / 2)
            {
                findings.Add(Finding(shop, sku, pair.Before, pair.After, unexplained, Math.Abs(unexplained) / (bound + 1e-9)));
            }
        }

        return new(findings, looked, []);
    }

    /// <summary>The newest counts of two different days.</summary>
    private static (StockPoint Before, StockPoint After)? LastTwoDays(ShopMoment shop, string sku)
    {
        StockPoint? after = null;
        foreach (var point in shop.StockBackwards(sku))
        {
            if (after is not { } newest)
            {
                after = point;
            }
            else if (shop.Calendar.Day(point.At) < shop.Calendar.Day(newest.At))
            {
                return (point, newest);
            }
        }

        return null;
    }

    /// <summary>
    /// The part of the change that no row explains, nearest to zero: sales of a day that a count lies within, and returned pieces, may or may
    /// not be in it.
    /// </summary>
    private static double Unexplained(ShopMoment shop, string sku, StockPoint before, StockPoint after, int perhapsBack)
    {
        var (most, least) = shop.Sold(sku, before.At, after.At);
        var received = shop.Supply(sku).Sum(s => s.ReceivedBy(after.At) - s.ReceivedBy(before.At));
        var change = after.Available - before.Available;
        var (low, high) = (received - most, received - least + perhapsBack);
        return change < low ? change - low : change > high ? change - high : 0;
    }

    private static MonitorFinding Finding(ShopMoment shop, string sku, StockPoint before, StockPoint after, double unexplained, double strength)
    {
        var cost = shop.Product(sku)?.Cost?.Minor ?? 0;
        var pieces = (int)Math.Abs(unexplained);
        return new(
            StockFindings.Subject(sku), strength, 0.8, new Money(cost * pieces, shop.Currency), shop.Now.AddHours(24), "warehouse",
            $"{sku}: {Plural.Of(pieces, "piece")} {(unexplained < 0 ? "gone" : "come")} that no sale, delivery or return explains.",
            [
                EvidenceRow.Of($"{before.Available} counted before", before.Place, before.At),
                EvidenceRow.Of($"{after.Available} counted after", after.Place, after.At),
            ],
            [
                new(
                    ActionKind.StockCorrection,
                    sku,
                    new Dictionary<string, string>(StringComparer.Ordinal),
                    null,
                    $"Count {sku}",
                    shop.Now.AddDays(3)
                ),
            ],
            CalculationTrace.Of(
                "balance",
                "stock-anomaly 1",
                ("before", before.Available),
                ("after", after.Available),
                ("unexplained", unexplained)
            )
        );
    }
}
