namespace OpsChat.Facts.Csv;

/// <summary>The columns of orders.csv in the exports of Shopify and Shopee.</summary>
internal static class OrderColumns
{
    public static readonly Column Number = new("order number", "Name", "Order Number", "Order No", "Order No.", "Order SN", "Order ID", "Order", "No. Pesanan", "Nombor Pesanan");
    public static readonly Column Email = new("buyer's e-mail", "Email", "E-mail", "Buyer Email", "Customer Email", "Contact Email");
    public static readonly Column Phone = new("buyer's phone", "Phone", "Phone Number", "Buyer Phone", "Customer Phone", "No. Telepon");
    public static readonly Column BillingPhone = new("billing phone", "Billing Phone");
    public static readonly Column ShippingPhone = new("shipping phone", "Shipping Phone", "Receiver Phone");
    public static readonly Column BillingName = new("buyer's name", "Billing Name", "Customer Name", "Buyer Name");
    public static readonly Column ShippingName = new("receiver's name", "Shipping Name", "Receiver Name", "Recipient Name", "Nama Penerima");

    public static readonly Column OrderStatus = new("order status", "Order Status", "Status Pesanan");
    public static readonly Column FinancialStatus = new("payment status", "Financial Status", "Payment Status");
    public static readonly Column FulfillmentStatus = new("fulfilment status", "Fulfillment Status", "Fulfilment Status", "Shipping Status", "Delivery Status");
    public static readonly Column Tags = new("tags", "Tags");

    public static readonly Column PlacedAt = new("order date", "Created at", "Order Creation Date", "Order Creation Time", "Order Date", "Placed at", "Waktu Pesanan Dibuat");
    public static readonly Column PaidAt = new("payment date", "Paid at", "Order Paid Time", "Payment Time", "Waktu Pembayaran Dilakukan");
    public static readonly Column ShippedAt = new("dispatch date", "Fulfilled at", "Shipped at", "Ship Time", "Waktu Pengiriman Diatur");
    public static readonly Column DeliveredAt = new("delivery date", "Delivered at", "Delivery Time", "Order Complete Time", "Waktu Pesanan Selesai");
    public static readonly Column CancelledAt = new("cancellation date", "Cancelled at", "Canceled at", "Cancellation Time");
    public static readonly Column RefundedAt = new("refund date", "Refunded at", "Refund Date", "Refund Time");
    public static readonly Column PromisedBy = new("promised day of delivery", "Promised by", "Estimated Delivery", "Estimated Delivery Date", "Deliver by");

    public static readonly Column Currency = new("currency", "Currency");
    public static readonly Column Total = new("order total", "Total", "Grand Total", "Order Total", "Total Amount", "Order Amount", "Total Pembayaran");
    public static readonly Column Refunded = new("refunded amount", "Refunded Amount", "Refund Amount", "Total Refunded");
    public static readonly Column PaymentMethod = new("payment method", "Payment Method", "Metode Pembayaran");
    public static readonly Column ShippingMethod = new("shipping method", "Shipping Method", "Shipping Option", "Shipment Method", "Opsi Pengiriman");
    public static readonly Column Tracking = new("tracking number", "Tracking Number", "Tracking Number*", "Tracking No", "No. Resi");
    public static readonly Column Carrier = new("carrier", "Carrier", "Tracking Company", "Shipping Carrier", "Shipping Provider");
    public static readonly Column NoteAttributes = new("note attributes", "Note Attributes");

    public static readonly Column ItemName = new("item name", "Lineitem name", "Product Name", "Item Name", "Nama Produk");
    public static readonly Column ItemVariation = new("item variation", "Variation Name", "Nama Variasi");
    public static readonly Column ItemSku = new("item SKU", "Lineitem sku", "SKU Reference No.", "SKU", "Item SKU", "Nomor Referensi SKU");
    public static readonly Column ItemQuantity = new("item quantity", "Lineitem quantity", "Quantity", "Jumlah");
    public static readonly Column ItemPrice = new("item price", "Lineitem price", "Deal Price", "Unit Price", "Item Price", "Harga Setelah Diskon");
}
