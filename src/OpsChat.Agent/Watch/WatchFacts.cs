using OpsChat.Facts;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Storage;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>
/// What watching the shop lets the chat know: only out of an open alert or a look of the last 24 hours. What was not looked at is missing, which
/// is not the same as all being well.
/// </summary>
public static class WatchFacts
{
    private const string RunningOut = "product.running_out", RestockExpected = "product.restock_expected", CarrierDelay = "order.carrier_delay", LateRisk = "order.late_risk";

    private static readonly TimeSpan s_freshFor = TimeSpan.FromHours(24);

    public static bool AreNeeded(IReadOnlySet<string> needed) => needed.Overlaps([RunningOut, RestockExpected, CarrierDelay, LateRisk]);

    public static FactSet Added(UnitOfWork session, GatheredFacts gathered, DateTimeOffset now, TimeZoneInfo zone)
    {
        var looked = session.Alerts.Looks().Where(l => now - l.At < s_freshFor && l.Gaps.Count == 0).ToDictionary(l => l.Monitor, l => l.At, StringComparer.Ordinal);
        return new([.. gathered.Facts.All, .. OfProduct(session, gathered, looked, now, zone), .. OfOrder(session, gathered, looked, now)]);
    }

    private static IEnumerable<Fact> OfProduct(UnitOfWork session, GatheredFacts gathered, Dictionary<string, DateTimeOffset> looked, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (gathered.Product is not ProductMatch.Found { Variants: [var variant] } || !looked.TryGetValue("stock-runout", out var at))
        {
            yield break;
        }

        var alert = Open(session, SubjectKey.Of(("sku", variant.Sku)).KeyFor("stock-runout"), now);
        yield return new(RunningOut, FactValue.Of(alert is not null), Source(alert), alert?.CheckedAt ?? at);
        if (alert?.Trace?.Inputs.TryGetValue(StockRunout.ArrivalLate, out var days) == true)
        {
            var by = TimeZoneInfo.ConvertTime(alert.CheckedAt.AddDays(Math.Ceiling(days)), zone);
            yield return new(RestockExpected, FactValue.Of(DateOnly.FromDateTime(by.DateTime)), Source(alert), alert.CheckedAt);
        }
    }

    private static IEnumerable<Fact> OfOrder(UnitOfWork session, GatheredFacts gathered, Dictionary<string, DateTimeOffset> looked, DateTimeOffset now)
    {
        if (gathered.Order is not { } order || !looked.TryGetValue("carrier-late", out var at))
        {
            yield break;
        }

        var carrier = gathered.Facts.Find("shipment.carrier")?.Value.Shown;
        var alert = carrier is null ? null : Open(session, SubjectKey.Of(("carrier", carrier)).KeyFor("carrier-late"), now);
        if (carrier is not null)
        {
            yield return new(CarrierDelay, FactValue.Of(alert is not null), Source(alert), alert?.CheckedAt ?? at);
        }

        var key = OrderNumber.Key(order.Number);
        var late = session.Alerts.Queue().Alerts.Values.FirstOrDefault(a => a.IsOpen && now - a.CheckedAt < s_freshFor && a.Monitor is "parcel-late" or "parcel-late-risk" or "parcel-stalled"
            && a.Children.Any(c => c.Subject["order"] is { } number && OrderNumber.Key(number) == key));
        yield return new(LateRisk, FactValue.Of(late is not null), Source(late), late?.CheckedAt ?? at);
    }

    private static Alert? Open(UnitOfWork session, string key, DateTimeOffset now) =>
        session.Alerts.Find(key) is { IsOpen: true } alert && now - alert.CheckedAt < s_freshFor ? alert : null;

    private static string Source(Alert? alert) => alert is null ? "the shop's watch" : $"alert {alert.Id}";
}
