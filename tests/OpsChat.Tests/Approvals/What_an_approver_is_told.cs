using OpsChat.Approvals;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Tests.Facts;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Approvals;

/// <summary>What the shop's records say against an action on an order, and what the conversation was about before, with the shipped
/// playbooks.</summary>
public sealed class What_an_approver_is_told : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();

    public What_an_approver_is_told() =>
        _folder
            .WithOrders(
                "#7001,lina@example.com,paid,fulfilled,MYR,80.00,2026-11-10 09:00:00 +0800,2026-11-10 09:00:00 +0800,1,Linen Tote,LT-O,+60125552813",
                "#7002,lina@example.com,paid,fulfilled,MYR,30.00,2026-11-18 10:00:00 +0800,2026-11-18 10:00:00 +0800,1,Clay Cup,CC,+60125552813",
                "#7003,lina@example.com,paid,fulfilled,MYR,45.00,2026-11-10 10:00:00 +0800,2026-11-10 10:00:00 +0800,1,Clay Cup,CC,+60125552813"
            )
            .Write(
                "shipments.csv",
                "Order,Carrier,Tracking,Shipped at,Delivered at",
                "#7001,Laju Kurier,LK1,2026-11-11 10:00,2026-11-13 10:00",
                "#7002,Laju Kurier,LK2,2026-11-20 10:00,",
                "#7003,Laju Kurier,LK3,2026-11-11 10:00,2026-11-13 10:00"
            )
            .Write("returns.csv", "Order,SKU,Status,Reason,Requested at", "#7001,LT-O,received,changed mind,2026-11-15 10:00");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("names", "my stoneware mug is broken, refund me please. order #1293, priya.nair@example.com")]
    [InlineData("asked about", "do you have the leather sandals in 38?", "i want to return it, it is too small, #1293 priya.nair@example.com")]
    public async Task names_goods_that_the_order_has_none_of(string how, params string[] words)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        foreach (var line in words)
        {
            await shop.SayAsync("priya", line);
        }

        (await shop.PendingAsync()).Single().Unusual.Should()
            .Contain(line => line.Contains($"The customer {how} ") && line.Contains("order #1293 has none of it"));
    }

    [Theory]
    [InlineData("Linen Tote", "Linen Scarf", false)]
    [InlineData("Batik Shirt (M)", "Wrap Skirt (M)", false)]
    [InlineData("Salt and Pepper Set", "Bowl and Spoon", false)]
    [InlineData("Stoneware Mug, blue", "Mug", true)]
    [InlineData("Linen Tote", "Bag of linen", true)]
    [InlineData("Sarawak pepper 150g", "Black Pepper", true)]
    [InlineData("LT-001", "Linen Tote", true)]
    [InlineData("亚麻托特包", "Linen Tote", true)]
    public void tells_goods_apart_by_what_they_are(string one, string other, bool mayBe)
    {
        GoodsWords.MayBeOneThing(one, other).Should().Be(mayBe);
        GoodsWords.MayBeOneThing(other, one).Should().Be(mayBe);
    }

    [Fact]
    public async Task says_nothing_of_goods_that_are_in_the_order()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("priya", "the linen shirt of order #1293 is too small, I want to return it. priya.nair@example.com");

        (await shop.PendingAsync()).Single().Unusual.Should().NotContain(line => line.Contains("has none of it"));
    }

    [Fact]
    public async Task is_a_return_on_record()
    {
        var card = await CardAfter("can I return the tote from order 7001? lina@example.com");

        card.Unusual.Should().Contain(line => line.StartsWith("A return of this order is on record already: received"));
        card.Text.Should().Contain("has reached us already").And.NotContain("you can return order");
    }

    [Fact]
    public async Task is_a_return_on_record_also_where_the_playbook_does_not_ask_for_it() =>
        (await CardAfter("cancel order 7001 please, lina@example.com"))
            .Unusual.Should()
            .Contain(line => line.StartsWith("A return of this order is on record already: received"));

    [Fact]
    public async Task is_that_the_parcel_has_not_arrived_where_it_is_said_to_be_broken()
    {
        var card = await CardAfter("my cup came broken into pieces, order #7002, lina@example.com");

        card.Unusual.Should().Contain("The parcel is still on its way: it is not recorded as delivered.");
        card.Text.Should().Contain("still on its way");
    }

    [Fact]
    public async Task is_a_text_that_asks_for_nothing_back_where_nothing_came() =>
        (await CardAfter("it says delivered but I got nothing. #7003 lina@example.com", "refund me"))
            .Text.Should().Contain("has not reached you").And.NotContain("send the items back");

    [Fact]
    public async Task is_a_text_that_wants_no_unused_goods_where_they_came_broken() =>
        (await CardAfter("my cup came broken into pieces, order #7003, lina@example.com", "I want my money back"))
            .Text.Should().NotContain("unused");

    [Fact]
    public async Task is_not_that_no_order_was_proven_where_the_text_is_written_for_everybody()
    {
        var decided = (await _folder.SaysAsync("what are your opening hours?"))[^1];
        decided.Draft.IsWrittenTerms.Should().BeTrue();

        ApprovalCard.Make(decided, decided.SupportCase, new ApprovalOptions(), null).Unusual.Should().BeEmpty();
    }

    [Fact]
    public async Task is_what_is_left_of_an_order_and_what_of_its_text_went_back_before()
    {
        WithPrices("#8001,lina@example.com,partially_refunded,fulfilled,MYR,883.00,2026-11-10 09:00:00 +0800,2026-11-10 09:00:00 +0800,"
            + "1,Oak Table,OT,875.00,+60125552813,69.00");

        var card = await CardAfter("i want the rest of my money back, order 8001, lina@example.com");

        card.Text.Should().Contain("MYR 69.00").And.Contain("MYR 814.00");
        card.Amount.Should().Be(new Money(81_400, "MYR"));
        OrderCards.Remarks(card, [], _ => "", _ => "").Should()
            .Equal("The text names MYR 69.00 and MYR 814.00: MYR 69.00 went back before, so that MYR 814.00 is what this is about.");
        var edited = card.WithText("We pay back MYR 69.00 again, and MYR 814.00.", "MYR");
        edited.Amount.Should().Be(new Money(88_300, "MYR"), "a person who writes the figure may mean to pay it");
        OrderCards.Remarks(edited, [], _ => "", _ => "").Should()
            .Contain("MYR 883.00 is what the text names together: MYR 69.00 and MYR 814.00.");
    }

    [Theory]
    [InlineData(
        "151.00",
        "MYR 151.00 is all of the order: its lines add up to MYR 143.00, and MYR 8.00 more is postage, tax or a fee, less any discount."
    )]
    [InlineData("143.00", null)]
    public async Task is_that_postage_goes_back_with_the_whole_of_an_order_that_was_sent(string total, string? told)
    {
        WithPrices($"#7001,lina@example.com,paid,fulfilled,MYR,{total},2026-11-10 09:00:00 +0800,2026-11-10 09:00:00 +0800,"
            + "1,Linen Tote,LT-O,143.00,+60125552813,0.00");
        _folder.Write("returns.csv", "Order,SKU,Status,Reason,Requested at", "#7001,LT-O,in transit,changed mind,2026-11-15 10:00");

        var card = await CardAfter("i want my money back, order 7001, lina@example.com");

        card.Unusual.Where(line => line.Contains("postage")).Should().Equal(told is null ? [] : [told]);
        card.Unusual.Should().Contain(line => line.StartsWith("A return of this order is on record already: in transit")
            && line.EndsWith("The goods are not back yet."));
    }

    private void WithPrices(string row) =>
        _folder.Write(
            "orders.csv",
            "Name,Email,Financial Status,Fulfillment Status,Currency,Total,Created at,Paid at,Lineitem quantity,Lineitem name,Lineitem sku,"
                + "Lineitem price,Phone,Refunded Amount",
            row
        );

    private async Task<Approval> CardAfter(params string[] messages)
    {
        var decided = (await _folder.SaysAsync(messages))[^1];
        decided.Decision.Verdict.Should().BeOfType<Verdict.AskOwner>();
        return ApprovalCard.Make(decided, decided.SupportCase, new ApprovalOptions(), null);
    }
}
