using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsChat.Operations.History;
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

    public static IEnumerable<HistoryDay> Pack(ShopRows rows) =>
        [
            .. Days("orders", rows.Orders.Select(WithoutName), order => order.PlacedAt),
            .. Days("parcels", rows.Parcels, parcel => parcel.ShippedAt),
            .. Days("supply", rows.SupplyOrders, order => order.OrderedAt),
            .. Days("returns", rows.Returns.Select(WithoutWords), line => line.RequestedAt),
            .. Days("reviews", rows.Reviews, review => review.At),
            .. Days("ads", rows.Ads, ad => At(ad.From)),
            .. Days("picks", rows.Picks, line => line.PackedAt),
            .. Days("storefront", rows.StorefrontDays, day => At(day.Day)),
            .. Days("charges", rows.Charges, charge => charge.ChargeAt),
            .. Days("e-mails", rows.EmailDays, day => At(day.Day)),
            .. Days("payments", rows.Payments, payment => payment.At),
            .. Days(
                "stock",
                rows.Stock.GroupBy(count => count.Counting).Select(StockSheet.Of),
                sheet => sheet.At
            ),
        ];

    public static ShopRows Unpack(IReadOnlyList<HistoryDay> days)
    {
        IReadOnlyList<T> Of<T>(string kind) => [.. days.Where(day => day.Kind == kind).SelectMany(day => Read<T>(day.Rows))];

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
            Stock = [.. Of<StockSheet>("stock").SelectMany(sheet => sheet.Readings())],
        };
    }

    /// <summary>Kept counts with newer ones: a counting of one place at one moment is replaced whole.</summary>
    /// <param name="from">Older ones are not looked at any more.</param>
    public static IReadOnlyList<StockReading> WithStock(IReadOnlyList<StockReading> kept, IReadOnlyList<StockReading> newer, DateTimeOffset from)
    {
        var countings = newer
            .Select(c => c.Counting)
            .Distinct<StockCounting>(ReferenceEqualityComparer.Instance)
            .Select(c => (c.Location, c.IsStorefront, c.At))
            .ToHashSet();
        var left = new Dictionary<StockCounting, bool>(ReferenceEqualityComparer.Instance);
        return [.. kept.Where(c => IsLeft(c.Counting)), .. newer];

        bool IsLeft(StockCounting c) => left.TryGetValue(c, out var isLeft)
            ? isLeft
            : left[c] = c.At >= from && !countings.Contains((c.Location, c.IsStorefront, c.At));
    }

    private static IEnumerable<HistoryDay> Days<T>(string kind, IEnumerable<T> rows, Func<T, DateTimeOffset?> at) =>
        rows.GroupBy(row => at(row)?.UtcDateTime.Date).Select(day => new HistoryDay(
            kind, day.Key?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", Write([.. day])));

    private static OrderRow WithoutName(OrderRow order) =>
        order.Customer is null
            ? order
            : order with
            {
                Customer = Convert.ToHexStringLower(
                    SHA256.HashData(Encoding.UTF8.GetBytes(order.Customer.Trim().ToLowerInvariant())).AsSpan(0, 8)
                ),
            };

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
        public static StockSheet Of(IGrouping<StockCounting, StockReading> counts) => new(
            counts.Key.Location, counts.Key.IsStorefront, counts.Key.At, counts.Key.File,
            counts.GroupBy(c => c.Sku, StringComparer.Ordinal).ToDictionary(c => c.Key, c => Numbers(c.Last()), StringComparer.Ordinal));

        public IEnumerable<StockReading> Readings()
        {
            var counting = new StockCounting(Location, IsStorefront, At, File);
            return Rows.Select(r => new StockReading(r.Key, counting, r.Value[1] ?? 0, r.Value[2], r.Value[3], r.Value[0] ?? 0));
        }

        private static int?[] Numbers(StockReading count) => [count.Place.Line, count.Available, count.Incoming, count.Committed];
    }
}
