using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;

namespace OpsChat.ShopData.Orders;

/// <summary>
/// The order exports of the selling platforms, the most telling first. Header names are those that the platforms write; what is not
/// named here falls to the generic layout, which knows the headers that most shop systems share.
/// </summary>
internal static class OrderLayouts
{
    private static readonly StateWords s_shopee = StateWords.Common.With(
        (OrderSigns.Delivered | OrderSigns.Shipped, "completed|selesai|สำเร็จแล้ว"),
        (OrderSigns.Returned, "request approved|permintaan disetujui|คำขอได้รับการอนุมัติแล้ว"),
        (OrderSigns.Trouble, "sedang diproses|menunggu persetujuan|processing|request pending|to review|masalah diselesaikan"));

    // An order that is paid on delivery is "processing" from the beginning.
    private static readonly StateWords s_woo = StateWords.Common.With(
        (OrderSigns.ToShip, "processing"),
        (OrderSigns.Unpaid, "on hold|on-hold|pending|checkout draft|failed"),
        (OrderSigns.Paid | OrderSigns.Shipped | OrderSigns.Delivered, "completed"));

    /// <summary>Headers that most shop systems share.</summary>
    public static OrderLayout Generic { get; } = new("a shop system")
    {
        Words = StateWords.Common.With((OrderSigns.Paid, "processed"), (OrderSigns.Delivered | OrderSigns.Shipped, "completed")),
    };

    public static IReadOnlyList<OrderLayout> All { get; } =
    [
        new("Squarespace")
        {
            Signatures = [["orderid", "financialstatus", "lineitemvariant"]],
            Number = new("order number", "Order ID"),
            Dates = DateOrder.MonthFirst,
            Words = StateWords.Common.With((OrderSigns.None, "pending")),
        },
        new("Shopify")
        {
            Signatures = [["name", "financialstatus", "lineitemname"]],
            Number = new("order number", "Name"),
            Words = StateWords.Common.With((OrderSigns.Unpaid, "pending")),
        },
        new("WooCommerce (WebToffee)")
        {
            Signatures = [["ordernumber", "lineitem1"], ["orderid", "lineitem1"]],
            Number = new("order number", "order_number", "order_id"),
            Total = new("order total", "order_total"),
            PlacedAt = new("order date", "order_date"),
            Refunded = new("refunded amount", "refunded_total"),
            RefundsListed = WooItems.Refunds,
            Words = s_woo,
            Items = WooItems.Numbered,
        },
        new("WooCommerce (Advanced Order Export)")
        {
            Signatures = [["ordernumber", "orderstatus", "ordertotalamount"]],
            Number = new("order number", "Order Number"),
            ItemName = new("item name", "Item Name", "Name", "Product Name"),
            ItemQuantity = new("item quantity", "Quantity", "Quantity (- Refund)"),
            ItemPrice = new("item price", "Item Cost"),
            Words = s_woo,
        },
        new("WooCommerce (SkyVerge)")
        {
            Signatures = [["ordernumber", "itemname", "ordertotal"], ["ordernumber", "lineitems", "ordertotal"]],
            Number = new("order number", "order_number", "order_id"),
            ItemName = new("item name", "item_name"),
            ItemSku = new("item SKU", "item_sku"),
            ItemQuantity = new("item quantity", "item_quantity"),
            ItemPrice = new("item price", "item_total"),
            PriceOfLine = true,
            Words = s_woo,
        },
        new("WooCommerce Analytics")
        {
            Signatures = [["order", "netsales", "products"]],
            Number = new("order number", "Order #"),
            Total = new("order total", "Net sales"),
            Words = s_woo,
            Items = WooItems.Listed,
        },
        new("Shopee Indonesia")
        {
            Signatures = [["nopesanan", "statuspesanan"]],
            Number = new("order number", "No. Pesanan"),
            States = [new("order status", "Status Pesanan"), new("return status", "Status Pembatalan/ Pengembalian")],
            RefundStates = new("return status", "Status Pembatalan/ Pengembalian"),
            Total = new("order total", "Total Pembayaran"),
            PlacedAt = new("order date", "Waktu Pesanan Dibuat"),
            PaidAt = new("payment date", "Waktu Pembayaran Dilakukan"),
            ShippedAt = new("dispatch date", "Waktu Pengiriman Diatur"),
            DeliveredAt = new("delivery date", "Waktu Pesanan Selesai"),
            ItemPrice = new("item price", "Harga Setelah Diskon"),
            DefaultCurrency = "IDR",
            Words = s_shopee,
            PaidOnlyByDate = true,
            HidesRefunds = true,
        },
        new("Shopee Thailand")
        {
            Signatures = [["หมายเลขคำสั่งซื้อ", "สถานะการสั่งซื้อ"]],
            Number = new("order number", "หมายเลขคำสั่งซื้อ"),
            States = [new("order status", "สถานะการสั่งซื้อ"), new("return status", "สถานะการคืนเงินหรือคืนสินค้า")],
            RefundStates = new("return status", "สถานะการคืนเงินหรือคืนสินค้า"),
            Total = new("order total", "จำนวนเงินทั้งหมด"),
            PlacedAt = new("order date", "วันที่ทำการสั่งซื้อ"),
            PaidAt = new("payment date", "เวลาการชำระสินค้า"),
            ShippedAt = new("dispatch date", "เวลาส่งสินค้า"),
            DeliveredAt = new("delivery date", "เวลาที่ทำการสั่งซื้อสำเร็จ"),
            ItemName = new("item name", "ชื่อสินค้า"),
            ItemVariation = new("item variation", "ชื่อตัวเลือก"),
            ItemSku = new("item SKU", "เลขอ้างอิง SKU (SKU Reference No.)"),
            ItemQuantity = new("item quantity", "จำนวน"),
            ItemPrice = new("item price", "ราคาขาย"),
            Tracking = new("tracking number", "*หมายเลขติดตามพัสดุ", "หมายเลขติดตามพัสดุ"),
            Phones = [new("buyer's phone", "หมายเลขโทรศัพท์")],
            BuyerNames = [new("receiver's name", "ชื่อผู้รับ")],
            DefaultCurrency = "THB",
            Words = s_shopee,
            PaidOnlyByDate = true,
            HidesRefunds = true,
        },
        new("Shopee")
        {
            Signatures = [["orderid", "orderstatus", "ordercreationdate"]],
            Number = new("order number", "Order ID"),
            States = [new("order status", "Order Status"), new("return status", "Return / Refund Status")],
            RefundStates = new("return status", "Return / Refund Status"),
            Total = new("order total", "Grand Total", "Total Amount"),
            DeliveredAt = new("delivery date", "Order Complete Time"),
            ItemPrice = new("item price", "Deal Price"),
            Words = s_shopee,
            PaidOnlyByDate = true,
            HidesRefunds = true,
        },
        new("TikTok Shop")
        {
            Signatures = [["orderid", "orderstatus", "sellersku"], ["orderid", "orderstatus", "skuid"]],
            Number = new("order number", "Order ID"),
            States =
            [
                new("order status", "Order Status"),
                new("order substatus", "Order Substatus"),
                new("kind of return", "Cancelation/Return Type"),
            ],
            Total = new("order total", "Order Amount"),
            Summed = new(
                [new("line subtotal", "SKU Subtotal After Discount")],
                [],
                [new("shipping fee", "Shipping Fee After Discount"), new("taxes", "Taxes")],
                []
            ),
            Refunded = new("refunded amount", "Order Refund Amount"),
            ItemPrice = new("item price", "SKU Unit Original Price"),
            Dates = DateOrder.DayFirst,
            Words = StateWords.Common.With(
                (OrderSigns.Delivered | OrderSigns.Shipped, "completed"),
                (OrderSigns.None, "cancel|return/refund|refund only|refund")
            ),
            PaidOnlyByDate = true,
        },
        new("Lazada")
        {
            Signatures = [["orderitemid", "ordernumber", "itemname"]],
            Number = new("order number", "orderNumber"),
            Email = new("buyer's e-mail", "customerEmail"),
            Phones = [new("buyer's phone", "shippingPhone", "shippingPhone2", "billingPhone")],
            BuyerNames = [new("buyer's name", "customerName", "shippingName")],
            States = [new("row status", "status")],
            StateOfRows = true,
            PlacedAt = new("order date", "createTime"),
            DeliveredAt = new("delivery date", "deliveredDate"),
            ShippedAt = new("dispatch date", "shippedDate"),
            PromisedBy = new("promised day of delivery", "promisedDeliveryTime"),
            Summed = new([new("paid price", "paidPrice"), new("shipping fee", "shippingFee")], [], [], []),
            Refunded = new("refunded amount", "refundAmount"),
            RefundOfRows = true,
            PaymentMethod = new("payment method", "payMethod"),
            Tracking = new("tracking number", "trackingCode"),
            TrackingUrl = new("tracking page", "trackingUrl"),
            Carrier = new("carrier", "shippingProvider"),
            ItemName = new("item name", "itemName"),
            ItemVariation = new("item variation", "variation"),
            ItemSku = new("item SKU", "sellerSku", "lazadaSku"),
            ItemPrice = new("item price", "paidPrice", "unitPrice"),
            Words = StateWords.Common.With(
                (OrderSigns.ToShip, "pending"),
                (OrderSigns.Packed | OrderSigns.ToShip, "packed|ready to ship|topack|toship"),
                (OrderSigns.Trouble, "failed|lost by 3pl|damaged by 3pl|package returned"),
                (OrderSigns.Shipped | OrderSigns.Delivered, "confirmed")
            ),
        },
        new("Etsy (items)")
        {
            Signatures = [["saledate", "itemname", "transactionid"], ["saledate", "itemname", "orderid", "itemtotal"]],
            Number = new("order number", "Order ID"),
            States = [],
            StateByDates = true,
            Dates = DateOrder.MonthFirst,
            Summed = new(
                [new("item total", "Item Total")],
                [],
                [new("shipping", "Order Shipping"), new("tax", "Order Sales Tax")],
                [new("discount", "Discount Amount")]
            ),
            BuyerNames = [new("receiver's name", "Ship Name"), new("buyer", "Buyer")],
            HidesBuyers = true,
        },
        new("Etsy (orders)")
        {
            Signatures = [["saledate", "orderid", "ordervalue"], ["saledate", "ordertotal", "numberofitems"]],
            Number = new("order number", "Order ID"),
            States = [],
            StateByDates = true,
            Dates = DateOrder.MonthFirst,
            Total = new("order total", "Order Total"),
            HidesBuyers = true,
        },
        new("Amazon")
        {
            Signatures = [["amazonorderid", "orderstatus", "itemprice"], ["orderid", "orderitemid", "purchasedate"]],
            Number = new("order number", "amazon-order-id", "order-id"),
            Email = new("buyer's e-mail", "buyer-email"),
            Phones = [new("buyer's phone", "buyer-phone-number", "ship-phone-number")],
            BuyerNames = [new("receiver's name", "recipient-name", "buyer-name")],
            States = [new("order status", "order-status")],
            Summed = new(
                [
                    new("item price", "item-price"),
                    new("tax", "item-tax"),
                    new("shipping", "shipping-price"),
                    new("shipping tax", "shipping-tax"),
                    new("gift wrap", "gift-wrap-price"),
                    new("gift wrap tax", "gift-wrap-tax"),
                ],
                [new("promotion", "item-promotion-discount"), new("shipping promotion", "ship-promotion-discount")],
                [],
                []
            ),
            ItemName = new("item name", "product-name"),
            ItemSku = new("item SKU", "sku"),
            ItemQuantity = new("item quantity", "quantity", "quantity-purchased"),
            ItemPrice = new("item price", "item-price"),
            PriceOfLine = true,
            PromisedBy = new("promised day of delivery", "promise-date"),
            Words = StateWords.Common.With(
                (OrderSigns.Unpaid, "pending"),
                (OrderSigns.Paid, "unshipped"),
                (OrderSigns.Shipped | OrderSigns.Paid, "shipped"),
                (OrderSigns.Delivered | OrderSigns.Shipped | OrderSigns.Paid, "shipped - delivered to buyer")
            ),
        },
        new("eBay Germany")
        {
            Signatures = [["bestellnummer", "angebotstitel"]],
            Number = new("order number", "Bestellnummer"),
            Email = new("buyer's e-mail", "E-Mail des Käufers"),
            Phones = [new("buyer's phone", "Telefonnummer des Empfängers", "Telefon des Empfängers")],
            BuyerNames = [new("buyer's name", "Name des Käufers")],
            States = [],
            StateByDates = true,
            Total = new("order total", "Gesamtbetrag"),
            PlacedAt = new("order date", "Verkauft am"),
            PaidAt = new("payment date", "Zahlungsdatum"),
            ShippedAt = new("dispatch date", "Verschickt am - Datum", "Versanddatum"),
            ItemName = new("item name", "Angebotstitel"),
            ItemSku = new("item SKU", "Bestandseinheit"),
            ItemQuantity = new("item quantity", "Anzahl"),
            ItemPrice = new("item price", "Verkauft für"),
            ItemVariation = new("item variation", "Variantendetails"),
            DefaultCurrency = "EUR",
        },
        new("eBay")
        {
            Signatures = [["ordernumber", "itemtitle", "totalprice"], ["salesrecordnumber", "itemtitle"]],
            Number = new("order number", "Order Number"),
            Phones = [new("buyer's phone", "Ship To Phone", "Post To Phone")],
            BuyerNames = [new("buyer's name", "Buyer Name")],
            States = [],
            StateByDates = true,
            Total = new("order total", "Total Price"),
            ItemPrice = new("item price", "Sold For"),
            PromisedBy = new("promised day of delivery", "Maximum Estimated Delivery Date"),
            DefaultCurrency = "USD",
        },
        new("Wix")
        {
            Signatures = [["ordernumber", "datecreated", "contactemail"]],
            Number = new("order number", "Order number"),
            PlacedTime = new("time of the order", "Time"),
            Words = StateWords.Common.With((OrderSigns.Unpaid, "pending|not paid")),
        },
        new("BigCommerce")
        {
            Signatures = [["orderid", "orderstatus", "ordertotalinctax"], ["orderid", "orderstatus", "productdetails"]],
            Number = new("order number", "Order ID"),
            Words = StateWords.Common.With(
                (OrderSigns.Paid, "awaiting fulfillment|awaiting shipment"),
                (OrderSigns.Delivered | OrderSigns.Shipped | OrderSigns.Paid, "completed"),
                (OrderSigns.Shipped | OrderSigns.Paid, "shipped")
            ),
            Items = new([new("product details", "Product Details")], (_, _) => []),
        },
        new("Magento")
        {
            Signatures = [["id", "purchasedate", "grandtotalpurchased"], ["id", "billtoname", "grandtotal"]],
            Number = new("order number", "ID"),
            Total = new("order total", "Grand Total (Purchased)", "Grand Total (Base)", "Grand Total"),
            Words = s_woo.With((OrderSigns.Paid | OrderSigns.Shipped, "complete"), (OrderSigns.Refunded, "closed")),
            Items = new([], (_, _) => []),
        },
    ];

    /// <summary>The layout of a table of orders; null when it is none. The generic one has to have a number, a total and an item.</summary>
    public static OrderLayout? Of(FeedTable table) =>
        All.FirstOrDefault(layout => layout.Signatures.Any(table.HasAll))
        ?? (table.Has(Generic.Number) && table.Has(Generic.Total) && table.Has(Generic.ItemName) ? Generic : null);

    /// <summary>The column that keeps a table from being one of orders, when it has the order's number and all but one of what an order
    /// needs.</summary>
    public static Column? Lacking(FeedTable table)
    {
        var missing = new[] { Generic.Total, Generic.ItemName }.Where(column => !table.Has(column)).ToList();
        return table.Has(Generic.Number) && missing.Count == 1 ? missing[0] : null;
    }
}
