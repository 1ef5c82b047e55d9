using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// A carrier is later than the others. Two streams of daily counts are watched against the other carriers' last 28 days: parcels whose
/// promise passed, and parcels two days before their promise that are not there, which speaks earlier. Both share the alarm line.
/// </summary>
internal sealed class CarrierLate() : ShopMonitor("carrier-late", TimeSpan.FromHours(6), AlertLines.Half(10_000), ParcelFindings.Needs)
{
    private const int Days = 120;
    private const int Window = 28;

    /// <summary>From that many parcels of the others on their lateness is known.</summary>
    private const int LeastParcels = 50;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        if (shop.Parcels.Count == 0)
        {
            return ParcelFindings.NoParcels;
        }

        var line = settings.Alarms.Carrier;
        var (promised, early) = (Counts.Of(shop, 0), Counts.Of(shop, 2));
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var carrier in promised.Carriers)
        {
            looked.Add(ParcelFindings.Subject(carrier));
            var (late, soon) = (promised.Watch(carrier, line), early.Watch(carrier, 2 * line));
            var strength = Math.Max(late.Strength, soon.Strength / 2) / line * Lines.Raise;
            if (strength >= Lines.Clear)
            {
                findings.Add(Finding(shop, settings, carrier, strength, late, soon));
            }
        }

        return new(findings, looked, []);
    }

    private static MonitorFinding Finding(
        ShopMoment shop,
        OperationsSettings settings,
        string carrier,
        double strength,
        RateWatch late,
        RateWatch soon
    )
    {
        var parcels = shop
            .Parcels.Where(p =>
                p.IsOpen && p.Parcel.Carrier == carrier && p.Promised is { } day && day.DayNumber <= shop.Today.DayNumber + 2
            )
            .ToList();
        var (count, usual, what) = late.AlarmStep is not null
            ? (late.Recent, late.RecentExpected, "past their promise")
            : (soon.Recent, soon.RecentExpected, "not there two days before their promise");
        return new(
            ParcelFindings.Subject(carrier), strength, 0.95, ParcelFindings.Cost(settings, parcels, 0.1), shop.Now, "support",
            $"{carrier}: {Plural.Of(count, "0", "parcel")} {what} in 7 days, {usual:0.#} are usual. "
                + $"{ParcelFindings.Count(parcels.Count)} open and due.",
            ParcelFindings.Evidence(parcels),
            [ParcelFindings.Notice(shop, carrier, parcels), ParcelFindings.AskCarrier(shop, carrier, parcels.Count)],
            CalculationTrace.Of("F6 SR", "carrier-late 1", ("recent", count), ("expected", usual)))
        {
            Rows = ParcelFindings.Rows(parcels, p => $"{p.Parcel.Order} is promised for {p.Promised:d MMM}"),
        };
    }

    /// <summary>By carrier and day: parcels due, and those of them that were not there so many days before.</summary>
    private sealed class Counts(Dictionary<string, (double[] Due, double[] Open)> byCarrier)
    {
        public IEnumerable<string> Carriers => byCarrier.Keys.Order(StringComparer.Ordinal);

        public static Counts Of(ShopMoment shop, int before)
        {
            var byCarrier = new Dictionary<string, (double[], double[])>(StringComparer.Ordinal);
            var yesterday = shop.Today.DayNumber - 1;
            foreach (var parcel in shop.Parcels)
            {
                if (!byCarrier.TryGetValue(parcel.Parcel.Carrier, out var counts))
                {
                    byCarrier[parcel.Parcel.Carrier] = counts = (new double[Days], new double[Days]);
                }

                if (parcel.Promised is not { } promised || promised.DayNumber - before - (yesterday - Days + 1) is not (>= 0 and < Days and var day))
                {
                    continue;
                }

                counts.Item1[day]++;
                counts.Item2[day] += parcel.DeliveredAt is { } at && shop.Calendar.Day(at).DayNumber <= promised.DayNumber - before ? 0 : 1;
            }

            return new(byCarrier);
        }

        public RateWatch Watch(string carrier, double line)
        {
            var (due, open) = byCarrier[carrier];
            var others = byCarrier.Where(c => c.Key != carrier).Select(c => c.Value).ToList();
            var reference = others.Count > 0 ? others : [(due, open)];
            var steps = new List<(double, double)>(Days - Window);
            for (var day = Window; day < Days; day++)
            {
                // A carrier by itself is compared with its own four weeks before the last one.
                var (from, to) = others.Count > 0 ? (day - Window, day) : (Math.Max(0, day - Window - 7), day - 7);
                var (tries, count) = (reference.Sum(r => Sum(r.Item1, from, to)), reference.Sum(r => Sum(r.Item2, from, to)));
                if (tries >= LeastParcels)
                {
                    steps.Add((open[day], due[day] * (count + 1) / (tries + 20)));
                }
            }

            return RateWatch.Of(steps, ChangeDetector.RateRatios, line);
        }

        private static double Sum(double[] values, int from, int to) => values.AsSpan(from, to - from).ToArray().Sum();
    }
}
