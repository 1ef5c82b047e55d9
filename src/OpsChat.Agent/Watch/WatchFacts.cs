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
    private static readonly string[] s_lateness = ["parcel-late", "parcel-late-risk", "parcel-stalled"];

    private static readonly TimeSpan s_freshFor = TimeSpan.FromHours(24);

    public static bool AreNeeded(IReadOnlySet<string> needed) => needed.Overlaps(FactNames.OfWatch);

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
        yield return new(FactNames.RunningOut, FactValue.Of(alert is not null), Source(alert), alert?.CheckedAt ?? at);
        if (alert?.Trace?.Inputs.TryGetValue(StockRunout.ArrivalLate, out var days) == true)
        {
            var by = TimeZoneInfo.ConvertTime(alert.CheckedAt.AddDays(Math.Ceiling(days)), zone);
            yield return new(FactNames.RestockExpected, FactValue.Of(DateOnly.FromDateTime(by.DateTime)), Source(alert), alert.CheckedAt);
        }
    }

    private static IEnumerable<Fact> OfOrder(UnitOfWork session, GatheredFacts gathered, Dictionary<string, DateTimeOffset> looked, DateTimeOffset now)
    {
        if (gathered.Order is not { } order)
        {
            yield break;
        }

        if (gathered.Facts.Find("shipment.carrier")?.Value.Shown is { } carrier && looked.TryGetValue("carrier-late", out var at))
        {
            var alert = Open(session, SubjectKey.Of(("carrier", carrier)).KeyFor("carrier-late"), now);
            yield return new(FactNames.CarrierDelay, FactValue.Of(alert is not null), Source(alert), alert?.CheckedAt ?? at);
        }

        var key = OrderNumber.Key(order.Number);
        var late = session.Alerts.OpenOf(s_lateness).FirstOrDefault(a => now - a.CheckedAt < s_freshFor
            && a.Children.Any(c => c.Subject["order"] is { } number && OrderNumber.Key(number) == key));
        // One that says so is enough; that none does is known only when all of them looked.
        if (late is not null || s_lateness.All(looked.ContainsKey))
        {
            yield return new(FactNames.LateRisk, FactValue.Of(late is not null), Source(late), late?.CheckedAt ?? s_lateness.Min(monitor => looked[monitor]));
        }
    }

    private static Alert? Open(UnitOfWork session, string key, DateTimeOffset now) =>
        session.Alerts.Find(key) is { IsOpen: true } alert && now - alert.CheckedAt < s_freshFor ? alert : null;

    private static string Source(Alert? alert) => alert is null ? "the shop's watch" : $"alert {alert.Id}";
}
