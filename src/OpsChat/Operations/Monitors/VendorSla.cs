using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Operations.Stock;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// A supplier comes later than it promised more often than the contract allows, beyond what chance explains: at most one supplier in twenty
/// that keeps its contract is ever told so.
/// </summary>
internal sealed class VendorSla() : ShopMonitor("vendor-sla", TimeSpan.FromDays(1), AlertLines.Half(20), s_needs)
{
    private static readonly FeedNeed[] s_needs =
        [new(FeedKind.PurchaseOrders, TimeSpan.FromDays(30)), new(FeedKind.Suppliers, TimeSpan.FromDays(400))];

    private const int Days = 180;
    private const int LeastOrders = 5;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var orders in shop.SupplyOrders.Where(o => o.ExpectedAt is not null).GroupBy(o => o.Supplier, StringComparer.Ordinal))
        {
            if (shop.Terms(orders.Key) is not { OnTimeShare: { } agreed } terms || agreed <= 0)
            {
                continue;
            }

            // Lines of one order come late together: the latest speaks for all.
            var due = orders.Where(o => o.ExpectedAt >= shop.Now.AddDays(-Days) && SupplierPromise.IsDue(shop, o)).GroupBy(o => o.Whole)
                .Select(lines => lines.MaxBy(o => (o.CompleteAt(shop.Now) ?? shop.Now) - o.ExpectedAt!.Value)!).ToList();
            looked.Add(SubjectKey.Of(("supplier", orders.Key)));
            var late = due.Where(o => SupplierPromise.IsLate(shop, o)).ToList();
            var evidence = ShareEvidence.Above(late.Count, due.Count, 1 - agreed);
            if (due.Count >= LeastOrders && evidence >= Lines.Clear)
            {
                findings.Add(Finding(shop, terms, due, late, evidence));
            }
        }

        return looked.Count > 0 ? new(findings, looked, [])
            : MonitorLook.NotPossible(new MonitorGap(FeedKind.Suppliers, "No file says how punctual a supplier has agreed to be."));
    }

    private static MonitorFinding Finding(
        ShopMoment shop, SupplierTerms terms, List<SupplyOrder> due, List<SupplyOrder> late, double evidence)
    {
        var days = late.Average(o => (shop.Calendar.Day(o.CompleteAt(shop.Now) ?? shop.Now).DayNumber
            - shop.Calendar.Day(o.ExpectedAt!.Value).DayNumber));
        var told = FormattableString.Invariant(
            $"{terms.Supplier}: {due.Count - late.Count} of {due.Count} orders of the last half year came in time where {terms.OnTimeShare:P0} are agreed; ")
            + FormattableString.Invariant($"the late ones took {Plural.Of(days, "0.#", "day")} more.");
        return new(
            SubjectKey.Of(("supplier", terms.Supplier)),
            evidence,
            1 - 1 / (1 + evidence / 10),
            new Money(0, shop.Currency),
            null,
            "purchasing",
            told,
            [
                EvidenceRow.Of(FormattableString.Invariant($"Agreed: {terms.OnTimeShare:P0} in time"), terms.Place, shop.Now),
                .. late.TakeLast(8).Select(o => EvidenceRow.Of(
                    $"{o.Number}: {o.Sku} was promised for {shop.Calendar.Day(o.ExpectedAt!.Value):d MMM}"
                        + (o.CompleteAt(shop.Now) is { } came ? $" and came on {shop.Calendar.Day(came):d MMM}" : " and is still open"),
                    o.Place, o.OrderedAt)),
            ],
            [
                new(
                    ActionKind.SupplierNote,
                    terms.Supplier,
                    new Dictionary<string, string>(StringComparer.Ordinal),
                    null,
                    $"Tell {terms.Supplier} what was agreed and what came; \"supplier brief {terms.Supplier}\" has the figures",
                    shop.Now.AddDays(14)
                ),
            ],
            CalculationTrace.Of("share above", "vendor-sla 2",
                ("late", late.Count), ("due", due.Count), ("allowed", 1 - terms.OnTimeShare!.Value), ("evidence", Math.Min(evidence, 1e12))));
    }
}
