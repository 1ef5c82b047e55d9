using OpsChat.Facts;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Queue;

/// <summary>Who gets an alert, and whether a message may go out now.</summary>
public static class AlertRouting
{
    /// <summary>Urgent is what scores at least that (minor units) and must be decided within twelve hours.</summary>
    public const double UrgentScore = 20_000;
    public const int MostMessagesADay = 6;
    private static readonly TimeSpan s_urgentWithin = TimeSpan.FromHours(12);

    /// <summary>What a route's condition may ask. In the settings the names stand bare; facts are dotted, so there they are
    /// <c>alert.monitor</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["monitor", "score", "at_risk", "carrier", "supplier", "sku", "order", "station", "shift", "reason", "feed", "issue", "region"];

    /// <summary>What every row of the hand-off table may ask of an alert.</summary>
    public static IReadOnlyList<string> FactNames { get; } = [.. Names.Select(FactName), FactName("confidence"), FactName("amount")];

    public static string FactName(string name) => $"alert.{name}";

    /// <summary>The first route that holds, else the person whom the hand-off table calls, else who the monitor names.</summary>
    internal static string OwnerOf(Alert alert, OperationsSettings settings, bool needsPerson)
    {
        var otherwise = needsPerson ? AlertHandOffs.Person : alert.Owner;
        return settings.Routes.Count == 0 ? otherwise
            : settings.Routes.FirstOrDefault(r => r.Condition.Evaluate(FactsOf(alert, settings)) == Truth.Yes)?.To ?? otherwise;
    }

    /// <summary>Whether news rings at once; else it waits for the briefing. In the day what is worth 6 messages; out of hours only what is
    /// urgent.</summary>
    public static bool RingsNow(AlertNews news, int sentToday, OperationsSettings settings, ShopCalendar calendar, DateTimeOffset now)
    {
        if (sentToday >= MostMessagesADay || news.Kind == AlertNewsKind.Closed)
        {
            return false;
        }

        var isUrgent = news.Alert.Score.Value >= UrgentScore && news.Alert.DecideBy - now <= s_urgentWithin;
        var local = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, calendar.Zone).DateTime);
        return isUrgent || (calendar.Hours.IsOpen(now) && settings.Quiet?.Holds(local) != true);
    }

    /// <summary>What is known of an alert, as facts.</summary>
    internal static FactSet FactsOf(Alert alert, OperationsSettings settings) =>
        new([
            new Fact(FactName("monitor"), FactValue.Of(alert.Monitor), "alert", alert.CheckedAt),
            new Fact(FactName("score"), FactValue.Of((decimal)Math.Min(alert.Score.Value, 1e15)), "alert", alert.CheckedAt),
            new Fact(FactName("at_risk"), FactValue.Of(alert.AtRisk), "alert", alert.CheckedAt),
            new Fact(FactName("confidence"), FactValue.Of((decimal)alert.Confidence), "alert", alert.CheckedAt),
            .. AmountFacts(alert, settings),
            .. alert.Subject.Parts.Select(p => new Fact(FactName(p.Key), FactValue.Of(p.Value), "alert", alert.CheckedAt)),
        ]);

    /// <summary>The largest amount that is proposed, in the shop's currency; one in another currency is not known to the owner's lines.</summary>
    private static IEnumerable<Fact> AmountFacts(Alert alert, OperationsSettings settings)
    {
        var amounts = alert.Actions.Select(a => a.Amount ?? a.Affects).OfType<Money>().Where(m => m.Currency == settings.Currency).ToList();
        if (amounts.Count > 0)
        {
            yield return new(FactName("amount"), FactValue.Of(amounts.MaxBy(m => m.Minor)), "alert", alert.CheckedAt);
        }

        var orders = alert.Actions.Where(a => a.Kind == ActionKind.PurchaseOrder).Select(a => a.Amount).OfType<Money>()
            .Where(m => m.Currency == settings.Currency).ToList();
        if (orders.Count > 0)
        {
            yield return new("order.total", FactValue.Of(orders.MaxBy(m => m.Minor)), "alert", alert.CheckedAt);
        }
    }
}
