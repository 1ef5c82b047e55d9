namespace OpsChat.Operations.History;

/// <summary>What kind of thing changed. Closed.</summary>
public enum ChangeKind { Supplier, Price, Listing, SizeChart, Photo, Packing, Carrier }

/// <summary>Something that changed about an article on a day, as the shop's own files tell it.</summary>
/// <param name="Day">From that day on it is sold changed.</param>
/// <param name="Text">In a sentence's middle: "new supplier SUP9".</param>
/// <param name="IsOfArticle">False for what changed for the whole shop.</param>
public sealed record RecordedChange(ChangeKind Kind, DateOnly Day, string Text, bool IsOfArticle, string Source, int? Line);

/// <summary>
/// Recorded changes of an article, watched from their day on: suppliers by their first receipt, prices by what was paid, carriers by their first
/// parcel, and what the owner notes in the campaign calendar with the kind listing, size-chart, photo, packing, carrier or supplier.
/// </summary>
internal static class RecordedChanges
{
    /// <summary>A smaller step is no change of price.</summary>
    private const double PriceStep = 0.05;

    /// <summary>A price that held for that many sales.</summary>
    private const int LeastSales = 3;
    private const int LeastCarrierDays = 28;

    private static readonly Dictionary<string, ChangeKind> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["listing"] = ChangeKind.Listing, ["size-chart"] = ChangeKind.SizeChart, ["size chart"] = ChangeKind.SizeChart, ["photo"] = ChangeKind.Photo,
        ["packing"] = ChangeKind.Packing, ["carrier"] = ChangeKind.Carrier, ["supplier"] = ChangeKind.Supplier, ["price"] = ChangeKind.Price,
    };

    /// <summary>Whether a calendar's entry notes a change, and is no campaign.</summary>
    public static bool IsChange(CampaignRow row) => s_kinds.ContainsKey(row.Kind);

    /// <summary>Those that were known at the moment, the oldest first.</summary>
    public static IReadOnlyList<RecordedChange> Of(ShopMoment shop, string sku) =>
        [.. Suppliers(shop, sku).Concat(Prices(shop, sku)).Concat(Noted(shop, sku)).Concat(shop.CarrierChanges).OrderBy(c => c.Day).ThenBy(c =>
            c.Kind)];

    private static IEnumerable<RecordedChange> Suppliers(ShopMoment shop, string sku)
    {
        var receipts = shop.Supply(sku).Where(s => s.Receipts.Count > 0 && s.Receipts[0].At <= shop.Now).OrderBy(s => s.Receipts[0].At).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (receipts.Count > 0 && shop.Product(sku)?.Supplier is { } usual)
        {
            seen.Add(usual);
        }

        foreach (var receipt in receipts)
        {
            if (seen.Count > 0 && !seen.Contains(receipt.Supplier))
            {
                yield return new(ChangeKind.Supplier, shop.Calendar.Day(receipt.Receipts[0].At), $"new supplier {receipt.Supplier}", true,
                    receipt.Place.File, Line(receipt.Place));
            }

            seen.Add(receipt.Supplier);
        }
    }

    private static IEnumerable<RecordedChange> Prices(ShopMoment shop, string sku)
    {
        long? known = null;
        var (candidate, since, count) = (0L, default(DateTimeOffset), 0);
        foreach (var (at, price) in shop.PricesOf(sku))
        {
            if (known is not { } usual)
            {
                known = price;
            }
            else if (Math.Abs(price - usual) < PriceStep * usual)
            {
                count = 0;
            }
            else
            {
                (candidate, since, count) = count > 0 && price == candidate ? (candidate, since, count + 1) : (price, at, 1);
                if (count >= LeastSales)
                {
                    known = price;
                    count = 0;
                    yield return new(
                        ChangeKind.Price, shop.Calendar.Day(since),
                            $"price {new Text.Money(usual, shop.Currency)} to {new Text.Money(price, shop.Currency)}", true, "orders", null);
                }
            }
        }
    }

    private static IEnumerable<RecordedChange> Noted(ShopMoment shop, string sku) => shop.Notes
        .Where(n => n.From <= shop.Today && (n.Skus.Count == 0 || n.Skus.Contains(sku, StringComparer.OrdinalIgnoreCase)))
        .Select(n => new RecordedChange(s_kinds[n.Kind], n.From, n.Name, n.Skus.Count > 0, n.Place.File, Line(n.Place)));

    /// <summary>The first parcel of each carrier that came later than the first four weeks.</summary>
    public static IEnumerable<RecordedChange> Carriers(IEnumerable<(string Carrier, DateTimeOffset First)> carriers, ShopMoment shop)
    {
        var sorted = carriers.OrderBy(c => c.First).ToList();
        return sorted.Where(c => (c.First - sorted[0].First).TotalDays > LeastCarrierDays)
            .Select(c => new RecordedChange(ChangeKind.Carrier, shop.Calendar.Day(c.First), $"new carrier {c.Carrier}", false, "parcels", null));
    }

    private static int? Line(RowPlace place) => place.Line > 0 ? place.Line : null;
}
