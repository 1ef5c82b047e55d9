using System.Text.Json.Nodes;

namespace OpsChat.Operations.Evaluation;

/// <summary>How the faults of one kind were found.</summary>
/// <param name="Subjects">Faults, each affected order counted by itself.</param>
/// <param name="Named">Those that the right monitor named by the right subject.</param>
/// <param name="InTime">Those of them within the limit of their kind.</param>
/// <param name="MedianDays">Median of days from the fault to its alert; null when none was named.</param>
public sealed record FaultScore(string Kind, int Subjects, int Named, int InTime, double? MedianDays);

/// <summary>What a replay's alerts are worth against what was really wrong.</summary>
/// <param name="OtherAlerts">Alerts that name no fault, run-outs, low stock and reorders apart.</param>
/// <param name="OtherPerWeek">The same a week.</param>
public sealed record ReplayScore(IReadOnlyList<FaultScore> Faults, int OtherAlerts, double OtherPerWeek)
{
    private static readonly string[] s_stockMonitors = ["stock-low", "stock-runout", "reorder"];

    /// <param name="alerts">What <c>ops replay --json</c> printed.</param>
    /// <param name="truth">What the generator wrote: <c>first_day</c> and <c>faults</c>.</param>
    public static ReplayScore Of(JsonNode alerts, JsonNode truth)
    {
        var first = DateOnly.Parse(truth["first_day"]!.GetValue<string>());
        var named = alerts["alerts"]!.AsArray().SelectMany(a => Sightings(a!, first)).ToList();
        var faults = truth["faults"]!.AsArray().SelectMany(f => FaultRule.Of(f!)).ToList();
        var found = faults
            .Select(f =>
                (
                    Fault: f,
                    Day: named
                        .Where(n => f.Monitors.Contains(n.Monitor) && n.Name == f.Name && n.Value == f.Value && n.Day >= f.Earliest)
                        .Select(n => (int?)n.Day)
                        .Min()
                )
            )
            .ToList();
        var others = alerts["alerts"]!
            .AsArray()
            .Count(a =>
                !s_stockMonitors.Contains(a!["monitor"]!.GetValue<string>())
                && !Sightings(a, first).Any(s => faults.Any(f => f.Monitors.Contains(s.Monitor) && f.Name == s.Name && f.Value == s.Value))
            );
        var weeks =
            (DateOnly.Parse(alerts["to"]!.GetValue<string>()).DayNumber - DateOnly.Parse(alerts["from"]!.GetValue<string>()).DayNumber + 1)
            / 7.0;
        return new([.. found.GroupBy(f => f.Fault.Kind).Select(g => Score(g.Key, [.. g]))], others, Math.Round(others / weeks, 2));
    }

    private static FaultScore Score(string kind, IReadOnlyList<(FaultRule Fault, int? Day)> faults)
    {
        var late = faults.Where(f => f.Day is not null).Select(f => (double)f.Day!.Value - f.Fault.From).Order().ToList();
        return new(
            kind,
            faults.Count,
            late.Count,
            faults.Count(f => f.Day is { } day && day - f.Fault.From <= f.Fault.Limit),
            late.Count == 0 ? null : late[(late.Count - 1) / 2]
        );
    }

    private static IEnumerable<(string Monitor, string Name, string Value, int Day)> Sightings(JsonNode alert, DateOnly first)
    {
        var monitor = alert["monitor"]!.GetValue<string>();
        foreach (var sighting in alert["children"]!.AsArray().Select(c => c!).Prepend(alert))
        {
            var day = DateOnly.Parse(sighting["openedAt"]!.GetValue<string>()[..10]).DayNumber - first.DayNumber;
            var subject = sighting["subject"]!.AsObject();
            foreach (var (name, value) in subject)
            {
                yield return (monitor, name, value!.GetValue<string>(), day);
            }

            if (subject["station"] is { } station && subject["shift"] is { } shift)
            {
                yield return (monitor, "station/shift", $"{station}/{shift}", day);
            }
        }
    }
}

/// <summary>What counts as finding a fault of the generator, and within how many days.</summary>
/// <param name="From">The day from which days are counted.</param>
/// <param name="Earliest">An alert before that day is about something else.</param>
internal sealed record FaultRule(string Kind, string[] Monitors, string Name, string Value, int From, int Limit, int Earliest)
{
    public static IEnumerable<FaultRule> Of(JsonNode fault)
    {
        string Text(string name) => fault[name]!.GetValue<string>();
        int Day(string name) => fault[name]!.GetValue<int>();
        var kind = Text("kind");
        return kind switch
        {
            "demand-spike" => [new(kind, ["demand-spike"], "sku", Text("sku"), Day("day"), 2, Day("day"))],
            "supplier-late" => [new(kind, ["supplier-late", "supplier-drift"], "supplier", Text("supplier"), Day("from_day"), 45, Day("from_day"))],
            "carrier-late" => [new(kind, ["carrier-late"], "carrier", Text("carrier"), Day("from_day"), 6, Day("from_day"))],
            "stock-mismatch" => [new(kind, ["stock-mismatch"], "sku", Text("sku"), Day("day"), 1, Day("day"))],
            // Due two open days after the order's day, and two days after the label of the day after it, or the next.
            "stuck-orders" => [.. Orders(fault).Select(o => new FaultRule(kind, ["order-stuck"], "order", o, Day("day") + 2, 1, 0))],
            "no-scan" => [.. Orders(fault).Select(o => new FaultRule(kind, ["parcel-no-scan"], "order", o, Day("day") + 4, 1, 0))],
            "returns-spike" => [new(kind, ["returns-spike"], "sku", Text("sku"), Day("from_day"), 45, Day("from_day"))],
            "mispicks" =>
            [
                new(kind, ["fulfilment"], "station/shift", $"{Text("station")}/{Text("shift")}", Day("from_day"), 16, Day("from_day")),
            ],
            "look-alike" =>
            [
                new(
                    kind,
                    ["fulfilment"],
                    "pair",
                    string.Join('~', new[] { Text("sku_a"), Text("sku_b") }.Order(StringComparer.Ordinal)),
                    Day("from_day"),
                    32,
                    Day("from_day")
                ),
            ],
            // A day's spend is known when the day is over: the morning after is the first on which it can be said.
            "ad-overnight" => [new(kind, ["ad-overnight"], "adGroup", $"ag-{Text("ad_group")}", Day("day"), 1, Day("day"))],
            "risky-orders" => [.. Orders(fault).Select(o => new FaultRule(kind, ["order-check"], "order", o, 0, int.MaxValue, 0))],
            "ran-out" => [new(kind, ["stock-runout", "reorder", "stock-low"], "sku", Text("sku"), Day("day"), 0, 0)],
            _ => [],
        };
    }

    private static IEnumerable<string> Orders(JsonNode fault) => fault["orders"]!.AsArray().Select(o => o!.GetValue<string>());
}
