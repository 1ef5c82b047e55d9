using OpsChat.Operations.Actions;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;

namespace OpsChat.Tests.Operations;

public class The_purchase_list
{
    private static readonly OperationsSettings s_settings = OperationsSettings.Default("MYR");

    [Theory]
    [InlineData(49_999, false)]
    [InlineData(50_000, false)]
    [InlineData(50_001, true)]
    public void needs_a_confirmation_from_one_sen_above_the_limit(long minor, bool needs) =>
        PurchaseList.Purchase("Tembikar", [A(new Money(minor, "MYR"))], s_settings).NeedsConfirmation.Should().Be(needs);

    [Fact]
    public void needs_a_confirmation_when_nobody_can_say_what_it_costs()
    {
        PurchaseList.Purchase("Tembikar", [A(null)], s_settings).Should().Match<SupplierPurchase>(p => p.NeedsConfirmation && p.Total == null);
        PurchaseList.Purchase("Tembikar", [A(new Money(100, "USD"))], s_settings).NeedsConfirmation.Should().BeTrue("there is no rate");
    }

    [Theory]
    [InlineData(45_500, 0.06, 1_669, 49_999, false)]
    [InlineData(45_500, 0.06, 1_670, 50_000, false)]
    [InlineData(45_500, 0.06, 1_671, 50_001, true)]
    [InlineData(50_000, 0, 1, 50_001, true)]
    [InlineData(47_170, 0.06, null, 50_000, false)]
    [InlineData(47_171, 0.06, null, 50_001, true)]
    public void counts_tax_and_freight_as_the_supplier_states_them_towards_the_limit(long goods, double tax, int? freight, long total, bool needs)
    {
        var charges = new SupplierCharges(tax, freight is { } minor ? new Money(minor, "MYR") : null);

        var purchase = PurchaseList.Purchase("Tembikar", [A(new Money(goods, "MYR"))], s_settings, charges);

        purchase.Total.Should().Be(new Money(total, "MYR"));
        purchase.NeedsConfirmation.Should().Be(needs);
        PurchaseProposal.Of(purchase, new Dictionary<string, int> { ["MUG"] = 1 }, "MYR", DateTimeOffset.UnixEpoch)!
            .Amount.Should()
            .Be(purchase.Total, "exactly what is approved is what it costs");
    }

    [Fact]
    public void needs_a_confirmation_when_the_freight_is_in_another_currency() =>
        PurchaseList
            .Purchase("Tembikar", [A(new Money(100, "MYR"))], s_settings, new(0, new Money(100, "USD")))
            .Should()
            .Match<SupplierPurchase>(p => p.NeedsConfirmation && p.Total == null);

    [Fact]
    public void runs_no_formula_in_a_spreadsheet()
    {
        var csv = PurchaseSheet.Csv([
            PurchaseList.Purchase("=cmd|' /C calc'!A0", [A(new Money(100, "MYR")) with { Title = "Mug, \"blue\"" }], s_settings),
        ]);

        csv.Split("\r\n")[1].Should().StartWith("'=cmd").And.Contain("\"Mug, \"\"blue\"\"\"");
    }

    [Fact]
    public void orders_every_article_whatever_signs_are_in_its_code()
    {
        var list = PurchaseList.Purchase("Tembikar", [A(null), A(null) with { Sku = "MUG=BLUE" }, A(null) with { Sku = "=1" }], s_settings);
        var quantities = new Dictionary<string, int> { ["MUG"] = 3, ["MUG=BLUE"] = 4, ["=1"] = 5 };

        var proposed = PurchaseProposal.Of(list, quantities, "MYR", DateTimeOffset.UnixEpoch)!;

        PurchaseProposal.Lines(proposed.Subject, proposed.Parameters).Should().Equal(("MUG", 3), ("MUG=BLUE", 4), ("=1", 5));
    }

    [Theory]
    [InlineData(5, 2, null)]
    [InlineData(6, 2, "6 pieces of MUG: 6 times the 1 that the plan proposes.")]
    [InlineData(1000, 0.24, "1000 pieces of MUG: 1000 times the 1 that the plan proposes, enough for 11.4 years at today's 0.24 a day.")]
    public void asks_whoever_approves_it_to_confirm_many_times_what_the_plan_proposes(int pieces, double rate, string? doubt)
    {
        var list = PurchaseList.Purchase("Tembikar", [A(new Money(5_000, "MYR")) with { RatePerDay = rate }], s_settings);

        var action = Action(list, pieces);

        PurchaseProposal.ToConfirm(action).Should().Equal(doubt is null ? [] : [doubt]);
        PurchaseProposal.LookFirst(action).Should().Equal(doubt is null ? [] : [doubt], "the card says so before it is approved");
    }

    [Fact]
    public void puts_up_no_piece_twice_and_what_is_missing_beside_what_waits()
    {
        var list = PurchaseList.Purchase("Tembikar", [A(null) with { Order = 72 }], s_settings);
        string? Again(int waiting, int wanted, int days = 1) =>
            PurchaseProposal.WhyNotAgain(
                Action(list, wanted),
                [Action(list, waiting) with { Id = "x-before" }],
                _ => 72,
                DateTimeOffset.UnixEpoch.AddDays(days)
            );

        Again(40, 32).Should().BeNull();
        Again(40, 33).Should().StartWith("Up for approval already: 40 pieces of MUG.");
        Again(72, 72).Should().NotBeNull();
        Again(72, 72, days: 8).Should().BeNull("what has expired orders nothing");
    }

    private static ShopAction Action(SupplierPurchase list, int pieces) => ShopAction.Of(
        "x-now",
        "",
        PurchaseProposal.Area,
        PurchaseProposal.Of(list, new Dictionary<string, int> { ["MUG"] = pieces }, "MYR", DateTimeOffset.UnixEpoch)!,
        [],
        DateTimeOffset.UnixEpoch
    );

    private static PurchaseLine A(Money? cost) => new("MUG", "Mug", 3, 0, 2, 15, 40, 37, 1, cost, "contract price", 14, 41, null);
}
