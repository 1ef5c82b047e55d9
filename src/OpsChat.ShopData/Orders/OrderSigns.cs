namespace OpsChat.ShopData.Orders;

/// <summary>What the words of an export say about where an order stands. Several may hold at once.</summary>
[Flags]
internal enum OrderSigns
{
    None = 0,
    Unpaid = 1,
    Paid = 2,
    Packed = 4,
    Shipped = 8,
    Delivered = 16,
    Cancelled = 32,
    Refunded = 64,
    PartlyRefunded = 128,
    Returned = 256,
    PartlyPaid = 512,
    PartlyShipped = 1024,
    /// <summary>Something that our words do not have, and a person has to look at: lost, disputed, on hold.</summary>
    Trouble = 2048,
    /// <summary>Ready to be sent; says nothing about the payment where the buyer may pay on delivery.</summary>
    ToShip = 4096,
}

/// <summary>The words that a platform has for the states of orders, payments and parcels.</summary>
internal sealed class StateWords
{
    private readonly Dictionary<string, OrderSigns> _words;

    private StateWords(Dictionary<string, OrderSigns> words) => _words = words;

    /// <summary>Words that mean the same wherever they stand.</summary>
    public static StateWords Common { get; } =
        new StateWords([]).With(
            (
                OrderSigns.None,
                "unfulfilled|not fulfilled|unshipped|restocked|open|new|request cancelled|request canceled|request rejected|request not "
                    + "approved|cancelled by buyer|processed by warehouse|none"
            ),
            (
                OrderSigns.Unpaid,
                "unpaid|pending payment|awaiting payment|payment pending|to pay|belum bayar|belum "
                    + "dibayar|ที่ต้องชำระ|authorized|authorised|expired|failed payment"
            ),
            (OrderSigns.Paid, "paid|captured|settled|success|payment received"),
            (OrderSigns.PartlyPaid, "partially paid|partly paid"),
            (OrderSigns.PartlyShipped, "partial|partially fulfilled|partially shipped|partly shipped"),
            (
                OrderSigns.ToShip,
                "to ship|ready to ship|awaiting fulfillment|awaiting fulfilment|perlu dikirim|ที่ต้องจัดส่ง|awaiting shipment"
            ),
            (OrderSigns.Packed | OrderSigns.ToShip, "packed|awaiting collection|awaiting pickup|ready for pickup"),
            (
                OrderSigns.Shipped,
                "fulfilled|shipped|shipping|in transit|to receive|out for delivery|sedang dikirim|telah dikirim|dikirim|การจัดส่ง|verschickt|sent"
            ),
            (OrderSigns.Delivered | OrderSigns.Shipped, "delivered|selesai|สำเร็จแล้ว|shipped - delivered to buyer|diterima|terkirim"),
            (OrderSigns.Cancelled, "cancelled|canceled|batal|dibatalkan|voided|void|ยกเลิกแล้ว|storniert"),
            (OrderSigns.Refunded, "refunded|fully refunded"),
            (OrderSigns.PartlyRefunded, "partially refunded|partly refunded"),
            (OrderSigns.Returned, "returned|return/refund|dikembalikan"),
            (
                OrderSigns.Trouble,
                "on hold|disputed|chargeback|lost|lost by 3pl|failed|failed delivery|failed_delivery|declined|to return|return "
                    + "requested|manual verification required|rejected"
            )
        );

    /// <summary>The same with a platform's own words; they come before the common ones.</summary>
    /// <param name="words">Each with its spellings, parted by <c>|</c>, in lower case.</param>
    public StateWords With(params (OrderSigns Signs, string Words)[] words)
    {
        var all = new Dictionary<string, OrderSigns>(_words, StringComparer.Ordinal);
        foreach (var (signs, list) in words)
        {
            foreach (var word in list.Split('|'))
            {
                all[word] = signs;
            }
        }

        return new(all);
    }

    /// <summary>Null for a word that is not known.</summary>
    public OrderSigns? Of(string word) => _words.TryGetValue(Spelled(word), out var signs) ? signs : null;

    /// <summary>As the table spells it: lower case, single spaces for underscores, without the prefix that WooCommerce stores.</summary>
    public static string Spelled(string word)
    {
        var spelled = string.Join(' ', word.Trim().ToLowerInvariant().Replace('_', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return spelled.StartsWith("wc-", StringComparison.Ordinal) ? spelled[3..] : spelled;
    }
}
