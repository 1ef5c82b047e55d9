using OpsChat.Agent;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

/// <summary>What was found in the shop's files is known to whoever answers, and what customers write is found like any other trouble.</summary>
public sealed class What_chat_and_operations_share : IDisposable
{
    private const string Plain = "Yes, {{product.name}} is in stock.";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task is_that_an_article_runs_out_and_when_more_is_expected_by_whom()
    {
        await using var shop = await ShopAsync();
        var open = (await shop.Get<OperationsDesk>().LookAsync(MonitorSet.All, shop.Clock.GetUtcNow(), default)).Queue.Ranked;
        var alert = open.Single(a => a.Monitor == "stock-runout");

        var trace = await shop.SayAsync("aina", "is the mug in stock?");

        var days = Math.Ceiling(alert.Trace!.Inputs[StockRunout.ArrivalLate]);
        var expected = alert.CheckedAt.ToOffset(TimeSpan.FromHours(8)).AddDays(days);
        (await shop.ReceivedAsync("aina")).Should().ContainSingle().Which.Should().Contain("nearly gone").And.Contain($"{expected.Day}");
        trace.Facts.Should().Contain(f => f.Name == "product.running_out" && f.Source.Contains(alert.Id));
    }

    [Fact]
    public async Task is_nothing_that_was_not_looked_at_or_not_today()
    {
        await using var shop = await ShopAsync();
        await shop.SayAsync("aina", "is the mug in stock?");
        await shop.Get<OperationsDesk>().LookAsync(MonitorSet.All, shop.Clock.GetUtcNow(), default);
        shop.Clock.Advance(TimeSpan.FromHours(25));
        await shop.SayAsync("badrul", "is the mug in stock?");

        (await shop.ReceivedAsync("aina")).Should().ContainSingle().Which.Should().Be("Yes, Mug is in stock.");
        (await shop.ReceivedAsync("badrul")).Should().ContainSingle().Which.Should().Be("Yes, Mug is in stock.");
    }

    [Fact]
    public void is_one_alert_of_twelve_customers_who_write_about_one_carrier_with_their_conversations()
    {
        var shop = new MadeUpShop();
        // One question in ten days is usual, and the twelve ask about other articles from other places.
        shop.Contacts.AddRange(Enumerable.Range(0, 10).Select(i => Contact(i * 10, $"before {i}", i)));
        shop.Contacts.AddRange(Enumerable.Range(0, 12).Select(i => Contact(120, $"customer {i}", i)));
        shop.Contacts.AddRange(Enumerable.Range(0, 5).Select(i => Contact(120, "customer 3", 3)));

        var found = shop.Find("support-volume", 121).Should().ContainSingle().Subject;

        found.Subject.Should().Be(SubjectKey.Of(("issue", "where-is-my-order"), ("carrier", "Selat")));
        found.Rows.Select(r => r.Subject["conversation"]).Should().BeEquivalentTo(Enumerable.Range(0, 12).Select(i => $"api:customer {i}"));
    }

    private static ContactRow Contact(int day, string customer, int number) => new(
        $"api:{customer}", $"api:{customer}", "where-is-my-order", MadeUpShop.At(day, 9 + number / 2.0), "Selat", $"SKU-{number}", $"Region {number}",
        null);

    private Task<ShopUnderTest> ShopAsync()
    {
        MugShop.Write(_folder.Path, new(2026, 11, 17));
        File.AppendAllLines(_folder.File("purchase_orders.csv"), ["PO8,Tembikar,MUG,20,2026-11-12,2026-11-26,,12.00"]);
        File.WriteAllLines(
            _folder.File("products.csv"),
            [
                "Handle,Title,Type,Variant SKU,Variant Inventory Qty,Variant Price,Cost per item,Vendor,Status",
                "mug,Mug,Mug,MUG,3,30.00,12.00,Tembikar,active",
            ]);
        var (issue, text) = ShopUnderTest.Playbook(
            "is-it-there", Plain, ["is it in stock", "is the mug in stock", "do you still have this"], "module: pre-sales");
        return ShopUnderTest.OpenAsync(
            playbooks: new Dictionary<string, string>
            {
                [issue] = $"""
                    {text.TrimEnd()}
                    - When `product.running_out and product.restock_expected != unknown`, reply: {"{{product.name}}"} is nearly gone; more is expected by {"{{date product.restock_expected}}"}.
                    """,
            },
            exports: _folder.Path,
            configure: options => options.Shop = _folder.Path);
    }
}
