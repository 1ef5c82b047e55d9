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

    /// <summary>Whether there is anything about which the watch could tell what is needed.</summary>
    public static bool AreNeeded(IReadOnlySet<string> needed, GatheredFacts gathered) =>
        (gathered.Order is not null || gathered.Product is ProductMatch.Found { Variants: [_] }) && needed.Overlaps(FactNames.OfWatch);

    public static FactSet Added(UnitOfWork session, GatheredFacts gathered, DateTimeOffset now, TimeZoneInfo zone)
    {
        var looked = session
            .Alerts.Looks()
            .Where(l => now - l.At < s_freshFor && l.Gaps.Count == 0)
            .ToDictionary(l => l.Monitor, l => l.At, StringComparer.Ordinal);
        Fact[] watched = [.. OfProduct(session, gathered, looked, now, zone), .. OfOrder(session, gathered, looked, now)];
        // Chat and alerts say one thing: what the watch knows better stands instead of what a file alone says.
        return new([.. gathered.Facts.All.Where(fact => !Array.Exists(watched, other => other.Name == fact.Name)), .. watched]);
    }

    private static IEnumerable<Fact> OfProduct(
        UnitOfWork session,
        GatheredFacts gathered,
        Dictionary<string, DateTimeOffset> looked,
        DateTimeOffset now,
        TimeZoneInfo zone
    )
    {
        if (gathered.Product is not ProductMatch.Found { Variants: [var variant] } || !looked.TryGetValue("stock-runout", out var at))
        {
            yield break;
        }

        var alert = Open(session, SubjectKey.Of(("sku", variant.Sku)).KeyFor("stock-runout"), now);
        yield return new(FactNames.RunningOut, FactValue.Of(alert is not null), Source(alert), alert?.CheckedAt ?? at);
        if (alert?.Trace?.Inputs.TryGetValue(StockRunout.ArrivalLate, out var days) == true)
        {
            yield return new(FactNames.RestockExpected, FactValue.Of(DayAfter(alert, days, zone)), Source(alert), alert.CheckedAt);
        }

        if (
            alert?.Trace?.Inputs.TryGetValue(StockRunout.ArrivalMean, out var likely) == true
            && gathered.Facts.Find(FactNames.RestockOn)?.Value is FactValue.Day { Value: var promised }
            && DayAfter(alert, likely, zone) is var day
            && day > promised
        )
        {
            yield return new(FactNames.RestockOn, FactValue.Of(day), Source(alert), alert.CheckedAt);
        }
    }

    private static DateOnly DayAfter(Alert alert, double days, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(alert.CheckedAt.AddDays(Math.Ceiling(days)), zone).DateTime);

    private static IEnumerable<Fact> OfOrder(
        UnitOfWork session,
        GatheredFacts gathered,
        Dictionary<string, DateTimeOffset> looked,
        DateTimeOffset now
    )
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
        bool IsOf(SubjectKey subject) => subject["order"] is { } number && OrderNumber.Key(number) == key;
        bool IsAbout(Alert alert) => now - alert.CheckedAt < s_freshFor && (IsOf(alert.Subject) || alert.Children.Any(c => IsOf(c.Subject)));
        // It knows the marketplace's own deadlines; the order's state is the shop's newest word.
        if (
            order is { IsPaid: true, IsShipped: false, IsCancelled: false }
            && session.Alerts.OpenOf([OrderStuck.MonitorName]).FirstOrDefault(IsAbout) is { } stuck
        )
        {
            yield return new(FactNames.PackingLate, FactValue.Of(true), Source(stuck), stuck.CheckedAt);
        }

        if (
            order is { IsShipped: true, IsDelivered: false }
            && session.Alerts.OpenOf([ParcelNoScan.MonitorName]).FirstOrDefault(IsAbout) is { } unseen
        )
        {
            yield return new(FactNames.Unscanned, FactValue.Of(true), Source(unseen), unseen.CheckedAt);
        }

        var late = session.Alerts.OpenOf(s_lateness).FirstOrDefault(IsAbout);
        // One that says so is enough; that none does is known only when all of them looked.
        if (late is not null || s_lateness.All(looked.ContainsKey))
        {
            yield return new(
                FactNames.LateRisk,
                FactValue.Of(late is not null),
                Source(late),
                late?.CheckedAt ?? s_lateness.Min(monitor => looked[monitor])
            );
        }
    }

    private static Alert? Open(UnitOfWork session, string key, DateTimeOffset now) =>
        session.Alerts.Find(key) is { IsOpen: true } alert && now - alert.CheckedAt < s_freshFor ? alert : null;

    private static string Source(Alert? alert) => alert is null ? "the shop's watch" : $"alert {alert.Id}";
}
