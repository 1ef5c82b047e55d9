using OpsChat.Facts;
using OpsChat.Operations.History;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Tests.Facts;

namespace OpsChat.Tests.ShopData;

/// <summary>Every kind of file that operations watch, known by its headers under any name, with the traps of its kind. All rows are
/// invented.</summary>
public sealed class A_feed_of_operations : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 28, 12, 0, 0, TimeSpan.FromHours(8));
    private readonly ShopFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    private ShopHistoryReading Read(string file, params string[] lines)
    {
        _folder.Write(file, lines);
        var calendar = new ShopCalendar(OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur")));
        return new ShopHistoryFolder(_folder.Path, new ShopFolderSettings(calendar.Zone, "MYR") { Calendar = calendar }).Read(s_now);
    }

    [Fact]
    public void of_Google_Ads_stands_below_two_titles_and_ends_in_totals()
    {
        var ads = Read("report.csv",
            "Campaign report", "1 November 2026 - 2 November 2026", "Day,Campaign,Ad group,Currency code,Cost,Impr.,Clicks,Conversions,Conv. value",
            "2026-11-01,Total Wine,Reds,MYR,\"1,100.50\",\"20,100\",300,12.00,\"1,900.00\"", "2026-11-02,Total Wine,Reds,MYR,90.00, --,30,1.50,80.00",
            "Total: Account,,,MYR,\"1,190.50\",\"20,100\",330,13.50,\"1,980.00\"").Rows.Ads;

        ads.Should().HaveCount(2);
        ads[0].Cost.Should().Be(new Money(110050, "MYR"));
        ads[1].Impressions.Should().BeNull();
        ads[1].Conversions.Should().Be(1.5);
    }

    [Fact]
    public void of_orders_keeps_what_addresses_say_and_not_the_addresses()
    {
        var orders = Read("export.csv",
            "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem "
                + "sku,Billing Zip,Shipping Zip,Billing City,Shipping City,"
            + "Billing Country,Shipping Country,Shipping Name,Shipping Address1,Shipping Phone,Source,Risk Level",
            "#1,a@example.com,paid,2026-11-20 10:00:00 +0800,MYR,90.00,2026-11-20 10:00:00 +0800,1,Mug,90.00,MUG,55100,55-100,Kuala "
                + "Lumpur,\"Lumpur, Kuala\",MY,my,Aina,12 Jalan Satu,0123456789,search,Low",
            "#2,b@mailinator.com,paid,2026-11-20 10:00:00 +0800,MYR,90.00,2026-11-20 10:00:00 "
                + "+0800,1,Mug,90.00,MUG,55100,10115,Ipoh,Berlin,MY,DE,Kargo Freight Forwarding,Hauptstrasse,12345,influencer,High"
        ).Rows.Orders;

        var (plain, odd) = (orders[0].Check!, orders[1].Check!);
        plain
            .Should()
            .Match<OrderCheckFacts>(c =>
                c.Risk == "low" && c.Differences.Count == 0 && !c.IsForwarder && c.AddressFaults.Count == 0 && c.IsThrowAwayMail == false
            );
        odd.Should().Match<OrderCheckFacts>(c => c.Risk == "high" && c.Countries == "MY, DE" && c.IsForwarder && c.IsThrowAwayMail == true);
        odd.Differences.Should().Equal("country", "city", "postcode");
        odd.AddressFaults.Should().Contain(f => f.Contains("house number")).And.Contain(f => f.Contains("phone"));
        System.Text.Json.JsonSerializer.Serialize(odd).Should().NotContain("Hauptstrasse").And.NotContain("Kargo").And.NotContain("10115");
        orders[1].Source.Should().Be("influencer");
    }

    [Theory]
    [InlineData("Ipoh", "30250", null)]
    [InlineData("Ipoh", "31999", null)]
    [InlineData("Ipoh", "50250", "another place than its town")]
    [InlineData("Kuala Lumpur", "30250", "another place than its town")]
    [InlineData("Kuala Lumpur", "5025", "unlike all others")]
    [InlineData("Bangsar", "59000", null)]
    [InlineData("Kuala Lumpur", "59000", null)]
    public void of_orders_names_a_postcode_that_earlier_orders_speak_against(string town, string postcode, string? fault)
    {
        var lines = Enumerable.Range(0, 60)
            .Select(i => i % 2 == 0 ? Line($"#{i}", 1, "Ipoh", i % 4 == 0 ? "30200" : "31650") : Line($"#{i}", 1, "Kuala Lumpur", "50480"));

        var orders = Read("export.csv", [
            "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,"
                + "Shipping City,Shipping Zip,Shipping Country,Shipping Address1",
            .. lines, Line("#900", 20, town, postcode)]).Rows.Orders;

        var faults = orders.Single(o => o.Number == "#900").Check!.AddressFaults;
        (fault is null ? faults.Count == 0 : faults is [var one] && one.Contains(fault)).Should().BeTrue(string.Join("; ", faults));
        orders.Where(o => o.Number != "#900").Should().OnlyContain(o => o.Check!.AddressFaults.Count == 0);

        static string Line(string number, int day, string town, string postcode) =>
            $"{number},a@example.com,paid,2026-11-{day:00} 10:00:00 +0800,MYR,90.00,2026-11-{day:00} 10:00:00 +0800,"
                + $"1,Mug,90.00,MUG,{town},{postcode},MY,12 Jalan Satu";
    }

    [Fact]
    public void of_Meta_counts_purchases_only_and_leaves_out_the_sum_of_all_campaigns()
    {
        var ads = Read(
            "meta.csv",
            "Reporting starts,Reporting ends,Campaign name,Results,Result indicator,Amount spent (SGD),Impressions",
            "2026-11-01,2026-11-01,,,,122.10,9000",
            "2026-11-01,2026-11-01,Bowls,3,actions:offsite_conversion.fb_pixel_purchase,62.10,5400",
            "2026-11-01,2026-11-01,Visits,41,actions:landing_page_view,60.00,3600"
        ).Rows.Ads;

        ads.Select(ad => ad.Conversions).Should().Equal(3, null);
        ads.Should().OnlyContain(ad => ad.Cost.Currency == "SGD");
    }

    [Fact]
    public void of_Meta_over_a_month_is_a_total_and_said_to_be_no_day()
    {
        var read = Read(
            "meta.csv",
            "Reporting starts,Reporting ends,Campaign name,Results,Amount spent (MYR)",
            "2026-10-01,2026-10-31,Bowls,88,\"1,912.40\""
        );

        read.Rows.Ads.Should().ContainSingle().Which.IsOneDay.Should().BeFalse();
        read.Findings.Should().Contain(finding => finding.Problem.Contains("totals of several days"));
    }

    [Fact]
    public void in_French_has_days_first_and_decimal_commas() =>
        Read("rapport.csv", "Jour;Nom de la campagne;Montant dépensé (EUR);Impressions", "01/11/2026;Bols;\"1 234,56\";45012")
            .Rows.Ads.Should()
            .ContainSingle()
            .Which.Should()
            .Match<AdSpend>(ad => ad.From == new DateOnly(2026, 11, 1) && ad.Cost == new Money(123456, "EUR"));

    [Fact]
    public void of_purchase_orders_takes_partial_receipts_together()
    {
        var order = Read(
            "po.csv",
            "PO Number,Supplier,SKU,Quantity,Ordered at,Expected at,Received at,Received quantity,Unit Cost",
            "PO7,Tenun,SCARF,60,2026-10-01,2026-10-13,2026-10-16,40,21.50",
            "PO7,Tenun,SCARF,60,2026-10-01,2026-10-13,2026-10-29,20,21.50"
        )
            .Rows.SupplyOrders.Should()
            .ContainSingle()
            .Subject;

        order.Receipts.Select(receipt => receipt.Quantity).Should().Equal(40, 20);
        order.OpenAt(s_now).Should().Be(0);
        order.UnitCost.Should().Be(new Money(2150, "MYR"));
    }

    [Fact]
    public void that_tells_of_today_without_a_time_tells_what_has_happened_already()
    {
        var orders = Read("po.csv",
            "PO Number,Supplier,SKU,Quantity,Ordered at,Expected at,Received at,Unit Cost",
            "PO8,Tenun,SCARF,24,2026-11-28,2026-12-09,,21.50",
            "PO9,Tenun,TOTE,24,2026-11-29,2026-12-09,,21.50").Rows.SupplyOrders;

        orders.Select(order => (order.Sku, Open: order.OpenAt(s_now))).Should().Equal(("SCARF", 24), ("TOTE", 0));
    }

    [Fact]
    public void of_an_ERP_writes_the_orders_cells_once_and_promises_nothing_before_it_is_placed()
    {
        var orders = Read("purchase.order.csv",
            "Order Reference,Vendor,Order Deadline,Expected Arrival,Currency,Status,Order Lines/Product,Order Lines/Quantity,Order "
                + "Lines/Received Qty,Order Lines/Unit Price",
            "P1,Kilang,2026-11-10 02:00:00,2026-12-02 00:00:00,MYR,Purchase Order,[TOTE] Tote,40.00,0.00,21.00",
            ",,,,,,[CAP] Cap,50.00,20.00,\"1,021.20\"",
            "P2,Lampu,2026-11-24 02:00:00,2026-12-15 00:00:00,MYR,RFQ,[LAMP] Lamp,20.00,0.00,32.00"
        ).Rows.SupplyOrders;

        orders.Select(order => (order.Sku, Open: order.OpenAt(DateTimeOffset.MaxValue))).Should().Equal(("TOTE", 40), ("CAP", 30));
    }

    [Fact]
    public void of_stock_keeps_places_apart_and_knows_what_is_not_stocked()
    {
        var stock = Read(
            "inventory_export.csv",
            "SKU,Location,Incoming (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)",
            "BOWL,Main,40,2,-3,10,",
            "BOWL,Pop-up,0,0,not stocked,not stocked,",
            "BOWL,Storefront,0,0,7,7,",
            "CUP,Main,0,0,,,"
        ).Rows.Stock;

        stock.Select(count => (count.Location, count.IsStorefront, count.Available)).Should().Equal(("Main", false, -3), ("Storefront", true, 7));
    }

    [Fact]
    public void of_returns_may_hold_several_articles_in_one_line()
    {
        var returns = Read(
            "returns.csv",
            "RMA,Order,Product info,Product SKU,Return reason,Status,Requested at",
            "R1,#1293,\"x1 Shirt\nx2 Bowl\",\"SHIRT-M\nBOWL\",\"Too small\nDamaged\",Approved,2026-11-01"
        ).Rows.Returns;

        returns.Select(line => (line.Sku, line.Reason, line.Quantity)).Should().Equal(("SHIRT-M", "Too small", 1), ("BOWL", "Damaged", 2));
    }

    [Fact]
    public void of_scans_makes_one_parcel_of_its_rows_and_no_scan_of_a_label()
    {
        var parcels = Read(
            "scans.csv",
            "Order,Carrier,Tracking Number,Shipped at,Delivered at,Scanned at,Scan",
            "#1,Laju,T1,2026-11-20 09:00,,2026-11-20 18:00,Picked up",
            "#1,Laju,T1,2026-11-20 09:00,,2026-11-21 08:00,Hub",
            "#2,Laju,T2,2026-11-21 09:00,,,"
        ).Rows.Parcels;

        parcels.Select(parcel => parcel.Scans.Count).Should().Equal(2, 0);
    }

    [Theory]
    [InlineData(
        "Supplier,Lead days (quoted),MOQ,Currency,Contract until,Notice days,SLA on-time %,Owner",
        "Tenun,12,50,MYR,2027-01-31,60,95 %,Mei",
        FeedKind.Suppliers
    )]
    [InlineData("clothing_id,Date,Rating,Title,review_text", "BOWL,2026-11-02,4,Nice,\"Good, but small\"", FeedKind.Reviews)]
    [InlineData("Order,Packed at,Station,Shift,SKU ordered,SKU packed", "#9,2026-11-02 14:00,A1,day,BOWL,CUP", FeedKind.Fulfilment)]
    [InlineData("Day,SKU,Views,Add to carts,Checkouts,Units", "2026-11-02,BOWL,120,9,4,3", FeedKind.StorefrontEvents)]
    [InlineData("Subscription,Charge at,Status,Amount,Currency,Email", "SB1,2026-11-02 03:00,failed,49.00,MYR,a@example.com", FeedKind.Subscriptions)]
    [InlineData("Name,From,To,SKUs,Kind,Expected times", "11.11,2026-11-10,2026-11-12,BOWL; CUP,sale,3", FeedKind.Campaigns)]
    [InlineData("Day,Flow,Sent,Opened,Clicked,Orders,Revenue", "2026-11-02,Welcome,100,40,9,2,118.00", FeedKind.EmailStats)]
    [InlineData(
        "Date,Time,TimeZone,Type,Status,Currency,Gross,Net,Transaction ID,Invoice Number",
        "13/11/2026,09:15:20,Asia/Kuala_Lumpur,Express Checkout Payment,Completed,MYR,\"1,250.00\",\"1,205.25\",T1,#1188",
        FeedKind.Payments
    )]
    public void is_known_by_its_headers_and_read_without_a_finding(string header, string row, FeedKind kind)
    {
        var read = Read("export (3).csv", header, row);

        read.Findings.Should().BeEmpty();
        read.Rows.Feeds.Should().ContainSingle().Which.Kind.Should().Be(kind);
        (
            read.Rows.Suppliers.Count
            + read.Rows.Reviews.Count
            + read.Rows.Picks.Count
            + read.Rows.StorefrontDays.Count
            + read.Rows.Charges.Count
            + read.Rows.Campaigns.Count
            + read.Rows.EmailDays.Count
            + read.Rows.Payments.Count
        )
            .Should()
            .Be(1);
    }

    [Fact]
    public void row_without_its_day_is_left_out_with_file_and_line()
    {
        var read = Read("views.csv", "Day,SKU,Views,Add to carts,Checkouts,Units", "2026-11-02,BOWL,120,9,4,3", "soon,BOWL,1,1,1,1");

        read.Rows.StorefrontDays.Should().ContainSingle();
        read.Findings.Should().Contain(finding => finding.File == "views.csv" && finding.Line == 3 && finding.Problem.Contains("soon"));
    }

    [Fact]
    public void of_what_has_not_happened_yet_is_left_out() =>
        Read("scans.csv", "Order,Packed at,Station,SKU ordered,SKU packed", "#9,2027-11-02 14:00,A1,BOWL,BOWL").Rows.Picks.Should().BeEmpty();
}
