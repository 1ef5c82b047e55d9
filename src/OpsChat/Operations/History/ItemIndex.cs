namespace OpsChat.Operations.History;

/// <summary>Sorts a shop's rows by item.</summary>
internal sealed class ItemIndex(ShopRows rows, ShopCalendar calendar, DateOnly first, DateOnly last)
{
    private readonly int _days = last.DayNumber - first.DayNumber + 1;

    public Dictionary<string, ItemHistory> Build()
    {
        var sales = Sales();
        var stock = Counts();
        var supply = rows.SupplyOrders.ToLookup(s => s.Sku, StringComparer.Ordinal);
        var products = rows.Products.GroupBy(p => p.Sku, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        var all = products.Keys.Concat(sales.Keys).Concat(stock.Keys).Concat(supply.Select(s => s.Key));
        return all.Distinct(StringComparer.Ordinal)
            .ToDictionary(
                sku => sku,
                sku => Item(sku, sales.GetValueOrDefault(sku), stock.GetValueOrDefault(sku) ?? [], supply[sku], products.GetValueOrDefault(sku)),
                StringComparer.Ordinal
            );
    }

    /// <summary>Where each item's counts stand: copies of millions of counts would need their room once more.</summary>
    private Dictionary<string, List<int>> Counts()
    {
        var counts = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Stock.Count; i++)
        {
            if (!counts.TryGetValue(rows.Stock[i].Sku, out var places))
            {
                counts[rows.Stock[i].Sku] = places = [];
            }

            places.Add(i);
        }

        return counts;
    }

    private Dictionary<string, List<(int Day, int Quantity)>> Sales()
    {
        var sales = new Dictionary<string, List<(int, int)>>(StringComparer.Ordinal);
        foreach (var order in rows.Orders)
        {
            var day = calendar.Day(order.PlacedAt).DayNumber - first.DayNumber;
            foreach (var line in order.Lines.GroupBy(l => l.Sku, StringComparer.Ordinal))
            {
                if (!sales.TryGetValue(line.Key, out var lines))
                {
                    sales[line.Key] = lines = [];
                }

                lines.Add((day, line.Sum(l => l.Quantity)));
            }
        }

        return sales;
    }

    private ItemHistory Item(
        string sku, List<(int Day, int Quantity)>? sales, List<int> counts, IEnumerable<SupplyOrder> supply, ProductRow? product)
    {
        var (units, lines, sizes) = (new double[_days], new int[_days], new SortedDictionary<int, int>());
        foreach (var (day, quantity) in sales ?? [])
        {
            units[day] += quantity;
            lines[day]++;
            sizes[quantity] = sizes.GetValueOrDefault(quantity) + 1;
        }

        var readings = counts.Select(i => rows.Stock[i]);
        var stock = Points(readings.Where(r => !r.IsStorefront));
        var firstSale = sales is [var one, ..] ? one.Day : int.MaxValue;
        var firstStock = stock is [var point, ..] ? calendar.Day(point.At).DayNumber - first.DayNumber : int.MaxValue;
        return new(sku)
        {
            Units = units,
            Lines = lines,
            LargeLines = [.. (sales ?? []).Where(s => s.Quantity > 10)],
            LineSizes = sizes,
            Stock = stock,
            Storefront = Points(readings.Where(r => r.IsStorefront)),
            Supply = [.. supply],
            Product = product,
            FirstDay = Math.Min(firstSale, firstStock),
        };
    }

    /// <summary>One point for each moment of reading: the newest count of every place, summed.</summary>
    private static StockPoint[] Points(IEnumerable<StockReading> readings)
    {
        var sorted = readings.OrderBy(r => r.At).ToList();
        var points = new List<StockPoint>(sorted.Count);
        var places = new Dictionary<string, StockReading>(StringComparer.Ordinal);
        for (var i = 0; i < sorted.Count; i++)
        {
            places[sorted[i].Location] = sorted[i];
            if (i + 1 == sorted.Count || sorted[i + 1].At != sorted[i].At)
            {
                var incoming = places.Values.Any(p => p.Incoming is not null) ? places.Values.Sum(p => p.Incoming ?? 0) : (int?)null;
                points.Add(new(sorted[i].Counting, places.Values.Sum(p => p.Available), incoming, sorted[i].Line));
            }
        }

        return [.. points];
    }
}
