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
            return Table($"{Plural.Of(stuck.Count, "paid order")} should have left and {Verb(stuck.Count, "has", "have")} not.", ["", ""],
                overdue, "orders") with { Figure = stuck.Count };
        }

        // Older ones than the monitor looks at are overdue all the same.
        var waiting = asked.Shop.OrdersSince(DateTimeOffset.MinValue)
            .Where(o => o.PaidAt <= asked.Shop.Now && o.IsToShip(asked.Shop.Now) && asked.IsAbout(o))
            .Select(o => (Order: o, Due: OrderStuck.ShipBy(asked.Shop, o, o.PaidAt!.Value, asked.Settings)))
            .OrderBy(o => o.Due).ThenBy(o => o.Order.PlacedAt).ToList();
        var late = waiting.FindAll(o => o.Due < asked.Shop.Now);
        var until = asked.Question.Period is { } named && named.To > asked.Shop.Today ? named.To : asked.Shop.Today;
        var due = waiting.Count(o => o.Due >= asked.Shop.Now && asked.Shop.Calendar.Day(o.Due) <= until);
        var day = until == asked.Shop.Today ? "today" : $"by {until:d MMM}";
        var untold = asked.Untold(asked.Shop.OrdersSince(DateTimeOffset.MinValue).Where(o => o.IsToShip(asked.Shop.Now) && asked.IsAbout(o)));
        return Table($"{Plural.Of(waiting.Count, "paid order")} {Verb(waiting.Count, "has", "have")} not left; {late.Count} of them should have, "
            + $"{(due == 0 ? "none more has" : $"{due} more {Verb(due, "has", "have")}")} to leave {day}." + AnswerTable.Also(untold), ["", ""],
            waiting.Select(o => new[] { $"order {o.Order.Number}", DueInWords(o.Order, o.Due) }), "orders") with { Figure = waiting.Count };
    }

    private string DueInWords(OrderRow order, DateTimeOffset due)
    {
        var (placed, day) = ($"placed on {asked.Shop.Calendar.Day(order.PlacedAt):d MMM}", asked.Shop.Calendar.Day(due));
        return due < asked.Shop.Now ? $"{placed}, should have left by {day:d MMM}{MissingOf(order)}"
            : $"{placed}, has to leave {(day == asked.Shop.Today ? "today" : $"by {day:d MMM}")}{MissingOf(order)}";
    }

    private string MissingOf(OrderRow order) =>
        order.Lines.Select(l => l.Sku).FirstOrDefault(sku => asked.Shop.Stock(sku) is { Available: <= 0 }) is { } missing
            ? $"; {asked.Shop.NameOf(missing)} is out of stock" : "";

    private static readonly string[] s_overdue = ["stuck", "should have", "although", "even though", "overdue", "late"];

    public OwnerAnswer Packing()
    {
        var lines = asked.Shop.PicksSince(asked.Shop.Calendar.Start(asked.Period.From))
            .Where(p => asked.Shop.Calendar.Day(p.PackedAt) <= asked.Period.To
            && asked.IsAbout(p.SkuOrdered) && (asked.Question.Order is not { } one || OrderNumber.Key(one) == OrderNumber.Key(p.Order))
            && (asked.Question.Scope.Station is not { } station || p.Station == station || p.Shift == station)).ToList();
        var wrong = lines.Where(PackingErrors.IsError).ToList();
        return !asked.Shop.Has(FeedKind.Fulfilment) ? Lacks(QuestionTopic.Packing, "No file says what was packed.") : Table(
            $"{wrong.Count} of {Plural.Of(lines.Count, "line")}{asked.Of} {Verb(wrong.Count, "was", "were")} packed wrong: {asked.Period.Words}.",
            ["", "wrong", "of"],
            lines.GroupBy(l => $"{l.Station} {l.Shift}".Trim(), StringComparer.Ordinal).OrderByDescending(g =>
                g.Count(PackingErrors.IsError) / (double)g.Count())
                .Select(g => new[] { g.Key.Length == 0 ? "no station" : g.Key, Whole(g.Count(PackingErrors.IsError)), Whole(g.Count()) }),
                    "fulfilment") with { Figure = wrong.Count };
    }

    public OwnerAnswer OpenParcels()
    {
        var open = Parcels.Where(p => p.IsOpen).ToList();
        return asked.Shop.Parcels.Count == 0 ? Lacks(QuestionTopic.OpenParcels, "No file says where parcels are.") : Table(
            $"{Plural.Of(open.Count, "parcel")}{By} {Verb(open.Count, "is", "are")} on the way.", ["", "parcels"],
                CarriersOf(open).Select(c => new[] { c.Carrier, Whole(c.Count) }), "parcels")
            with { Figure = open.Count };
    }

    /// <summary>Parcels on the way that the carrier has not scanned for longer than it usually takes, or never, as the monitors judge it. Of days
    /// that are named, those that left on them.</summary>
    public OwnerAnswer StillParcels()
    {
        if (asked.Shop.Parcels.Count == 0)
        {
            return Lacks(QuestionTopic.StillParcels, "No file says where parcels are.");
        }

        if (!asked.Shop.Parcels.Any(p => p.LastScan is not null))
        {
            return Lacks(QuestionTopic.StillParcels, "No file says when carriers scanned parcels, so that nobody knows which do not move.");
        }

        var (limits, gap) = (ParcelStalled.LimitsOf(asked.Shop, asked.Settings), ParcelStalled.WhyNot(asked.Shop));
        var open = Parcels.Where(p => p.IsOpen && (asked.Question.Period is not { } named
            || (asked.Shop.Calendar.Day(p.Parcel.ShippedAt) is var day && day >= named.From && day <= named.To))).ToList();
        var stalled = gap is not null ? [] : open.FindAll(p => p.LastScan is { } scan && asked.Shop.Now - scan > limits[p.Parcel.Carrier]);
        var unseen = open.FindAll(p => ParcelNoScan.IsUnseen(asked.Shop, p, asked.Settings));
        var still = stalled.Concat(unseen).OrderBy(Seen).ThenBy(p => p.Parcel.Order, StringComparer.Ordinal).ToList();
        var of = $"{Plural.Of(open.Count, "parcel")}{By} on the way{(asked.Question.Period is { } days ? $" that left: {days.Words}" : "")}";
        return Table(
            $"{(asked.Question.Asks("lost") || asked.Question.Asks("missing") ? "Which parcels are lost no file tells. " : "")}"
                + $"{stalled.Count} have had no scan for longer than is usual with their carrier, {unseen.Count} never had one: of {of}."
                + (gap is null ? "" : $" {gap.Sentence}"),
            ["", "carrier", "left", "last scan", "promised"],
            still.Select(p => new[]
            {
                p.Parcel.Order, p.Parcel.Carrier, $"{asked.Shop.Calendar.Day(p.Parcel.ShippedAt):d MMM}",
                p.LastScan is { } at ? $"{asked.Shop.Calendar.Day(at):d MMM}{(p.LastPlace is { } place ? $", {place}" : "")}" : "never",
                p.Promised is { } by ? $"{by:d MMM}" : "not said",
            }), "parcels", "orders") with { Figure = still.Count };
    }

    private static DateTimeOffset Seen(ParcelStatus parcel) => parcel.LastScan ?? parcel.Parcel.ShippedAt;

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
            : p.IsOpen) && asked.Question.Limit?.Admits(DaysLate(p)) != false).ToList();
        var carriers = CarriersOf(late);
        var by = carriers.Count == 0 ? "" : $" ({string.Join(", ", carriers.Select(c => $"{c.Carrier} {c.Count}"))})";
        var title = asked.Question.Period is { } period
            ? $"{Plural.Of(late.Count, "parcel")}{By} promised for these days came {LimitOfDays}late or not yet{by}: {period.Words}."
            : $"{Plural.Of(late.Count, "parcel")}{By} {Verb(late.Count, "is", "are")} {LimitOfDays}late now{by}.";
        return (AsksForEach ? Table(title, ["", "carrier", "days late", "promised", "last scan"],
            late.OrderByDescending(DaysLate).ThenBy(p => p.Parcel.Order, StringComparer.Ordinal).Select(p => new[]
            {
                p.Parcel.Order, p.Parcel.Carrier, Whole(DaysLate(p)), $"{p.Promised:d MMM}",
                p.LastScan is { } at ? $"{asked.Shop.Calendar.Day(at):d MMM}" : "none",
            }), "parcels", "orders")
            : Table(title, ["", "late"], carriers.Select(c => new[] { c.Carrier, Whole(c.Count) }), "parcels", "orders"))
            with { Figure = late.Count };
    }

    private string LimitOfDays => asked.Question.Limit is { } limit ? $"{limit.Words} " : "";

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
        var late = came.Count(IsLate);
        if (carriers.Count == 0)
        {
            return NoneCame();
        }

        return Table(
            $"{Plural.Of(came.Count, "parcel")}{By} came, {late} of them late, and took {Number(Median(came.Select(Days)))} days"
                + $"{Extreme([.. carriers.Select(c => (c.Carrier, Share(c.Late, c.Count)))], isBest)}: "
                + $"{asked.Question.Period?.Words ?? "the last 120 days"}.",
            ["", "parcels", "days", "late"],
            carriers.Select(c => new[] { c.Carrier, Whole(c.Count), Number(c.Days), $"{Share(c.Late, c.Count)} %" }), "parcels", "orders")
            with
            {
                Figure = asked.Question.IsAboutLateness && asked.Question.Asks("how many") ? late
                    : asked.Question.Asks("how many parcel") ? came.Count : Math.Round(Median(came.Select(Days)), 1),
            };
    }

    /// <summary>None of the days where the file tells of others is none; of days before all that it tells, nothing is known.</summary>
    private OwnerAnswer NoneCame()
    {
        var first = asked.Shop.Parcels.Select(p => p.DeliveredAt).OfType<DateTimeOffset>().Select(at => (DateOnly?)asked.Shop.Calendar.Day(at)).Min();
        return first is not { } begin ? Lacks(QuestionTopic.Deliveries, "No file says when parcels were delivered.")
            : asked.Question.Period is { } named && named.To < begin
                ? Lacks(QuestionTopic.Deliveries, $"Nothing is known of {named.Words}: parcels are known that came from {begin:d MMM yyyy} on.")
            : Table($"No parcel{By} came: {asked.Question.Period?.Words ?? "the last 120 days"}.", [], [], "parcels") with
            {
                Figure = asked.Question.Asks("how many") ? 0 : null,
            };
    }

    private static int Share(int some, int all) => (int)Math.Round(100.0 * some / all, MidpointRounding.AwayFromZero);

    /// <summary>Which carrier comes late most or least often. What is the same as it is shown is a tie, and of one carrier nothing is most.</summary>
    private static string Extreme(List<(string Carrier, int Share)> carriers, bool isBest)
    {
        var share = isBest ? carriers.Select(c => c.Share).DefaultIfEmpty().Min() : carriers.Select(c => c.Share).DefaultIfEmpty().Max();
        var named = carriers.FindAll(c => c.Share == share).ConvertAll(c => c.Carrier);
        return carriers.Count < 2 ? ""
            : named.Count == carriers.Count ? $"; {And(named)} come late equally often, {share} % of theirs"
            : $"; {And(named)} {Verb(named.Count, "comes", "come")} late {(isBest ? "least" : "most")} often, {share} %";
    }

    /// <summary>How long paid orders of the days on which they left had waited; where their file tells of no payments, since they were
    /// placed.</summary>
    public OwnerAnswer TimeToShip()
    {
        DateTimeOffset? Begin(OrderRow order) => asked.Shop.TellsPayment(order) ? order.PaidAt : order.PlacedAt;
        var left = asked.Shop.OrdersSince(DateTimeOffset.MinValue).Where(o => asked.IsAbout(o) && !(o.CancelledAt <= asked.Shop.Now)
                && o.ShippedAt is { } at && at <= asked.Shop.Now && Begin(o) <= at
                && asked.Shop.Calendar.Day(at) is var day && day >= asked.Period.From && day <= asked.Period.To)
            .ToList();
        var days = left.Select(o => (o.ShippedAt!.Value - Begin(o)!.Value).TotalDays).Order().ToList();
        if (days.Count == 0)
        {
            return Lacks(QuestionTopic.TimeToShip, $"No file says when an order left: {asked.Period.Words}.");
        }

        string Within(double share) => Plural.Of(days[(int)Math.Ceiling(share * days.Count) - 1], "0.#", "day");
        return Table($"Half of {Plural.Of(days.Count, "order")}{asked.Of} left within {Within(0.5)} after "
            + $"{(asked.TellsPayments ? "the payment" : "they were placed")}{Unpaid(left)}, nine in ten within {Within(0.9)}: {asked.Period.Words}.",
            ["", "within"],
            [["half of them", Within(0.5)], ["nine in ten", Within(0.9)], ["all", Within(1)]], "orders") with
        {
            Figure = Math.Round(days[(int)Math.Ceiling(0.5 * days.Count) - 1], 1),
        };
    }

    private string Unpaid(List<OrderRow> left) => asked.Untold(left) is { Length: > 0 } untold ? $" ({untold}: since they were placed)" : "";

    private IEnumerable<ParcelStatus> Parcels =>
        asked.Shop.Parcels.Where(p => (asked.Question.Carrier is null || p.Parcel.Carrier == asked.Question.Carrier) && asked.IsAbout(p.Order));

    private string By => (asked.Question.Carrier is { } carrier ? $" by {carrier}" : "") + (asked.Of.Length > 0 ? $" with orders{asked.Of}" : "");
}
