using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;

namespace OpsChat.ShopData.Orders;

/// <summary>
/// What the order export of one platform is like: its headers, its words for states, and how its total comes about. The generic layout
/// has the headers that most shop systems share; a platform's own come before them.
/// </summary>
internal sealed record OrderLayout(string Platform)
{
    /// <summary>Headers that together tell this platform; as <see cref="Column.Key"/> spells them. One of the sets is enough.</summary>
    public IReadOnlyList<string[]> Signatures { get; init; } = [];

    public Column Number { get; init; } =
        new(
            "order number",
            "Name",
            "Order Number",
            "Order No",
            "Order No.",
            "Order SN",
            "Order ID",
            "Order #",
            "Order",
            "No. Pesanan",
            "Nombor Pesanan"
        );
    public Column Email { get; init; } =
        new("buyer's e-mail", "Email", "E-mail", "Buyer Email", "Customer Email", "Contact Email", "Billing Email", "Email (Billing)");

    /// <summary>Each of the e-mail's headers for itself.</summary>
    public IReadOnlyList<Column> Emails => field ??= [Email, .. Email.Aliases.Select(alias => new Column(Email.Name, alias))];

    public IReadOnlyList<Column> Phones { get; init; } =
    [
        new("buyer's phone", "Phone", "Phone Number", "Buyer Phone", "Customer Phone", "Phone #", "No. Telepon"),
        new("billing phone", "Billing Phone", "Phone (Billing)"),
        new("shipping phone", "Shipping Phone", "Receiver Phone", "Recipient Phone", "Ship To Phone", "Post To Phone", "Phone (Shipping)"),
    ];

    public IReadOnlyList<Column> BuyerNames { get; init; } =
    [
        new("buyer's name", "Billing Name", "Customer Name", "Buyer Name", "Full Name", "Bill-to Name", "Customer"),
        new("receiver's name", "Shipping Name", "Receiver Name", "Recipient Name", "Recipient", "Ship Name", "Ship To Name", "Nama Penerima"),
    ];

    public Column FirstName { get; init; } = new("first name", "First Name (Billing)", "billing_first_name");
    public Column LastName { get; init; } = new("last name", "Last Name (Billing)", "billing_last_name");

    /// <summary>Columns with words for states; each word has to be known.</summary>
    public IReadOnlyList<Column> States { get; init; } =
    [
        new("order status", "Order Status", "Status Pesanan", "Status"),
        new("payment status", "Financial Status", "Payment Status"),
        new("fulfilment status", "Fulfillment Status", "Fulfilment Status", "Shipping Status", "Delivery Status"),
    ];

    /// <summary>A platform whose rows of one order may be in different states (one row a unit).</summary>
    public bool StateOfRows { get; init; }

    public StateWords Words { get; init; } = StateWords.Common;

    public Column Tags { get; init; } = new("tags", "Tags");
    public Column PlacedAt { get; init; } =
        new(
            "order date",
            "Created at",
            "Order Creation Date",
            "Order Creation Time",
            "Order Date",
            "Placed at",
            "Created Time",
            "Date created",
            "Sale Date",
            "Purchase Date",
            "Purchased at",
            "Ordered On",
            "Date"
        );
    public Column? PlacedTime { get; init; }
    public Column PaidAt { get; init; } =
        new(
            "payment date",
            "Paid at",
            "Order Paid Time",
            "Payment Time",
            "Paid Time",
            "Date Paid",
            "Paid On Date",
            "Paid Date",
            "Approved at"
        );
    public Column ShippedAt { get; init; } =
        new(
            "dispatch date",
            "Fulfilled at",
            "Shipped at",
            "Ship Time",
            "Shipped Time",
            "Date Shipped",
            "Shipped On Date",
            "Dispatched On Date",
            "Carrier at"
        );
    public Column DeliveredAt { get; init; } =
        new("delivery date", "Delivered at", "Delivery Time", "Delivered Time", "Delivered Date", "Order Complete Time");
    public Column CancelledAt { get; init; } =
        new("cancellation date", "Cancelled at", "Canceled at", "Cancellation Time", "Cancelled Time");
    public Column RefundedAt { get; init; } = new("refund date", "Refunded at", "Refund Date", "Refund Time");
    public Column PromisedBy { get; init; } =
        new(
            "promised day of delivery",
            "Promised by",
            "Estimated Delivery",
            "Estimated Delivery Date",
            "Deliver by",
            "Maximum Estimated Delivery Date",
            "Promise Date",
            "Estimated at"
        );

    public Column ShipBy { get; init; } =
        new(
            "limit for handing over",
            "Ship By Date",
            "Dispatch By Date",
            "Shipping limit at",
            "Estimated Ship Out Date",
            "rtsSla",
            "Pesanan Harus Dikirimkan Sebelum (Menghindari keterlambatan)",
            "RTS Time"
        );
    public Column Region { get; init; } =
        new(
            "region of delivery",
            "Shipping Province Name",
            "Shipping Province",
            "customer_state",
            "ship-state",
            "Shipping State",
            "Ship State",
            "Provinsi",
            "Shipping Country",
            "Ship Country",
            "ship-country",
            "shippingCountry"
        );

    /// <summary>How the platform writes dates in numbers.</summary>
    public DateOrder Dates { get; init; }

    public Column Currency { get; init; } = new("currency", "Currency", "Order Currency", "Order Currency Code", "Currency Code");

    /// <summary>The platform's own currency where a file names none; null for the shop's.</summary>
    public string? DefaultCurrency { get; init; }

    public Column Total { get; init; } =
        new(
            "order total",
            "Total",
            "Grand Total",
            "Order Total",
            "Order Total Amount",
            "Total Amount",
            "Order Amount",
            "Total Price",
            "Order Total (inc tax)",
            "Total Pembayaran",
            "Gesamtbetrag"
        );

    /// <summary>How the total follows from the rows where no column has it; null where one does.</summary>
    public SummedTotal? Summed { get; init; }

    public Column Refunded { get; init; } =
        new(
            "refunded amount",
            "Refunded Amount",
            "Refund Amount",
            "Total Refunded",
            "Order Refund Amount",
            "Amount Refunded",
            "Refunded Total"
        );

    /// <summary>The refund stands on each row for that row alone, so the rows are added up.</summary>
    public bool RefundOfRows { get; init; }

    /// <summary>Refunds that stand in one cell with their reasons; null where a column has the amount.</summary>
    public RefundCells? RefundsListed { get; init; }

    /// <summary>A column of these words says whether anything went back, so that silence means nothing did.</summary>
    public Column? RefundStates { get; init; }

    /// <summary>The export can tell that money went back only by words, not how much.</summary>
    public bool HidesRefunds { get; init; }

    public Column Outstanding { get; init; } = new("outstanding balance", "Outstanding Balance");
    public Column PaymentMethod { get; init; } = new("payment method", "Payment Method", "Metode Pembayaran", "Payment Method Title");
    public Column ShippingMethod { get; init; } =
        new("shipping method", "Shipping Method", "Shipping Option", "Shipment Method", "Opsi Pengiriman", "Delivery Option");
    public Column Tracking { get; init; } =
        new("tracking number", "Tracking Number", "Tracking No", "Tracking ID", "Tracking Code", "No. Resi");
    public Column Carrier { get; init; } =
        new("carrier", "Carrier", "Tracking Company", "Shipping Carrier", "Shipping Provider", "Shipping Provider Name");
    public Column TrackingUrl { get; init; } = new("tracking page", "Tracking URL", "Tracking Link");
    public Column NoteAttributes { get; init; } = new("note attributes", "Note Attributes");

    public Column ItemName { get; init; } =
        new("item name", "Lineitem name", "Product Name", "Item Name", "Item Title", "Item", "Nama Produk");
    public Column ItemVariation { get; init; } =
        new(
            "item variation",
            "Variation Name",
            "Variation",
            "Variant",
            "Lineitem variant",
            "Product Variation",
            "Variation Details",
            "Variations",
            "Nama Variasi"
        );
    public Column ItemSku { get; init; } =
        new("item SKU", "Lineitem sku", "SKU Reference No.", "Seller SKU", "Item SKU", "Custom Label", "SKU", "Nomor Referensi SKU");
    public Column ItemQuantity { get; init; } = new("item quantity", "Lineitem quantity", "Quantity", "Qty", "Qty Ordered", "Jumlah");
    public Column ItemPrice { get; init; } =
        new("item price", "Lineitem price", "Deal Price", "Unit Price", "Item Price", "Item Cost", "Price", "Harga Setelah Diskon");
    public Column QuantityReturned { get; init; } =
        new("returned quantity", "Returned quantity", "Sku Quantity of return", "Quantity refunded");

    /// <summary>The item price stands for the whole line, not for one piece.</summary>
    public bool PriceOfLine { get; init; }

    /// <summary>Reads the lines of an order where items stand in other ways than one a row; null for one a row.</summary>
    public ItemCells? Items { get; init; }

    /// <summary>A paid state that only the payment date proves: cash on delivery is "to ship" without being paid.</summary>
    public bool PaidOnlyByDate { get; init; }

    /// <summary>An order of a file without any state: its dates say where it stands.</summary>
    public bool StateByDates { get; init; }

    /// <summary>The platform hides who bought: buyers of such a file prove nothing, and nobody has to ask why.</summary>
    public bool HidesBuyers { get; init; }

    /// <summary>Every header that the layout knows.</summary>
    public IEnumerable<Column> Columns =>
        [
            Number,
            Email,
            .. Phones,
            .. BuyerNames,
            FirstName,
            LastName,
            .. States,
            Tags,
            PlacedAt,
            PaidAt,
            ShippedAt,
            DeliveredAt,
            CancelledAt,
            RefundedAt,
            PromisedBy,
            ShipBy,
            Region,
            Currency,
            Total,
            Refunded,
            Outstanding,
            PaymentMethod,
            ShippingMethod,
            Tracking,
            Carrier,
            TrackingUrl,
            NoteAttributes,
            ItemName,
            ItemVariation,
            ItemSku,
            ItemQuantity,
            ItemPrice,
            QuantityReturned,
            .. RefundsListed is { } listed ? [listed.Column] : Array.Empty<Column>(),
            .. Summed?.Columns ?? [],
            .. Items?.Columns ?? [],
        ];
}

/// <summary>A total that is the sum of cells.</summary>
/// <param name="OfRows">Added up over the order's rows.</param>
/// <param name="OfRowsLess">Taken off, over the rows.</param>
/// <param name="Once">Added once; repeated on every row of the order.</param>
/// <param name="OnceLess">Taken off once.</param>
internal sealed record SummedTotal(
    IReadOnlyList<Column> OfRows,
    IReadOnlyList<Column> OfRowsLess,
    IReadOnlyList<Column> Once,
    IReadOnlyList<Column> OnceLess
)
{
    public IEnumerable<Column> Columns => [.. OfRows, .. OfRowsLess, .. Once, .. OnceLess];
}

/// <summary>Items that stand in cells of one row.</summary>
/// <param name="Read">The lines of one order's rows.</param>
internal sealed record ItemCells(IReadOnlyList<Column> Columns, Func<IReadOnlyList<FeedRow>, string, IReadOnlyList<OpsChat.Facts.OrderLine>> Read);

/// <summary>Refunds that stand in one cell of an order.</summary>
/// <param name="Read">Their sum; null when an amount in the cell cannot be read.</param>
internal sealed record RefundCells(Column Column, Func<string, string, OpsChat.Text.Money?> Read);
