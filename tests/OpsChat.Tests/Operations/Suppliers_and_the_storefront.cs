using OpsChat.Operations.Evaluation;
using OpsChat.Operations.History;
using OpsChat.Operations.Statistics;
using OpsChat.Operations.Stock;

namespace OpsChat.Tests.Operations;

/// <summary>What suppliers have agreed to, and what visitors do before they buy.</summary>
public class Suppliers_and_the_storefront
{
    private const int Today = 140;
    private static readonly DateOnly s_today = MadeUpShop.First.AddDays(Today);

    [Theory]
    [InlineData(61, false)]
    [InlineData(60, true)]
    [InlineData(0, true)]
    public void a_contract_is_told_of_sixty_days_before_its_notice(int daysToNotice, bool isTold)
    {
        var shop = new MadeUpShop();
        shop.Suppliers.Add(Terms(until: s_today.AddDays(daysToNotice + 30), notice: 30));

        shop.Find("contract-renewal", Today).Should().HaveCount(isTold ? 1 : 0);
    }

    [Fact]
    public void a_contract_is_told_more_loudly_as_its_day_comes_and_no_more_when_it_is_over()
    {
        var strengths = new[] { 45, 20, 5 }.Select(days =>
        {
            var shop = new MadeUpShop();
            shop.Suppliers.Add(Terms(until: s_today.AddDays(days), notice: null));
            return shop.Find("contract-renewal", Today).Single().Strength;
        });
        var over = new MadeUpShop();
        over.Suppliers.Add(Terms(until: s_today.AddDays(-1), notice: 30));

        strengths.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        over.Find("contract-renewal", Today).Should().BeEmpty();
    }

    [Fact]
    public void a_supplier_that_breaks_its_word_is_told_with_the_orders_and_one_that_keeps_it_is_not()
    {
        var (late, punctual) = (new MadeUpShop(), new MadeUpShop());
        foreach (var (shop, every) in new[] { (late, 2), (punctual, 10) })
        {
            shop.Suppliers.Add(Terms(onTime: 0.9));
            for (var i = 0; i < 20; i++)
            {
                shop.Supply.Add(Order(i, orderedOn: 20 + (5 * i), late: i % every == 0 ? 6 : 0));
            }
        }

        var found = late.Find("vendor-sla", Today).Should().ContainSingle().Which;
        found.Headline.Should().Contain("10 of 20").And.Contain("90 %");
        found.Evidence.Should().HaveCountGreaterThan(5);
        punctual.Find("vendor-sla", Today).Should().BeEmpty();
    }

    [Fact]
    public void an_honest_supplier_is_accused_by_chance_at_most_once_in_twenty()
    {
        var random = new Random(3);
        var accused = 0;
        for (var supplier = 0; supplier < 2_000; supplier++)
        {
            var (late, ever) = (0, false);
            for (var order = 1; order <= 60; order++)
            {
                late += random.NextDouble() < 0.1 ? 1 : 0;
                ever |= ShareEvidence.Above(late, order, 0.1) >= 20;
            }

            accused += ever ? 1 : 0;
        }

        (accused / 2_000.0).Should().BeInRange(0.005, 0.05, "it is looked at after each order, and may be");
    }

    [Fact]
    public void full_carts_are_told_only_where_the_stock_does_not_last_for_them()
    {
        foreach (var (pieces, carts, isTold) in new[] { (15, 40, true), (5_000, 40, false), (15, 10, false) })
        {
            var shop = new MadeUpShop();
            shop.Stock.Add(new("DRESS-A", new("Main", false, MadeUpShop.At(Today - 1, 20), "inventory.csv"), pieces, 0, null, 2));
            for (var day = Today - 30; day < Today; day++)
            {
                var added = day >= Today - 3 ? carts : 10;
                shop.StorefrontDays.Add(new(MadeUpShop.First.AddDays(day), "DRESS-A", 100, added, 4, added / 4, new("events.csv", day)));
            }

            shop.Find("cart-rush", Today).Should().HaveCount(isTold ? 1 : 0, "{0} carts a day, {1} pieces", carts, pieces);
        }
    }

    [Fact]
    public void a_preorder_that_customers_take_back_is_told_and_one_that_they_keep_is_not()
    {
        foreach (var (cancelled, isTold) in new[] { (5, true), (1, false) })
        {
            var shop = new MadeUpShop();
            shop.Products[0] = shop.Products[0] with { Preorder = true };
            for (var i = 0; i < cancelled; i++)
            {
                var at = shop.Orders.FindIndex(o => o.Lines[0].Sku == "DRESS-A" && o.PlacedAt > MadeUpShop.At(Today - 20) && o.CancelledAt is null);
                shop.Orders[at] = shop.Orders[at] with { CancelledAt = shop.Orders[at].PlacedAt.AddDays(2) };
            }

            shop.Find("preorder-cancelled", Today).Should().HaveCount(isTold ? 1 : 0);
        }
    }

    [Fact]
    public void a_brief_counts_what_happened_and_asks_only_for_what_that_gives_reason_for()
    {
        var shop = new MadeUpShop();
        shop.Suppliers.Add(Terms(until: s_today.AddDays(200), notice: 30, onTime: 0.9));
        shop.Products[0] = shop.Products[0] with { ContractPrice = new(4_800, "MYR") };
        for (var i = 0; i < 12; i++)
        {
            shop.Supply.Add(Order(i, orderedOn: 8 * i, late: i % 2 == 0 ? 5 : 0) with { UnitCost = new(i < 7 ? 4_800 : 5_280, "MYR") });
        }

        var brief = SupplierBrief.Of(shop.AsOf(Today), "sup1")!;
        var text = string.Join('\n', brief.Figures.Select(f => f.Text));

        text.Should().Contain("MYR").And.Contain("up 10 %").And.Contain("90 % are agreed");
        brief.Figures.Should().OnlyContain(f => f.Source.Length > 0);
        brief.Asks.Should().Contain(a => a.Contains("late", StringComparison.Ordinal)).And.Contain(a => a.Contains("DRESS-A", StringComparison.Ordinal));
        SupplierBrief.Of(shop.AsOf(Today), "nobody").Should().BeNull();
    }

    [Fact]
    public void who_buys_again_is_foretold_better_than_by_the_own_rate()
    {
        var random = new Random(8);
        var first = new DateOnly(2025, 1, 1);
        List<PurchaseDay> days = [];
        for (var customer = 0; customer < 1_500; customer++)
        {
            // Buying rates differ, and after each purchase some never come again: the world that the model describes.
            var rate = -Math.Log(1 - random.NextDouble()) / 60;
            for (double at = random.Next(150); at < 480; at -= Math.Log(1 - random.NextDouble()) / rate)
            {
                days.Add(new($"c{customer}", first.AddDays((int)at)));
                if (random.NextDouble() < 0.2)
                {
                    break;
                }
            }
        }

        var report = LifetimeEvaluation.Run(days, first.AddDays(360), 120);

        report.Auroc.Should().BeGreaterThan(report.AurocOfOwnRate).And.BeGreaterThan(0.75);
        report.VisitsMae.Should().BeLessThan(report.VisitsMaeOfOwnRate);
    }

    private static SupplierTerms Terms(DateOnly? until = null, int? notice = null, double? onTime = null) =>
        new("SUP1", 14, null, null, until, notice, onTime, null, new("suppliers.csv", 2));

    private static SupplyOrder Order(int number, int orderedOn, int late) => new(
        $"PO{number}", "SUP1", "DRESS-A", 20, MadeUpShop.At(orderedOn), MadeUpShop.At(orderedOn + 14),
        [new(MadeUpShop.At(orderedOn + 14 + late, 9), 20)], null, new("purchase_orders.csv", number + 2));
}
