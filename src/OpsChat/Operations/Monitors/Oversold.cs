using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Monitors;

/// <summary>A count below zero: more was sold than there is.</summary>
internal sealed class Oversold()
    : ShopMonitor("oversold", TimeSpan.FromHours(1), AlertLines.Half(1), [new(FeedKind.Inventory, TimeSpan.FromDays(2))])
{
    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var sku in shop.Skus)
        {
            if (shop.Stock(sku) is not { } stock)
            {
                continue;
            }

            looked.Add(StockFindings.Subject(sku));
            if (stock.Available < 0 && shop.Product(sku) is not { Preorder: true })
            {
                findings.Add(Finding(shop, sku, stock));
            }
        }

        return new(findings, looked, []);
    }

    private static MonitorFinding Finding(ShopMoment shop, string sku, StockPoint stock)
    {
        var (missing, margin) = (-stock.Available, shop.UnitMargin(sku, out _));
        return new(
            StockFindings.Subject(sku),
            missing,
            1,
            margin with
            {
                Minor = margin.Minor * missing,
            },
            shop.Now,
            "warehouse",
            $"{sku}: {missing} more sold than in stock.",
            [EvidenceRow.Of($"{stock.Available} available", stock.Place, stock.At)],
            [
                new(
                    ActionKind.StockCorrection,
                    sku,
                    new Dictionary<string, string>(StringComparer.Ordinal),
                    null,
                    $"Count {sku} and correct its stock",
                    shop.Now.AddDays(3)
                ),
            ],
            CalculationTrace.Of("count", "oversold 1", ("available", stock.Available))
        );
    }
}
