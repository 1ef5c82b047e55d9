using OpsChat.Operations.Fulfilment;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about packing, orders that wait, and parcels.</summary>
internal sealed class ParcelAnswers(AskedOfShop asked)
{
    /// <summary>Paid orders that have not left: all, the overdue ones first, where it asks in words for what was not shipped; else those that should
    /// have left.</summary>
    public OwnerAnswer StuckOrders()
    {
        var stuck = new OrderStuck().Look(asked.Shop, asked.Settings).Findings
            .Where(f => asked.IsAbout(asked.Shop.Order(f.Subject["order"] ?? ""))).OrderByDescending(f => f.Strength).ToList();
        var overdue = stuck.Select(f => new[] { f.Subject.ToString(), f.Headline }).ToList();
        if (asked.Question.English.Length == 0 || Array.Exists(s_overdue, asked.Question.Asks))
        {
            return Table($"{stuck.Count} paid orders should have left and have not.", ["", ""], overdue, "orders") with { Figure = stuck.Count };
        }

        var known = stuck.Select(f => OrderNumber.Key(f.Subject["order"] ?? "")).ToHashSet(StringComparer.Ordinal);
        var inTime = asked.Shop.OrdersSince(DateTimeOffset.MinValue)
            .Where(o => o.PaidAt <= asked.Shop.Now && o.IsToShip(asked.Shop.Now) && asked.IsAbout(o) && !known.Contains(OrderNumber.Key(o.Number)))
            .OrderBy(o => o.PlacedAt)
            .Select(o => new[] { $"order {o.Number}", $"placed on {asked.Shop.Calendar.Day(o.PlacedAt):d MMM}, in time" })
            .ToList();
        return Table($"{stuck.Count + inTime.Count} paid orders have not left; {stuck.Count} of them should have.", ["", ""],
            overdue.Concat(inTime), "orders") with { Figure = stuck.Count + inTime.Count };
    }

    private static readonly string[] s_overdue = ["stuck", "should have", "although", "even though", "overdue", "late"];

    public OwnerAnswer Packing()
    {
        var lines = asked.Shop.PicksSince(asked.Shop.Calendar.Start(asked.Period.From))
            .Where(p => asked.Shop.Calendar.Day(p.PackedAt) <= asked.Period.To
            && asked.IsAbout(p.SkuOrdered)
            && (asked.Question.Scope.Station is not { } station || p.Station == station || p.Shift == station)).ToList();
        var wrong = lines.Where(PackingErrors.IsError).ToList();
        return !asked.Shop.Has(FeedKind.Fulfilment) ? Lacks(QuestionTopic.Packing, "No file says what was packed.") : Table(
            $"{wrong.Count} of {lines.Count} lines{asked.Of} were packed wrong: {asked.Period.Words}.", ["", "wrong", "of"],
            lines.GroupBy(l => $"{l.Station} {l.Shift}".Trim(), StringComparer.Ordinal).OrderByDescending(g =>
                g.Count(PackingErrors.IsError) / (double)g.Count())
                .Select(g => new[] { g.Key.Length == 0 ? "no station" : g.Key, Whole(g.Count(PackingErrors.IsError)), Whole(g.Count()) }),
                    "fulfilment") with { Figure = wrong.Count };
    }

    public OwnerAnswer OpenParcels()
    {
        var open = Parcels.Where(p => p.IsOpen).ToList();
        return asked.Shop.Parcels.Count == 0 ? Lacks(QuestionTopic.OpenParcels, "No file says where parcels are.") : Table(
            $"{open.Count} parcels{By} are on the way.", ["", "parcels"],
                CarriersOf(open).Select(c => new[] { c.Carrier, Whole(c.Count) }), "parcels")
            with { Figure = open.Count };
    }

    public OwnerAnswer LateParcels()
    {
        if (asked.Shop.Parcels.Count == 0)
        {
            return Lacks(QuestionTopic.LateParcels, "No file says where parcels are.");
        }

        // Without days the question is about parcels that are late now.
        bool IsLate(ParcelStatus p) => p.Promised is { } day && !(p.DeliveredAt is { } at && asked.Shop.Calendar.Day(at) <= day)
            && day < asked.Shop.Today;
        var late = Parcels.Where(p => IsLate(p) && (asked.Question.Period is { } named ? p.Promised >= named.From && p.Promised <= named.To
            : p.IsOpen)).ToList();
        var carriers = CarriersOf(late);
        var by = carriers.Count == 0 ? "" : $" ({string.Join(", ", carriers.Select(c => $"{c.Carrier} {c.Count}"))})";
        var title = asked.Question.Period is { } period
            ? $"{late.Count} parcels{By} promised for these days came late or not yet{by}: {period.Words}."
            : $"{late.Count} parcels{By} are late now{by}.";
        return (AsksForEach ? Table(title, ["", "carrier", "days late", "promised", "last scan"],
            late.OrderByDescending(DaysLate).ThenBy(p => p.Parcel.Order, StringComparer.Ordinal).Select(p => new[]
            {
                p.Parcel.Order, p.Parcel.Carrier, Whole(DaysLate(p)), $"{p.Promised:d MMM}",
                p.LastScan is { } at ? $"{asked.Shop.Calendar.Day(at):d MMM}" : "none",
            }), "parcels", "orders")
            : Table(title, ["", "late"], carriers.Select(c => new[] { c.Carrier, Whole(c.Count) }), "parcels", "orders"))
            with { Figure = late.Count };
    }

    /// <summary>It asks which parcels, and not how many or of which carrier.</summary>
    private bool AsksForEach => asked.Question.English.Length > 0 && !Array.Exists(s_countOnly, asked.Question.Asks);

    private static readonly string[] s_countOnly =
        [
            "how many", "number of", "which carrier", "what carrier", "which courier", "what courier", "by carrier", "per carrier", "by courier",
            "courier which", "carrier which",
        ];

    private int DaysLate(ParcelStatus parcel) =>
        (parcel.DeliveredAt is { } at ? asked.Shop.Calendar.Day(at) : asked.Shop.Today).DayNumber - parcel.Promised!.Value.DayNumber;

    private static List<(string Carrier, int Count)> CarriersOf(IEnumerable<ParcelStatus> parcels) =>
        [.. parcels.GroupBy(p => p.Parcel.Carrier, StringComparer.Ordinal).Select(g => (g.Key, Count: g.Count())).OrderByDescending(c => c.Count)];

    public OwnerAnswer Deliveries()
    {
        var came = Parcels.Where(p => p.DeliveredAt is { } at && (asked.Question.Period is not { } named
            || (asked.Shop.Calendar.Day(at) is var day && day >= named.From && day <= named.To))).ToList();
        static double Median(IEnumerable<double> days) => days.Order().ToList() is { Count: > 0 } all ? all[all.Count / 2] : 0;
        double Days(ParcelStatus p) => (p.DeliveredAt!.Value - p.Parcel.ShippedAt).TotalDays;
        bool IsLate(ParcelStatus p) => p.Promised is { } by && asked.Shop.Calendar.Day(p.DeliveredAt!.Value) > by;
        var carriers = came.GroupBy(p => p.Parcel.Carrier, StringComparer.Ordinal)
            .Select(g => (Carrier: g.Key, Count: g.Count(), Days: Median(g.Select(Days)), Late: g.Count(IsLate)))
            .OrderByDescending(c => c.Late / (double)c.Count).ThenByDescending(c => c.Days).ThenBy(c => c.Carrier, StringComparer.Ordinal).ToList();
        var isBest = asked.Question.Asks("best") || asked.Question.Asks("fastest");
        var named = isBest ? carriers.LastOrDefault() : carriers.FirstOrDefault();
        return carriers.Count == 0 ? Lacks(QuestionTopic.Deliveries, "No file says when parcels were delivered.") : Table(
            $"{came.Count} parcels{By} came and took {Number(Median(came.Select(Days)))} days; {named.Carrier} comes late "
                + $"{(isBest ? "least" : "most")} often: {asked.Question.Period?.Words ?? "the last 120 days"}.",
            ["", "parcels", "days", "late"],
            carriers.Select(c => new[] { c.Carrier, Whole(c.Count), Number(c.Days), $"{100.0 * c.Late / c.Count:0} %" }), "parcels", "orders")
            with { Figure = asked.Question.Asks("how many parcel") ? came.Count : Math.Round(Median(came.Select(Days)), 1) };
    }

    private IEnumerable<ParcelStatus> Parcels =>
        asked.Shop.Parcels.Where(p => (asked.Question.Carrier is null || p.Parcel.Carrier == asked.Question.Carrier) && asked.IsAbout(p.Order));

    private string By => (asked.Question.Carrier is { } carrier ? $" by {carrier}" : "") + (asked.Of.Length > 0 ? $" with orders{asked.Of}" : "");
}
