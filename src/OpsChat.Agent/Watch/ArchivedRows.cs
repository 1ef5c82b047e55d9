using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsChat.Operations.History;
using OpsChat.ShopData;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>
/// A shop's rows packed by kind and day, as the store keeps them. The catalogue, suppliers and the calendar are not kept: they tell what is, and
/// what left them is gone. Customers stand in it as a digest that tells them apart.
/// </summary>
public static class ArchivedRows
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>
    /// The days of those kinds of rows that are other ones than <paramref name="before"/>, each packed when it is asked for: a year of counts
    /// packed at once would need its room several times over.
    /// </summary>
    /// <param name="counted">Days of counts that are new; of stock the others are as they were.</param>
    public static IEnumerable<HistoryDay> Pack(ShopRows rows, ShopRows before, IReadOnlySet<DateTime> counted)
    {
        IEnumerable<T> Changed<T>(Func<ShopRows, IReadOnlyList<T>> of) => ReferenceEquals(of(rows), of(before)) ? [] : of(rows);

        IEnumerable<IEnumerable<HistoryDay>> kinds =
        [
            Days("orders", Changed(all => all.Orders), order => order.PlacedAt),
            Days("parcels", Changed(all => all.Parcels), parcel => parcel.ShippedAt),
            Days("supply", Changed(all => all.SupplyOrders), order => order.OrderedAt),
            Days("returns", Changed(all => all.Returns).Select(WithoutWords), line => line.RequestedAt),
            Days("reviews", Changed(all => all.Reviews), review => review.At),
            Days("ads", Changed(all => all.Ads), ad => At(ad.From)),
            Days("picks", Changed(all => all.Picks), line => line.PackedAt),
            Days("storefront", Changed(all => all.StorefrontDays), day => At(day.Day)),
            Days("charges", Changed(all => all.Charges), charge => charge.ChargeAt),
            Days("e-mails", Changed(all => all.EmailDays), day => At(day.Day)),
            Days("payments", Changed(all => all.Payments), payment => payment.At),
            StockDays(rows.Stock, counted),
        ];
        return kinds.SelectMany(days => days);
    }

    /// <summary>The days of new counts.</summary>
    public static IReadOnlySet<DateTime> Counted(IReadOnlyList<StockReading> newer) =>
        Countings(newer).Select(c => c.At.UtcDateTime.Date).ToHashSet();

    /// <summary>Customers as digests that tell them apart: nothing else of them is known to operations, of kept rows and of new ones alike.</summary>
    public static ShopRows WithoutNames(ShopRows rows) => rows with
    {
        Orders = [.. rows.Orders.Select(order => order.Customer is { } customer ? order with { Customer = KeyOf(customer) } : order)],
        Charges = [.. rows.Charges.Select(charge => charge.Customer is { } customer ? charge with { Customer = KeyOf(customer) } : charge)],
    };

    /// <summary>Counts by day. Of all days only where their counts stand is held, and the sheets of one.</summary>
    private static IEnumerable<HistoryDay> StockDays(IReadOnlyList<StockReading> stock, IReadOnlySet<DateTime> days)
    {
        foreach (var day in Runs(stock, days).GroupBy(run => run.Counting.At.UtcDateTime.Date))
        {
            var sheets = day.GroupBy(run => run.Counting).Select(counting => Sheet(counting.Key, stock, counting));
            yield return Packed("stock", day.Key, [.. sheets]);
        }
    }

    /// <summary>Counts of one counting that follow one another.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Run(StockCounting Counting, int From, int To);

    private static IEnumerable<Run> Runs(IReadOnlyList<StockReading> stock, IReadOnlySet<DateTime> days)
    {
        for (var from = 0; from < stock.Count; )
        {
            var (counting, to) = (stock[from].Counting, from + 1);
            while (to < stock.Count && ReferenceEquals(stock[to].Counting, counting))
            {
                to++;
            }

            if (days.Contains(counting.At.UtcDateTime.Date))
            {
                yield return new(counting, from, to);
            }

            from = to;
        }
    }

    private static StockSheet Sheet(StockCounting counting, IReadOnlyList<StockReading> stock, IEnumerable<Run> runs)
    {
        var rows = new Dictionary<string, int?[]>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            for (var i = run.From; i < run.To; i++)
            {
                rows[stock[i].Sku] = [stock[i].Place.Line, stock[i].Available, stock[i].Incoming, stock[i].Committed];
            }
        }

        return new(counting.Location, counting.IsStorefront, counting.At, counting.File, rows);
    }

    /// <summary>Each counting once: there are thousands of counts in a row of each.</summary>
    private static HashSet<StockCounting> Countings(IReadOnlyList<StockReading> stock)
    {
        var (countings, last) = (new HashSet<StockCounting>(ReferenceEqualityComparer.Instance), (StockCounting?)null);
        foreach (var count in stock)
        {
            if (!ReferenceEquals(count.Counting, last))
            {
                countings.Add(last = count.Counting);
            }
        }

        return countings;
    }

    /// <summary>What is known of a file whose rows are packed.</summary>
    public static KeptFileRow Pack(KeptFile file) => new(file.File, file.Content, file.ReadBy, JsonSerializer.Serialize(file, s_options));

    public static KeptFile? Unpack(KeptFileRow row) => JsonSerializer.Deserialize<KeptFile>(row.Read, s_options);

    public static ShopRows Unpack(IReadOnlyList<HistoryDay> days)
    {
        IReadOnlyList<T> Of<T>(string kind) => [.. days.Where(day => day.Kind == kind).SelectMany(day => Read<T>(day.Rows))];

        var skus = new Dictionary<string, string>(StringComparer.Ordinal);
        return new()
        {
            Orders = Of<OrderRow>("orders"),
            Parcels = Of<Parcel>("parcels"),
            SupplyOrders = Of<SupplyOrder>("supply"),
            Returns = Of<ReturnLine>("returns"),
            Reviews = Of<ReviewLine>("reviews"),
            Ads = Of<AdSpend>("ads"),
            Picks = Of<PickLine>("picks"),
            StorefrontDays = Of<StorefrontDay>("storefront"),
            Charges = Of<SubscriptionCharge>("charges"),
            EmailDays = Of<EmailDay>("e-mails"),
            Payments = Of<PaymentRow>("payments"),
            Stock = [.. Of<StockSheet>("stock").SelectMany(sheet => sheet.Readings(skus))],
        };
    }

    /// <summary>Kept counts with newer ones: a counting of one place at one moment is replaced whole.</summary>
    /// <param name="from">Older ones are not looked at any more.</param>
    public static IReadOnlyList<StockReading> WithStock(IReadOnlyList<StockReading> kept, IReadOnlyList<StockReading> newer, DateTimeOffset from)
    {
        var countings = Countings(newer).Select(c => (c.Location, c.IsStorefront, c.At)).ToHashSet();
        var leaving = Countings(kept).Where(c => c.At < from || countings.Contains((c.Location, c.IsStorefront, c.At)))
            .ToHashSet<StockCounting>(ReferenceEqualityComparer.Instance);
        // There may be millions, so a list that stays as it is is no copy.
        return leaving.Count == 0 && newer.Count == 0 ? kept
            : kept.Count == 0 && countings.All(c => c.At >= from) ? newer
            : [.. kept.Where(c => !leaving.Contains(c.Counting)), .. newer.Where(c => c.At >= from)];
    }

    private static IEnumerable<HistoryDay> Days<T>(string kind, IEnumerable<T> rows, Func<T, DateTimeOffset?> at) =>
        rows.GroupBy(row => at(row)?.UtcDateTime.Date).Select(day => Packed(kind, day.Key, [.. day]));

    private static HistoryDay Packed<T>(string kind, DateTime? day, List<T> rows) =>
        new(kind, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", Write(rows));

    /// <summary>What stands for a customer in the rows.</summary>
    public static string KeyOf(string customer) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(customer.Trim().ToLowerInvariant())).AsSpan(0, 8));

    /// <summary>What a customer wrote about a return stays in the shop's own file.</summary>
    private static ReturnLine WithoutWords(ReturnLine line) => line.Comment is null ? line : line with { Comment = null };

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static byte[] Write<T>(List<T> rows)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(deflate, rows, s_options);
        }

        return packed.ToArray();
    }

    private static List<T> Read<T>(byte[] packed)
    {
        using var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<List<T>>(deflate, s_options) ?? [];
    }

    /// <summary>One counting of one place. A year of daily counts is by far the most that is kept, so the rows hold what differs and nothing
    /// else.</summary>
    /// <param name="Rows">Line, available, incoming and committed of each article.</param>
    private sealed record StockSheet(string Location, bool IsStorefront, DateTimeOffset At, string File, IReadOnlyDictionary<string, int?[]> Rows)
    {
        /// <param name="skus">The texts of codes, each once: every counting names all of them.</param>
        public IEnumerable<StockReading> Readings(Dictionary<string, string> skus)
        {
            var counting = new StockCounting(Location, IsStorefront, At, File);
            return Rows.Select(r => new StockReading(Shared(skus, r.Key), counting, r.Value[1] ?? 0, r.Value[2], r.Value[3], r.Value[0] ?? 0));
        }

        private static string Shared(Dictionary<string, string> known, string sku) =>
            known.TryGetValue(sku, out var same) ? same : known[sku] = sku;
    }
}
