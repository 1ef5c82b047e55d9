using System.Globalization;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>What the stock monitors have in common: their evidence, their actions, and how they walk the items.</summary>
internal static class StockFindings
{
    public static IReadOnlyList<FeedNeed> Needs { get; } =
        [new(FeedKind.Inventory, TimeSpan.FromDays(2)), new(FeedKind.Orders, TimeSpan.FromDays(2))];

    /// <summary>Every counted item is checked; those for which <paramref name="find"/> gives a finding are found.</summary>
    public static MonitorLook Walk(ShopMoment shop, OperationsSettings settings, Func<StockPlan, MonitorFinding?> find)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var sku in shop.Skus)
        {
            if (shop.Plan(sku, settings) is not { } plan)
            {
                continue;
            }

            looked.Add(Subject(sku));
            if (plan.Sells && shop.Product(sku) is not { IsActive: false } && find(plan) is { } finding)
            {
                findings.Add(finding);
            }
        }

        return looked.Count > 0 ? new(findings, looked, [])
            : MonitorLook.NotPossible(new MonitorGap(FeedKind.Inventory, "No file says what is in stock."));
    }

    public static SubjectKey Subject(string sku) => SubjectKey.Of(("sku", sku));

    public static IReadOnlyList<EvidenceRow> Evidence(ShopMoment shop, StockPlan plan)
    {
        var (demand, lead) = (plan.Demand, plan.Lead);
        List<EvidenceRow> rows =
        [
            EvidenceRow.Of(
                $"{plan.Available} available, {plan.Incoming} incoming{(plan.NotSentYet > 0 ? $", {plan.NotSentYet} approved, not sent yet" : "")}",
                plan.Counted.Place,
                plan.Counted.At
            ),
            new(RateInWords(demand), "orders", null, shop.Now),
            new(LeadInWords(lead), "purchase orders", null, shop.Now),
        ];
        if (plan.NextOrder is { } order)
        {
            rows.Add(
                EvidenceRow.Of(
                    $"{order.OpenAt(shop.Now)} from {order.Supplier} on order since {shop.Calendar.Day(order.OrderedAt):d MMM} ({order.Number})",
                    order.Place,
                    order.OrderedAt
                )
            );
        }

        if (plan.MarginIsGuess)
        {
            rows.Add(new("The item's cost is not known; its margin is counted as 30 % of the price", "products", null, shop.Now));
        }

        return rows;
    }

    public static CalculationTrace Trace(string code, StockPlan plan) =>
        CalculationTrace.Of(
            "F1 F2 F3 F4 F5",
            code,
            ("r", plan.Demand.Rate),
            ("phi", plan.Demand.Phi),
            ("m", plan.Lead.Curve.Mean),
            ("s", plan.Lead.Curve.Deviation),
            ("reorderPoint", plan.Reorder.Level),
            ("position", plan.Position),
            ("available", plan.Available),
            ("pRunOut", plan.RunOut),
            ("lost", plan.LostUnits)
        );

    public static ProposedAction Order(ShopMoment shop, StockPlan plan, OperationsSettings settings)
    {
        var line = PurchaseList.Line(shop, plan);
        var charges = SupplierCharges.Of(shop.Terms(plan.Lead.Supplier));
        var sum = line.Total is { } goods ? charges.With(goods) : null;
        var over =
            sum is { } total && total.Major > settings.Purchase.ConfirmOver
                ? $" (over {settings.Currency} {settings.Purchase.ConfirmOver:0})"
                : "";
        var price = line.UnitCost is { } cost
            ? $" at {cost.Major.ToString("N2", CultureInfo.InvariantCulture)} = {sum?.ToString() ?? "not known"}{charges.InWords}{over}"
            : ", price not known";
        return new(
            ActionKind.PurchaseOrder, plan.Sku,
            PurchaseProposal.WithArticles([line], new(StringComparer.Ordinal)
            {
                ["supplier"] = plan.Lead.Supplier ?? "", ["quantity"] = line.Order.ToString(CultureInfo.InvariantCulture),
            }),
            sum,
            $"{Plural.Of(line.Order, "piece")} of {line.Name} from {plan.Lead.Supplier ?? "a supplier to be named"}{price}",
            shop.Now.AddDays(7));
    }

    public static string Pieces(double count) => count.ToString("0.#", CultureInfo.InvariantCulture);

    private static string RateInWords(DemandFacts demand)
    {
        var left = new List<string> { "21-day half-life" };
        if (demand.ClosedDays > 0)
        {
            left.Add($"{Plural.Of(demand.ClosedDays, "day")} out of stock left out");
        }

        if (demand.BulkOrders.Count > 0)
        {
            left.Add(
                $"{Plural.Of(demand.BulkOrders.Count, "bulk order")} of "
                    + $"{string.Join(", ", demand.BulkOrders)} counted smaller"
            );
        }

        if (demand.Event is { } rise)
        {
            left.Add($"{rise.Times:0.0} times the usual since {rise.Since:d MMM}");
        }

        return $"{demand.Rate:0.0#} a day ({string.Join(", ", left)})";
    }

    private static string LeadInWords(LeadTimeFacts lead) => lead switch
    {
        { IsAssumed: true } => "No delivery is known yet; two weeks are assumed",
        { IsQuoted: true } => $"{lead.Supplier} says {Plural.Of(lead.QuotedDays ?? 0, "day")}; "
            + $"only {Plural.Of(lead.OwnReceived, "delivery", "deliveries")} of it {(lead.OwnReceived == 1 ? "is" : "are")} known",
        _ => $"{lead.Supplier ?? "Suppliers"} takes {lead.InWords}: {Plural.Of(lead.OwnReceived, "own delivery", "own deliveries")}, "
            + $"{Plural.Of(lead.OwnOpen, "order")} still open",
    };
}
