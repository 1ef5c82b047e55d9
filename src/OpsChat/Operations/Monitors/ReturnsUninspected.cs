using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Monitors;

/// <summary>A return has arrived and nobody has looked at it for three open days: its refund waits, or goes out unseen.</summary>
internal sealed class ReturnsUninspected()
    : ShopMonitor("returns-uninspected", TimeSpan.FromDays(1), AlertLines.Half(1), [new(FeedKind.Returns, TimeSpan.FromDays(14))])
{
    private const int OpenDays = 3;
    private const int Days = 60;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var arrived = shop.ReturnsSince(shop.Now.AddDays(-2 * Days)).Where(r => r.ReceivedAt <= shop.Now
            && r.ReceivedAt > shop.Now.AddDays(-Days)).ToList();
        // A shop that never writes down an inspection has none to miss.
        if (!shop.ReturnsSince(DateTimeOffset.MinValue).Any(r => r.InspectedAt is not null))
        {
            return MonitorLook.NotPossible(new MonitorGap(FeedKind.Returns, "No file says when returns were inspected."));
        }

        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var line in arrived)
        {
            var subject = SubjectKey.Of(("order", line.Order), ("sku", line.Sku));
            looked.Add(subject);
            var due = shop.Calendar.AfterOpenDays(line.ReceivedAt!.Value, OpenDays);
            if (!(line.InspectedAt <= shop.Now) && !(line.RefundedAt <= shop.Now) && due < shop.Now)
            {
                findings.Add(Finding(shop, settings, line, subject, due));
            }
        }

        return new(findings, looked, []);
    }

    private static MonitorFinding Finding(ShopMoment shop, OperationsSettings settings, ReturnLine line, SubjectKey subject, DateTimeOffset due)
    {
        var days = (shop.Now - due).TotalDays;
        return new(
            subject, 1 + days, 0.9, line.Amount is { } amount && amount.Currency == settings.Currency ? amount : new(0, settings.Currency),
                shop.Now.AddDays(4), "warehouse",
            $"{line.Sku} of {line.Order} came back on {shop.Calendar.Day(line.ReceivedAt!.Value):d MMM} and nobody has inspected it.",
            [EvidenceRow.Of($"Received {shop.Calendar.Day(line.ReceivedAt.Value):d MMM}, no inspection", line.Place, line.ReceivedAt.Value)],
            [new(ActionKind.InspectReturn, line.Order, new Dictionary<string,
                string>(StringComparer.Ordinal) { ["sku"] = line.Sku, ["return"] = line.Return }, null, $"Inspect {line.Sku} of {line.Order}",
                shop.Now.AddDays(7))],
            CalculationTrace.Of("three open days", "returns-uninspected 1", ("daysOver", days)))
        {
            Group = SubjectKey.Of(("feed", "returns")),
        };
    }
}
