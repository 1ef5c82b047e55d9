using System.Globalization;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Fulfilment;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Measures;

/// <summary>A figure over a stretch of days, or why there is none.</summary>
/// <param name="Name">Lower case with hyphens: <c>shipped-late</c>.</param>
/// <param name="Formula">In words.</param>
/// <param name="Needs">The feed that it comes from; <c>opschat</c> for OpsChat's own records.</param>
/// <param name="Value">A share is 0 to 1, a time in days, money in major units; null is "no data", which is not 0.</param>
/// <param name="Shown">With its unit and what it rests on.</param>
public sealed record Measure(string Name, string Formula, string Needs, double? Value, string Shown)
{
    public const string NoData = "no data";
}

/// <summary>The measures of OPERATIONS section 8. Pure; what is missing is said, never counted as nothing.</summary>
public sealed class ShopMeasures
{
    private const double SlowRate = 0.1;
    private const int ContactDays = 7;
    private const double MostNoProblem = 0.3;
    private const int LeastDecided = 5;

    // No supplier gives longer credit than that.
    private const int MostPaymentDays = 180;
    private const double DaysOfYear = 365;

    private readonly ShopMoment _shop;
    private readonly OperationsSettings _settings;
    private readonly OwnerRecords _records;
    private readonly DateTimeOffset _from;
    private readonly int _days;

    private ShopMeasures(ShopMoment shop, OperationsSettings settings, OwnerRecords records, int days) =>
        (_shop, _settings, _records, _days, _from) = (shop, settings, records, days, shop.Calendar.Start(shop.Today.AddDays(-days)));

    /// <param name="days">Whole days before today, 1 to 366.</param>
    public static IReadOnlyList<Measure> Of(ShopMoment shop, OperationsSettings settings, OwnerRecords records, int days)
    {
        var m = new ShopMeasures(shop, settings, records, Math.Clamp(days, 1, 366));
        return
        [
            m.ShippedLate(), m.Cancellations(), m.LateParcels(), m.LateContacts(), m.ExceptionTime(), m.ContactAfterException(), m.ReturnRate(),
                m.ReturnTime(), m.RefundFrequency(),
            Unknown("refund-leakage", "refunds against the policy ÷ refunds", "none", "no file says which refunds were against the policy"),
                m.ReshipCost(), m.StockOutDays(), m.Oversells(),
            m.ReviewTime(), Unknown("chargebacks", "chargebacks ÷ 1,000 orders", "none", "no file names chargebacks"), m.PackingAccuracy(),
                m.AdCost(),
            Unknown("conversion", "orders ÷ sessions", "none", "no file counts sessions"), m.Opens(), m.Clicks(), m.MarginEffect(), m.StockDays(),
            CustomerValue.Of(shop),
            m.CashCycleDays(), m.TimeSaved(), .. m.AlertQuality(),
        ];
    }

    private IEnumerable<OrderRow> Orders => _shop.OrdersSince(_from).Where(o => o.PlacedAt < _shop.Calendar.Start(_shop.Today));

    private Measure ShippedLate()
    {
        var paid = Orders.Where(o => o.PaidAt is not null && !(o.CancelledAt <= _shop.Now)).ToList();
        var stuck = paid.Count(o => OrderStuck.ShipBy(_shop, o, o.PaidAt!.Value, _settings) is var due && due < _shop.Now && !(o.ShippedAt <= due)
            && !(o.DeliveredAt <= due));
        return Share("shipped-late", "orders not shipped by their day, shipped since or not ÷ paid orders", "orders", stuck, paid.Count);
    }

    private Measure Cancellations()
    {
        var orders = Orders.ToList();
        return Share("cancellations", "cancelled orders ÷ orders", "orders", orders.Count(o => o.CancelledAt <= _shop.Now), orders.Count);
    }

    private IEnumerable<ParcelStatus> Due =>
        _shop.Parcels.Where(p => p.Promised is { } day && day < _shop.Today && day >= _shop.Today.AddDays(-_days));

    private static bool IsLate(ParcelStatus parcel, ShopCalendar calendar) => !(parcel.DeliveredAt is { } at && calendar.Day(at) <= parcel.Promised);

    private Measure LateParcels()
    {
        var due = Due.ToList();
        return Share("late-parcels", "parcels not there on the promised day ÷ parcels promised", "shipments",
            due.Count(p => IsLate(p, _shop.Calendar)), due.Count);
    }

    private Measure LateContacts()
    {
        var late = Due.Where(p => IsLate(p, _shop.Calendar)).Select(p => p.Parcel.Order).ToHashSet(StringComparer.Ordinal);
        return Share("late-contacts", "late parcels whose buyer wrote ÷ parcels promised", "shipments",
            _shop.ContactsSince(_from).Where(c => c.Order is not null && late.Contains(c.Order)).Select(c =>
                c.Order).Distinct(StringComparer.Ordinal).Count(), Due.Count());
    }

    private IEnumerable<Alert> Closed => _records.Alerts.Where(a => a.ClosedAt >= _from && a.ClosedAs is not AlertEnd.Merged);

    private Measure ExceptionTime() => Times("exception-time", "alert opened → closed, median and nine in ten", "opschat",
        [.. Closed.Select(a => (a.ClosedAt!.Value - a.OpenedAt).TotalDays)]);

    private Measure ContactAfterException()
    {
        var orders = _records.Alerts.Where(a => a.OpenedAt >= _from)
            .SelectMany(a => a.Children.Select(c => (c.Subject["order"], c.OpenedAt)).Append((a.Subject["order"], a.OpenedAt))).Where(o =>
                o.Item1 is not null).DistinctBy(o => o.Item1).ToList();
        var wrote = _shop.ContactsSince(_from).Where(c => c.Order is not null).ToLookup(c => c.Order!, StringComparer.Ordinal);
        return Share("contact-after-exception", "orders with an exception whose buyer wrote within 7 days ÷ orders with an exception", "opschat",
            orders.Count(o => wrote[o.Item1!].Any(c => c.At >= o.OpenedAt && c.At <= o.OpenedAt.AddDays(ContactDays))), orders.Count);
    }

    private Measure ReturnRate()
    {
        if (!_shop.Has(FeedKind.Returns))
        {
            return Unknown("return-rate", "returned lines ÷ lines that are due back by the shop's own delays", "returns", "no returns file");
        }

        var facts = _shop.Returns;
        var from = Math.Max(0, facts.Days - _days);
        var due = _shop.Skus.Sum(sku => facts.Delays.Exposure(facts.Sold(sku)).Skip(from).Sum());
        var back = facts.All.Count(r => r.Returned >= from);
        return due < 1 ? Unknown("return-rate", "returned lines ÷ lines that are due back by the shop's own delays", "returns",
            "nothing was due back")
            : new("return-rate", "returned lines ÷ lines that are due back by the shop's own delays", "returns", back / due,
                $"{Percent(back / due)} ({back} of {due:0})");
    }

    private Measure ReturnTime() => Times("return-time", "return received → refunded, median and nine in ten", "returns",
        [.. _shop.ReturnsSince(_from.AddDays(-90)).Where(r => r.ReceivedAt is not null && r.RefundedAt >= _from
            && r.RefundedAt <= _shop.Now).Select(r => (r.RefundedAt!.Value - r.ReceivedAt!.Value).TotalDays)]);

    private Measure RefundFrequency()
    {
        const string name = "refund-frequency", formula = "refunds ÷ paid orders", needs = "orders, payments or returns";
        var known = RefundBook.Of(_shop, _records.Refunds);
        var (from, paid) = (_shop.Today.AddDays(-_days), Orders.Count(o => o.PaidAt is not null));
        return !RefundBook.AreTold(known, _shop) ? Unknown(name, formula, needs, "no file tells of a refund")
            : Share(name, formula, needs, known.Count(r => r.IsPaid && r.Day >= from && r.Day < _shop.Today), paid);
    }

    private Measure ReshipCost()
    {
        var done = _records.Actions.Count(a => a.Kind == ActionKind.Reship && a.State is (ShopActionState.Done or ShopActionState.Approved)
            && a.DecidedAt >= _from);
        var cost = done * _settings.Costs.Reship;
        return new("reship-cost", "approved reshipments × what one costs (costs.reship in the settings)", "opschat", (double)cost,
            $"{Money.FromMajor(cost, _settings.Currency)} ({done} approved)");
    }

    private Measure StockOutDays()
    {
        if (!_shop.Has(FeedKind.Inventory))
        {
            return Unknown("stock-out-days", "days at 0 of articles that sell more than 0.1 a day", "inventory", "no stock file");
        }

        var days = 0;
        foreach (var sku in _shop.Skus.Where(sku => _shop.Stock(sku) is not null && _shop.Demand(sku).Rate > SlowRate))
        {
            days += _shop.StockBackwards(sku).TakeWhile(p => p.At >= _from).Where(p => p.Available <= 0).Select(p =>
                _shop.Calendar.Day(p.At)).Distinct().Count();
        }

        return new("stock-out-days", "days at 0 of articles that sell more than 0.1 a day", "inventory", days, Plural.Of(days, "day"));
    }

    private Measure Oversells()
    {
        if (!_shop.Has(FeedKind.Inventory))
        {
            return Unknown("oversells", "articles counted below 0", "inventory", "no stock file");
        }

        var below = _shop.Skus.Count(sku => _shop.Stock(sku) is not null
            && _shop.StockBackwards(sku).TakeWhile(p => p.At >= _from).Any(p => p.Available < 0));
        return new("oversells", "articles counted below 0", "inventory", below, Plural.Of(below, "article"));
    }

    private Measure ReviewTime() => Times("review-time", "order to look at: alert opened → seen, median and nine in ten", "opschat",
        [.. _records.Alerts.Where(a => a.Monitor == "order-check" && a.SeenAt >= _from).Select(a => (a.SeenAt!.Value - a.OpenedAt).TotalDays)]);

    private Measure PackingAccuracy()
    {
        var lines = _shop.PicksSince(_from).ToList();
        if (lines.Count == 0)
        {
            return Unknown("packing-accuracy", "1 − wrong lines ÷ lines", "fulfilment", "no file of packed lines");
        }

        var wrong = lines.Count(PackingErrors.IsError);
        return new("packing-accuracy", "1 − wrong lines ÷ lines", "fulfilment", 1 - (double)wrong / lines.Count,
            $"{Percent(1 - (double)wrong / lines.Count)} ({wrong} of {lines.Count} wrong)");
    }

    private Measure AdCost()
    {
        var ads = _shop.AdsSince(_shop.Today.AddDays(-_days)).Where(ad => ad.Cost.Currency == _shop.Currency && ad.Conversions is not null).ToList();
        return ads.Sum(ad => ad.Conversions!.Value) is var sold && sold > 0
            ? Amount("ad-cost-per-sale", "cost of advertising ÷ its sales", "ads", ads.Sum(ad => ad.Cost.Minor) / sold, $"{sold:0} sales")
            : Unknown("ad-cost-per-sale", "cost of advertising ÷ its sales", "ads", "no day with purchases");
    }

    private Measure Opens() => Mails("e-mail-opens", "opened ÷ sent", e => e.Opened);

    private Measure Clicks() => Mails("e-mail-clicks", "clicked ÷ sent", e => e.Clicked);

    private Measure Mails(string name, string formula, Func<EmailDay, int?> counted)
    {
        var days = _shop.EmailDaysSince(_shop.Today.AddDays(-_days)).Where(e => e.Sent is > 0 && counted(e) is not null).ToList();
        return Share(name, formula, "email-stats", days.Sum(e => counted(e)!.Value), days.Sum(e => e.Sent!.Value));
    }

    private Measure MarginEffect()
    {
        var done = _records.Actions.Where(a => a.State == ShopActionState.Done && a.ResultAt >= _from).Select(a =>
            a.Alert).ToHashSet(StringComparer.Ordinal);
        var alerts = _records.Alerts.Where(a => done.Contains(a.Id) && a.AtRisk.Currency == _settings.Currency).ToList();
        return alerts.Count == 0 ? Unknown("margin-effect", "money at risk of alerts whose action was done", "opschat", "no action was done")
            : Amount("margin-effect", "money at risk of alerts whose action was done", "opschat", alerts.Sum(a => (double)a.AtRisk.Minor),
                "all of it an estimate");
    }

    /// <summary>Of articles whose stock and cost are known, by the catalogue or by an order to a supplier; minor units.</summary>
    private (double Value, double PerDay) StockAtCost()
    {
        var known = _shop.Skus.Select(sku => (Stock: _shop.Stock(sku), Cost: _shop.CostOf(sku), _shop.Demand(sku).Rate)).Where(s =>
            s.Stock is not null && s.Cost?.Currency == _shop.Currency).ToList();
        return (known.Sum(s => Math.Max(0, s.Stock!.Value.Available) * (double)s.Cost!.Value.Minor), known.Sum(s => s.Rate * s.Cost!.Value.Minor));
    }

    /// <summary>F13. What is sent and not paid is owed to the shop; what suppliers delivered within their days of payment is owed by it.</summary>
    private Measure CashCycleDays()
    {
        const string name = "cash-cycle", needs = "inventory, products, orders, purchase orders, suppliers",
            formula = "stock ÷ cost of sales a day + receivables ÷ sales a day − payables ÷ cost of sales a day";
        var (stock, costPerDay) = StockAtCost();
        var orders = Orders.Where(o => o.Total.Currency == _shop.Currency && !(o.CancelledAt <= _shop.Now)).ToList();
        var receipts = _shop.SupplyOrders.SelectMany(s => s.Receipts.Where(r => r.At <= _shop.Now && r.At >= _shop.Now.AddDays(-MostPaymentDays))
            .Select(r => (s.Supplier, r.At, Days: _shop.Terms(s.Supplier)?.PaymentDays, Cost: s.UnitCost, r.Quantity))).ToList();
        var sales = orders.Sum(o => (double)o.Total.Minor) / _days;
        var why = costPerDay <= 0 ? "no stock whose cost is known"
            : sales <= 0 || orders.TrueForAll(o => o.PaidAt is null) ? "no file says which orders are paid"
            : receipts.Count == 0 ? "no delivery of a supplier is known"
            : receipts.Find(r => r.Days is null) is { Supplier: { } unknown } ? $"write the Payment days of {unknown} into the suppliers' file"
            : receipts.Exists(r => r.Cost?.Currency != _shop.Currency) ? "the cost of some deliveries is not known in the shop's currency"
            : null;
        if (why is not null)
        {
            return Unknown(name, formula, needs, why);
        }

        var receivables = orders.Where(o => _shop.IsUnpaid(o) && o.ShippedAt <= _shop.Now).Sum(o => (double)o.Total.Minor);
        var payables = receipts.Where(r => r.At.AddDays(r.Days!.Value) > _shop.Now).Sum(r => (double)r.Cost!.Value.Minor * r.Quantity);
        var days = CashCycle.Days(stock, costPerDay * DaysOfYear, receivables, sales * DaysOfYear, payables);
        return new(name, formula, needs, days, Plural.Of(days, "0.#", "day"));
    }

    private Measure StockDays()
    {
        var (value, perDay) = StockAtCost();
        const string name = "stock-days", formula = "stock at cost ÷ cost of sales a day", needs = "inventory, products or purchase orders";
        return perDay <= 0 ? Unknown(name, formula, needs, "no stock whose cost is known")
            : new(name, formula, needs, value / perDay,
                $"{Plural.Of(value / perDay, "0.#", "day")} ({new Money((long)Math.Round(value), _shop.Currency)} at cost)");
    }

    private Measure TimeSaved()
    {
        const string formula = "exceptions that were handled × the minutes that finding one takes";
        var handled = Closed.Count(a => a.ClosedAs is AlertEnd.Fixed or AlertEnd.NoProblem);
        return _settings.Costs.Minutes <= 0
            ? Unknown("time-saved", formula, "opschat", "say in the settings (costs.minutes) how long you would have looked for one")
            : new("time-saved", formula, "opschat", handled * (double)_settings.Costs.Minutes / 1440,
                $"{Number(handled * (double)_settings.Costs.Minutes / 60)} hours, an estimate: {handled} × {_settings.Costs.Minutes:0.#} minutes");
    }

    /// <summary>For each monitor on which people decided: how often they said that it was no problem.</summary>
    private IEnumerable<Measure> AlertQuality()
    {
        foreach (var monitor in Closed.Where(a => a.ClosedAs is AlertEnd.Fixed or AlertEnd.NoProblem).GroupBy(a => a.Monitor,
            StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var (decided, none) = (monitor.Count(), monitor.Count(a => a.ClosedAs == AlertEnd.NoProblem));
            var share = (double)none / decided;
            var advice = decided >= LeastDecided && share > MostNoProblem ? ": raise its line?" : "";
            yield return new($"alert-quality/{monitor.Key}", "decided \"no problem\" ÷ decided", "opschat", share,
                $"{Percent(share)} ({none} of {decided}){advice}");
        }
    }

    private static Measure Share(string name, string formula, string needs, int some, int all) => all == 0
        ? Unknown(name, formula, needs, "nothing to count")
        : new(name, formula, needs, (double)some / all, $"{Percent((double)some / all)} ({some} of {all})");

    private static Measure Times(string name, string formula, string needs, List<double> days)
    {
        if (days.Count == 0)
        {
            return Unknown(name, formula, needs, "nothing to count");
        }

        days.Sort();
        var (median, most) = (days[(days.Count - 1) / 2], days[(int)Math.Ceiling(0.9 * days.Count) - 1]);
        return new(name, formula, needs, median, $"{Plural.Of(median, "0.#", "day")}, nine in ten {Number(most)} ({days.Count})");
    }

    private Measure Amount(string name, string formula, string needs, double minor, string of) =>
        new(name, formula, needs, (double)new Money((long)Math.Round(minor), _settings.Currency).Major,
            $"{new Money((long)Math.Round(minor), _settings.Currency)} ({of})");

    private static Measure Unknown(string name, string formula, string needs, string why) =>
        new(name, formula, needs, null, $"{Measure.NoData}: {why}");

    private static string Percent(double share) => $"{(100 * share).ToString("0.0", CultureInfo.InvariantCulture)} %";

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
