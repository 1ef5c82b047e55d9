using System.Globalization;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Fulfilment;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>A station and shift packs wrong more often than the others, or two articles are packed for one another (OPERATIONS F12).</summary>
internal sealed class FulfilmentErrors()
    : ShopMonitor("fulfilment", TimeSpan.FromHours(1), AlertLines.Half(1), [new(FeedKind.Fulfilment, TimeSpan.FromDays(3))])
{
    private const int LeastTimes = 3;
    private const double MostStrength = 1000;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var errors = PackingErrors.Of(shop);
        if (!errors.IsKnown)
        {
            return MonitorLook.NotPossible(new MonitorGap(FeedKind.Fulfilment, "No file says what was packed."));
        }

        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var station in errors.Stations(settings.Alarms.Station))
        {
            var subject = SubjectKey.Of(("station", station.Station), ("shift", station.Shift));
            looked.Add(subject);
            if (station.Watch.Strength / settings.Alarms.Station is var strength && strength >= Lines.Clear)
            {
                findings.Add(Of(shop, settings, subject, station, strength));
            }
        }

        var line = Math.Pow(Math.Max(2, shop.Skus.Count), 2);
        foreach (var pair in errors.Pairs())
        {
            var subject = SubjectKey.Of(("pair", pair.Name));
            looked.Add(subject);
            if (pair.Times >= LeastTimes && Math.Min(MostStrength, pair.Evidence / line) is var strength && strength >= Lines.Clear)
            {
                findings.Add(Of(shop, settings, subject, pair, strength));
            }
        }

        return new(findings, looked, []);
    }

    private static MonitorFinding Of(ShopMoment shop, OperationsSettings settings, SubjectKey subject, StationErrors station, double strength)
    {
        var where = station.Shift.Length == 0 ? station.Station : $"{station.Station}, {station.Shift} shift";
        var month = Math.Max(0, station.Errors - station.Expected) / 2;
        return new(
            subject, strength, 0.9, Money.FromMajor((decimal)month * settings.Costs.Reship, settings.Currency), shop.Now.AddDays(7), "warehouse",
            $"{where}: {station.Watch.Recent:0} wrong lines in two weeks where {Number(station.Watch.RecentExpected)} are usual at the others "
                + $"({Number(station.Ratio)} times in 60 days).",
            [
                station.Newest is { } newest
                    ? EvidenceRow.Of(
                        $"{station.Errors} of {Plural.Of(station.Picks, "line")} wrong in 60 days, the newest {newest.Order}: {newest.SkuPacked} for "
                            + $"{newest.SkuOrdered}",
                        newest.Place,
                        newest.PackedAt
                    )
                    : new($"{station.Errors} of {Plural.Of(station.Picks, "line")} wrong in 60 days", "fulfilment", null, shop.Now),
            ],
            [
                new(ActionKind.ReTrain, subject.ToString(), new Dictionary<string,
                    string>(StringComparer.Ordinal) { ["station"] = station.Station, ["shift"] = station.Shift }, null,
                    $"Go through the packing steps with {where}, and scan each line for a week", shop.Now.AddDays(14)),
            ],
            CalculationTrace.Of("F6 SR, others' rate", "fulfilment 1", ("recent", station.Watch.Recent), ("expected", station.Watch.RecentExpected),
                ("ratio", station.Ratio)));
    }

    private static MonitorFinding Of(ShopMoment shop, OperationsSettings settings, SubjectKey subject, MixedPair pair, double strength)
    {
        ProposedAction Draft(ActionKind kind, string text) => new(
            kind, pair.Name, new Dictionary<string, string>(StringComparer.Ordinal) { ["one"] = pair.One, ["other"] = pair.Other }, null, text,
                shop.Now.AddDays(14));
        return new(
            subject, strength, 0.9, Money.FromMajor(pair.Times / 2m * settings.Costs.Reship, settings.Currency), shop.Now.AddDays(7), "warehouse",
            $"{pair.One} and {pair.Other} were packed for one another {pair.Times} times in 60 days; {Number(pair.Expected)} would be chance.",
            [
                EvidenceRow.Of($"Newest: {pair.Newest.Order}, {pair.Newest.SkuPacked} for {pair.Newest.SkuOrdered}", pair.Newest.Place,
                    pair.Newest.PackedAt),
                new($"Their titles are {pair.Alike.ToString("P0", CultureInfo.InvariantCulture)} alike", "products", null, shop.Now),
            ],
            [Draft(ActionKind.BinMove, $"Put {pair.One} and {pair.Other} into bins that are apart"),
                Draft(ActionKind.Relabel, $"Mark the bins of {pair.One} and {pair.Other} with a picture")],
            CalculationTrace.Of("F12 pair", "fulfilment 1", ("times", pair.Times), ("expected", pair.Expected),
                ("evidence", Math.Min(1e15, pair.Evidence))));
    }

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
