using OpsChat.Operations.Actions;
using OpsChat.Operations.Evaluation;
using OpsChat.Operations.Statistics;

namespace OpsChat.Tests.Operations;

public class Advertising_by_margin
{
    [Fact]
    public void pauses_what_costs_more_than_a_sale_leaves_and_moves_the_money_only_by_approval()
    {
        var shop = Advertised();
        Spend(shop, "group C", "DRESS-C", 100, 139, 1500, 1);
        shop.Stock.Add(new("DRESS-C", new("Main", false, MadeUpShop.At(139), "inventory.csv"), 900, 0, null, 2));

        var finding = shop.Find("ad-waste", 140).Should().ContainSingle().Subject;

        finding.Subject["adGroup"].Should().Be("group B");
        finding.Actions[0].Kind.Should().Be(ActionKind.PauseAd);
        finding.Actions.Single(a => a.Kind == ActionKind.RaiseBudget).Should().Match<ProposedAction>(a => a.AlwaysNeedsApproval && a.Amount != null
            && a.Subject == "group C");
        finding.Evidence.Should().Contain(e => e.Source == "ads.csv" && e.Line != null);
    }

    [Fact]
    public void waits_for_more_than_two_clicks()
    {
        var shop = new MadeUpShop();
        Spend(shop, "group A", "DRESS-A", 100, 140, 3000, 1);
        Spend(shop, "group new", "DRESS-C", 136, 140, 500, 0);

        shop.Find("ad-waste", 140).Should().BeEmpty("20 spent in four days without a sale is nothing yet where a sale may cost 50");
    }

    [Fact]
    public void earns_less_where_more_comes_back()
    {
        var (quiet, returned) = (Advertised(), Advertised());
        quiet.SendBack(0.02);
        returned.SendBack(0.5, 0, "DRESS-A");
        returned.SendBack(0.02, 0, "DRESS-B");

        quiet.Find("ad-waste", 140).Should().NotContain(f => f.Subject["adGroup"] == "group A");
        returned.Find("ad-waste", 140).Should().Contain(f => f.Subject["adGroup"] == "group A");
    }

    [Fact]
    public void tells_a_jump_the_morning_after_and_not_before()
    {
        var shop = new MadeUpShop();
        Spend(shop, "group A", "DRESS-A", 100, 129, 3000, 1);
        Spend(shop, "group A", "DRESS-A", 130, 130, 18_000, 0);

        shop.Find("ad-overnight", 130).Should().BeEmpty("the day is not over");
        shop.Find("ad-overnight", 131).Should().ContainSingle().Which.Actions.Select(a => a.Kind).Should().Equal(ActionKind.PauseAd,
            ActionKind.LowerBudget);
    }

    [Fact]
    public void does_not_call_a_few_coins_a_jump()
    {
        var shop = new MadeUpShop();
        Spend(shop, "group A", "DRESS-A", 100, 129, 100, 1);
        Spend(shop, "group A", "DRESS-A", 130, 130, 900, 1);

        shop.Find("ad-overnight", 131).Should().BeEmpty();
    }

    [Fact]
    public void looks_at_no_totals_of_several_days()
    {
        var shop = new MadeUpShop();
        shop.Ads.Add(new(MadeUpShop.First.AddDays(100), MadeUpShop.First.AddDays(139), "Total", "group A", null, new(900_000, "MYR"), 0, null, null,
            null, "DRESS-A", new("ads.csv", 2)));

        shop.Find("ad-waste", 140).Should().BeEmpty();
        shop.Find("ad-overnight", 140).Should().BeEmpty();
    }

    [Fact]
    public void credits_young_days_with_the_sales_that_are_still_to_come()
    {
        var delay = ConversionDelay.Of(Enumerable.Range(1, 28).Select(age => (age, 100.0, age == 1 ? 2.0 : age == 2 ? 6.0 : 10.0)));

        delay.Known(1).Should().BeApproximately(7.0 / 15, 1e-9);
        delay.Known(2).Should().BeApproximately(11.0 / 15, 1e-9);
        delay.Known(9).Should().Be(1);
    }

    [Fact]
    public void does_not_condemn_a_cheap_article_because_the_account_pays_more_for_dear_ones()
    {
        // It may pay 7 for a sale, the account pays 17; 14 spent and one sale say nothing yet.
        AdEconomics.ChanceOverLimit(7, 17, 14, 1).Should().BeGreaterThan(0.9);

        AdEconomics.Strength(7, 17, 14, 1, 0.9).Should().BeLessThan(1);
        AdEconomics.Strength(7, 17, 140, 10, 0.9).Should().BeGreaterThanOrEqualTo(1, "twenty sales would have been due");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void saves_more_than_the_rules_of_thumb(int seed)
    {
        var (days, costs) = AdsSimulation.Of(seed, 400, 90);

        var rules = AdsEvaluation.Run(days, 30, costs);

        var best = rules.Single(r => r.Rule == "F10");
        best.Net.Should().BeGreaterThan(0.74).And.BeGreaterThan(rules.Where(r => r != best).Max(r => r.Net));
    }

    private static MadeUpShop Advertised()
    {
        var shop = new MadeUpShop();
        Spend(shop, "group A", "DRESS-A", 100, 139, 3000, 1);
        Spend(shop, "group B", "DRESS-B", 100, 139, 3000, 0);
        return shop;
    }

    private static void Spend(MadeUpShop shop, string group, string sku, int from, int to, long minor, int conversions)
    {
        for (var day = from; day <= to; day++)
        {
            shop.Ads.Add(new(MadeUpShop.First.AddDays(day), MadeUpShop.First.AddDays(day), "Shopping", group, null, new(minor, "MYR"), conversions,
                null, null, null, sku, new("ads.csv", shop.Ads.Count + 2)));
        }
    }
}
