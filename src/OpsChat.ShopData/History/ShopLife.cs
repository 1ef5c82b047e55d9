using OpsChat.Operations.History;
using OpsChat.ShopData.Tables;
using OpsChat.Text;

namespace OpsChat.ShopData.History;

/// <summary>The smaller feeds of a shop: reviews, packing, visitors, subscriptions, campaigns and e-mails.</summary>
internal static class ShopLife
{
    private static readonly Column s_sku = new("SKU", "SKU", "product_id", "clothing_id", "Item ID");
    private static readonly Column s_day = new("day", "Day", "Date", "Created at");
    private static readonly Column s_rating = new("rating", "Rating", "Score", "Stars");
    private static readonly Column s_title = new("title", "Title", "Review title");
    private static readonly Column s_text = new("text", "Text", "review_text", "Message", "Review", "Body", "Comment");
    private static readonly Column s_order = new("order number", "Order", "Order Number", "Name", "Order ID");
    private static readonly Column s_packed = new("packed at", "Packed at");
    private static readonly Column s_station = new("station", "Station");
    private static readonly Column s_shift = new("shift", "Shift");
    private static readonly Column s_packer = new("packer", "Packer");
    private static readonly Column s_skuOrdered = new("ordered SKU", "SKU ordered");
    private static readonly Column s_skuPacked = new("packed SKU", "SKU packed", "Scanned", "SKU packed (Scanned)");
    private static readonly Column s_ordered = new("ordered quantity", "Quantity ordered");
    private static readonly Column s_packedPieces = new("packed quantity", "Quantity packed");
    private static readonly Column s_views = new("views", "Views");
    private static readonly Column s_carts = new("additions to carts", "Add to carts");
    private static readonly Column s_checkouts = new("checkouts", "Checkouts");
    private static readonly Column s_units = new("units", "Units");
    private static readonly Column s_subscription = new("subscription", "Subscription");
    private static readonly Column s_charge = new("charge", "Charge at");
    private static readonly Column s_retry = new("next try", "Retry at");
    private static readonly Column s_status = new("state", "Status");
    private static readonly Column s_amount = new("amount", "Amount");
    private static readonly Column s_currency = new("currency", "Currency");
    private static readonly Column s_email = new("e-mail", "Email");
    private static readonly Column s_name = new("name", "Name", "Campaign");
    private static readonly Column s_from = new("first day", "From", "Start");
    private static readonly Column s_to = new("last day", "To", "End");
    private static readonly Column s_skus = new("articles", "SKUs", "SKU");
    private static readonly Column s_kind = new("kind", "Kind");
    private static readonly Column s_times = new("expected times", "Expected times");
    private static readonly Column s_flow = new("flow", "Flow");
    private static readonly Column s_sent = new("sent", "Sent");
    private static readonly Column s_opened = new("opened", "Opened");
    private static readonly Column s_clicked = new("clicked", "Clicked");
    private static readonly Column s_orders = new("orders", "Orders");
    private static readonly Column s_revenue = new("revenue", "Revenue");

    public static IEnumerable<Column> Columns =>
        [
            s_sku,
            s_day,
            s_rating,
            s_title,
            s_text,
            s_order,
            s_packed,
            s_station,
            s_shift,
            s_packer,
            s_skuOrdered,
            s_skuPacked,
            s_ordered,
            s_packedPieces,
            s_views,
            s_carts,
            s_checkouts,
            s_units,
            s_subscription,
            s_charge,
            s_retry,
            s_status,
            s_amount,
            s_currency,
            s_email,
            s_name,
            s_from,
            s_to,
            s_skus,
            s_kind,
            s_times,
            s_flow,
            s_sent,
            s_opened,
            s_clicked,
            s_orders,
            s_revenue,
        ];

    public static IReadOnlyList<ReviewLine> Reviews(HistoryRows rows) => rows.Each(
        row => row.Text(s_sku) is { } sku && row.Number(s_rating).Value is { } rating
            ? new ReviewLine(sku, rows.Past(row, s_day), (double)rating, row.Text(s_title), row.Text(s_text), HistoryRows.PlaceOf(row))
            : null,
        s_sku, s_rating);

    public static IReadOnlyList<PickLine> Picks(HistoryRows rows) =>
        rows.Each(
            row =>
                row.Text(s_order) is { } order && rows.Past(row, s_packed) is { } at && row.Text(s_skuOrdered) is { } ordered
                    ? new PickLine(
                        OrderNumber.Shown(order),
                        at,
                        row.Text(s_station),
                        row.Text(s_shift),
                        row.Text(s_packer),
                        ordered,
                        row.Text(s_skuPacked),
                        row.Count(s_ordered).Value,
                        row.Count(s_packedPieces).Value,
                        HistoryRows.PlaceOf(row)
                    )
                    : null,
            s_order,
            s_packed,
            s_skuOrdered
        );

    public static IReadOnlyList<StorefrontDay> StorefrontDays(HistoryRows rows) =>
        rows.Each(
            row =>
                row.Day(s_day).Value is { } day && row.Text(s_sku) is { } sku
                    ? new StorefrontDay(
                        day,
                        sku,
                        row.Count(s_views).Value,
                        row.Count(s_carts).Value,
                        row.Count(s_checkouts).Value,
                        row.Count(s_units).Value,
                        HistoryRows.PlaceOf(row)
                    )
                    : null,
            s_day,
            s_sku
        );

    public static IReadOnlyList<SubscriptionCharge> Charges(HistoryRows rows) => rows.Each(
        row => row.Text(s_subscription) is { } subscription && rows.Planned(row, s_charge) is { } at
            ? new SubscriptionCharge(
                subscription, at, HasFailed(row), row.Amount(s_amount, row.Text(s_currency) ?? rows.Currency).Value, rows.Planned(row, s_retry),
                row.Text(s_email)?.ToLowerInvariant(), HistoryRows.PlaceOf(row))
            : null,
        s_subscription, s_charge);

    private static bool? HasFailed(FeedRow row)
    {
        switch (row.Text(s_status)?.ToLowerInvariant())
        {
            case "failed" or "declined" or "error" or "past due" or "past_due" or "unpaid" or "retrying":
                return true;
            case "paid"
            or "success"
            or "succeeded"
            or "charged"
            or "active"
            or "scheduled"
            or "upcoming"
            or "skipped"
            or "cancelled"
            or "canceled"
            or "paused":
                return false;
            case { } word:
                row.Table.Reading.Warning(
                    row.File,
                    row.Line,
                    $"\"{word}\" is no state of a subscription's charge that OpsChat knows.",
                    "Whether it failed is unknown. Known are paid and failed, and what means the same."
                );
                return null;
            case null:
                return null;
        }
    }

    public static IReadOnlyList<CampaignRow> Campaigns(HistoryRows rows) =>
        rows.Each(
            row =>
                row.Text(s_name) is { } name && row.Day(s_from).Value is { } from && row.Day(s_to).Value is { } to && from <= to
                    ? new CampaignRow(
                        name,
                        from,
                        to,
                        row.Text(s_skus)
                            ?.Split([',', ';', '|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                            ?? [],
                        row.Text(s_kind) ?? "",
                        (double?)row.Number(s_times).Value,
                        HistoryRows.PlaceOf(row)
                    )
                    : null,
            s_name,
            s_from,
            s_to
        );

    public static IReadOnlyList<EmailDay> EmailDays(HistoryRows rows) => rows.Each(
        row => row.Day(s_day).Value is { } day && row.Text(s_flow) is { } flow
            ? new EmailDay(
                day, flow, row.Count(s_sent).Value, row.Count(s_opened).Value, row.Count(s_clicked).Value, row.Count(s_orders).Value,
                row.Amount(s_revenue, rows.Currency).Value, HistoryRows.PlaceOf(row))
            : null,
        s_day, s_flow);
}
