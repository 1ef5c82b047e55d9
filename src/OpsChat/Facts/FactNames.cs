namespace OpsChat.Facts;

/// <summary>What kind of value a fact name stands for; the linter compares conditions and templates with it.</summary>
public enum FactKind { Text, Number, Amount, Day, Flag, Words }

/// <summary>Every fact name that a playbook may use, with kind, unit and meaning. <c>store.*</c> also takes the extra keys of
/// <c>_shop.md</c>.</summary>
public static class FactNames
{
    public const string RunningOut = "product.running_out",
        RestockExpected = "product.restock_expected",
        CarrierDelay = "order.carrier_delay",
        LateRisk = "order.late_risk",
        PackingLate = "order.packing_late",
        Unscanned = "shipment.unscanned",
        RestockOn = "product.restock_on",
        ReturnStatus = "return.status";

    /// <summary>What watching the shop tells of an order or a product, beside the shop's own data or more exactly than they do.</summary>
    public static IReadOnlySet<string> OfWatch { get; } =
        new HashSet<string>(StringComparer.Ordinal) { RunningOut, RestockExpected, CarrierDelay, LateRisk, PackingLate, Unscanned, RestockOn };

    /// <summary>Known names in reading order.</summary>
    public static IReadOnlyDictionary<string, (FactKind Kind, string Meaning)> All { get; } =
        new Dictionary<string, (FactKind, string)>
        {
            ["message.words"] = (FactKind.Number, "how many words the customer wrote"),
            ["message.language"] = (FactKind.Text, "language tag of the conversation: en, ms, id, th, vi, tl, zh"),
            ["message.sentiment"] = (FactKind.Text, "calm, upset or angry"),
            ["message.asks_for_human"] = (FactKind.Flag, "the customer asks for a person"),
            ["message.issues"] = (FactKind.Words, "the issues found in the message, by playbook name"),
            ["message.matters"] = (FactKind.Number, "how many things the message asks for that are decided one by one"),
            ["message.asks"] = (
                FactKind.Words,
                "which facts the message asks for: when, where, carrier, tracking, how-long, how-much, how-many, size, colour, material, "
                    + "detail (an own address)"
            ),
            ["message.is_follow_up"] = (FactKind.Flag, "the customer got an answer on this matter within the last hour"),
            ["message.names_order"] = (FactKind.Flag, "an order number stands in the message"),
            ["message.asks_now"] = (FactKind.Flag, "the message is about this very moment: are you open now"),
            ["message.attachments"] = (FactKind.Number, "how many photos, files or voice notes came with the message"),

            ["told.order"] = (FactKind.Text, "the order number that the customer gave, proven or not"),
            ["told.matters"] = (FactKind.Words, "what the conversation was about before, by playbook name, as far as it may be about the same order"),
            ["told.place"] = (FactKind.Text, "the place that the customer named"),
            ["told.place_served"] = (
                FactKind.Flag,
                "shipping_fees or delivery_times of _shop.md name that place or its country; unknown where they name none"
            ),
            ["told.shipping_fees"] = (FactKind.Text, "what shipping_fees of _shop.md say of told.place; unknown where they do not tell places apart"),
            ["told.date"] = (FactKind.Day, "the day that the customer named for something to come: by Friday, before 3 Dec"),
            ["told.open"] = (FactKind.Flag, "the shop is open on told.date, by its hours and days off"),
            ["told.hours"] = (FactKind.Text, "the opening hours of told.date, as 09:00-18:00; unknown on a day off, or without a closing time"),
            ["told.holiday"] = (FactKind.Text, "the holiday that the customer named, where the days off of _shop.md do not settle it"),

            ["customer.first_name"] = (FactKind.Text, "first name, once the customer is known"),
            ["customer.name"] = (FactKind.Text, "full name, once the customer is known"),
            ["customer.orders"] = (FactKind.Number, "orders so far"),
            ["customer.total_spent"] = (FactKind.Amount, "paid so far, less refunds"),
            ["customer.refunds"] = (FactKind.Number, "orders refunded in the last 90 days"),
            ["customer.vip"] = (FactKind.Flag, "the VIP rule of _shop.md holds"),

            ["order.missing"] = (FactKind.Flag, "no order was proven to be this customer's"),
            ["order.number"] = (FactKind.Text, "as printed: #1001"),
            ["order.status"] = (FactKind.Text, "unpaid, paid, packed, shipped, delivered, cancelled, refunded, partially refunded or returned"),
            ["order.total"] = (FactKind.Amount, "order total"),
            ["order.refunded"] = (FactKind.Amount, "refunded so far"),
            ["order.refundable"] = (FactKind.Amount, "total less refunded"),
            ["order.is_refunded"] = (FactKind.Flag, "nothing is left to refund"),
            ["order.is_paid"] = (FactKind.Flag, "the payment has arrived"),
            ["order.is_shipped"] = (FactKind.Flag, "handed to the carrier, or delivered"),
            ["order.is_delivered"] = (FactKind.Flag, "the carrier reported delivery"),
            ["order.is_cancelled"] = (FactKind.Flag, "cancelled"),
            ["order.placed_on"] = (FactKind.Day, "day of the order"),
            ["order.paid_on"] = (FactKind.Day, "day of payment"),
            ["order.shipped_on"] = (FactKind.Day, "day of dispatch"),
            ["order.delivered_on"] = (FactKind.Day, "day of delivery"),
            ["order.promised_by"] = (FactKind.Day, "latest day of delivery that the shop promised"),
            ["order.late"] = (FactKind.Flag, "the promised day has passed and the parcel is not delivered"),
            ["order.days_late"] = (FactKind.Number, "full days since the promised day; 0 when not late"),
            [PackingLate] = (FactKind.Flag, "paid and not sent, although the time for packing is over or the promised day is here"),
            ["order.age"] = (FactKind.Number, "full days since the order"),
            ["order.days_since_shipped"] = (FactKind.Number, "full days since it was handed to the carrier"),
            ["order.cash_on_delivery"] = (FactKind.Flag, "paid when the parcel is handed over"),
            ["order.items"] = (FactKind.Words, "names of the items, with how many where it is more than one"),
            ["order.item_count"] = (FactKind.Number, "pieces in the order"),
            ["order.others"] = (FactKind.Words, "numbers of the same customer's other orders, newest first"),
            ["order.payment_method"] = (FactKind.Text, "how it was paid"),
            ["order.shipping_method"] = (FactKind.Text, "how it is sent"),

            [CarrierDelay] = (FactKind.Flag, "the order's carrier is late with many parcels these days"),
            [LateRisk] = (FactKind.Flag, "the order's parcel is late, or more likely than not comes late"),

            ["shipment.missing"] = (FactKind.Flag, "no shipment for the order yet"),
            ["shipment.carrier"] = (FactKind.Text, "carrier's name"),
            ["shipment.tracking"] = (FactKind.Text, "tracking number"),
            ["shipment.tracking_url"] = (FactKind.Text, "tracking page"),
            ["shipment.status"] = (FactKind.Text, "last scan in words"),
            ["shipment.last_scan_on"] = (FactKind.Day, "day of the last scan"),
            ["shipment.last_scan_place"] = (FactKind.Text, "where it was scanned last"),
            ["shipment.days_since_scan"] = (FactKind.Number, "full days since the last scan"),

            ["shipment.quiet"] = (FactKind.Flag, "sent, and nobody has seen the parcel for more than 14 days"),
            [Unscanned] = (FactKind.Flag, "the watch found that it was sent and that the carrier has not scanned the parcel in the time that a first "
                + "scan may take; no where it found no such thing, also where nobody watches"),
            ["shipment.trouble"] = (FactKind.Text, "what went wrong on the way: coming back, delivery failed, lost"),

            ["product.missing"] = (FactKind.Flag, "the message names no product that the shop knows"),
            ["product.name"] = (FactKind.Text, "title, with the size or colour that the customer named: Batik Shirt (M)"),
            ["product.title"] = (FactKind.Text, "title alone: Batik Shirt"),
            ["product.candidates"] = (FactKind.Words, "titles, when the words fit several products equally"),
            ["product.options"] = (FactKind.Words, "sizes, colours and so on that it comes in"),
            ["product.not_made"] = (FactKind.Text, "what the customer asked for and it does not come in: pink"),
            ["product.not_together"] = (FactKind.Text, "what the customer chose before and asks for now, each made but not together: 41 / White"),
            ["product.available"] = (FactKind.Words, "what is on hand of the sizes and colours that the customer left open"),
            ["product.quantity"] = (FactKind.Number, "pieces that the customer asks for"),
            ["product.enough"] = (FactKind.Flag, "as many on hand as the customer asks for"),
            ["product.left"] = (FactKind.Number, "pieces on hand, where stock_wording of _shop.md lets them be told"),
            ["product.price_from"] = (FactKind.Amount, "lowest price, where sizes or colours cost differently"),
            ["product.price_to"] = (FactKind.Amount, "highest price, where sizes or colours cost differently"),
            ["product.sku"] = (FactKind.Text, "stock keeping unit"),
            ["product.price"] = (FactKind.Amount, "price now"),
            ["product.total"] = (FactKind.Amount, "price of as many as the customer asks for, where they are several; without delivery"),
            ["product.stock"] = (FactKind.Number, "pieces on hand"),
            ["product.in_stock"] = (FactKind.Flag, "at least one piece on hand"),
            ["product.backorder"] = (FactKind.Flag, "nothing on hand, and the shop takes orders for it all the same"),
            ["product.low_stock"] = (FactKind.Flag, "3 pieces or fewer, or under 7 days of sales"),
            ["product.days_of_stock"] = (FactKind.Number, "pieces on hand / pieces sold a day over 28 days"),
            ["product.sizes"] = (FactKind.Words, "sizes on hand"),
            ["product.url"] = (FactKind.Text, "product page"),
            ["product.size"] = (FactKind.Text, "size that the customer named"),
            [RestockOn] = (FactKind.Day, "day of the next delivery"),
            [RunningOut] = (FactKind.Flag, "it is likely sold out before the next delivery"),
            [RestockExpected] = (FactKind.Day, "day by which the open order is there in nine of ten cases; expected, never promised"),

            ["return.window_open"] = (FactKind.Flag, "delivered, and the return window has not ended"),
            ["return.days_left"] = (FactKind.Number, "full days until the return window ends; 0 on its last day"),
            ["return.deadline"] = (FactKind.Day, "last day of the return window"),
            [ReturnStatus] = (FactKind.Text, "of a return on record: requested, approved, in transit, received, refunded or rejected"),
            ["return.requested_on"] = (FactKind.Day, "day the return was asked for"),
            ["return.missing"] = (FactKind.Flag, "no return on record for the order"),

            ["store.name"] = (FactKind.Text, "the shop's name"),
            ["store.url"] = (FactKind.Text, "the shop's address on the web"),
            ["store.currency"] = (FactKind.Text, "ISO 4217"),
            ["store.time_zone"] = (FactKind.Text, "IANA time zone"),
            ["store.opening_hours"] = (FactKind.Text, "opening hours in words"),
            ["store.open_now"] = (FactKind.Flag, "now is within the opening hours"),
            ["store.answer_by"] = (FactKind.Text, "when a person will have answered, by the opening hours"),
            ["store.return_window"] = (FactKind.Number, "days"),
            ["store.handling_days"] = (FactKind.Number, "working days from payment to dispatch"),
            ["store.carriers"] = (FactKind.Words, "carriers"),
            ["store.shipping_fees"] = (FactKind.Text, "shipping fees in words"),
        };
}
