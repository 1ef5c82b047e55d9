namespace OpsChat.Operations.History;

/// <summary>One item's sales and stock over time, compact: arrays by day, and points in time.</summary>
internal sealed class ItemHistory(string sku)
{
    public string Sku { get; } = sku;

    /// <summary>Sold units by day of the history, and how many order lines.</summary>
    public required double[] Units { get; init; }
    public required int[] Lines { get; init; }

    /// <summary>Order lines of more than ten pieces, ascending by day.</summary>
    public required (int Day, int Quantity)[] LargeLines { get; init; }

    /// <summary>How many lines had 1, 2, … pieces.</summary>
    public required SortedDictionary<int, int> LineSizes { get; init; }

    /// <summary>What the warehouses held together, and what the storefront showed; ascending.</summary>
    public required StockPoint[] Stock { get; init; }
    public required StockPoint[] Storefront { get; init; }

    public required SupplyOrder[] Supply { get; init; }

    public ProductRow? Product { get; init; }

    /// <summary>The first day of the history on which anything was seen of it; int.MaxValue when never.</summary>
    public required int FirstDay { get; init; }

    /// <summary>The newest point known at <paramref name="at"/>; null before the first.</summary>
    public static StockPoint? Latest(StockPoint[] points, DateTimeOffset at)
    {
        var known = Known(points, at);
        return known == 0 ? null : points[known - 1];
    }

    /// <summary>How many points are known at <paramref name="at"/>.</summary>
    public static int Known(StockPoint[] points, DateTimeOffset at)
    {
        var (low, high) = (0, points.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = points[middle].At <= at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>Stock at a moment, all warehouses (or storefronts) together.</summary>
public readonly struct StockPoint(StockCounting counting, int available, int? incoming, int line)
{
    private readonly StockCounting _counting = counting;
    private readonly OptionalCount _incoming = new(incoming);
    private readonly int _line = line;

    public DateTimeOffset At => _counting.At;
    public int Available { get; } = available;

    /// <summary>Null when no file says.</summary>
    public int? Incoming => _incoming.Value;
    public RowPlace Place => new(_counting.File, _line);
}
