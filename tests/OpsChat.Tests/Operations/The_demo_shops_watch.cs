using OpsChat.Tests.Support;
using OpsChat.Agent;
using OpsChat.Operations.Monitors;

namespace OpsChat.Tests.Operations;

public class The_demo_shops_watch
{
    [Fact]
    public async Task finds_at_least_eight_kinds_of_trouble_at_the_first_look()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        var look = await shop.Get<OperationsDesk>().LookAsync(MonitorSet.All, shop.Clock.GetUtcNow(), default);

        look.Queue.Ranked.Select(a => a.Monitor).Distinct().Should().HaveCountGreaterThanOrEqualTo(8);
        look.Queue.Ranked.Should()
            .Contain(a => a.Monitor == "stock-runout" && a.Subject["sku"] == "LINTOT-BLACK" && a.Headline.Contains("advertising"))
            .And.Contain(a => a.Monitor == "supplier-late" && a.Subject["supplier"] == "Rimba Tekstil")
            .And.Contain(a => a.Monitor == "stock-mismatch" && a.Subject["sku"] == "WAUKIT");
    }

    [Fact]
    public async Task lets_the_chat_call_no_parcel_on_its_way_that_its_carrier_never_scanned()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var look = await shop.Get<OperationsDesk>().LookAsync(MonitorSet.All, shop.Clock.GetUtcNow(), default);
        look.Queue.Alerts.Values.Should().Contain(a => a.Monitor == "parcel-no-scan" && a.Subject["order"] == "#1264");

        await shop.SayAsync("priya", "where is #1264? priya.nair@example.com");

        (await shop.ReceivedAsync("priya")).Should().ContainSingle().Which.Should().Contain("colleague").And.NotContain("on its way");
    }

    [Fact]
    public async Task names_no_customer_in_any_headline_or_in_the_briefing()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var look = await shop.Get<OperationsDesk>().LookAsync(MonitorSet.All, shop.Clock.GetUtcNow(), default);
        var names = File.ReadLines(Path.Combine(Repository.DemoShop, "customers_export.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => $"{cells[0]} {cells[1]}");

        var said = string.Join(
            '\n',
            look.Queue.Alerts.Values.Select(a => a.Headline)
                .Concat(await shop.Get<BriefingDesk>().ReadAsync(shop.Clock.GetUtcNow(), default))
        );

        names.Should().OnlyContain(name => !said.Contains(name));
        said.Should().NotContain("@");
    }
}
